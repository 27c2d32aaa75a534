"""Articles that a database made anew keeps as the old one has them, since a capture of theirs can't be read any more.

Such an article is kept whole: what was read of its other captures goes, for its changes are told from all of them.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from newsspider.addresses import canonical
from newsspider.store.batch import Later, finish
from newsspider.store.links import find_articles
from newsspider.store.rebuild import attached, copy_rows, transaction
from newsspider.store.search import indexed
from newsspider.store.tickers import Ticker, has_ticker
from newsspider.store.waiting import unmake


@dataclass(frozen=True, slots=True)
class Unread:
    """A capture that could not be read: the address of its page, its own, and why."""

    page: str
    url: str
    reason: str


def unread(db: sqlite3.Connection) -> list[Unread]:
    """What could not be read while a database was made, also before that was stopped and went on."""
    query = (
        "SELECT pages.url, coalesce(problems.url, pages.url), problems.reason FROM main.problems"
        " JOIN main.pages ON pages.id = problems.page WHERE problems.reason IN ('unreadable', 'unsplit', 'not_stored')"
    )
    return [Unread(page, canonical(url), reason) for page, url, reason in db.execute(query)]


# Two articles of the one database can be one of the other: all that hang together are kept together.
_OLD = "SELECT article FROM old.pages WHERE url IN (SELECT url FROM temp.kept) AND article IS NOT NULL"
_MADE = (
    "SELECT article FROM main.pages WHERE url IN (SELECT url FROM temp.kept) AND article IS NOT NULL"
    f" UNION SELECT id FROM main.articles WHERE url IN (SELECT url FROM old.articles WHERE id IN ({_OLD}))"
)
_MORE = (
    f"INSERT OR IGNORE INTO temp.kept SELECT url FROM old.pages WHERE article IN ({_OLD})"
    f" UNION SELECT url FROM main.pages WHERE article IN ({_MADE})"
)
_PAGES = "SELECT id FROM main.pages WHERE url IN (SELECT url FROM temp.kept)"

# What a row of the old database leads to, in this one.
_ARTICLE = (
    "(SELECT id FROM main.articles WHERE url = (SELECT url FROM old.articles WHERE id = former.article))"
)
_PAGE = "(SELECT id FROM main.pages WHERE url = (SELECT url FROM old.pages WHERE id = former.page))"
_CAPTURE = (
    "(SELECT here.id FROM old.captures AS there JOIN main.captures AS here USING (warc_file, warc_offset)"
    " WHERE there.id = former.capture)"
)
_TICKERS = (
    f"SELECT {_CAPTURE} AS here, there.source, text, there.url FROM old.ticker_sightings AS former"
    " JOIN old.ticker_wordings AS there ON there.id = former.wording"
    " WHERE former.capture IN (SELECT captures.id FROM old.captures JOIN old.pages ON pages.id = page"
    f" WHERE pages.url IN (SELECT url FROM temp.kept)) AND {_CAPTURE} IS NOT NULL ORDER BY here, position"
)
_LEAD = (
    f"UPDATE main.pages SET article = (SELECT {_ARTICLE} FROM old.pages AS former WHERE former.url = pages.url)"
    f" WHERE id IN ({_PAGES})"
)
_READ = f"UPDATE main.captures SET read_at = coalesce(read_at, fetched_at) WHERE page IN ({_PAGES})"


def keep(db: sqlite3.Connection, old: Path, crawl: int) -> list[Unread]:
    """Put back what an older database has of each article of which a capture could not be read, in one transaction.
    Returns these captures.
    """
    later = Later()
    with attached(db, old), transaction(db):
        known = [one for one in unread(db) if _has_article(db, one)]
        if known:
            db.execute("CREATE TEMP TABLE kept (url TEXT PRIMARY KEY) WITHOUT ROWID")
            for one in known:
                db.execute("INSERT OR IGNORE INTO temp.kept VALUES (?), (?)", (one.page, one.url))
            _put_back(db, later)
            shown = [Later(ticker=ticker) for ticker in _tickers(db)]
            db.execute("DROP TABLE temp.kept")
            finish(db, crawl, [later, *shown])
    return known


def _has_article(db: sqlite3.Connection, one: Unread) -> bool:
    query = "SELECT 1 FROM old.pages JOIN old.articles ON articles.id = article WHERE pages.url IN (?, ?)"
    return db.execute(query, (one.page, one.url)).fetchone() is not None


def _put_back(db: sqlite3.Connection, later: Later) -> None:
    while db.execute(_MORE).rowcount > 0:
        pass
    for row in db.execute(f"SELECT * FROM main.articles WHERE id IN ({_MADE})").fetchall():
        unmake(db, row["id"], later)
        later.unindexed.append((row["id"], indexed(row)))
    places = {"page": _PAGE, "capture": _CAPTURE}
    wanted = f"WHERE id IN ({_OLD}) AND url NOT IN (SELECT url FROM main.articles)"
    copy_rows(db, "articles", places, f"{wanted} AND id NOT IN (SELECT id FROM main.articles)")
    copy_rows(db, "articles", places | {"id": "NULL"}, wanted)  # another has its number by now
    for table, instead in (
        ("revisions", {"capture": _CAPTURE}),
        ("related_links", {"leads_to": "NULL"}),
    ):
        copy_rows(
            db, table, {"id": "NULL", "article": _ARTICLE} | instead, f"WHERE article IN ({_OLD}) ORDER BY id"
        )
    for statement in (_LEAD, _READ):
        db.execute(statement)
    find_articles(db)
    query = f"SELECT id FROM main.articles WHERE url IN (SELECT url FROM old.articles WHERE id IN ({_OLD}))"
    later.unindexed += [(row[0], None) for row in db.execute(query)]


def _tickers(db: sqlite3.Connection) -> list[Ticker]:
    """The tickers that the old database has of the captures of what is kept."""
    found = []
    for capture, rows in groupby(db.execute(_TICKERS).fetchall(), lambda row: row["here"]):
        if has_ticker(db, capture):
            continue
        some = list(rows)
        (at,) = db.execute("SELECT fetched_at FROM main.captures WHERE id = ?", (capture,)).fetchone()
        found.append(Ticker(some[0]["source"], capture, at, tuple((row["text"], row["url"]) for row in some)))
    return found
