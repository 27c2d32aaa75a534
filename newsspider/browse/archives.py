"""Which of the databases that Datasette has open are archives of ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newsspider.store.schema import APPLICATION_ID

# Where a database's header keeps these numbers: https://www.sqlite.org/fileformat2.html#the_database_header
_OFFSETS = {"user_version": 60, "application_id": 68}
_HEADER = 100


@lru_cache(maxsize=256)
def is_archive(path: str) -> bool:
    """Whether the file is an archive of ours; False for what can't be read.

    The answer is kept: a file that a server has open does not change its kind.
    """
    return _number(path, "application_id") == APPLICATION_ID


def schema_version(path: str) -> int | None:
    """PRAGMA user_version of a database; None where it can't be read."""
    return _number(path, "user_version")


def has_log(path: str) -> bool:
    """Whether a write-ahead log with something in it stands beside a database."""
    log = Path(f"{path}-wal")
    return log.exists() and log.stat().st_size > 0


def _number(path: str, name: str) -> int | None:
    """A number of the header.

    SQLite is asked only where the newest header may be in the log: merely opening leaves files behind.
    """
    try:
        if has_log(path):
            with closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as db:
                return int(db.execute(f"PRAGMA {name}").fetchone()[0])
        with Path(path).open("rb") as file:
            header = file.read(_HEADER)
    except (OSError, sqlite3.Error):
        return None
    offset = _OFFSETS[name]
    return int.from_bytes(header[offset : offset + 4], "big") if len(header) == _HEADER else None


def archives(datasette: Any) -> list[Any]:
    """The open databases that are archives, in the order in which they were opened."""
    return [
        db for db in datasette.databases.values() if not db.is_memory and db.path and is_archive(str(db.path))
    ]


def archive(datasette: Any, name: str | None) -> Any:
    """The archive of that name; None where there is none."""
    db = datasette.databases.get(name) if name else None
    return db if db is not None and not db.is_memory and db.path and is_archive(str(db.path)) else None
