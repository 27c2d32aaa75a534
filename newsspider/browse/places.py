"""Where the news of an archive is filed from: datelines on a map and as a table, by months and source."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from newsspider.browse import charts, maps
from newsspider.browse.gazetteer import City, country_name, country_of, find
from newsspider.browse.rows import read_rows

TABLES = ("articles", "sources", "day_counts", "place_counts")
ROWS = 50  # of the table, on a page
_DOTS = 300  # of the map
_LABELS = 14
_MONTHS = 12  # of the small lines
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")

Row = Mapping[str, Any]

_COUNTS = """
SELECT place, source, sum(articles) AS articles, max(month) AS newest FROM place_counts
WHERE month BETWEEN :first AND :last AND source = coalesce(:source, source) GROUP BY place, source
"""
_TOTALS = """
SELECT coalesce(sum(articles), 0) AS articles, coalesce(sum(datelines), 0) AS datelines FROM day_counts
WHERE coalesce(day, '') BETWEEN :first AND :last || '-31' AND source = coalesce(:source, source)
"""
_LINES = """
SELECT place, month, sum(articles) AS articles FROM place_counts
WHERE place IN (SELECT value FROM json_each(:places)) AND month > :since AND source = coalesce(:source, source)
GROUP BY place, month
"""
_SOURCES = "SELECT id, name, language, timezone FROM sources ORDER BY name"
_LAST_MONTH = "SELECT max(month) AS month FROM place_counts WHERE month <= coalesce((SELECT max(started_at) FROM crawls), '9999')"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown: months (YYYY-MM; empty: no bound), a source, and from which row on."""

    first: str = ""
    last: str = ""
    source: int | None = None
    start: int = 0

    @classmethod
    def of(cls, args: Any) -> Asked:
        """From an address; what makes no sense is left out."""
        first, last = (
            value if _MONTH.fullmatch(value) else ""
            for value in (args.get("from") or "", args.get("to") or "")
        )
        if first and last:
            first, last = sorted((first, last))
        source, start = (args.get(name) or "" for name in ("source", "start"))
        return cls(
            first, last, int(source) if _is_number(source) else None, int(start) if _is_number(start) else 0
        )

    def address(self, **other: Any) -> dict[str, Any]:
        """The arguments of its address, some of them otherwise."""
        known = {"source": self.source, "from": self.first, "to": self.last, "start": self.start} | other
        return {name: value for name, value in known.items() if value}

    def filters(self) -> dict[str, Any]:
        """What the table of articles is narrowed by."""
        known = {
            "source": self.source,
            "day__gte": self.first and f"{self.first}-01",
            "day__lte": self.last and f"{self.last}-31",
        }
        return {name: value for name, value in known.items() if value}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


@dataclass(slots=True)
class Place:
    """A place with its articles: ``names`` as they are written, with how often; ``city``: where it is, if that is known."""

    city: City | None
    names: Counter[str] = field(default_factory=Counter)
    sources: set[int] = field(default_factory=set)
    newest: str = ""
    line: charts.Spark | None = None

    @property
    def articles(self) -> int:
        """How many articles were filed from there."""
        return self.names.total()

    @property
    def name(self) -> str:
        """Its name in the gazetteer, else as it is written most often."""
        return self.city.name if self.city else self.written[0][0]

    @property
    def written(self) -> list[tuple[str, int]]:
        """Its names as they are written, the most frequent first."""
        return self.names.most_common()

    @property
    def last(self) -> str:
        """The month of its newest article, ``Nov 2026``; empty where none has a day."""
        return (
            f"{date.fromisoformat(f'{self.newest}-01'):%b %Y}"
            if _MONTH.fullmatch(self.newest)
            else self.newest
        )

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the table of articles to it."""
        if len(self.names) == 1:
            return {"dateline_place": self.written[0][0]}
        return {"dateline_place__in": json.dumps([name for name, _ in self.written], ensure_ascii=False)}

    @property
    def country(self) -> str:
        """Its country's name."""
        return country_name(self.city.country) if self.city else ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map: per cent from the left and the top, radius in px, and whether its name stands beside it."""

    x: float
    y: float
    radius: float
    place: Place
    named: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Where the articles are filed from. ``ambiguous`` and ``unknown``: names that are on no map."""

    totals: Row
    sources: Sequence[Row]
    located: Sequence[Place]  # most articles first
    rows: Sequence[Place]  # of the table
    dots: Sequence[Dot]
    ambiguous: Sequence[Place]
    unknown: Sequence[Place]

    @property
    def on_map(self) -> int:
        """Articles of which the place is on the map."""
        return sum(place.articles for place in self.located)

    @property
    def label(self) -> str:
        """What the map shows, in a sentence."""
        most = ", ".join(f"{place.name} ({place.articles:,})" for place in self.located[:5])
        return f"World map of {len(self.located):,} places; most articles are filed from {most or 'nowhere'}."


async def read_places(db: Any, asked: Asked) -> Places:
    """The places of an archive that Datasette has open."""
    values = {"first": asked.first, "last": asked.last or "9999-12", "source": asked.source}
    sources = await read_rows(db, _SOURCES)
    countries = {row["id"]: country_of(row["timezone"]) for row in sources}
    located: dict[City, Place] = {}
    others: dict[bool, dict[str, Place]] = {True: {}, False: {}}
    for row in await read_rows(db, _COUNTS, values):
        found = find(row["place"], countries.get(row["source"]))
        if found.city:
            place = located.setdefault(found.city, Place(found.city))
        else:
            place = others[found.ambiguous].setdefault(row["place"], Place(None))
        place.names[row["place"]] += row["articles"]
        place.sources.add(row["source"])
        place.newest = max(place.newest, row["newest"])
    known = _sorted(located.values())
    rows = known[asked.start : asked.start + ROWS]
    await _add_lines(db, rows, values)
    return Places(
        (await read_rows(db, _TOTALS, values))[0],
        sources,
        known,
        rows,
        _dots(known[:_DOTS]),
        _sorted(others[True].values()),
        _sorted(others[False].values()),
    )


def _sorted(places: Any) -> list[Place]:
    return sorted(places, key=lambda place: (-place.articles, place.name))


def _dots(places: Sequence[Place]) -> list[Dot]:
    """The places on the map, the largest first; names stand where no other name is in their way."""
    most = places[0].articles if places else 0
    named: list[tuple[float, float]] = []
    dots = []
    for place in places:
        assert place.city
        x, y = maps.project(place.city.longitude, place.city.latitude)
        if not (0 <= x <= maps.WIDTH and 0 <= y <= maps.HEIGHT):
            continue
        free = x < maps.WIDTH - 90 and all(abs(x - at) > 95 or abs(y - down) > 16 for at, down in named)
        is_named = free and len(named) < _LABELS
        named += [(x, y)] if is_named else []
        radius = charts.radius(place.articles, most)
        dots.append(
            Dot(round(100 * x / maps.WIDTH, 2), round(100 * y / maps.HEIGHT, 2), radius, place, is_named)
        )
    return dots


async def _add_lines(db: Any, places: Sequence[Place], values: Mapping[str, Any]) -> None:
    """The last months of these places, as small lines up to the last month of the archive that is asked for."""
    last = (await read_rows(db, _LAST_MONTH))[0]["month"] or ""
    if not _MONTH.fullmatch(last):
        return
    months = _months(min(last, values["last"]))
    names = json.dumps([name for place in places for name in place.names])
    counts: dict[str, Counter[str]] = {}
    for row in await read_rows(
        db, _LINES, {"places": names, "since": _months(months[0], 2)[0], "source": values["source"]}
    ):
        counts.setdefault(row["place"], Counter())[row["month"]] += row["articles"]
    for place in places:
        numbers = [sum(counts.get(name, Counter())[month] for name in place.names) for month in months]
        place.line = charts.spark(numbers)


def _months(last: str, count: int = _MONTHS) -> list[str]:
    """So many months up to one."""
    number = int(last[:4]) * 12 + int(last[5:]) - 1
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(number - count + 1, number + 1)]
