"""The nights of sources: a day's crawls as one, how a source is by its last crawl that was judged, and since when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any

from newsspider.browse.rows import read_rows
from newsspider.browse.text import bare, zone_of
from newsspider.clock import stamp
from newsspider.store.nights import IS_CRAWL
from newsspider.store.report import reason_kind, sentences
from newsspider.store.values import numbers_by_name

Row = Mapping[str, Any]

_ALL = f"""
SELECT sources.*, (
  SELECT crawl_sources.id FROM crawl_sources JOIN crawls ON crawls.id = crawl
  WHERE crawl_sources.source = sources.id AND state IS NOT NULL AND {IS_CRAWL} ORDER BY crawl_sources.id DESC LIMIT 1
) AS judged, EXISTS (
  SELECT 1 FROM crawl_sources JOIN crawls ON crawls.id = crawl WHERE crawl_sources.source = sources.id AND {IS_CRAWL}
) AS begun FROM sources
"""
_STATES = """
SELECT source, state, new_articles, newest, red FROM crawl_sources WHERE id IN (SELECT value FROM json_each(:judged))
"""
# By crawls, of which the last are few, not by sources, which had a night for years.
_NIGHTS = f"""
SELECT crawl_sources.*, crawls.started_at, crawls.outcome FROM crawls JOIN crawl_sources ON crawl_sources.crawl = crawls.id
WHERE crawls.id >= (SELECT id FROM crawls WHERE started_at >= :since ORDER BY started_at LIMIT 1)
  AND +crawl_sources.source IN (SELECT value FROM json_each(:sources)) AND {IS_CRAWL}
ORDER BY crawls.id
"""
# The crawls since the last that found it well, and that one, the last first.
_TURN = f"""
WITH judged AS (
  SELECT crawl, state FROM crawl_sources JOIN crawls ON crawls.id = crawl WHERE source = :source AND {IS_CRAWL}
), good (crawl) AS (SELECT coalesce(max(crawl), 0) FROM judged WHERE state = 'green')
SELECT crawl, started_at, crawl_sources.red FROM crawl_sources JOIN crawls ON crawls.id = crawl
WHERE source = :source AND crawl IN (
  SELECT crawl FROM judged WHERE crawl = (SELECT crawl FROM good) OR state = 'red' AND crawl > (SELECT crawl FROM good))
ORDER BY crawl DESC LIMIT 1000
"""


@dataclass(frozen=True, slots=True)
class Night:
    """A day's crawls of a source, as one: ``state`` as that of ``charts.Night``; shares are of its ``articles``."""

    day: date
    state: str
    crawl: int | None = None
    new: int | None = None
    edits: int = 0
    pages: int = 0
    articles: int = 0
    parts: tuple[tuple[str, int], ...] = ()  # of each crawl the shares, as they are kept, and its articles
    red: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def fields(self) -> Mapping[str, float]:
        """The share of the articles with each part; nothing where none was read."""
        return averages([(numbers_by_name(text), count) for text, count in self.parts])

    @property
    def title(self) -> str:
        """The night in a line."""
        if self.state == "none":
            words = "no crawl" if self.crawl is None else "the crawl did not come to its end"
        elif self.state == "red":
            words = f"red, {bare(self.red[0])}" if self.red else "red"
        else:
            words = f"good, {self.new:,} new" if self.new else "nothing new"
        return f"{self.day:%a} {day_of(self.day)}: {words}"


@dataclass(frozen=True, slots=True)
class Turning:
    """A crawl on either side of where a source turned red: its ``day`` in the source's zone."""

    crawl: int
    day: date
    red: tuple[str, ...]


def day_of(day: date) -> str:
    """``22 Nov``."""
    return f"{day.day} {day:%b}"


def night_of(day: date, crawls: Sequence[Row]) -> Night:
    """A day's crawls as one: its state is that of the last that was judged."""
    if not crawls:
        return Night(day, "none")
    judged = [one for one in crawls if one["state"]]
    if not judged:
        return Night(day, "none", crawls[-1]["crawl"])
    last, new = judged[-1], sum(one["new_articles"] for one in crawls)
    read = [one for one in judged if one["articles"]]
    return Night(
        day,
        "red" if last["state"] == "red" else "good" if new else "quiet",
        last["crawl"],
        new,
        sum(one["edits"] for one in crawls),
        sum(one["pages"] for one in crawls),
        sum(one["articles"] for one in read),
        tuple((one["fields"] or "{}", one["articles"]) for one in read),
        sentences(last["red"]),
        sentences(last["notes"]),
    )


def averages(parts: Iterable[tuple[Mapping[str, float], int]]) -> dict[str, float]:
    """Shares of several crawls as those of all their articles."""
    known = [(fields, count) for fields, count in parts if fields and count]
    whole = sum(count for _, count in known)
    return {
        name: sum(fields.get(name, 0.0) * count for fields, count in known) / whole
        for name in (known[0][0] if known else ())
    }


async def judged_sources(db: Any) -> list[dict[str, Any]]:
    """All sources, each with its ``state`` (red, quiet, good; none where no crawl of it was judged), why it is ``red`` and the
    date of its ``newest`` article, by its last crawl that was judged; ``begun``: whether any crawl of it was begun.
    """
    rows = await read_rows(db, _ALL)
    judged = json.dumps([row["judged"] for row in rows if row["judged"]])
    last = {row["source"]: row for row in await read_rows(db, _STATES, {"judged": judged})}
    for row in rows:
        known = last.get(row["id"])
        row |= {"state": "none", "newest": None, "red": ()}
        if known:
            row |= {"state": _state(known), "newest": known["newest"], "red": sentences(known["red"])}
    return rows


def _state(row: Row) -> str:
    if row["state"] != "green":
        return "red" if row["state"] == "red" else "none"
    return "good" if row["new_articles"] else "quiet"


async def nights_of(db: Any, rows: Sequence[Row], today: date, count: int) -> dict[int, tuple[Night, ...]]:
    """For each source so many nights up to today, by the days of its time zone."""
    since = stamp(datetime.combine(today, datetime.min.time()) - timedelta(days=count))
    values = {"since": since, "sources": json.dumps([row["id"] for row in rows])}
    crawls: dict[int, dict[date, list[Row]]] = {row["id"]: {} for row in rows}
    zones = {row["id"]: zone_of(row["timezone"]) for row in rows}
    for one in await read_rows(db, _NIGHTS, values):
        day = datetime.fromisoformat(one["started_at"]).astimezone(zones[one["source"]]).date()
        crawls[one["source"]].setdefault(day, []).append(one)
    found = {}
    for number, known in crawls.items():
        end = max([today, *known])
        days = [end - timedelta(days=back) for back in reversed(range(count))]
        found[number] = tuple(night_of(day, known.get(day, [])) for day in days)
    return found


async def turn(db: Any, row: Row) -> tuple[Turning, Turning | None]:
    """Of a red source the first of the crawls in a row that had one of its present reasons, and the one before, if there is
    one: it was well, or red for others.
    """
    zone = zone_of(row["timezone"])
    crawls = await read_rows(db, _TURN, {"source": row["id"]})
    kinds = {reason_kind(sentence) for sentence in row["red"]}
    alike = list(takewhile(lambda one: not kinds.isdisjoint(map(reason_kind, sentences(one["red"]))), crawls))
    nights = max(1, len(alike))
    first, *before = [
        Turning(one["crawl"], at.astimezone(zone).date(), sentences(one["red"]))
        for one in crawls[nights - 1 : nights + 1]
        for at in (datetime.fromisoformat(one["started_at"]),)
    ]
    return first, before[0] if before else None
