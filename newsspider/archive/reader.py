"""Pages out of WARC files, ours and anyone else's.

Read besides clean files: one gzip member around the whole file, members that end anywhere, no line break
between records, bare line feeds in headers, joined payloads that still say chunked, really chunked ones,
gzip, deflate, br and zstd. Of a cut or damaged file all before the damage is given, and never a page that was
cut by it. Not read: WARC files packed with zstd, ARC files, pages whose record is continued in another one.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsspider.archive import http, warc
from newsspider.archive.stream import Readable
from newsspider.coding import TooLarge, decode_body
from newsspider.errors import PageError
from newsspider.records import Capture, Headers, WarcPlace

logger = logging.getLogger(__name__)

MAX_PAGE = 64 * 1024 * 1024  # bytes of a page, packed or decoded
_MAX_HEAD = 1 << 20  # bytes of its HTTP header
_HTML = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_TEXT = frozenset({"text/plain"})
_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE
)

Report = Callable[[PageError, bool], None]  # what was found; whether a page is lost by it


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A response record, its payload without transfer and content codings.

    ``offset`` and ``length`` are its byte range in the file; None where it has no gzip member of its own.
    """

    url: str | None  # WARC-Target-URI as it stands there
    date: datetime | None  # WARC-Date, UTC
    status: int
    headers: Headers
    payload: bytes
    complete: bool  # False: the page was already cut when it was fetched
    offset: int | None
    length: int | None
    digest: str | None  # WARC-Payload-Digest

    @property
    def content_type(self) -> str | None:
        """The header Content-Type."""
        return http.value_of(self.headers, "Content-Type")


def read_records(
    source: Path | Readable,
    *,
    name: str | None = None,
    start: int = 0,
    pages_only: bool = False,
    report: Report | None = None,
) -> Iterator[PageRecord]:
    """The HTTP responses of a WARC file (.warc or .warc.gz), in order, from byte ``start`` on.

    ``source``: a path, or an open file at ``start`` (a pipe will do). ``name``: what messages call it.
    ``pages_only``: only status 2xx and HTML or plain text. ``report`` gets what is wrong or odd, with True
    where a page is lost by it; by default it is logged. Raises ``WarcDamage`` where the file is cut or
    broken, after all before that was given, and ``PageError`` where it can't be opened.
    """
    name = name or str(source if isinstance(source, Path) else getattr(source, "name", "WARC"))
    tell = report or _log

    def odd(text: str) -> None:
        tell(PageError(name, text), False)

    with _opened(source, start) as file:
        for record in warc.read(file, name, start, _wanted, odd):
            try:
                page = _page(record, pages_only, name)
            except PageError as error:
                tell(error, True)
                continue
            if page is None:
                continue
            if not page.complete:
                tell(PageError(page.url or name, "the page was already cut off when it was fetched"), False)
            yield page


def _log(error: PageError, lost: bool) -> None:
    logger.warning("%s", error)


def _opened(source: Path | Readable, start: int) -> AbstractContextManager[Readable]:
    if not isinstance(source, Path):
        return nullcontext(source)
    try:
        file = source.open("rb")
        file.seek(start)
    except OSError as error:
        raise PageError(str(source), f"can't be read ({error.strerror})") from error
    return file


def _wanted(fields: dict[str, str], size: int) -> int:
    """Nothing of other records; of what is too large for a page the head, which says whether it is one."""
    if fields.get("warc-type", "").lower() != "response":
        return 0
    return size if size <= MAX_PAGE + _MAX_HEAD else _MAX_HEAD


def _page(record: warc.Record, pages_only: bool, name: str) -> PageRecord | None:
    """None where it is no HTTP response, or no page though pages are wanted; ``PageError``: it is lost."""
    kind = record.fields.get("content-type", "application/http").partition(";")[0].strip().lower()
    if record.kind != "response" or kind == "text/dns":  # which Heritrix keeps as responses
        return None
    where = record.url or (name if record.offset is None else f"{name} at byte {record.offset}")
    if kind != "application/http":
        raise PageError(where, f"the record holds no HTTP response but {kind!r}")
    line, headers, body = http.parse(record.block)
    status = http.status_of(line)
    if not status:
        raise PageError(where, "the record holds no HTTP response")
    if pages_only and not _can_be_page(status, headers):
        return None
    if record.size > len(record.block):
        raise PageError(where, f"is larger than {MAX_PAGE} bytes")
    if record.fields.get("warc-segment-number"):
        raise PageError(where, "the page goes on in another record (segmented records aren't read)")
    payload, complete = _payload(where, headers, body)
    if pages_only and not is_page(http.value_of(headers, "Content-Type"), payload):
        return None
    return PageRecord(
        url=record.url,
        date=warc.date_of(record.fields),
        status=status,
        headers=headers,
        payload=payload,
        complete=complete and not record.fields.get("warc-truncated"),
        offset=record.offset,
        length=record.length,
        digest=record.fields.get("warc-payload-digest"),
    )


def _payload(url: str, headers: Headers, body: bytes) -> tuple[bytes, bool]:
    """The page without transfer and content codings, and whether it was whole."""
    whole = True
    if "chunked" in (http.value_of(headers, "Transfer-Encoding") or "").lower():
        body, whole = http.unchunked(body)
    try:
        payload, complete = decode_body(body, http.value_of(headers, "Content-Encoding"), MAX_PAGE)
    except TooLarge:
        raise PageError(url, f"decodes to more than {MAX_PAGE} bytes") from None
    complete = complete and whole
    if not payload and not complete:
        raise PageError(url, "nothing of the page can be decoded")
    return payload, complete


def _can_be_page(status: int, headers: Headers) -> bool:
    return 200 <= status < 300 and is_page_type(http.value_of(headers, "Content-Type"))


def is_page(content_type: str | None, payload: bytes) -> bool:
    """Whether this is HTML or plain text. Without a Content-Type the first tag decides."""
    return is_html(content_type, payload) or _media(content_type) in _TEXT


def is_html(content_type: str | None, payload: bytes) -> bool:
    """Whether this is HTML. Without a Content-Type the first tag decides."""
    media = _media(content_type)
    return media in _HTML or (not media and looks_like_html(payload))


def is_page_type(content_type: str | None) -> bool:
    """Whether a Content-Type is one of HTML or plain text, or is missing."""
    media = _media(content_type)
    return not media or media in _HTML or media in _TEXT


def looks_like_html(payload: bytes) -> bool:
    """Whether it begins as HTML does."""
    return _HTML_START.match(payload[:4096]) is not None


def _media(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()


def read_capture(folder: Path, place: WarcPlace, most: int | None = None) -> Capture:
    """The capture at a place, but for its request's headers; that of a revisit record has no body but says which
    earlier one has it. Raises ``PageError`` where it isn't there, or where it is larger than ``most`` bytes.
    """
    path = folder / place.file

    def wanted(fields: dict[str, str], size: int) -> int:
        if most is not None and size > most:
            raise PageError(f"{path} at byte {place.offset}", f"the record is larger than {most} bytes")
        return size

    try:
        record = next(warc.read(io.BytesIO(read_bytes(folder, place)), str(path), wanted=wanted))
    except warc.WarcDamage as error:
        raise PageError(f"{path} at byte {place.offset}", f"no record can be read ({error.found})") from error
    digest = record.fields.get("warc-payload-digest") or place.digest  # other crawlers leave it out
    if record.kind not in ("response", "revisit") or (place.digest and digest != place.digest):
        raise PageError(f"{path} at byte {place.offset}", "another record stands there than was stored")
    return warc.capture_of(record)


def read_bytes(folder: Path, place: WarcPlace) -> bytes:
    """The bytes of the record at a place, as they stand in the file: fewer where it ends before. Raises ``PageError`` where
    it can't be read.
    """
    path = folder / place.file
    try:
        if path.exists() and not path.is_file():  # a pipe would wait for whoever writes to it
            raise PageError(f"{path} at byte {place.offset}", "no record can be read (it is no file)")
        with path.open("rb") as file:
            file.seek(place.offset)
            data = file.read(place.length)
    except OSError as error:
        reason = f"no record can be read ({error.strerror})"
        raise PageError(f"{path} at byte {place.offset}", reason) from error
    return data
