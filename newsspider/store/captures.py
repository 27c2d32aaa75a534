"""Finding captures again."""

from __future__ import annotations

import sqlite3

from newsspider.clock import stamp
from newsspider.records import Earlier


def find(db: sqlite3.Connection, earlier: Earlier) -> int | None:
    """The row of a capture that has a body: that of this address and time, else the last one of the address with this
    digest. None where the archive has none.
    """
    query = "SELECT id FROM captures WHERE url = ? AND coalesce(digest, '') = ? AND revisits IS NULL"
    key = (earlier.url, earlier.digest)
    row = db.execute(f"{query} AND fetched_at = ?", (*key, stamp(earlier.fetched_at))).fetchone()
    if row is None and earlier.fetched_at.year == 1970:  # a record that does not say when
        row = db.execute(f"{query} ORDER BY fetched_at DESC LIMIT 1", key).fetchone()
    return int(row["id"]) if row else None
