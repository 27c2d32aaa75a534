"""``newsspider backup``: a copy of an archive that is an archive of its own, made while a crawl writes.

The database is copied as it is at one moment, under another name. Then the WARC files follow, each as far as that copy
knows it; so nothing in the backup is ahead of or behind the rest. Only what is new travels: WARC files only grow. At the
end the copy of the database takes its name. Killed before, the former backup is there still, with some records more.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from newsspider import archive
from newsspider.archive import sync_folder
from newsspider.errors import ArchiveError, PageError, UsageError
from newsspider.runs.amounts import size
from newsspider.runs.checking.files import PARTS, Knows, knower, unknown, warc_files
from newsspider.runs.checking.reading import OURS
from newsspider.runs.holding import held
from newsspider.runs.notices.channels import FILE as NOTICES
from newsspider.runs.progress import Progress, Watch
from newsspider.store.check import reading
from newsspider.store.finding import number

PART = ".part"  # behind the name of a file that is not whole yet
_PIECE = 1 << 20
_PAGES = 4096  # of the database that are copied before progress is told


@dataclass(slots=True)
class BackupReport:
    """What travelled. ``behind``: captures that the copied database doesn't know yet; ``elsewhere``: WARC files that
    stand outside the archive; ``kept``: what the backup has and the archive no longer has; ``faults``: in words.
    """

    database: int = 0  # bytes; 0: it had not changed
    warc_files: int = 0
    warc_bytes: int = 0
    sources: int = 0
    source_bytes: int = 0
    there: int = 0  # WARC files that were there already
    seconds: float = 0.0
    behind: int = 0
    elsewhere: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """1 where something could not be copied."""
        return 1 if self.faults else 0


def backup(folder: Path, dest: Path, *, watch: Watch) -> BackupReport:
    """Bring the backup of an archive in ``dest`` (made where missing) up to date.

    Raises ``UsageError`` where ``dest`` is no place for it, ``ArchiveError`` where there is no archive, ``dest`` holds
    another one or can't be written, or someone works in it.
    """
    _check_places(folder, dest)
    progress = Progress()
    if (dest / "archive.db").exists():
        with _told_of(dest), reading(dest / "archive.db"):
            pass  # before anything is made in a folder that is no backup
    with reading(folder / "archive.db") as db, held(dest, "backup"), watch(progress):
        return _Backup(folder, dest, progress).run(db)


@contextmanager
def _told_of(dest: Path) -> Iterator[None]:
    """What is wrong with the database in the folder that is written to: another folder cures it."""
    try:
        yield
    except ArchiveError as error:
        raise ArchiveError(error.where, error.found, "name another folder for the backup") from error


def _check_places(folder: Path, dest: Path) -> None:
    here, there = folder.resolve(), dest.resolve()
    if dest.exists() and not dest.is_dir():
        raise UsageError(str(dest), "is a file", "name a folder")
    same = (there / "warc").resolve() == (here / "warc").resolve()
    if same or there.is_relative_to(here):
        raise UsageError(str(dest), f"lies in the archive itself ({folder})", "name a folder outside of it")
    if here.is_relative_to(there):
        raise UsageError(str(dest), f"has the archive itself in it ({folder})", "name another folder")


class _Backup:
    """One backup into a folder that is held."""

    def __init__(self, folder: Path, dest: Path, progress: Progress) -> None:
        self._folder = folder
        self._dest = dest
        self._progress = progress
        self._part = dest / f"archive.db{PART}"
        self._report = BackupReport()

    def run(self, db: sqlite3.Connection) -> BackupReport:
        """Copy what is new; ``db``: the archive's."""
        begun = time.monotonic()
        target = self._dest / "archive.db"
        try:
            if target.exists():
                _check_former(target, db)
            self._clear()
            copied = not self._is_current(target)
            if copied:
                self._copy_database(db)
            with reading(self._part if copied else target) as new:
                self._copy_warc(new)
            self._copy_sources()
            if copied:
                self._report.database = self._part.stat().st_size
                _replace(self._part, target)
            sync_folder(self._dest)
        except (OSError, sqlite3.Error) as error:
            raise ArchiveError(
                str(self._dest), f"can't be written ({error})", "mend that and run the backup again"
            ) from error
        self._report.seconds = time.monotonic() - begun
        return self._report

    # ---- the database ----------------------------------------------------------------------------
    def _is_current(self, target: Path) -> bool:
        """Whether the database has not changed since it was copied: a copy has the time of its original."""
        own, other = _state(self._folder / "archive.db"), _state(target)
        return own is not None and own == other

    def _copy_database(self, db: sqlite3.Connection) -> None:
        """As it is at one moment: the read transaction keeps that, however long the copy takes."""
        path = self._folder / "archive.db"
        before = _state(path)

        def tell(status: int, remaining: int, total: int) -> None:
            self._progress.done = total - remaining

        db.execute("BEGIN")
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
        self._progress.begin("copying the database (pages)", pages)
        with closing(sqlite3.connect(self._part, isolation_level=None)) as copy:
            db.backup(copy, pages=_PAGES, progress=tell)
            copy.execute(
                "PRAGMA journal_mode = DELETE"
            )  # one file alone; the next crawl in it sets WAL again
            (sound,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        db.execute("COMMIT")
        if sound != "ok":
            self._part.unlink()
            found = f"is damaged ({sound}), so that the former backup stays as it is"
            raise ArchiveError(str(path), found, "newsspider check says more; restore it from the backup")
        if before and before == _state(path):
            os.utime(self._part, ns=(before[1], before[1]))

    # ---- WARC files ------------------------------------------------------------------------------
    def _copy_warc(self, new: sqlite3.Connection) -> None:
        query = "SELECT warc_file, max(warc_offset + warc_length) FROM captures GROUP BY warc_file"
        ends: dict[str, int] = dict(map(tuple, new.execute(query)))
        paths = {path.name: path for path in warc_files(self._folder / "warc")}
        there = {path.name for path in warc_files(self._dest / "warc")}
        self._progress.begin("copying WARC files (bytes)", sum(_size(path) for path in paths.values()))
        knows = knower(new)
        for name, path in paths.items():
            self._copy_file(path, name, ends.get(name, 0), knows)
        self._report.elsewhere = sorted(name for name in ends if "/" in name)
        self._report.kept += [f"warc/{name}" for name in sorted(there - paths.keys())]
        for name in sorted(ends.keys() - paths.keys() - there - {*self._report.elsewhere}):
            self._report.faults.append(
                f"{self._folder / 'warc' / name}: is missing, so the backup lacks it, too"
            )
        sync_folder(self._dest / "warc")

    def _copy_file(self, path: Path, name: str, known: int, knows: Knows) -> None:
        target = self._dest / "warc" / name
        done = self._progress.done
        try:
            state = path.stat()
            if target.exists() and _state(target) == (state.st_size, state.st_mtime_ns):
                self._report.there += 1
            elif (
                self._bring(path, target, self._end(path, name, known, state.st_size, knows)) == state.st_size
            ):
                os.utime(target, ns=(state.st_mtime_ns, state.st_mtime_ns))
            self._progress.done = done + state.st_size
        except (FileNotFoundError, PageError) as error:
            if known:  # else it went away just now
                self._report.faults.append(f"{path}: can't be copied ({error})")

    def _end(self, path: Path, name: str, known: int, size: int, knows: Knows) -> int:
        """How far the copied database knows a file: up to the first capture that has no row, or a torn record."""
        if name.startswith(OURS):
            found, end = archive.tail(path, known)
            new = [place for one, place in found if not knows(one.url, one.fetched_at, place)]
        else:
            new, end = [held.place for held in unknown(path, name, [known], knows)], size
        self._report.behind += len(new)
        if new:
            return new[0].offset if known else 0
        return min(size, end)

    def _bring(self, path: Path, target: Path, end: int) -> int:
        """Make the copy as long as its original is known; what it has already is compared and not copied. Returns how
        long it is, 0 where it was left alone.
        """
        have = _size(target)
        if have and not _agree(path, target, min(have, end)):
            found = "differs from the archive's file, though WARC files only grow; it was left as it is"
            cure = "newsspider check says which of both is damaged: replace that one"
            self._report.faults.append(str(ArchiveError(str(target), found, cure)))
            return 0
        if have > end:
            self._report.kept.append(f"warc/{target.name} (longer than the archive's)")
            return 0
        if have == end:
            self._report.there += have > 0
            return end
        part = target if have else target.with_name(target.name + PART)
        self._append(path, part, have, end)
        part.rename(target)
        self._report.warc_files += 1
        self._report.warc_bytes += end - have
        return end

    def _append(self, path: Path, target: Path, start: int, end: int) -> None:
        with path.open("rb") as source, target.open("ab") as copy:
            source.seek(start)
            while start < end:
                piece = _read(source, path, min(_PIECE, end - start))
                if not piece:
                    raise PageError(str(path), "became shorter while it was copied")
                copy.write(piece)
                start += len(piece)
                self._progress.done += len(piece)
            copy.flush()
            os.fsync(copy.fileno())

    def _clear(self) -> None:
        """Remove what killed backups left."""
        for place in (self._dest, self._dest / "warc", self._dest / "sources"):
            for path in place.glob("*.part*"):
                if path.name.endswith(PARTS):
                    path.unlink()

    # ---- sources ---------------------------------------------------------------------------------
    def _copy_sources(self) -> None:
        here, there = self._folder / "sources", self._dest / "sources"
        there.mkdir(exist_ok=True)
        names = {path.name for path in here.glob("*.toml")}
        for name in sorted(names):
            if written := self._copy_text(f"sources/{name}"):
                self._report.sources += 1
                self._report.source_bytes += written
        self._report.kept += sorted(
            f"sources/{path.name}" for path in there.glob("*.toml") if path.name not in names
        )
        sync_folder(there)
        if (self._folder / NOTICES).exists():  # a copy that is put back tells whom the archive told
            self._copy_text(NOTICES)

    def _copy_text(self, name: str) -> int:
        """Copy a file that a person wrote, with its permissions: it may hold secrets. Returns its bytes; 0 where it is
        there as it is.
        """
        path, target = self._folder / name, self._dest / name
        text = path.read_bytes()
        if target.exists() and target.read_bytes() == text:
            return 0
        part = target.with_name(f"{target.name}{PART}")
        part.touch(0o600)
        part.write_bytes(text)
        part.chmod(path.stat().st_mode & 0o777)
        part.rename(target)
        return len(text)


def _check_former(target: Path, new: sqlite3.Connection) -> None:
    """What is there must be a former state of this archive: its runs are known. Raises ``ArchiveError``."""
    query = "SELECT id, started_at, host, pid FROM crawls"
    with reading(target) as former:
        runs = {tuple(row) for row in former.execute(query)} - {tuple(row) for row in new.execute(query)}
    if runs:
        _, began, host, _ = min(runs)
        found = f"holds a run that the archive doesn't know (begun {began} on {host}): it is no former backup of it"
        cure = "name another folder; where the archive was lost and made again, move that backup aside"
        raise ArchiveError(str(target.parent), found, cure)


def _replace(part: Path, target: Path) -> None:
    """The new database takes the former one's place; where someone reads that, in one transaction of it."""
    if target.exists():
        with closing(sqlite3.connect(target, isolation_level=None)) as former:
            try:  # no log may be left that is not the new one's
                alone = former.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete"
            except sqlite3.OperationalError:
                alone = False
            if not alone:
                with closing(sqlite3.connect(part)) as new:
                    new.backup(former)
                part.unlink()
                return
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.rename(target)


# ---- small things ------------------------------------------------------------------------------------------
def _state(path: Path) -> tuple[int, int] | None:
    """Size and time of a database; None where there is none or its newest state stands in its log."""
    if not path.exists() or _size(Path(f"{path}-wal")):
        return None
    return path.stat().st_size, path.stat().st_mtime_ns


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _read(file: BinaryIO, path: Path, count: int) -> bytes:
    """So that a fault of one file is told from one of the folder that is written to."""
    try:
        return file.read(count)
    except OSError as error:
        raise PageError(str(path), f"can't be read ({error.strerror})") from error


def _agree(one: Path, other: Path, size: int) -> bool:
    """Whether two files begin with the same bytes."""
    with one.open("rb") as first, other.open("rb") as second:
        while size > 0:
            piece = _read(first, one, min(_PIECE, size))
            if not piece or piece != _read(second, other, len(piece)):
                return False
            size -= len(piece)
    return True


def backup_summary(report: BackupReport, dest: Path, next_line: str) -> str:
    """What travelled, and the line to type next."""
    database = (
        f"the database ({size(report.database)})" if report.database else "no database (it had not changed)"
    )
    warc = f"{number(report.warc_files, 'WARC file')} ({size(report.warc_bytes)})"
    sources = number(report.sources, "source file")
    lines = [
        f"Copied in {report.seconds:.1f} s: {database}, {warc}, {sources}.",
        f"{number(report.there, 'WARC file')} stood there already.",
        *_some("Kept, though the archive no longer has it", report.kept),
        *_some("Not copied, stands outside the archive (imported with --in-place)", report.elsewhere),
    ]  # fmt: skip
    if report.behind:
        captures = number(report.behind, "capture")
        lines.append(f"{captures} that the database did not know yet will travel with the next backup.")
    return "\n".join([*lines, f"Backup: {dest}", f"Next: {next_line}"])


def _some(what: str, names: Sequence[str]) -> list[str]:
    more = [f"  .. and {len(names) - 10:,} more"] if len(names) > 10 else []
    return [f"{what}:", *(f"  {name}" for name in names[:10]), *more] if names else []
