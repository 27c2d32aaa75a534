"""Rows of a database that Datasette has open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Values = Mapping[str, Any] | Iterable[Any]


async def read_rows(db: Any, sql: str, values: Values = ()) -> list[dict[str, Any]]:
    """The rows that a query finds."""
    return [dict(row) for row in await db.execute(sql, values)]
