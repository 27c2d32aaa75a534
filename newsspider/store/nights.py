"""The last night of each source: the last crawl that has outcomes of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from newsspider.source import Source


@dataclass(frozen=True, slots=True)
class Night:
    """What a crawl did for one source. ``started_at`` as the database has it; ``red``: why, in sentences."""

    crawl: int
    started_at: str
    outcome: str  # of the whole crawl
    pages: int
    new_articles: int
    outcomes: Mapping[str, int]
    red: tuple[str, ...]


_LAST = """
SELECT sources.source, sources.id, crawls.id, crawls.started_at, crawls.outcome, crawls.red, counted.outcome,
  sum(counted.pages)
FROM sources
JOIN crawls ON crawls.id = (SELECT max(crawl) FROM crawl_outcomes WHERE crawl_outcomes.source = sources.id)
JOIN crawl_outcomes AS counted ON counted.crawl = crawls.id AND counted.source = sources.id
GROUP BY sources.id, counted.outcome
ORDER BY sources.id
"""
# An article is new to the crawl that made the first capture of it.
_NEW = """
SELECT articles.source, count(DISTINCT articles.id) FROM captures JOIN pages ON pages.id = captures.page
JOIN articles ON articles.id = pages.article
WHERE captures.crawl = ? AND articles.first_seen_at = captures.fetched_at GROUP BY articles.source
"""


def last_nights(db: sqlite3.Connection) -> dict[str, Night]:
    """The last night of each source that has had one, by ID."""
    nights: dict[str, Night] = {}
    new: dict[int, dict[int, int]] = {}  # by crawl and source
    for _, group in groupby(db.execute(_LAST).fetchall(), key=lambda row: row[0]):
        rows = list(group)
        source, number, crawl, started_at, ended, red = tuple(rows[0])[:6]
        if crawl not in new:
            new[crawl] = {row[0]: row[1] for row in db.execute(_NEW, (crawl,))}
        counts = {row[6]: row[7] for row in rows}
        said = [sentence.partition(": ") for sentence in json.loads(red or "[]")]
        mine = tuple(why for name, _, why in said if name == source)
        pages = sum(counts.values())
        nights[source] = Night(crawl, started_at, ended, pages, new[crawl].get(number, 0), counts, mine)
    return nights


def sources_of(db: sqlite3.Connection) -> list[Source]:
    """The sources that an archive knows, as far as it knows them: without layouts and patterns."""
    rows = db.execute("SELECT source, name, home, language, timezone FROM sources ORDER BY source")
    return [Source(*row) for row in rows]
