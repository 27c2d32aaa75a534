"""The frontier: which page is due when. The table ``pages`` is the truth; what is in memory is a cache of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from newsspider.addresses import canonical
from newsspider.clock import stamp
from newsspider.records import ALL_DAYS, DuePage, Earlier, Found, ReadFrom, Role, WarcPlace, Window
from newsspider.store.dates import latest

SITEMAP_DAYS = 7  # a sitemap is opened after so long whatever its index says of it: some indexes never change

# A sitemap is opened where its index says that it is newer than what was read of it, or says nothing.
_OPENS = """
(:role <> 'sitemap' OR :latest IS NULL OR last_fetched_at IS NULL OR state <> 'stored'
  OR :latest >= last_fetched_at OR last_fetched_at < :long_ago)
"""
_SEED = f"""
INSERT INTO pages (url, source, role, state, found_at, next_fetch_at, named, named_by, hops, title, published, modified)
VALUES (:url, :source, :role, 'due', :now, :now, :crawl, :by, :hops, :title, :published, :modified)
ON CONFLICT (url) DO UPDATE SET
  named = CASE WHEN :notes OR next_fetch_at IS NOT NULL THEN coalesce(excluded.named, named) ELSE named END,
  named_by = CASE WHEN :listing THEN coalesce(excluded.named_by, named_by) ELSE named_by END,
  hops = min(hops, excluded.hops),
  title = coalesce(excluded.title, title), published = coalesce(excluded.published, published),
  modified = coalesce(excluded.modified, modified),
  role = CASE WHEN :listing THEN excluded.role ELSE role END,
  next_fetch_at = CASE
    WHEN :listing THEN iif({_OPENS}, :now, next_fetch_at)
    WHEN next_fetch_at > :now AND excluded.modified IS NOT modified AND :latest > last_fetched_at THEN :now
    ELSE next_fetch_at END
WHERE :listing
  OR (excluded.named IS NOT named AND excluded.named IS NOT NULL AND (:notes OR next_fetch_at IS NOT NULL))
  OR excluded.hops < hops
  OR coalesce(excluded.title, title) IS NOT title OR coalesce(excluded.published, published) IS NOT published
  OR coalesce(excluded.modified, modified) IS NOT modified
"""
_NAMED_AGAIN = """
UPDATE pages SET named = :crawl, next_fetch_at = :now WHERE named_by = :page AND role <> 'article'
  AND (role <> 'sitemap' OR modified IS NULL OR state <> 'stored' OR last_fetched_at < :long_ago)
  AND (state <> 'gone' OR last_fetched_at < :long_ago)
"""


def seed(
    db: sqlite3.Connection,
    source: int,
    found: Sequence[Found],
    now: datetime,
    crawl: int | None = None,
    by: DuePage | None = None,
) -> int:
    """Put addresses on the frontier; returns how many were not known.

    New ones are due now, and so are feeds, sitemaps and sections in every crawl that names them; of the sitemaps that
    an index dates those alone that are newer than what was read of them. An article that is still watched and that is
    said to have changed since it was fetched is due now, too. ``by``: the page that names them, none for those that a
    source file names.
    """
    behind = db.execute("SELECT coalesce(max(id), 0) FROM pages").fetchone()[0]
    shared = {
        "source": source,
        "now": stamp(now),
        "long_ago": stamp(now - timedelta(days=SITEMAP_DAYS)),
        # An article page's ticker and related links lead on, but don't say that a list names the story.
        "crawl": None if by and by.role is Role.ARTICLE else crawl,
        "by": by.id if by else None,
        "hops": by.hops + 1 if by and by.role is Role.ARTICLE else 0,
        # Of a sitemap's thousands only those that are watched are noted, so that the others' rows stay untouched.
        "notes": by is None or by.role is not Role.SITEMAP,
    }
    db.executemany(_SEED, (shared | _row(entry) for entry in found))
    return int(db.execute("SELECT count(*) FROM pages WHERE id > ?", (behind,)).fetchone()[0])


def _row(found: Found) -> dict[str, object]:
    return {
        "url": canonical(found.url),
        "role": found.role.value,
        "title": found.title,
        "published": found.published,
        "modified": found.modified,
        "latest": latest(found.modified),
        "listing": found.role is not Role.ARTICLE,
    }


def named_again(db: sqlite3.Connection, page: int, now: datetime, crawl: int) -> None:
    """A list came back as it was: the feeds, sitemaps and sections that it names are due as if it had named them now."""
    values = {"page": page, "now": stamp(now), "crawl": crawl}
    db.execute(_NAMED_AGAIN, values | {"long_ago": stamp(now - timedelta(days=SITEMAP_DAYS))})


def named_new(db: sqlite3.Connection, page: int, now: datetime) -> None:
    """A list named what was not known."""
    db.execute("UPDATE pages SET last_new_at = ? WHERE id = ?", (stamp(now), page))


def recheck(db: sqlite3.Connection, source: int, now: datetime) -> None:
    """Make every known article of a source due now, whatever its schedule."""
    db.execute(
        "UPDATE pages SET next_fetch_at = ?"
        " WHERE source = ? AND role = 'article' AND state IN ('stored', 'gone', 'due')",
        (stamp(now), source),
    )


def open_sitemaps(db: sqlite3.Connection, source: int, now: datetime) -> None:
    """Make every known sitemap of a source due now, whatever an index says of it."""
    db.execute(
        "UPDATE pages SET next_fetch_at = ? WHERE source = ? AND role = 'sitemap'", (stamp(now), source)
    )


# ---- who is due --------------------------------------------------------------------------------------------
_IN_VAIN = 3  # tries from which on a page comes last
_DUE = "id, url, source, role, attempts, etag, last_modified, digest, title, published, hops, last_fetched_at, article"
_FREE = "source = :source AND next_fetch_at <= :now AND coalesce(leased, 0) <> :crawl"
_RANK = "CASE role WHEN 'feed' THEN 0 WHEN 'sitemap' THEN 1 ELSE 2 END"
_NEWEST = "coalesce(published, modified, '')"
# By what a feed or sitemap said of them; what none has dated may lie in the window.
_IN_WINDOW = f"({_NEWEST} = '' OR substr({_NEWEST}, 1, 10) BETWEEN :since AND :until)"
# Lists first; then articles that were never asked for, the newest first; then the others, the longest due first. Those that
# could not be had time and again come last: blocked ones would have a site left alone before what it gives was asked for.
# Each is served by an index, so that a lease costs what it hands out.
_QUEUES = (
    f"SELECT {_DUE} FROM pages WHERE {_FREE} AND role IN ('feed', 'sitemap', 'section') ORDER BY {_RANK}, id",
    (
        f"SELECT {_DUE} FROM pages INDEXED BY pages_new WHERE {_FREE} AND role = 'article' AND last_fetched_at IS NULL"
        f" AND next_fetch_at IS NOT NULL AND {_IN_WINDOW} ORDER BY {_NEWEST} DESC, id"
    ),
    *(
        f"SELECT {_DUE} FROM pages WHERE {_FREE} AND role = 'article' AND last_fetched_at IS NOT NULL AND {_IN_WINDOW}"
        f" AND attempts {tried} ORDER BY next_fetch_at, id"
        for tried in (f"< {_IN_VAIN}", f">= {_IN_VAIN}")
    ),
)
_READ_FROM = """
SELECT captures.id, warc_file, warc_offset, warc_length, coalesce(captures.digest, ''), split_version
FROM articles JOIN captures ON captures.id = capture WHERE articles.id = ?
"""
_EARLIER = """
SELECT url, fetched_at, warc_file FROM captures WHERE page = ? AND digest = ? AND revisits IS NULL ORDER BY id DESC LIMIT 1
"""


def lease(
    db: sqlite3.Connection,
    crawl: int,
    source_id: str,
    source: int,
    count: int,
    now: datetime,
    window: Window = ALL_DAYS,
    lost: Container[str] = (),
) -> list[DuePage]:
    """Take up to ``count`` due pages for a crawl, those in the window of days alone. ``lost``: WARC files that are not
    there any more: a page whose body stood in one of them is to be fetched whole.

    A page is marked with the crawl that took it: so one run never takes it twice, and the next run takes what
    a killed one left."""
    values = {
        "crawl": crawl,
        "source": source,
        "now": stamp(now),
        "since": window.since.isoformat() if window.since else "",
        "until": window.until.isoformat() if window.until else "9999",
    }
    rows: list[sqlite3.Row] = []
    for queue in _QUEUES:
        if len(rows) < count:
            rows += db.execute(f"{queue} LIMIT :count", values | {"count": count - len(rows)}).fetchall()
    db.executemany("UPDATE pages SET leased = ? WHERE id = ?", [(crawl, row["id"]) for row in rows])
    return [_with_earlier(db, _due_page(db, row, source_id), row["digest"], lost) for row in rows]


def count_due(db: sqlite3.Connection, crawl: int, source: int, now: datetime) -> int:
    """How many pages of a source are due that a crawl has not taken."""
    values = {"crawl": crawl, "source": source, "now": stamp(now)}
    roles = ", ".join(
        f"'{role.value}'" for role in Role
    )  # all of them: so the index finds those that are due
    query = (
        f"SELECT count(*) FROM pages WHERE source = :source AND next_fetch_at <= :now AND role IN ({roles})"
        " AND (coalesce(leased, 0) <> :crawl OR last_fetched_at IS NULL"
        " OR last_fetched_at < (SELECT started_at FROM crawls WHERE id = :crawl))"
    )
    return int(db.execute(query, values).fetchone()[0])


def _with_earlier(db: sqlite3.Connection, page: DuePage, digest: str | None, lost: Container[str]) -> DuePage:
    """A page with the capture that has the body which it had when it was last read."""
    row = db.execute(_EARLIER, (page.id, digest)).fetchone() if digest is not None else None
    if row is None:
        return page
    if row["warc_file"] in lost:
        return replace(page, etag=None, last_modified=None)
    return replace(page, earlier=Earlier(row["url"], datetime.fromisoformat(row["fetched_at"]), digest or ""))


def _read_from(db: sqlite3.Connection, article: int | None) -> ReadFrom | None:
    """Where an article's state was read; None where there is no such article, or its capture is not known."""
    row = db.execute(_READ_FROM, (article,)).fetchone() if article is not None else None
    return ReadFrom(row[0], WarcPlace(*row[1:5]), row[5]) if row else None


def page_of(db: sqlite3.Connection, url: str) -> DuePage | None:
    """The page of an address, with its source's ID."""
    return _page(db, db.execute(f"SELECT {_DUE} FROM pages WHERE url = ?", (canonical(url),)).fetchone())


def page_by(db: sqlite3.Connection, number: int) -> DuePage | None:
    """The page of a row's number, with its source's ID."""
    return _page(db, db.execute(f"SELECT {_DUE} FROM pages WHERE id = ?", (number,)).fetchone())


def _page(db: sqlite3.Connection, row: sqlite3.Row | None) -> DuePage | None:
    if row is None:
        return None
    source = db.execute("SELECT source FROM sources WHERE id = ?", (row["source"],)).fetchone()
    return _due_page(db, row, source["source"])


def _due_page(db: sqlite3.Connection, row: sqlite3.Row, source: str) -> DuePage:
    return DuePage(
        id=row["id"],
        url=row["url"],
        source=source,
        role=Role(row["role"]),
        attempts=row["attempts"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        title=row["title"],
        published=row["published"],
        is_new=row["last_fetched_at"] is None,
        hops=row["hops"],
        read_from=_read_from(db, row["article"]),
    )
