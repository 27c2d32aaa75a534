"""Do the columns of an archive hold only what they can hold? Times, days, JSON, words of a list, numbers and texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from newsspider.store import schema
from newsspider.store.finding import EXAMPLES, Finding, number

_CALLED = {
    "time": "no time",
    "day": "no day",
    "array": "no JSON array",
    "object": "no JSON object",
    "": "of another type",
}


def check_values(db: sqlite3.Connection) -> Iterator[Finding]:
    """A finding for each column with such values."""
    for name, table in schema.TABLES.items():
        there = [row[1] for row in db.execute(f"PRAGMA table_info({name})")]
        columns = [column for column in table.columns if column in there]
        if not columns:  # the database is from before there was such a table
            continue
        sums = ", ".join(f"total({schema.can_not_be(name, column)})" for column in columns)
        for column, count in zip(columns, db.execute(f"SELECT {sums} FROM {name}").fetchone(), strict=True):
            if count:
                yield _finding(db, name, column, int(count))


def _finding(db: sqlite3.Connection, table: str, column: str, count: int) -> Finding:
    rows = db.execute(
        f"SELECT id, {column} FROM {table} WHERE {schema.can_not_be(table, column)} ORDER BY id LIMIT {EXAMPLES}"
    )
    called = _CALLED.get(schema.TABLES[table].columns[column].form, "none of its words")
    return Finding(
        "values",
        f"archive.db, {table}",
        f"{number(count, 'row')} whose {column} is {called}",
        count,
        tuple(f"row {row[0]}: {str(row[1])[:60]!r}" for row in rows),
        advice="newsspider rebuild makes the database anew",
    )
