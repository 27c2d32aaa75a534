"""What tables are described by: columns and their kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its SQL after the name, and what it holds. ``form``: time, day, array or object (both JSON), or the words
    that it may hold, divided by blanks; empty where that is free.
    """

    sql: str
    description: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns, UNIQUE constraints and indexes (columns, comma-separated)."""

    description: str
    columns: Mapping[str, Column]
    unique: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    label: str | None = None  # the column that stands for a row where it is referred to


def key() -> Column:
    """The number of a row."""
    return Column("INTEGER PRIMARY KEY", "Number of the row")


def time(description: str) -> Column:
    """A moment."""
    return Column("TEXT", f"{description} (UTC, YYYY-MM-DDTHH:MM:SSZ)", "time")


def to(table: str, description: str, required: bool = False) -> Column:
    """The number of another table's row."""
    return Column(f"INTEGER {'NOT NULL ' if required else ''}REFERENCES {table}(id)", description)


def text(description: str, required: bool = False, form: str = "") -> Column:
    """A text, free or of a form."""
    return Column("TEXT NOT NULL" if required else "TEXT", description, form)


def count(description: str) -> Column:
    """How many."""
    return Column("INTEGER NOT NULL DEFAULT 0", description)
