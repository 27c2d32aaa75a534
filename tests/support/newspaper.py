"""A news site on loopback, and the command that crawls it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from loopback import Site

COMMAND = [sys.executable, "-m", "newsspider.cli"]
# One worker is enough for a few pages, and half the work to start; what a test says itself comes later and holds.
ONE_WORKER = {
    "crawl": ["-s", "NEWSSPIDER_WORKERS=1"], "import": ["--workers", "1"], "rebuild": ["--workers", "1"]
}  # fmt: skip
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("NEWSSPIDER")}


def story(number: int, more: str = "") -> str:
    """A page with an invented article."""
    text = "".join(
        f"<p>The council of ward {number} met on the river bank and talked about point {part} of the plan for the market, "
        f"which has waited for {part + 2} years. Nobody was against it, said the chair.</p>"
        for part in range(4)
    )
    return (
        f"<html lang=en><head><title>Ward {number} agrees on a new market</title>{more}"
        f"</head><body><article><h1>Ward {number} agrees on a new market</h1>"
        f"<p>PHNOM PENH – Work on the market begins in ward {number} in spring, and three bridges follow.</p>"
        f"{text}</article></body></html>"
    )


def sitemap(urls: list[str]) -> str:
    """A sitemap that names these addresses."""
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return (
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    )


class Project:
    """A data folder with one source for each site, and the crawls of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "sources").mkdir(parents=True, exist_ok=True)

    def source(
        self,
        url: str,
        name: str = "paper",
        fetch: str = "delay = 0\nconcurrency = 4\nallow_private = true",
        rest: str = "",
    ) -> None:
        """Write a source file for a site whose sitemap names its articles."""
        text = f'home = "{url}/"\n[discover]\nsitemaps = ["{url}/sitemap.xml"]\narticles = "/story/"\n[fetch]\n{fetch}\n{rest}'
        (self.folder / "sources" / f"{name}.toml").write_text(text, "utf-8")

    def start(self, *arguments: str, command: str = "crawl", **more: str) -> subprocess.Popen[str]:
        """Start a crawl, or another command, on the folder; ``more``: of the environment."""
        line = [*COMMAND, command, *ONE_WORKER.get(command, ()), *arguments, "--data", str(self.folder)]
        return subprocess.Popen(
            line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**ENVIRONMENT, **more}
        )

    def run(self, command: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command on the folder to its end."""
        process = self.start(*arguments, command=command, **more)
        out, err = process.communicate(timeout=600)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def crawl(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a crawl to its end."""
        return self.run("crawl", *arguments, **more)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Read from the archive."""
        db = sqlite3.connect(self.folder / "archive.db")
        try:
            return db.execute(sql).fetchall()
        finally:
            db.close()

    def reasons(self, path: str) -> tuple[str, str]:
        """State and reason of the page with this path."""
        (row,) = self.rows(f"SELECT state, reason FROM pages WHERE url LIKE '%{path}'")
        return row


def fill(site: Site, project: Project, articles: dict[str, Any], **source: str) -> Site:
    """Fills a site with articles that its sitemap names, and describes it as a source."""
    site.pages.setdefault("/robots.txt", "User-agent: *\nAllow: /\n")
    site.pages["/"] = "<title>The Paper</title><h1>The Paper</h1>"
    site.pages["/sitemap.xml"] = sitemap([site.url + path for path in articles])
    site.pages.update(articles)
    project.source(site.url, **source)
    return site
