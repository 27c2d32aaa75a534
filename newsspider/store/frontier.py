"""The frontier: which page is due when. The table ``pages`` is the truth; what is in memory is a cache of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from newsspider.addresses import canonical, site
from newsspider.clock import stamp
from newsspider.records import Capture, DuePage, Found, Outcome, Result, Role

# An article is looked at again after these hours, then every so many days: changes come soon or hardly at all.
RECHECK_HOURS = (1, 3, 9, 24)
RECHECK_DAYS = (2, 4, 7)
GONE_TRIES = 3  # a page that was gone so often is not asked for again
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


def seed(db: sqlite3.Connection, source: int, found: Sequence[Found], now: datetime, crawl: int | None = None) -> None:
    """Put addresses on the frontier: new ones are due now; feeds, sitemaps and sections are due in every crawl that names them."""
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
        "UPDATE pages SET next_fetch_at = ? WHERE source = ? AND role = 'article' AND state IN ('stored', 'gone', 'due')",
        (stamp(now), source),
    )


def lease(db: sqlite3.Connection, crawl: int, source_id: str, source: int, count: int, now: datetime) -> list[DuePage]:
    """Take up to ``count`` due pages for a crawl: feeds, sitemaps and sections first, then articles, the newest first.

    A page is marked with the crawl that took it: so one run never takes it twice, and the next run takes what a killed one left.
    """
    rows = db.execute(
        f"""
        UPDATE pages SET leased = :crawl WHERE id IN (
          SELECT id FROM pages WHERE source = :source AND next_fetch_at <= :now AND coalesce(leased, 0) <> :crawl
          ORDER BY {_RANK}, coalesce(published, modified, '') DESC, id LIMIT :count)
        RETURNING id, url, role, attempts, etag, last_modified, title, published
        """,
        {"crawl": crawl, "source": source, "now": stamp(now), "count": count},
    ).fetchall()
    pages = [
        DuePage(row["id"], row["url"], source_id, Role(row["role"]), row["attempts"], row["etag"], row["last_modified"], row["title"], row["published"])
        for row in rows
    ]
    order = list(Role)
    return sorted(pages, key=lambda page: order.index(page.role))


def settle(db: sqlite3.Connection, result: Result, outcome: Outcome, article: int | None, recheck_days: int, crawl: int) -> None:
    """Write what became of the page that was asked for, and, where it led elsewhere, of the page that answered."""
    assert result.page is not None
    row = db.execute("SELECT url, role, attempts, found_at FROM pages WHERE id = ?", (result.page,)).fetchone()
    if row is None:
        return
    answered = canonical(result.url or row["url"])
    last = result.captures[-1] if result.captures else None
    if article is not None and answered != row["url"] and site(answered) == site(row["url"]):
        _update(db, _answering(db, answered, result, crawl), result, Outcome.STORED, last, article, _next(db, result, Outcome.STORED, answered, recheck_days))
        last = None  # its validators belong to the page that answered
    when = None if outcome is Outcome.MOVED and result.moved_permanently else _next(db, result, outcome, row["url"], recheck_days)
    _update(db, result.page, result, outcome, last, article, when)


def _answering(db: sqlite3.Connection, url: str, result: Result, crawl: int) -> int:
    """The row of the page that a redirect led to: it needs no fetch of its own in this crawl."""
    db.execute(
        "INSERT INTO pages (url, source, role, state, found_at, leased) SELECT ?, source, role, 'due', ?, ? FROM pages WHERE id = ?"
        " ON CONFLICT (url) DO UPDATE SET leased = excluded.leased",
        (url, stamp(result.at), crawl, result.page),
    )
    return int(db.execute("SELECT id FROM pages WHERE url = ?", (url,)).fetchone()[0])


def _update(
    db: sqlite3.Connection, page: int, result: Result, outcome: Outcome, last: Capture | None, article: int | None, when: datetime | None
) -> None:
    good = outcome in (Outcome.STORED, Outcome.UNCHANGED, Outcome.MOVED)
    fresh = last is not None and good and last.status != 304
    db.execute(
        """
        UPDATE pages SET state = CASE :outcome WHEN 'unchanged' THEN 'stored' ELSE :outcome END, reason = :reason,
          attempts = CASE WHEN :good THEN 0 ELSE attempts + 1 END, last_fetched_at = :at, next_fetch_at = :next,
          etag = CASE WHEN :fresh THEN :etag ELSE etag END, last_modified = CASE WHEN :fresh THEN :modified ELSE last_modified END,
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
            "page": page,
        },
    )


def _next(db: sqlite3.Connection, result: Result, outcome: Outcome, url: str, recheck_days: int) -> datetime | None:
    """When a page is due again; None: not again by itself.

    Blocked, failed and refused pages are due at the next run, however soon. Feeds, sitemaps and sections are made due by every crawl
    that uses them.
    """
    if outcome in (Outcome.BLOCKED, Outcome.FAILED):
        return max(result.at, result.retry_after or result.at)
    if outcome is Outcome.REFUSED:
        return result.at if result.reason in ("robots", "private_address") else result.at + timedelta(days=7)
    if result.role is not Role.ARTICLE:
        return None
    row = db.execute("SELECT attempts, found_at FROM pages WHERE url = ?", (url,)).fetchone()
    if outcome is Outcome.GONE:
        return result.at + timedelta(days=1) if row["attempts"] + 1 < GONE_TRIES else None
    return next_recheck(datetime.fromisoformat(row["found_at"]), result.at, recheck_days)


def next_recheck(found: datetime, now: datetime, days: int) -> datetime | None:
    """When an article found at ``found`` is looked at next: after 1, 3, 9, 24 hours, then 2, 4, 7, 14 .. days, for ``days`` days."""
    steps = [timedelta(hours=hours) for hours in RECHECK_HOURS] + [timedelta(days=n) for n in RECHECK_DAYS]
    while steps[-1] < timedelta(days=days):
        steps.append(steps[-1] * 2)
    age = now - found
    due = next((step for step in steps if step > age), None)
    return found + due if due is not None and due <= timedelta(days=days) else None


def page_of(db: sqlite3.Connection, url: str) -> DuePage | None:
    """The page of an address, with its source's ID."""
    row = db.execute(
        "SELECT pages.*, sources.source AS source_id FROM pages JOIN sources ON sources.id = pages.source WHERE url = ?", (canonical(url),)
    ).fetchone()
    if row is None:
        return None
    return DuePage(
        row["id"], row["url"], row["source_id"], Role(row["role"]), row["attempts"], row["etag"], row["last_modified"], row["title"], row["published"]
    )
