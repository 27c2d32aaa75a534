"""What a crawl did and what an archive holds, in numbers."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsspider.records import Outcome, Role
from newsspider.store.readings import EARLIER
from newsspider.store.values import strings


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """How many pages of a source and role ended in a crawl with this outcome and reason."""

    source: str
    role: Role
    outcome: Outcome
    reason: str
    pages: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What the whole archive holds."""

    articles: int
    datelines: int
    ticker_entries: int
    ticker_sightings: int
    related_links: int
    related_archived: int
    languages: int
    edited: int  # articles; and of these those that were edited silently
    silent: int
    deleted: int
    moved: int


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """A crawl: its row and its outcomes."""

    crawl: int
    outcome: str
    seconds: float
    pages: int
    new_articles: int
    outcomes: Mapping[str, int]
    reasons: tuple[tuple[str, str, str, int], ...]  # source, outcome, reason, pages: all that were not read
    red: tuple[str, ...]
    notes: tuple[str, ...]


NOT_READ = (Outcome.GONE, Outcome.REFUSED, Outcome.BLOCKED, Outcome.FAILED)
# The capture that an article was read from last, be it that nothing of it had changed.
_LAST_READ = (
    "(SELECT id FROM captures WHERE page = articles.page AND revisits IS NULL AND status BETWEEN 200 AND 299"
    " AND fetched_at <= articles.last_seen_at ORDER BY fetched_at DESC, id DESC LIMIT 1)"
)
_FOUND = "{} IS NOT NULL AND coalesce(provenance ->> '{}', '') <> '" + EARLIER + "'"
# Of a row of articles: whether the page has the field, as it was read last.
FIELD_TESTS = {
    "headline": _FOUND.format("headline", "headline"),
    "summary": _FOUND.format("summary", "summary"),
    "authors": _FOUND.format("byline", "authors"),
    "published": _FOUND.format("published", "published"),
    "dateline": _FOUND.format("dateline", "dateline"),
    "body": "body <> ''",
    "section": _FOUND.format("section", "section"),
    "tags": "tags <> '[]'",
    "language": "language IS NOT NULL",
    "ticker": f"EXISTS (SELECT 1 FROM ticker_sightings WHERE ticker_sightings.capture = {_LAST_READ})",
    "related": "EXISTS (SELECT 1 FROM related_links WHERE related_links.article = articles.id)",
}


def outcomes(db: sqlite3.Connection, crawl: int) -> list[OutcomeRow]:
    """The rows of ``crawl_outcomes`` of a crawl."""
    rows = db.execute(
        "SELECT sources.source, role, outcome, reason, pages"
        " FROM crawl_outcomes JOIN sources ON sources.id = crawl_outcomes.source"
        " WHERE crawl = ? ORDER BY sources.source, pages DESC",
        (crawl,),
    )
    return [OutcomeRow(row[0], Role(row[1]), Outcome(row[2]), row[3], row[4]) for row in rows]


_SEEN = (  # articles of a source that a crawl read; the plus: found by these, not by the index of all of the source
    " FROM articles WHERE +source = (SELECT id FROM sources WHERE source = ?) AND id IN"
    " (SELECT article FROM captures JOIN pages ON pages.id = captures.page WHERE captures.crawl = ?)"
)


def article_shares(db: sqlite3.Connection, crawl: int, source: str) -> dict[str, float]:
    """For each field the share of the articles seen in the crawl that have it."""
    columns = ", ".join(f"avg({test})" for test in FIELD_TESTS.values())
    row = db.execute(
        f"SELECT {columns}{_SEEN}",
        (source, crawl),
    ).fetchone()
    return {name: row[i] for i, name in enumerate(FIELD_TESTS) if row[i] is not None}


def layout_shares(db: sqlite3.Connection, crawl: int, source: str, fields: Sequence[str]) -> dict[str, float]:
    """For each field the share of the articles whose state was read in the crawl where a layout's selector found it: an
    unchanged page is not split again.
    """
    columns = ", ".join("avg(coalesce(provenance ->> ?, '') = 'layout')" for _ in fields)
    read = " AND capture IN (SELECT id FROM captures WHERE crawl = ?)"
    row = (
        db.execute(f"SELECT {columns}{_SEEN}{read}", (*fields, source, crawl, crawl)).fetchone()
        if fields
        else ()
    )
    return {name: share for name, share in zip(fields, row, strict=True) if share is not None}


# Read, named and watched, named and not watched any more: each is found by an index, so that this costs what a crawl did
# and not what all is known of the source: CROSS JOIN, else newer SQLite begins with all of its articles.
ARTICLES_SEEN = """
WITH seen (page) AS (
  SELECT page FROM captures WHERE crawl = ?2
  UNION SELECT id FROM pages
    WHERE source = ?1 AND role = 'article' AND next_fetch_at IS NOT NULL AND (named = ?2 OR ?3)
  UNION SELECT id FROM pages INDEXED BY pages_unwatched WHERE role = 'article' AND next_fetch_at IS NULL AND named = ?2
)
SELECT count(DISTINCT article) FROM seen CROSS JOIN pages ON pages.id = seen.page
WHERE source = ?1 AND role = 'article' AND state IN ('stored', 'moved')
"""


def articles_seen(db: sqlite3.Connection, crawl: int, source: int) -> int:
    """Articles of a source that are stored and that the crawl read, or found named and not due yet; one that
    an address redirects to counts once.

    Where a listing was unchanged (304) it names what it named before: pages that are still watched count
    then.
    """
    unchanged = db.execute(
        "SELECT 1 FROM crawl_outcomes"
        " WHERE crawl = ? AND source = ? AND role <> 'article' AND outcome = 'unchanged'",
        (crawl, source),
    ).fetchone()
    return int(db.execute(ARTICLES_SEEN, (source, crawl, unchanged is not None)).fetchone()[0])


def crawl_summary(db: sqlite3.Connection, crawl: int) -> CrawlSummary:
    """A crawl in numbers."""
    row = db.execute("SELECT * FROM crawls WHERE id = ?", (crawl,)).fetchone()
    begun, ended = datetime.fromisoformat(row["started_at"]), row["ended_at"]
    unread = [r for r in outcomes(db, crawl) if r.outcome in NOT_READ]
    return CrawlSummary(
        crawl=crawl,
        outcome=row["outcome"],
        seconds=(datetime.fromisoformat(ended) - begun).total_seconds() if ended else 0.0,
        pages=row["pages"],
        new_articles=row["new_articles"],
        outcomes={outcome.value: row[outcome.value] for outcome in Outcome},
        reasons=tuple((r.source, r.outcome.value, r.reason, r.pages) for r in unread),
        red=sentences(row["red"]),
        notes=sentences(row["notes"]),
    )


def totals(db: sqlite3.Connection) -> Totals:
    """What the archive holds; it is read from end to end for this."""
    row = db.execute(
        """
        SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM articles WHERE dateline IS NOT NULL),
          (SELECT count(*) FROM ticker_entries), (SELECT count(*) FROM ticker_sightings),
          (SELECT count(*) FROM related_links),
          (SELECT count(*) FROM related_links WHERE leads_to IS NOT NULL),
          (SELECT count(DISTINCT language) FROM articles),
          count(DISTINCT iif(kind = 'edited', article, NULL)),
          count(DISTINCT iif(kind = 'edited' AND silent, article, NULL)),
          count(DISTINCT iif(kind = 'deleted', article, NULL)),
          count(DISTINCT iif(kind = 'moved', article, NULL))
        FROM revisions
        """
    ).fetchone()
    return Totals(*row)


_NUMBER = re.compile(r"(?<!\w)\d[\d.,]*%?")
_FIRST = re.compile(r"\((\w+)[^)]*\)")  # of the outcomes in brackets, the most frequent one


def reason_kind(sentence: str) -> str:
    """What a reason says without its numbers, and without the day and the page behind it: the same from night to night."""
    return _NUMBER.sub("", _FIRST.sub(r"(\1)", sentence.partition("; ")[0]))


def sentences(text: str | None) -> tuple[str, ...]:
    """The sentences of a column that holds them as a JSON array."""
    return strings(text)
