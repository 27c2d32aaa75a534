"""Searching an archive: what was asked, the hits in their order, and what they could be narrowed by.

How many articles hold the words is always counted. Of more hits than can be looked at quickly, the newest are ranked,
counted by facet and listed; the page says since when. Nothing here reads texts but those of the hits of one page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import accumulate, chain
from typing import Any, NamedTuple
from urllib.parse import urlencode

from datasette.utils import sqlite_timelimit

from newsspider.browse.rows import shortened
from newsspider.browse.snippets import Marker, Piece
from newsspider.store.folding import is_token
from newsspider.store.nights import LATEST_TIME
from newsspider.store.search import Query, Term, read_query

TABLES = ("articles", "sources", "crawls", "revisions")
LOOKED_AT = 5_000  # hits that are ranked, counted by facet and listed
EACH = 20  # hits a page
_WIDER = (1, 4)  # times as many articles as should hold so many hits, tried one after the other
ORDERS = ("best", "newest")
# What a word weighs where it stands, in the order of SEARCH_COLUMNS: headline, summary, body, byline, dateline.
_WEIGHTS = "10.0, 4.0, 1.0, 2.0, 2.0"
LONGEST = 1000  # characters of a query

Row = Mapping[str, Any]

_HITS = """
SELECT a.id, a.source, a.day, a.published, a.language, a.dateline_place, a.byline, {score} AS score
FROM articles_fts CROSS JOIN articles a INDEXED BY articles_hits ON a.id = articles_fts.rowid
WHERE {where} ORDER BY a.published DESC, a.id DESC LIMIT :most
"""
_COUNT = """
SELECT count(*) FROM articles_fts CROSS JOIN articles a INDEXED BY articles_hits ON a.id = articles_fts.rowid
WHERE {where}
"""
_COUNT_ALL = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH :match"
_COUNT_DAYS = """
SELECT a.day, count(*) FROM articles_fts CROSS JOIN articles a INDEXED BY articles_hits ON a.id = articles_fts.rowid
WHERE {where} AND a.day IS NOT NULL GROUP BY a.day ORDER BY a.day DESC
"""
_ARTICLES = "SELECT max(id) FROM articles"
_ARTICLES_IN = "SELECT count(*) FROM articles WHERE day >= :since AND day <= :until"
_MOMENT = "SELECT day FROM articles WHERE day <= :until ORDER BY day DESC LIMIT 1 OFFSET :offset"
_FIRST = "SELECT min(+id) FROM articles WHERE day >= :moment"  # with +, from the index of days
_KNOWN = f"coalesce(a.published, '') <= {LATEST_TIME}"
_RECENT = {"moment": "a.day >= :moment", "first": "articles_fts.rowid >= :first"}
_TEXTS = """
SELECT articles.id, articles.headline, articles.summary, articles.body, articles.byline, articles.dateline,
  articles.dateline_place, articles.published, articles.day, articles.url, articles.gone_at,
  coalesce(articles.language, sources.language) AS language, sources.id AS source, sources.source AS source_id,
  sources.name AS source_name, sources.language AS source_language, sources.timezone,
  (SELECT count(*) FROM revisions WHERE revisions.article = articles.id) AS revisions
FROM articles JOIN sources ON sources.id = articles.source WHERE articles.id IN ({ids})
"""
_SOURCES = "SELECT id, source, name, language FROM sources"


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as its address says it; what is empty does not narrow. Days are YYYY-MM-DD, both included."""

    q: str = ""
    source: str = ""  # a source's ID
    since: str = ""
    until: str = ""
    place: str = ""
    author: str = ""
    language: str = ""
    order: str = ORDERS[0]
    page: int = 1

    @classmethod
    def of(cls, args: Any) -> Asked:
        """From the arguments of a request; what makes no sense counts as empty.

        What is typed is stripped; the names of sources, places and authors are what they are.
        """
        texts = {
            field.name: (args.get(field.name) or "")[:LONGEST]
            for field in fields(cls)
            if field.name not in ("order", "page")
        }
        texts |= {"q": texts["q"].strip(), **{name: _day(texts[name].strip()) for name in ("since", "until")}}
        page = args.get("page") or ""
        return cls(
            **texts,
            order=ORDERS[1] if args.get("order") == ORDERS[1] else ORDERS[0],
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    @property
    def narrowed(self) -> tuple[str, ...]:
        """The names of what narrows it besides its words."""
        return tuple(name for name in NARROWING if getattr(self, name))

    def but(self, **changes: Any) -> str:
        """The arguments of the address of a search that differs from this one; it begins on its first page."""
        new = replace(self, **{"page": 1, **changes})
        return urlencode(
            {f.name: getattr(new, f.name) for f in fields(new) if getattr(new, f.name) != f.default}
        )

    def in_table(self, source: int | None) -> dict[str, Any]:
        """The same search as filters of Datasette's table of articles; ``source`` is the source's number."""
        filters = {
            "_search": self.q,
            "source": source,
            "day__gte": self.since,
            "day__lte": self.until,
            "dateline_place": self.place,
            "language": self.language,
            "authors__arraycontains": self.author,  # a whole name, as the search has it
        }
        return {name: value for name, value in filters.items() if value}


NARROWING = ("source", "since", "until", "place", "author", "language")


class Looked(NamedTuple):
    """What is known of each hit that is looked at; ``score``: the lower, the better."""

    id: int
    source: int
    day: str | None
    published: str | None
    language: str | None
    place: str | None
    byline: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found: its row, its headline and what surrounds the words, with the hits marked."""

    row: Row
    headline: tuple[Piece, ...]
    passages: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. ``rows``: the hits that were looked at, in the order asked for; where they are not all,
    ``since`` says when the oldest of them was published.
    """

    total: int
    rows: Sequence[Looked]
    since: str | None
    hits: tuple[Hit, ...]  # those of the page
    sources: Mapping[int, Row]
    before: int  # hits on the pages before this one
    pages: int  # that the hits that were looked at fill


def condition(asked: Asked, query: Query, source: int | None) -> tuple[list[str], dict[str, Any]]:
    """The search as conditions of SQL with their values: first that of the index, where it has words or an author."""
    author = _byline(asked.author)
    parts = [query.match] if query != Query() else []
    parts += [f"byline : {author.match}"] if author else []
    values = {"match": " AND ".join(f"({part})" for part in parts)}
    where = ["articles_fts MATCH :match"] if parts else []
    for name, sql in (
        ("source", "a.source = :source"),
        ("since", "a.day >= :since"),
        ("until", "a.day <= :until"),
        ("place", "a.dateline_place = :place"),
        ("author", "instr(', ' || a.byline || ', ', ', ' || :author || ', ') > 0"),
        ("language", "a.language = :language"),
    ):
        if getattr(asked, name):
            where.append(sql)
            values[name] = getattr(asked, name)
    return where, {**values, "source": source} if asked.source else values


def is_indexed(asked: Asked) -> bool:
    """Whether the index finds what is asked for: it has words, or an author whom the index knows."""
    return read_query(asked.q) != Query() or _byline(asked.author) is not None


def _byline(author: str) -> Term | None:
    """A name as a phrase of the index; None where it has no letter or digit, so that the index does not know it."""
    term = Term(author.replace('"', " "))
    return term if any(map(is_token, term.text)) else None


def search(db: Any, asked: Asked, limit_ms: int) -> Found:
    """The hits of a search, on a connection of SQLite that has our functions (``search.register``).

    Raises ``sqlite3.OperationalError`` (interrupted) when it takes longer than ``limit_ms``.
    """
    with sqlite_timelimit(db, limit_ms):
        sources = {row["id"]: row for row in _rows(db, _SOURCES)}
        number = next((key for key, row in sources.items() if row["source"] == asked.source), None)
        query = read_query(asked.q)
        where, values = condition(asked, query, number)
        total, rows, cut = _looked_at(db, where, values, asked.order)
        first = (asked.page - 1) * EACH
        hits = _hits(db, [row.id for row in rows[first : first + EACH]], query)
    oldest = min((row.published for row in rows if row.published), default=None) if cut else None
    return Found(total, rows, oldest, hits, sources, first, max(1, -(-len(rows) // EACH)))


def newest(db: Any, asked: Asked, limit_ms: int, most: int) -> list[int]:
    """The numbers of the newest articles that a search finds, at most so many, the newest first.

    A date that no crawl can have seen is wrong: the article would be the newest for years, and is left out. Raises
    ``sqlite3.OperationalError`` (interrupted) when it takes longer than ``limit_ms``.
    """
    with sqlite_timelimit(db, limit_ms):
        number = db.execute("SELECT id FROM sources WHERE source = ?", [asked.source]).fetchone()
        where, values = condition(asked, read_query(asked.q), number[0] if number else None)
        where.append(_KNOWN)
        total = int(db.execute(_COUNT_ALL, values).fetchone()[0])
        ids: list[int] = []
        recent = _recent(db, where, values, total, most) if total > LOOKED_AT else ()
        for more in chain(recent, ({},)):
            bounded = _earlier(db, more) if more else {}
            conditions = [*where, *(sql for name, sql in _RECENT.items() if name in bounded)]
            sql = _HITS.format(score="0", where=" AND ".join(conditions))
            rows = list(map(Looked._make, db.execute(sql, {**values, **bounded, "most": most})))
            ids = [row.id for row in rows]
            # Of days before the bound nothing was published later than this, anywhere on earth.
            if len(rows) == most and (rows[-1].published or "") >= f"{bounded.get('moment', '')}T12":
                break
        return ids


def count(db: Any, asked: Asked, query: Query, source: int | None) -> int:
    """How many articles a search finds."""
    where, values = condition(asked, query, source)
    return int(db.execute(_count(where), values).fetchone()[0])


def _looked_at(
    db: Any, where: Sequence[str], values: Mapping[str, Any], order: str
) -> tuple[int, list[Looked], bool]:
    """How many hits there are, those that are looked at, and whether these are but a part."""
    total = int(db.execute(_COUNT_ALL, values).fetchone()[0])
    if total > LOOKED_AT and len(where) > 1:
        total = db.execute(_count(where), values).fetchone()[0]
    newest = total > LOOKED_AT
    score = f"bm25(articles_fts, {_WEIGHTS})" if order == "best" else "0"
    rows: list[Looked] = []
    for more in _recent(db, where, values, total, LOOKED_AT) if newest else ({},):
        conditions = [*where, *(sql for name, sql in _RECENT.items() if name in more)]
        sql = _HITS.format(score=score, where=" AND ".join(conditions))
        rows = list(map(Looked._make, db.execute(sql, {**values, **more, "most": LOOKED_AT})))
        if len(rows) > LOOKED_AT // 2:
            break
    if order == "best":
        rows.sort(key=lambda row: row.score)
    return total if newest else len(rows), rows, newest


def _count(where: Sequence[str]) -> str:
    return _COUNT.format(where=" AND ".join(where)) if len(where) > 1 else _COUNT_ALL


def _recent(
    db: Any, where: Sequence[str], values: Mapping[str, Any], total: int, most: int
) -> Iterator[Mapping[str, Any]]:
    """Since which day as many hits were published as are wanted: guesses that cost little, then what is certain.

    The guesses take the hits to be as frequent at all times; of what was in the news long ago they find few, or none.
    """
    days = {name: values.get(name) or end for name, end in (("since", ""), ("until", "9998-12-31"))}
    articles = db.execute(
        _ARTICLES_IN if "since" in values or "until" in values else _ARTICLES, days
    ).fetchone()[0]
    for wider in _WIDER:
        row = db.execute(_MOMENT, {**days, "offset": wider * most * articles // total}).fetchone()
        if row is None or row[0] is None:
            break
        yield _since(db, row[0])
    counted = db.execute(_COUNT_DAYS.format(where=" AND ".join(where)), values).fetchall()
    reached = zip(counted, accumulate(hits for _, hits in counted), strict=True)
    enough = (day for (day, _), hits in reached if hits >= most)
    yield _since(db, next(enough, counted[-1][0])) if counted else {}


def _since(db: Any, moment: str) -> Mapping[str, Any]:
    """The day as a bound, and the lowest number of the articles since then, which spares the index the rest.

    That number alone would not do: numbers mostly grow with time, but what was fetched late from other archives is old.
    """
    return {"moment": moment, "first": db.execute(_FIRST, {"moment": moment}).fetchone()[0]}


def _earlier(db: Any, bounds: Mapping[str, Any]) -> Mapping[str, Any]:
    """The bounds two days earlier: a day is one of the source's zone, and these are up to 26 hours apart."""
    day = db.execute("SELECT coalesce(date(?, '-2 days'), '')", [bounds["moment"]]).fetchone()[0]
    return _since(db, day)


def _hits(db: Any, ids: Sequence[int], query: Query) -> tuple[Hit, ...]:
    """The articles with these numbers, in this order, with the words marked."""
    marker = Marker(query.wanted)
    marks = ", ".join("?" for _ in ids)
    texts = {row["id"]: row for row in _rows(db, _TEXTS.format(ids=marks), ids)}
    # One may have been joined with another since it was found.
    return tuple(_hit(texts[number], marker) for number in ids if number in texts)


def _hit(row: Row, marker: Marker) -> Hit:
    text = "\n\n".join(filter(None, (row["summary"], row["body"])))
    return Hit(row, marker.mark(row["headline"]), marker.passages(text))


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _rows(db: Any, sql: str, values: Any = ()) -> list[Row]:
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [shortened(dict(zip(names, row, strict=True))) for row in cursor]
