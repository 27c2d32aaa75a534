"""Filing results: captures, articles, tickers, links, the frontier and counts, as one batch."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from newsspider.clock import stamp
from newsspider.records import Outcome, Result, WarcPlace
from newsspider.source import Fetch, Source
from newsspider.store import articles, frontier, waiting
from newsspider.store.batch import Later, finish
from newsspider.store.dates import zone_of
from newsspider.store.links import read_ticker

Known = tuple[int, Source | None, str | None]  # of a source: its row, its file, its time zone

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
  (page, crawl, url, fetched_at, status, content_type, size, digest, warc_file, warc_offset, warc_length, read_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?4) ON CONFLICT (warc_file, warc_offset) DO NOTHING RETURNING id
"""
_CAPTURE_AGAIN = """
UPDATE captures SET page = coalesce(page, ?), read_at = coalesce(read_at, fetched_at)
WHERE warc_file = ? AND warc_offset = ? RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Filed:
    """A result with the places of its captures' WARC records, one for each."""

    result: Result
    places: tuple[WarcPlace, ...]
    live: bool = (
        True  # made by this crawl; False: read from an archive, the frontier's schedule is not its matter
    )


class Filing:
    """Files results of one crawl, inside a transaction of the caller's."""

    def __init__(self, db: sqlite3.Connection, sources: Mapping[str, Known], crawl: int) -> None:
        self._db = db
        self._sources = sources
        self._crawl = crawl

    def store(self, batch: Sequence[Filed]) -> list[Outcome]:
        """What became of each result."""
        outcomes, rests = [], []
        for filed in batch:
            rest = Later()
            self._db.execute("SAVEPOINT result")
            try:
                outcome = self._store_one(filed, rest)
            except _NOT_STORED as error:
                self._db.execute("ROLLBACK TO result")
                rest = Later()
                outcome = self._store_failed(filed, rest, error)
            self._db.execute("RELEASE result")
            outcomes.append(outcome)
            rests.append(rest)
        finish(self._db, self._crawl, rests)
        return outcomes

    def _store_one(self, filed: Filed, rest: Later) -> Outcome:
        result = filed.result
        source, known, timezone = self._sources[result.source]
        capture = self._captures(filed, rest)
        outcome, article = result.outcome, None
        if result.article is not None and outcome in (Outcome.STORED, Outcome.MOVED):
            outcome, article = self._store_article(result, source, timezone, capture, rest)
        if outcome is Outcome.GONE:
            articles.mark_gone(self._db, result, capture)
        if result.page is not None:
            if filed.live:
                days = known.fetch.recheck_days if known else Fetch().recheck_days
                frontier.settle(self._db, result, outcome, article, days, self._crawl)
            else:
                waiting.settle(self._db, result, outcome, article)
            rest.tally = (source, result.role.value, outcome, result.reason)
        if result.found:
            frontier.seed(self._db, source, result.found, result.at, self._crawl)
        if result.problem:
            stage = "split" if result.captures else "fetch"
            self._problem(source, result, stage, result.reason, result.problem)
        return outcome

    def _store_article(
        self, result: Result, source: int, timezone: str | None, capture: int | None, rest: Later
    ) -> tuple[Outcome, int | None]:
        assert result.article is not None
        try:
            article, outcome = articles.store_article(
                self._db, result, source, zone_of(timezone), capture, rest
            )
        except articles.ThinPage as error:
            self._problem(source, result, "split", "thin", f"{result.url}: {error}")
            return Outcome.UNCHANGED, None
        if capture is not None:
            rest.ticker = read_ticker(self._db, result.article, source, capture, stamp(result.at))
        return (Outcome.MOVED if result.outcome is Outcome.MOVED else outcome), article

    def _store_failed(self, filed: Filed, rest: Later, error: Exception) -> Outcome:
        result = filed.result
        source = self._sources[result.source][0] if result.source in self._sources else None
        self._captures(filed, rest)
        message = f"{result.url}: {type(error).__name__}: {error}"
        self._problem(source, result, "store", "not_stored", message)
        if result.page is not None and source is not None:
            failed = replace(result, reason="not_stored", url=None)
            frontier.settle(self._db, failed, Outcome.FAILED, None, 0, self._crawl)
            rest.tally = (source, result.role.value, Outcome.FAILED, failed.reason)
        return Outcome.FAILED

    def _captures(self, filed: Filed, rest: Later) -> int | None:
        """Rows for all exchanges of a result; returns the last one's, None where there was none."""
        last = None
        for capture, place in zip(filed.result.captures, filed.places, strict=True):
            row = (
                filed.result.page,
                self._crawl,
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

    def _problem(self, source: int | None, result: Result, stage: str, reason: str, message: str) -> None:
        self._db.execute(
            "INSERT INTO problems (crawl, source, page, url, at, stage, reason, message)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._crawl,
                source,
                result.page,
                _storable(result.url),
                stamp(result.at),
                stage,
                reason,
                _storable(message),
            ),
        )


def _storable(text: str | None) -> str | None:
    """The text without what UTF-8 can't hold."""
    return text.encode(errors="replace").decode() if text else text
