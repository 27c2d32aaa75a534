"""An archive's database in a real file, with one source, and short ways to put results into it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from newsspider.addresses import canonical
from newsspider.records import Article, Capture, Found, Outcome, Result, Role, WarcPlace
from newsspider.source import Source
from newsspider.store import Filed, Store

HOME = "https://courier.example/"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class Desk:
    """A store, a crawl that runs, and a clock that only the test moves."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = NOON
        self.store = Store.open(path)
        self.sources = [
            Source("courier", "Mekong Courier", HOME, "en", "Asia/Phnom_Penh"),
            Source("herald", "Herald", "https://herald.example/", "en", "America/New_York"),
        ]
        self._offsets = count(0, 1000)
        self.crawl = self.next_crawl()

    def next_crawl(self, hours: float = 0) -> int:
        """Begin another crawl, so many hours later."""
        self.now += timedelta(hours=hours)
        self.store.sync_sources(self.sources, self.now)
        self.crawl = self.store.begin_crawl("newsspider crawl", self.now)
        return self.crawl

    def seed(self, *names: str, role: Role = Role.ARTICLE, **said: str) -> None:
        self.store.seed("courier", [Found(HOME + name, role, **said) for name in names], self.now)

    def lease(self, n: int = 100) -> list[str]:
        """Names of the pages that are handed out."""
        return [page.url.removeprefix(HOME) for page in self.store.lease(self.crawl, "courier", n, self.now)]

    def filed(self, asked: str, article: Article | None = None, **how: Any) -> Filed:
        """A page asked for, as it is handed to the store; ``answered``, ``story`` and ``status`` where they differ."""
        page = self.store.page(HOME + asked)
        if page is None:
            self.seed(asked)
            page = self.store.page(HOME + asked)
        assert page is not None
        answered = HOME + how.pop("answered", asked)
        story = HOME + how.pop("story", answered.removeprefix(HOME))
        headers = tuple((name.encode(), value.encode()) for name, value in how.pop("headers", {}).items())
        capture = Capture(answered, self.now, how.pop("status", 200), (), headers, b"body")
        outcome = Outcome.STORED if answered == page.url else Outcome.MOVED
        fields: dict[str, Any] = {"outcome": outcome, "reason": "ok", "at": self.now, "page": page.id}
        fields |= {"url": answered, "role": page.role, "captures": (capture,), "article": article}
        fields |= {"article_url": canonical(story) if article else None} | how
        places = tuple(
            WarcPlace("newsspider-1.warc.gz", next(self._offsets), 1000, "sha1:X") for _ in fields["captures"]
        )
        return Filed(Result("courier", **fields), places)

    def read(self, asked: str, article: Article | None = None, **how: Any) -> Outcome:
        """Store what a page answered."""
        return self.store.store(self.crawl, [self.filed(asked, article, **how)])[0]

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """What another program sees in the file."""
        db = sqlite3.connect(self.path)
        db.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in db.execute(sql, values)]
        finally:
            db.close()

    def one(self, sql: str, *values: object) -> Any:
        """The first column of the one row that is there."""
        rows = self.rows(sql, *values)
        assert len(rows) == 1, rows
        return next(iter(rows[0].values()))
