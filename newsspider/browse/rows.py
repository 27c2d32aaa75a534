"""Rows of a database that Datasette has open, for pages: what stands in lists, titles and attributes is of a readable length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from newsspider.browse.text import NAME, short

Values = Mapping[str, Any] | Iterable[Any]

# Columns that hold a line: a headline, a name. Whatever a page put there, be it a whole book, stands in many places.
_LINES = frozenset(
    "headline former_headline new_headline kicker byline dateline dateline_place place section name source_name text".split()
)


async def read_rows(db: Any, sql: str, values: Values = (), headline: int = NAME) -> list[dict[str, Any]]:
    """The rows that a query finds, with their lines cut; ``headline``: so many characters of a headline."""
    return [shortened(dict(row), headline) for row in await db.execute(sql, values)]


def shortened(row: dict[str, Any], headline: int = NAME) -> dict[str, Any]:
    """A row with its lines cut."""
    return {
        name: short(value, headline if name == "headline" else NAME)
        if name in _LINES and isinstance(value, str)
        else value
        for name, value in row.items()
    }
