"""What Datasette is told of an archive: titles, descriptions, sort, facets, labels, search index, queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from newsspider.browse.queries import QUERIES
from newsspider.store.schema import TABLES


@dataclass(frozen=True, slots=True)
class _View:
    """How a table is shown.

    Sort and facets are columns that begin an index: for any other, Datasette would read the whole table. Each facet still
    costs some 50 ms with half a million rows, where no summary table has its counts: those of days and authors are left to the
    search page, and of the pages only the states are counted.
    """

    title: str
    sort: str | None = None  # newest first
    facets: tuple[str, ...] = ()
    size: int | None = None  # rows a page


_VIEWS: Mapping[str, _View] = {
    "articles": _View("Articles", "published", ("source", "dateline_place", "language"), 30),
    "sources": _View("Sources"),
    "crawls": _View("Crawls", "started_at"),
    "crawl_outcomes": _View("Outcomes of crawls", "id", ("source",)),
    "crawl_sources": _View("Crawls by source", "id", ("source",)),
    "pages": _View("Pages", "id", ("state",), 50),
    "captures": _View("Captures", "fetched_at"),
    "day_counts": _View("Articles counted by day", "day", ("source",)),
    "place_counts": _View("Articles counted by place", "month"),
    "revisions": _View("Revisions", "seen_at"),
    "ticker_entries": _View("Ticker entries", "last_seen", ("source",)),
    "ticker_wordings": _View("Wordings of ticker entries"),
    "ticker_sightings": _View("Sightings of ticker entries"),
    "related_links": _View("Related links"),
    "backfills": _View("Backfills"),
    "problems": _View("Problems", "id", ("source",)),
}
_HIDDEN = ("_sqlite_migrations",)  # kept by the migrations, of no use to a reader


def title(name: str) -> str:
    """The archive's title: every archive is called ``archive`` unless somebody gave it a name."""
    return "News archive" if name == "archive" else f"News archive: {name}"


@lru_cache(maxsize=32)
def _metadata(name: str, address: str) -> dict[str, Any]:
    tables: dict[str, Any] = {table: _table(table) for table in TABLES}
    tables["articles"] |= {"fts_table": "articles_fts", "fts_pk": "id"}
    tables |= {table: {"hidden": True} for table in _HIDDEN}
    tables["articles_search"] = {
        "title": "What the search index reads",
        "description": "The searched columns, cut into words.",
    }
    return {
        "title": title(name),
        "description_html": (
            "News articles with their tickers, datelines, related links and changes. "
            f'<a href="{address}/front">Front page</a>, <a href="{address}/articles">all articles</a>. '
            "Times are in UTC; texts are under copyright of their publishers."
        ),
        "tables": tables,
        "queries": {query.name: _query(query.title, query.description, query.sql) for query in QUERIES},
    }


def heading(table: str) -> str:
    """What a table is called."""
    return _view(table).title


def _view(table: str) -> _View:
    return _VIEWS.get(table, _View(table.replace("_", " ").capitalize()))


def _table(name: str) -> dict[str, Any]:
    table, view = TABLES[name], _view(name)
    entry: dict[str, Any] = {
        "title": view.title,
        "description": table.description,
        "columns": {column: spec.description for column, spec in table.columns.items()},
        "facets": list(view.facets),
    }
    if view.sort:
        entry["sort_desc"] = view.sort
    if view.size:
        entry["size"] = view.size
    if table.label:
        entry["label_column"] = table.label
    return entry


def _query(heading: str, description: str, sql: str) -> dict[str, Any]:
    return {"title": heading, "description": description, "sql": sql.strip()}


def metadata(name: str, address: str, most: int = 1000) -> dict[str, Any]:
    """The metadata of an archive, in the form of Datasette 0.65, for the reader to change as he likes: all but what is said
    of columns, of which there are hundreds; ``with_own_columns`` makes that his, too.

    ``address`` is the path of the database's page (escaped, without a slash at its end); ``most``: the rows of a page that
    the server's settings allow, since it refuses longer ones.
    """
    known = _metadata(name, address)
    own = {
        kind: {name: _copy(entry) for name, entry in known[kind].items()} for kind in ("tables", "queries")
    }
    for table in own["tables"].values():
        if "size" in table:
            table["size"] = min(table["size"], most)
    return {**known, **own}


def _copy(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: [*value] if isinstance(value, list) else value for key, value in entry.items()}


def with_own_columns(metadata: dict[str, Any], tables: Iterable[str]) -> dict[str, Any]:
    """The same metadata, in which what is said of the columns of these tables may be changed."""
    for table in tables:
        entry = metadata["tables"].get(table, {})
        if "columns" in entry:
            entry["columns"] = {**entry["columns"]}
    return metadata
