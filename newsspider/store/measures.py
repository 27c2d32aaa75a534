"""What a crawl brought home of a source's articles, in numbers that the next crawls are compared with."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from newsspider.clock import stamp
from newsspider.records import Role
from newsspider.store.nights import IS_CRAWL, reasons_since
from newsspider.store.readings import EARLIER
from newsspider.store.report import FIELD_TESTS
from newsspider.store.values import numbers_by_name

PAST_DAYS = 36  # how far back crawls are compared with: five times the same weekday


@dataclass(frozen=True, slots=True)
class Measures:
    """A crawl at a source. ``fields`` and ``length`` are of the articles of the last weeks whose state it read, or that
    lacked what they had had: of an unchanged page nothing new is known, and what an archive brings up is built as the site
    was years ago.
    """

    crawl: int
    started_at: datetime  # UTC
    state: str | None  # green, red; None for tonight, and where it did not come to its end
    new_articles: int
    articles: int  # of the last weeks whose state was read
    fields: Mapping[str, float]  # share of them that have the field
    length: int | None  # characters of their texts, the median
    # Of tonight alone: how many articles of any age were read, and how many times of publication they have, where all have one
    # with a time of day; and, where there are no new articles, whether addresses of articles were named that were not known.
    read: int = 0
    dates: int | None = None
    found: bool = False
    answers: int = 0  # pages that the site answered
    blocked: int = 0  # of them those that it blocked


@dataclass(frozen=True, slots=True)
class Listing:
    """A feed, sitemap or section, and when it last named what was not known."""

    url: str
    role: Role
    state: str
    reason: str
    attempts: int
    last_new_at: datetime
    since: int  # new articles of the source since then
    lost_at: datetime | None  # when the first of the crawls began that could not read it, one after the other


# Those whose state a crawl read, and those that it read and that lacked something which is known from before.
_READ = f"""
 FROM articles WHERE +source = :source AND id IN (
  SELECT articles.id FROM captures JOIN articles ON capture = captures.id WHERE crawl = :crawl
  UNION SELECT articles.id FROM captures JOIN articles ON articles.page = captures.page AND last_seen_at = fetched_at
    WHERE crawl = :crawl AND revisits IS NULL AND provenance LIKE '%: "{EARLIER}"%')
"""
_RECENT = f"{_READ} AND coalesce(published >= :recent, 1)"
_ANSWERS = (
    "SELECT sum(pages) FROM crawl_outcomes WHERE crawl = crawls.id AND crawl_outcomes.source = ?1 AND outcome"
)
_ANSWERED = f"""
coalesce(({_ANSWERS} NOT IN ('failed', 'refused')), 0) AS answers, coalesce(({_ANSWERS} = 'blocked'), 0) AS blocked
"""
_COUNTED = f"""
SELECT started_at, coalesce(crawl_sources.new_articles, 0), {_ANSWERED} FROM crawls
LEFT JOIN crawl_sources ON crawl = crawls.id AND source = ?1 WHERE crawls.id = ?2
"""
_KEEP = """
UPDATE crawl_sources SET articles = ?3, fields = ?4, length = ?5,
  newest = (SELECT max(published) FROM articles WHERE source = ?1) WHERE source = ?1 AND crawl = ?2
"""
_TIMED = "count(iif(published_local LIKE '%T%', 1, NULL)), count(DISTINCT published)"
_AVERAGES = ", ".join(f"avg({test})" for test in FIELD_TESTS.values())
_COMPARABLE = f"{IS_CRAWL} AND coalesce(command, '') NOT LIKE '% --since%' AND coalesce(command, '') NOT LIKE '% --until%'"
_FOUND = """
SELECT EXISTS (SELECT 1 FROM pages WHERE source = :source AND role = 'article' AND named = :crawl AND found_at >= :begun)
"""
_PAST = f"""
SELECT crawl, started_at, state, crawl_sources.new_articles, articles, fields, length, {_ANSWERED}
FROM crawl_sources JOIN crawls ON crawls.id = crawl
WHERE source = ?1 AND crawl < ?2 AND started_at >= ?3 AND {_COMPARABLE} ORDER BY crawl DESC
"""
_LISTINGS = """
SELECT url, role, state, reason, attempts, last_new_at, (
  SELECT coalesce(sum(crawl_sources.new_articles), 0) FROM crawl_sources JOIN crawls ON crawls.id = crawl
  WHERE source = :source AND started_at > last_new_at) AS since
FROM pages WHERE source = :source AND role IN ('feed', 'sitemap', 'section') AND last_new_at IS NOT NULL AND leased = :crawl
ORDER BY id
"""
_BACK = f"""
SELECT started_at FROM crawl_sources JOIN crawls ON crawls.id = crawl
WHERE source = ? AND crawl <= ? AND {IS_CRAWL} ORDER BY crawl DESC LIMIT 1 OFFSET ?
"""
_BLOCKED = """
SELECT url FROM pages WHERE source = ? AND leased = ? AND state = 'blocked' ORDER BY role = 'article' DESC, id DESC LIMIT 1
"""


class SourceHistory:
    """What a source's crawls brought home."""

    def __init__(self, db: sqlite3.Connection, source: int) -> None:
        self._db = db
        self._source = source

    def measure(self, crawl: int) -> Measures:
        """A crawl that is about to end."""
        begun, new, answers, blocked = self._db.execute(_COUNTED, (self._source, crawl)).fetchone()
        at = datetime.fromisoformat(begun)
        values = self._values(crawl, at)
        lengths = [row[0] for row in self._db.execute(f"SELECT length(body){_RECENT} AND body <> ''", values)]
        articles, *shares = self._db.execute(f"SELECT count(*), {_AVERAGES}{_RECENT}", values).fetchone()
        read, timed, dates = self._db.execute(f"SELECT count(*), {_TIMED}{_READ}", values).fetchone()
        dates = dates if timed == read else None  # a date without a time of day is many stories' own
        fields = dict(zip(FIELD_TESTS, shares, strict=True)) if articles else {}
        length = round(median(lengths)) if lengths else None
        found = not new and self._db.execute(_FOUND, values).fetchone()[0] == 1
        return Measures(crawl, at, None, new, articles, fields, length, read, dates, found, answers, blocked)

    def _values(self, crawl: int, begun: datetime) -> dict[str, str | int]:
        recent = stamp(begun - timedelta(days=PAST_DAYS))
        return {"source": self._source, "crawl": crawl, "begun": stamp(begun), "recent": recent}

    def is_comparable(self, crawl: int) -> bool:
        """Whether a crawl is one like the others: of the site as it is now, and not of some days alone."""
        row = self._db.execute(f"SELECT {_COMPARABLE} FROM crawls WHERE id = ?", (crawl,)).fetchone()
        return bool(row and row[0])

    def keep(self, one: Measures) -> None:
        """Write them into the crawl's row of the source."""
        fields = json.dumps({name: round(share, 4) for name, share in one.fields.items()})
        self._db.execute(_KEEP, (self._source, one.crawl, one.articles, fields, one.length))

    def past(self, tonight: Measures) -> list[Measures]:
        """The source's crawls of the ``PAST_DAYS`` before tonight's, the last one first."""
        since = stamp(tonight.started_at - timedelta(days=PAST_DAYS))
        return [
            Measures(
                row["crawl"],
                datetime.fromisoformat(row["started_at"]),
                row["state"],
                row["new_articles"],
                row["articles"] or 0,
                numbers_by_name(row["fields"]),
                row["length"],
                answers=row["answers"],
                blocked=row["blocked"],
            )
            for row in self._db.execute(_PAST, (self._source, tonight.crawl, since))
        ]

    def reasons_since(self, crawl: int) -> dict[str, str]:
        """Since when the source is red for which kind of reason, up to the crawl before this one."""
        return reasons_since(self._db, self._source, crawl)

    def listings(self, crawl: int) -> list[Listing]:
        """Feeds, sitemaps and sections that the crawl asked for and that once named news."""
        rows = self._db.execute(_LISTINGS, {"source": self._source, "crawl": crawl})
        return [
            Listing(
                row["url"],
                Role(row["role"]),
                row["state"],
                row["reason"] or "",
                row["attempts"],
                datetime.fromisoformat(row["last_new_at"]),
                row["since"],
                self._begun(crawl, row["attempts"]) if row["attempts"] else None,
            )
            for row in rows
        ]

    def _begun(self, crawl: int, tries: int) -> datetime | None:
        """When the first of so many crawls began that end with this one: each asks for a list once."""
        row = self._db.execute(_BACK, (self._source, crawl, tries - 1)).fetchone()
        return datetime.fromisoformat(row[0]) if row else None

    def blocked_page(self, crawl: int) -> str | None:
        """The address of a page that the site blocked in the crawl, an article's before others."""
        row = self._db.execute(_BLOCKED, (self._source, crawl)).fetchone()
        return row[0] if row else None

    def example(self, one: Measures, field: str | None = None) -> str | None:
        """The address of an article that speaks for the crawl; of one that lacks the field, where one is given."""
        lacks = f" AND NOT coalesce({FIELD_TESTS[field]}, 0)" if field else ""
        query = f"SELECT url{_RECENT}{lacks} ORDER BY id DESC LIMIT 1"
        row = self._db.execute(query, self._values(one.crawl, one.started_at)).fetchone()
        return row[0] if row else None
