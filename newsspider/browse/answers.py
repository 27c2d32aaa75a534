"""Everything that the page of a search shows."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from typing import Any

from newsspider.browse.facets import Days, Facet, days, facets
from newsspider.browse.fewer import Fewer, fewer
from newsspider.browse.searching import Asked, Found, search
from newsspider.store.nights import LATEST_DAY
from newsspider.store.search import Query, read_query


@dataclass(frozen=True, slots=True)
class Answer:
    """A search's page. Without words there is nothing but what was asked; ``slow``: it was given up.

    ``instead`` is there where nothing was found.
    """

    asked: Asked
    found: Found | None = None
    facets: tuple[Facet, ...] = ()
    days: Days | None = None
    instead: Fewer | None = None
    slow: bool = False
    milliseconds: int = 0

    @property
    def query(self) -> Query:
        """What was typed, as it is searched for."""
        return read_query(self.asked.q)

    @property
    def source(self) -> int | None:
        """The number of the source that it is narrowed to."""
        known = self.found.sources if self.found else {}
        return next((key for key, row in known.items() if row["source"] == self.asked.source), None)


async def read_answer(db: Any, asked: Asked, limit_ms: int) -> Answer:
    """The page of a search in a database of Datasette's; it is given up after ``limit_ms``."""
    if not read_query(asked.q).groups:
        return Answer(asked)

    def read(connection: Any) -> Answer:
        began = time.perf_counter()
        found = search(connection, asked, limit_ms)
        latest = connection.execute(f"SELECT {LATEST_DAY}").fetchone()[0]
        answer = Answer(asked, found, facets(asked, found), days(asked, found.rows, latest))
        left = limit_ms - 1000 * (time.perf_counter() - began)
        instead = None if found.total else fewer(connection, asked, answer.source, left)
        took = round(1000 * (time.perf_counter() - began))
        return Answer(asked, found, answer.facets, answer.days, instead, milliseconds=took)

    try:
        made: Answer = await db.execute_fn(read)
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        return Answer(asked, slow=True)
    return made
