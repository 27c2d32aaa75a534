"""The end of a file of ours: whole records behind a known offset, and where the good part ends."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from newsspider.archive import http
from newsspider.archive.reader import capture_of, parse_record
from newsspider.errors import ArchiveError
from newsspider.records import Capture, WarcPlace

_READ = 1 << 20


def tail(path: Path, known_end: int) -> tuple[list[tuple[Capture, WarcPlace]], int]:
    """The captures that stand whole behind ``known_end``, and the offset at which the last whole record ends.

    A response without its request behind it counts as whole. Raises ``ArchiveError`` where the file can't be read.
    """
    found: list[tuple[Capture, WarcPlace]] = []
    end = known_end
    request: http.Headers = ()
    for offset, length, data in members(path, known_end):
        try:
            head, block = parse_record(data)
        except ValueError:
            break
        end = offset + length
        if head.get("warc-type") == "response":
            place = WarcPlace(path.name, offset, length, head.get("warc-payload-digest", ""))
            found.append((capture_of(head, block), place))
        elif head.get("warc-type") == "request" and found:
            _, request, _ = http.parse(block)
            capture, place = found[-1]
            found[-1] = (_with_request(capture, request), place)
    return found, end


def _with_request(capture: Capture, request: http.Headers) -> Capture:
    from dataclasses import replace

    return replace(capture, request_headers=request)


def members(path: Path, start: int) -> Iterator[tuple[int, int, bytes]]:
    """Whole gzip members from an offset on: offset, length, content. Ends before one that is torn."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise ArchiveError(str(path), f"can't be read ({error.strerror})", "") from error
    with file:
        file.seek(start)
        offset, rest = start, b""
        while True:
            machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
            content, length = bytearray(), 0
            while not machine.eof:
                piece = rest or file.read(_READ)
                if not piece:
                    return
                try:
                    content += machine.decompress(piece)
                except zlib.error:
                    return
                rest = machine.unused_data
                length += len(piece) - len(rest)
            yield offset, length, bytes(content)
            offset += length


def cut(path: Path, end: int) -> None:
    """Shorten a file to its good part. Raises ``ArchiveError`` where it can't be written."""
    try:
        with path.open("r+b") as file:
            file.truncate(end)
            os.fsync(file.fileno())
    except OSError as error:
        raise ArchiveError(str(path), f"its torn end can't be cut off ({error.strerror})", "make the file writable") from error
