"""The WARC writer: WARC 1.1 (ISO 28500:2017), one gzip member a record."""

from __future__ import annotations

import errno
import os
import re
import uuid
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from newsspider import clock
from newsspider.archive import http
from newsspider.archive.scan import digest_of
from newsspider.errors import ArchiveError
from newsspider.records import Capture, Earlier, WarcPlace

GIGABYTE = 1_000_000_000
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
# WARC 1.1, 6.7.2 and 6.7.3: the same body came again; the server said that it is the same.
_SAME_BODY = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f]")

# What to do about a failure to write.
_ROOM = "make room and run again"
_CURES = {errno.ENOSPC: _ROOM, errno.EDQUOT: _ROOM, errno.EFBIG: _ROOM}


class WarcWriter:
    """Appends captures to ``FOLDER/PREFIX-YYYYMMDDHHMMSS-NNNNN.warc.gz``.

    A new file is begun by each writer and when one has reached ``max_bytes``; none that exists is written to.
    After ``append`` the records are in the file, after ``sync`` they survive a loss of power. Not for several
    threads at once.
    """

    def __init__(self, folder: Path, prefix: str, software: str, max_bytes: int = GIGABYTE) -> None:
        """``software``: what the head of each file names as its maker, as ``name/version``."""
        self._folder = folder
        self._prefix = prefix
        self._software = software
        self._max_bytes = max_bytes
        self._number = 0
        self._path: Path | None = None
        self._descriptor = -1
        self._size = 0
        self._synced = True

    @property
    def file(self) -> str | None:
        """The name of the present file; None before the first append."""
        return self._path.name if self._path else None

    @property
    def size(self) -> int:
        """Bytes of the present file."""
        return self._size

    def append(self, captures: Sequence[Capture]) -> tuple[WarcPlace, ...]:
        """Write a response and a request record for each capture, all in one write; for one that ``revisits`` another
        a revisit record without the body instead of the response. Of one that another
        archive made (``origin``) no request is known.

        The places are those of the response or revisit records, one a capture. Raises ``ArchiveError`` where it can't be
        written; the file then ends where it ended before, and a later append may succeed.
        """
        if not captures:
            return ()
        if self._path is None or self._size >= self._max_bytes:
            self._begin_file()
        assert self._path is not None
        members: list[bytes] = []
        places = []
        end = self._size
        for capture in captures:
            digest = capture.revisits.digest if capture.revisits else digest_of(capture.body)
            response, request = _members(capture, digest)
            members += response, request
            places.append(WarcPlace(self._path.name, end, len(response), digest))
            end += len(response) + len(request)
        self._write(b"".join(members))
        return tuple(places)

    def sync(self) -> None:
        """See to it that what was appended survives a loss of power.

        Raises ``ArchiveError`` where that fails. The system may then have lost some of it already, and would
        not say so a second time: the next append begins another file.
        """
        if self._path is None or self._synced:
            return
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            raise self._given_up(error) from error
        self._synced = True

    def close(self) -> None:
        """Sync and let go of the file; the next append begins another one. Raises as ``sync``."""
        self.sync()
        self._let_go()

    def _let_go(self) -> None:
        if self._path is not None:
            os.close(self._descriptor)
            self._path = None

    def _given_up(self, error: OSError) -> ArchiveError:
        """Never write to the present file again."""
        assert self._path is not None
        path = self._path
        self._let_go()
        return _unwritable(path, error)

    def _write(self, data: bytes) -> None:
        assert self._path is not None
        self._synced = False
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError as error:
            try:
                os.ftruncate(self._descriptor, self._size)
            except OSError:  # the next start cuts the torn record off
                raise self._given_up(error) from error
            raise _unwritable(self._path, error) from error
        self._size += len(data)

    def _begin_file(self) -> None:
        self.close()
        path = self._new_file()
        try:
            sync_folder(self._folder)
            self._write(_warcinfo(path.name, self._software))
        except (OSError, ArchiveError) as error:
            self._let_go()
            path.unlink(missing_ok=True)  # nothing of a crawl is in it
            raise (_unwritable(path, error) if isinstance(error, OSError) else error) from error

    def _new_file(self) -> Path:
        stamp = clock.now().strftime("%Y%m%d%H%M%S")
        while True:
            self._number += 1
            path = self._folder / f"{self._prefix}-{stamp}-{self._number:05d}.warc.gz"
            try:
                self._descriptor = os.open(path, _NEW, 0o644)
            except FileExistsError:
                continue
            except OSError as error:
                raise _unwritable(path, error) from error
            self._path, self._size, self._synced = path, 0, True
            return path


def _unwritable(path: Path, error: OSError) -> ArchiveError:
    cure = _CURES.get(error.errno or 0, "mend that and run again")
    return ArchiveError(str(path), f"can't be written ({error.strerror or error})", cure)


def sync_folder(folder: Path) -> None:
    """The name of a new file survives a loss of power only then."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# ---- records --------------------------------------------------------------------------------------------
def _warcinfo(name: str, software: str) -> bytes:
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n".encode()
    fields = [f"WARC-Filename: {name}", "Content-Type: application/warc-fields"]
    return _member(_head("warcinfo", _record_id(), clock.now(), fields, block), block, 6)


def _members(capture: Capture, digest: str) -> tuple[bytes, bytes]:
    """The response (or revisit) and the request record of a capture."""
    response_id, url = _record_id(), f"WARC-Target-URI: {_one_word(capture.url)}"
    kind, more = "response", []
    if capture.revisits:
        kind, more = "revisit", _refers_to(capture.status, capture.revisits)
        capture = replace(capture, body=b"")
    block = http.response_block(capture)
    fields = [
        *more,
        url,
        f"WARC-Payload-Digest: {digest}",
        "Content-Type: application/http; msgtype=response",
    ]
    if capture.ip_address:
        fields.append(f"WARC-IP-Address: {_one_word(capture.ip_address)}")
    if capture.protocol != http.protocol_of(capture):
        fields.append(f"WARC-Protocol: {_one_word(capture.protocol)}")
    if capture.origin:
        fields += _taken_from(capture.origin)
    head = _head(kind, response_id, capture.fetched_at, fields, block)
    response = _member(head, block, _level(capture))
    if capture.origin:
        return response, b""
    block = http.request_block(capture)
    fields = [url, f"WARC-Concurrent-To: {response_id}", "Content-Type: application/http; msgtype=request"]
    return response, _member(_head("request", _record_id(), capture.fetched_at, fields, block), block, 6)


def _refers_to(status: int, earlier: Earlier) -> list[str]:
    return [
        f"WARC-Profile: {_NOT_MODIFIED if status == HTTPStatus.NOT_MODIFIED else _SAME_BODY}",
        f"WARC-Refers-To-Target-URI: {_one_word(earlier.url)}",
        f"WARC-Refers-To-Date: {earlier.fetched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    ]


def _taken_from(origin: str) -> list[str]:
    """WARC 1.1 has no fields for it (4: others may be added); these are those that pywb and warcit write."""
    return [f"WARC-Source-URI: {_one_word(origin)}", f"WARC-Creation-Date: {clock.now():%Y-%m-%dT%H:%M:%SZ}"]


def _head(kind: str, record_id: str, moment: datetime, fields: Sequence[str], block: bytes) -> bytes:
    """A record's header, blank line included."""
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: {record_id}",
        f"WARC-Date: {moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
        *fields,
        f"WARC-Block-Digest: {digest_of(block)}",
        f"Content-Length: {len(block)}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")


def _one_word(text: str) -> str:
    """An address on one line, as it is but for blanks and control characters, which no address can have."""
    return _NOT_IN_ADDRESSES.sub(lambda match: f"%{ord(match[0]):02X}", text)


def _record_id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _level(capture: Capture) -> int:
    """How hard to compress: what the server compressed gains nothing and would cost three times the CPU."""
    return 0 if (capture.header("Content-Encoding") or "identity").lower() != "identity" else 6


def _member(head: bytes, block: bytes, level: int) -> bytes:
    """A record in its own gzip member."""
    machine = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    pieces = [machine.compress(piece) for piece in (head, block, b"\r\n\r\n")]
    return b"".join([*pieces, machine.flush()])
