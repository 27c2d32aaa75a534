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
from newsspider.store.nights import IS_CRAWL
from newsspider.store.report import FIELD_TESTS

PAST_DAYS = 36  # how far back crawls are compared with: five times the same weekday


@dataclass(frozen=True, slots=True)
class Measures:
    """A crawl at a source. ``fields``, ``length`` and ``dates`` are of the articles whose state it read: of an unchanged
    page nothing new is known.
    """

    crawl: int
    started_at: datetime  # UTC
    state: str | None  # green, red; None for tonight, and where it did not come to its end
    new_articles: int
    articles: int  # whose state was read
    fields: Mapping[str, float]  # share of them that have the field
    length: int | None  # characters of their texts, the median
    # Of tonight alone: how many times of publication they have, where all have one with a time of day; and, where there are
    # no new articles, whether addresses of articles were named that were not known.
    dates: int | None = None
    found: bool = False


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


_READ = " FROM articles WHERE +source = :source AND capture IN (SELECT id FROM captures WHERE crawl = :crawl)"
_COUNTED = """
SELECT started_at, coalesce(crawl_sources.new_articles, 0) FROM crawls
LEFT JOIN crawl_sources ON crawl = crawls.id AND source = ? WHERE crawls.id = ?
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
SELECT crawl, started_at, state, crawl_sources.new_articles, articles, fields, length
FROM crawl_sources JOIN crawls ON crawls.id = crawl
WHERE source = ? AND crawl < ? AND started_at >= ? AND {_COMPARABLE} ORDER BY crawl DESC
"""
_LISTINGS = """
SELECT url, role, state, reason, attempts, last_new_at, (
  SELECT coalesce(sum(crawl_sources.new_articles), 0) FROM crawl_sources JOIN crawls ON crawls.id = crawl
  WHERE source = :source AND started_at > last_new_at) AS since
FROM pages WHERE source = :source AND role IN ('feed', 'sitemap', 'section') AND last_new_at IS NOT NULL AND leased = :crawl
ORDER BY id
"""


class SourceHistory:
    """What a source's crawls brought home."""

    def __init__(self, db: sqlite3.Connection, source: int) -> None:
        self._db = db
        self._source = source

    def measure(self, crawl: int) -> Measures:
        """A crawl that is about to end."""
        begun, new = self._db.execute(_COUNTED, (self._source, crawl)).fetchone()
        values = {"source": self._source, "crawl": crawl}
        lengths = [row[0] for row in self._db.execute(f"SELECT length(body){_READ} AND body <> ''", values)]
        articles, timed, dates, *shares = self._db.execute(
            f"SELECT count(*), {_TIMED}, {_AVERAGES}{_READ}", values
        ).fetchone()
        dates = dates if timed == articles else None  # a date without a time of day is many stories' own
        fields = dict(zip(FIELD_TESTS, shares, strict=True)) if articles else {}
        length = round(median(lengths)) if lengths else None
        found = not new and self._db.execute(_FOUND, values | {"begun": begun}).fetchone()[0] == 1
        at = datetime.fromisoformat(begun)
        return Measures(crawl, at, None, new, articles, fields, length, dates, found)

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
                json.loads(row["fields"] or "{}"),
                row["length"],
            )
            for row in self._db.execute(_PAST, (self._source, tonight.crawl, since))
        ]

    def listings(self, crawl: int) -> list[Listing]:
        """Feeds, sitemaps and sections that the crawl asked for and that once named news."""
        rows = self._db.execute(_LISTINGS, {"source": self._source, "crawl": crawl})
        return [
            Listing(
                row[0], Role(row[1]), row[2], row[3] or "", row[4], datetime.fromisoformat(row[5]), row[6]
            )
            for row in rows
        ]

    def example(self, crawl: int, field: str | None = None) -> str | None:
        """The address of an article whose state the crawl read; of one that lacks the field, where one is given."""
        lacks = f" AND NOT coalesce({FIELD_TESTS[field]}, 0)" if field else ""
        values = {"source": self._source, "crawl": crawl}
        row = self._db.execute(f"SELECT url{_READ}{lacks} ORDER BY id DESC LIMIT 1", values).fetchone()
        return row[0] if row else None
