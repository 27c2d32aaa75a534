"""Is the search index of an archive in step with its articles?"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from newsspider.store import schema, search
from newsspider.store.finding import EXAMPLES, Finding, number

_TEXTS = ", ".join(f"seg({name}) AS {name}" for name in schema.SEARCH_COLUMNS)
_NAMES = ", ".join(schema.SEARCH_COLUMNS)
_OWN = {f"articles_fts_{part}" for part in ("data", "idx", "docsize", "config")}
_FTS = f"fts5({_NAMES}, content='checked_text', content_rowid='id', tokenize=\"{search.TOKENIZER}\")"


def check_search(db: sqlite3.Connection) -> Iterator[Finding]:
    """Exact and linear: FTS5's own check of the index against the articles, which only a writer could ask for, is
    run on a copy of the index in a temporary table. What is other is looked for only where that finds a fault.
    """
    made = dict(map(tuple, db.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'articles_%'")))
    view, table, _ = search.create_index()
    if (made.get("articles_search"), made.get("articles_fts")) != (view, table):
        what = "is made in another way" if made.get("articles_fts") else "is missing"
        yield _of_index(what, 1)
        return
    if not made.keys() >= _OWN:
        yield _of_index("lacks its own tables", 1)
        return
    lost = _numbers(db, "SELECT id FROM articles WHERE id NOT IN (SELECT id FROM articles_fts_docsize)")
    extra = _numbers(db, "SELECT id FROM articles_fts_docsize WHERE id NOT IN (SELECT id FROM articles)")
    if lost:
        yield _of_index(f"lacks {number(len(lost), 'article')}", len(lost), urls_of(db, lost))
    if extra:
        examples = tuple(f"article {row}" for row in extra[:EXAMPLES])
        yield _of_index(f"still holds {number(len(extra), 'article')} gone by now", len(extra), examples)
    if _agrees(db):
        return
    try:
        other = sorted(_differing(db) - {*lost, *extra})
    except sqlite3.DatabaseError:
        other = []
    if other:
        what = f"doesn't hold the present text of {number(len(other), 'article')}"
        yield _of_index(what, len(other), urls_of(db, other))
    elif not (lost or extra):
        yield _of_index("is damaged", 1)


def _of_index(what: str, count: int, examples: tuple[str, ...] = ()) -> Finding:
    return Finding("search", "archive.db, search index", what, count, examples, "it is built anew")


def _numbers(db: sqlite3.Connection, query: str) -> list[int]:
    return [row[0] for row in db.execute(query)]


def urls_of(db: sqlite3.Connection, articles: Sequence[int]) -> tuple[str, ...]:
    marks = ", ".join("?" for _ in articles[:EXAMPLES])
    query = f"SELECT url FROM articles WHERE id IN ({marks}) ORDER BY id"
    return tuple(row[0] for row in db.execute(query, articles[:EXAMPLES]))


@contextmanager
def _temporary(db: sqlite3.Connection, table: str) -> Iterator[None]:
    """A search index of that name over the present texts, empty."""
    db.execute(f"CREATE TEMP VIEW checked_text AS SELECT id, {_TEXTS} FROM main.articles")
    db.execute(f"CREATE VIRTUAL TABLE temp.{table} USING {_FTS}")
    try:
        yield
    finally:
        db.execute(f"DROP TABLE temp.{table}")
        db.execute("DROP VIEW temp.checked_text")


def _agrees(db: sqlite3.Connection) -> bool:
    with _temporary(db, "checked"):
        for part in ("data", "idx", "docsize", "config"):
            db.execute(f"DELETE FROM temp.checked_{part}")
            db.execute(f"INSERT INTO temp.checked_{part} SELECT * FROM main.articles_fts_{part}")
        try:
            db.execute("INSERT INTO temp.checked (checked, rank) VALUES ('integrity-check', 1)")
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return False
        return True


def _differing(db: sqlite3.Connection) -> set[int]:
    """The articles whose words in the index are not those of their text."""
    with _temporary(db, "fresh"):
        db.execute("INSERT INTO temp.fresh (fresh) VALUES ('rebuild')")
        have, should = _words(db, "main", "articles_fts"), _words(db, "temp", "fresh")
    return {row for row in have.keys() | should.keys() if have.get(row) != should.get(row)}


def _words(db: sqlite3.Connection, base: str, table: str) -> dict[int, int]:
    """For each article a sum over all its words and their places."""
    sums: dict[int, int] = defaultdict(int)
    db.execute(f"CREATE VIRTUAL TABLE temp.checked_words USING fts5vocab({base}, {table}, instance)")
    try:
        for term, row, column, place in db.execute("SELECT term, doc, col, offset FROM temp.checked_words"):
            sums[row] = (sums[row] + hash((term, column, place))) & 0xFFFFFFFFFFFFFFFF
    finally:
        db.execute("DROP TABLE temp.checked_words")
    return sums
