"""What an archive holds, as Atom feeds: searches, the newest articles, tickers, and canned queries that tell of articles.

``/DATABASE/search.atom`` takes what the page of searches takes; without words it has the newest articles. The feed of a ticker
has its newest entries. A query has a feed where its rows have an article and a time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound, Response

from newsspider.browse import searching
from newsspider.browse.archives import archive
from newsspider.browse.atom import Entry, atom, urn
from newsspider.browse.compat import require
from newsspider.browse.headers import archive_of
from newsspider.browse.metadata import title
from newsspider.browse.rows import read_rows, shortened
from newsspider.browse.snippets import Marker, Piece
from newsspider.browse.text import short, web_address
from newsspider.store.nights import LATEST_TIME
from newsspider.store.search import Query, read_query
from newsspider.store.values import strings

TABLES = ("articles", "sources")
ENTRIES = 50
# Columns of queries that say when something happened, the first that there is. When something was last seen, say, is none:
# it would make an old entry a new one again and again.
TIMES = ("seen_at", "gone_at", "published", "first_seen")

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")  # anybody's query may call anything a time

_ENTRIES = """
SELECT articles.id, articles.url, articles.headline, articles.summary, articles.body, articles.authors, articles.section,
  articles.published, coalesce(articles.published, articles.first_seen_at) AS time,
  max(coalesce(articles.changed_at, ''), articles.first_seen_at) AS updated,
  coalesce(articles.language, sources.language) AS language, sources.name AS source_name
FROM articles JOIN sources ON sources.id = articles.source WHERE articles.id IN ({ids})
"""
_NEWEST = f"""
SELECT a.id FROM articles a WHERE {{where}} AND coalesce(a.published, '') <= {LATEST_TIME}
ORDER BY a.published DESC LIMIT :most
"""

_TICKER = """
SELECT entries.id, entries.text, entries.url, entries.first_seen, entries.last_seen, entries.pages, entries.article,
  articles.headline, coalesce(articles.language, :language) AS language
FROM ticker_entries AS entries LEFT JOIN articles ON articles.id = entries.article
WHERE entries.source = :source AND entries.first_seen > '' ORDER BY entries.first_seen DESC, entries.id DESC LIMIT :most
"""
_WORDINGS = """
SELECT entry, text, first_seen FROM ticker_wordings
WHERE entry IN (SELECT value FROM json_each(?)) ORDER BY first_seen, text
"""

# When it is these days somewhere: by publication the index finds them, and the days of the sources' zones are a condition more.
_BOUNDS = {
    "since": "a.published >= date(:since, '-1 day')",
    "until": "a.published < coalesce(date(:until, '+2 days'), '9999-12-32')",
}
_LATEST = f"SELECT {LATEST_TIME}"
_MOMENTS = """
SELECT id, coalesce(published, first_seen_at) FROM articles WHERE id IN (SELECT value FROM json_each(?))
"""
_AUTHORS = 100  # of an entry
_AGAIN = 600  # seconds, after which a feed that took too long may be asked for again

Absolute = Callable[[str], str]


async def search_feed(datasette: Any, request: Any, db: Any) -> Response:
    """A search as a feed, the newest first."""
    await require(datasette, request, db.name, searching.TABLES)
    asked = searching.Asked.of(request.args)
    limit = datasette.setting("sql_time_limit_ms")
    rows = await db.execute_fn(lambda connection: _found(connection, asked, limit))
    base = datasette.urls.database(db.name)

    def absolute(path: str) -> str:
        return str(datasette.absolute_url(request, path))

    marker = Marker(read_query(asked.q).wanted)
    entries = [_entry(row, absolute, base, _plain(marker.passages(_text(row)))) for row in rows]
    arguments = asked.but(order=searching.ORDERS[0])
    name = f"{title(db.name)}: {_said(asked)}"
    own, page = (absolute(f"{base}/{path}?{arguments}".rstrip("?")) for path in ("search.atom", "search"))
    return _response(atom(await _identity(db, f"search?{arguments}"), name, own, page, entries))


async def _identity(db: Any, path: str) -> str:
    """What a feed's ID is made of. Archives of the same name are told apart by when their first crawl began."""
    begun = (await db.execute("SELECT min(started_at) FROM crawls")).first()[0]
    return f"newsspider:{db.name} {begun}/{path}"


def _found(connection: Any, asked: searching.Asked, limit_ms: int) -> list[Mapping[str, Any]]:
    """The newest articles that a search finds; without words, all that are not narrowed away.

    A date that no crawl can have seen is wrong: the article would be the newest for years.
    """
    if searching.is_indexed(asked):
        ids = searching.newest(connection, asked, limit_ms, ENTRIES)
    else:
        numbers = dict(connection.execute("SELECT source, id FROM sources").fetchall())
        where, values = searching.condition(asked, Query(), numbers.get(asked.source))
        where += [bound for name, bound in _BOUNDS.items() if name in values]
        sql = _NEWEST.format(where=" AND ".join(where) or "1")
        with sqlite_timelimit(connection, limit_ms):
            ids = [row[0] for row in connection.execute(sql, {**values, "most": ENTRIES})]
    return articles(connection, ids)


def articles(connection: Any, ids: Sequence[int]) -> list[Mapping[str, Any]]:
    """What entries say of the articles with these numbers, in this order; what is not there is left out."""
    cursor = connection.execute(_ENTRIES.format(ids=", ".join("?" for _ in ids)), ids)
    names = [column[0] for column in cursor.description]
    rows = {row[0]: shortened(dict(zip(names, row, strict=True))) for row in cursor}
    return [rows[number] for number in ids if number in rows]


def _entry(row: Mapping[str, Any], absolute: Absolute, base: str, summary: str) -> Entry:
    return Entry(
        id=web_address(row["url"]) or urn(row["url"]),
        title=row["headline"] or row["url"],
        updated=row["updated"],
        address=absolute(f"{base}/articles/{row['id']}"),
        published=row["published"],
        via=web_address(row["url"]),
        authors=_authors(row),
        summary=summary,
        language=row["language"],
        category=row["section"],
    )


async def ticker_feed(datasette: Any, request: Any, db: Any, source: Mapping[str, Any]) -> Response:
    """The newest entries of a source's ticker; one that is worded anew is a changed entry."""
    values = {"source": source["id"], "language": source["language"], "most": ENTRIES}
    rows = await read_rows(db, _TICKER, values)
    said: dict[int, dict[str, str]] = {row["id"]: {} for row in rows}
    for wording in await read_rows(db, _WORDINGS, [json.dumps(list(said))]):
        said[wording["entry"]].setdefault(wording["text"], wording["first_seen"] or "")
    base = datasette.urls.database(db.name)

    def absolute(path: str) -> str:
        return str(datasette.absolute_url(request, path))

    entries = [_ran(row, said[row["id"]], source, absolute, base) for row in rows]
    own = absolute(request.path)
    name = f"{title(db.name)}: ticker of {source['name']}"
    identity = await _identity(db, f"tickers/{source['source']}")
    return _response(atom(identity, name, own, own.removesuffix(".atom"), entries))


def _ran(
    row: Mapping[str, Any],
    said: Mapping[str, str],
    source: Mapping[str, Any],
    absolute: Absolute,
    base: str,
) -> Entry:
    """An entry of a ticker. It leads to its article here, else to where the ticker led, else to its place on the timeline.
    ``said`` has its wordings, the first one first, with when each was first seen.
    """
    first = next(iter(said), row["text"])
    url = web_address(row["url"])
    here = f"articles/{row['article']}" if row["article"] else f"tickers?entry={row['id']}"
    lines = [
        f"first seen: {row['first_seen']}",
        f"last seen: {row['last_seen']}",
        f"pages: {row['pages']}",
        *(f"worded before: {wording}" for wording in said if wording != row["text"]),
        *([f"headline of its article: {row['headline']}"] if row["headline"] else []),
    ]
    return Entry(
        # Not its number, which it has anew when the database is made again.
        id=urn(f"{source['source']} {row['first_seen']} {row['url']} {first}"),
        title=row["text"],
        updated=max([row["first_seen"], *said.values()]),
        address=url if url and not row["article"] else absolute(f"{base}/{here}"),
        published=row["first_seen"],
        via=url,
        authors=(source["name"],),
        summary="\n".join(lines),
        language=row["language"],
    )


def _authors(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The authors; where none is named, the source."""
    return tuple(map(short, strings(row["authors"])[:_AUTHORS])) or (row["source_name"],)


def _text(row: Mapping[str, Any]) -> str:
    return "\n\n".join(filter(None, (row["summary"], row["body"])))


def _plain(pieces: Iterable[Piece]) -> str:
    return "".join((" … " if piece.cut else "") + piece.text for piece in pieces).strip()


def _said(asked: searching.Asked) -> str:
    """The search in words."""
    narrowed = ", ".join(f"{name} {getattr(asked, name)}" for name in asked.narrowed)
    return ", ".join(filter(None, (asked.q or "newest articles", narrowed)))


def tells_of_articles(columns: Sequence[str]) -> bool:
    """Whether the rows of a query have an article and a time, so that they make a feed."""
    return "article" in columns and any(name in columns for name in TIMES)


def renderer() -> dict[str, Any]:
    """The feeds of canned queries, for Datasette."""
    return {"extension": "atom", "render": _render, "can_render": _can_render}


def _can_render(datasette: Any, database: str, columns: Sequence[str], table: str | None) -> bool:
    """Whether a page of Datasette's can be had as a feed: a query of an archive whose rows have an article and a time."""
    return table is None and archive(datasette, database) is not None and tells_of_articles(columns)


async def _render(
    datasette: Any,
    request: Any,
    database: str,
    query_name: str | None,
    columns: Sequence[str],
    rows: Sequence[Any],
    table: str | None,
) -> Response:
    """The rows of a query as a feed: entries of the articles, with what the query says of them."""
    if not _can_render(datasette, database, columns, table):
        raise NotFound("There is no feed of this: its rows have no article and time.")
    await require(datasette, request, database, TABLES)
    db = datasette.get_database(database)
    told = await db.execute_fn(
        lambda connection: _newest(connection, [dict(zip(columns, tuple(row), strict=True)) for row in rows])
    )
    base = datasette.urls.database(database)

    def absolute(path: str) -> str:
        return str(datasette.absolute_url(request, path))

    name = query_name or "query"
    entries = [_told(name, row, at, article, absolute, base) for row, at, article in told]
    asked = urlencode(sorted((key, request.args[key]) for key in request.args))
    own, page = (
        absolute(f"{path}?{asked}".rstrip("?")) for path in (request.path, request.path.removesuffix(".atom"))
    )
    return _response(
        atom(
            await _identity(db, f"{name}?{asked}"),
            f"{title(database)}: {name.replace('_', ' ')}",
            own,
            page,
            entries,
        )
    )


def _newest(
    connection: Any, rows: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], str, Mapping[str, Any]]]:
    """Of a query's rows, in whatever order, those with the newest times: the row, its time, its article.

    Where the query names no time it is that of the article. Of times that no crawl can have seen it is as in ``_found``.
    """
    rows = [row for row in rows if isinstance(row["article"], int)]
    numbers = json.dumps([row["article"] for row in rows])
    of_articles, latest = (
        dict(connection.execute(_MOMENTS, (numbers,))),
        connection.execute(_LATEST).fetchone()[0],
    )
    timed: dict[tuple[int, str], Mapping[str, Any]] = {}
    for row in rows:
        said = str(next(row[name] for name in TIMES if name in row))
        moment = said if _TIME.fullmatch(said) else of_articles.get(row["article"], "")
        if row["article"] in of_articles and moment <= latest:
            timed.setdefault((row["article"], moment), row)
    newest = sorted(timed.items(), key=lambda one: one[0][1], reverse=True)[:ENTRIES]
    known = {row["id"]: row for row in articles(connection, list({number for (number, _), _ in newest}))}
    return [(row, moment, known[number]) for (number, moment), row in newest]


def _told(
    query: str, row: Mapping[str, Any], moment: str, article: Mapping[str, Any], absolute: Absolute, base: str
) -> Entry:
    """An entry that tells what a row of a query tells."""
    lines = [
        f"{name.replace('_', ' ')}: {value}"
        for name, value in row.items()
        if value not in (None, "") and name != "article"
    ]
    entry = _entry(article, absolute, base, "\n".join(lines))
    return Entry(
        id=urn(f"{article['url']} {query} {moment}"),
        title=entry.title,
        updated=moment,
        address=entry.address,
        published=entry.published,
        via=entry.via,
        authors=entry.authors,
        summary=entry.summary,
        language=entry.language,
    )


def out_of_time(datasette: Any, request: Any, error: Exception) -> Response | None:
    """What a reader of feeds is told where one took too long; None where the error is another, or of no feed of ours."""
    if not request.path.endswith(".atom") or archive_of(datasette, request.path) is None:
        return None
    # Datasette's own error of a query that was given up has no class of its own.
    if "interrupted" not in (str(error), str(getattr(error, "title", "")).lower().removeprefix("sql ")):
        return None
    said = "This feed took too long: fewer days, one source or rarer words take less.\n"
    return Response.text(said, status=503, headers={"Retry-After": str(_AGAIN)})


def _response(body: bytes) -> Response:
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
        "X-Robots-Tag": "noindex",
    }
    return Response(body, headers=headers, content_type="application/atom+xml; charset=utf-8")
