"""Ticker entries and related links: stored with the page that shows them, led to their articles once those
are archived.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from newsspider.addresses import canonical
from newsspider.records import Article, Link

Address = tuple[str, str | None]  # a link's text and canonical address

# The article of an address: the one that it stands for, or the one that the page of that address leads to.
_ARTICLE_AT = (
    "coalesce((SELECT id FROM articles WHERE url = :url), (SELECT article FROM pages WHERE url = :url))"
)

# One without an address is told by its text, which is or was a headline: the article of the source that was first.
_HEADED = """(SELECT id FROM (
  SELECT id, first_seen_at, url FROM articles WHERE source = :source AND headline = :text
  UNION SELECT articles.id, first_seen_at, articles.url FROM revisions JOIN articles ON articles.id = article
    WHERE revisions.headline = :text AND source = :source)
  ORDER BY first_seen_at, url LIMIT 1)"""
_ARTICLE_OF = f"coalesce({_ARTICLE_AT}, CASE WHEN :url IS NULL THEN {_HEADED} END)"

_ENTRY = f"""
INSERT INTO ticker_entries (source, text, url, first_seen, last_seen, sightings, article)
VALUES (:source, :text, :url, :first, :last, :captures, {_ARTICLE_OF})
ON CONFLICT (source, text, coalesce(url, '')) DO UPDATE SET
  first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen),
  sightings = sightings + excluded.sightings, article = coalesce(article, excluded.article)
RETURNING id
"""

_RELATED = f"""
INSERT INTO related_links (article, position, text, url, leads_to)
VALUES (:article, :position, :text, :url, {_ARTICLE_AT})
"""


@dataclass(frozen=True, slots=True)
class Ticker:
    """The ticker of one capture: its entries in order."""

    source: int
    capture: int
    seen_at: str
    entries: tuple[Address, ...]


def read_ticker(
    db: sqlite3.Connection, article: Article, source: int, capture: int, now: str
) -> Ticker | None:
    """The ticker of a capture that is not stored yet; None where there is none. UnicodeError for no text."""
    if not article.ticker or _has_ticker(db, capture):
        return None
    entries = _addresses(article.ticker)
    for text, url in entries:  # refused with their page: later they would take the whole batch along
        f"{text}{url}".encode()
    return Ticker(source, capture, now, entries)


def _has_ticker(db: sqlite3.Connection, capture: int) -> bool:
    row = db.execute("SELECT 1 FROM ticker_sightings WHERE capture = ? LIMIT 1", (capture,)).fetchone()
    return row is not None


def store_tickers(db: sqlite3.Connection, tickers: Iterable[Ticker]) -> None:
    """Note which entries ran on which captures; an entry is its text and address at one source.

    The pages of a batch show much the same ticker: each entry is looked up once for all of them.
    """
    by_capture = {ticker.capture: ticker for ticker in tickers}
    seen: dict[tuple[int, str, str | None], list[str]] = {}
    for ticker in by_capture.values():
        for text, url in dict.fromkeys(ticker.entries):
            seen.setdefault((ticker.source, text, url), []).append(ticker.seen_at)
    ids = {}
    for (source, text, url), times in seen.items():
        row = {"source": source, "text": text, "url": url}
        row |= {"first": min(times), "last": max(times), "captures": len(times)}
        ids[source, text, url] = db.execute(_ENTRY, row).fetchone()[0]
    db.executemany(
        "INSERT INTO ticker_sightings (capture, entry, position) VALUES (?, ?, ?)",
        [
            (ticker.capture, ids[ticker.source, text, url], position)
            for ticker in by_capture.values()
            for position, (text, url) in enumerate(ticker.entries, 1)
        ],
    )


def store_related(db: sqlite3.Connection, article: int, record: Article, *, new: bool) -> None:
    """Replace the related links of an article as a whole."""
    links = _addresses(record.related)
    if not new:
        have = db.execute(
            "SELECT text, url FROM related_links WHERE article = ? ORDER BY position", (article,)
        )
        if tuple(map(tuple, have)) == links:
            return
        db.execute("DELETE FROM related_links WHERE article = ?", (article,))
    db.executemany(
        _RELATED,
        [
            {"article": article, "position": position, "text": text, "url": url}
            for position, (text, url) in enumerate(links, 1)
        ],
    )


def lead_to(
    db: sqlite3.Connection, article: int, urls: Iterable[str], source: int, headline: str | None
) -> None:
    """Addresses, and a headline of a source, lead to an article: ticker entries and related links that were
    waiting for it know it now.
    """
    if headline:
        lead_headline(db, article, source, headline)
    rows = [(article, url) for url in urls]
    db.executemany("UPDATE ticker_entries SET article = ? WHERE url = ? AND article IS NULL", rows)
    db.executemany("UPDATE related_links SET leads_to = ? WHERE url = ? AND leads_to IS NULL", rows)


def lead_headline(db: sqlite3.Connection, article: int, source: int, headline: str) -> None:
    """A headline of a source leads to an article: ticker entries without an address that were waiting for it know it now."""
    db.execute(
        "UPDATE ticker_entries SET article = ? WHERE source = ? AND text = ? AND url IS NULL AND article IS NULL",
        (article, source, headline),
    )


def find_headlines(db: sqlite3.Connection) -> None:
    """Look again for the articles of ticker entries without an address, as they would have been found had all captures
    come in the order of their times.
    """
    of = _HEADED.replace(":", "ticker_entries.")
    db.execute(f"UPDATE ticker_entries SET article = coalesce({of}, article) WHERE url IS NULL")


def find_articles(db: sqlite3.Connection) -> None:
    """Look for the articles of all ticker entries and related links that don't know theirs."""
    at = _ARTICLE_AT.replace(":url", "{table}.url")
    of = _ARTICLE_OF.replace(":", "ticker_entries.")
    db.execute(f"UPDATE ticker_entries SET article = {of} WHERE article IS NULL")
    db.execute(
        f"UPDATE related_links SET leads_to = {at.format(table='related_links')} WHERE leads_to IS NULL"
    )


def _addresses(links: Iterable[Link]) -> tuple[Address, ...]:
    return tuple((link.text, canonical(link.url) if link.url else None) for link in links)
