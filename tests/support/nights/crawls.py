"""The crawls of the paper, one a night, and what they did: by their own report, in the archive, at the server."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from newspaper import Project

from nights.paper import Paper
from nights.script import Expected, time_of

KINDS = ("new", "loud", "silent", "deleted", "restored", "moved", "ticker")


# What ran in the ticker, by the archive: entries that lead to their own article alone.
_TICKER = """
SELECT DISTINCT articles.url FROM captures JOIN ticker_sightings ON ticker_sightings.capture = captures.id
JOIN ticker_entries ON ticker_entries.id = entry JOIN articles ON articles.id = ticker_entries.article WHERE captures.crawl = ?
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A night as it was: paths of stories by what the archive says became of them, the report, the server's view."""

    night: int
    found: Expected
    report: dict[str, Any]
    errors: str
    requests: int
    bytes: int
    paths: Counter[str]  # how often each was asked for

    @property
    def source(self) -> dict[str, Any]:
        """The paper's part of the report."""
        (source,) = self.report["sources"]
        return dict(source)


class Nights:
    """The paper as the one source of a project, crawled night for night."""

    def __init__(self, folder: Path, paper: Paper, hook: str = "") -> None:
        """``hook``: the address of a webhook that notices go to."""
        self.project = Project(folder)
        self.paper = paper
        text = f'home = "{paper.url}/"\nlanguage = "en"\n[fetch]\ndelay = 0\nconcurrency = 4\nallow_private = true\n'
        (folder / "sources" / "quay.toml").write_text(text, "utf-8")
        if hook:
            (folder / "notices.toml").write_text(f'[[webhook]]\nurl = "{hook}"\n', "utf-8")

    def start(self, night: int, minutes: float = 0) -> subprocess.Popen[str]:
        """Start the crawl of a night, so many minutes after it began."""
        self.paper.night = night
        now = (time_of(night) + timedelta(minutes=minutes)).isoformat()
        return self.project.start(
            "--json", "-s", "NEWSSPIDER_WORKERS=1", command="nightly", NEWSSPIDER_NOW=now
        )

    def run(self, night: int, minutes: float = 0) -> Seen:
        """Crawl a night to its end."""
        behind = len(self.paper.asked)
        before = set(self._articles()) if (self.project.folder / "archive.db").exists() else set()
        process = self.start(night, minutes)
        out, err = process.communicate(timeout=1800)
        try:
            report = json.loads(out)
        except ValueError:
            raise AssertionError(f"night {night}: no report: {err[-2000:]}") from None
        asked = self.paper.asked[behind:]
        return Seen(
            night,
            self._found(report, before),
            report,
            err,
            len(asked),
            sum(one.size for one in asked),
            Counter(one.path for one in asked),
        )

    def kill(self, night: int, captures: int) -> None:
        """Begin a night's crawl and end it with SIGKILL once it has stored so many captures. The paper is slow meanwhile, so
        that there is a middle.
        """
        behind, self.paper.seconds = self._captures(), 0.1
        process = self.start(night)
        while process.poll() is None and self._captures() - behind < captures:
            time.sleep(0.01)
        process.kill()
        process.communicate()
        self.paper.seconds = 0.0
        assert process.returncode == -signal.SIGKILL, "it was over before"

    def _captures(self) -> int:
        if not (self.project.folder / "archive.db").exists():
            return 0
        try:
            return int(self.project.rows("SELECT count(*) FROM captures")[0][0])
        except sqlite3.OperationalError:  # its tables are being made
            return 0

    def _articles(self) -> list[str]:
        return [url for (url,) in self.project.rows("SELECT url FROM articles")]

    def _found(self, report: dict[str, Any], before: set[str]) -> Expected:
        found: dict[str, set[str]] = {"new": set(self._articles()) - before}
        query = (
            "SELECT kind, silent, articles.url FROM revisions JOIN articles ON articles.id = article"
            " JOIN captures ON captures.id = revisions.capture WHERE crawl = ?"
        )
        with closing(sqlite3.connect(self.project.folder / "archive.db")) as db:
            for kind, silent, url in db.execute(query, (report["crawl"],)):
                name = ("silent" if silent else "loud") if kind == "edited" else kind
                found.setdefault(name, set()).add(url)
            found["ticker"] = {url for (url,) in db.execute(_TICKER, (report["crawl"],))}
        found["new"] -= found.get("moved", set())  # at another address
        paths = {
            kind: frozenset(url.removeprefix(self.paper.url) for url in urls) for kind, urls in found.items()
        }
        return Expected(**paths, red=any(source["state"] == "red" for source in report["sources"]))

    def rows(self) -> dict[str, int]:
        """How many rows each table has, but for the search index."""
        names = self.project.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%' AND name NOT LIKE 'sqlite_%'"
        )
        return {name: self.project.rows(f'SELECT count(*) FROM "{name}"')[0][0] for (name,) in names}

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that must be the same however often a night was killed and run again. Captures of nights on which the paper
        is dark are left out: what was blocked or failed is due again at the next run, however soon.
        """
        dark = [f"'{time_of(night):%Y-%m-%d}'" for night in range(1, 99) if self.paper.script.is_dark(night)]
        port = self.paper.url
        stories = "role = 'article'"
        queries = {
            "articles": "SELECT url, headline, body, published, modified, gone_at IS NULL FROM articles ORDER BY url",
            "revisions": "SELECT articles.url, revisions.kind, silent, changed FROM revisions JOIN articles"
            " ON articles.id = article ORDER BY 1, revisions.id",
            "captures": "SELECT captures.url, status, captures.revisits IS NULL, count(*) FROM captures JOIN pages"
            f" ON pages.id = page WHERE {stories} AND substr(fetched_at, 1, 10) NOT IN ({', '.join(dark)})"
            " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            "pages": f"SELECT url, state, reason, attempts, substr(next_fetch_at, 1, 10) FROM pages WHERE {stories} ORDER BY url",
        }
        return {
            name: [
                tuple(v.replace(port, "") if isinstance(v, str) else v for v in row)
                for row in self.project.rows(query)
            ]
            for name, query in queries.items()
        }


def differences(expected: Expected, seen: Seen) -> list[str]:
    """What a night reported and should not have, and the other way round; in words."""
    found = []
    for kind in KINDS:
        wanted, got = getattr(expected, kind), getattr(seen.found, kind)
        found += [f"{kind} missing: {path}" for path in sorted(wanted - got)]
        found += [f"{kind} too many: {path}" for path in sorted(got - wanted)]
    if expected.red != seen.found.red:
        found.append(f"red is {seen.found.red}: {seen.source['red']}")
    counts = {"new_articles": len(expected.new), "edits": len(expected.loud | expected.silent)}
    found += [
        f"the report says {name} {seen.report[name]}, not {count}"
        for name, count in counts.items()
        if seen.report[name] != count
    ]
    return found
