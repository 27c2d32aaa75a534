"""Filing results: captures, articles, tickers, links, the frontier and counts, as one batch."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from newsspider.clock import stamp
from newsspider.records import Outcome, Result, Role, WarcPlace
from newsspider.source import Fetch, Source
from newsspider.store import articles, captures, frontier, settling, waiting
from newsspider.store.batch import Later, finish
from newsspider.store.dates import zone_of
from newsspider.store.tickers import read_ticker

MOST_HOPS = (
    1  # from a page that a list names to stories that its ticker and related links name; not on from those
)
_MUCH = 0.2  # share of a list's stories that must be new, so that its next page may hold more of them
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
  (page, crawl, url, fetched_at, status, content_type, size, digest, warc_file, warc_offset, warc_length, read_at, revisits)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?4, ?) ON CONFLICT (warc_file, warc_offset) DO NOTHING RETURNING id
"""
# The record of a revisit has no body: how long that was says the capture that has it.
_CAPTURE_AGAIN = """
UPDATE captures SET page = coalesce(page, ?1), read_at = coalesce(read_at, fetched_at), revisits = coalesce(revisits, ?2),
  size = iif(size = 0 AND status = 200, coalesce((SELECT size FROM captures AS first WHERE first.id = ?2), 0), size)
WHERE warc_file = ?3 AND warc_offset = ?4 RETURNING id
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
        rest.source = source
        capture = self._captures(filed, rest)
        outcome, article = result.outcome, None
        if result.article is not None and outcome in (Outcome.STORED, Outcome.MOVED):
            outcome, article = self._store_article(result, source, timezone, capture, rest)
        if outcome is Outcome.UNCHANGED and result.article is None and result.page is not None:
            articles.seen_again(self._db, result, capture)
        if outcome is Outcome.GONE:
            articles.mark_gone(self._db, result, capture)
        if result.page is not None:
            if filed.live:
                days = known.fetch.recheck_days if known else Fetch().recheck_days
                digest = filed.places[-1].digest if filed.places else None
                settling.settle(self._db, result, outcome, article, days, self._crawl, digest)
            else:
                waiting.settle(self._db, result, outcome, article)
            rest.tally = (source, result.role.value, outcome, result.reason)
        if filed.live:
            if result.shape:
                rest.shape = (source, result.shape, article is not None)
            self._seed(source, result, rest)
        if result.problem:
            stage = "split" if result.captures else "fetch"
            self._problem(source, result, stage, result.reason, result.problem)
        return outcome

    def _seed(self, source: int, result: Result, rest: Later) -> None:
        """Put what a page names on the frontier; the next page of a list where much of this one is new."""
        unchanged = result.outcome is Outcome.UNCHANGED and result.role is not Role.ARTICLE
        if not (result.found or unchanged):
            return
        by = frontier.page_by(self._db, result.page) if result.page is not None else None
        if by and unchanged:
            frontier.named_again(self._db, by.id, result.at, self._crawl)
        if not result.found or (by and by.role is Role.ARTICLE and by.hops >= MOST_HOPS):
            return
        new = frontier.seed(self._db, source, result.found, result.at, self._crawl, by)
        articles = sum(found.role is Role.ARTICLE for found in result.found)
        if by and by.role is not Role.ARTICLE:
            rest.named = articles
            if new:
                frontier.named_new(self._db, by.id, result.at)
        if result.further and new >= _MUCH * articles:
            # Named by nobody: one that came back as it was does not bring the pages behind it.
            frontier.seed(self._db, source, result.further, result.at, self._crawl)

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
            settling.settle(self._db, failed, Outcome.FAILED, None, 0, self._crawl)
            rest.tally = (source, result.role.value, Outcome.FAILED, failed.reason)
        return Outcome.FAILED

    def _captures(self, filed: Filed, rest: Later) -> int | None:
        """Rows for all exchanges of a result; returns the last one's, None where there was none."""
        last = None
        for capture, place in zip(filed.result.captures, filed.places, strict=True):
            earlier = captures.find(self._db, capture.revisits) if capture.revisits else None
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
                earlier,
            )
            made = self._db.execute(_CAPTURE, row).fetchone()
            if made:
                rest.bytes += len(capture.body)
            else:
                again = (filed.result.page, earlier, place.file, place.offset)
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
