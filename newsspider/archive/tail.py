"""The end of a file of ours after a crash: what stands whole there, and where the good part ends."""

from __future__ import annotations

import os
import zlib
from dataclasses import replace
from pathlib import Path

from newsspider.archive import http, warc
from newsspider.errors import ArchiveError
from newsspider.records import Capture, WarcPlace

_MEMBER = b"\x1f\x8b\x08"  # how a gzip member begins
_HEAD = 512  # bytes of one that are unpacked to see what it is
_PIECE = 1 << 20


def tail(path: Path, known_end: int) -> tuple[list[tuple[Capture, WarcPlace]], int]:
    """The captures that stand whole behind ``known_end``, and the offset at which the last whole record ends.

    A response whose request was torn counts as whole; its capture has no request headers. Raises
    ``ArchiveError`` where the file can't be read.
    """
    found: dict[str, tuple[Capture, WarcPlace]] = {}  # by WARC-Record-ID, in order
    end = known_end
    try:
        with path.open("rb") as file:
            file.seek(known_end)
            for record in warc.read(file, path.name, known_end):
                if record.offset is None or record.length is None:
                    break  # not written by us
                end = record.offset + record.length
                _take_in(found, record, path.name)
    except warc.WarcDamage:
        pass  # the end of the good part is known
    except OSError as error:
        raise ArchiveError(str(path), f"can't be read ({error.strerror})") from error
    return list(found.values()), end


def _take_in(found: dict[str, tuple[Capture, WarcPlace]], record: warc.Record, name: str) -> None:
    if record.kind in ("response", "revisit"):
        assert record.offset is not None
        assert record.length is not None
        digest = record.fields.get("warc-payload-digest", "")
        place = WarcPlace(name, record.offset, record.length, digest)
        found[record.fields.get("warc-record-id", "")] = (warc.capture_of(record), place)
    elif record.kind == "request":
        answer = found.get(record.fields.get("warc-concurrent-to", ""))
        if answer:
            line, headers, _ = http.parse(record.block)
            method = line.split(b" ")[0].decode("latin-1")
            capture = replace(answer[0], method=method, request_headers=headers)
            found[record.fields["warc-concurrent-to"]] = (capture, answer[1])


def cut(path: Path, end: int) -> bool:
    """Shorten a file to its good part, if what stands behind is but a torn record; a file without a good part is removed.

    False where whole records follow: then the file is damaged in its midst, and stays as it is. Raises ``ArchiveError``.
    """
    try:
        if records_follow(path, end):
            return False
        if end == 0:
            path.unlink()
        elif end < path.stat().st_size:
            with path.open("r+b") as file:
                file.truncate(end)
                os.fsync(file.fileno())
    except OSError as error:
        raise ArchiveError(
            str(path), f"its torn end can't be cut off ({error.strerror})", "make the file writable"
        ) from error
    return True


def records_follow(path: Path, end: int) -> bool:
    """Whether a record begins behind the broken one at ``end``: a gzip member (RFC 1952 2.3.1) that unpacks to a WARC
    header, where no writer of ours was killed but a disk or a copy failed.
    """
    with path.open("rb") as file:
        file.seek(end + 1)
        held, more = b"", True
        while more:
            piece = file.read(_PIECE)
            data, more = held + piece, bool(piece)
            at = data.find(_MEMBER)
            while at >= 0 and (at + _HEAD <= len(data) or not more):
                if _unpacks(data[at : at + _HEAD]):
                    return True
                at = data.find(_MEMBER, at + 1)
            held = data[at:] if at >= 0 else data[-len(_MEMBER) + 1 :]
    return False


def _unpacks(data: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(data, 5) == b"WARC/"
    except zlib.error:
        return False
