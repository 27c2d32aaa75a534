"""The frontier: which page is due when. The table ``pages`` is the truth; what is in memory is a cache of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from newsspider.addresses import canonical, site
from newsspider.clock import stamp
from newsspider.records import Capture, DuePage, Found, Outcome, Result, Role

# An article is looked at again after these hours, then every so many days: changes come soon or hardly at
# all.
RECHECK_HOURS = (1, 3, 9, 24)
RECHECK_DAYS = (2, 4, 7)
GONE_TRIES = 3  # a page that was gone so often is not asked for again
_DUE = "id, url, role, attempts, etag, last_modified, title, published"
_SETTLED = "id, url, state, attempts, found_at"  # what settling a page needs of it
_RANK = "CASE role WHEN 'feed' THEN 0 WHEN 'sitemap' THEN 1 WHEN 'section' THEN 2 ELSE 3 END"

_SEED = """
INSERT INTO pages (url, source, role, state, found_at, next_fetch_at, named, title, published, modified)
VALUES (:url, :source, :role, 'due', :now, :now, :crawl, :title, :published, :modified)
ON CONFLICT (url) DO UPDATE SET named = coalesce(excluded.named, named),
  title = coalesce(excluded.title, title), published = coalesce(excluded.published, published),
  modified = coalesce(excluded.modified, modified),
  role = CASE WHEN :listing THEN excluded.role ELSE role END,
  next_fetch_at = CASE WHEN :listing THEN :now ELSE next_fetch_at END
"""


def seed(
    db: sqlite3.Connection, source: int, found: Sequence[Found], now: datetime, crawl: int | None = None
) -> None:
    """Put addresses on the frontier: new ones are due now; feeds, sitemaps and sections are due in every
    crawl that names them.
    """
    rows = [
        {
            "url": canonical(entry.url),
            "source": source,
            "role": entry.role.value,
            "now": stamp(now),
            "crawl": crawl,
            "title": entry.title,
            "published": entry.published,
            "modified": entry.modified,
            "listing": entry.role is not Role.ARTICLE,
        }
        for entry in found
    ]
    db.executemany(_SEED, rows)


def recheck(db: sqlite3.Connection, source: int, now: datetime) -> None:
    """Make every known article of a source due now, whatever its schedule."""
    db.execute(
        "UPDATE pages SET next_fetch_at = ?"
        " WHERE source = ? AND role = 'article' AND state IN ('stored', 'gone', 'due')",
        (stamp(now), source),
    )


def lease(
    db: sqlite3.Connection, crawl: int, source_id: str, source: int, count: int, now: datetime
) -> list[DuePage]:
    """Take up to ``count`` due pages for a crawl: feeds, sitemaps and sections first, then articles, the
    newest first.

    A page is marked with the crawl that took it: so one run never takes it twice, and the next run takes what
    a killed one left."""
    rows = db.execute(
        f"""
        SELECT {_DUE} FROM pages
        WHERE source = :source AND next_fetch_at <= :now AND coalesce(leased, 0) <> :crawl
        ORDER BY {_RANK}, coalesce(published, modified, '') DESC, id LIMIT :count
        """,
        {"crawl": crawl, "source": source, "now": stamp(now), "count": count},
    ).fetchall()
    db.executemany("UPDATE pages SET leased = ? WHERE id = ?", [(crawl, row["id"]) for row in rows])
    return [_due_page(row, source_id) for row in rows]


def settle(
    db: sqlite3.Connection,
    result: Result,
    outcome: Outcome,
    article: int | None,
    recheck_days: int,
    crawl: int,
) -> None:
    """Write what became of the page that was asked for, and, where it led elsewhere, of the page that
    answered.
    """
    assert result.page is not None
    row = db.execute(f"SELECT {_SETTLED} FROM pages WHERE id = ?", (result.page,)).fetchone()
    if row is None:
        return
    answered = canonical(result.url or row["url"])
    last = result.captures[-1] if result.captures else None
    if article is not None and answered != row["url"] and site(answered) == site(row["url"]):
        other = _answering(db, answered, result, crawl)
        _update(db, other, result, Outcome.STORED, last, article, recheck_days)
        last = None  # its validators belong to the page that answered
    _update(db, row, result, outcome, last, article, recheck_days)


def _answering(db: sqlite3.Connection, url: str, result: Result, crawl: int) -> sqlite3.Row:
    """The page that a redirect led to: it needs no fetch of its own in this crawl."""
    row: sqlite3.Row = db.execute(
        "INSERT INTO pages (url, source, role, state, found_at, leased)"
        " SELECT ?, source, role, 'due', ?, ? FROM pages WHERE id = ?"
        f" ON CONFLICT (url) DO UPDATE SET leased = excluded.leased RETURNING {_SETTLED}",
        (url, stamp(result.at), crawl, result.page),
    ).fetchone()
    return row


def _update(
    db: sqlite3.Connection,
    page: sqlite3.Row,
    result: Result,
    outcome: Outcome,
    last: Capture | None,
    article: int | None,
    recheck_days: int,
) -> None:
    when = _next(page, result, outcome, recheck_days)
    good = outcome in (Outcome.STORED, Outcome.UNCHANGED, Outcome.MOVED)
    fresh = last is not None and good and last.status != 304
    db.execute(
        """
        UPDATE pages SET state = CASE :outcome WHEN 'unchanged' THEN 'stored' ELSE :outcome END,
          reason = :reason, attempts = CASE WHEN :good THEN 0 ELSE attempts + 1 END,
          last_fetched_at = :at, next_fetch_at = :next,
          etag = CASE WHEN :fresh THEN :etag ELSE etag END,
          last_modified = CASE WHEN :fresh THEN :modified ELSE last_modified END,
          article = coalesce(:article, article)
        WHERE id = :page
        """,
        {
            "outcome": outcome.value,
            "reason": result.reason,
            "good": good,
            "at": stamp(result.at),
            "next": stamp(when) if when else None,
            "fresh": fresh,
            "etag": last.header("ETag") if last else None,
            "modified": last.header("Last-Modified") if last else None,
            "article": article,
            "page": page["id"],
        },
    )


def _next(page: sqlite3.Row, result: Result, outcome: Outcome, recheck_days: int) -> datetime | None:
    """When a page is due again; None: not again by itself.

    Blocked and failed pages, and those that robots.txt refused, are due at the next run, however soon; others
    that were refused after a week. Feeds, sitemaps and sections are made due by every crawl that uses them.
    """
    if outcome in (Outcome.BLOCKED, Outcome.FAILED):
        return max(result.at, result.retry_after or result.at)
    if outcome is Outcome.REFUSED:
        return result.at if result.reason in ("robots", "private_address") else result.at + timedelta(days=7)
    if result.role is not Role.ARTICLE:
        return None
    if outcome is Outcome.MOVED and result.moved_permanently:
        return None
    if outcome is Outcome.GONE:
        for_good = page["state"] == Outcome.GONE and page["attempts"] + 1 >= GONE_TRIES
        return None if for_good else result.at + timedelta(days=1)
    return next_recheck(datetime.fromisoformat(page["found_at"]), result.at, recheck_days)


def next_recheck(found: datetime, now: datetime, days: int) -> datetime | None:
    """When an article found at ``found`` is looked at next: after 1, 3, 9, 24 hours, 2, 4, 7, 14 .. ``days``
    days.
    """
    steps = [timedelta(hours=hours) for hours in RECHECK_HOURS] + [timedelta(days=n) for n in RECHECK_DAYS]
    while steps[-1] < timedelta(days=days):
        steps.append(steps[-1] * 2)
    age = now - found
    due = next((step for step in steps if step > age), None)
    return found + due if due is not None and due <= timedelta(days=days) else None


def page_of(db: sqlite3.Connection, url: str) -> DuePage | None:
    """The page of an address, with its source's ID."""
    row = db.execute(f"SELECT {_DUE}, source FROM pages WHERE url = ?", (canonical(url),)).fetchone()
    if row is None:
        return None
    source = db.execute("SELECT source FROM sources WHERE id = ?", (row["source"],)).fetchone()
    return _due_page(row, source["source"])


def _due_page(row: sqlite3.Row, source: str) -> DuePage:
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
    )
