"""The bytes of a WARC file, packed or not: what stands in its gzip members, and where each of them begins."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import Protocol

_READ = 1 << 16  # bytes read at a time
_PIECE = 1 << 18  # bytes unpacked at a time
_HEAD_LIMIT = 1 << 18  # bytes of a record's header
_GZIP = b"\x1f\x8b"
_RECORD = b"WARC/"
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_NOT_BREAK = re.compile(rb"[^\r\n]")


class Torn(Exception):
    """Raised where the bytes end too early or are damaged; says how, in words."""


class Readable(Protocol):
    """What pages are read from: a file, a pipe."""

    def read(self, count: int, /) -> bytes:
        """Up to so many bytes; none at the end."""
        ...


class WarcStream:
    """Reads a file from a point on, member by member. An unpacked file is one member.

    It is read forwards only, so it can be a pipe. ``position`` is where in it the present member begins.
    ``odd`` gets each kind of harmless oddity, in words, once.
    """

    def __init__(self, file: Readable, start: int, odd: Callable[[str], None]) -> None:
        self.position = start
        self._odd = odd
        self._noted: set[str] = set()
        self._file = file
        self._raw = b""  # read and not yet unpacked
        self._read_to = start  # where in the file the bytes behind _raw begin
        self._machine: zlib._Decompress | None = None
        self.packed: bool | None = None  # not known before the first bytes
        self._buffer = b""
        self._at = 0  # what stands before this in the buffer was taken
        self._taken = 0  # bytes of this member that stood before the buffer

    def note(self, oddity: str) -> None:
        """Tell of an oddity, the first time that it is met."""
        if oddity not in self._noted:
            self._noted.add(oddity)
            self._odd(oddity)

    # ---- members -----------------------------------------------------------------------------------------
    def next_member(self) -> bool:
        """Go on to the next member; False at the file's end. Raises ``Torn`` where something else follows."""
        if self._machine is not None:
            self._raw, self._machine = self._machine.unused_data, None
        self._fill(2)
        if self.packed is None:
            self.packed = self._raw.startswith(_GZIP)
            self._begin()
            return bool(self._raw)
        if not self.packed or not self._raw:
            return False
        if not self._raw.startswith(_GZIP):
            self._skip_padding()
            return False
        self._begin()
        return True

    def _begin(self) -> None:
        self.position = self._read_to - len(self._raw)
        self._machine = zlib.decompressobj(zlib.MAX_WBITS | 16) if self.packed else None
        self._buffer, self._at, self._taken = b"", 0, 0

    def _skip_padding(self) -> None:
        self._begin()
        while self._raw:
            if self._raw.strip(b"\x00\r\n "):
                raise Torn("no gzip member begins")
            self._raw = b""
            self._fill(1)
        self.note("zeros or blanks stand behind the last record")

    def _fill(self, count: int) -> None:
        while len(self._raw) < count and (more := self._file.read(_READ)):
            self._raw += more
            self._read_to += len(more)

    def _piece(self) -> bytes:
        """More of the present member; nothing at its end. Raises ``Torn``."""
        if self._machine is None:
            self._fill(1)
            piece, self._raw = self._raw, b""
            return piece
        while not self._machine.eof:
            packed = self._machine.unconsumed_tail
            if not packed:
                self._fill(1)
                packed, self._raw = self._raw, b""
            try:
                piece = self._machine.decompress(packed, _PIECE)
            except zlib.error as error:
                raise Torn("damaged") from error
            if piece:
                return piece
            if not packed:
                raise Torn("cut off")
        return b""

    # ---- what stands in them -----------------------------------------------------------------------------
    def tell(self) -> int | None:
        """Where in the file the next byte stands; None where that is inside a gzip member."""
        taken = self._taken + self._at
        if self.packed:
            return None if taken else self.position
        return self.position + taken

    def where(self) -> int:
        """Where in the file the next byte, or else its gzip member, stands: for messages."""
        place = self.tell()
        return self.position if place is None else place

    def length_from(self, offset: int | None) -> int | None:
        """Bytes of the file from an offset to here; None where they can't be read by themselves."""
        if offset is None or self._machine is None:
            return None if offset is None else self.position + self._taken + self._at - offset
        return self._read_to - len(self._machine.unused_data) - offset if self.at_end() else None

    def skip_breaks(self) -> int:
        """Take line breaks, up to the next other byte or the member's end; how many bytes those were."""
        count = 0
        while True:
            other = _NOT_BREAK.search(self._buffer, self._at)
            stop = other.start() if other else len(self._buffer)
            count += stop - self._at
            self._at = stop
            if other or not self._more():
                return count

    def at_end(self) -> bool:
        """Whether nothing is left of the present member."""
        return self._at == len(self._buffer) and not self._more()

    def at_record(self) -> bool:
        """Whether a record begins here, be it that only its first letters are left of the member."""
        there = self._first_bytes()
        return bool(there) and _RECORD.startswith(there)

    def _first_bytes(self) -> bytes:
        while len(self._buffer) - self._at < len(_RECORD) and self._more():
            pass
        return self._buffer[self._at : self._at + len(_RECORD)]

    def head(self) -> bytes:
        """Take a record's header, its blank line included. Raises ``Torn``."""
        searched = 0
        while (end := _BLANK_LINE.search(self._buffer, self._at + searched)) is None:
            there = len(self._buffer) - self._at
            if there > _HEAD_LIMIT:
                raise Torn("a header without end")
            searched = max(0, there - 3)
            if not self._more():
                self._cross()
        head = self._buffer[self._at : end.end()]
        self._at = end.end()
        return head

    def take(self, count: int, keep: bool = True) -> bytes:
        """Take so many bytes; with ``keep`` false they are let go, nothing comes back. Raises ``Torn``."""
        pieces = []
        while count:
            if self._at == len(self._buffer) and not self._more():
                self._cross()
            piece = self._buffer[self._at : self._at + count]
            self._at += len(piece)
            count -= len(piece)
            if keep:
                pieces.append(piece)
        return b"".join(pieces)

    def _more(self) -> bool:
        """Put more of the member into the buffer; False at its end."""
        piece = self._piece()
        self._taken += self._at
        self._buffer, self._at = self._buffer[self._at :] + piece, 0
        return bool(piece)

    def _cross(self) -> None:
        """Go on in the next member, in the middle of a record: block-wise packed files are cut anywhere."""
        kept = self._buffer[self._at :]
        if not self.next_member():
            raise Torn("cut off")
        if self._first_bytes() == _RECORD:
            raise Torn("shorter than its Content-Length says")
        self._buffer, self._at = kept + self._buffer, 0
        self._taken = 1  # the record began before
        self.note("records reach over several gzip members")
