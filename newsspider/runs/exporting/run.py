"""One export: what was asked for is checked, rows go to their target, and what came of it is told in a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from newsspider.errors import ArchiveError, NewsspiderError, UsageError
from newsspider.exports import corpus, rows
from newsspider.exports.lines import csv_chunks, json_chunks
from newsspider.exports.rows import Row
from newsspider.runs.amounts import size
from newsspider.runs.exporting.folders import write_files
from newsspider.runs.exporting.target import STDOUT, writable, writable_folder
from newsspider.runs.exporting.wanted import Form, Wanted
from newsspider.runs.holding import stopping
from newsspider.runs.progress import Progress, Watch
from newsspider.store.opening import bring_up_to_date

_WORDS = {
    "articles": ("article", "articles"),
    "links": ("related link", "related links"),
    "tickers": ("ticker entry", "ticker entries"),
    "revisions": ("revision", "revisions"),
    "captures": ("capture", "captures"),
}
_ARCHIVE = ("archive.db", "archive.db-wal", "archive.db-shm", "archive.lock", "sources", "warc")
_STEPS = 100_000  # of SQLite's machine, between two looks whether to stop


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written where. ``stopped``: before its end, so that there is nothing of it but on standard output."""

    wanted: Wanted
    rows: int = 0
    bytes: int = 0
    files: int = 0
    stopped: bool = False

    @property
    def exit_code(self) -> int:
        """1 where it was stopped: there is no new file."""
        return int(self.stopped)

    def __str__(self) -> str:
        """The sentence that ends the command."""
        to_stdout = self.wanted.output == STDOUT
        where = "standard output" if to_stdout else self.wanted.output
        if self.stopped:
            return f"Stopped before its end: {where} " + ("got a part." if to_stdout else "is as it was.")
        written = _number(self.rows, *_WORDS[self.wanted.table])
        if self.wanted.per:
            written += f" in {_number(self.files, 'file', 'files')}"
        none = "Nothing fits the filters." if self.wanted.filters.given() else "The archive holds none."
        return f"{written}, {size(self.bytes)}: {where}" + ("" if self.rows else f". {none}")


def _number(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def export(folder: Path, wanted: Wanted, watch: Watch) -> ExportReport:
    """Write what is wanted of the archive of a folder, as it is at this moment, whatever is written meanwhile. One of an
    older version is brought up to date before.

    Raises ``ArchiveError``: no archive, or it can't be read; ``UsageError``: an unknown source, no such target;
    ``NewsspiderError``: can't be written; ``BrokenPipeError``: whoever reads standard output has enough.
    """
    path = folder / "archive.db"
    _check(path, wanted)
    bring_up_to_date(path)
    with rows.reading(path) as db:
        rows.check_sources(db, str(path), wanted.filters)
        run = _Export(db, wanted)
        with watch(run.progress), stopping(run.stop):
            try:
                return run.run()
            except _Stopped:
                return ExportReport(wanted, stopped=True)
            except ValueError as error:
                found = f"holds a value that its column can't have ({error})"
                raise ArchiveError(str(path), found, "make it again: newsspider rebuild") from error


def _check(archive: Path, wanted: Wanted) -> None:
    """What is known to fail before anything is read."""
    if wanted.form is Form.PARQUET and find_spec("pyarrow") is None:
        cure = "pip install pyarrow"
        raise NewsspiderError("--format parquet", "needs pyarrow, which is not installed", cure)
    if wanted.output == STDOUT:
        if wanted.per or wanted.form is Form.PARQUET:
            what = "a folder of files" if wanted.per else "parquet"
            raise UsageError("--output", f"{what} can't go to standard output", "name a target")
        return
    target, archive = Path(wanted.output).resolve(), archive.resolve()
    if target in {archive.with_name(name) for name in _ARCHIVE} or target.parent in {
        archive.with_name(name) for name in ("warc", "sources")
    }:
        raise UsageError(wanted.output, "belongs to the archive", "give another --output")


class _Stopped(Exception):
    """Raised between two rows when the run is to end."""


class _Export:
    """One export of an archive that is open."""

    def __init__(self, db: sqlite3.Connection, wanted: Wanted) -> None:
        self.progress = Progress(f"counting {wanted.table}")
        self._db = db
        self._wanted = wanted
        self._stopped = False
        db.set_progress_handler(lambda: self._stopped, _STEPS)

    def stop(self) -> None:
        """End before the next row."""
        self._stopped = True

    def run(self) -> ExportReport:
        """Write everything; raises ``_Stopped``."""
        wanted = self._wanted
        if wanted.per:
            with writable_folder(wanted.output) as folder:
                size, files = write_files(folder, wanted.per, self._rows())
        else:
            files = 1
            with writable(wanted.output) as file:
                size = sum(map(file.write, self._chunks()))
        return ExportReport(wanted, self.progress.done, size, files)

    def _chunks(self) -> Iterable[bytes]:
        wanted, found = self._wanted, self._rows()
        if wanted.form is Form.CSV:
            return csv_chunks(wanted.fields, found, excel=wanted.excel)
        if wanted.form is Form.PARQUET:
            from newsspider.exports.parquet import parquet_chunks  # an extra

            return parquet_chunks(wanted.fields, found)
        return json_chunks(wanted.fields, found) if wanted.form is Form.JSONL else corpus.text_chunks(found)

    def _rows(self) -> Iterator[Row]:
        wanted = self._wanted
        with self._interrupted():
            self.progress.begin(
                f"exporting {wanted.table}", rows.count(self._db, wanted.table, wanted.filters)
            )
            for row in rows.read(self._db, wanted.table, wanted.fields, wanted.filters):
                if self._stopped:
                    raise _Stopped
                yield row
                self.progress.done += 1
            if self._stopped:
                raise _Stopped

    @contextmanager
    def _interrupted(self) -> Iterator[None]:
        """SQLite, interrupted in the search for a row, says so."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if self._stopped:
                raise _Stopped from error
            raise
