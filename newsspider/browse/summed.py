"""What Datasette asks for each page of the table of articles, asked so that the answer is the same and costs less.

How many articles there are of each source or place, in all or of one source or place: Datasette reads some hundred thousand
entries of an index for that, the counts that the writer keeps are a few thousand. Which of the articles with a word are the
newest: of a common word Datasette reads and sorts all, the index of times meets the newest first. A question of any other
kind is asked as it is.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from datasette.database import QueryInterrupted

from newsspider.browse import compat
from newsspider.browse.archives import schema_version
from newsspider.browse.narrowed import narrowed, to_be_tried
from newsspider.store.schema import VERSION

_COLUMNS = {"source": "source", "dateline_place": "place"}  # of articles; in place_counts
_NAME = f"({'|'.join(_COLUMNS)})"
_WHERE = rf"(?: where \"{_NAME}\" = (:p\d+))?"
# As Datasette asks for a facet (ColumnFacet.facet_results) and how many rows fit a table's filters.
_FACET = re.compile(
    rf"select {_NAME} as value, count\(\*\) as count from \( select [\w, ]+ from articles{_WHERE} \)"
    r" where \1 is not null group by \1 order by count desc, value limit (\d+)"
)
_COUNT = re.compile(rf"select count\(\*\) from articles where \"{_NAME}\" = (:p\d+)")
# As Datasette searches (filters.search_filters), with its own filters alone, and as it asks for a further page.
_FOUND = "id in (select rowid from articles_fts where articles_fts match escape_fts(:search))"
_WORDS = re.escape(_FOUND)
_FILTERS = r"(?:\"\w+\" [^:'\"()]+ :p\d+ and )"
_NEWEST = re.compile(
    rf"select [\w, ]+ from articles where {_FILTERS}*{_WORDS}(?: and \(published [\w<>=:() ]+\))?"
    r" order by published(?: desc)?(?:, id)? limit \d+"
)
_HITS = re.compile(
    rf"select count\(\*\) from (?:articles where {_WORDS}|\(select \* from articles where {_WORDS} limit (\d+)\))"
)
_NARROWED = re.compile(rf"select count\(\*\) from articles where {_FILTERS}+{_WORDS}")
_AFTER = re.compile(r"\bpublished(?= (?:[<>=] :p\d+|is (?:not )?null)\b)")
_MANY = 5_000  # hits that are quickly sorted
_MANY_MS = 100
_TRY_MS = 25  # up to 20, Datasette would look at the clock at every step
_COUNT_MANY = (
    f"SELECT 1 FROM articles_fts WHERE articles_fts MATCH escape_fts(:search) LIMIT 1 OFFSET {_MANY}"
)
# Counting the search index's own table takes half a second, and the few ms that Datasette gives it can't interrupt that.
_OWN_OF_INDEX = "select count(*) from [articles_fts_data]"


def summed(sql: str) -> str:
    """The question as the counts answer it, with the same columns, rows and parameters; else the question itself."""
    plain = " ".join(sql.split())
    if match := _FACET.fullmatch(plain):
        column, narrowed, value, most = match.groups()
        table, where = _from(column, narrowed or column, value)
        name = _COLUMNS[column]
        return (
            f"SELECT {name} AS value, sum(articles) AS count FROM {table}{where}"
            f" GROUP BY {name} ORDER BY count DESC, value LIMIT {most}"
        )
    if match := _COUNT.fullmatch(plain):
        table, where = _from(match[1], match[1], match[2])
        return f"SELECT coalesce(sum(articles), 0) FROM {table}{where}"
    if match := _HITS.fullmatch(plain):
        most = f" LIMIT {match[1]}" if match[1] else ""
        hits = f"SELECT rowid FROM articles_fts WHERE articles_fts MATCH escape_fts(:search){most}"
        return f"SELECT count(*) FROM ({hits})"
    return sql


def _from(column: str, narrowed: str, value: str | None) -> tuple[str, str]:
    """The table that counts by these columns, and its condition."""
    table = "day_counts" if column == narrowed == "source" else "place_counts"
    return table, f" WHERE {_COLUMNS[narrowed]} = {value}" if value else ""


def of_common_word(sql: str) -> str:
    """The question with a plan for words that many articles have: with + SQLite does not begin with the hits, nor with a
    page's last time, but goes through the articles by time and stops at a full page.
    """
    plain = " ".join(sql.split())
    if _NEWEST.fullmatch(plain):
        return _AFTER.sub("+published", plain.replace(_FOUND, f"+{_FOUND}"))
    if _NARROWED.fullmatch(plain):  # what hits are narrowed by stands in that index
        return plain.replace("from articles where", "from articles indexed by articles_hits where")
    return sql


def asked_cheaply(db: Any) -> None:
    """Have all that Datasette asks of a database of ours asked in this way. One of another version has other tables."""
    execute = db.execute

    async def is_common(search: str) -> bool:
        try:
            return bool(
                await execute(
                    _COUNT_MANY, {"search": search}, custom_time_limit=_MANY_MS, log_sql_errors=False
                )
            )
        except QueryInterrupted:
            return True

    async def answered(sql: str, params: Any = None, *values: Any, **named: Any) -> Any:
        if _FOUND in sql and _NEWEST.fullmatch(" ".join(sql.split())):
            compat.common_word(await is_common(params["search"]))
        if sql == _OWN_OF_INDEX:
            raise QueryInterrupted(RuntimeError("its time is over"), sql, params)
        question = of_common_word(sql) if compat.is_common_word() else sql
        cheap = narrowed(summed(question))
        tried = None if {"custom_time_limit", "log_sql_errors"} & set(named) else to_be_tried(question)
        if (cheap == sql and not tried) or schema_version(str(db.path)) != VERSION:
            return await execute(sql, params, *values, **named)
        if tried:
            with suppress(QueryInterrupted):
                short = {"custom_time_limit": _TRY_MS, "log_sql_errors": False}
                return await execute(tried, params, *values, **named, **short)
        return await execute(cheap, params, *values, **named)

    db.execute = answered
