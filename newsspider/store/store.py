"""The one writer of an archive's database."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlite_utils import Database

from newsspider import __version__
from newsspider.clock import stamp
from newsspider.errors import ArchiveError
from newsspider.records import DuePage, Found, Outcome, Result, WarcPlace
from newsspider.source import Fetch, Source
from newsspider.store import articles, frontier, report, schema, search
from newsspider.store.batch import Later, finish
from newsspider.store.dates import zone_of
from newsspider.store.links import read_ticker
from newsspider.store.migrations import migrations

_BUSY_MS = 30_000
_WAL_PAGES = 4000  # checkpoints come after so many; at SQLite's 1000 nearly every batch made one
_WAL_BYTES = 64 * 1024 * 1024  # what the write-ahead log is cut back to after a checkpoint


# What a result may hold that a table can't: half a surrogate pair, a number or text that is too large ..
_NOT_STORED = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.InterfaceError,
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
)
_CAPTURE = """
INSERT INTO captures
  (page, crawl, url, fetched_at, status, content_type, size, digest, warc_file, warc_offset, warc_length)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (warc_file, warc_offset) DO NOTHING RETURNING id
"""
_CAPTURE_AGAIN = """
UPDATE captures SET page = coalesce(page, ?) WHERE warc_file = ? AND warc_offset = ? RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Filed:
    """A result with the places of its captures' WARC records, one for each."""

    result: Result
    places: tuple[WarcPlace, ...]


class Store:
    """An open database; to be used from one thread at a time. Reading beside it is free (WAL)."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self._db = db
        self._sources: dict[str, tuple[int, Source | None, str | None]] = {}

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
        """Open an archive's database, bring its schema up to date, make it where it is missing and ``create``
        allows.

        Raises ``ArchiveError``: no such file, no database of ours, made by a newer version, not writable.
        """
        if not path.exists() and not create:
            raise ArchiveError(str(path), "there is no archive", "crawl something first: newsspider crawl")
        db = None
        try:
            db = sqlite3.connect(path, timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
            db.row_factory = sqlite3.Row
            search.register(db)
            _check(path, db)
            _prepare(path, db)
        except sqlite3.Error as error:
            if db:
                db.close()
            raise ArchiveError(
                str(path), f"can't be opened ({error})", "is it an archive, and is its folder writable?"
            ) from error
        except ArchiveError:
            if db:
                db.close()
            raise
        return cls(path, db)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close; the write-ahead log is brought back into the file where nobody reads it."""
        with suppress(sqlite3.Error):
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.close()

    # ---- sources and crawls --------------------------------------------------------------------------------
    def sync_sources(self, sources: Sequence[Source], now: datetime) -> None:
        """Bring the rows of these sources in line with their files."""
        with self._transaction():
            for source in sources:
                self._db.execute(
                    """
                    INSERT INTO sources (source, name, home, language, timezone, added_at, last_crawl_at)
                    VALUES (?, ?, ?, ?, ?, ?6, ?6)
                    ON CONFLICT (source) DO UPDATE SET name = excluded.name, home = excluded.home,
                      language = excluded.language, timezone = excluded.timezone,
                      last_crawl_at = excluded.last_crawl_at
                    """,
                    (source.id, source.name, source.home, source.language, source.timezone, stamp(now)),
                )
        for row in self._db.execute("SELECT id, source, timezone FROM sources"):
            known = next((source for source in sources if source.id == row["source"]), None)
            self._sources[row["source"]] = (row["id"], known, row["timezone"])

    def begin_crawl(self, command: str, now: datetime) -> int:
        """A new crawl's row. One that has no end yet was killed: the lock says that it does not run any more."""
        with self._transaction():
            self._db.execute("UPDATE crawls SET outcome = 'killed' WHERE outcome = 'running'")
            cursor = self._db.execute(
                "INSERT INTO crawls (started_at, command, outcome, version, host, pid)"
                " VALUES (?, ?, 'running', ?, ?, ?)",
                (stamp(now), command, __version__, socket.gethostname(), os.getpid()),
            )
        return int(cursor.lastrowid or 0)

    def end_crawl(self, crawl: int, outcome: str, red: Sequence[str], now: datetime) -> None:
        """Write how a crawl ended: finished, stopped or failed, and why sources are red."""
        with self._transaction():
            self._db.execute(
                "UPDATE crawls SET ended_at = ?, outcome = ?, red = ? WHERE id = ?",
                (stamp(now), outcome, json.dumps(list(red), ensure_ascii=False), crawl),
            )

    # ---- the frontier --------------------------------------------------------------------------------------
    def seed(self, source: str, found: Sequence[Found], now: datetime, *, recheck: bool = False) -> None:
        """Put addresses on the frontier, due now; with ``recheck`` every known article of the source, too."""
        with self._transaction():
            frontier.seed(self._db, self._id(source), found, now)
            if recheck:
                frontier.recheck(self._db, self._id(source), now)

    def lease(self, crawl: int, source: str, count: int, now: datetime) -> list[DuePage]:
        """Up to ``count`` due pages of a source; this crawl never gets them again."""
        with self._transaction():
            return frontier.lease(self._db, crawl, source, self._id(source), count, now)

    def page(self, url: str) -> DuePage | None:
        """The page of an address, if the frontier has it."""
        return frontier.page_of(self._db, url)

    # ---- results -------------------------------------------------------------------------------------------
    def store(self, crawl: int, batch: Sequence[Filed]) -> list[Outcome]:
        """Store results in one transaction; returns what became of each.

        An article that did not change counts as unchanged. A result that can't be stored leaves a row in
        ``problems`` and its captures, and counts as failed; the others are stored.
        """
        outcomes, rests = [], []
        with self._transaction():
            for filed in batch:
                rest = Later()
                self._db.execute("SAVEPOINT result")
                try:
                    outcome = self._store_one(crawl, filed, rest)
                except _NOT_STORED as error:
                    self._db.execute("ROLLBACK TO result")
                    rest = Later()
                    outcome = self._store_failed(crawl, filed, rest, error)
                self._db.execute("RELEASE result")
                outcomes.append(outcome)
                rests.append(rest)
            finish(self._db, crawl, rests)
        return outcomes

    def _store_one(self, crawl: int, filed: Filed, rest: Later) -> Outcome:
        result = filed.result
        source, known, timezone = self._sources[result.source]
        capture = self._captures(crawl, filed, rest)
        outcome, article = result.outcome, None
        if result.article is not None and outcome in (Outcome.STORED, Outcome.MOVED):
            outcome, article = self._store_article(crawl, result, source, timezone, capture, rest)
        if outcome is Outcome.GONE:
            articles.mark_gone(self._db, result, capture)
        if result.page is not None:
            days = known.fetch.recheck_days if known else Fetch().recheck_days
            frontier.settle(self._db, result, outcome, article, days, crawl)
            rest.tally = (source, result.role.value, outcome, result.reason)
        if result.found:
            frontier.seed(self._db, source, result.found, result.at, crawl)
        if result.problem:
            stage = "split" if result.captures else "fetch"
            self._problem(crawl, source, result, stage, result.reason, result.problem)
        return outcome

    def _store_article(
        self, crawl: int, result: Result, source: int, timezone: str | None, capture: int | None, rest: Later
    ) -> tuple[Outcome, int | None]:
        assert result.article is not None
        try:
            article, outcome = articles.store_article(
                self._db, result, source, zone_of(timezone), capture, rest
            )
        except articles.ThinPage as error:
            self._problem(crawl, source, result, "split", "thin", f"{result.url}: {error}")
            return Outcome.UNCHANGED, None
        if capture is not None:
            rest.ticker = read_ticker(self._db, result.article, source, capture, stamp(result.at))
        return (Outcome.MOVED if result.outcome is Outcome.MOVED else outcome), article

    def _store_failed(self, crawl: int, filed: Filed, rest: Later, error: Exception) -> Outcome:
        result = filed.result
        source = self._sources[result.source][0] if result.source in self._sources else None
        self._captures(crawl, filed, rest)
        message = f"{result.url}: {type(error).__name__}: {error}"
        self._problem(crawl, source, result, "store", "not_stored", message)
        if result.page is not None and source is not None:
            failed = replace(result, reason="not_stored", url=None)
            frontier.settle(self._db, failed, Outcome.FAILED, None, 0, crawl)
            rest.tally = (source, result.role.value, Outcome.FAILED, failed.reason)
        return Outcome.FAILED

    def _captures(self, crawl: int, filed: Filed, rest: Later) -> int | None:
        """Rows for all exchanges of a result; returns the last one's, None where there was none."""
        last = None
        for capture, place in zip(filed.result.captures, filed.places, strict=True):
            row = (
                filed.result.page,
                crawl,
                _storable(capture.url),
                stamp(capture.fetched_at),
                capture.status,
                capture.header("Content-Type"),
                len(capture.body),
                place.digest,
                place.file,
                place.offset,
                place.length,
            )
            made = self._db.execute(_CAPTURE, row).fetchone()
            if made:
                rest.bytes += len(capture.body)
            else:
                again = (filed.result.page, place.file, place.offset)
                made = self._db.execute(_CAPTURE_AGAIN, again).fetchone()
            last = int(made["id"])
        return last

    def _problem(
        self, crawl: int, source: int | None, result: Result, stage: str, reason: str, message: str
    ) -> None:
        self._db.execute(
            "INSERT INTO problems (crawl, source, page, url, at, stage, reason, message)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                crawl,
                source,
                result.page,
                _storable(result.url),
                stamp(result.at),
                stage,
                reason,
                _storable(message),
            ),
        )

    # ---- what is there -------------------------------------------------------------------------------------
    def known_ends(self) -> dict[str, int]:
        """For each WARC file the offset behind the last record that a row knows."""
        rows = self._db.execute(
            "SELECT warc_file, max(warc_offset + warc_length) FROM captures GROUP BY warc_file"
        )
        return {row[0]: row[1] for row in rows}

    def outcomes(self, crawl: int) -> list[report.OutcomeRow]:
        """What became of the pages of a crawl, by source, role, outcome and reason."""
        return report.outcomes(self._db, crawl)

    def article_shares(self, crawl: int, source: str) -> dict[str, float]:
        """The share of a source's articles seen in a crawl that have each field; empty where none was seen."""
        return report.article_shares(self._db, crawl, source)

    def layout_shares(self, crawl: int, source: str, fields: Sequence[str]) -> dict[str, float]:
        """The share of a source's articles seen in a crawl in which a layout's selectors found these fields."""
        return report.layout_shares(self._db, crawl, source, fields)

    def articles_seen(self, crawl: int, source: str) -> int:
        """How many article pages a crawl read or found named, of a source, that are stored."""
        return report.articles_seen(self._db, crawl, self._id(source))

    def names_articles(self, source: str) -> bool:
        """Whether any article page of a source is known."""
        found = self._db.execute(
            "SELECT 1 FROM pages JOIN sources ON sources.id = pages.source"
            " WHERE sources.source = ? AND role = 'article' LIMIT 1",
            (source,),
        )
        return found.fetchone() is not None

    def crawl_summary(self, crawl: int) -> report.CrawlSummary:
        """A crawl in numbers."""
        return report.crawl_summary(self._db, crawl)

    def _id(self, source: str) -> int:
        return self._sources[source][0]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def _storable(text: str | None) -> str | None:
    """The text without what UTF-8 can't hold."""
    return text.encode(errors="replace").decode() if text else text


def _check(path: Path, db: sqlite3.Connection) -> None:
    """Whether the file may be ours: empty, or marked by us and not newer than this version."""
    marked = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if marked != schema.APPLICATION_ID and tables:
        raise ArchiveError(str(path), "is a database, but no archive of newsspider", "give another --data")
    if version > schema.VERSION:
        raise ArchiveError(
            str(path),
            f"was made by a newer newsspider (schema {version}, this one knows {schema.VERSION})",
            "install the newest version",
        )


def _prepare(path: Path, db: sqlite3.Connection) -> None:
    """Settings of the connection, and the schema's steps where some are missing."""
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
    db.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES}")
    db.execute("PRAGMA cache_size = -65536")
    if db.execute("PRAGMA user_version").fetchone()[0] < schema.VERSION:
        migrations.apply(Database(db))
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {schema.VERSION}")
