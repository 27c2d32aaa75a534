"""What is written once for a batch of results and not once for each: counts, tickers, the search index."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from newsspider.records import Outcome
from newsspider.store import search
from newsspider.store.entries import Doubtful, regroup
from newsspider.store.tickers import Ticker, store_tickers

Tally = tuple[int, str, Outcome, str]  # source, role, outcome, reason


@dataclass(slots=True)
class Later:
    """What one result leaves to the end of its batch; that of a result that could not be stored is thrown
    away.
    """

    source: int | None = None
    bytes: int = 0
    new_articles: int = 0
    edits: int = 0
    named: int = 0  # articles that a list named
    tally: Tally | None = None
    ticker: Ticker | None = None
    doubtful: Doubtful = field(default_factory=Doubtful)
    shape: tuple[int, str, bool] | None = None  # source, shape of an address, whether it was an article
    # Articles whose text is not in the index as it is now, with the text that the index has.
    unindexed: list[tuple[int, search.Indexed | None]] = field(default_factory=list)


def finish(db: sqlite3.Connection, crawl: int, rests: Iterable[Later]) -> None:
    """Write what the results of a batch left."""
    rests = list(rests)
    doubtful = Doubtful()
    for rest in rests:
        doubtful.join(rest.doubtful)
    store_tickers(db, [rest.ticker for rest in rests if rest.ticker], doubtful)
    regroup(db, doubtful)
    search.reindex(db, [entry for rest in rests for entry in rest.unindexed])
    _count(db, crawl, rests)
    _learn(db, [rest.shape for rest in rests if rest.shape])


def _learn(db: sqlite3.Connection, shapes: Iterable[tuple[int, str, bool]]) -> None:
    db.executemany(
        "INSERT INTO shapes (source, shape, articles, others) VALUES (?1, ?2, ?3, NOT ?3) ON CONFLICT (source, shape)"
        " DO UPDATE SET articles = articles + excluded.articles, others = others + excluded.others",
        shapes,
    )


def _count(db: sqlite3.Connection, crawl: int, rests: list[Later]) -> None:
    tallies = Counter(rest.tally for rest in rests if rest.tally)
    db.executemany(
        "INSERT INTO crawl_outcomes (crawl, source, role, outcome, reason, pages) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (crawl, source, role, outcome, reason) DO UPDATE SET pages = pages + excluded.pages",
        [
            (crawl, source, role, outcome.value, reason, pages)
            for (source, role, outcome, reason), pages in tallies.items()
        ],
    )
    counts: dict[str, Any] = {outcome.value: 0 for outcome in Outcome}
    for (_, _, outcome, _), pages in tallies.items():
        counts[outcome.value] += pages
    counts["pages"] = tallies.total()
    counts["bytes"] = sum(rest.bytes for rest in rests)
    counts["new_articles"] = sum(rest.new_articles for rest in rests)
    sums = ", ".join(f"{name} = {name} + :{name}" for name in counts)
    db.execute(f"UPDATE crawls SET {sums} WHERE id = :crawl", counts | {"crawl": crawl})
    for source in {rest.source for rest in rests if rest.source is not None}:
        _count_source(db, crawl, source, [rest for rest in rests if rest.source == source])


_SOURCE_COUNTS = ("pages", "named", "new_articles", "edits", "bytes")
_COUNT_SOURCE = f"""
INSERT INTO crawl_sources (crawl, source, {", ".join(_SOURCE_COUNTS)})
VALUES (:crawl, :source, {", ".join(f":{name}" for name in _SOURCE_COUNTS)})
ON CONFLICT (crawl, source) DO UPDATE SET {", ".join(f"{name} = {name} + excluded.{name}" for name in _SOURCE_COUNTS)}
"""


def _count_source(db: sqlite3.Connection, crawl: int, source: int, rests: list[Later]) -> None:
    values = {
        "crawl": crawl,
        "source": source,
        "pages": sum(rest.tally is not None for rest in rests),
        "named": sum(rest.named for rest in rests),
        "new_articles": sum(rest.new_articles for rest in rests),
        "edits": sum(rest.edits for rest in rests),
        "bytes": sum(rest.bytes for rest in rests),
    }
    db.execute(_COUNT_SOURCE, values)
