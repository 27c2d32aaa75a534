"""Rows of a database that Datasette has open, for pages: what stands in lists, titles and attributes is of a readable length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from newsspider.browse.text import ADDRESS, NAME, beginning, short

Values = Mapping[str, Any] | Iterable[Any]

# How long a value is, at most. Whatever a page put there, be it a whole book, stands in many places.
_LINES = (
    "headline former_headline new_headline kicker byline dateline dateline_place dateline_agency dateline_date place section "
    "name source_name text language source_language day published published_local modified modified_local reason content_type"
)
_LONGEST = (
    dict.fromkeys(_LINES.split(), NAME)
    | dict.fromkeys("url canonical_url image home".split(), ADDRESS)
    | {"summary": 20_000}
)


async def read_rows(db: Any, sql: str, values: Values = (), headline: int = NAME) -> list[dict[str, Any]]:
    """The rows that a query finds, with their values cut; ``headline``: so many characters of a headline."""
    return [shortened(dict(row), headline) for row in await db.execute(sql, values)]


def shortened(row: dict[str, Any], headline: int = NAME) -> dict[str, Any]:
    """A row with its values cut, of a body as much as is shown."""
    return {
        name: value if not isinstance(value, str) else _cut(name, value, headline)
        for name, value in row.items()
    }


def _cut(name: str, value: str, headline: int) -> str:
    if name == "body":
        return beginning(value)
    longest = headline if name == "headline" else _LONGEST.get(name)
    return short(value, longest) if longest else value
