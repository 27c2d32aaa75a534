"""The records of a WARC file (ISO 28500), one after the other, as they stand there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newsspider.archive import http
from newsspider.archive.stream import Readable, Torn, WarcStream
from newsspider.errors import PageError
from newsspider.records import Capture, Earlier

_FOLD = re.compile(r"\r?\n[ \t]+")
_SIZE = re.compile(r"\d{1,15}")
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_DATE_IN_ONE = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)()()")  # as CDX files write it


class WarcDamage(PageError):
    """Raised where a WARC file is cut off or broken, after what stands before that was given."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record: the fields of its header by name in lower case (the first of each name), and its block.

    ``block`` holds as much of it as was wanted, ``size`` is its whole length. ``offset`` and ``length`` are
    the record's byte range in the file; None where it has no gzip member of its own.
    """

    fields: dict[str, str]
    block: bytes
    size: int
    offset: int | None
    length: int | None

    @property
    def kind(self) -> str:
        """WARC-Type: response, request, warcinfo .."""
        return self.fields.get("warc-type", "").lower()

    @property
    def url(self) -> str | None:
        """WARC-Target-URI (some writers put it in angle brackets, as a misprint in WARC 1.0 has it); None where
        there is none.
        """
        return self.fields.get("warc-target-uri", "").strip("<>") or None


Wanted = Callable[[dict[str, str], int], int]  # by a record's fields and size: how many bytes of its block


def _all(fields: dict[str, str], size: int) -> int:
    return size


def _ignore(oddity: str) -> None:
    pass


def read(
    file: Readable, name: str, start: int = 0, wanted: Wanted = _all, odd: Callable[[str], None] = _ignore
) -> Iterator[Record]:
    """The whole records from byte ``start`` of a file on, which stands there.

    A record is given when it is known to be whole: its gzip member was unpacked to the end and its check sum
    is right, or the next record follows, or the file ends. ``odd`` gets each kind of harmless oddity once.
    Raises ``WarcDamage``; its message has the file's ``name``.
    """
    stream = WarcStream(file, start, odd)
    url, where, seen = "", start, False
    try:
        while stream.next_member():
            stream.skip_breaks()
            while not stream.at_end():
                offset = stream.tell()
                where = stream.where()
                fields, size = _header(stream)
                url = fields.get("warc-target-uri", "")
                block = stream.take(wanted(fields, size))
                stream.take(size - len(block), keep=False)
                _end_record(stream)
                yield Record(fields, block, size, offset, stream.length_from(offset))
                seen, url = True, ""
    except Torn as error:
        place = f"in the record of {url} at byte {where}" if url else f"at byte {stream.where()}"
        raise WarcDamage(name, f"{error} {place}", "what stands before it was read") from error
    except OSError as error:
        raise WarcDamage(name, f"can't be read on behind byte {where} ({error.strerror})") from error
    if not seen and not start:
        raise WarcDamage(name, "holds no WARC record", "is it a WARC file?")


def _header(stream: WarcStream) -> tuple[dict[str, str], int]:
    """A record's fields and the size of its block."""
    if not stream.at_record():
        raise Torn("no WARC record begins")
    lines = _FOLD.sub(" ", stream.head().decode("utf-8", "replace")).split("\n")
    fields: dict[str, str] = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    size = fields.get("content-length", "")
    if not _SIZE.fullmatch(size):
        raise Torn(f"Content-Length is {size[:20]!r} and no number" if size else "no Content-Length is given")
    return fields, int(size)


def _end_record(stream: WarcStream) -> None:
    """What has to follow a record: two line breaks, then the end or the next one."""
    breaks = stream.skip_breaks()
    if stream.at_end():
        pass
    elif not stream.at_record():
        raise Torn("longer than its Content-Length says")
    elif stream.packed:
        stream.note("several records share one gzip member")
    if not breaks:
        stream.note("no line breaks stand between records")


def date_of(fields: dict[str, str]) -> datetime | None:
    """WARC-Date, aware, in UTC; None where there is none that can be read.

    WARC 1.1 allows it from the year alone to nanoseconds (W3C's profile of ISO 8601); it wants UTC, others write an offset.
    """
    text = fields.get("warc-date", "")
    match = _DATE.fullmatch(text) or _DATE_IN_ONE.fullmatch(text)
    if not match:
        return None
    *parts, fraction, zone = match.groups()
    lowest = (1, 1, 1, 0, 0, 0)
    year, month, day, hour, minute, second = (int(p or low) for p, low in zip(parts, lowest, strict=True))
    try:
        moment = datetime(
            year, month, day, hour, minute, second, int((fraction or "").ljust(6, "0")[:6]), UTC
        )
        return moment - _offset(zone)
    except (ValueError, OverflowError):
        return None


def _offset(zone: str | None) -> timedelta:
    if zone in (None, "", "Z"):
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    return timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def capture_of(record: Record) -> Capture:
    """A response or revisit record as the capture that it was written from, its request's headers aside."""
    line, headers, body = http.parse(record.block)
    protocol = record.fields.get("warc-protocol") or line.split(b" ")[0].decode("latin-1")
    return Capture(
        url=record.url or "",
        fetched_at=date_of(record.fields) or datetime.fromtimestamp(0, UTC),
        status=http.status_of(line),
        request_headers=(),
        response_headers=headers,
        body=http.without_chunks(headers, body),
        protocol=protocol,
        ip_address=record.fields.get("warc-ip-address"),
        revisits=earlier_of(record.fields) if record.kind == "revisit" else None,
        origin=record.fields.get("warc-source-uri"),
    )


def earlier_of(fields: dict[str, str]) -> Earlier:
    """The capture that a revisit record refers to, as far as it says: else one of the same address (WARC 1.0 had no
    fields for it), whenever that was.
    """
    url = fields.get("warc-refers-to-target-uri") or fields.get("warc-target-uri", "")
    moment = date_of({"warc-date": fields.get("warc-refers-to-date", "")}) or datetime.fromtimestamp(0, UTC)
    return Earlier(url.strip("<>"), moment, fields.get("warc-payload-digest", ""))
