"""What an archive holds, table by table, for who writes SQL: from the schema's own descriptions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsspider.browse.metadata import heading
from newsspider.store.schema import TABLES

# The tables in the order in which a reader wants them.
GROUPS = {
    "News": ("articles", "revisions", "related_links", "sources"),
    "Tickers": ("ticker_entries", "ticker_wordings", "ticker_sightings"),
    "Pages as they were": ("captures", "pages"),
    "Runs": ("crawls", "crawl_sources", "crawl_outcomes", "problems", "notices", "backfills", "shapes"),
    "Counts": ("day_counts", "place_counts"),
}
_LEADS_TO = re.compile(r"REFERENCES (\w+)\(")


@dataclass(frozen=True, slots=True)
class Described:
    """A column: what it holds, and the table whose ``id`` it names, if any."""

    name: str
    description: str
    leads_to: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A table: what a row is, and its columns."""

    name: str
    title: str
    description: str
    columns: tuple[Described, ...]

    @property
    def joins(self) -> tuple[Described, ...]:
        """The columns that lead to another table."""
        return tuple(column for column in self.columns if column.leads_to)


def contents() -> dict[str, list[Listed]]:
    """The tables by group."""
    return {group: [_listed(name) for name in names] for group, names in GROUPS.items()}


def _listed(name: str) -> Listed:
    columns = []
    for column, spec in TABLES[name].columns.items():
        leads = _LEADS_TO.search(spec.sql)
        columns.append(Described(column, spec.description, leads[1] if leads else None))
    return Listed(name, heading(name), TABLES[name].description, tuple(columns))
