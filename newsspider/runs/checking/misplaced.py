"""Rows whose record stands whole in the file, at another place or with another digest than they say."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from newsspider.clock import stamp
from newsspider.records import WarcPlace
from newsspider.runs.checking import files
from newsspider.runs.checking.reading import Piece, verify
from newsspider.runs.progress import Progress
from newsspider.store.check import reading


def misplaced(db: sqlite3.Connection, file: files.WarcFile) -> dict[int, WarcPlace]:
    """Of the bad captures of a file that was read, by number: the place of the one record of this address and time."""
    wanted: dict[tuple[str, str], int] = {}
    for number, _ in file.bad:
        row = db.execute("SELECT url, fetched_at FROM captures WHERE id = ?", (number,)).fetchone()
        if row:
            wanted[row[0], row[1]] = number
    if not wanted:
        return {}
    query = "SELECT warc_offset FROM placed WHERE warc_file = ? ORDER BY 1"
    starts = [0, *(row[0] for row in db.execute(query, (file.name,)))]
    found: dict[int, list[WarcPlace]] = {}
    for held in files.unknown(file.path, file.name, starts, lambda *_: False):
        if known := wanted.get((held.url, stamp(held.fetched_at))):
            found.setdefault(known, []).append(held.place)
    taken = "SELECT 1 FROM placed WHERE warc_file = ? AND warc_offset = ? AND id <> ?"
    return {
        number: places[0]
        for number, places in found.items()
        if len(set(places)) == 1
        and not db.execute(taken, (file.name, places[0].offset, number)).fetchone()
        and _is_whole(file.path, number, places[0])
    }


def _is_whole(path: Path, number: int, place: WarcPlace) -> bool:
    row = (number, place.offset, place.length, place.digest)
    return not verify(Piece(path, place.file, place.offset, place.offset + 1, [row])).bad


def right_places(folder: Path, where: str) -> dict[int, WarcPlace]:
    """The same for a file that is still to be read; ``where``: what messages call it."""
    with reading(folder / "archive.db") as db:
        files.keep_rows(db)
        there, _ = files.find_files(db, folder / "warc", busy=False)
        chosen = [file for file in there if file.where == where]
        files.read_files(db, chosen, Progress())
        return misplaced(db, chosen[0]) if chosen else {}
