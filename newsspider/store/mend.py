"""What ``check`` finds wrong in a database, mended where that loses nothing: each step is a transaction of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from newsspider.errors import ArchiveError
from newsspider.records import WarcPlace
from newsspider.store import search, summaries
from newsspider.store.check import (
    WITHOUT_ARTICLE,
    can_be_empty,
    dangling,
    is_forgotten,
    missing_indexes,
    wrong_counts,
)
from newsspider.store.opening import connect
from newsspider.store.restoring import Rowless, restore, restore_pages

# Where a row should lead that leads nowhere, as far as other rows tell.
_TOLD = {
    "articles.page": (
        "SELECT coalesce((SELECT id FROM pages WHERE article = articles.id AND pages.url = articles.url),"
        " (SELECT min(id) FROM pages WHERE article = articles.id))"
    ),
    "articles.capture": (
        "SELECT captures.id FROM captures JOIN pages ON pages.id = captures.page"
        " WHERE article = articles.id AND status < 300 AND fetched_at <= changed_at"
        " ORDER BY fetched_at DESC, captures.id DESC"
    ),
    "captures.page": "SELECT id FROM pages WHERE pages.url = captures.url",
    "captures.revisits": (
        "SELECT id FROM captures AS first WHERE first.url = captures.url AND first.revisits IS NULL"
        " AND first.digest = captures.digest AND first.fetched_at < captures.fetched_at ORDER BY fetched_at DESC"
    ),
    "pages.article": "SELECT id FROM articles WHERE articles.url = pages.url",
}


def mend(path: Path, kinds: Collection[str], rowless: Iterable[Sequence[Rowless]] = ()) -> None:
    """Mend these kinds of findings in a database that nobody else writes; its schema is brought up to date anyhow.
    ``rowless``: by file, the captures that have no row; those that other rows name get theirs before these are looked at.

    Raises ``ArchiveError`` where it can't be opened or written.
    """
    try:
        with closing(connect(path, create=False)) as db:
            for captures in rowless:
                db.execute("BEGIN IMMEDIATE")
                with db:
                    restore(db, captures)
            for kind, step in _STEPS.items():
                if kind in kinds:
                    db.execute("BEGIN IMMEDIATE")
                    with db:
                        step(db)
                        if kind == "references":  # some of these led to articles that are gone
                            _unread(db)
            if "unused" in kinds:
                db.execute("VACUUM")
    except sqlite3.Error as error:
        raise _hopeless(path, error) from error


def put_right(path: Path, places: Mapping[int, WarcPlace]) -> None:
    """Give captures, by number, the places and digests that their records have. Raises as ``mend`` does."""
    rows = [(place.offset, place.length, place.digest, number) for number, place in places.items()]
    try:
        with closing(connect(path, create=False)) as db:
            db.execute("BEGIN IMMEDIATE")
            with db:
                db.executemany(
                    "UPDATE captures SET warc_offset = ?, warc_length = ?, digest = ? WHERE id = ?", rows
                )
    except sqlite3.Error as error:
        raise _hopeless(path, error) from error


def _hopeless(path: Path, error: sqlite3.Error) -> ArchiveError:
    cure = "put it back from a backup, or make it anew: newsspider rebuild"
    return ArchiveError(str(path), f"can't be mended ({error})", cure)


def _reindex(db: sqlite3.Connection) -> None:
    db.execute("REINDEX")


def _indexes(db: sqlite3.Connection) -> None:
    """One that can't be made, because rows stand in its way, is found missing again."""
    for statement in missing_indexes(db).values():
        try:
            db.execute(statement)
        except sqlite3.IntegrityError:
            continue


# Articles that are gone and whose captures will be read again: what was told of them comes anew then.
_READ_AGAIN = (
    "(SELECT article FROM pages WHERE article NOT IN (SELECT id FROM articles)"
    " AND id IN (SELECT page FROM captures WHERE status BETWEEN 200 AND 299))"
)


def _references(db: sqlite3.Connection) -> None:
    restore_pages(db)
    for table in ("related_links", "revisions"):
        db.execute(f"DELETE FROM {table} WHERE article IN {_READ_AGAIN}")
    for (table, column, _), rows in dangling(db).items():
        if can_be_empty(table, column):
            told = f"({query} LIMIT 1)" if (query := _TOLD.get(f"{table}.{column}")) else "NULL"
            db.executemany(f"UPDATE {table} SET {column} = {told} WHERE id = ?", [(row,) for row in rows])


def _articles(db: sqlite3.Connection) -> None:
    for column in ("page", "capture"):
        told = _TOLD[f"articles.{column}"]
        db.execute(f"UPDATE articles SET {column} = ({told} LIMIT 1) WHERE {column} IS NULL")


def _unread(db: sqlite3.Connection) -> None:
    db.execute(f"UPDATE captures SET read_at = NULL WHERE page IN (SELECT id {WITHOUT_ARTICLE})")


def _counts(db: sqlite3.Connection) -> None:
    for crawl, wrong in wrong_counts(db).items():
        if not is_forgotten(wrong):
            values = ", ".join(f"{name} = {should}" for name, (_, should) in wrong.items())
            db.execute(f"UPDATE crawls SET {values} WHERE id = ?", (crawl,))


def _search(db: sqlite3.Connection) -> None:
    try:
        db.execute("DROP TABLE IF EXISTS articles_fts")
    except sqlite3.DatabaseError:
        _tear_out(db, "articles_fts")
    db.execute("DROP VIEW IF EXISTS articles_search")
    for statement in search.create_index():
        db.execute(statement)


def _tear_out(db: sqlite3.Connection, table: str) -> None:
    """Remove a virtual table that can't be dropped, since its module can't read its own tables: from the schema by hand
    (https://www.sqlite.org/pragma.html#pragma_writable_schema), then those.
    """
    db.execute("PRAGMA writable_schema = ON")
    try:
        db.execute("DELETE FROM sqlite_master WHERE name = ?", (table,))
    finally:
        db.execute("PRAGMA writable_schema = RESET")  # and the schema is read again
    own = "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB ? || '_*'"
    for (name,) in db.execute(own, (table,)).fetchall():
        db.execute(f"DROP TABLE {name}")


_STEPS = {
    "index_damage": _reindex,
    "indexes": _indexes,
    "leases": _references,
    "references": _references,
    "articles": _articles,
    "unread": _unread,
    "counts": _counts,
    "summaries": summaries.count,
    "search": _search,
}
