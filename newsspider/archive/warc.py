"""The records of a WARC file (ISO 28500), one after the other, as they stand there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from newsspider.archive import http
from newsspider.archive.stream import Torn, WarcStream
from newsspider.errors import PageError
from newsspider.records import Capture

_FOLD = re.compile(r"\r?\n[ \t]+")
_LENGTH = re.compile(r"\d{1,15}")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?Z?)?)?)?")
_DATE_IN_ONE = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)()")  # as CDX files write it


class WarcDamage(PageError):
    """Raised where a WARC file is cut off or broken, after what stands before that was given."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record: the fields of its header by name in lower case (the first of each name), and its block.

    ``offset`` and ``length`` are None where it has no gzip member of its own; ``block`` is None where it was
    not wanted.
    """

    fields: dict[str, str]
    block: bytes | None
    offset: int | None
    length: int | None

    @property
    def kind(self) -> str:
        """WARC-Type: response, request, warcinfo .."""
        return self.fields.get("warc-type", "").lower()

    @property
    def url(self) -> str:
        """WARC-Target-URI (some writers put it in angle brackets, as a misprint in WARC 1.0 has it)."""
        return self.fields.get("warc-target-uri", "").strip("<>")


Wanted = Callable[[dict[str, str], int], bool]  # by header and length: is the block wanted?


def read(file: BinaryIO, name: str, start: int, wanted: Wanted, odd: Callable[[str], None]) -> Iterator[Record]:
    """The whole records from byte ``start`` of a file on.

    A record is given when it is known to be whole: the member that it stands in was unpacked to its end and its
    check sum is right, or the next record follows. ``odd`` gets each kind of harmless oddity once. Raises
    ``WarcDamage``, with ``name`` in it.
    """
    stream = WarcStream(file, start)
    told = 0
    url, first = "", True
    try:
        while stream.next_member():
            while stream.skip_breaks() or not stream.at_end():
                if stream.at_end():
                    break
                offset = stream.tell()
                fields, length = _header(stream)
                url, first = fields.get("warc-target-uri", ""), False
                block = stream.take(length, keep=(keep := wanted(fields, length)))
                _end_of_record(stream)
                for text in stream.odd[told:]:
                    odd(text)
                told = len(stream.odd)
                end = stream.end() if stream.at_end() or offset is not None and stream.tell() else None
                yield Record(fields, block if keep else None, offset, end - offset if end and offset is not None else None)
                url = ""
    except Torn as error:
        raise WarcDamage(name, "") from error
