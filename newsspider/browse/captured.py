"""One capture, read from the database and its WARC file: what was answered, and the page as it was sent."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsspider.archive import MAX_PAGE, is_html, read_bytes, read_capture
from newsspider.browse.rows import shortened
from newsspider.coding import TooLarge, decode_body
from newsspider.errors import PageError
from newsspider.records import WarcPlace

TABLES = ("captures", "pages", "articles", "sources")
_VERSION = b"WARC/"
_MOST = MAX_PAGE + (1 << 20)  # bytes of a record: of a page and its header

Row = Mapping[str, Any]

_CAPTURE = """
SELECT captures.*, pages.source, pages.article, articles.headline,
  coalesce(articles.language, sources.language) AS language,
  sources.name AS source_name, sources.language AS source_language, sources.timezone
FROM captures LEFT JOIN pages ON pages.id = captures.page LEFT JOIN articles ON articles.id = pages.article
LEFT JOIN sources ON sources.id = pages.source WHERE captures.id = :id
"""
_BESIDE = """
SELECT (SELECT id FROM captures WHERE page = :page AND (fetched_at, id) < (:fetched_at, :id)
    ORDER BY fetched_at DESC, id DESC LIMIT 1) AS earlier,
  (SELECT id FROM captures WHERE page = :page AND (fetched_at, id) > (:fetched_at, :id)
    ORDER BY fetched_at, id LIMIT 1) AS later
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """A page as it was sent, without its content coding."""

    content_type: str | None
    payload: bytes
    complete: bool  # False: it was cut off when it was fetched

    @property
    def form(self) -> str:
        """``html``, ``text``, or ``file`` for what is neither."""
        if is_html(self.content_type, self.payload):
            return "html"
        media = (self.content_type or "").partition(";")[0].strip().lower()
        return "text" if media.startswith("text/") or media.endswith(("xml", "json")) else "file"


@dataclass(frozen=True, slots=True)
class Captured:
    """A capture: its row with its article and source, and the row of the one that has its body, which is another one where
    the server said that nothing had changed.
    """

    row: Row
    holder: Row
    earlier: int | None  # the captures of the same page before and after it
    later: int | None


async def read_captured(db: Any, capture: int) -> Captured | None:
    """The capture of that number in a database of Datasette's; None where there is none."""
    row = await _row(db, _CAPTURE, {"id": capture})
    if row is None:
        return None
    beside = await _row(db, _BESIDE, row) or {}
    holder = await _row(db, _CAPTURE, {"id": row["revisits"]}) if row["revisits"] else None
    return Captured(row, holder or row, beside.get("earlier"), beside.get("later"))


async def _row(db: Any, sql: str, params: Mapping[str, Any]) -> Row | None:
    found = (await db.execute(sql, params)).first()
    return shortened(dict(found)) if found else None


async def read_sent(db: Any, row: Row) -> Sent:
    """The body of a capture. Raises ``PageError`` where its record isn't there, is damaged or too large."""
    return await asyncio.to_thread(_sent, warc_folder(db), _place(row))


async def read_record(db: Any, row: Row) -> bytes:
    """The WARC record of a capture, as it stands in its file. Raises ``PageError`` as ``read_sent`` does."""
    place = _place(row)
    data = await asyncio.to_thread(read_bytes, warc_folder(db), place)
    where = f"{place.file} at byte {place.offset}"
    if len(data) < place.length:
        raise PageError(where, "the file ends inside the record")
    if not _is_record(data):  # whoever made the archive may have written any place of any file into it
        raise PageError(where, "no WARC record stands there")
    return data


def _is_record(data: bytes) -> bool:
    """Whether bytes begin as a record does, packed or not."""
    if data.startswith(b"\x1f\x8b"):
        try:
            data = zlib.decompressobj(wbits=31).decompress(data, len(_VERSION))
        except zlib.error:
            return False
    return data.startswith(_VERSION)


def warc_folder(db: Any) -> Path:
    """The folder of the WARC files that belong to a database, wherever a link to it stands. Files that were imported in place
    have absolute names.
    """
    return Path(db.path).resolve().parent / "warc"


def _place(row: Row) -> WarcPlace:
    if min(row["warc_offset"], row["warc_length"]) < 0 or "\0" in row["warc_file"]:
        raise PageError(f"capture {row['id']}", "its place in the WARC files is none")
    if row["warc_length"] > _MOST:
        raise PageError(f"{row['warc_file']}", f"the record is larger than {_MOST} bytes")
    return WarcPlace(row["warc_file"], row["warc_offset"], row["warc_length"], row["digest"] or "")


def _sent(folder: Path, place: WarcPlace) -> Sent:
    capture = read_capture(folder, place, _MOST)
    try:
        payload, complete = decode_body(capture.body, capture.header("Content-Encoding"), MAX_PAGE)
    except TooLarge:
        raise PageError(capture.url, f"decodes to more than {MAX_PAGE} bytes") from None
    return Sent(capture.header("Content-Type"), payload, complete)
