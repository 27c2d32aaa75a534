"""How far a source's past was fetched from other archives."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from newsspider.addresses import canonical
from newsspider.clock import stamp


@dataclass(frozen=True, slots=True)
class Backfill:
    """Where one stands. ``cursor`` is where its part of the index or file begins, ``position`` the last entry of that
    part that was dealt with; the counts are those of all its runs since it began.
    """

    id: int
    cursor: str | None = None
    position: str | None = None
    entries: int = 0
    captures: int = 0


_BEGIN = """
INSERT INTO backfills (source, service, wanted, begun_at) VALUES (:source, :service, :wanted, :now)
ON CONFLICT (source, service, wanted) DO UPDATE SET begun_at = :now, ended_at = NULL, cursor = NULL, position = NULL,
  entries = 0, captures = 0 WHERE ended_at IS NOT NULL
"""
_FIND = """
SELECT id, cursor, position, entries, captures FROM backfills
WHERE source = :source AND service = :service AND wanted = :wanted
"""
_PUT = """
UPDATE backfills SET cursor = ?, position = ?, entries = ?, captures = ?, ended_at = ? WHERE id = ?
"""
_ENDED = """
SELECT 1 FROM backfills WHERE source = ? AND service = ? AND wanted = ? AND ended_at IS NOT NULL
"""
# A page is there when its story is, or when a capture of it came from elsewhere (it may wait to be read, or be none).
_FILLED = """
SELECT 1 FROM pages WHERE url IN (SELECT value FROM json_each(?))
AND (article IS NOT NULL OR EXISTS (SELECT 1 FROM captures WHERE page = pages.id AND origin IS NOT NULL))
"""
_OF_MOMENT = """
SELECT 1 FROM captures JOIN pages ON pages.id = page
WHERE pages.url IN (SELECT value FROM json_each(?)) AND captures.fetched_at = ?
"""


def begin(db: sqlite3.Connection, source: int, service: str, wanted: str, now: datetime) -> Backfill:
    """The backfill of a source that wants this: where it stands, or a new one where there is none or it is done."""
    row = {"source": source, "service": service, "wanted": wanted, "now": stamp(now)}
    db.execute(_BEGIN, row)
    return Backfill(*db.execute(_FIND, row).fetchone())


def put(db: sqlite3.Connection, backfill: Backfill, ended: datetime | None) -> None:
    """Keep where it stands; ``ended``: it is done."""
    end = stamp(ended) if ended else None
    values = (backfill.cursor, backfill.position, backfill.entries, backfill.captures, end, backfill.id)
    db.execute(_PUT, values)


def is_done(db: sqlite3.Connection, source: int, service: str, wanted: str) -> bool:
    """Whether a backfill came to its end."""
    return db.execute(_ENDED, (source, service, wanted)).fetchone() is not None


def has_page(db: sqlite3.Connection, urls: Sequence[str], moment: datetime | None) -> bool:
    """Whether the archive has a story, or a capture from elsewhere, of one of these addresses; with a ``moment``,
    whether it has a capture of that time.
    """
    named = json.dumps([canonical(url) for url in urls])
    if moment is None:
        return db.execute(_FILLED, (named,)).fetchone() is not None
    return db.execute(_OF_MOMENT, (named, stamp(moment))).fetchone() is not None
