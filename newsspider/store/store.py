"""The one writer of an archive's database."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Self

from newsspider import __version__
from newsspider.clock import stamp
from newsspider.records import ALL_DAYS, Article, DuePage, Found, Outcome, WarcPlace, Window
from newsspider.source import Source
from newsspider.store import backfills, frontier, keeping, rebuild, relinking, report, tickers, waiting
from newsspider.store.batch import finish
from newsspider.store.filing import Filed, Filing, Known
from newsspider.store.measures import Measures, SourceHistory
from newsspider.store.nights import Night, SourceNight, last_nights, nights
from newsspider.store.notices import Notices
from newsspider.store.opening import connect
from newsspider.store.samples import Samples

# From one file's name to the next in the index: the captures in between are not looked at.
_KNOWN_ENDS = """
WITH RECURSIVE files (name) AS (
  SELECT min(warc_file) FROM captures
  UNION ALL SELECT (SELECT min(warc_file) FROM captures WHERE warc_file > name) FROM files WHERE name IS NOT NULL
)
SELECT name, (
  SELECT warc_offset + warc_length FROM captures WHERE warc_file = name ORDER BY warc_offset DESC LIMIT 1
) FROM files WHERE name IS NOT NULL
"""
_END_SOURCE = """
INSERT INTO crawl_sources (crawl, source, state, red, notes) VALUES (?1, ?2, nullif(?3, 'green'), ?4, ?5)
ON CONFLICT (crawl, source) DO UPDATE SET
  state = iif(?3 = 'green' AND pages = 0, NULL, ?3), red = excluded.red, notes = excluded.notes
"""  # there is a row where a page was asked for: without one nothing says that the source is well


class Store:
    """An open database; to be used from one thread at a time. Reading beside it is free (WAL)."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self.notices = Notices(db)
        self._db = db
        self._sources: dict[str, Known] = {}

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
        """Open an archive's database, bring its schema up to date, make it where it is missing and ``create``
        allows.

        Raises ``ArchiveError``: no such file, no database of ours, made by a newer version, not writable.
        """
        return cls(path, connect(path, create=create))

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
    def sync_sources(self, sources: Sequence[Source], now: datetime, *, crawled: bool = True) -> None:
        """Bring the rows of these sources in line with their files; ``crawled``: a crawl of them begins."""
        with self._transaction():
            for source in sources:
                self._db.execute(
                    """
                    INSERT INTO sources (source, name, home, language, timezone, added_at, last_crawl_at)
                    VALUES (?, ?, ?, ?, ?, ?6, iif(?7, ?6, NULL))
                    ON CONFLICT (source) DO UPDATE SET name = excluded.name, home = excluded.home,
                      language = excluded.language, timezone = excluded.timezone,
                      last_crawl_at = coalesce(excluded.last_crawl_at, last_crawl_at)
                    """,
                    (
                        source.id,
                        source.name,
                        source.home,
                        source.language,
                        source.timezone,
                        stamp(now),
                        crawled,
                    ),
                )
        for row in self._db.execute("SELECT id, source, timezone FROM sources"):
            known = next((source for source in sources if source.id == row["source"]), None)
            self._sources[row["source"]] = (row["id"], known, row["timezone"])

    def sources(self) -> list[Source]:
        """The sources that the archive knows, as far as it knows them: without layouts and patterns."""
        rows = self._db.execute("SELECT source, name, home, language, timezone FROM sources ORDER BY source")
        return [Source(*row) for row in rows]

    def knows_crawls(self, other_than: str) -> bool:
        """Whether there was any run with another command than that: else the database is new."""
        query = "SELECT EXISTS (SELECT 1 FROM crawls WHERE command IS NOT ?)"
        return bool(self._db.execute(query, (other_than,)).fetchone()[0])

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

    def end_crawl(
        self,
        crawl: int,
        outcome: str,
        now: datetime,
        red: Mapping[str, Sequence[str]] = MappingProxyType({}),
        notes: Mapping[str, Sequence[str]] = MappingProxyType({}),
        measures: Mapping[str, Measures] = MappingProxyType({}),
    ) -> None:
        """Write how a crawl ended: finished, stopped or failed, and by source why it is red, what else is worth a look and
        what was measured. A source is green where a finished crawl has ``red`` without a sentence for it and asked for a
        page of it.
        """
        with self._transaction():
            self._db.execute(
                "UPDATE crawls SET ended_at = ?, outcome = ?, red = ?, notes = ? WHERE id = ?",
                (stamp(now), outcome, _all(red), _all(notes), crawl),
            )
            for source, sentences in red.items():
                state = "red" if sentences else "green"
                row = (crawl, self._id(source), state, _json(sentences), _json(notes.get(source, ())))
                self._db.execute(_END_SOURCE, row)
                if source in measures:
                    self.history_of(source).keep(measures[source])

    def add_notes(self, crawl: int, sentences: Sequence[str]) -> None:
        """Note what is worth a look and no source's own."""
        query = "SELECT notes FROM crawls WHERE id = ?"
        with self._transaction():
            noted = report.sentences(self._db.execute(query, (crawl,)).fetchone()[0])
            row = (_json([*noted, *sentences]), crawl)
            self._db.execute("UPDATE crawls SET notes = ? WHERE id = ?", row)

    def history_of(self, source: str) -> SourceHistory:
        """What the source's crawls brought home, to compare them."""
        return SourceHistory(self._db, self._id(source))

    def samples_of(self, source: str) -> Samples:
        """The captures of the source's article pages, to read some of them again."""
        return Samples(self._db, source)

    # ---- the frontier --------------------------------------------------------------------------------------
    def seed(
        self,
        source: str,
        found: Sequence[Found],
        now: datetime,
        *,
        recheck: bool = False,
        sitemaps: bool = False,
    ) -> None:
        """Put addresses on the frontier, due now; with ``recheck`` every known article of the source, with ``sitemaps``
        every known sitemap of it, too.
        """
        with self._transaction():
            frontier.seed(self._db, self._id(source), found, now)
            if recheck:
                frontier.recheck(self._db, self._id(source), now)
            if sitemaps:
                frontier.open_sitemaps(self._db, self._id(source), now)

    def lease(
        self,
        crawl: int,
        source: str,
        count: int,
        now: datetime,
        window: Window = ALL_DAYS,
        lost: Container[str] = (),
    ) -> list[DuePage]:
        """Up to ``count`` due pages of a source, within a window of days; this crawl never gets them again. ``lost``: WARC
        files that are not there any more.
        """
        with self._transaction():
            return frontier.lease(self._db, crawl, source, self._id(source), count, now, window, lost)

    def count_due(self, crawl: int, source: str, now: datetime) -> int:
        """How many pages of a source are due that this crawl has not asked for."""
        return frontier.count_due(self._db, crawl, self._id(source), now)

    def shapes(self, source: str) -> dict[str, tuple[int, int]]:
        """For each shape of a source's addresses how many pages were articles, and how many none."""
        query = "SELECT shape, articles, others FROM shapes WHERE source = ?"
        return {row[0]: (row[1], row[2]) for row in self._db.execute(query, (self._id(source),))}

    def page(self, url: str) -> DuePage | None:
        """The page of an address, if the frontier has it."""
        return frontier.page_of(self._db, url)

    # ---- results -------------------------------------------------------------------------------------------
    def store(self, crawl: int, batch: Sequence[Filed]) -> list[Outcome]:
        """Store results in one transaction; returns what became of each.

        An article that did not change counts as unchanged. A result that can't be stored leaves a row in
        ``problems`` and its captures, and counts as failed; the others are stored.
        """
        with self._transaction():
            return Filing(self._db, self._sources, crawl).store(batch)

    # ---- captures that wait to be read ---------------------------------------------------------------------
    def arrive(
        self, crawl: int, arrivals: Sequence[waiting.Arrival], now: datetime, lost: Sequence[str] = ()
    ) -> int:
        """Write the rows of captures that others made, in one transaction; returns how many were not known. ``lost``: WARC
        files that are not there any more.
        """
        files = json.dumps(lost)
        with self._transaction():
            return sum(
                waiting.arrive(self._db, crawl, self._id(arrival.source), arrival, now, files)
                for arrival in arrivals
            )

    def strays(self) -> dict[int, str]:
        """The captures of pages that nothing has read and that don't wait, with their addresses."""
        return waiting.strays(self._db)

    def let_wait(self, captures: Mapping[int, str]) -> None:
        """Let captures of no page wait to be read, each as one of a page of a source, by its ID."""
        with self._transaction():
            for capture, source in captures.items():
                waiting.let_wait(self._db, capture, self._id(source))

    def has_capture(self, url: str, fetched_at: datetime, digest: str) -> bool:
        """Whether there is a capture of this address, time and digest."""
        key = (stamp(fetched_at), url, digest)
        found = self._db.execute(
            "SELECT 1 FROM captures WHERE fetched_at = ? AND url = ? AND digest = ?", key
        )
        return found.fetchone() is not None

    def out_of_order(self) -> dict[int, list[WarcPlace]]:
        """The articles that have a waiting capture from before what is known of them, and where all that they were made
        from stands.
        """
        return waiting.out_of_order(self._db)

    def take_apart(self, crawl: int, articles: Collection[int]) -> None:
        """Let these articles wait: they are made anew from all their captures."""
        with self._transaction():
            finish(self._db, crawl, waiting.take_apart(self._db, articles))

    def left_alone(self, articles: Collection[int]) -> dict[int, str]:
        """The waiting captures of these articles, by number, with the articles' addresses."""
        return waiting.left_alone(self._db, articles)

    def find_headlines(self) -> None:
        """Lead ticker entries without an address to their articles, whatever the order in which captures were read."""
        with self._transaction():
            tickers.find_headlines(self._db)

    def next_waiting(self, behind: waiting.Waiting | None, count: int) -> list[waiting.Waiting]:
        """The next captures that wait to be read, in the order of their times."""
        return waiting.waiting(self._db, behind, count)

    def next_in_file(self, one: waiting.Waiting) -> waiting.Waiting | None:
        """The waiting capture that stands behind one in its WARC file."""
        return waiting.next_in_file(self._db, one)

    def count_waiting(self) -> int:
        """How many captures wait to be read."""
        return waiting.count_waiting(self._db)

    def to_link(self) -> list[relinking.ToLink]:
        """Captures that may have shown tickers and related links whose rows are lost."""
        return relinking.to_link(self._db)

    def link(self, one: relinking.ToLink, record: Article) -> None:
        """Put in what a capture shows of tickers and related links."""
        with self._transaction():
            relinking.link(self._db, one, record)

    def recount_sightings(self, known: bool) -> None:
        """Count the sightings of ticker entries again; ``known``: all captures that may have shown them were read."""
        with self._transaction():
            relinking.recount(self._db, known)

    # ---- pages that other archives have --------------------------------------------------------------------
    def begin_backfill(self, source: str, service: str, wanted: str, now: datetime) -> backfills.Backfill:
        """Where the backfill of a source from a service stands that wants this; one that is done begins anew."""
        with self._transaction():
            return backfills.begin(self._db, self._id(source), service, wanted, now)

    def put_backfill(self, backfill: backfills.Backfill, ended: datetime | None = None) -> None:
        """Keep where a backfill stands; ``ended``: it is done."""
        with self._transaction():
            backfills.put(self._db, backfill, ended)

    def is_backfilled(self, source: str, service: str, wanted: str) -> bool:
        """Whether a backfill that wants this came to its end."""
        return backfills.is_done(self._db, self._id(source), service, wanted)

    def has_page(self, urls: Sequence[str], moment: datetime | None = None) -> bool:
        """Whether the archive has a story, or a capture from another archive, of one of these addresses; with a
        ``moment``, whether it has a capture of that time.
        """
        return backfills.has_page(self._db, urls, moment)

    # ---- a database made anew ------------------------------------------------------------------------------
    def fingerprint(self, version: str) -> str:
        """What the archive holds, and a splitter's version, in a word to compare."""
        return rebuild.fingerprint(self._db, version)

    def copy_frame(self, old: Path) -> None:
        """Fill this empty database with what the old one alone knows; the captures of pages wait to be read."""
        rebuild.copy_frame(self._db, old)

    def number_captures(self, old: Path) -> None:
        """Captures that came anew from their files get the numbers and crawls that an older database has for them."""
        rebuild.number_captures(self._db, old)

    def files_elsewhere(self, old: Path) -> list[str]:
        """WARC files outside of the archive's folder that have captures whose rows in the old database are damaged."""
        return rebuild.files_elsewhere(self._db, old)

    def number_as(self, old: Path) -> None:
        """Articles that an older database has get the numbers that they have there."""
        rebuild.number_as(self._db, old)

    def finish_frame(self, old: Path) -> None:
        """Bring the pages into the state that they have in the old database."""
        rebuild.finish_frame(self._db, old)

    def unread(self) -> list[keeping.Unread]:
        """Captures that could not be read while this database was made."""
        return keeping.unread(self._db)

    def keep_unread(self, old: Path, crawl: int) -> list[keeping.Unread]:
        """Keep articles as the old database has them of which a capture could not be read; returns these captures."""
        return keeping.keep(self._db, old, crawl)

    def changes(self, old: Path) -> list[rebuild.Change]:
        """What is other in this database's articles than in the old one's."""
        return rebuild.changes(self._db, old)

    def copy_into(self, old: Path) -> None:
        """Become the old database, in one transaction of it: who reads it sees the one or the other, whole."""
        with closing(connect(old)) as target:
            self._db.backup(target)

    # ---- what is there -------------------------------------------------------------------------------------
    def known_ends(self) -> dict[str, int]:
        """For each WARC file the offset behind the last record that a row knows."""
        return {row[0]: row[1] for row in self._db.execute(_KNOWN_ENDS)}

    def vanished(self, old: Path) -> list[str]:
        """Addresses of articles of an older database that are not in this one though no page of theirs was read."""
        return rebuild.vanished(self._db, old)

    def captures_in(self, warc_file: str) -> int:
        """How many captures stand in a WARC file."""
        query = "SELECT count(*) FROM captures WHERE warc_file = ?"
        return int(self._db.execute(query, (warc_file,)).fetchone()[0])

    def first_in(self, warc_file: str) -> tuple[str, str, int] | None:
        """Address, time and offset of the first capture of a WARC file that has a row."""
        query = "SELECT url, fetched_at, warc_offset FROM captures WHERE warc_file = ? ORDER BY warc_offset LIMIT 1"
        row = self._db.execute(query, (warc_file,)).fetchone()
        return tuple(row) if row else None

    def outcomes(self, crawl: int) -> list[report.OutcomeRow]:
        """What became of the pages of a crawl, by source, role, outcome and reason."""
        return report.outcomes(self._db, crawl)

    def article_shares(self, crawl: int, source: str) -> dict[str, float]:
        """The share of a source's articles seen in a crawl that have each field; empty where none was seen."""
        return report.article_shares(self._db, crawl, source)

    def layout_shares(self, crawl: int, source: str, fields: Sequence[str]) -> dict[str, float]:
        """The share of a source's articles read in a crawl in which a layout's selectors found these fields."""
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

    def totals(self) -> report.Totals:
        """What the archive holds."""
        return report.totals(self._db)

    def count_captures(self) -> int:
        """How many captures the archive holds."""
        return int(self._db.execute("SELECT count(*) FROM captures").fetchone()[0])

    def nights(self, count: int, crawl: int | None = None) -> list[Night]:
        """The last crawls, the newest first, or the one of that number, with what they did at each source."""
        return nights(self._db, count, crawl)

    def last_nights(self) -> dict[str, tuple[Night, SourceNight]]:
        """For each source, by ID, the last crawl that did something there, and what that was."""
        return last_nights(self._db)

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


def _all(sentences: Mapping[str, Sequence[str]]) -> str:
    """The sentences of all sources, as JSON."""
    return _json([sentence for some in sentences.values() for sentence in some])


def _json(sentences: Sequence[str]) -> str:
    return json.dumps(list(sentences), ensure_ascii=False)
