"""Pages out of WARC files, ours and anyone else's.

Read besides clean files: one gzip member around the whole file, no line break between records, HTTP headers with bare line feeds, joined
payloads that still say chunked, really chunked ones, gzip, deflate, br and zstd. A file that was cut gives what stands before the cut and then
``WarcDamage``; a page that was cut is never given.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from newsspider.archive import http
from newsspider.coding import TooLarge, decode_body
from newsspider.errors import PageError
from newsspider.records import Capture, Headers, WarcPlace

MAX_PAYLOAD = 64 * 1024 * 1024  # bytes of a decoded page


class WarcDamage(PageError):
    """Raised by ``read_records`` after the last whole record of a damaged file."""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A response record, its payload without transfer and content codings."""

    url: str
    date: datetime | None  # WARC-Date, UTC
    status: int
    headers: Headers
    payload: bytes
    offset: int
    digest: str | None = None

    @property
    def content_type(self) -> str | None:
        """The header Content-Type."""
        return http.value_of(self.headers, "Content-Type")


def read_records(path: Path, *, skipped: list[str] | None = None) -> Iterator[PageRecord]:
    """The response records of a WARC file, in order.

    Takes .warc and .warc.gz alike. Records that can't be read as a response are left out; a line about each is appended to ``skipped``.
    Raises ``WarcDamage`` where the file is cut or broken, after everything before that was given.
    """
    notes = skipped if skipped is not None else []
    last, seen = 0, False
    try:
        for record in ArchiveIterator(
            str(path), record_types=WarcRecordType.any_type, parse_http=False, quirks_mode=True, fsspec_args=False
        ):
            last, seen = record.stream_pos, True
            block = record.reader.read()
            url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
            if len(block) < int(record.headers.get("Content-Length") or 0):
                raise WarcDamage(str(path), f"cut off in the record of {url or 'no address'}", "what stands before it was read")
            if record.record_type != WarcRecordType.response:
                continue
            page = _page(url, record.headers.get("WARC-Date"), block, last, record.headers.get("WARC-Payload-Digest"), notes)
            if page:
                yield page
    except OSError as error:
        raise WarcDamage(str(path), f"damaged behind byte {last} ({error})", "what stands before it was read") from error
    if not seen:
        raise WarcDamage(str(path), "holds no WARC record", "is it a WARC file?")
    if _is_cut(path, last):
        raise WarcDamage(str(path), f"cut off behind byte {last}", "what stands before it was read")


def _page(url: str, date: str | None, block: bytes, offset: int, digest: str | None, notes: list[str]) -> PageRecord | None:
    try:
        start, headers, body = http.parse(block)
    except ValueError:
        notes.append(f"{url}: the record at byte {offset} holds no HTTP response")
        return None
    whole = True
    if "chunked" in (http.value_of(headers, "Transfer-Encoding") or "").lower():
        body, whole = http.unchunked(body)
    try:
        payload, complete = decode_body(body, http.value_of(headers, "Content-Encoding"), MAX_PAYLOAD)
    except TooLarge:
        notes.append(f"{url}: the record at byte {offset} decodes to more than {MAX_PAYLOAD} bytes")
        return None
    if not (whole and complete):
        notes.append(f"{url}: the page of the record at byte {offset} was cut off when it was fetched")
    return PageRecord(url, _date(date), http.status_of(start), headers, payload, offset, digest)


def _date(text: str | None) -> datetime | None:
    """WARC-Date: W3C's profile of ISO 8601, always UTC."""
    try:
        moment = datetime.fromisoformat((text or "").strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _is_cut(path: Path, last: int) -> bool:
    """Whether a gzip file ends within a member: the last members are walked once more."""
    with path.open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            return False
        file.seek(last)
        if file.read(2) != b"\x1f\x8b":  # one member around the whole file: offsets are none
            file.seek(0)
        else:
            file.seek(last)
        machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
        rest = b""
        fed = False
        while piece := rest or file.read(1 << 20):
            try:
                machine.decompress(piece)
            except zlib.error:
                return fed
            fed, rest = True, machine.unused_data
            if machine.eof:
                machine, fed = zlib.decompressobj(zlib.MAX_WBITS | 16), False
        return fed


# ---- single records of ours -----------------------------------------------------------------------------------------
def parse_record(data: bytes) -> tuple[dict[str, str], bytes]:
    """Header fields (names in lower case) and block of one whole record; ValueError where it is none."""
    end = data.find(b"\r\n\r\n")
    if not data.startswith(b"WARC/1.") or end < 0:
        raise ValueError("no WARC record")
    lines = data[:end].decode("utf-8", "replace").split("\r\n")[1:]
    head = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    block = data[end + 4 : end + 4 + int(head.get("content-length", "0"))]
    if len(block) < int(head.get("content-length", "0")):
        raise ValueError("a cut WARC record")
    return head, block


def capture_of(head: dict[str, str], block: bytes) -> Capture:
    """A response record as the capture that it was written from, its request's headers aside."""
    start, headers, body = http.parse(block)
    return Capture(
        url=head.get("warc-target-uri", ""),
        fetched_at=_date(head.get("warc-date")) or datetime.fromtimestamp(0, UTC),
        status=http.status_of(start),
        request_headers=(),
        response_headers=headers,
        body=body,
        protocol=start.split(None, 1)[0].decode("latin-1"),
        ip_address=head.get("warc-ip-address"),
    )


def read_capture(folder: Path, place: WarcPlace) -> Capture:
    """The capture at a place. Raises ``PageError`` where the file or the record is not there."""
    path = folder / place.file
    try:
        with path.open("rb") as file:
            file.seek(place.offset)
            data = file.read(place.length)
        head, block = parse_record(zlib.decompress(data, zlib.MAX_WBITS | 16))
        return capture_of(head, block)
    except (OSError, ValueError, zlib.error) as error:
        raise PageError(f"{path} at byte {place.offset}", f"no record can be read ({error})") from error
