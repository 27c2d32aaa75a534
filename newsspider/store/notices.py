"""What is to be told of sources and runs through each channel, and what was."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from newsspider.clock import stamp
from newsspider.store.nights import red_since
from newsspider.store.rebuild import transaction
from newsspider.store.report import sentences

# Until a red source is told of again: a week, less what one night may begin or end earlier than another.
WEEK = timedelta(days=7) - timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Notice:
    """A source's or (``source`` is None) a run's state, and when it was told through a channel. Times are UTC, as text.

    ``since``: when the first of the red crawls began, or the run; ``reasons``: why the source is red, one sentence each;
    ``page``: one to look at, as long as no later crawl asked for it.
    """

    id: int
    kind: str  # red, still_red, well; of a run failed, killed
    channel: str
    crawl: int
    source: str | None
    name: str | None
    home: str | None
    since: str | None
    reasons: tuple[str, ...]
    page: str | None
    made_at: str
    delivered_at: str | None
    error: str | None


_NOTICES = """
SELECT notices.*, sources.source AS source_id, sources.name, sources.home, crawl_sources.red
FROM notices LEFT JOIN sources ON sources.id = notices.source
LEFT JOIN crawl_sources ON crawl_sources.crawl = notices.crawl AND crawl_sources.source = notices.source
"""
# Of a source the newest alone: what was to be told before is out of date.
_WAITING = (
    _NOTICES
    + """
WHERE channel = ?1 AND delivered_at IS NULL AND (notices.source IS NULL OR notices.id IN
  (SELECT max(id) FROM notices WHERE channel = ?1 GROUP BY source))
ORDER BY sources.source, notices.id
"""
)
_LAST = """
SELECT * FROM notices WHERE id IN (SELECT max(id) FROM notices WHERE channel = ? AND source IS NOT NULL GROUP BY source)
"""
_STATES = "SELECT source, state FROM crawl_sources WHERE crawl = ? AND state IN ('red', 'green')"
_RENEW = "UPDATE notices SET crawl = ? WHERE id = ? AND delivered_at IS NULL"
_OF_RUN = "SELECT 1 FROM notices WHERE crawl = ? AND source IS NULL AND channel = ?"
_SETTLE = "UPDATE notices SET delivered_at = ?, error = ? WHERE id = ?"
_PUT = "INSERT INTO notices (crawl, source, kind, channel, since, made_at) VALUES (?, ?, ?, ?, ?, ?)"
_LOOK_AT = re.compile(r"\blook at (https?://\S+)")
# Of the pages that the crawl asked for and did not get, an article before a feed or section.
_PAGE = """
SELECT url FROM pages WHERE source = (SELECT id FROM sources WHERE source = ?) AND leased = ?
AND state IN ('failed', 'blocked') ORDER BY role = 'article' DESC, last_fetched_at DESC, id LIMIT 1
"""
_UNFINISHED = """
SELECT id, iif(outcome = 'failed', 'failed', 'killed') AS kind, started_at FROM crawls
WHERE id = (SELECT max(id) FROM crawls WHERE command = 'nightly' OR command LIKE 'nightly %')
AND outcome IN ('running', 'failed', 'killed')
"""


class Notices:
    """The notices of an open archive."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def make(self, crawl: int, channels: Sequence[str], now: datetime) -> None:
        """Make the notices of what changed at the sources of a crawl, for each channel. One that still waits tells of
        this crawl from now on, where its source is as it was. Where the crawl can't say how a source is there is none.
        """
        with transaction(self._db):
            states = self._db.execute(_STATES, (crawl,)).fetchall()
            for channel in channels:
                last = {row["source"]: row for row in self._db.execute(_LAST, (channel,))}
                for source, state in states:
                    former = last.get(source)
                    if kind := _kind(former, state, now):
                        since = (
                            former["since"]
                            if former and kind == "well"
                            else red_since(self._db, source, crawl)
                        )
                        self._db.execute(_PUT, (crawl, source, kind, channel, since, stamp(now)))
                    elif former:
                        self._db.execute(_RENEW, (crawl, former["id"]))

    def make_of_run(self, channels: Sequence[str], now: datetime) -> None:
        """Make the notices of the last nightly run where it did not come to its end and that was not told. For the
        holder of the archive: a run that seems to be on was killed.
        """
        with transaction(self._db):
            run = self._db.execute(_UNFINISHED).fetchone()
            for channel in channels if run else ():
                if self._db.execute(_OF_RUN, (run["id"], channel)).fetchone() is None:
                    row = (run["id"], None, run["kind"], channel, run["started_at"], stamp(now))
                    self._db.execute(_PUT, row)

    def waiting(self, channel: str) -> list[Notice]:
        """The notices that were not delivered through a channel: those of runs, then those of sources by their IDs."""
        return [self._notice(row) for row in self._db.execute(_WAITING, (channel,)).fetchall()]

    def settle(self, numbers: Iterable[int], delivered: datetime | None, error: str | None) -> None:
        """Write for notices when they were delivered (None: they were not), and why not, or not to all."""
        at = stamp(delivered) if delivered else None
        with transaction(self._db):
            self._db.executemany(_SETTLE, [(at, error, number) for number in numbers])

    def last(self, count: int) -> list[Notice]:
        """The last notices, the newest first."""
        rows = self._db.execute(_NOTICES + " ORDER BY notices.id DESC LIMIT ?", (count,)).fetchall()
        return [self._notice(row) for row in rows]

    def _notice(self, row: sqlite3.Row) -> Notice:
        reasons = sentences(row["red"])
        return Notice(
            row["id"], row["kind"], row["channel"], row["crawl"], row["source_id"], row["name"], row["home"], row["since"],
            reasons, self._page(row, reasons), row["made_at"], row["delivered_at"], row["error"],
        )  # fmt: skip

    def _page(self, row: sqlite3.Row, reasons: Sequence[str]) -> str | None:
        """The one that a reason names, else one that was not to be had."""
        if named := _LOOK_AT.search(" ".join(reasons)):
            return named[1]
        page = self._db.execute(_PAGE, (row["source_id"], row["crawl"])).fetchone() if reasons else None
        return page[0] if page else None


def _kind(last: sqlite3.Row | None, state: str, now: datetime) -> str | None:
    """What is to be told of a source in this state after what was told last; None: nothing."""
    told_red = last is not None and last["kind"] != "well"
    if state == "green":
        return "well" if told_red else None
    if last is None or not told_red:
        return "red"
    told = last["delivered_at"]
    return "still_red" if told and now - datetime.fromisoformat(told) >= WEEK else None
