"""Storing an article: one row a story, its changes as revisions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from newsspider.addresses import canonical
from newsspider.clock import stamp
from newsspider.records import Article, Outcome, Result
from newsspider.store import numbers
from newsspider.store.batch import Later
from newsspider.store.dates import moment
from newsspider.store.links import lead_to, store_related
from newsspider.store.readings import WATCHED, Values, compare, digest_of, read_today
from newsspider.store.schema import SEARCH_COLUMNS
from newsspider.store.search import indexed
from newsspider.store.tickers import lead_from, lead_headline

_REVISED = (*WATCHED, "modified")
_LEAD_TO_ARTICLES = (
    ("pages", "article"),
    ("revisions", "article"),
    ("related_links", "leads_to"),
)
# The article of a page; ``own``: whether the page is the one that stands for it, not a variant beside that or another.
_OF_PAGE = """
SELECT articles.id, gone_at, pages.url = articles.url OR NOT (
    EXISTS (SELECT 1 FROM pages AS others WHERE others.url = articles.url AND others.state IN ('stored', 'gone'))
    OR EXISTS (SELECT 1 FROM pages AS others
      WHERE others.article = articles.id AND others.id <> pages.id AND others.state = 'stored')) AS own
FROM pages JOIN articles ON articles.id = article WHERE pages.id = ?
"""
_json = json.JSONEncoder(ensure_ascii=False).encode


def columns_of(article: Article, zone: tzinfo) -> dict[str, Any]:
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
        "day": published.day if published else None,
        "section": article.section,
        "tags": _json(article.tags),
        "language": article.language,
        "image": article.image,
        "body": "\n\n".join(article.body),
        "asides": _json(
            [{"kind": aside.kind, "text": aside.text, "after": aside.after} for aside in article.asides]
        ),
        "flags": _json(article.flags),
        "canonical_url": article.canonical_url,
        "split_version": article.split_version,
        "provenance": _json(provenance),
    }
    row["digest"] = digest_of(row)
    return row


def store_article(
    db: sqlite3.Connection, result: Result, source: int, zone: tzinfo, capture: int | None, later: Later
) -> tuple[int | None, Outcome]:
    """Store the article of a result. Returns its row (None: a page that leads to another story for now) and whether it is
    stored (new, changed) or unchanged.

    Raises ``ThinPage`` where the page has no text and the stored article has.
    """
    assert result.article is not None
    url = result.article_url or canonical(result.url or "")
    row = columns_of(result.article, zone)
    page = db.execute("SELECT url, article FROM pages WHERE id = ?", (result.page,)).fetchone()
    at_url = db.execute("SELECT * FROM articles WHERE url = ?", (url,)).fetchone()
    former = _former(db, result.page, page["article"] if page else None, url)
    known = at_url or former
    if known and known["body"] and not row["body"]:
        raise ThinPage("the page now has no text; the stored article was kept")
    if (
        former
        and at_url
        and page
        and canonical(result.url or url) != page["url"]
        and not result.moved_permanently
    ):
        return None, Outcome.MOVED  # for now it leads to another story, which stays what it is
    if former:
        known = _move(db, former, at_url, url, result, capture, later)
    here = {canonical(result.url or url), page["url"] if page else url}
    read_at = _read_at(db, known) if known else None
    elsewhere = read_at is not None and read_at not in here and _state(db, read_at) != Outcome.MOVED.value
    if (
        known
        and elsewhere
        and url not in here
        and (read_at == url or _state(db, read_at) == Outcome.STORED.value)
    ):
        page_url = page["url"] if page else None
        return _seen_in_variant(db, int(known["id"]), page_url, source, result, later)
    if known:
        first_read = elsewhere
        article = int(known["id"])
        before = None if first_read and not former else _before(known, result, zone)
        outcome = _renew(db, known, row, before, result, capture, later)
        if first_read:
            _set(db, "articles", article, {"capture": capture})
    else:
        article = _add(db, row | {"source": source, "url": url}, result, capture, later)
        outcome = Outcome.STORED
    if former or not page or page["article"] != article:
        urls = {url, canonical(result.url or url), page["url"] if page else url}
        lead_to(db, article, urls, source, result.article.headline, later.doubtful)
    store_related(db, article, result.article, new=known is None)
    return article, outcome


def _read_at(db: sqlite3.Connection, article: sqlite3.Row) -> str:
    """At which address an article's state was read; one of no capture at its own."""
    row = db.execute("SELECT url FROM captures WHERE id = ?", (article["capture"],)).fetchone()
    return canonical(row["url"]) if row else str(article["url"])


def _state(db: sqlite3.Connection, url: str | None) -> str | None:
    """What became of the page at an address last; None where there is none."""
    row = db.execute("SELECT state FROM pages WHERE url = ?", (url,)).fetchone()
    return row["state"] if row else None


def _seen_in_variant(
    db: sqlite3.Connection, article: int, page: str | None, source: int, result: Result, later: Later
) -> tuple[int, Outcome]:
    """A page says that its story stands at another address, and it was read there, or in another such page: this is its AMP
    or print version or a further page of it. What it shows otherwise is no change of the story.
    """
    _set(db, "articles", article, {"last_seen_at": stamp(result.at)})
    assert result.article is not None
    urls = {url for url in (page, canonical(result.url or "")) if url}
    lead_to(db, article, urls, source, result.article.headline, later.doubtful)
    return article, Outcome.UNCHANGED


def _former(db: sqlite3.Connection, page: int | None, article: int | None, url: str) -> sqlite3.Row | None:
    """The article at another address that the page led to alone until now: it moves with the page.

    One that other pages lead to stays with those; pages that redirect don't count.
    """
    if article is None:
        return None
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM articles WHERE id = ?1 AND url <> ?2 AND NOT EXISTS"
        " (SELECT 1 FROM pages WHERE article = ?1 AND id <> ?3 AND state <> 'moved')",
        (article, url, page),
    ).fetchone()
    return row


def _add(
    db: sqlite3.Connection, row: dict[str, Any], result: Result, capture: int | None, later: Later
) -> int:
    now = stamp(result.at)
    times = {"first_seen_at": now, "last_seen_at": now, "changed_at": now}
    number = numbers.number_for(db, row["url"])
    article = _insert(db, "articles", {"id": number, **row, "page": result.page, "capture": capture, **times})
    later.new_articles += 1
    later.unindexed.append((article, None))
    return article


def _before(known: sqlite3.Row, result: Result, zone: tzinfo) -> Values:
    """What the article said before, as pages are read today: a better reading is no change of the page."""
    former = result.former
    if former and former.capture == known["capture"]:
        return read_today(known, columns_of(former.article, zone))
    return known


def _renew(
    db: sqlite3.Connection,
    known: sqlite3.Row,
    row: dict[str, Any],
    before: Values | None,
    result: Result,
    capture: int | None,
    later: Later,
) -> Outcome:
    """Bring a known article to its new state; what is other than ``before`` leaves a revision with the former values.
    Without ``before`` another variant of the story was read until now: then what is other is no change.
    """
    article, now = known["id"], stamp(result.at)
    if known["gone_at"]:
        _revise(db, article, capture, now, "restored")
    changed: list[str] = []
    if before is not None:
        row, changed = compare(before, row)
    news = {name: value for name, value in row.items() if known[name] != value}
    if before is not None and changed:
        silent = before["modified"] == row["modified"]
        former = {name: before[name] for name in _REVISED if before[name] != row[name]}
        _revise(db, article, capture, now, "edited", changed, silent=int(silent), **former)
        news |= {"capture": capture, "changed_at": now}
        later.edits += 1
    if news.get("headline"):
        lead_headline(db, article, known["source"], row["headline"], later.doubtful)
    if any(name in news for name in SEARCH_COLUMNS):
        later.unindexed.append((article, indexed(known)))
    _set(db, "articles", article, news | {"page": result.page, "last_seen_at": now, "gone_at": None})
    return Outcome.STORED if changed else Outcome.UNCHANGED


class ThinPage(Exception):
    """Raised when a page that had text comes back without any."""


def _move(
    db: sqlite3.Connection,
    known: sqlite3.Row,
    other: sqlite3.Row | None,
    url: str,
    result: Result,
    capture: int | None,
    later: Later,
) -> sqlite3.Row:
    """The story stands at another address now: its row goes there, or joins the ``other`` one that is there."""
    article = known["id"]
    if other is None:
        _set(db, "articles", article, {"url": url})
    else:
        for table, column in _LEAD_TO_ARTICLES:
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (other["id"], article))
        lead_from(db, article, other["id"], later.doubtful)
        db.execute("DELETE FROM related_links WHERE article = ?", (article,))
        db.execute("DELETE FROM articles WHERE id = ?", (article,))
        later.unindexed.append((article, indexed(known)))
        first_seen = min(known["first_seen_at"], other["first_seen_at"])
        article = other["id"]
        _set(db, "articles", article, {"first_seen_at": first_seen})
        later.new_articles -= _is_of_this_crawl(db, other, capture)
    _revise(db, article, capture, stamp(result.at), "moved", ["url"])
    return other or known


def _is_of_this_crawl(db: sqlite3.Connection, article: sqlite3.Row, capture: int | None) -> bool:
    """Whether the crawl that made this capture has counted the article as new."""
    begun = "SELECT started_at FROM crawls JOIN captures ON captures.crawl = crawls.id WHERE captures.id = ?"
    row = db.execute(begun, (capture,)).fetchone()
    return row is not None and article["first_seen_at"] >= row["started_at"]


def seen_again(db: sqlite3.Connection, result: Result, capture: int | None) -> None:
    """A page that had an article is as it was: so the article is there still, or again."""
    row = db.execute(_OF_PAGE, (result.page,)).fetchone()
    if row is None or (row["gone_at"] and not row["own"]):
        return
    now = stamp(result.at)
    if row["gone_at"]:
        _revise(db, row["id"], capture, now, "restored")
    db.execute(
        "UPDATE articles SET last_seen_at = max(last_seen_at, ?), gone_at = NULL WHERE id = ?",
        (now, row["id"]),
    )


def mark_gone(db: sqlite3.Connection, result: Result, capture: int | None) -> None:
    """A page that had an article answers 404 or 410: its last text is kept, the change is noted once."""
    row = db.execute(_OF_PAGE, (result.page,)).fetchone()
    if row is None or row["gone_at"] or not row["own"]:
        return
    now = stamp(result.at)
    db.execute("UPDATE articles SET gone_at = ? WHERE id = ?", (now, row["id"]))
    _revise(db, row["id"], capture, now, "deleted")


# ---- small things ------------------------------------------------------------------------------------------
def _revise(
    db: sqlite3.Connection,
    article: int,
    capture: int | None,
    now: str,
    kind: str,
    changed: Sequence[str] = (),
    **values: Any,
) -> None:
    row = {"article": article, "capture": capture, "seen_at": now, "kind": kind, "changed": _json(changed)}
    _insert(db, "revisions", row | values)


def _insert(db: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> int:
    names = ", ".join(row)
    marks = ", ".join(f":{name}" for name in row)
    cursor = db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", dict(row))
    return int(cursor.lastrowid or 0)


def _set(db: sqlite3.Connection, table: str, row_id: int, row: Mapping[str, Any]) -> None:
    assignments = ", ".join(f"{name} = :{name}" for name in row)
    db.execute(f"UPDATE {table} SET {assignments} WHERE id = :row_id", {**row, "row_id": row_id})
