"""An article of an archive with its history: found by its number or address, between two of its states if that is wanted."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from pathlib import Path
from typing import Any

from newsspider.addresses import canonical
from newsspider.browse.text import when, zone_of
from newsspider.clock import stamp
from newsspider.errors import UsageError
from newsspider.exports.rows import reading
from newsspider.history.changes import REVISIONS, Change, Difference, State, changes, difference, states

Row = Mapping[str, Any]

_ARTICLE = """
SELECT articles.*, sources.source AS source_id, sources.name AS source_name, sources.timezone,
  sources.language AS source_language,  coalesce(articles.language, sources.language) AS text_language
FROM articles JOIN sources ON sources.id = articles.source WHERE articles.id = ?
"""
_AT = """
SELECT id FROM articles WHERE url = :url UNION ALL SELECT article FROM pages WHERE url = :url AND article IS NOT NULL
UNION ALL SELECT id FROM articles WHERE canonical_url = :url LIMIT 1
"""
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Point:
    """A state of an article: its number (0: the first) and since when it was seen (UTC)."""

    number: int
    since: str


@dataclass(frozen=True, slots=True)
class Between:
    """What is other between two states."""

    first: Point
    last: Point
    difference: Difference


@dataclass(frozen=True, slots=True)
class History:
    """An article (its row, with the source's ``source_id``, ``source_name`` and ``timezone``, and the ``text_language``) and
    all its changes, the oldest first, or what is other ``between`` two of its states.
    """

    article: Row
    changes: Sequence[Change]
    between: Between | None = None

    @property
    def zone(self) -> tzinfo:
        """The source's time zone."""
        return zone_of(self.article["timezone"])

    @property
    def silent(self) -> int:
        """How many changes were silent."""
        return sum(change.silent for change in self.changes)


def read_history(folder: Path, article: str, first: str | None = None, last: str | None = None) -> History:
    """The history of an article of the archive of a folder; ``first`` and ``last``: of what is told, as the options of the
    command have them.

    Raises ``ArchiveError``: no archive, or it can't be read; ``UsageError``: no such article or state.
    """
    path = folder / "archive.db"
    with reading(path) as db:
        db.row_factory = sqlite3.Row
        number = _find(db, path, article.strip())
        row = dict(db.execute(_ARTICLE, (number,)).fetchone())
        revisions = db.execute(REVISIONS, {"id": number, "most": -1}).fetchall()[::-1]
    if first is None and last is None:
        return History(row, changes(row, revisions))
    points = [Point(0, row["first_seen_at"])]
    points += [Point(n, revision["seen_at"]) for n, revision in enumerate(revisions, 1)]
    return History(row, (), _between(points, states(row, revisions), zone_of(row["timezone"]), first, last))


def _find(db: sqlite3.Connection, path: Path, article: str) -> int:
    if _NUMBER.fullmatch(article):
        if db.execute("SELECT 1 FROM articles WHERE id = ?", (int(article),)).fetchone():
            return int(article)
        cure = "newsspider export lists all with their numbers; newsspider browse has them in the addresses of its pages"
        raise UsageError(str(path), f"there is no article {article}", cure)
    for url in dict.fromkeys((canonical(article), article)):
        found = db.execute(_AT, {"url": url}).fetchone()
        if found:
            return int(found[0])
    page = db.execute("SELECT state, reason FROM pages WHERE url = ?", (canonical(article),)).fetchone()
    if page:
        told = f"{page['state']}, {page['reason']}" if page["reason"] else page["state"]
        raise UsageError(str(path), f"the page {article} is known ({told}), but there is no article of it")
    cure = "give its number, or its address with https:// (newsspider export lists both)"
    raise UsageError(str(path), f"there is no article {article!r}", cure)


# ---- two states ----------------------------------------------------------------------------------------------------
def _between(
    points: Sequence[Point], known: Sequence[State], zone: tzinfo, first: str | None, last: str | None
) -> Between:
    start = _point("--from", first, points, zone, ends_day=False) if first is not None else points[0]
    end = _point("--to", last, points, zone, ends_day=True) if last is not None else points[-1]
    if start.number > end.number:
        raise UsageError("--from", f"{first!r} lies after --to")
    return Between(start, end, difference(known[start.number], known[end.number]))


def _point(option: str, wanted: str, points: Sequence[Point], zone: tzinfo, *, ends_day: bool) -> Point:
    """The state of that number, or the one that stood at a moment (before the article was first seen: the first)."""
    if _NUMBER.fullmatch(wanted) and int(wanted) < len(points):
        return points[int(wanted)]
    if _NUMBER.fullmatch(wanted) and len(wanted) != len("YYYYMMDD"):
        raise UsageError(
            option, f"there is no state {wanted}", f"the article has states 0 to {len(points) - 1}"
        )
    try:
        if len(wanted) <= len("YYYY-MM-DD"):
            at = datetime.combine(date.fromisoformat(wanted), time.max if ends_day else time.min, zone)
        else:
            at = datetime.fromisoformat(wanted)
            at = at if at.tzinfo else at.replace(tzinfo=zone)
        moment = stamp(at.astimezone(UTC))
    except (ValueError, OverflowError) as error:
        cure = "write a state's number, YYYY-MM-DD or YYYY-MM-DDTHH:MM"
        raise UsageError(option, f"{wanted!r} is no state and no time", cure) from error
    if ends_day and moment < points[0].since:
        raise UsageError(option, f"the article was first seen later, {when(points[0].since, zone)}")
    return [point for point in points if point.since <= moment or not point.number][-1]
