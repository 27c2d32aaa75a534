"""Captures that wait to be read: those of imported WARC files, and all where an archive is built anew.

They are read in the order of their times, as a crawl would have seen them. A capture that is older than what is known
of its article makes that article wait, too: it is taken apart and put together again from all its captures, so that
its changes stand in their order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from newsspider.addresses import canonical
from newsspider.clock import stamp
from newsspider.records import Outcome, Result, WarcPlace
from newsspider.store import numbers
from newsspider.store.batch import Later
from newsspider.store.entries import recount
from newsspider.store.search import indexed
from newsspider.store.tickers import lead_from


@dataclass(frozen=True, slots=True)
class Arrival:
    """A capture that another crawler made: ``source`` is a source's ID; ``page``: whether it is one of a page, and
    ``waits``: whether there is something to read in it.
    """

    source: str
    url: str
    fetched_at: datetime
    status: int
    content_type: str | None
    size: int
    place: WarcPlace
    page: bool
    waits: bool
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A capture that is not read yet; ``source`` is its page's source's ID."""

    id: int
    url: str
    fetched_at: datetime
    status: int
    place: WarcPlace
    source: str


_CAPTURE = """
INSERT INTO captures (page, crawl, url, fetched_at, status, content_type, size, digest,
  warc_file, warc_offset, warc_length, read_at, origin)
SELECT :page, :crawl, :url, :at, :status, :type, :size, :digest, :file, :offset, :length, :read, :origin
WHERE NOT EXISTS (SELECT 1 FROM captures
  WHERE fetched_at = :at AND url = :url AND coalesce(digest, '') = :digest AND warc_file <> :file)
ON CONFLICT (warc_file, warc_offset) DO NOTHING
"""
_PAGE = """
INSERT INTO pages (url, source, role, state, reason, found_at) VALUES (?, ?, 'article', 'due', 'imported', ?)
ON CONFLICT (url) DO UPDATE SET found_at = min(found_at, excluded.found_at) RETURNING id
"""
# What a ``Waiting`` is made of.
CAPTURE = "captures.id, captures.url, fetched_at, status, warc_file, warc_offset, warc_length, captures.digest, sources.source"
_WAITING = f"""
SELECT {CAPTURE}
FROM captures JOIN pages ON pages.id = captures.page JOIN sources ON sources.id = pages.source
WHERE read_at IS NULL AND (fetched_at, warc_file, warc_offset) > (?, ?, ?)
ORDER BY fetched_at, warc_file, warc_offset LIMIT ?
"""
_AFTER = f"""
SELECT {CAPTURE}
FROM captures JOIN pages ON pages.id = captures.page JOIN sources ON sources.id = pages.source
WHERE read_at IS NULL AND warc_file = ? AND warc_offset > ? ORDER BY warc_offset LIMIT 1
"""


_FOUND_AGAIN = """
UPDATE captures SET warc_file = :file, warc_offset = :offset, warc_length = :length
WHERE fetched_at = :at AND url = :url AND coalesce(digest, '') = :digest AND warc_file IN (SELECT value FROM json_each(:lost))
"""


def arrive(
    db: sqlite3.Connection, crawl: int, source: int, arrival: Arrival, now: datetime, lost: str = "[]"
) -> bool:
    """Write the row of a capture; False where the archive has it already: from the same place, or the same address,
    time and digest from another file. ``lost``: JSON of the files that are not there any more; a row that names one of
    these gets the new place.
    """
    at = stamp(arrival.fetched_at)
    row = {
        "page": db.execute(_PAGE, (canonical(arrival.url), source, at)).fetchone()[0]
        if arrival.page
        else None,
        "crawl": crawl,
        "url": arrival.url,
        "at": at,
        "status": arrival.status,
        "type": arrival.content_type,
        "size": arrival.size,
        "digest": arrival.place.digest,
        "file": arrival.place.file,
        "offset": arrival.place.offset,
        "length": arrival.place.length,
        "read": None if arrival.waits else stamp(now),
        "origin": arrival.origin,
    }
    if lost != "[]":
        db.execute(_FOUND_AGAIN, row | {"lost": lost})
    return db.execute(_CAPTURE, row).rowcount > 0


# Captures of pages that no row names and that nothing has read: a database that is new, or older than its WARC files, took
# them up. What a robots.txt redirects to is none.
STRAYS = """
FROM captures WHERE page IS NULL AND revisits IS NULL AND status BETWEEN 200 AND 299 AND content_type LIKE '%html%'
  AND url NOT LIKE '%/robots.txt'
  AND NOT EXISTS (SELECT 1 FROM pages WHERE pages.url = captures.url AND role <> 'article')
  AND NOT coalesce((SELECT hop.status BETWEEN 300 AND 399 AND hop.url LIKE '%/robots.txt' FROM captures AS hop
    WHERE hop.warc_file = captures.warc_file AND hop.warc_offset < captures.warc_offset
    ORDER BY hop.warc_offset DESC LIMIT 1), 0)
"""


def strays(db: sqlite3.Connection) -> dict[int, str]:
    """The captures of pages that nothing has read and that don't wait, with their addresses."""
    return dict(map(tuple, db.execute(f"SELECT id, url {STRAYS}")))


def let_wait(db: sqlite3.Connection, capture: int, source: int) -> None:
    """Let a capture of no page wait to be read, as one of a page of this source."""
    url, at = db.execute("SELECT url, fetched_at FROM captures WHERE id = ?", (capture,)).fetchone()
    page = db.execute(_PAGE, (canonical(url), source, at)).fetchone()[0]
    db.execute("UPDATE captures SET page = ?, read_at = NULL WHERE id = ?", (page, capture))


def waiting(db: sqlite3.Connection, behind: Waiting | None, count: int) -> list[Waiting]:
    """The next captures that wait, in the order of their times, behind one of them."""
    key = (stamp(behind.fetched_at), behind.place.file, behind.place.offset) if behind else ("", "", -1)
    return [waiting_of(row) for row in db.execute(_WAITING, (*key, count))]


def next_in_file(db: sqlite3.Connection, one: Waiting) -> Waiting | None:
    """The waiting capture that stands behind one in its WARC file."""
    row = db.execute(_AFTER, (one.place.file, one.place.offset)).fetchone()
    return waiting_of(row) if row else None


def count_waiting(db: sqlite3.Connection) -> int:
    """How many captures wait."""
    return int(db.execute("SELECT count(*) FROM captures WHERE read_at IS NULL").fetchone()[0])


def waiting_of(row: sqlite3.Row) -> Waiting:
    """A row of ``CAPTURE`` as an object."""
    place = WarcPlace(row["warc_file"], row["warc_offset"], row["warc_length"], row["digest"] or "")
    moment = datetime.fromisoformat(row["fetched_at"])
    return Waiting(row["id"], row["url"], moment, row["status"], place, row["source"])


def settle(db: sqlite3.Connection, result: Result, outcome: Outcome, article: int | None) -> None:
    """Write what became of a page that was read again or from elsewhere: its article, and its state where this is
    the latest that is known of it. When it is due stays as it is.
    """
    row = db.execute("SELECT url FROM pages WHERE id = ?", (result.page,)).fetchone()
    answered = canonical(result.url or row["url"])
    if article is not None and answered != row["url"]:
        _settle(db, answered, Outcome.STORED, "ok", stamp(result.at), article)
    _settle(db, row["url"], outcome, result.reason, stamp(result.at), article)


def _settle(
    db: sqlite3.Connection, url: str, outcome: Outcome, reason: str, at: str, article: int | None
) -> None:
    if article is not None:
        db.execute("UPDATE pages SET article = ? WHERE url = ?", (article, url))
    db.execute(
        # A page without an article that was as before stays what it was.
        "UPDATE pages SET state = CASE WHEN ?1 <> 'unchanged' THEN ?1 WHEN article IS NULL THEN state ELSE 'stored' END,"
        " reason = iif(?1 = 'unchanged' AND article IS NULL, reason, ?2), last_fetched_at = ?3"
        " WHERE url = ?4 AND coalesce(last_fetched_at, '') < ?3",
        (outcome.value, reason, at, url),
    )


def out_of_order(db: sqlite3.Connection) -> dict[int, list[WarcPlace]]:
    """The articles that have a waiting capture from before what is known of them, with the places of the captures that
    they were made from.
    """
    return {
        row["id"]: [WarcPlace(*place) for place in db.execute(_MADE_FROM, (row["id"],))]
        for row in db.execute(f"SELECT id FROM articles WHERE {_OUT_OF_ORDER}").fetchall()
    }


def left_alone(db: sqlite3.Connection, articles: Iterable[int]) -> dict[int, str]:
    """Of articles that can't be taken apart the waiting captures, by number, that would have it so, with the articles'
    addresses.
    """
    found = (row for article in articles for row in db.execute(_LATE_OF, (article,)))
    return dict(map(tuple, found))


def take_apart(db: sqlite3.Connection, articles: Iterable[int]) -> list[Later]:
    """Let these articles wait: their rows go, their captures wait again. Returns what the search index has to hear of.

    Article and edits are known already, so that they are not counted when they are made again.
    """
    rests = []
    for article in articles:
        row = db.execute("SELECT * FROM articles WHERE id = ?", (article,)).fetchone()
        (edits,) = db.execute(_EDITS, (article,)).fetchone()
        later = Later(row["source"], new_articles=-1, edits=-edits)
        unmake(db, row["id"], later)
        later.unindexed.append((row["id"], indexed(row)))
        rests.append(later)
    db.execute(_READ_TOO_SOON)
    return rests


_EDITS = "SELECT count(*) FROM revisions WHERE article = ? AND kind = 'edited'"


# Of pages that have no article yet: what was read before an older capture came (a page that was as it had been, or gone).
_READ_TOO_SOON = """
UPDATE captures SET read_at = NULL WHERE read_at IS NOT NULL
  AND page IN (SELECT page FROM captures AS older JOIN pages ON pages.id = older.page
    WHERE older.read_at IS NULL AND pages.article IS NULL AND pages.role = 'article')
  AND fetched_at >= (SELECT min(fetched_at) FROM captures AS older WHERE older.page = captures.page AND older.read_at IS NULL)
"""
_LATE = """
FROM pages JOIN captures ON captures.page = pages.id WHERE pages.article = articles.id
  AND read_at IS NULL AND fetched_at <= max(articles.last_seen_at, coalesce(articles.gone_at, ''),
    (SELECT coalesce(max(pages.last_fetched_at), '') FROM pages WHERE pages.article = articles.id))
"""
_OUT_OF_ORDER = f"EXISTS (SELECT 1 {_LATE})"
_MADE_FROM = """
SELECT warc_file, warc_offset, warc_length, coalesce(captures.digest, '') FROM captures JOIN pages ON pages.id = captures.page
WHERE pages.article = ? AND read_at IS NOT NULL
"""
_LATE_OF = f"""
SELECT captures.id, articles.url FROM captures JOIN articles ON articles.id = ? WHERE captures.id IN (SELECT captures.id {_LATE})
"""
_CAPTURES_OF = "(SELECT id FROM captures WHERE page IN (SELECT id FROM pages WHERE article = :article))"


def unmake(db: sqlite3.Connection, article: int, later: Later) -> None:
    """Take an article out, with all that was read of its pages; their captures wait then."""
    numbers.keep(db, article=article)
    values = {"article": article}
    sighted = f"SELECT DISTINCT wording FROM ticker_sightings WHERE capture IN {_CAPTURES_OF}"
    wordings = [row[0] for row in db.execute(sighted, values)]
    lead_from(db, article, None, later.doubtful)
    for statement in (
        f"DELETE FROM ticker_sightings WHERE capture IN {_CAPTURES_OF}",
        f"UPDATE captures SET read_at = NULL WHERE id IN {_CAPTURES_OF}",
        "UPDATE pages SET article = NULL WHERE article = :article",
        "UPDATE related_links SET leads_to = NULL WHERE leads_to = :article",
        "DELETE FROM related_links WHERE article = :article",
        "DELETE FROM revisions WHERE article = :article",
        "DELETE FROM articles WHERE id = :article",
    ):
        db.execute(statement, values)
    recount(db, wordings, later.doubtful)
