"""What Datasette counts anew for each page of the table of articles, read from the counts that the writer keeps.

How many articles there are of each source or place, in all or of one source or place: Datasette reads some hundred thousand
entries of an index for that, the counts are a few thousand. A question of any other kind is asked as it is.
"""

from __future__ import annotations

import re
from typing import Any

_COLUMNS = {"source": "source", "dateline_place": "place"}  # of articles; in place_counts
_NAME = f"({'|'.join(_COLUMNS)})"
_WHERE = rf"(?: where \"{_NAME}\" = (:p\d+))?"
# As Datasette asks for a facet (ColumnFacet.facet_results) and how many rows fit a table's filters.
_FACET = re.compile(
    rf"select {_NAME} as value, count\(\*\) as count from \( select [\w, ]+ from articles{_WHERE} \)"
    r" where \1 is not null group by \1 order by count desc, value limit (\d+)"
)
_COUNT = re.compile(rf"select count\(\*\) from articles where \"{_NAME}\" = (:p\d+)")


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
    return sql


def _from(column: str, narrowed: str, value: str | None) -> tuple[str, str]:
    """The table that counts by these columns, and its condition."""
    table = "day_counts" if column == narrowed == "source" else "place_counts"
    return table, f" WHERE {_COLUMNS[narrowed]} = {value}" if value else ""


def by_sums(db: Any) -> None:
    """Whoever asks a database of ours through Datasette has such questions answered by the counts."""
    execute = db.execute

    async def answered(sql: str, *values: Any, **named: Any) -> Any:
        return await execute(summed(sql), *values, **named)

    db.execute = answered
