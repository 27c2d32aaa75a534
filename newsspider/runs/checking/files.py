"""The WARC files of an archive held against its rows: which pieces to read, and what was found in words."""

from __future__ import annotations

import multiprocessing
import sqlite3
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from newsspider.addresses import absolute
from newsspider.archive import Held, WarcDamage, records_follow, scan
from newsspider.clock import stamp
from newsspider.fetch.limits import cores
from newsspider.records import WarcPlace
from newsspider.runs.checking.reading import OURS, Piece, Row, Verdict, verify
from newsspider.runs.progress import Progress
from newsspider.store.check import reading
from newsspider.store.finding import EXAMPLES, Finding, number

PARTS = (
    ".part",
    ".part-journal",
    ".part-wal",
    ".part-shm",
)  # behind the names of files that are not whole yet
_PIECE = 64_000_000  # bytes of a file that are read in one go
_WORTH = 100_000_000  # bytes for which starting processes is worth it
Knows = Callable[[str, datetime, WarcPlace], bool]
_FROM_BACKUP = "put the file back from a backup (one imported in place: where it stood)"


@dataclass(slots=True)
class WarcFile:
    """A WARC file as the archive has it. ``end``: what stands from there on is not looked at; ``known``: where the last
    record ends that a row names, 0 where there is no row.
    """

    path: Path
    name: str
    end: int
    known: int
    bad: list[tuple[int, str]] = field(default_factory=list)
    rowless: list[int] = field(default_factory=list)
    damage: list[tuple[int, str]] = field(default_factory=list)
    other: list[int] = field(default_factory=list)

    def take(self, verdict: Verdict) -> None:
        """What was found in a piece of it."""
        self.bad += verdict.bad
        self.rowless += verdict.rowless
        self.damage += verdict.damage
        self.other += verdict.other

    @property
    def where(self) -> str:
        """What it is called in messages."""
        return self.name if "/" in self.name else f"warc/{self.name}"


def keep_rows(db: sqlite3.Connection) -> None:
    """Note what the rows say of their places, so that no transaction is held while the files are read."""
    db.execute("DROP TABLE IF EXISTS temp.placed")
    db.execute(
        "CREATE TEMP TABLE placed AS SELECT id, warc_file, warc_offset, warc_length, digest FROM main.captures"
        " ORDER BY warc_file, warc_offset"
    )
    db.execute("CREATE INDEX temp.placed_by_file ON placed (warc_file, warc_offset)")


def warc_files(folder: Path) -> list[Path]:
    """The files in ``warc/``, in order, those that are not whole yet left out."""
    return sorted(path for path in folder.glob("*.warc*") if path.suffix in (".warc", ".gz"))


def find_files(db: sqlite3.Connection, folder: Path, busy: bool) -> tuple[list[WarcFile], list[Finding]]:
    """The files that are there, and a finding for each that is not. ``busy``: someone writes; what no row names is his
    matter then.
    """
    query = "SELECT warc_file, max(warc_offset + warc_length) FROM placed GROUP BY warc_file"
    ends: dict[str, int] = dict(map(tuple, db.execute(query)))
    paths = {path.name: path for path in warc_files(folder)}
    paths |= {name: folder / name for name in ends if name not in paths}
    files, missing = [], []
    for name, path in sorted(paths.items()):
        known = ends.get(name, 0)
        if busy and not known:
            continue
        try:
            files.append(WarcFile(path, name, known if busy else path.stat().st_size, known))
        except OSError as error:
            if known:  # else it went away just now
                missing.append(_missing(db, name, error))
    return files, missing


def _missing(db: sqlite3.Connection, name: str, error: OSError) -> Finding:
    numbers = [row[0] for row in db.execute("SELECT id FROM placed WHERE warc_file = ? ORDER BY 1", (name,))]
    state = "is missing" if isinstance(error, FileNotFoundError) else f"can't be read ({error.strerror})"
    what = f"{state}, and with it {number(len(numbers), 'capture')}"
    where = name if "/" in name else f"warc/{name}"
    return Finding("missing", where, what, len(numbers), _urls(db, numbers), advice=_FROM_BACKUP)


def _urls(db: sqlite3.Connection, numbers: Sequence[int]) -> tuple[str, ...]:
    query = "SELECT url FROM captures WHERE id = ?"
    rows = (db.execute(query, (one,)).fetchone() for one in numbers[:EXAMPLES])
    return tuple(row[0] for row in rows if row)


# ---- reading -----------------------------------------------------------------------------------------------
def _pieces(db: sqlite3.Connection, file: WarcFile) -> Iterator[Piece]:
    start = 0
    rows: list[Row] = []
    for row in db.execute(
        "SELECT id, warc_offset, warc_length, coalesce(digest, '') FROM placed WHERE warc_file = ? ORDER BY 2",
        (file.name,),
    ):
        if row[1] - start >= _PIECE:
            yield Piece(file.path, file.name, start, row[1], rows)
            start, rows = row[1], []
        rows.append((row[0], row[1], row[2], row[3]))
    if rows or file.end > start:
        yield Piece(file.path, file.name, start, max(file.end, start), rows)


def read_files(db: sqlite3.Connection, files: Sequence[WarcFile], progress: Progress) -> None:
    """Read all files and note in each what was found; in several processes where there is much to read."""
    progress.begin("checking WARC files (bytes)", sum(file.end for file in files))
    work = ((file, piece) for file in files for piece in _pieces(db, file))
    processes = cores()
    if progress.of < _WORTH or processes == 1:
        for file, piece in work:
            _note(file, verify(piece), progress)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        running: deque[tuple[WarcFile, Future[Verdict]]] = deque()
        try:
            for file, piece in work:
                running.append((file, pool.submit(verify, piece)))
                if len(running) > 2 * processes:
                    _note(running[0][0], running.popleft()[1].result(), progress)
            for file, future in running:
                _note(file, future.result(), progress)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _note(file: WarcFile, verdict: Verdict, progress: Progress) -> None:
    file.take(verdict)
    progress.done += verdict.piece.stop - verdict.piece.start


def unknown(
    path: Path, name: str, starts: Sequence[int], knows: Knows, among: Collection[int] | None = None
) -> Iterator[Held]:
    """The captures of a file, from the first of ``starts`` on (behind damage from the next one), that the archive
    doesn't have, here or from another file, and would take. ``among``: only those that begin there.
    """
    at = 0
    while at < len(starts):
        last = starts[at]
        try:
            for held in scan(path, name, last, lambda error: None):
                last = held.place.offset
                known = knows(held.url, held.fetched_at, held.place)
                if not known and (among is None or last in among) and absolute(None, held.url):
                    yield held
            return
        except WarcDamage:
            at = bisect_right(starts, last)


def without_row(database: Path, path: Path, name: str) -> Iterator[Held]:
    """All captures of a file that the archive doesn't have and would take."""
    with reading(database) as db:
        query = "SELECT warc_offset FROM captures WHERE warc_file = ? ORDER BY 1"
        starts = [0, *(row[0] for row in db.execute(query, (name,)))]
        yield from unknown(path, name, starts, knower(db))


def knower(db: sqlite3.Connection) -> Knows:
    """Whether a database has a capture: from this place, or the same address, time and digest from another."""

    def knows(url: str, fetched_at: datetime, place: WarcPlace) -> bool:
        key = (place.file, place.offset, stamp(fetched_at), url, place.digest)
        return bool(db.execute(_KNOWN, key).fetchone()[0])

    return knows


_KNOWN = """
SELECT EXISTS (SELECT 1 FROM captures WHERE warc_file = ?1 AND warc_offset = ?2)
  OR EXISTS (SELECT 1 FROM captures WHERE fetched_at = ?3 AND url = ?4 AND coalesce(digest, '') = ?5)
"""


# ---- in words ----------------------------------------------------------------------------------------------
def findings(
    db: sqlite3.Connection, file: WarcFile, right: Mapping[int, WarcPlace] = MappingProxyType({})
) -> Iterator[Finding]:
    """What is wrong with a file that was read; ``right``: where records stand whose rows name a wrong place."""
    if not file.end and not file.known:
        if file.name.startswith(OURS):
            yield Finding("empty", file.where, "is empty: nothing was written to it", repair="it is removed")
        return
    if right:
        what = f"{number(len(right), 'row')} with another place or digest than the record has, which is whole"
        examples = tuple(
            f"at byte {place.offset}: {_place(db, row)[0]}" for row, place in sorted(right.items())
        )
        yield Finding(
            "misplaced", file.where, what, len(right), examples[:EXAMPLES], "the rows are put right"
        )
    yield from _captures(db, file, right)
    yield from _damage(file)
    yield from _rowless(db, file)


def _captures(db: sqlite3.Connection, file: WarcFile, right: Mapping[int, WarcPlace]) -> Iterator[Finding]:
    if bad := sorted(entry for entry in file.bad if entry[0] not in right):
        examples = []
        for row, why in bad[:EXAMPLES]:
            url, offset = _place(db, row)
            examples.append(f"at byte {offset}: the record {why} ({url})")
        what = f"{number(len(bad), 'capture')} can't be read as stored"
        yield Finding("captures", file.where, what, len(bad), tuple(examples), advice=_FROM_BACKUP)
    if file.other:
        what = f"the crawler that wrote it gave {number(len(file.other), 'capture')} another digest than their bodies have"
        yield Finding(
            "other_digest", file.where, what, len(file.other), _urls(db, sorted(file.other)), wrong=False
        )


def _place(db: sqlite3.Connection, row: int) -> tuple[str, int]:
    found = db.execute("SELECT url, warc_offset FROM captures WHERE id = ?", (row,)).fetchone()
    return (found[0], found[1]) if found else ("", 0)


def _damage(file: WarcFile) -> Iterator[Finding]:
    """Damage that hit a capture is told with it; here the torn end, and what else can't be read."""
    inside = [entry for entry in file.damage if entry[0] < file.known]
    torn = next((at for at, _ in file.damage if at >= file.known), None)
    if inside and not file.bad:
        examples = tuple(f"at byte {at}: {why}" for at, why in inside[:EXAMPLES])
        what = f"is damaged in {number(len(inside), 'place')}; all captures can be read"
        yield Finding("damaged_file", file.where, what, len(inside), examples, advice=_FROM_BACKUP)
    if torn is None:
        return
    ours = file.name.startswith(OURS)
    if ours and records_follow(file.path, torn):
        what = f"is damaged at byte {torn}; whole records follow, which the archive knows nothing of"
        yield Finding("damaged_file", file.where, what, advice=_FROM_BACKUP)
        return
    what = f"the last record is torn at byte {torn}: perhaps it was being written when a crawl was killed"
    if not ours:
        what = f"can't be read from byte {torn} on, so from there on the archive has nothing of it"
    repair = f"the file is cut off at byte {torn}, as the next crawl would do" if ours else None
    yield Finding("torn", file.where, what, repair=repair, wrong=ours)


def _rowless(db: sqlite3.Connection, file: WarcFile) -> Iterator[Finding]:
    if not file.rowless:
        return
    file.rowless.sort()
    new = list(unknown(file.path, file.name, file.rowless, knower(db), set(file.rowless)))
    if not new:
        return
    count = number(len(new), "capture")
    what = f"holds {count} behind the last known one: left by a crawl or import that was killed"
    if not file.known:
        what = f"holds {count}, and no row names the file"
    elif new[0].place.offset < file.known:
        what = f"holds {count} without a row"
    examples = tuple(f"at byte {held.place.offset}: {held.url}" for held in new[:EXAMPLES])
    yield Finding("rowless", file.where, what, len(new), examples, "they are taken up and read")


def temporary_files(folder: Path) -> list[Path]:
    """What killed runs left half done. A rebuild's database with its mark is none: that goes on when it is run again."""
    parts = [
        path
        for place in (folder, folder / "warc", folder / "sources")
        if place.is_dir()
        for path in sorted(place.iterdir())
        if path.name.endswith(PARTS)
    ]
    if not (folder / "archive.db.new.json").exists():
        parts += sorted(folder.glob("archive.db.new*"))
    return parts


def of_temporary(folder: Path) -> Iterator[Finding]:
    """What is said of temporary files."""
    if paths := temporary_files(folder):
        examples = tuple(str(path.relative_to(folder)) for path in paths[:EXAMPLES])
        what = f"{number(len(paths), 'temporary file')} of killed runs"
        yield Finding(
            "temporary", str(folder), what, len(paths), examples, "they are removed: what they hold stands elsewhere"
        )  # fmt: skip
    if (folder / "archive.db.new.json").exists():
        what = "a rebuild was stopped before its end"
        yield Finding(
            "rebuild", str(folder / "archive.db.new"), what, advice="newsspider rebuild goes on", wrong=False
        )
