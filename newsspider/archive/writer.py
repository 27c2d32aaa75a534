"""The WARC writer (ISO 28500:2017, WARC 1.1): request and response records, gzip by record."""

from __future__ import annotations

import base64
import hashlib
import os
import uuid
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from newsspider import clock
from newsspider.archive import http
from newsspider.errors import ArchiveError
from newsspider.records import Capture, WarcPlace

GIGABYTE = 1_000_000_000


class WarcWriter:
    """Appends captures to ``FOLDER/PREFIX-YYYYMMDDHHMMSS-NNNNN.warc.gz``; a new file for each writer and at ``max_bytes``.

    Not safe for several threads. After ``append`` the records are in the file, after ``sync`` on the disk.
    """

    def __init__(self, folder: Path, prefix: str, software: str, max_bytes: int = GIGABYTE) -> None:
        self._folder = folder
        self._prefix = prefix
        self._software = software
        self._max_bytes = max_bytes
        self._number = 0
        self._descriptor: int | None = None
        self._path = folder
        self._size = 0
        self._dirty = False

    def append(self, captures: Sequence[Capture]) -> tuple[WarcPlace, ...]:
        """Write the records of these exchanges at once; the places are those of the response records, one for each.

        Raises ``ArchiveError`` when it can't be written; the file then ends where it ended before.
        """
        if not captures:
            return ()
        if self._descriptor is None or self._size >= self._max_bytes:
            self._next_file()
        data = bytearray()
        places = []
        for capture in captures:
            response_id = _record_id()
            block = http.response_block(capture)
            digest = _digest(capture.body)
            response = _member(_response_head(capture, response_id, block, digest), block, _level(capture))
            places.append(WarcPlace(self._path.name, self._size + len(data), len(response), digest))
            request = http.request_block(capture)
            data += response + _member(_request_head(capture, response_id, request), request, 6)
        self._write(bytes(data))
        return tuple(places)

    def sync(self) -> None:
        """See to it that what was appended survives a loss of power."""
        if self._descriptor is not None and self._dirty:
            os.fsync(self._descriptor)
            self._dirty = False

    def close(self) -> None:
        """Sync and let go of the file."""
        if self._descriptor is not None:
            self.sync()
            os.close(self._descriptor)
            self._descriptor = None

    def _write(self, data: bytes) -> None:
        assert self._descriptor is not None
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._descriptor, view) :]
        except OSError as error:
            os.ftruncate(self._descriptor, self._size)
            raise ArchiveError(str(self._path), f"can't be written ({error.strerror})", "make room and run again") from error
        self._size += len(data)
        self._dirty = True

    def _next_file(self) -> None:
        self.close()
        stamp = clock.now().strftime("%Y%m%d%H%M%S")
        while True:
            self._number += 1
            self._path = self._folder / f"{self._prefix}-{stamp}-{self._number:05d}.warc.gz"
            try:
                self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o644)
                break
            except FileExistsError:
                continue
            except OSError as error:
                raise ArchiveError(str(self._path), f"can't be made ({error.strerror})", "make room and run again") from error
        self._size = 0
        _sync_folder(self._folder)
        self._write(self._warcinfo())

    def _warcinfo(self) -> bytes:
        fields = {"software": self._software, "format": "WARC File Format 1.1", "robots": "obey"}
        block = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
        head = _head(
            "warcinfo",
            _record_id(),
            clock.now(),
            [("WARC-Filename", self._path.name), ("Content-Type", "application/warc-fields")],
            block,
        )
        return _member(head, block, 6)


def _response_head(capture: Capture, record_id: str, block: bytes, digest: str) -> bytes:
    fields = [("WARC-Target-URI", _uri(capture.url)), ("WARC-Payload-Digest", digest)]
    if capture.ip_address:
        fields.append(("WARC-IP-Address", capture.ip_address))
    fields.append(("Content-Type", "application/http; msgtype=response"))
    return _head("response", record_id, capture.fetched_at, fields, block)


def _request_head(capture: Capture, response_id: str, block: bytes) -> bytes:
    fields = [
        ("WARC-Target-URI", _uri(capture.url)),
        ("WARC-Concurrent-To", response_id),
        ("Content-Type", "application/http; msgtype=request"),
    ]
    return _head("request", _record_id(), capture.fetched_at, fields, block)


def _head(kind: str, record_id: str, moment: datetime, fields: Sequence[tuple[str, str]], block: bytes) -> bytes:
    """A record's header. WARC-Date has microseconds (1.1 allows up to nanoseconds)."""
    date = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: {record_id}",
        f"WARC-Date: {date}",
        *(f"{name}: {value}" for name, value in fields),
        f"WARC-Block-Digest: {_digest(block)}",
        f"Content-Length: {len(block)}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")


def _uri(url: str) -> str:
    """The address on one line, whatever it holds."""
    return "".join(url.split())


def _record_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def _level(capture: Capture) -> int:
    """A body that is compressed already is stored (level 0): compressing it again costs three times the CPU for nothing."""
    return 0 if (capture.header("Content-Encoding") or "identity").lower() != "identity" else 6


def _member(head: bytes, block: bytes, level: int) -> bytes:
    """One gzip member holding one record."""
    machine = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return machine.compress(head) + machine.compress(block) + machine.compress(b"\r\n\r\n") + machine.flush()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
