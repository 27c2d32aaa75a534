"""WARC files: a ``Capture`` in, its place (file, offset, length) out, and back; pages out of anyone's files.

It must not know of splitting, of sources or of the database.
"""

from newsspider.archive.reader import PageRecord, is_page, looks_like_html, read_capture, read_records
from newsspider.archive.stream import Readable
from newsspider.archive.tail import cut, tail
from newsspider.archive.warc import WarcDamage
from newsspider.archive.writer import WarcWriter

__all__ = [
    "PageRecord",
    "Readable",
    "WarcDamage",
    "WarcWriter",
    "cut",
    "is_page",
    "looks_like_html",
    "read_capture",
    "read_records",
    "tail",
]
