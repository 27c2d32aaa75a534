"""WARC files: a ``Capture`` in, a place (file, offset, length) out, and back; and pages out of anyone's WARC files.

It must not know of splitting, of sources or of the database.
"""

from newsspider.archive.reader import PageRecord, WarcDamage, read_capture, read_records
from newsspider.archive.tail import cut, tail
from newsspider.archive.writer import WarcWriter

__all__ = ["PageRecord", "WarcDamage", "WarcWriter", "cut", "read_capture", "read_records", "tail"]
