"""The steps that bring a database to the newest schema, each in its own transaction."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from newsspider.store import schema, search

migrations = Migrations("newsspider")


@migrations()
def first_tables(db: Database) -> None:
    """All tables of the first version, their indexes and the search index."""
    for name in schema.TABLES:
        db.execute(schema.create_table(name))
        for statement in schema.create_indexes(name):
            db.execute(statement)
    for name, columns in schema.UNIQUE_INDEXES.items():
        db.execute(f"CREATE UNIQUE INDEX {name} ON {columns}")
    for statement in search.create_index():
        db.execute(statement)


@migrations()
def captures_wait(db: Database) -> None:
    """Captures can wait to be read; those of older archives were read when they were made."""
    if "read_at" not in {row[1] for row in db.execute("PRAGMA table_info(captures)")}:
        db.execute(
            f"ALTER TABLE captures ADD COLUMN read_at {schema.TABLES['captures'].columns['read_at'].sql}"
        )
        db.execute("UPDATE captures SET read_at = fetched_at")
    db.execute(
        "CREATE INDEX captures_waiting ON captures (fetched_at, warc_file, warc_offset) WHERE read_at IS NULL"
    )
