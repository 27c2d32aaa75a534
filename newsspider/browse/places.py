"""Where the news of an archive is filed from: the places of its datelines, by months and source."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from newsspider.browse import charts
from newsspider.browse.gazetteer import City, country_name, country_of, find, key
from newsspider.browse.rows import read_rows
from newsspider.exports.rows import Field, Kind

TABLES = ("articles", "sources", "day_counts", "place_counts")
ROWS = 50  # of the table, on a page
_ORDER = "articles"  # where none is chosen
_MONTHS = 12  # of the small lines
_FEW = 3  # months that make a line
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")

Row = Mapping[str, Any]

_COUNTS = """
SELECT place, source, sum(articles) AS articles, min(month) AS oldest, max(month) AS newest FROM place_counts
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
_KNOWN = "SELECT min(month) AS first, max(month) AS last FROM place_counts WHERE month > ''"
_SOURCES = "SELECT id, name, language, timezone FROM sources ORDER BY name"
_FIRST_MONTH = "SELECT min(month) AS month FROM place_counts WHERE month > ''"
_LAST_MONTH = "SELECT max(month) AS month FROM place_counts WHERE month <= coalesce((SELECT max(started_at) FROM crawls), '9999')"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown: months (YYYY-MM; empty: no bound), a source, in which order (``-`` before it: the other way
    round), and from which row on. ``unread``: what was given as a month and is none.
    """

    first: str = ""
    last: str = ""
    source: int | None = None
    start: int = 0
    order: str = _ORDER
    unread: tuple[str, ...] = ()

    @classmethod
    def of(cls, args: Any) -> Asked:
        """From an address; what makes no sense is left out."""
        given = [(args.get(name) or "").strip() for name in ("from", "to")]
        first, last = (value if _MONTH.fullmatch(value) else "" for value in given)
        if first and last:
            first, last = sorted((first, last))
        source, start, order = (args.get(name) or "" for name in ("source", "start", "order"))
        return cls(
            first,
            last,
            int(source) if _is_number(source) else None,
            int(start) if _is_number(start) else 0,
            order if order.removeprefix("-") in ORDERS else _ORDER,
            tuple(value for value in given if value and not _MONTH.fullmatch(value)),
        )

    def address(self, **other: Any) -> dict[str, Any]:
        """The arguments of its address, some of them otherwise."""
        known = {
            "source": self.source,
            "from": self.first,
            "to": self.last,
            "order": self.order,
            "start": self.start,
        } | other
        return {name: value for name, value in known.items() if value and (name, value) != ("order", _ORDER)}

    def by(self, name: str) -> dict[str, Any]:
        """The arguments of the address with this order; where it is in this order already, with the other way round."""
        return self.address(order=f"-{name}" if self.order == name else name, start=0)

    @property
    def before(self) -> int:
        """From which row on the page before this one is."""
        return max(0, self.start - ROWS)

    def sorted(self, name: str) -> str:
        """How the table is sorted by this, as ``aria-sort`` has it; empty where it is by something else."""
        if self.order.removeprefix("-") != name:
            return ""
        return "descending" if (self.order == name) == ORDERS[name].falling else "ascending"

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
    """A place with its articles: ``names`` as they are written, with how often; ``languages``: of the papers that write them
    so; ``city``: where it is, if that is known; ``oldest`` and ``newest``: months, empty where no article has a day; ``months``:
    its articles in each of ``Places.months``, None from before the archive's first one.
    """

    city: City | None
    names: Counter[str] = field(default_factory=Counter)
    languages: dict[str, str | None] = field(default_factory=dict)
    sources: set[int] = field(default_factory=set)
    oldest: str = ""
    newest: str = ""
    months: Sequence[int | None] = ()

    def add(self, row: Row, language: str | None) -> None:
        """Counts what a source has of it under one name."""
        self.names[row["place"]] += row["articles"]
        self.languages.setdefault(row["place"], language)
        self.sources.add(row["source"])
        self.oldest = min(filter(None, (self.oldest, row["oldest"])), default="")
        self.newest = max(self.newest, row["newest"])

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
    def line(self) -> charts.Spark:
        """Its months as a small line."""
        return charts.spark(self.months, height=22)

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
class Order:
    """An order of the table: how it is called, what it goes by, and whether the greatest comes first."""

    label: str
    key: Callable[[Place], Any]
    falling: bool = False


ORDERS = {
    "place": Order("name", lambda place: key(place.name)),
    "country": Order("country", lambda place: key(place.country)),
    "articles": Order("articles", lambda place: place.articles, falling=True),
    "newest": Order("newest", lambda place: place.newest, falling=True),
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where the articles are filed from. ``ambiguous`` and ``unknown``: names that are on no map; ``months``: the newest that
    are asked for, ``2026-11``, none where the archive has too few of them to compare.
    """

    totals: Row
    sources: Sequence[Row]
    located: Sequence[Place]  # most articles first, as the other two
    ambiguous: Sequence[Place]
    unknown: Sequence[Place]
    rows: Sequence[Place] = ()  # of the table
    months: Sequence[str] = ()
    known: Row | None = None  # the months that have places, where nothing was found

    @property
    def on_map(self) -> int:
        """Articles of which the place is on the map."""
        return sum(place.articles for place in self.located)

    @property
    def by_month(self) -> list[list[str | int]]:
        """The numbers of the small lines: each place with its articles in each month."""
        return [
            [place.name, *("" if count is None else count for count in place.months)] for place in self.rows
        ]


async def read_places(db: Any, asked: Asked) -> Places:
    """The places of an archive that Datasette has open, with the rows of one page of the table."""
    found = await read_counted(db, asked)
    rows = ordered(found.located, asked.order)[asked.start : asked.start + ROWS]
    months = await _add_months(db, rows, _values(asked))
    known = None if found.located else (await read_rows(db, _KNOWN))[0]
    return replace(found, rows=rows, months=months, known=known)


async def read_counted(db: Any, asked: Asked) -> Places:
    """The places of an archive, without a table."""
    values = _values(asked)
    sources = {row["id"]: row for row in await read_rows(db, _SOURCES)}
    countries = {number: country_of(row["timezone"]) for number, row in sources.items()}
    located: dict[City, Place] = {}
    others: dict[bool, dict[str, Place]] = {True: {}, False: {}}
    for row in await read_rows(db, _COUNTS, values):
        found = find(row["place"], countries.get(row["source"]))
        if found.city:
            place = located.setdefault(found.city, Place(found.city))
        else:
            place = others[found.ambiguous].setdefault(row["place"], Place(None))
        place.add(row, sources.get(row["source"], {}).get("language"))
    return Places(
        (await read_rows(db, _TOTALS, values))[0],
        list(sources.values()),
        _sorted(located.values()),
        _sorted(others[True].values()),
        _sorted(others[False].values()),
    )


def _values(asked: Asked) -> dict[str, Any]:
    return {"first": asked.first, "last": asked.last or "9999-12", "source": asked.source}


def ordered(places: Iterable[Place], order: str) -> list[Place]:
    """The places in that order; what is alike in it stays as it was."""
    name = order.removeprefix("-")
    return sorted(places, key=ORDERS[name].key, reverse=ORDERS[name].falling == (order == name))


def _sorted(places: Any) -> list[Place]:
    return sorted(places, key=lambda place: (-place.articles, place.name))


async def _add_months(db: Any, places: Sequence[Place], values: Mapping[str, Any]) -> Sequence[str]:
    """The last months of these places up to the last one of the archive that is asked for; from before its first one nothing
    is known. Returns the months: none where too few are known.
    """
    last = (await read_rows(db, _LAST_MONTH))[0]["month"] or ""
    if not _MONTH.fullmatch(last):
        return ()
    months = _months(min(last, values["last"]))
    first = (await read_rows(db, _FIRST_MONTH))[0]["month"] or months[0]
    if sum(month >= first for month in months) < _FEW:
        return ()
    names = json.dumps([name for place in places for name in place.names])
    counts: dict[str, Counter[str]] = {}
    for row in await read_rows(
        db, _LINES, {"places": names, "since": _months(months[0], 2)[0], "source": values["source"]}
    ):
        counts.setdefault(row["place"], Counter())[row["month"]] += row["articles"]
    for place in places:
        place.months = [
            sum(counts.get(name, Counter())[month] for name in place.names) if month >= first else None
            for month in months
        ]
    return months


def _months(last: str, count: int = _MONTHS) -> list[str]:
    """So many months up to one."""
    number = int(last[:4]) * 12 + int(last[5:]) - 1
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(number - count + 1, number + 1)]


# ---- the table to take away ----------------------------------------------------------------------------------
FIELDS = (
    Field("place", Kind.TEXT, "", "The place: its name in the gazetteer, else as it is written"),
    Field(
        "found", Kind.TEXT, "", "one: where it is is known; several: places fit its name; none: no such name"
    ),
    Field("country", Kind.TEXT, "", "Its country"),
    Field("country_code", Kind.TEXT, "", "The code of its country (ISO 3166)"),
    Field("latitude", Kind.NUMBER, "", "Degrees north"),
    Field("longitude", Kind.NUMBER, "", "Degrees east"),
    Field("articles", Kind.NUMBER, "", "Articles that were filed from there"),
    Field("sources", Kind.NUMBER, "", "Sources that have such articles"),
    Field("first_month", Kind.TEXT, "", "The month of the oldest one, YYYY-MM"),
    Field("last_month", Kind.TEXT, "", "The month of the newest one, YYYY-MM"),
    Field("written", Kind.LIST, "", "The place's names as they are written, the most frequent first"),
)


def table(places: Places, asked: Asked) -> Iterator[tuple[Any, ...]]:
    """The values of ``FIELDS`` for all places: those on the map first, then those that are not."""
    kinds = (("one", places.located), ("several", places.ambiguous), ("none", places.unknown))
    for found, some in kinds:
        for place in ordered(some, asked.order):
            city = place.city
            yield (
                place.name,
                found,
                place.country or None,
                city and city.country,
                city and city.latitude,
                city and city.longitude,
                place.articles,
                len(place.sources),
                place.oldest or None,
                place.newest or None,
                json.dumps([name for name, _ in place.written], ensure_ascii=False),
            )
