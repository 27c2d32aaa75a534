"""What a WARC file holds, record by record, without reading the pages: for files that others made."""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsspider.archive import http, warc
from newsspider.errors import PageError
from newsspider.records import WarcPlace

logger = logging.getLogger(__name__)
_WHOLE = 72 * 1024 * 1024  # bytes of a block that is read whole; of larger ones the head
_HEAD = 1 << 20


@dataclass(frozen=True, slots=True)
class Held:
    """A capture in a WARC file: an HTTP response, or the revisit record of one (``revisit``: its body is that of an
    earlier capture with the same digest).

    ``fetched_at``: WARC-Date, UTC. ``size``: bytes of the body as it stands there.
    """

    url: str
    fetched_at: datetime
    status: int
    content_type: str | None
    size: int
    place: WarcPlace
    revisit: bool
    origin: str | None = None  # WARC-Source-URI: where the record was taken from


def scan(
    path: Path, name: str, start: int = 0, report: Callable[[PageError], None] | None = None
) -> Iterator[Held]:
    """The captures of a file from byte ``start`` on, in order; ``name``: what their places call it.

    ``report`` gets what can't be taken and why. Raises ``WarcDamage`` where the file is cut or broken, after all
    before that was given, ``PageError`` where it can't be opened.
    """
    tell = report or (lambda error: logger.warning("%s", error))
    try:
        file = path.open("rb")
        file.seek(start)
    except OSError as error:
        raise PageError(str(path), f"can't be read ({error.strerror})") from error
    with file:
        for record in warc.read(file, str(path), start, _wanted):
            if record.kind not in ("response", "revisit"):
                continue
            try:
                held = _held(record, name)
            except PageError as error:
                tell(error)
                continue
            if held:
                yield held


def _wanted(fields: dict[str, str], size: int) -> int:
    kind = fields.get("warc-type", "").lower()
    if kind == "response":
        return size if size <= _WHOLE else _HEAD
    return min(size, _HEAD) if kind == "revisit" else 0


def _held(record: warc.Record, name: str) -> Held | None:
    """None where it is no exchange over HTTP."""
    kind = record.fields.get("content-type", "application/http").partition(";")[0].strip().lower()
    if kind != "application/http":
        return None
    where = record.url or f"{name} at byte {record.offset}"
    moment = warc.date_of(record.fields)
    if not record.url or moment is None:
        raise PageError(where, f"the record has no {'date' if record.url else 'address'}")
    if record.offset is None or record.length is None:
        raise PageError(where, "the record has no place of its own in the file")
    line, headers, body = http.parse(record.block)
    status = http.status_of(line)
    revisit = record.kind == "revisit"
    if not status and not revisit:
        raise PageError(where, "the record holds no HTTP response")
    digest = record.fields.get("warc-payload-digest")
    if digest is None and len(record.block) == record.size:
        digest = digest_of(http.without_chunks(headers, body))
    return Held(
        url=record.url,
        fetched_at=moment,
        status=status or 304,
        content_type=http.value_of(headers, "Content-Type"),
        size=max(0, record.size - len(record.block) + len(body)),
        place=WarcPlace(name, record.offset, record.length, digest or ""),
        revisit=revisit,
        origin=record.fields.get("warc-source-uri"),
    )


def digest_of(data: bytes) -> str:
    """A body's digest as WARC files write it: SHA-1 in Base32."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def has_joined_records(path: Path) -> bool:
    """Whether a file's records have no places of their own, because all of it is packed at once. Raises
    ``PageError`` where it can't be read.
    """
    try:
        with path.open("rb") as file:
            first = next(warc.read(file, str(path), wanted=lambda fields, size: 0), None)
            return first is not None and first.length is None
    except OSError as error:
        raise PageError(str(path), f"can't be read ({error.strerror})") from error
