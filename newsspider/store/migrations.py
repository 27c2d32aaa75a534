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
