"""A database made anew beside the old one: what is the crawl's own is copied, what was read from pages is not."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from newsspider.errors import ArchiveError
from newsspider.store import numbers, schema

# Written by crawls alone; nothing else tells it.
_COPIED = ("sources", "crawls", "crawl_sources", "backfills", "shapes")
_STATE = ("state", "reason", "attempts", "last_fetched_at")  # of pages: as the crawl left them
_COMPARED = (
    "headline", "kicker", "summary", "byline", "published_local", "modified_local", "dateline", "dateline_place",
    "dateline_date", "dateline_agency", "body", "asides", "section", "tags", "language", "image", "flags", "canonical_url",
)  # fmt: skip
_LINKS = {
    "related": "SELECT group_concat(text || ' ' || coalesce(url, ''), x'0a')"
    " FROM (SELECT * FROM {db}.related_links WHERE article = {id} ORDER BY position)",
    "ticker": "SELECT group_concat(text || ' ' || coalesce(url, ''), x'0a') FROM (SELECT text, url"
    " FROM {db}.ticker_sightings JOIN {db}.ticker_wordings AS said ON said.id = wording WHERE capture = {capture}"
    " ORDER BY position)",
}
_SAMPLES = 3
_UNSOUND = " OR ".join(
    schema.can_not_be("captures", name)
    for name in ("fetched_at", "status", "warc_file", "warc_offset", "warc_length")
)
_REVISITS = """
UPDATE main.captures SET revisits = former.revisits FROM old.captures AS former
WHERE former.id = captures.id AND former.revisits IN (SELECT id FROM main.captures)
"""
# Captures that came anew from their files: with the number that the old database has for their place, and those of which
# another has the number.
_OTHERS_NUMBER = """
SELECT here.id, there.id, there.crawl FROM main.captures AS here
  JOIN old.captures AS there USING (warc_file, warc_offset) WHERE there.id <> here.id
UNION ALL SELECT here.id, NULL, NULL FROM main.captures AS here JOIN old.captures AS other ON other.id = here.id
  AND (other.warc_file, other.warc_offset) IS NOT (here.warc_file, here.warc_offset)
  WHERE NOT EXISTS (SELECT 1 FROM old.captures WHERE warc_file = here.warc_file AND warc_offset = here.warc_offset)
"""
_NUMBERED = "UPDATE main.captures SET id = ?, crawl = coalesce((SELECT id FROM main.crawls WHERE id = ?), crawl) WHERE id = ?"
_NEAR = (
    "SELECT crawl FROM main.captures AS near WHERE near.warc_file = here.warc_file"
    " AND near.crawl IN (SELECT id FROM old.crawls)"
)
_CRAWLED = f"""
UPDATE main.captures AS here SET crawl = coalesce(
  ({_NEAR} AND near.warc_offset < here.warc_offset ORDER BY near.warc_offset DESC LIMIT 1),
  ({_NEAR} AND near.warc_offset > here.warc_offset ORDER BY near.warc_offset LIMIT 1), crawl)
WHERE crawl NOT IN (SELECT id FROM old.crawls)
"""


@dataclass(frozen=True, slots=True)
class Change:
    """How many articles have another value of a field than before, and the first of them: address, before, after."""

    field: str
    articles: int
    samples: tuple[tuple[str, str, str], ...]


@contextmanager
def attached(db: sqlite3.Connection, other: Path) -> Iterator[None]:
    """Attach another database as ``old``; not inside a transaction."""
    db.execute("ATTACH DATABASE ? AS old", (str(other),))
    try:
        yield
    finally:
        db.execute("DETACH DATABASE old")


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """One transaction, undone where it fails."""
    db.execute("BEGIN IMMEDIATE")
    with db:
        yield


@contextmanager
def _sound(old: Path) -> Iterator[None]:
    """Raises ``ArchiveError`` where rows of the old database lead nowhere."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        found = f"has rows that lead nowhere ({error})"
        raise ArchiveError(
            str(old), found, "newsspider check --repair first; or move it away and run this again"
        ) from error


def copy_frame(db: sqlite3.Connection, old: Path) -> None:
    """Fill an empty database with what the old one knows of sources, crawls, pages and captures. The captures of
    article pages wait to be read.
    """
    with attached(db, old), _sound(old), transaction(db):
        db.execute("PRAGMA defer_foreign_keys = ON")
        for table in _COPIED:
            copy_rows(db, table, {})
        known = f"NOT {schema.can_not_be('crawl_outcomes', 'outcome')} AND NOT {schema.can_not_be('crawl_outcomes', 'role')}"
        copy_rows(db, "crawl_outcomes", {}, f"WHERE {known}")
        copy_rows(db, "notices", {}, f"WHERE NOT {schema.can_not_be('notices', 'kind')}")
        copy_rows(db, "pages", {"state": "'due'", "last_fetched_at": "NULL", "article": "NULL"})
        waits = "iif(page IN (SELECT id FROM main.pages WHERE role = 'article'), NULL, fetched_at)"
        # Those of pages that no row names any more, and without a right time or place, come anew from their files.
        strays = "page IS NULL AND url NOT LIKE '%/robots.txt' AND warc_file NOT LIKE '%/%' AND content_type LIKE '%html%'"
        known = f"NOT coalesce({strays}, 0) AND NOT ({_UNSOUND})"
        copy_rows(db, "captures", {"read_at": waits, "revisits": "NULL"}, f"WHERE {known}")
        if "revisits" in _columns(db, "captures"):
            db.execute(_REVISITS)
        copy_rows(db, "problems", {}, "WHERE stage NOT IN ('split', 'store')")


def number_captures(db: sqlite3.Connection, old: Path) -> None:
    """Captures that came anew from their files are of the crawl, and have the number, that the old database has for their
    place; one that has no row there is of the crawl of its neighbour in the file.
    """
    with attached(db, old), transaction(db):
        found = [tuple(row) for row in db.execute(_OTHERS_NUMBER)]
        query = "SELECT max(id) FROM (SELECT id FROM main.captures UNION ALL SELECT id FROM old.captures)"
        (highest,) = db.execute(query).fetchone()
        # Out of the way first, so that no number is given twice.
        moved = [(here + highest, None, here) for here, _, _ in found]
        numbered = [(number, crawl, here + highest) for here, number, crawl in found if number is not None]
        db.executemany(_NUMBERED, moved + numbered)
        db.execute(_CRAWLED)
        if "revisits" in _columns(db, "captures"):
            db.execute(_REVISITS)


def files_elsewhere(db: sqlite3.Connection, old: Path) -> list[str]:
    """WARC files outside of the archive's folder that captures of the old database stand in whose rows were not copied."""
    query = (
        f"SELECT DISTINCT warc_file FROM old.captures WHERE warc_file LIKE '%/%' AND ({_UNSOUND}) ORDER BY 1"
    )
    with attached(db, old):
        return [row[0] for row in db.execute(query)]


def number_as(db: sqlite3.Connection, old: Path) -> None:
    """Note the numbers of the old database's articles, for those that are made again."""
    with attached(db, old):
        numbers.keep(db, "old")


def copy_rows(db: sqlite3.Connection, table: str, instead: dict[str, str], condition: str = "") -> None:
    """Copy rows of the old database's table (``former``), some columns otherwise; a column that it lacks is empty, and so
    is one with a value that it can't hold.
    """
    there = _columns(db, table)
    if not there:
        return  # the old one is from before there was such a table
    columns = [name for name in schema.TABLES[table].columns if name in there or name in instead]
    values = ", ".join(instead.get(name) or _sound_value(table, name) for name in columns)
    db.execute(
        f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {values} FROM old.{table} AS former {condition}"
    )


# What stands for a value that can't be, where there must be one.
_ELSE = {"role": "'article'", "state": "'due'", "outcome": "'failed'", "kind": "'edited'", "stage": "'store'"}


def _sound_value(table: str, column: str) -> str:
    sql = schema.TABLES[table].columns[column].sql
    other = _ELSE.get(column, "''" if sql.startswith("TEXT") else "0") if "NOT NULL" in sql else "NULL"
    return f"iif({schema.can_not_be(table, column)}, {other}, {column})"


def _columns(db: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in db.execute(f"PRAGMA old.table_info({table})")}


def finish_frame(db: sqlite3.Connection, old: Path) -> None:
    """Pages are due again, and in the state, as the crawl left them."""
    columns = ", ".join(_STATE)
    former = ", ".join(_sound_value("pages", name) for name in _STATE)
    with attached(db, old), transaction(db):
        db.execute(
            f"UPDATE main.pages SET ({columns}) = (SELECT {former} FROM old.pages AS former WHERE former.url = pages.url)"
            " WHERE url IN (SELECT url FROM old.pages)"
        )


def vanished(db: sqlite3.Connection, old: Path) -> list[str]:
    """Articles of the old database that are not in the new one, and none of whose captures was read there."""
    query = (
        "SELECT url FROM old.articles AS former WHERE url NOT IN (SELECT url FROM main.articles)"
        " AND NOT EXISTS (SELECT 1 FROM old.pages JOIN main.pages AS page ON page.url = pages.url"
        " JOIN main.captures ON captures.page = page.id WHERE pages.article = former.id AND captures.read_at IS NOT NULL)"
    )
    with attached(db, old):
        return [row[0] for row in db.execute(query)]


def fingerprint(db: sqlite3.Connection, version: str) -> str:
    """What an archive held, and the splitter's version: a rebuild that was killed goes on only where both are the
    same still.
    """
    row = db.execute("SELECT count(*), max(id), (SELECT count(*) FROM crawls) FROM captures").fetchone()
    return json.dumps([*row, version, schema.VERSION])


def changes(db: sqlite3.Connection, old: Path) -> list[Change]:
    """What is other in this database's articles than in the old one's, by field; most first."""
    with attached(db, old):
        joined = "main.articles AS new JOIN old.articles AS former ON former.url = new.url"
        pairs = {name: (f"former.{name}", f"new.{name}") for name in _COMPARED}
        for name, query in _LINKS.items():
            before, after = (
                "(" + query.format(db=base, id=f"{alias}.id", capture=f"{alias}.capture") + ")"
                for base, alias in (("old", "former"), ("main", "new"))
            )
            pairs[name] = (before, after)
        found = [_change(db, joined, name, *pair) for name, pair in pairs.items()]
        found += [
            _missing(db, "article no longer read", "old", "main"),
            _missing(db, "article not read before", "main", "old"),
        ]
    return sorted((change for change in found if change.articles), key=lambda change: -change.articles)


def _change(db: sqlite3.Connection, joined: str, name: str, before: str, after: str) -> Change:
    condition = f"FROM {joined} WHERE {before} IS NOT {after}"
    count = db.execute(f"SELECT count(*) {condition}").fetchone()[0]
    query = f"SELECT new.url, coalesce({before}, ''), coalesce({after}, '') {condition} ORDER BY new.url LIMIT {_SAMPLES}"
    return Change(name, count, tuple(map(tuple, db.execute(query))))


def _missing(db: sqlite3.Connection, name: str, base: str, other: str) -> Change:
    condition = f"FROM {base}.articles WHERE url NOT IN (SELECT url FROM {other}.articles)"
    count = db.execute(f"SELECT count(*) {condition}").fetchone()[0]
    rows = db.execute(f"SELECT url, coalesce(headline, '') {condition} ORDER BY url LIMIT {_SAMPLES}")
    return Change(name, count, tuple((row[0], row[1], "") for row in rows))
