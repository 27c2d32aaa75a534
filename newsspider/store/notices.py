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
from newsspider.store.report import reason_kind, sentences

# Until a red source is told of again: a week, less what one night may begin or end earlier than another.
WEEK = timedelta(days=7) - timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Notice:
    """A source's or (``source`` is None) a run's state, and when it was told through a channel. Times are UTC, as text.

    ``since``: when the first of the red crawls began, or the run; ``reasons``: why the source is red, one sentence each;
    ``page``: one to look at, as long as no later crawl asked for it; ``untold``: it is well, and that it was red was not
    delivered: the reasons are those.
    """

    id: int
    kind: str  # red, worse, still_red, well; of a run failed, killed
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
    untold: bool = False


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
_STATES = "SELECT source, state, red FROM crawl_sources WHERE crawl = ? AND state IN ('red', 'green')"
# What was told of a source since it was well, the last first.
_TOLD = """
SELECT delivered_at, red FROM notices LEFT JOIN crawl_sources USING (crawl, source)
WHERE channel = ?1 AND source = ?2 AND notices.id > coalesce(
  (SELECT max(id) FROM notices WHERE channel = ?1 AND source = ?2 AND kind = 'well'), 0)
ORDER BY notices.id DESC
"""
# The notices that a well one ends, the last first.
_BEFORE_WELL = """
SELECT before.delivered_at, crawl_sources.red FROM notices well
JOIN notices before ON before.channel = well.channel AND before.source = well.source AND before.id < well.id
LEFT JOIN crawl_sources ON crawl_sources.crawl = before.crawl AND crawl_sources.source = before.source
WHERE well.id = ?1 AND before.id > coalesce((SELECT max(id) FROM notices former
  WHERE former.channel = well.channel AND former.source = well.source AND former.kind = 'well' AND former.id < ?1), 0)
ORDER BY before.id DESC
"""
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
                for source, state, red in states:
                    former = last.get(source)
                    kind = _kind(former, state, now)
                    if former and kind is None and state == "red" and self._is_worse(channel, source, red):
                        kind = "worse"
                    if kind:
                        since = (
                            former["since"]
                            if former and kind == "well"
                            else red_since(self._db, source, crawl)
                        )
                        self._db.execute(_PUT, (crawl, source, kind, channel, since, stamp(now)))
                    elif former:
                        self._db.execute(_RENEW, (crawl, former["id"]))

    def _is_worse(self, channel: str, source: int, red: str | None) -> bool:
        """Whether there is a kind of reason among these that was not told since the source turned red. What waits tells of
        them anyhow.
        """
        rows = self._db.execute(_TOLD, (channel, source)).fetchall()
        told = {reason_kind(sentence) for row in rows for sentence in sentences(row["red"])}
        waits = any(row["delivered_at"] is None for row in rows[:1])
        return not waits and any(reason_kind(sentence) not in told for sentence in sentences(red))

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
        page = self._page(row, reasons)
        former = self._db.execute(_BEFORE_WELL, (row["id"],)).fetchall() if row["kind"] == "well" else []
        untold = bool(former) and all(one["delivered_at"] is None for one in former)
        if untold:
            reasons = sentences(former[0]["red"])
        return Notice(
            row["id"], row["kind"], row["channel"], row["crawl"], row["source_id"], row["name"], row["home"], row["since"],
            reasons, page, row["made_at"], row["delivered_at"], row["error"], untold,
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
