"""Our own pages and their routes: an archive's front page, its articles, the style sheet."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils import tilde_decode, tilde_encode
from datasette.utils.asgi import Response

from newsspider.browse import (
    atlas,
    captures,
    contents,
    feeds,
    front,
    headers,
    health,
    places,
    questions,
    reading,
    searching,
    tickers,
)
from newsspider.browse.answers import read_answer
from newsspider.browse.archives import archives, schema_version
from newsspider.browse.compat import canned_sql, require
from newsspider.browse.downloads import of_a_row
from newsspider.browse.frame import STYLE_PATH, as_file, database, render
from newsspider.browse.queries import EXAMPLE, QUERIES
from newsspider.browse.templating import style
from newsspider.exports.lines import csv_chunks, json_chunks
from newsspider.store.schema import VERSION

Page = Callable[[Any, Any], Awaitable[Response]]


async def front_page(datasette: Any, request: Any) -> Response:
    """``/DATABASE/front``, ``?day=YYYY-MM-DD``."""
    db = database(datasette, request)
    await require(datasette, request, db.name, front.TABLES)
    asked = request.args.get("day")
    known = await front.read_front(db, asked)
    return render("front.html", datasette, db, front=known, no_day=None if known.day else asked)


async def article_page(datasette: Any, request: Any) -> Response:
    """``/DATABASE/articles/ID``; with ``?state=N`` as it was (0: as it was first seen)."""
    db = database(datasette, request)
    await require(datasette, request, db.name, reading.TABLES)
    number = int(request.url_vars["article"])
    wanted = request.args.get("state")
    state = int(wanted) if wanted and wanted.isdecimal() and len(wanted) < 10 else -1 if wanted else None
    known = await reading.read_article(db, number, state) if number < 2**63 else None
    if known is None and state is not None and await reading.read_article(db, number):
        return render("missing.html", datasette, db, status=404, what="state", number=wanted, article=number)
    if known is None:
        return render("missing.html", datasette, db, status=404, what="article", number=number)
    downloads = of_a_row(datasette)
    return render("article.html", datasette, db, article=known, row=known.row, downloads=downloads)


async def search_page(datasette: Any, request: Any) -> Response:
    """``/DATABASE/search?q=WORDS``."""
    db = database(datasette, request)
    await require(datasette, request, db.name, searching.TABLES)
    asked = searching.Asked.of(request.args)
    answer = await read_answer(db, asked, datasette.setting("sql_time_limit_ms"))
    downloads = of_a_row(datasette)
    return render("search.html", datasette, db, answer=answer, asked=asked, downloads=downloads)


async def search_feed(datasette: Any, request: Any) -> Response:
    """``/DATABASE/search.atom?q=WORDS``; without words the newest articles."""
    return await feeds.search_feed(datasette, request, database(datasette, request))


async def tickers_page(datasette: Any, request: Any) -> Response:
    """``/DATABASE/tickers``: what is on now; with ``?source=ID``, as the form sends it, or ``?entry=NUMBER`` on to the page
    of that source, or to where that entry stands.
    """
    db = database(datasette, request)
    await require(datasette, request, db.name, tickers.TABLES)
    base = datasette.urls.database(db.name)
    if source := request.args.get("source"):
        query = tickers.Asked.of(request.args).but()
        return Response.redirect(f"{base}/tickers/{tilde_encode(source)}?{query}".rstrip("?"))
    if entry := request.args.get("entry"):
        known = await tickers.where_is(db, int(entry)) if re.fullmatch("[0-9]{1,18}", entry) else None
        if known is None:
            return render("missing.html", datasette, db, status=404, what="ticker entry", number=entry)
        return Response.redirect(f"{base}/tickers/{tilde_encode(known[0])}?{known[1]}#entry-{entry}")
    return render("tickers.html", datasette, db, sources=await tickers.read_now(db))


async def ticker_page(datasette: Any, request: Any) -> Response:
    """``/DATABASE/tickers/SOURCE``."""
    db = database(datasette, request)
    await require(datasette, request, db.name, tickers.TABLES)
    sources = await tickers.read_sources(db)
    source = _chosen(request, sources)
    if source is None:
        return _no_source(datasette, request, db)
    line = await tickers.read_timeline(db, source, tickers.Asked.of(request.args))
    return render(
        "ticker.html",
        datasette,
        db,
        line=line,
        sources=sources,
        shown=tickers.SHOWN,
        most_days=tickers.MOST_DAYS,
        first_shown=(line.asked.page - 1) * tickers.EACH + 1,
        before=line.beside(-1),
        behind=line.beside(1),
    )


async def ticker_feed(datasette: Any, request: Any) -> Response:
    """``/DATABASE/tickers/SOURCE.atom``."""
    db = database(datasette, request)
    await require(datasette, request, db.name, tickers.TABLES)
    source = _chosen(request, await tickers.read_sources(db))
    if source is None:
        return _no_source(datasette, request, db)
    return await feeds.ticker_feed(datasette, request, db, source)


def _chosen(request: Any, sources: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The source that an address names."""
    known = tilde_decode(request.url_vars["source"])
    return next((row for row in sources if row["source"] == known), None)


def _no_source(datasette: Any, request: Any, db: Any) -> Response:
    known = tilde_decode(request.url_vars["source"])
    return render("missing.html", datasette, db, status=404, what="source", number=known)


async def sources_page(datasette: Any, request: Any) -> Response:
    """``/DATABASE/health``: all sources with their nights."""
    db = database(datasette, request)
    await require(datasette, request, db.name, health.TABLES)
    page = request.args.get("page") or ""
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    return render("health.html", datasette, db, sources=await health.read_sources(db, max(1, number)))


async def source_page(datasette: Any, request: Any) -> Response:
    """``/DATABASE/health/ID``: one source."""
    db = database(datasette, request)
    await require(datasette, request, db.name, health.TABLES)
    known = await health.read_source(db, tilde_decode(request.url_vars["source"]))
    if known is None:
        return _no_source(datasette, request, db)
    return render("source.html", datasette, db, detail=known, most=health.MORE_NIGHTS)


async def places_page(datasette: Any, request: Any) -> Response:
    """``/DATABASE/places``, ``?source=ID&from=YYYY-MM&to=YYYY-MM&order=NAME``."""
    db = database(datasette, request)
    await require(datasette, request, db.name, places.TABLES)
    asked = places.Asked.of(request.args)
    found = await places.read_places(db, asked)
    drawn = atlas.draw(found.located)
    return render("places.html", datasette, db, places=found, asked=asked, atlas=drawn, orders=places.ORDERS)


async def places_table(datasette: Any, request: Any) -> Response:
    """``/DATABASE/places.csv`` and ``places.jsonl``: all places that the page has with these arguments."""
    db = database(datasette, request)
    await require(datasette, request, db.name, places.TABLES)
    asked = places.Asked.of(request.args)
    rows = places.table(await places.read_counted(db, asked), asked)
    if request.url_vars["form"] == "csv":
        body, kind = b"".join(csv_chunks(places.FIELDS, rows, excel=True)), "text/csv"
    else:
        body, kind = b"".join(json_chunks(places.FIELDS, rows)), "application/x-ndjson"
    name = f"places.{request.url_vars['form']}"
    return Response(body, headers=as_file(name), content_type=f"{kind}; charset=utf-8")


async def queries_page(datasette: Any, request: Any) -> Response:
    """``/DATABASE/queries``: the questions that are ready to ask."""
    db = database(datasette, request)
    await require(datasette, request, db.name, questions.TABLES)
    return render("queries.html", datasette, db, queries=QUERIES)


async def query_page(datasette: Any, request: Any) -> Response:
    """``/DATABASE/queries/NAME``: one of them, with its answer; an own query of that name is shown by Datasette."""
    db = database(datasette, request)
    name = request.url_vars["query"]
    query = next((query for query in QUERIES if query.name == name), None)
    await require(datasette, request, db.name, questions.TABLES)
    if query is None:
        return render("missing.html", datasette, db, status=404, what="query", number=name)
    if await canned_sql(datasette, request, db.name, name) != query.sql.strip():
        return Response.redirect(f"{datasette.urls.database(db.name)}/{tilde_encode(name)}")
    return render("question.html", datasette, db, reply=await questions.read_reply(db, query, request.args))


async def tables_page(datasette: Any, request: Any) -> Response:
    """``/DATABASE/tables``: what the archive holds, table by table."""
    db = database(datasette, request)
    await require(datasette, request, db.name, ("articles",))
    return render("tables.html", datasette, db, groups=contents.contents(), example=EXAMPLE)


def front_url(datasette: Any) -> str:
    """The path of the front page of the first archive."""
    return f"{datasette.urls.database(archives(datasette)[0].name)}/front"


async def home_page(datasette: Any) -> Response:
    """``/`` where nothing but an archive is open: its front page."""
    return Response.redirect(front_url(datasette))


async def style_sheet() -> Response:
    """The style sheet of our pages and of Datasette's beside them."""
    kept = {"Cache-Control": "max-age=86400", "X-Content-Type-Options": "nosniff"}
    return Response(style(), headers=kept, content_type="text/css; charset=utf-8")


async def robots_file(datasette: Any) -> Response:
    """``/robots.txt``."""
    return Response.text(headers.robots(datasette))


def routes(datasette: Any) -> list[tuple[str, Any]]:
    """The routes of our pages.

    They are made from the archives' names: a route can't hand on a page that belongs to another database.
    """
    known = archives(datasette)
    if not known:
        return []
    names = "|".join(re.escape(tilde_encode(db.route)) for db in known)
    pages = {
        r"/front": front_page,
        r"/search": search_page,
        r"/places": places_page,
        r"/places\.(?P<form>csv|jsonl)": places_table,
        r"/search\.atom": search_feed,
        r"/tickers": tickers_page,
        r"/tickers/(?P<source>[^/]+)\.atom": ticker_feed,
        r"/tickers/(?P<source>[^/]+)": ticker_page,
        r"/articles/(?P<article>[0-9]{1,19})": article_page,
        r"/captures/(?P<capture>[0-9]{1,19})/page": captures.capture_page,
        r"/captures/(?P<capture>[0-9]{1,19})/body": captures.capture_body,
        r"/captures/(?P<capture>[0-9]{1,19})\.warc(?:\.gz)?": captures.capture_record,
        r"/queries": queries_page,
        r"/queries/(?P<query>[^/]+)": query_page,
        r"/tables": tables_page,
        r"/health": sources_page,
        r"/health/(?P<source>[^/]+)": source_page,
    }
    ours: list[tuple[str, Any]] = [
        *((rf"^/(?P<database>{names}){path}$", _of_today(page)) for path, page in pages.items()),
        (rf"^{re.escape(STYLE_PATH)}$", style_sheet),
        (r"^/robots\.txt$", robots_file),
    ]
    alone = len(known) == 1 and not headers.others(datasette)
    return [*ours, (r"^/$", home_page)] if alone else ours


def _of_today(page: Page) -> Page:
    """A page of archives of this newsspider's schema, to be read; of another schema it says what is to be done, and where the
    database takes too long or is damaged, that.
    """

    async def answer(datasette: Any, request: Any) -> Response:
        if request.method not in ("GET", "HEAD"):
            return Response.text("This page can only be read.\n", status=405, headers={"Allow": "GET, HEAD"})
        db = database(datasette, request)
        version = schema_version(str(db.path))
        if version == VERSION:
            try:
                return await page(datasette, request)
            except (QueryInterrupted, sqlite3.DatabaseError) as error:
                if request.path.endswith(".atom"):  # which is told as feeds are
                    raise
                slow = isinstance(error, QueryInterrupted) or "interrupted" in str(error)
                return render("failed.html", datasette, db, status=503, slow=slow, said=str(error))
        await require(datasette, request, db.name, ("articles",))
        is_older = version is not None and version < VERSION
        return render("outdated.html", datasette, db, status=503, is_older=is_older)

    return answer
