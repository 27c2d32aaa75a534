"""Small archives made by the real writer from invented pages, without a network."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newspaper import story

from newsspider.records import Capture, DuePage, Found, Outcome, Result
from newsspider.runs.archive import Archive
from newsspider.runs.reading import read
from newsspider.runs.results import conclude, task_for
from newsspider.source import Source

HOME = "https://www.paper.example"
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SOURCES = [Source("paper", "The Paper", f"{HOME}/", "en")]
HTML = (b"Content-Type", b"text/html; charset=utf-8")
TICKER = (
    "<div class=breaking-news><a href=/story/1>Ward 1 agrees on a new market</a>"
    "<a href=/x/two-bridges-3>Two bridges more over the old harbour</a></div>"
)
RELATED = "<h3>Related articles</h3><ul><li><a href=/story/2>Ward 2 agrees on a new market</a></ul>"


def capture(path: str, body: str = "", hours: float = 0, status: int = 200) -> Capture:
    """A response of the paper, so many hours later."""
    return Capture(f"{HOME}{path}", NOON + timedelta(hours=hours), status, (), (HTML,), body.encode())


def page(number: int, more: str = "") -> str:
    """An article's page with a ticker and a related link."""
    return TICKER + story(number).replace("Nobody", f"{more}Nobody") + RELATED


def result(page: DuePage, made: Capture) -> Result:
    """What a crawl makes of a response."""
    task = task_for(page, [made], SOURCES[0], 1 << 26)
    return conclude(page, [made], read(task) if task else None)


def put(archive: Archive, captures: Iterable[Capture]) -> None:
    """Store responses, one after the other, each for good before the next."""
    for made in captures:
        if made.url.endswith("/robots.txt"):
            archive.put(
                Result("paper", Outcome.STORED, "ok", made.fetched_at, url=made.url, captures=(made,))
            ).result()
            continue
        archive.seed("paper", [Found(made.url)]).result()
        due: Any = archive.call(lambda store, url=made.url: store.page(url)).result()
        archive.put(result(due, made)).result()


def crawl(folder: Path, captures: Sequence[Capture], command: str = "crawl") -> None:
    """A whole crawl that brings these responses."""
    archive = Archive.open(folder, command, SOURCES)
    try:
        put(archive, captures)
    finally:
        archive.close("finished")


def sources(folder: Path) -> None:
    """The file that describes the paper."""
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "sources" / "paper.toml").write_text(f'name = "The Paper"\nhome = "{HOME}/"\nlanguage = "en"\n')


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """Read from an archive."""
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        return db.execute(query).fetchall()


def make_older(path: Path) -> None:
    """Give a database the schema of a version that knew of no backfills and of no captures of other archives."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("ALTER TABLE captures DROP COLUMN origin")
        for table in ("backfills", "notices"):
            db.execute(f"DROP TABLE {table}")
        db.execute("DROP INDEX articles_hits")
        db.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
        names = (
            "'captures_of_other_archives', 'what_was_told', 'search_folds_more', 'search_folds_all_spellings'"
        )
        db.execute(f"DELETE FROM _sqlite_migrations WHERE name IN ({names})")
        db.execute("PRAGMA user_version = 3")


def change(folder: Path, *statements: str) -> None:
    """Change an archive behind our back."""
    from newsspider.store.search import register

    with closing(sqlite3.connect(folder / "archive.db", isolation_level=None)) as db:
        register(db)
        for statement in statements:
            db.execute(statement)
