"""Crawls as nights: what each did at every source."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsspider.store.report import NOT_READ, OutcomeRow, outcomes, reason_kind, sentences
from newsspider.store.values import numbers_by_name


@dataclass(frozen=True, slots=True)
class SourceNight:
    """What a crawl did at a source: counts of pages by outcome, of those that were not read by outcome and reason."""

    source: str
    state: str | None  # green, red; None where the crawl did not come to its end
    red: tuple[str, ...]
    notes: tuple[str, ...]
    pages: int
    named: int
    new_articles: int
    edits: int
    bytes: int
    outcomes: Mapping[str, int]
    reasons: Mapping[str, int]  # "failed timeout": 3
    since: (
        str | None
    )  # where it is red: when the first of the crawls began that were red without one between that was well
    articles: int | None  # whose state it read; the next two are of these
    fields: Mapping[str, float]  # share of them that have each field
    length: int | None  # characters of their texts, the median
    newest: str | None  # publication of the newest article that the source then had


@dataclass(frozen=True, slots=True)
class Night:
    """A crawl and what it did at each source. Times are UTC."""

    crawl: int
    command: str
    outcome: str
    started_at: str
    ended_at: str | None
    pages: int
    new_articles: int
    edits: int
    bytes: int
    sources: tuple[SourceNight, ...]
    notes: tuple[str, ...] = ()  # what else is worth a look and no source's own

    @property
    def seconds(self) -> float | None:
        """How long it ran; None where it has no end."""
        if not self.ended_at:
            return None
        return (
            datetime.fromisoformat(self.ended_at) - datetime.fromisoformat(self.started_at)
        ).total_seconds()


# SQL: whether a row of crawls is a crawl of sites as they are now, and not the reading of what an archive has or of what
# others have.
IS_CRAWL = " AND ".join(
    f"coalesce(command, '') NOT LIKE '{word}%'" for word in ("rebuild", "check", "import", "backfill")
)
# SQL: the last day (YYYY-MM-DD) that news can be of. A page can have a date that is yet to come: one that no crawl can have
# seen, whatever its zone.
LATEST_DAY = "(SELECT coalesce(date(max(started_at), '+1 day'), date('now', '+1 day')) FROM crawls)"
LATEST_TIME = f"({LATEST_DAY} || 'T23:59:59Z')"
_SINCE = """
SELECT min(started_at) FROM crawl_sources JOIN crawls ON crawls.id = crawl
WHERE source = ?1 AND state = 'red' AND crawl <= ?2
  AND crawl > coalesce((SELECT max(crawl) FROM crawl_sources WHERE source = ?1 AND state = 'green' AND crawl < ?2), 0)
"""
# The red crawls before one that are of a row with it, the last first.
_RED_BEFORE = """
SELECT started_at, crawl_sources.red FROM crawl_sources JOIN crawls ON crawls.id = crawl
WHERE source = ?1 AND state = 'red' AND crawl < ?2
  AND crawl > coalesce((SELECT max(crawl) FROM crawl_sources WHERE source = ?1 AND state = 'green' AND crawl < ?2), 0)
ORDER BY crawl DESC
"""


def red_since(db: sqlite3.Connection, source: int, crawl: int) -> str | None:
    """When the first of the red crawls of a source began that end with this one; None where it was well."""
    since: str | None = db.execute(_SINCE, (source, crawl)).fetchone()[0]
    return since


def reasons_since(db: sqlite3.Connection, source: int, crawl: int) -> dict[str, str]:
    """By the kind of reason when the first of the red crawls of a source began that had it one after the other, up to the
    one before ``crawl``; none where that was well.
    """
    found: dict[str, str] = {}
    alive: set[str] = set()
    for number, row in enumerate(db.execute(_RED_BEFORE, (source, crawl))):
        kinds = {reason_kind(sentence) for sentence in sentences(row["red"])}
        kept = kinds if number == 0 else kinds & alive
        found |= dict.fromkeys(kept, row["started_at"])
        if not (alive := kept):
            break
    return found


def nights(db: sqlite3.Connection, count: int, crawl: int | None = None) -> list[Night]:
    """The last ``count`` crawls, the newest first; only that one where ``crawl`` is given."""
    query = "SELECT * FROM crawls WHERE ?1 IS NULL OR id = ?1 ORDER BY id DESC LIMIT ?2"
    return [_night(db, row) for row in db.execute(query, (crawl, count)).fetchall()]


def _night(db: sqlite3.Connection, row: sqlite3.Row) -> Night:
    ended = outcomes(db, row["id"])
    sources = db.execute(
        "SELECT sources.source AS name, crawl_sources.* FROM crawl_sources"
        " JOIN sources ON sources.id = crawl_sources.source WHERE crawl = ? ORDER BY sources.source",
        (row["id"],),
    ).fetchall()
    found = tuple(_source_night(db, one, [r for r in ended if r.source == one["name"]]) for one in sources)
    of_sources = {note for source in found for note in source.notes}
    return Night(
        crawl=row["id"],
        command=row["command"] or "",
        outcome="killed" if _is_dead(row) else row["outcome"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        pages=row["pages"],
        new_articles=row["new_articles"],
        edits=sum(source.edits for source in found),
        bytes=row["bytes"],
        sources=found,
        notes=tuple(note for note in sentences(row["notes"]) if note not in of_sources),
    )


def _is_dead(row: sqlite3.Row) -> bool:
    """Whether a run that has no end was killed: its process was one of this machine and is not there any more."""
    if row["outcome"] != "running" or row["host"] != socket.gethostname() or not row["pid"]:
        return False
    try:
        os.kill(row["pid"], 0)
    except ProcessLookupError:
        return True
    except OSError:  # another user's
        return False
    return False


def _source_night(db: sqlite3.Connection, row: sqlite3.Row, ended: Sequence[OutcomeRow]) -> SourceNight:
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for one in ended:
        counts[one.outcome.value] += one.pages
        if one.outcome in NOT_READ:
            reasons[f"{one.outcome.value} {one.reason}"] += one.pages
    return SourceNight(
        source=row["name"],
        state=row["state"],
        red=sentences(row["red"]),
        notes=sentences(row["notes"]),
        pages=row["pages"],
        named=row["named"],
        new_articles=row["new_articles"],
        edits=row["edits"],
        bytes=row["bytes"],
        outcomes=dict(counts),
        reasons=dict(reasons.most_common()),
        since=red_since(db, row["source"], row["crawl"]) if row["state"] == "red" else None,
        articles=row["articles"],
        fields=numbers_by_name(row["fields"]),
        length=row["length"],
        newest=row["newest"],
    )


def last_nights(db: sqlite3.Connection) -> dict[str, tuple[Night, SourceNight]]:
    """For each source, by ID, the last crawl of it, and what it did there."""
    rows = db.execute(
        "SELECT sources.source, max(crawl) FROM crawl_sources JOIN sources ON sources.id = crawl_sources.source"
        f" JOIN crawls ON crawls.id = crawl WHERE {IS_CRAWL} GROUP BY sources.id"
    ).fetchall()
    crawls = {number: nights(db, 1, number)[0] for number in {row[1] for row in rows}}
    return {
        source: (crawls[number], next(one for one in crawls[number].sources if one.source == source))
        for source, number in rows
    }
