"""A check, and a repair, from beginning to end."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from newsspider.errors import ArchiveError
from newsspider.runs.checking import files
from newsspider.runs.checking.misplaced import misplaced
from newsspider.runs.holding import held
from newsspider.runs.progress import Progress, Watch
from newsspider.store.check import CHECKS, HOPELESS, damaged, examine, reading
from newsspider.store.finding import Finding

_FIRST = "the database first"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What there is, what was found, and (after a repair) what is left of it. ``busy``: someone was writing."""

    captures: int
    articles: int
    files: int
    bytes: int
    seconds: float
    busy: bool
    found: tuple[Finding, ...]
    left: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong (any more)."""
        return not any(finding.wrong for finding in self.left)

    @property
    def exit_code(self) -> int:
        """0 where the archive is whole, else 1."""
        return 0 if self.whole else 1


def check(folder: Path, *, repair: bool = False, watch: Watch) -> CheckReport:
    """Check the archive of a folder; with ``repair`` mend it, too.

    Raises ``ArchiveError`` where there is none, it is not ours or of a newer version, and, for a repair, where another
    process holds it or it can't be written.
    """
    progress = Progress()
    with watch(progress):
        with reading(folder / "archive.db"):
            pass  # before a lock is made in a folder that is no archive
        if not repair:
            return _look(folder, progress)
        with held(folder, "check --repair"):
            return _repair(folder, progress)


def _repair(folder: Path, progress: Progress) -> CheckReport:
    first = _look(folder, progress, alone=True)
    if not any(finding.repair for finding in first.found):
        return first
    from newsspider.runs.checking.mending import mend  # brings the splitter along

    mend(folder, first.found, progress)
    second = _look(folder, progress, alone=True, only={finding.where for finding in first.found})
    return replace(first, captures=second.captures, articles=second.articles,
                   seconds=first.seconds + second.seconds, left=second.found)  # fmt: skip


def _look(
    folder: Path, progress: Progress, *, alone: bool = False, only: Collection[str] | None = None
) -> CheckReport:
    """One look at everything, or at the database and these files alone. ``alone``: nobody else can be writing."""
    begun = time.monotonic()
    busy = not alone and is_held(folder)
    chosen: list[files.WarcFile] = []
    captures = articles = 0
    with reading(folder / "archive.db") as db:
        found, readable = _database(db, progress)
        busy = busy or (not alone and is_held(folder))
        if readable:
            captures, articles = _count(db, "placed"), _count(db, "articles")
            there, missing = files.find_files(db, folder / "warc", busy)
            chosen = [file for file in there if only is None or file.where in only]
            files.read_files(db, chosen, progress)
            found += missing
            found += (finding for file in chosen for finding in files.findings(db, file, misplaced(db, file)))
    if not busy:
        found += files.of_temporary(folder)
    if any(finding.kind in HOPELESS for finding in found):
        found = [replace(finding, repair=None, advice=finding.advice or _FIRST) for finding in found]
    size, seconds = sum(file.end for file in chosen), time.monotonic() - begun
    return CheckReport(captures, articles, len(chosen), size, seconds, busy, tuple(found), tuple(found))


def _database(db: sqlite3.Connection, progress: Progress) -> tuple[list[Finding], bool]:
    """What is wrong in the database, as it is at one moment, and whether it could be read; what it says of the WARC
    files is noted.
    """

    def step() -> None:
        progress.done += 1

    progress.begin("checking the database (steps)", len(CHECKS))
    db.execute("BEGIN")
    try:
        found = examine(db, step)
        files.keep_rows(db)
        _count(db, "articles")
    except sqlite3.DatabaseError as error:
        return found or [damaged(error)], False
    finally:
        with suppress(sqlite3.Error):  # nothing was written
            db.execute("COMMIT")
    return found, True


def _count(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def is_held(folder: Path) -> bool:
    """Whether a run holds the archive now. Its lock is tried only where a run wrote its name there, for a moment."""
    path = folder / "archive.lock"
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise ArchiveError(str(path), f"can't be read ({error.strerror})", "make it readable") from error
    try:
        if os.fstat(descriptor).st_size == 0:
            return False
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
