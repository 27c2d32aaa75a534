"""What the tickers showed, read from the database: of all sources what is on now, of one a timeline of its entries."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from statistics import median
from typing import Any
from urllib.parse import urlencode

from newsspider.browse.charts import Axis, Bars, Tick, bars
from newsspider.browse.entries import Entry, in_words, minutes_of, read_entries
from newsspider.browse.onair import counts_of, number, parts_of, sentence
from newsspider.browse.rows import read_rows
from newsspider.browse.text import moment, zone_of
from newsspider.clock import stamp

TABLES = ("ticker_entries", "ticker_wordings", "articles", "sources", "crawls", "crawl_sources")
SHOWN = {
    "": "all entries",
    "archived": "became an article",
    "never": "never an article",
    "reworded": "worded anew",
}
EACH = 25  # entries a page
DAYS = 7  # that are shown where none are chosen
MOST_DAYS = 31
_COMPARED = 2000  # archived entries of the range: of more it is not told how many differ from their headline
_NOW = 8  # entries of a source where all sources are shown

Row = Mapping[str, Any]

# Seen within an hour of the last capture that showed the source's ticker: the pages of a crawl don't all have it alike.
_SINCE = """strftime('%Y-%m-%dT%H:%M:%SZ',
  (SELECT max(last_seen) FROM ticker_entries AS newest WHERE newest.source = sources.id), '-1 hour')"""
_ON = f"""
SELECT entries.id, entries.text, entries.first_seen, entries.last_seen, entries.pages, entries.article, entries.source,
  coalesce(articles.language, sources.language) AS language, sources.source AS source_id, sources.name AS source_name,
  sources.language AS source_language, sources.timezone
FROM sources JOIN ticker_entries AS entries ON entries.id IN (SELECT id FROM ticker_entries AS own
    WHERE own.source = sources.id AND own.last_seen >= {_SINCE} ORDER BY own.last_seen DESC, own.highest LIMIT {_NOW})
  LEFT JOIN articles ON articles.id = entries.article
ORDER BY sources.name, sources.id, entries.highest, entries.first_seen DESC
"""
_SOURCES = """
SELECT id, source, name, language, timezone, last_crawl_at,
  (SELECT max(last_seen) FROM ticker_entries WHERE ticker_entries.source = sources.id) AS last_seen
FROM sources ORDER BY name, id
"""
_IN_RANGE = """
SELECT id, first_seen, last_seen, article, wordings FROM ticker_entries
WHERE source = :source AND first_seen < :until AND last_seen >= :since ORDER BY first_seen DESC, id DESC
"""
_DIFFER = """
SELECT count(*) AS count FROM ticker_entries AS entries JOIN articles ON articles.id = entries.article
WHERE entries.source = :source AND first_seen < :until AND last_seen >= :since AND articles.headline <> entries.text
"""
_CRAWLS = """
SELECT crawls.started_at, coalesce(crawls.ended_at, crawls.started_at) AS ended_at
FROM crawls JOIN crawl_sources ON crawl_sources.crawl = crawls.id AND crawl_sources.source = :source
WHERE crawls.started_at >= :before AND crawls.started_at < :until
"""
_WHERE = """
SELECT entries.id AS entry, entries.source, entries.first_seen, entries.last_seen, sources.source AS source_id, timezone
FROM ticker_entries AS entries JOIN sources ON sources.id = entries.source
WHERE entries.id = :entry AND entries.first_seen IS NOT NULL AND entries.last_seen IS NOT NULL
"""
_NEWER = """
SELECT count(*) AS count FROM ticker_entries
WHERE source = :source AND first_seen < :until AND last_seen >= :since
  AND (first_seen > :first_seen OR (first_seen = :first_seen AND id > :entry))
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a timeline is to show, as its address says it; days are YYYY-MM-DD, both included, in the source's zone."""

    since: str = ""
    until: str = ""
    show: str = ""
    page: int = 1

    @classmethod
    def of(cls, args: Any) -> Asked:
        """From the arguments of a request (``from``, ``to``, ``show``, ``page``); what makes no sense counts as empty."""
        page = args.get("page") or ""
        show = args.get("show") or ""
        return cls(
            _day(args.get("from")),
            _day(args.get("to")),
            show if show in SHOWN else "",
            max(1, int(page)) if re.fullmatch("[0-9]{1,6}", page) else 1,
        )

    def but(self, **changes: Any) -> str:
        """The arguments of an address that differs from this one."""
        new = replace(self, **changes)
        names = {"since": "from", "until": "to"}
        given = {names.get(f.name, f.name): getattr(new, f.name) for f in fields(new)}
        return urlencode(
            {name: value for name, value in given.items() if value and (name, value) != ("page", 1)}
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """The entries of a range of days in numbers."""

    entries: int
    archived: int
    reworded: int
    once: int  # that one crawl alone saw: for how long they ran is not known
    time: str  # on air, the median of the others
    differ: (
        int | None
    )  # of the archived ones, from their headline; None where they are too many to be compared


@dataclass(frozen=True, slots=True)
class Timeline:
    """The ticker of one source over some days; ``chart`` has the entries on air, ``numbers`` the same as rows."""

    source: Row
    zone: tzinfo
    asked: Asked  # with the days that are shown
    first: str  # the ends of the range as the database writes times
    last: str
    days: int
    summary: Summary
    chart: Bars
    said: str  # the chart in a sentence
    unit: str
    numbers: tuple[tuple[str, str], ...]
    ticks: tuple[Tick, ...]
    now: float | None  # the last crawl
    chosen: int  # entries that are to be shown, on all pages
    entries: tuple[Entry, ...]

    def beside(self, step: int) -> str:
        """The arguments of the address of as many days before (-1) or behind (1) these; empty where none are known."""
        since, until = (
            date.fromisoformat(end) + step * timedelta(days=self.days)
            for end in (self.asked.since, self.asked.until)
        )
        known = moment(self.source["last_seen"])
        if step > 0 and not (isinstance(known, datetime) and since <= known.astimezone(self.zone).date()):
            return ""
        return self.asked.but(since=since.isoformat(), until=until.isoformat(), page=1)

    @property
    def pages(self) -> int:
        """How many pages the entries fill."""
        return max(1, -(-self.chosen // EACH))


async def read_now(db: Any) -> list[list[Row]]:
    """By source, the entries that its ticker had last; only sources that have any."""
    found: dict[int, list[Row]] = {}
    for row in await read_rows(db, _ON):
        found.setdefault(row["source"], []).append(row)
    return list(found.values())


async def read_sources(db: Any) -> Sequence[Row]:
    """All sources, with the time when an entry of theirs was last seen."""
    return await read_rows(db, _SOURCES)


async def read_timeline(db: Any, source: Row, asked: Asked) -> Timeline:
    """The timeline of a source: over the days asked for, or the last ones on which its ticker showed anything."""
    zone = zone_of(source["timezone"])
    since, until = _range(asked, source["last_seen"], zone)
    axis = Axis(_midnight(since, zone), _midnight(until + timedelta(days=1), zone))
    first, last = (stamp(end.astimezone(UTC)) for end in (axis.first, axis.last))
    values = {"source": source["id"], "since": first, "until": last}
    rows = await read_rows(db, _IN_RANGE, values)
    crawls = await read_rows(
        db, _CRAWLS, {**values, "before": stamp(axis.first.astimezone(UTC) - timedelta(days=1))}
    )
    chosen = [row["id"] for row in rows if _is_shown(row, asked.show)]
    ids = chosen[(asked.page - 1) * EACH : asked.page * EACH]
    entries = await read_entries(db, ids, axis, zone, source["last_seen"])
    unit, parts = parts_of(axis, crawls, max(source["last_seen"] or "", source["last_crawl_at"] or ""))
    counts = counts_of(parts, rows, crawls)
    known = moment(source["last_crawl_at"])
    return Timeline(
        source=source,
        zone=zone,
        asked=replace(asked, since=since.isoformat(), until=until.isoformat()),
        first=first,
        last=last,
        days=(until - since).days + 1,
        summary=await _summary(db, rows, crawls, values),
        chart=bars(counts, height=96, lines=4),
        said=sentence(counts, unit),
        unit=unit,
        numbers=tuple((part.title, number(count)) for part, count in zip(parts, counts, strict=True)),
        ticks=tuple(tick for tick in axis.days(zone) if tick.at < 100),
        now=axis.at(known) if isinstance(known, datetime) and axis.first <= known < axis.last else None,
        chosen=len(chosen),
        entries=tuple(entries),
    )


async def where_is(db: Any, entry: int) -> tuple[str, str] | None:
    """The page of a timeline that shows an entry: its source's ID and the arguments; None where there is no such entry."""
    for row in await read_rows(db, _WHERE, {"entry": entry}):
        zone = zone_of(row["timezone"])
        asked = Asked(_local_day(row["first_seen"], zone), _local_day(row["last_seen"], zone))
        since, until = _range(asked, row["last_seen"], zone)
        first, last = (
            stamp(_midnight(day, zone).astimezone(UTC)) for day in (since, until + timedelta(days=1))
        )
        newer = await read_rows(db, _NEWER, {**row, "since": first, "until": last})
        return row["source_id"], replace(asked, page=newer[0]["count"] // EACH + 1).but()
    return None


def _local_day(text: str, zone: tzinfo) -> str:
    known = moment(text)
    return known.astimezone(zone).date().isoformat() if isinstance(known, datetime) else ""


def _range(asked: Asked, last_seen: str | None, zone: tzinfo) -> tuple[date, date]:
    """The days to show: as asked, else the last ones that have any."""
    known = moment(last_seen)
    newest = known.astimezone(zone).date() if isinstance(known, datetime) else datetime.now(zone).date()
    some = timedelta(days=DAYS - 1)
    if asked.since:
        since = date.fromisoformat(asked.since)
        until = date.fromisoformat(asked.until) if asked.until else min(since + some, max(newest, since))
    else:
        until = date.fromisoformat(asked.until) if asked.until else newest
        since = until - some
    if since > until:
        since, until = until, since
    return max(since, until - timedelta(days=MOST_DAYS - 1)), until


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _is_shown(row: Row, show: str) -> bool:
    kinds = {
        "archived": row["article"] is not None,
        "never": row["article"] is None,
        "reworded": row["wordings"] > 1,
    }
    return bool(kinds.get(show, True))


async def _summary(db: Any, rows: Sequence[Row], crawls: Sequence[Row], values: Mapping[str, Any]) -> Summary:
    begun = sorted(row["started_at"] for row in crawls)
    longer = [row for row in rows if not _is_of_one(row, begun)]
    minutes = [minutes_of(row["first_seen"], row["last_seen"]) for row in longer]
    archived = sum(row["article"] is not None for row in rows)
    differ = (await read_rows(db, _DIFFER, values))[0]["count"] if archived <= _COMPARED else None
    return Summary(
        len(rows),
        archived,
        sum(row["wordings"] > 1 for row in rows),
        len(rows) - len(longer),
        in_words(median(minutes)) if minutes else "",
        differ,
    )


def _is_of_one(row: Row, begun: Sequence[str]) -> bool:
    """Whether one crawl alone saw an entry: no other began while it was known."""
    first, last = row["first_seen"], row["last_seen"]
    crawl = bisect_right(begun, first)
    return first == last or (crawl > 0 and crawl == bisect_right(begun, last))


def _day(text: str | None) -> str:
    try:
        known = date.fromisoformat(text or "")
    except ValueError:
        return ""
    return known.isoformat() if date(1970, 1, 1) <= known <= date(9000, 1, 1) else ""
