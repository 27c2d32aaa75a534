"""The end of a file of ours after a crash: what stands whole there, and where the good part ends."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from newsspider.archive import http, warc
from newsspider.errors import ArchiveError
from newsspider.records import Capture, WarcPlace


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
    if record.kind == "response":
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


def cut(path: Path, end: int) -> None:
    """Shorten a file to its good part; a file without one is removed. Raises ``ArchiveError``."""
    try:
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
