"""Storing an article: one row a story, its changes as revisions, its ticker and related links."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import unicodedata
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from newsspider.addresses import canonical
from newsspider.clock import stamp
from newsspider.records import Article, Outcome, Result
from newsspider.store.dates import day_of, moment

# What counts as a change of an article; ticker and related links don't.
WATCHED = ("headline", "kicker", "summary", "byline", "dateline", "published", "section", "body")
_REVISED = (*WATCHED, "modified")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def columns_of(article: Article, result: Result, zone: tzinfo) -> dict[str, Any]:
    """The columns of ``articles`` that come from the record itself."""
    published, modified = moment(article.published, zone), moment(article.modified, zone)
    provenance = dict(article.provenance)
    for name, value in (("published", published), ("modified", modified)):
        if value and value.zone_assumed:
            provenance[f"{name}_zone"] = "source"
    dateline = article.dateline
    row = {
        "headline": article.headline,
        "kicker": article.kicker,
        "summary": article.summary,
        "byline": ", ".join(article.authors) or None,
        "authors": _json(article.authors),
        "dateline": dateline.text if dateline else None,
        "dateline_place": dateline.place if dateline else None,
        "dateline_date": dateline.date if dateline else None,
        "dateline_agency": dateline.agency if dateline else None,
        "published": published.utc if published else None,
        "published_local": article.published,
        "modified": modified.utc if modified else None,
        "modified_local": article.modified,
        "day": published.day if published else day_of(result.at, zone).isoformat(),
        "section": article.section,
        "tags": _json(article.tags),
        "language": article.language,
        "image": article.image,
        "body": "\n\n".join(article.body),
        "asides": _json([{"kind": aside.kind, "text": aside.text, "after": aside.after} for aside in article.asides]),
        "flags": _json(article.flags),
        "canonical_url": article.canonical_url,
        "split_version": article.split_version,
        "provenance": _json(provenance),
    }
    row["digest"] = _digest(row)
    return row


def store_article(db: sqlite3.Connection, result: Result, source: int, zone: tzinfo, capture: int | None) -> tuple[int, Outcome]:
    """Store the article of a result. Returns its row and whether it was stored (new or changed) or is unchanged."""
    assert result.article is not None
    url = result.article_url or canonical(result.url or "")
    row = columns_of(result.article, result, zone)
    now = stamp(result.at)
    known = _known(db, url, result.page)
    if known is None:
        row |= {"source": source, "url": url, "page": result.page, "capture": capture}
        row |= {"first_seen_at": now, "last_seen_at": now, "changed_at": now}
        article = _insert(db, "articles", row)
        _lead_on(db, article, {url, canonical(result.url or url)})
        return article, Outcome.STORED
    article = int(known["id"])
    if known["url"] != url:
        _move(db, known, url, capture, now)
        known = db.execute("SELECT * FROM articles WHERE url = ?", (url,)).fetchone()
        article = int(known["id"])
    return article, _renew(db, known, row, result, capture, now)


def _known(db: sqlite3.Connection, url: str, page: int | None) -> sqlite3.Row | None:
    """The article of that address, or the one that the page led to until now."""
    row: sqlite3.Row | None = db.execute("SELECT * FROM articles WHERE url = ?", (url,)).fetchone()
    if row is None and page is not None:
        row = db.execute("SELECT articles.* FROM pages JOIN articles ON articles.id = pages.article WHERE pages.id = ?", (page,)).fetchone()
    return row


def _renew(db: sqlite3.Connection, known: sqlite3.Row, row: dict[str, Any], result: Result, capture: int | None, now: str) -> Outcome:
    """Bring a known article to its new state; a change leaves a revision with the former values."""
    article = known["id"]
    if known["gone_at"]:
        _insert(db, "revisions", {"article": article, "capture": capture, "seen_at": now, "kind": "restored", "changed": "[]"})
        db.execute("UPDATE articles SET gone_at = NULL WHERE id = ?", (article,))
    if known["body"] and not row["body"]:
        raise ThinPage("the page now has no text; the stored article was kept")
    if known["digest"] == row["digest"]:
        db.execute("UPDATE articles SET last_seen_at = ?, modified = ?, modified_local = ? WHERE id = ?", (now, row["modified"], row["modified_local"], article))
        return Outcome.UNCHANGED
    changed = [name for name in WATCHED if _plain(known[name]) != _plain(row[name])]
    if changed:
        silent = known["modified"] == row["modified"]
        former = {name: known[name] for name in _REVISED if known[name] != row[name]}
        revision = {"article": article, "capture": capture, "seen_at": now, "kind": "edited", "changed": _json(changed), "silent": int(silent)}
        _insert(db, "revisions", revision | former)
    row |= {"page": result.page, "capture": capture, "last_seen_at": now}
    row |= {"changed_at": now} if changed else {}
    _set(db, "articles", article, row)
    return Outcome.STORED if changed else Outcome.UNCHANGED


class ThinPage(Exception):
    """Raised when a page that had text comes back without any."""


def _move(db: sqlite3.Connection, known: sqlite3.Row, url: str, capture: int | None, now: str) -> None:
    """The story stands at another address now: its row goes there, and joins the row that may be there already."""
    other = db.execute("SELECT id FROM articles WHERE url = ?", (url,)).fetchone()
    article = known["id"]
    if other is None:
        db.execute("UPDATE articles SET url = ? WHERE id = ?", (url, article))
        target = article
    else:
        target = other["id"]
        for table, column in (("pages", "article"), ("revisions", "article"), ("ticker_entries", "article"), ("related_links", "leads_to")):
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (target, article))
        db.execute("DELETE FROM related_links WHERE article = ?", (article,))
        db.execute("DELETE FROM articles WHERE id = ?", (article,))
    _insert(db, "revisions", {"article": target, "capture": capture, "seen_at": now, "kind": "moved", "changed": _json(["url"])})
    _lead_on(db, target, {url})


def mark_gone(db: sqlite3.Connection, result: Result, capture: int | None) -> None:
    """A page that had an article answers 404 or 410: its last text is kept, the change is noted once."""
    row = db.execute("SELECT articles.id, gone_at FROM pages JOIN articles ON articles.id = pages.article WHERE pages.id = ?", (result.page,)).fetchone()
    if row is None or row["gone_at"]:
        return
    now = stamp(result.at)
    db.execute("UPDATE articles SET gone_at = ? WHERE id = ?", (now, row["id"]))
    _insert(db, "revisions", {"article": row["id"], "capture": capture, "seen_at": now, "kind": "deleted", "changed": "[]"})


# ---- ticker and related links ---------------------------------------------------------------------------------------
def store_ticker(db: sqlite3.Connection, article: Article, source: int, capture: int, now: str) -> None:
    """Note which entries ran on a capture; an entry is its text and address at one source."""
    for position, link in enumerate(article.ticker, 1):
        url = canonical(link.url) if link.url else None
        entry = db.execute(
            """
            INSERT INTO ticker_entries (source, text, url, first_seen, last_seen, sightings, article)
            VALUES (:source, :text, :url, :now, :now, 1, (SELECT article FROM pages WHERE url = :url))
            ON CONFLICT (source, text, coalesce(url, '')) DO UPDATE SET
              last_seen = max(last_seen, excluded.last_seen), sightings = sightings + 1, article = coalesce(article, excluded.article)
            RETURNING id
            """,
            {"source": source, "text": link.text, "url": url, "now": now},
        ).fetchone()[0]
        db.execute("INSERT OR IGNORE INTO ticker_sightings (capture, entry, position) VALUES (?, ?, ?)", (capture, entry, position))


def store_related(db: sqlite3.Connection, article: int, record: Article) -> None:
    """Replace the related links of an article as a whole."""
    rows = [(link.text, canonical(link.url) if link.url else None) for link in record.related]
    have = db.execute("SELECT text, url FROM related_links WHERE article = ? ORDER BY position", (article,)).fetchall()
    if [tuple(row) for row in have] == rows:
        return
    db.execute("DELETE FROM related_links WHERE article = ?", (article,))
    db.executemany(
        "INSERT INTO related_links (article, position, text, url, leads_to) VALUES (?, ?, ?, ?, coalesce((SELECT id FROM articles WHERE url = ?4),"
        " (SELECT article FROM pages WHERE url = ?4)))",
        [(article, position, text, url) for position, (text, url) in enumerate(rows, 1)],
    )


def _lead_on(db: sqlite3.Connection, article: int, urls: set[str]) -> None:
    """An article is archived: ticker entries and related links that were waiting for it lead to it from now on."""
    for url in urls:
        db.execute("UPDATE ticker_entries SET article = ? WHERE url = ? AND article IS NULL", (article, url))
        db.execute("UPDATE related_links SET leads_to = ? WHERE url = ? AND leads_to IS NULL", (article, url))


# ---- small things ---------------------------------------------------------------------------------------------------
def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _plain(value: object) -> str:
    """A value as changes are judged by: blanks, invisible characters and Unicode forms make none."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", str(value or ""))).split())


def _digest(row: Mapping[str, Any]) -> str:
    text = "\x1f".join(_plain(row[name]) for name in WATCHED)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _insert(db: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> int:
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    cursor = db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", dict(row))
    return int(cursor.lastrowid or 0)


def _set(db: sqlite3.Connection, table: str, row_id: int, row: Mapping[str, Any]) -> None:
    assignments = ", ".join(f"{name} = :{name}" for name in row)
    db.execute(f"UPDATE {table} SET {assignments} WHERE id = :row_id", {**row, "row_id": row_id})
