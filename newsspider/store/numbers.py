"""The numbers of articles that are made again: what links, exports and citations name stays the same story.

They are kept for the connection alone, in a temporary table: by the article's address and those of its pages.
"""

from __future__ import annotations

import sqlite3


def begin(db: sqlite3.Connection) -> None:
    """Give a connection the table."""
    db.execute(
        "CREATE TEMP TABLE former_numbers (url TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX temp.former_numbers_number ON former_numbers (number)")


def keep(db: sqlite3.Connection, schema: str = "main", article: int | None = None) -> None:
    """Note the numbers of all articles of a database, or of one that is about to be taken apart."""
    for table, number in (("articles", "id"), ("pages", "article")):
        db.execute(
            f"INSERT OR IGNORE INTO temp.former_numbers SELECT url, {number} FROM {schema}.{table}"
            f" WHERE {number} IS NOT NULL AND (?1 IS NULL OR {number} = ?1)",
            (article,),
        )


def number_for(db: sqlite3.Connection, url: str) -> int | None:
    """The number of a new article: the one that it had, or one that none had; None where SQLite may choose."""
    (highest,) = db.execute("SELECT max(number) FROM temp.former_numbers").fetchone()
    if highest is None:
        return None
    row = db.execute(
        "SELECT number FROM temp.former_numbers WHERE url = ? AND NOT EXISTS (SELECT 1 FROM articles WHERE id = number)",
        (url,),
    ).fetchone()
    if row:
        return int(row[0])
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
    return int(max(last, highest)) + 1
