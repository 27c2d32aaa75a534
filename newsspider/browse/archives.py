"""Which of the databases that Datasette has open are archives of ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newsspider.store.schema import APPLICATION_ID

# Where a database file keeps its application id: https://www.sqlite.org/fileformat2.html#application_id
_ID_OFFSET, _HEADER = 68, 100


@lru_cache(maxsize=256)
def is_archive(path: str) -> bool:
    """Whether the file is an archive of ours; False for what can't be read. Opens nothing that SQLite would have to recover.

    The answer is kept: a file that a server has open does not change its kind.
    """
    try:
        with Path(path).open("rb") as file:
            header = file.read(_HEADER)
    except OSError:
        return False
    if int.from_bytes(header[_ID_OFFSET : _ID_OFFSET + 4], "big") == APPLICATION_ID:
        return True
    # A database that is being made has its first page in the write-ahead log still.
    return Path(f"{path}-wal").exists() and _pragma(path, "application_id") == APPLICATION_ID


def schema_version(path: str) -> int | None:
    """PRAGMA user_version of a database; None where it can't be read."""
    return _pragma(path, "user_version")


def _pragma(path: str, name: str) -> int | None:
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{quote(path)}?mode=ro", uri=True)) as db:
        return int(db.execute(f"PRAGMA {name}").fetchone()[0])
    return None


def archives(datasette: Any) -> list[Any]:
    """The open databases that are archives, in the order in which they were opened."""
    return [db for db in datasette.databases.values() if not db.is_memory and db.path and is_archive(str(db.path))]


def archive(datasette: Any, name: str | None) -> Any:
    """The archive of that name; None where there is none."""
    db = datasette.databases.get(name) if name else None
    return db if db is not None and not db.is_memory and db.path and is_archive(str(db.path)) else None
