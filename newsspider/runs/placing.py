"""Where an imported WARC file stands in an archive: copied into ``warc/``, or left where it is."""

from __future__ import annotations

import filecmp
import gzip
import hashlib
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast
from zipfile import BadZipFile, ZipFile

from newsspider.archive import has_joined_records, sync_folder
from newsspider.errors import ArchiveError, PageError

PREFIX = "import-"  # of the names in warc/: none is taken for a file that the crawl writes
PART = ".part"  # behind the name of a file that is not whole yet
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Placed:
    """A WARC file as the archive has it: ``name`` is what captures call it, a path where it stands elsewhere."""

    path: Path
    name: str
    copied: bool


def place(path: Path, folder: Path, in_place: bool) -> Placed:
    """Copy a file into ``folder``, once; a file that is one gzip member is unpacked there, for its records have no
    places of their own. Raises ``PageError`` where it can't be read, ``ArchiveError`` where the copy can't be written.
    """
    if _is_arc(path):
        cure = "make a WARC file of it: warcio recompress"
        raise PageError(str(path), "is an ARC file, which is not read", cure)
    joined = has_joined_records(path)
    if in_place:
        if joined:
            raise PageError(
                str(path),
                "its records can't be read one by one (the whole file is packed at once)",
                "leave --in-place out",
            )
        path = path.resolve()
        if not str(path).isprintable():
            raise PageError(str(path), "has a name that can't be written down", "leave --in-place out")
        return Placed(path, str(path), copied=False)
    target = _target(path, folder, joined)
    if not target.exists():
        _copy(path, target, joined)
    return Placed(target, target.name, copied=True)


def _is_arc(path: Path) -> bool:
    """Whether a file is of the format before WARC, by its name or its first line."""
    with suppress(OSError), path.open("rb") as file:
        return path.name.lower().endswith((".arc", ".arc.gz")) or file.read(11) == b"filedesc://"
    return False


def unpack(path: Path, folder: Path, in_place: bool) -> Iterator[Placed]:
    """Copy the WARC files of a WACZ file (https://specs.webrecorder.net/wacz/1.1.1/) into ``folder``, one after another.
    Raises as ``place`` does.
    """
    if in_place:
        raise PageError(str(path), "can't be read where it is (a ZIP file)", "leave --in-place out")
    try:
        with ZipFile(path) as packed:
            for info in packed.infolist():
                if not info.filename.lower().endswith((".warc", ".warc.gz")):
                    continue
                # The checksum: another file of that name is another one.
                target = folder / _storable(f"{PREFIX}{path.stem}-{info.CRC:08x}-{Path(info.filename).name}")
                if not target.exists():
                    with packed.open(info) as member:
                        _write(target, member)
                if has_joined_records(target):
                    target.unlink()
                    found = f"{info.filename} is packed as one, so that its records have no places"
                    raise PageError(str(path), found, "take it out of the ZIP file and import it")
                yield Placed(target, target.name, copied=True)
    except (BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
        raise PageError(str(path), f"is no WACZ file, or a damaged one ({error})") from error


def _storable(name: str) -> str:
    """A file's name as the database can hold it, which is UTF-8."""
    return os.fsencode(name).decode("utf-8", "replace").replace("\ufffd", "_")


def _target(path: Path, folder: Path, joined: bool) -> Path:
    """Where the copy stands or will stand: under the file's name, or, where another file has that, with a digest."""
    name = _storable(path.name)
    name = name if name.startswith(PREFIX) else PREFIX + name
    if joined:
        name = name.removesuffix(".gz").removesuffix(".warc") + ".warc"
    target = folder / name
    if not target.exists() or _same(path, target, joined):
        return target
    stem, dot, suffix = name.partition(".")
    return folder / f"{stem}-{_digest(path)[:12]}{dot}{suffix}"


def _same(path: Path, target: Path, joined: bool) -> bool:
    if not joined:
        return filecmp.cmp(path, target, shallow=False)
    with gzip.open(path) as one, target.open("rb") as other:
        while (piece := one.read(_PIECE)) == other.read(_PIECE):
            if not piece:
                return True
    return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(path: Path, target: Path, joined: bool) -> None:
    with cast("IO[bytes]", gzip.open(path)) if joined else path.open("rb") as source:
        _write(target, source)


def _write(target: Path, source: IO[bytes]) -> None:
    """Write a file under another name, which it loses when it is whole."""
    part = target.with_name(target.name + PART)
    try:
        with part.open("wb") as copy:
            with suppress(EOFError):  # cut off: what stands before that is kept, and told when it is read
                shutil.copyfileobj(source, copy, _PIECE)
            copy.flush()
            os.fsync(copy.fileno())
        part.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ArchiveError(
            str(target), f"can't be written ({error.strerror or error})", "make room and run again"
        ) from error
