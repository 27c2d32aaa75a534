"""WARC files: a ``Capture`` in, its place (file, offset, length) out, and back; pages out of anyone's files.

It must not know of splitting, of sources or of the database.
"""

from newsspider.archive.reader import (
    MAX_PAGE,
    PageRecord,
    is_html,
    is_page,
    is_page_type,
    looks_like_html,
    read_bytes,
    read_capture,
    read_records,
)
from newsspider.archive.scan import Held, digest_of, has_joined_records, scan
from newsspider.archive.stream import Readable
from newsspider.archive.tail import cut, records_follow, tail
from newsspider.archive.warc import WarcDamage
from newsspider.archive.writer import WarcWriter, sync_folder

__all__ = [
    "MAX_PAGE",
    "Held",
    "PageRecord",
    "Readable",
    "WarcDamage",
    "WarcWriter",
    "cut",
    "digest_of",
    "has_joined_records",
    "is_html",
    "is_page",
    "is_page_type",
    "looks_like_html",
    "read_bytes",
    "read_capture",
    "read_records",
    "records_follow",
    "scan",
    "sync_folder",
    "tail",
]
