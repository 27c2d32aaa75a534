"""Rows that are gone while others still name them: captures, whose records in the WARC file get the same numbers, and pages,
whose captures tell their addresses.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Protocol

from newsspider.addresses import canonical
from newsspider.clock import stamp
from newsspider.records import WarcPlace


class Rowless(Protocol):
    """A capture in a WARC file that has no row."""

    @property
    def url(self) -> str: ...
    @property
    def fetched_at(self) -> datetime: ...
    @property
    def status(self) -> int: ...
    @property
    def content_type(self) -> str | None: ...
    @property
    def size(self) -> int: ...
    @property
    def place(self) -> WarcPlace: ...


_NAMED = """
SELECT capture, max(at) FROM (SELECT capture, changed_at AS at FROM articles UNION SELECT capture, seen_at FROM revisions
  UNION SELECT capture, NULL FROM ticker_sightings)
WHERE capture NOT IN (SELECT id FROM captures) GROUP BY capture
"""
_OF_PAGE = """
SELECT capture FROM (SELECT articles.capture FROM pages JOIN articles ON articles.id = article
    WHERE pages.url = :page AND changed_at = :at
  UNION SELECT revisions.capture FROM pages JOIN revisions ON revisions.article = pages.article
    WHERE pages.url = :page AND seen_at = :at)
WHERE capture NOT IN (SELECT id FROM captures)
"""
_NEIGHBOURS = """
SELECT (SELECT id FROM captures WHERE warc_file = ?1 AND warc_offset < ?2 ORDER BY warc_offset DESC LIMIT 1),
  (SELECT id FROM captures WHERE warc_file = ?1 AND warc_offset > ?2 ORDER BY warc_offset LIMIT 1)
"""
_INSERT = """
INSERT INTO captures (id, page, crawl, url, fetched_at, status, content_type, size, digest, warc_file, warc_offset,
  warc_length, read_at)
VALUES (:id, (SELECT id FROM pages WHERE url = :page),
  (SELECT crawl FROM captures WHERE id IN (:before, :after) ORDER BY id LIMIT 1),
  :url, :at, :status, :type, :size, :digest, :file, :offset, :length, :at)
"""


def restore(db: sqlite3.Connection, rowless: Sequence[Rowless]) -> None:
    """Give captures of one file their former numbers, where other rows tell these; ``rowless``: in the file's order.

    An article or a revision tells its capture's page and time. And numbers rise with the places in a file: where as many
    are free between two neighbours as records have no row, it is clear which are whose.
    """
    named = dict(map(tuple, db.execute(_NAMED)))
    others = []
    for one in rowless if named else ():
        found = db.execute(_OF_PAGE, {"page": canonical(one.url), "at": stamp(one.fetched_at)}).fetchall()
        if len(found) == 1:
            _insert(db, found[0][0], one)
        else:
            others.append(one)
    for between, some in groupby(others, lambda one: _neighbours(db, one)):
        gap = list(some)
        numbers = _free(db, *between, max(named))
        if len(numbers) != len(gap):
            continue
        pairs = list(zip(numbers, gap, strict=True))
        if all(named.get(number) in (None, stamp(one.fetched_at)) for number, one in pairs):
            for number, one in pairs:
                if number in named:
                    _insert(db, number, one)


_PAGELESS = """
SELECT page, url, fetched_at, status, content_type FROM captures WHERE page NOT IN (SELECT id FROM pages)
ORDER BY page, fetched_at, id
"""
_SOURCE = """
SELECT coalesce((SELECT source FROM articles WHERE page = :id),
  (SELECT source FROM pages WHERE substr(url, 1, length(:root)) = :root LIMIT 1))
"""
_PAGE = """
INSERT INTO pages (id, url, source, role, state, reason, found_at, next_fetch_at, article)
SELECT :id, :url, :source, :role, iif(:role = 'article', :state, 'due'), 'restored', :first, :last,
  (SELECT id FROM articles WHERE page = :id) WHERE NOT EXISTS (SELECT 1 FROM pages WHERE url = :url)
"""


def restore_pages(db: sqlite3.Connection) -> None:
    """Give pages that captures name their rows again, under the same numbers: the first address that was asked for is a
    page's own. They are due at the next crawl, which also says of a list what it is; articles are read again before.
    """
    homes = {canonical(row[0]) for row in db.execute("SELECT home FROM sources")}
    for number, rows in groupby(db.execute(_PAGELESS).fetchall(), lambda row: row["page"]):
        some = list(rows)
        url = canonical(some[0]["url"])
        root = url[: url.index("/", len("https://")) + 1]
        source = db.execute(_SOURCE, {"id": number, "root": root}).fetchone()[0]
        if source is None:
            continue  # no page of that host is left
        html = any("html" in (row["content_type"] or "") for row in some)
        role = "section" if url in homes else "article" if html else "sitemap"
        values = {
            "first": some[0]["fetched_at"],
            "last": some[-1]["fetched_at"],
            "state": "gone" if some[-1]["status"] in (404, 410) else "stored",
        }
        db.execute(_PAGE, {"id": number, "url": url, "source": source, "role": role, **values})


def _neighbours(db: sqlite3.Connection, one: Rowless) -> tuple[int | None, int | None]:
    before, after = db.execute(_NEIGHBOURS, (one.place.file, one.place.offset)).fetchone()
    return before, after


def _free(db: sqlite3.Connection, before: int | None, after: int | None, last: int) -> list[int]:
    """The numbers between two captures that none has; beside the first or last one up to that of another file."""
    if before is None:
        query = "SELECT coalesce(max(id), 0) FROM captures WHERE id < ?"
        before = db.execute(query, (after or 0,)).fetchone()[0] if after else 0
    if after is None:
        query = "SELECT coalesce(min(id), ?) FROM captures WHERE id > ?"
        after = db.execute(query, (last + 1, before)).fetchone()[0]
    have = {row[0] for row in db.execute("SELECT id FROM captures WHERE id BETWEEN ? AND ?", (before, after))}
    return [number for number in range(before + 1, after) if number not in have]


def _insert(db: sqlite3.Connection, number: int, one: Rowless) -> None:
    before, after = _neighbours(db, one)
    row = {
        "id": number,
        "page": canonical(one.url),
        "before": before,
        "after": after,
        "url": one.url,
        "at": stamp(one.fetched_at),
        "status": one.status,
        "type": one.content_type,
        "size": one.size,
        "digest": one.place.digest,
        "file": one.place.file,
        "offset": one.place.offset,
        "length": one.place.length,
    }
    db.execute(_INSERT, row)
