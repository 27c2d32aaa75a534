"""Opening an archive's database: is it ours, is its schema the newest, how is it written."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from newsspider.errors import ArchiveError
from newsspider.store import numbers, schema, search

FIRST = "crawl something first (newsspider crawl), or make it from WARC files (newsspider rebuild)"
_BUSY_MS = 30_000
_WAL_PAGES = 4000  # checkpoints come after so many; at SQLite's 1000 nearly every batch made one
_WAL_BYTES = 64 * 1024 * 1024  # what the write-ahead log is cut back to after a checkpoint


def connect(path: Path, *, create: bool = True) -> sqlite3.Connection:
    """A connection that may write, its schema up to date; the file is made where it is missing and ``create`` allows.

    Raises ``ArchiveError``: no such file, no database of ours, made by a newer version, not writable.
    """
    if not path.exists() and not create:
        raise ArchiveError(str(path), "there is no archive", FIRST)
    db = None
    try:
        db = sqlite3.connect(path, timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
        db.row_factory = sqlite3.Row
        search.register(db)
        check_ours(path, db, may_be_empty=True)
        _prepare(path, db)
        numbers.begin(db)
    except sqlite3.Error as error:
        if db:
            db.close()
        damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        cure = (
            f"put it back from a backup; or move {path.name} away (with {path.name}-wal, if it is there) and make it again:"
            " newsspider rebuild"
            if damaged
            else "is it an archive, and is its folder writable?"
        )
        raise ArchiveError(str(path), f"can't be opened ({error})", cure) from error
    except ArchiveError:
        if db:
            db.close()
        raise
    return db


def bring_up_to_date(path: Path) -> None:
    """Bring an archive that an older version made to the newest schema, for those who only read. What can't be written, is
    no archive or needs nothing stays as it is.
    """
    with suppress(sqlite3.Error, ArchiveError):
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True)) as db:
            marked = db.execute("PRAGMA application_id").fetchone()[0]
            older = marked == schema.APPLICATION_ID and is_older(db)
        if older:
            connect(path, create=False).close()


def is_older(db: sqlite3.Connection) -> bool:
    """Whether an archive has the schema of an older version."""
    return bool(db.execute("PRAGMA user_version").fetchone()[0] < schema.VERSION)


def check_ours(path: Path, db: sqlite3.Connection, *, may_be_empty: bool = False) -> None:
    """Raises ``ArchiveError`` where the file is none that we marked, or was made by a newer version. One without a table is
    what a first run leaves that is killed before the archive is made.
    """
    marked = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not tables and not may_be_empty:
        raise ArchiveError(str(path), "is empty", FIRST)
    if marked != schema.APPLICATION_ID and tables:
        raise ArchiveError(str(path), "is a database, but no archive of newsspider", "give another --data")
    if version > schema.VERSION:
        raise ArchiveError(
            str(path),
            f"was made by a newer newsspider (schema {version}, this one knows {schema.VERSION})",
            "install the newest version",
        )


def _prepare(path: Path, db: sqlite3.Connection) -> None:
    """Settings of the connection, and the schema's steps where some are missing."""
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
    db.execute(f"PRAGMA wal_autocheckpoint = {_WAL_PAGES}")
    db.execute("PRAGMA cache_size = -65536")
    if is_older(db):
        _bring_up(db)


def _bring_up(db: sqlite3.Connection) -> None:
    """Make what the schema lacks. A new archive is made whole or, where the process is killed, not at all: tables without
    the mark would be somebody else's. The steps of an older one are long and each stands alone.
    """
    from sqlite_utils import Database  # which loads numpy: half of the time in which a command starts

    from newsspider.store.migrations import migrations

    if db.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID:
        migrations.apply(Database(db))
    db.execute("BEGIN IMMEDIATE")
    with db:  # who looks meanwhile sees neither mark nor version, or both
        migrations.apply(Database(db))
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {schema.VERSION}")
