"""Rows of a database that Datasette has open, and what their columns hold as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

Values = Mapping[str, Any] | Iterable[Any]


async def read_rows(db: Any, sql: str, values: Values = ()) -> list[dict[str, Any]]:
    """The rows that a query finds."""
    return [dict(row) for row in await db.execute(sql, values)]


def array(text: str | None) -> list[Any]:
    """What a column holds as a JSON array; nothing where it holds none."""
    known = _json(text)
    return known if isinstance(known, list) else []


def strings(text: str | None) -> tuple[str, ...]:
    """The strings of a column that holds them as a JSON array."""
    return tuple(value for value in array(text) if isinstance(value, str))


def strings_by_name(text: str | None) -> dict[str, str]:
    """What a column holds as a JSON object, as strings; nothing where it holds none."""
    known = _json(text)
    return {str(key): str(value) for key, value in known.items()} if isinstance(known, dict) else {}


def _json(text: str | None) -> Any:
    try:
        return json.loads(text or "null")
    except ValueError:
        return None
