"""Ticker entries and their wordings, as rows: which wordings are one entry (``wordings`` has the rules), and an entry's
summary, which is kept as its wordings are written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from newsspider.store.wordings import (
    PAUSE,
    Wording,
    after,
    before,
    of_an_address,
    with_address,
    without_address,
)

# The last of its wordings stands for an entry, one with an address if it has any; of several articles the one that this
# leads to.
_LAST = "FROM ticker_wordings WHERE entry = :entry{} ORDER BY url IS NULL, last_seen DESC, first_seen DESC, text LIMIT 1"
_SUM_UP = f"""
UPDATE ticker_entries SET pages = pages + :pages, (first_seen, last_seen, sightings, highest, lowest, wordings) =
  (SELECT min(first_seen), max(last_seen), sum(sightings), min(highest), max(lowest), count(DISTINCT text)
    FROM ticker_wordings WHERE entry = :entry),
  (text, url) = (SELECT text, url {_LAST.format("")}),
  article = (SELECT article {_LAST.format(" AND article IS NOT NULL")})
WHERE id = :entry
"""
_COUNT_PAGES = """
UPDATE ticker_entries SET pages =
  (SELECT count(DISTINCT page) FROM ticker_sightings JOIN captures ON captures.id = capture WHERE entry = ?1) WHERE id = ?1
"""
_COLUMNS = "id, text, first_seen, last_seen, article, shared, entry, follows"
# SQL: of a wording without an address whether that which it follows has none, either; NULL where that is not there.
_FOLLOWS_PLAIN = "(SELECT url IS NULL FROM ticker_wordings AS other WHERE other.id = said.follows)"
# Those of some time that have no address and are none with one.
_AROUND = f"""
SELECT {_COLUMNS} FROM ticker_wordings AS said WHERE source = ? AND url IS NULL AND last_seen >= ? AND first_seen <= ?
  AND coalesce({_FOLLOWS_PLAIN}, 1)
"""


@dataclass(slots=True)
class Doubtful:
    """What has to be looked at again: addresses and texts of a source, and of a source the time in which a wording without an
    address came or went.
    """

    addresses: set[tuple[int, str]] = field(default_factory=set)
    texts: set[tuple[int, str]] = field(
        default_factory=set
    )  # that may stand both with and without an address
    spans: dict[int, tuple[str, str]] = field(default_factory=dict)
    entries: set[int] = field(default_factory=set)  # that lost a wording

    def add(self, source: int, url: str | None, first: str, last: str) -> None:
        """A wording, and the time that is in doubt."""
        if url is not None:
            self.addresses.add((source, url))
        else:
            since, until = self.spans.get(source, (first, last))
            self.spans[source] = (min(since, first), max(until, last))

    def join(self, other: Doubtful) -> None:
        """Take in another one."""
        self.addresses |= other.addresses
        self.texts |= other.texts
        self.entries |= other.entries
        for source, span in other.spans.items():
            self.add(source, None, *span)


def new_entry(db: sqlite3.Connection, source: int, text: str) -> int:
    """The row of a new entry."""
    query = "INSERT INTO ticker_entries (source, text) VALUES (?, ?)"
    return int(db.execute(query, (source, text)).lastrowid or 0)


def sum_up(db: sqlite3.Connection, pages: Mapping[int, int]) -> None:
    """Write the summaries of entries anew from their wordings; ``pages``: by entry, how many more they were seen on."""
    db.executemany(_SUM_UP, [{"entry": entry, "pages": more} for entry, more in pages.items()])


def count_again(db: sqlite3.Connection, entries: Collection[int]) -> None:
    """Write the summaries of entries anew, and count their pages."""
    sum_up(db, dict.fromkeys(entries, 0))
    db.executemany(_COUNT_PAGES, [(entry,) for entry in entries])


# ---- which wordings are one entry ---------------------------------------------------------------------------
def regroup(db: sqlite3.Connection, doubtful: Doubtful) -> None:
    """Decide again, where it is in doubt, which wordings are one entry."""
    changed: dict[int, tuple[int | None, int | None]] = {}
    for source, url in doubtful.addresses:
        query = f"SELECT {_COLUMNS} FROM ticker_wordings WHERE url = ? AND source = ?"
        rows = db.execute(query, (url, source)).fetchall()
        changed |= _changes(rows, of_an_address(map(_wording, rows)))
    changed |= _same_texts(db, doubtful)
    for source, (since, until) in doubtful.spans.items():
        # What can take the place of what, in this time; and what else these could.
        ends = (source, before(since, 2 * PAUSE), after(until, 2 * PAUSE))
        rows = db.execute(_AROUND, ends).fetchall()
        first, last = before(since, PAUSE), after(until, PAUSE)
        follows = without_address([_wording(row) for row in rows])
        changed |= _changes([row for row in rows if first <= row["first_seen"] <= last], follows)
    if changed or doubtful.entries:
        _reform(db, changed, doubtful.entries)


def _same_texts(db: sqlite3.Connection, doubtful: Doubtful) -> dict[int, tuple[int | None, int | None]]:
    """Decide again which wordings without an address are one with an address, and write it: what is decided of the others
    depends on it.
    """
    changed: dict[int, tuple[int | None, int | None]] = {}
    query = f"SELECT {_COLUMNS}, url, {_FOLLOWS_PLAIN} AS plain FROM ticker_wordings AS said WHERE source = ? AND text = ?"
    for source, text in doubtful.texts:
        rows = db.execute(query, (source, text)).fetchall()
        others = [_wording(row) for row in rows if row["url"] is not None]
        for row in (row for row in rows if row["url"] is None):
            found = with_address(_wording(row), others)
            new, old = found.id if found else None, None if row["plain"] else row["follows"]
            if new != old:
                changed[row["id"]] = (row["follows"], new)
                db.execute("UPDATE ticker_wordings SET follows = ? WHERE id = ?", (new, row["id"]))
                doubtful.add(source, None, row["first_seen"], row["last_seen"])
    return changed


def _wording(row: sqlite3.Row) -> Wording:
    return Wording(
        row["id"], row["text"], row["first_seen"], row["last_seen"], row["article"], bool(row["shared"])
    )


def _changes(
    rows: Iterable[sqlite3.Row], follows: Mapping[int, int]
) -> dict[int, tuple[int | None, int | None]]:
    """Of wordings that take the place of another one than before: the former, and this one."""
    pairs = ((row["id"], row["follows"], follows.get(row["id"])) for row in rows)
    return {number: (old, new) for number, old, new in pairs if old != new}


def _reform(
    db: sqlite3.Connection, changed: Mapping[int, tuple[int | None, int | None]], others: Collection[int]
) -> None:
    """Make entries of wordings that take another's place, of those whose place they take, and of the ``others``."""
    db.executemany(
        "UPDATE ticker_wordings SET follows = ? WHERE id = ?",
        [(new, number) for number, (_, new) in changed.items()],
    )
    of = "SELECT entry FROM ticker_wordings WHERE id = ?"
    entries = set(others)
    for number, (_, new) in changed.items():
        entries.update(row[0] for one in (number, new) for row in db.execute(of, (one,)))
    members: dict[int, list[sqlite3.Row]] = {}
    rows = _members(db, entries)
    follows = {row["id"]: row["follows"] for row in rows}
    for row in rows:
        root = row["id"]
        while follows[root] in follows:
            root = follows[root]
        members.setdefault(root, []).append(row)
    kept: set[int] = set()
    for some in members.values():
        free = (row["entry"] for row in some if row["entry"] not in kept)
        entry = next(free, None) or new_entry(db, some[0]["source"], some[0]["text"])
        kept.add(entry)
        _join(db, entry, [row for row in some if row["entry"] != entry])
    db.executemany("DELETE FROM ticker_entries WHERE id = ?", [(entry,) for entry in entries - kept])
    count_again(db, kept)


def _members(db: sqlite3.Connection, entries: Iterable[int]) -> list[sqlite3.Row]:
    query = f"SELECT {_COLUMNS}, source FROM ticker_wordings WHERE entry = ?"
    found = [row for entry in entries for row in db.execute(query, (entry,))]
    return sorted(found, key=lambda row: (row["first_seen"], row["text"], row["id"]))


def _join(db: sqlite3.Connection, entry: int, wordings: Iterable[sqlite3.Row]) -> None:
    rows = [(entry, row["entry"], row["id"]) for row in wordings]
    db.executemany("UPDATE ticker_sightings SET entry = ? WHERE entry = ? AND wording = ?", rows)
    db.executemany("UPDATE ticker_wordings SET entry = ?1 WHERE id = ?3", rows)


# ---- counted from what was seen ------------------------------------------------------------------------------
_RECOUNT = """
UPDATE ticker_wordings SET (sightings, first_seen, last_seen, highest, lowest) = (
  SELECT count(DISTINCT capture), coalesce(min(fetched_at), first_seen), coalesce(max(fetched_at), last_seen),
    min(position), max(position)
  FROM ticker_sightings JOIN captures ON captures.id = capture WHERE entry = ?2 AND wording = ?1),
  shared = EXISTS (SELECT 1 FROM ticker_sightings AS here JOIN ticker_sightings AS others ON others.capture = here.capture
    JOIN ticker_wordings AS other ON other.id = others.wording
    WHERE here.entry = ?2 AND here.wording = ?1 AND other.id <> ?1 AND other.url = ticker_wordings.url)
WHERE id = ?1 RETURNING first_seen, last_seen, sightings
"""


def recount(db: sqlite3.Connection, wordings: Iterable[int], doubtful: Doubtful) -> None:
    """Count again on how many captures wordings stand, which are the first and last of these, and where on them. One that
    stands on none goes.
    """
    known = "SELECT id, entry, source, text, url, first_seen, last_seen FROM ticker_wordings WHERE id = ?"
    rows = [row for wording in wordings for row in db.execute(known, (wording,))]
    for row in rows:
        now = db.execute(_RECOUNT, (row["id"], row["entry"])).fetchone()
        first, last = min(row["first_seen"], now["first_seen"]), max(row["last_seen"], now["last_seen"])
        doubtful.add(row["source"], row["url"], first, last)
        doubtful.texts.add((row["source"], row["text"]))
        if not now["sightings"]:
            db.execute("DELETE FROM ticker_wordings WHERE id = ?", (row["id"],))
            doubtful.entries.add(row["entry"])
    entries = {row["entry"] for row in rows}
    empty = "DELETE FROM ticker_entries WHERE id = ? AND id NOT IN (SELECT entry FROM ticker_wordings WHERE entry = id)"
    gone = {entry for entry in entries if db.execute(empty, (entry,)).rowcount}
    count_again(db, entries - gone)
