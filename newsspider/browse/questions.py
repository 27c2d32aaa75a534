"""The canned queries as pages of our own: a form for the parameters, and answers to be read instead of rows of a table.

In come a query and what the form sent, out go fields and columns; what a column shows follows from its name. Datasette's
own page of the query stays what it is: that is where the SQL is, and the files to take away.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from datasette.database import QueryInterrupted

from newsspider.browse import charts, feeds
from newsspider.browse.edits import Changed, read_changed
from newsspider.browse.queries import Query
from newsspider.browse.rows import read_rows, shortened
from newsspider.browse.text import moment
from newsspider.history.pieces import Piece, compare
from newsspider.store.values import strings

TABLES = (
    "articles", "sources", "crawls", "crawl_sources", "revisions", "ticker_entries", "related_links", "day_counts",
    "place_counts",
)  # fmt: skip
EACH = 100  # rows a page,
_EACH_EDITS = 25  # or so many that show what was edited
_BARS = 120  # of the chart, the newest

Row = Mapping[str, Any]

_SOURCES = "SELECT id, source, name, language FROM sources ORDER BY name COLLATE NOCASE"
_ARTICLES = (
    "SELECT id, headline, url, language FROM articles WHERE id IN (SELECT value FROM json_each(:numbers))"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# What a column shows, where its name tells more than its values do. "headline" leads to the article.
_KINDS = {
    "source": "source", "headline": "headline", "text": "headline", "byline": "byline", "dateline_place": "place",
    "month": "month", "url": "address", "changed": "list", "red": "list", "silent": "flag", "new_headline": "change",
}  # fmt: skip
_HEADS = {
    "article": "Last article", "changed": "What changed", "dateline_place": "Place", "datelines": "With dateline",
    "first_seen": "First seen (UTC)", "gone_at": "Found gone (UTC)", "hours": "Hours on air", "last_seen": "Last seen (UTC)",
    "linked_from": "Linked from", "new_headline": "Change", "published": "Published (UTC)", "red": "Why red",
    "seen_at": "Seen (UTC)", "text": "Entry", "url": "Address", "with_words": "With the words",
}  # fmt: skip
_REVISION = "revision"  # a row tells of this change
_GROUP = "story"  # rows of the same one belong together; told by the column behind it
_BESIDE = {"new_headline": "former_headline"}  # columns that are shown within another one
# The bars of a chart by day: what they add up, and in words.
_CHARTED = {
    "articles_per_day": ("articles", "article", "articles"),
    "words_by_day": ("percent", "per cent", "per cent"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter as the form asks for it: ``source`` (one of them), ``day`` or ``text``."""

    name: str
    kind: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is read: its kind is what a cell shows."""

    name: str
    kind: str
    head: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together; ``heading`` is empty where none do."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """The chart of an answer by day, its sentence, and its numbers, the newest first."""

    bars: charts.Bars
    label: str
    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a query answered: a page of its rows."""

    query: Query
    fields: tuple[Field, ...]
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    sources: Sequence[Row]  # to choose from
    by_id: Mapping[Any, Row]  # the same
    found: Mapping[int, Row]  # the articles that rows name
    count: int
    page: int
    interrupted: bool  # it took longer than Datasette lets a query take
    needs: str  # a parameter that it can't do without
    has_feed: bool
    days: Days | None
    each: int  # rows a page
    edits: Mapping[int, Changed]  # what the revisions that rows name changed

    @property
    def first(self) -> int:
        """The number of the first row that is shown."""
        return (self.page - 1) * self.each + 1

    @property
    def shown(self) -> int:
        """How many rows are shown."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.count // self.each)

    def arguments(self, **other: Any) -> str:
        """The parameters as the query of an address, without empty ones."""
        values = {field.name: field.value for field in self.fields} | other
        return urlencode({name: value for name, value in values.items() if value not in (None, "")})

    def source_of(self, row: Row) -> Row | None:
        """The source that a row names by its ID."""
        return self.by_id.get(row.get("source"))

    def pieces(self, row: Row) -> tuple[Piece, ...]:
        """What a headline was and what it became."""
        return compare(row["former_headline"] or "", row["new_headline"] or "")

    def said(self, row: Row, column: Column) -> tuple[str, ...]:
        """The texts that a column holds as a JSON array, or as several in a row."""
        return tuple(text for part in _arrays(row[column.name]) for text in strings(part))


async def read_reply(db: Any, query: Query, arguments: Any) -> Reply:
    """What a query answers to what the form sent (``arguments``: the request's); page ``page`` of it."""
    fields = tuple(_field(name, (arguments.get(name) or "").strip()) for name in query.parameters)
    sources = await read_rows(db, _SOURCES)
    values = {field.name: field.value for field in fields}
    needs = next((name for name in ("words",) if name in values and not values[name]), "")
    interrupted, rows, names = False, [], ()
    if not needs:
        try:
            results = await db.execute(query.sql, values)
            rows, names = [shortened(dict(row)) for row in results.rows], tuple(results.columns)
        except QueryInterrupted:
            interrupted = True
    each = _EACH_EDITS if _REVISION in names else EACH
    page = _page(arguments.get("page"), -(-len(rows) // each))
    shown = rows[(page - 1) * each : page * each]
    numbers = [row["article"] for row in shown if isinstance(row.get("article"), int)]
    known = await read_rows(db, _ARTICLES, {"numbers": str(numbers)})
    return Reply(
        query=query,
        fields=fields,
        columns=tuple(_columns(names, shown)),
        groups=tuple(_groups(names, shown)),
        sources=sources,
        by_id={row["source"]: row for row in sources},
        found={row["id"]: row for row in known},
        count=len(rows),
        page=page,
        interrupted=interrupted,
        needs=needs,
        has_feed=feeds.tells_of_articles(names),
        days=await asyncio.to_thread(_days, query, rows),
        each=each,
        edits=await _edits(db, shown) if _REVISION in names else {},
    )


def _field(name: str, value: str) -> Field:
    kind = "source" if name == "source" else "day" if name.endswith("_day") else "text"
    label = {"from_day": "From", "until_day": "to"}.get(name, name.capitalize())
    return Field(name, kind, label, "" if kind == "day" and not _DAY.fullmatch(value) else value)


def _page(text: str | None, pages: int) -> int:
    """The page that is asked for, or the last one that there is."""
    wanted = int(text) if text and text.isdecimal() and len(text) < 6 else 1
    return max(1, min(wanted, pages))


async def _edits(db: Any, rows: Sequence[Row]) -> dict[int, Changed]:
    """What the revisions that rows name changed, by their numbers."""
    told = ({**row, "id": row[_REVISION], "kind": "edited"} for row in rows)
    return {row["id"]: await read_changed(db, row) for row in told}


def _columns(names: Sequence[str], rows: Sequence[Row]) -> Iterator[Column]:
    """The columns that are shown: an article's number is none where a headline can lead there."""
    hidden = {_REVISION, *_BESIDE.values(), *(names[: names.index(_GROUP) + 2] if _GROUP in names else ())}
    if {"headline", "text", "new_headline"} & set(names):
        hidden.add("article")
    for name in names:
        if name not in hidden:
            head = _HEADS.get(name, name.replace("_", " ").capitalize())
            yield Column(name, _kind(name, [row[name] for row in rows]), head)


def _kind(name: str, values: Sequence[Any]) -> str:
    if name == "article" or name in _KINDS:
        return _KINDS.get(name, "article")
    known = [value for value in values if value not in (None, "")]
    if known and all(isinstance(value, int | float) for value in known):
        return "number"
    for kind, form in (("day", _DAY), ("time", _TIME)):
        if known and all(isinstance(value, str) and form.fullmatch(value) for value in known):
            return kind
    return "text"


def _groups(names: Sequence[str], rows: Sequence[Row]) -> Iterator[Group]:
    if _GROUP not in names:
        yield Group("", tuple(rows))
        return
    told = names[names.index(_GROUP) + 1]
    for _, together in groupby(rows, lambda row: row[_GROUP]):
        members = tuple(together)
        yield Group(f"{members[0][told]} {told}", members)


def _arrays(text: Any) -> list[str]:
    """The JSON arrays that a column holds one behind the other."""
    return re.findall(r"\[(?:[^\[\]\"]|\"(?:[^\"\\]|\\.)*\")*\]", text) if isinstance(text, str) else []


def _days(query: Query, rows: Sequence[Row]) -> Days | None:
    """The chart of an answer that has numbers by day; None for any other."""
    if query.name not in _CHARTED or not rows:
        return None
    column, one, many = _CHARTED[query.name]
    sums: dict[str, float] = {}
    for row in rows:
        if (known := moment(row["day"])) and not isinstance(known, datetime):
            sums[row["day"]] = sums.get(row["day"], 0) + (row[column] or 0)
    newest = sorted(sums, reverse=True)
    if len(rows) == query.limit:
        newest.pop()  # of the oldest day rows may be cut off
    newest = newest[:_BARS]
    if not newest:
        return None
    every = max(1, len(newest) // 9)
    values, numbers = [], []
    for place, text in enumerate(newest):
        day = date.fromisoformat(text)
        number = sums[text]
        shown = f"{number:,.0f}" if one == "article" else f"{number:.2f}"
        title = f"{day:%a} {day.day} {day:%b %Y}"
        tick = "" if place % every else f"{day.day} {day:%b}"
        values.append(
            charts.Value(number, f"{title}: {shown} {one if shown == '1' else many}", tick, day.weekday() > 4)
        )
        numbers.append((title, shown))
    most = max(values, key=lambda value: value.value or 0)
    label = f"{query.title}, from {numbers[-1][0]} to {numbers[0][0]}; most on {most.title}"
    heading = "Articles per day" if one == "article" else "Per cent of the day’s articles"
    return Days(charts.bars(values[::-1], 150), label, heading, tuple(numbers))
