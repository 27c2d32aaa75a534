"""The entries of a ticker's timeline: where the bar of each stands, how it was reworded, what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from newsspider.browse.charts import Axis
from newsspider.browse.rows import read_rows
from newsspider.browse.text import hours, in_zone, moment
from newsspider.history.pieces import Kind, Piece, compare
from newsspider.store.plain import plain

_WORDINGS = 6  # changes of one entry that are shown
_LONG = 2000  # characters of a text that are looked at

Row = Mapping[str, Any]

_ENTRIES = """
SELECT entries.*, articles.headline, articles.published, articles.published_local,
  coalesce(articles.language, sources.language) AS language
FROM ticker_entries AS entries JOIN sources ON sources.id = entries.source
LEFT JOIN articles ON articles.id = entries.article WHERE entries.id IN ({ids})
"""
_SAID = """
SELECT entry, text, min(first_seen) AS first_seen FROM ticker_wordings WHERE entry IN ({ids})
GROUP BY entry, text ORDER BY 3, text
"""


@dataclass(frozen=True, slots=True)
class Reworded:
    """Another wording of an entry, or its article's headline (``when`` empty), with what went and what came."""

    when: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a timeline: its row, where its bar stands, and in words when it ran."""

    row: Row
    x: float
    width: float
    ran: str
    pins: tuple[tuple[float, str], ...]
    reworded: tuple[Reworded, ...]  # the last one first
    more: int  # changes that are not shown
    article: str  # when it was published, in words
    apart: str  # how long before or after the entry's beginning


async def read_entries(
    db: Any, ids: Sequence[int], axis: Axis, zone: tzinfo, newest: str | None
) -> list[Entry]:
    """The entries with these numbers, in their order; ``newest``: when the source's ticker was last seen."""
    if not ids:
        return []
    marks = ", ".join("?" for _ in ids)
    rows = {row["id"]: row for row in await read_rows(db, _ENTRIES.format(ids=marks), ids)}
    said: dict[int, list[Row]] = {}
    for row in await read_rows(db, _SAID.format(ids=marks), ids):
        said.setdefault(row["entry"], []).append(row)

    def compared() -> list[Entry]:
        return [_entry(rows[one], said.get(one, []), axis, zone, newest) for one in ids if one in rows]

    return await asyncio.to_thread(compared)


def _entry(row: Row, said: Sequence[Row], axis: Axis, zone: tzinfo, newest: str | None) -> Entry:
    start, end = moment(row["first_seen"]), moment(row["last_seen"])
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        start = end = axis.first
    changed = said[1:]
    pins = [
        (known, brief(one["first_seen"], zone))
        for one in changed
        if isinstance(known := moment(one["first_seen"]), datetime)
    ]
    reworded = [
        Reworded(brief(new["first_seen"], zone), _compared(old["text"], new["text"]))
        for old, new in zip(said, changed, strict=False)
    ][::-1]
    headline = []
    if row["headline"] and plain(row["headline"]) != plain(row["text"]):
        pieces = _compared(row["text"], row["headline"])
        if all(piece.kind is not Kind.KEPT for piece in pieces):
            pieces = (Piece(Kind.KEPT, row["headline"], row["headline"]),)  # the other one stands above it
        headline = [Reworded("", pieces)]
    return Entry(
        row,
        *axis.span(start, end),
        _ran(row, zone, newest),
        tuple((axis.at(at), f"worded anew {when}") for at, when in pins if axis.first <= at < axis.last),
        tuple(reworded[:_WORDINGS] + headline),
        max(0, len(reworded) - _WORDINGS),
        brief(row["published"], zone) if _is_timed(row) else brief(row["published_local"], zone),
        _apart(row),
    )


def _compared(old: str, new: str) -> tuple[Piece, ...]:
    return compare(old[:_LONG], new[:_LONG])


def _ran(row: Row, zone: tzinfo, newest: str | None) -> str:
    """When an entry was on air, in words."""
    first, last = brief(row["first_seen"], zone), brief(row["last_seen"], zone)
    if row["last_seen"] and minutes_of(row["last_seen"], newest) <= 60:
        return f"since {first}"
    return first if first == last else f"{first} to {last}"


def _is_timed(row: Row) -> bool:
    return row["published"] is not None and len(row["published_local"] or "") > 10


def _apart(row: Row) -> str:
    """How long before or after the entry's beginning its article was published; nothing where only a day is known."""
    if not _is_timed(row):
        return ""
    minutes = minutes_of(row["first_seen"], row["published"])
    if abs(minutes) < 1:
        return "at the same time"
    return f"{in_words(abs(minutes))} {'later' if minutes > 0 else 'before'}"


def brief(text: str | None, zone: tzinfo) -> str:
    """A time as it stands beside others of the same days, ``24 Nov 19:02``."""
    known = moment(text)
    if isinstance(known, datetime):
        local = in_zone(known, zone)
        return f"{local.day} {local:%b %H:%M}"
    return f"{known.day} {known:%b}" if known else ""


def minutes_of(first: str | None, last: str | None) -> float:
    """How many minutes lie between two times; 0 where one of them is none."""
    start, end = moment(first), moment(last)
    if isinstance(start, datetime) and isinstance(end, datetime):
        return (end - start).total_seconds() / 60
    return 0


def in_words(minutes: float) -> str:
    """So many minutes in words, ``2 h 10 min``."""
    start = datetime(2000, 1, 1, tzinfo=UTC)
    return hours(start.isoformat(), (start + timedelta(minutes=minutes)).isoformat())
