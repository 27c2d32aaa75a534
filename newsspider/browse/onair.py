"""How many entries of a ticker were on air at a time, for its chart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, time, timedelta
from typing import Any

from newsspider.browse.charts import Axis, Value
from newsspider.clock import stamp

Row = Mapping[str, Any]

_OFTEN = 4  # crawls a day, from which on shorter pieces than days tell something
_WEEK = 7  # days, at most, that are shown by such pieces


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the range: its ends as the database writes times, and in words."""

    first: str
    last: str
    title: str
    tick: str


def parts_of(axis: Axis, crawls: Sequence[Row], newest: str) -> tuple[str, list[Part]]:
    """Days, or pieces of three hours of a week in which the source was crawled often, until the last thing that is known."""
    days = round((axis.last - axis.first) / timedelta(days=1))
    often = days <= _WEEK and len(crawls) >= _OFTEN * days
    step = timedelta(hours=3) if often else timedelta(days=1)
    every = max(1, days // 8)
    parts: list[Part] = []
    start = axis.first
    while start < axis.last and (not parts or stamp(start.astimezone(UTC)) <= newest):
        end = start + step  # of wall clock time: a day may have 23 or 25 hours
        title = f"{start:%a} {start.day} {start:%b %Y}" + (f", {start:%H:%M}" if often else "")
        is_named = start.time() == time() and (start - axis.first).days % every == 0
        first, last = (stamp(one.astimezone(UTC)) for one in (start, end))
        parts.append(Part(first, last, title, f"{start.day} {start:%b}" if is_named else ""))
        start = end
    return ("three hours" if often else "day"), parts


def counts_of(parts: Sequence[Part], rows: Sequence[Row], crawls: Sequence[Row]) -> list[Value]:
    """In each part those that came before its end, without those that went before its beginning."""
    came, went = (sorted(row[end] for row in rows) for end in ("first_seen", "last_seen"))
    values = []
    for part in parts:
        count = bisect_left(came, part.last) - bisect_left(went, part.first)
        crawled = any(row["started_at"] < part.last and row["ended_at"] >= part.first for row in crawls)
        said = f"{count} entr{'y' if count == 1 else 'ies'}" if count or crawled else "no crawl"
        values.append(Value(count if count or crawled else None, f"{part.title}: {said}", part.tick))
    return values


def number(value: Value) -> str:
    """How many there were in a part, in words."""
    return "no crawl" if value.value is None else f"{value.value:.0f}"


def sentence(values: Sequence[Value], unit: str) -> str:
    """What the chart shows."""
    known = [int(value.value) for value in values if value.value is not None]
    if not known:
        return "No entries"
    gaps = len(values) - len(known)
    return f"Bars: entries that were on air, by {unit}: between {min(known)} and {max(known)}" + (
        f"; nothing is known of {gaps} without a crawl" if gaps else ""
    )
