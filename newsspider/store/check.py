"""Is the database of an archive whole? What is wrong in it, in words; ``mend`` knows what to do about it.

Nothing is written and nobody waits: all is read in one read transaction, beside a crawl, too.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from newsspider.errors import ArchiveError
from newsspider.records import Outcome
from newsspider.store import schema, search
from newsspider.store.checksearch import check_search
from newsspider.store.checkvalues import check_values
from newsspider.store.finding import EXAMPLES, Finding, number
from newsspider.store.opening import FIRST, check_ours
from newsspider.store.relinking import WITHOUT_RELATED, WRONG_SIGHTINGS, WRONG_SUMS
from newsspider.store.summaries import check_summaries
from newsspider.store.waiting import STRAYS

_OF_INDEX = re.compile(r"row \d+ missing from index |wrong # of entries in index ")
_UNUSED = re.compile(r"Page \d+(?: is|:) never used")
_HEAD = re.compile(r"\*\*\* in database \w+ \*\*\*")  # stands before what is told of a database's pages
_OF_SEARCH = re.compile("for FTS5 table|^fts5: ")  # newer SQLite looks into it, too; ``_search`` says more
_IMPORTING = (
    "import",
    "rebuild",
    "check",
    "backfill",
)  # commands that store captures and don't count their bytes


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads. Raises ``ArchiveError``: no such file, none of ours, made by a newer version."""
    if not path.exists():
        raise ArchiveError(str(path), "there is no archive", FIRST)
    try:
        db = _connect(path)
    except sqlite3.Error as error:
        raise ArchiveError(str(path), f"can't be opened ({error})", _ANEW) from error
    with closing(db):
        check_ours(path, db)
        yield db


def _connect(path: Path) -> sqlite3.Connection:
    """Where the folder can't be written, a database without a log is read as a file that nobody changes."""
    address = f"file:{quote(str(path))}?mode=ro"
    for form in (address, f"{address}&immutable=1"):
        db = sqlite3.connect(form, uri=True, timeout=30, isolation_level=None)
        db.row_factory = sqlite3.Row
        search.register(db)
        try:
            db.execute("SELECT 1 FROM sqlite_master").fetchone()
            return db
        except sqlite3.OperationalError:
            db.close()
            log = Path(f"{path}-wal")
            if form != address or (log.exists() and log.stat().st_size):
                raise
        except sqlite3.Error:
            db.close()
            raise
    raise AssertionError("unreachable")


def examine(db: sqlite3.Connection, step: Callable[[], None]) -> list[Finding]:
    """What is wrong in a database; ``step`` is called before each of the ``len(CHECKS)`` checks."""
    found: list[Finding] = []
    for check in CHECKS:
        step()
        try:
            found += check(db)
        except sqlite3.OperationalError as error:
            if "no such" not in str(error):
                raise ArchiveError(
                    "archive.db", f"can't be checked ({error})", "SQLITE_TMPDIR can name a roomy folder"
                ) from error
            if not found:  # else what is missing was told
                found.append(damaged(error))
        except sqlite3.DatabaseError as error:
            found.append(damaged(error))
    return list(dict.fromkeys(found))


_ANEW = (
    "put it back from a backup; or run newsspider rebuild; where that can't read it, move it away first"
    " (what crawls did is forgotten then)"
)
HOPELESS = ("damage", "columns")  # nothing is written to a database that has such faults


def damaged(error: Exception) -> Finding:
    """What is said where the database can't be read."""
    return Finding("damage", "archive.db", f"is damaged: {error}", advice=_ANEW)


# ---- the file and its schema -------------------------------------------------------------------------------
def _integrity(db: sqlite3.Connection) -> Iterator[Finding]:
    rows = _told(db)
    told = [line for row in rows for line in row[0].splitlines() if line != "ok" and not _HEAD.match(line)]
    told = [line for line in told if not _OF_SEARCH.search(line)]
    of_index = [line for line in told if _OF_INDEX.match(line)]
    if of_index:
        what = f"indexes don't hold what their tables hold ({number(len(of_index), 'fault')})"
        yield Finding(
            "index_damage",
            "archive.db",
            what,
            len(of_index),
            tuple(of_index[:EXAMPLES]),
            "they are made anew",
        )
    if unused := [line for line in told if _UNUSED.match(line)]:
        what = f"holds {number(len(unused), 'page')} of a table that is gone from its schema"
        yield Finding(
            "unused",
            "archive.db",
            what,
            len(unused),
            tuple(unused[:EXAMPLES]),
            "it is written anew without them",
        )
    if rest := [line for line in told if line not in of_index and line not in unused]:
        what = f"SQLite finds it damaged ({number(len(rest), 'fault')})"
        yield Finding("damage", "archive.db", what, len(rest), tuple(rest[:EXAMPLES]), advice=_ANEW)


def _told(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """What SQLite says of the whole database; newer SQLite ends in an error where the search index lacks tables of its own,
    then what it says of each of the others.
    """
    try:
        return db.execute("PRAGMA integrity_check(1000)").fetchall()
    except sqlite3.OperationalError as error:
        if "vtable constructor failed" not in str(error):
            raise
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    names = [row[0] for row in db.execute(query)]
    return [row for name in names for row in db.execute(f'PRAGMA integrity_check("{name}")')]


def missing_indexes(db: sqlite3.Connection) -> dict[str, str]:
    """The indexes that the newest schema has and this database lacks, with the statements that make them."""
    from sqlite_utils import Database

    from newsspider.store.migrations import migrations

    query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    have = {row[0] for row in db.execute(query)}
    with closing(sqlite3.connect(":memory:")) as newest:
        search.register(newest)
        migrations.apply(Database(newest))
        return {name: sql for name, sql in newest.execute(query) if name not in have}


def _schema(db: sqlite3.Connection) -> Iterator[Finding]:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version < schema.VERSION:
        what = f"has schema {version}; this newsspider writes {schema.VERSION}"
        yield Finding("schema", "archive.db", what, repair="it is brought up to date, as by the next crawl")
    else:
        there = {name: {row[1] for row in db.execute(f"PRAGMA table_info({name})")} for name in schema.TABLES}
        gone = [name if not there[name] else f"{name}.{column}"
                for name, table in schema.TABLES.items() for column in table.columns
                if column not in there[name]]  # fmt: skip
        if gone := list(dict.fromkeys(gone)):
            what = f"lacks {len(gone)} of its tables and columns"
            yield Finding("columns", "archive.db", what, len(gone), tuple(gone[:EXAMPLES]), advice=_ANEW)
    if indexes := list(missing_indexes(db)):
        what = f"lacks {len(indexes)} of its indexes"
        yield Finding("indexes", "archive.db", what, len(indexes), tuple(indexes[:EXAMPLES]), "they are made")


# ---- rows that lead nowhere --------------------------------------------------------------------------------
_LEASES = {("pages", "leased"), ("pages", "named")}


def dangling(db: sqlite3.Connection) -> dict[tuple[str, str, str], list[int]]:
    """Rows that name a row that is not there, or themselves: by table, column and the other table their numbers."""
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    columns: dict[str, dict[int, str]] = {}
    for table, row, parent, key in db.execute("PRAGMA foreign_key_check"):
        if table not in columns:
            columns[table] = {line[0]: line[3] for line in db.execute(f"PRAGMA foreign_key_list({table})")}
        found[table, columns[table][key], parent].append(row)
    if own := db.execute("SELECT id FROM captures WHERE revisits = id").fetchall():
        found["captures", "revisits", "captures"] += [row[0] for row in own]
    return found


def can_be_empty(table: str, column: str) -> bool:
    """Whether a column may hold nothing. False for tables that are not ours."""
    known = schema.TABLES.get(table)
    return known is not None and "NOT NULL" not in known.columns[column].sql


def _references(db: sqlite3.Connection) -> Iterator[Finding]:
    for (table, column, parent), rows in dangling(db).items():
        other = "other row" if table == parent else "row"
        what = f"{number(len(rows), 'row')} whose {column} leads to no {other} of the table {parent}"
        kind = "leases" if (table, column) in _LEASES else "references"
        mended = (
            "the right row is put in where it can be told, else nothing" if kind == "references" else "freed"
        )
        yield Finding(
            kind, f"archive.db, {table}", what, len(rows), tuple(f"row {row}" for row in rows[:EXAMPLES]),
            mended if can_be_empty(table, column) else None,
            "" if can_be_empty(table, column) else "newsspider rebuild makes the database anew",
        )  # fmt: skip


def _articles(db: sqlite3.Connection) -> Iterator[Finding]:
    """Those that name no capture or page at all; those that name one that is not there are told already."""
    for column in ("capture", "page"):
        query = f"FROM articles WHERE {column} IS NULL"
        if count := db.execute(f"SELECT count(*) {query}").fetchone()[0]:
            examples = tuple(row[0] for row in db.execute(f"SELECT url {query} ORDER BY id LIMIT {EXAMPLES}"))
            yield Finding(
                "articles", "archive.db, articles", f"{number(count, 'article')} without a {column}", count, examples,
                "it is put in where it can be told", "newsspider rebuild makes the database anew",
            )  # fmt: skip


# Pages that became an article which is there no more: a crawl leaves none such.
WITHOUT_ARTICLE = (
    "FROM pages WHERE role = 'article' AND state = 'stored' AND article IS NULL"
    " AND id IN (SELECT page FROM captures WHERE status BETWEEN 200 AND 299)"
)


def _stored(db: sqlite3.Connection) -> Iterator[Finding]:
    if count := db.execute(f"SELECT count(*) {WITHOUT_ARTICLE}").fetchone()[0]:
        examples = tuple(
            row[0] for row in db.execute(f"SELECT url {WITHOUT_ARTICLE} ORDER BY id LIMIT {EXAMPLES}")
        )
        what = f"{number(count, 'page')} stored, whose article is gone"
        yield Finding("unread", "archive.db, pages", what, count, examples, "their captures are read again")


# ---- counts ------------------------------------------------------------------------------------------------
def wrong_counts(db: sqlite3.Connection) -> dict[int, dict[str, tuple[int, int]]]:
    """Crawls whose counts are not those of their outcomes and captures: by column what stands there and what should."""
    told: dict[int, dict[str, int]] = defaultdict(dict)
    for crawl, outcome, pages in db.execute(
        "SELECT crawl, outcome, sum(pages) FROM crawl_outcomes GROUP BY 1, 2"
    ):
        told[crawl][outcome] = pages
    sizes = dict(map(tuple, db.execute("SELECT crawl, sum(size) FROM captures GROUP BY crawl")))
    found = {}
    for row in db.execute("SELECT * FROM crawls ORDER BY id"):
        outcomes = told.get(row["id"], {})
        should = {outcome.value: outcomes.get(outcome.value, 0) for outcome in Outcome}
        should["pages"] = sum(outcomes.values())
        if (row["command"] or "").split(" ")[0] not in _IMPORTING:
            should["bytes"] = sizes.get(row["id"], 0)
        if wrong := {name: (row[name], value) for name, value in should.items() if row[name] != value}:
            found[row["id"]] = wrong
    return found


def is_forgotten(wrong: dict[str, tuple[int, int]]) -> bool:
    """Whether the counts are of rows that are gone, so that the only word left of them is the count itself."""
    return "pages" in wrong and wrong["pages"][1] == 0


def _counts(db: sqlite3.Connection) -> Iterator[Finding]:
    wrong = wrong_counts(db)
    for forgotten in (False, True):
        some = {crawl: columns for crawl, columns in wrong.items() if is_forgotten(columns) is forgotten}
        if not some:
            continue
        examples = tuple(
            f"crawl {crawl}: " + ", ".join(f"{name} {have}, not {should}" for name, (have, should) in columns.items())
            for crawl, columns in list(some.items())[:EXAMPLES]
        )  # fmt: skip
        what = f"wrong counts of {number(len(some), 'crawl')}"
        if forgotten:
            what = f"no outcomes of {number(len(some), 'crawl')}, only their sums"
        yield Finding(
            "counts", "archive.db, crawls", what, len(some), examples,
            None if forgotten else "they are counted again", "put crawl_outcomes back from a backup" if forgotten else "",
        )  # fmt: skip


def _links(db: sqlite3.Connection) -> Iterator[Finding]:
    """What counts and provenance tell of tickers and related links; nothing tells of those lost with both."""
    rows = db.execute(WRONG_SIGHTINGS).fetchall()
    told = {row["entry"] for row in rows}
    rows += [row for row in db.execute(WRONG_SUMS) if row["entry"] not in told]
    if rows:
        what = f"wrong count of sightings of {len(rows)}"
        examples = tuple(f"{row['text']}: {row['sightings']}, not {row['seen']}" for row in rows[:EXAMPLES])
        lost = any(row["sightings"] > row["seen"] for row in rows)
        repair = (
            "the captures that may have shown them are read again, then they are counted"
            if lost
            else "they are counted again"
        )
        yield Finding(
            "sightings",
            "archive.db, ticker_entries",
            what,
            len(rows),
            examples,
            repair,
            _IN_VAIN if lost else "",
        )
    rows = db.execute(f"SELECT url {WITHOUT_RELATED} ORDER BY articles.id").fetchall()
    if rows:
        what = f"{number(len(rows), 'article')} whose related links are not all there"
        yield Finding(
            "related", "archive.db, related_links", what, len(rows), tuple(row[0] for row in rows[:EXAMPLES]),
            "their last captures are read again", _IN_VAIN,
        )  # fmt: skip


_IN_VAIN = (
    "put WARC files that are damaged or missing back from a backup and repair again, or newsspider rebuild"
)


def _strays(db: sqlite3.Connection) -> Iterator[Finding]:
    if count := db.execute(f"SELECT count(*) {STRAYS}").fetchone()[0]:
        examples = tuple(row[0] for row in db.execute(f"SELECT url {STRAYS} ORDER BY id LIMIT {EXAMPLES}"))
        what = f"{number(count, 'capture')} that nothing has read: the database was lost, or is older than the WARC files"
        yield Finding("strays", "archive.db, captures", what, count, examples, "they are read")


def _waiting(db: sqlite3.Connection) -> Iterator[Finding]:
    """A stopped import is no fault."""
    if db.execute("PRAGMA user_version").fetchone()[0] < 2:
        return
    if count := db.execute("SELECT count(*) FROM captures WHERE read_at IS NULL").fetchone()[0]:
        what = (
            f"{number(count, 'capture')} still to be read: an import or repair was stopped, or another one of the same"
            " article can't be read"
        )
        yield Finding("waiting", "archive.db, captures", what, count, repair="they are read", wrong=False)


CHECKS = (
    _integrity,
    _schema,
    check_values,
    _references,
    _articles,
    _stored,
    _counts,
    _links,
    _strays,
    _waiting,
    check_summaries,
    check_search,
)
