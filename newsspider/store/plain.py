"""What counts when two readings of a text are compared."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def plain(value: object) -> str:
    """A value as changes are judged by: blanks, invisible characters and Unicode forms make none."""
    text = str(value or "")
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(text.split())
