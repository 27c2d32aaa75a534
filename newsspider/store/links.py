"""Related links: stored with the article that shows them, led to their articles once those are archived."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from newsspider.records import Article
from newsspider.store import tickers
from newsspider.store.entries import Doubtful
from newsspider.store.tickers import ARTICLE_AT, addresses

_RELATED = f"""
INSERT INTO related_links (article, position, text, url, leads_to)
VALUES (:article, :position, :text, :url, {ARTICLE_AT})
"""


def store_related(db: sqlite3.Connection, article: int, record: Article, *, new: bool) -> None:
    """Replace the related links of an article as a whole."""
    links = addresses(record.related)
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
    db: sqlite3.Connection,
    article: int,
    urls: Iterable[str],
    source: int,
    headline: str | None,
    doubtful: Doubtful,
) -> None:
    """Addresses, and a headline of a source, lead to an article: ticker entries and related links that were
    waiting for it know it now.
    """
    urls = list(urls)
    tickers.lead_to(db, article, urls, source, headline, doubtful)
    db.executemany(
        "UPDATE related_links SET leads_to = ? WHERE url = ? AND leads_to IS NULL",
        [(article, url) for url in urls],
    )


def find_articles(db: sqlite3.Connection) -> None:
    """Look for the articles of all ticker entries and related links that don't know theirs."""
    tickers.find_articles(db)
    at = ARTICLE_AT.replace(":url", "related_links.url")
    db.execute(f"UPDATE related_links SET leads_to = {at} WHERE leads_to IS NULL")
