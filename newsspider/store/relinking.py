"""Tickers and related links whose rows are lost: what tells that, which captures they may have stood on, and putting
them in again. Nothing else of an article changes.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from newsspider.clock import stamp
from newsspider.records import Article
from newsspider.store.entries import Doubtful, count_again, regroup
from newsspider.store.links import store_related
from newsspider.store.tickers import read_ticker, store_tickers
from newsspider.store.waiting import CAPTURE, Waiting, waiting_of

# An entry can stand twice in one ticker: that is one sighting.
WRONG_SIGHTINGS = """
SELECT id, ticker_wordings.entry, source, text, first_seen, last_seen, sightings, coalesce(seen, 0) AS seen
FROM ticker_wordings LEFT JOIN
  (SELECT entry, wording, count(DISTINCT capture) AS seen FROM ticker_sightings GROUP BY entry, wording) AS counted
  ON wording = id AND counted.entry = ticker_wordings.entry
WHERE sightings IS NOT coalesce(seen, 0)
"""
# Entries whose summary is not that of their wordings.
WRONG_SUMS = """
SELECT id AS entry, text, sightings, coalesce((SELECT sum(sightings) FROM ticker_wordings WHERE entry = sums.id), 0) AS seen
FROM ticker_entries AS sums
WHERE (first_seen, last_seen, sightings, highest, lowest, wordings) IS NOT
  (SELECT min(first_seen), max(last_seen), sum(sightings), min(highest), max(lowest), count(DISTINCT text)
    FROM ticker_wordings WHERE entry = sums.id)
  OR pages IS NOT (SELECT count(DISTINCT page) FROM ticker_sightings JOIN captures ON captures.id = capture WHERE entry = sums.id)
"""
# Articles whose provenance tells of related links, and that have none or not all from the first on.
WITHOUT_RELATED = """
FROM articles LEFT JOIN (SELECT article, count(*) AS have, max(position) AS last FROM related_links GROUP BY 1)
  ON article = articles.id WHERE have IS NOT last OR (have IS NULL AND provenance LIKE '%"related":%')
"""
_LOST = f"CREATE TEMP TABLE lost_entries AS SELECT * FROM ({WRONG_SIGHTINGS}) WHERE sightings > seen"
_ON_CAPTURES = f"""
SELECT {CAPTURE}, pages.url AS page, pages.article FROM captures JOIN pages ON pages.id = captures.page
JOIN sources ON sources.id = pages.source
WHERE pages.article IS NOT NULL AND status BETWEEN 200 AND 299 AND captures.revisits IS NULL AND (
  EXISTS (SELECT 1 FROM temp.lost_entries AS lost WHERE lost.source = pages.source
    AND fetched_at BETWEEN first_seen AND last_seen
    AND NOT EXISTS (SELECT 1 FROM ticker_sightings WHERE capture = captures.id AND wording = lost.id))
  OR captures.id IN (SELECT (SELECT captures.id FROM pages JOIN captures ON captures.page = pages.id
      WHERE pages.article = articles.id AND status BETWEEN 200 AND 299 AND captures.revisits IS NULL
        ORDER BY fetched_at DESC, captures.id DESC)
    {WITHOUT_RELATED}))
ORDER BY fetched_at, captures.id
"""


@dataclass(frozen=True, slots=True)
class ToLink:
    """A capture that may have shown links which are lost; ``page``: the address asked for; ``article``: its row."""

    capture: Waiting
    page: str
    article: int


def to_link(db: sqlite3.Connection) -> list[ToLink]:
    """All captures that may have shown what is lost, in the order of their times."""
    db.execute("DROP TABLE IF EXISTS temp.lost_entries")
    db.execute(_LOST)
    return [ToLink(waiting_of(row), row["page"], row["article"]) for row in db.execute(_ON_CAPTURES)]


def link(db: sqlite3.Connection, one: ToLink, record: Article) -> None:
    """Put in what a capture shows of tickers and related links, where rows of that are lost."""
    capture = one.capture
    source = db.execute("SELECT id FROM sources WHERE source = ?", (capture.source,)).fetchone()[0]
    if record.ticker:
        db.execute("DELETE FROM ticker_sightings WHERE capture = ?", (capture.id,))
        if ticker := read_ticker(db, record, source, capture.id, stamp(capture.fetched_at)):
            doubtful = Doubtful()
            store_tickers(db, [ticker], doubtful)
            regroup(db, doubtful)
    lost = db.execute(f"SELECT 1 {WITHOUT_RELATED} AND articles.id = ?", (one.article,)).fetchone()
    if record.related and lost:
        store_related(db, one.article, record, new=False)


def recount(db: sqlite3.Connection, known: bool) -> None:
    """Count the sightings of ticker entries again, after ``to_link``; not ``known`` whether more of them could be found:
    the former counts of those that are lost stand, and tell it.
    """
    former = dict(map(tuple, db.execute("SELECT id, sightings FROM temp.lost_entries")))
    rows = [
        (row["seen"] if known else max(row["seen"], former.get(row["id"], 0)), row["id"])
        for row in db.execute(WRONG_SIGHTINGS)
    ]
    db.executemany("UPDATE ticker_wordings SET sightings = ? WHERE id = ?", rows)
    count_again(db, [row["entry"] for row in db.execute(WRONG_SUMS)])
