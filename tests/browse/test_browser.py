"""Pages in a real browser: what a hostile page put into an article stays text, and whatever goes wrong is noticed."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from loopback import Site
from watching import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BAD = """<!doctype html><title>bad</title><link rel="icon" href="data:,"><img src="ELSEWHERE/seen.png"><img src="/none.png">
<script>console.log("said"); setTimeout(() => { throw new Error("thrown"); }, 0);</script>"""


def test_a_hostile_article_is_text_on_a_phone_too(
    start: Callable[[], tuple[subprocess.Popen[str], str]], watch: Watch, ids: dict[str, int]
) -> None:
    _, address = start()
    tab = watch.tab(address, viewport={"width": 320, "height": 640})
    for path in ("front", f"articles/{ids['evil']}", "search?q=script", "tickers/courier", "health"):
        tab.goto(address.replace("front", path))
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert tab.locator("main script, main iframe, main img, a[href^=javascript]").count() == 0, path
        if path == "front":
            font = tab.locator(".ns-lead").first.evaluate("e => getComputedStyle(e).fontFamily")
            assert "Noto" in font  # the style sheet is there
        if path.startswith("articles"):
            assert tab.locator("h1").inner_text().startswith("<script>")


def test_a_name_without_a_break_makes_no_page_wider(
    start: Callable[[], tuple[subprocess.Popen[str], str]],
    watch: Watch,
    archive_path: Path,
    ids: dict[str, int],
) -> None:
    name = "x" * 3000
    with closing(sqlite3.connect(archive_path)) as db, db:
        values = {"name": name, "names": json.dumps([name]), "id": ids["ferry"]}
        names = "byline = :name, dateline_place = :name, authors = :names, tags = :names, flags = :names"
        db.execute(f"UPDATE articles SET {names} WHERE id = :id", values)
        db.execute("UPDATE sources SET name = ? WHERE source = 'courier'", (name,))
    _, address = start()
    for width in (320, 1280):
        page = watch.tab(address, viewport={"width": width, "height": 640})
        for path in (
            f"/articles/{ids['ferry']}",
            "/front",
            "/places",
            "/health",
            "/search?q=ferry",
            "/tickers/courier",
        ):
            page.goto(address.replace("/front", path))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_what_goes_wrong_in_a_tab_is_noticed(
    chromium: Browser, site: Site, new_site: Callable[[], Site]
) -> None:
    """Words on the console, an error that nothing catches, an answer that is none, a request to another server."""
    elsewhere = new_site()
    site.pages["/"] = BAD.replace("ELSEWHERE", elsewhere.url)
    watch = Watch(chromium)
    tab = watch.tab(f"{site.url}/")
    tab.wait_for_load_state("networkidle")
    watch.close()
    found = "\n".join(watch.faults)
    for fault in ("said", "thrown", "none.png: Failed to load resource", f"asked {elsewhere.url}/seen.png"):
        assert fault in found
