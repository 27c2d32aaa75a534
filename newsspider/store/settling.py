"""What became of a page, and when it is due again."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from newsspider.addresses import canonical, site
from newsspider.clock import stamp
from newsspider.records import Outcome, Result, Role

# An article is looked at again so many hours after it was found or last seen to change, then so many days: changes
# come soon or hardly at all.
RECHECK_HOURS = (1, 3, 9, 24)
RECHECK_DAYS = (2, 4, 7)
_GOOD = (Outcome.STORED, Outcome.UNCHANGED, Outcome.MOVED)
ENOUGH_RECHECKS = 20  # from which on a site's own rhythm counts
OFTEN = 0.1  # share of them that found a change, from which on its articles are looked at twice as often
MOST_RECHECKS = 1000  # that count; then both numbers are halved, so that a site can change its habits
GONE_TRIES = 3  # a page that was gone so often is not asked for again
_SETTLED = (
    "id, url, state, attempts, found_at, last_fetched_at, source, article"  # what settling a page needs of it
)
_COMPARE = "UPDATE pages SET etag = :etag, last_modified = :last_modified, digest = :digest WHERE id = :page"

_COUNT_RECHECK = f"""
UPDATE sources SET rechecks = iif(rechecks < {MOST_RECHECKS}, rechecks, rechecks / 2) + 1,
  edits = iif(rechecks < {MOST_RECHECKS}, edits, edits / 2) + :edits WHERE id = :source
"""
# Of a variant (AMP, print) beside the story's own page it doesn't count when that changed: its looks would depend on which of
# the two came first in a night.
_RHYTHM = """
SELECT rechecks, edits, (SELECT changed_at FROM articles WHERE id = :article AND (url = :url
  OR NOT EXISTS (SELECT 1 FROM pages WHERE pages.url = articles.url))) AS changed_at FROM sources WHERE id = :source
"""


def settle(
    db: sqlite3.Connection,
    result: Result,
    outcome: Outcome,
    article: int | None,
    recheck_days: int,
    crawl: int,
    digest: str | None = None,
) -> None:
    """Write what became of the page that was asked for, and, where it led elsewhere, of the page that
    answered. ``digest``: of the last capture's body.
    """
    assert result.page is not None
    row = db.execute(f"SELECT {_SETTLED} FROM pages WHERE id = ?", (result.page,)).fetchone()
    if row is None:
        return
    answered = canonical(result.url or row["url"])
    validators = _validators(result, outcome, digest)
    if article is not None and answered != row["url"] and site(answered) == site(row["url"]):
        other = _answering(db, answered, result, crawl)
        _update(db, other, result, Outcome.STORED, validators, article, recheck_days)
        validators = None  # they belong to the page that answered
    _update(db, row, result, outcome, validators, article, recheck_days)


def _validators(result: Result, outcome: Outcome, digest: str | None) -> dict[str, str | None] | None:
    """By what the next answer is compared with this one; None where there is nothing new to compare with."""
    last = result.captures[-1] if result.captures else None
    if last is None or last.revisits or outcome not in _GOOD or not 200 <= last.status < 300:
        return None
    return {"etag": last.header("ETag"), "last_modified": last.header("Last-Modified"), "digest": digest}


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
    validators: dict[str, str | None] | None,
    article: int | None,
    recheck_days: int,
) -> None:
    when = _next(db, page, result, outcome, article, recheck_days)
    in_part = result.role is not Role.ARTICLE and bool(
        result.found
    )  # what a list that was cut off named was taken
    db.execute(
        """
        UPDATE pages SET state = CASE :outcome WHEN 'unchanged' THEN 'stored' ELSE :outcome END,
          reason = :reason, attempts = CASE WHEN :good THEN 0 ELSE attempts + 1 END,
          last_fetched_at = :at, next_fetch_at = :next,
          article = coalesce(:article, article)
        WHERE id = :page
        """,
        {
            "outcome": outcome.value,
            "reason": result.reason,
            "good": outcome in _GOOD or in_part,
            "at": stamp(result.at),
            "next": stamp(when) if when else None,
            "article": article,
            "page": page["id"],
        },
    )
    if validators:
        db.execute(_COMPARE, validators | {"page": page["id"]})


def _next(
    db: sqlite3.Connection,
    page: sqlite3.Row,
    result: Result,
    outcome: Outcome,
    article: int | None,
    recheck_days: int,
) -> datetime | None:
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
    since, pace = _rhythm(db, page, article, result, outcome)
    return next_recheck(datetime.fromisoformat(page["found_at"]), result.at, recheck_days, since, pace)


def _rhythm(
    db: sqlite3.Connection, page: sqlite3.Row, article: int | None, result: Result, outcome: Outcome
) -> tuple[datetime | None, float]:
    """When the article was last seen to change, and how fast its site's articles are looked at again."""
    if page["last_fetched_at"] and outcome in (Outcome.STORED, Outcome.UNCHANGED):
        db.execute(_COUNT_RECHECK, {"edits": outcome is Outcome.STORED, "source": page["source"]})
    values = {"article": article or page["article"], "url": page["url"], "source": page["source"]}
    row = db.execute(_RHYTHM, values).fetchone()
    since = datetime.fromisoformat(row["changed_at"]) if row["changed_at"] else None
    often = row["rechecks"] >= ENOUGH_RECHECKS and row["edits"] >= OFTEN * row["rechecks"]
    return since, 0.5 if often else 1.0


def next_recheck(
    found: datetime, now: datetime, days: int, since: datetime | None = None, pace: float = 1.0
) -> datetime | None:
    """When an article found at ``found`` is looked at next: 1, 3, 9, 24 hours, 2, 4, 7, 14 .. days after ``since``, when
    it was last seen to change (at first: found), these times ``pace``; None once ``days`` have passed since it was found.
    """
    since = since if since and found <= since <= now else found
    steps = [timedelta(hours=hours) for hours in RECHECK_HOURS] + [timedelta(days=n) for n in RECHECK_DAYS]
    while steps[-1] * pace < timedelta(days=days):
        steps.append(steps[-1] * 2)
    due = next((since + step * pace for step in steps if since + step * pace > now), None)
    end = found + timedelta(days=days)
    if due is None or now >= end or due - end >= timedelta(days=1):
        return None
    return min(due, end)  # it was read some time after it was found: its last look is not to be lost by that
