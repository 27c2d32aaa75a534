"""The ticker entries of older archives. Before there were wordings each was one text with its address; later the same text with
and without one was two.
"""

from __future__ import annotations

import sqlite3

from newsspider.store import schema
from newsspider.store.entries import Doubtful, count_again, regroup

_COLUMNS = "source, text, url, first_seen, last_seen, sightings, article"
_INDEX = "idx_ticker_entries_source_first_seen_last_seen"
_STEPS = (
    "DROP INDEX IF EXISTS ticker_entries_identity",
    f"INSERT INTO ticker_wordings (id, entry, {_COLUMNS}) SELECT id, id, {_COLUMNS} FROM ticker_entries",
    "UPDATE ticker_sightings SET wording = entry",
    """UPDATE ticker_wordings SET (highest, lowest) =
      (SELECT min(position), max(position) FROM ticker_sightings WHERE entry = ticker_wordings.id)""",
    """UPDATE ticker_wordings SET shared = 1 WHERE EXISTS (SELECT 1 FROM ticker_wordings AS other
      WHERE other.url = ticker_wordings.url AND other.source = ticker_wordings.source AND other.id <> ticker_wordings.id
        AND EXISTS (SELECT 1 FROM ticker_sightings AS here JOIN ticker_sightings AS others ON others.capture = here.capture
          WHERE here.entry = ticker_wordings.id AND others.entry = other.id))""",
)
_ADDRESSES = (
    "SELECT source, url FROM ticker_wordings WHERE url IS NOT NULL GROUP BY source, url HAVING count(*) > 1"
)
_SPANS = (
    "SELECT source, min(first_seen), max(last_seen) FROM ticker_wordings WHERE url IS NULL GROUP BY source"
)
_TEXTS = """SELECT source, text FROM ticker_wordings GROUP BY source, text
  HAVING count(*) > 1 AND count(url) < count(*)"""


def divide(db: sqlite3.Connection) -> None:
    """Make a wording of each entry, then entries of the wordings, as if they had been written so."""
    for statement in _STEPS:
        db.execute(statement)
    for name, columns in schema.UNIQUE_INDEXES.items():
        db.execute(f"CREATE UNIQUE INDEX IF NOT EXISTS {name} ON {columns}")
    for statement in schema.create_indexes("ticker_entries"):
        if _INDEX in statement:
            db.execute(statement)
    count_again(db, [row[0] for row in db.execute("SELECT id FROM ticker_entries")])
    doubtful = Doubtful({(row[0], row[1]) for row in db.execute(_ADDRESSES)})
    for source, first, last in db.execute(_SPANS):
        doubtful.add(source, None, first, last)
    regroup(db, doubtful)


def join_texts(db: sqlite3.Connection) -> None:
    """Make one entry of the same text with and without an address, where that is the rule."""
    regroup(db, Doubtful(texts={(row[0], row[1]) for row in db.execute(_TEXTS)}))
