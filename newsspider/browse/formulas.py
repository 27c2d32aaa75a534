"""Datasette's own CSV, in which no text is run as a formula by whoever opens it in a spreadsheet."""

from __future__ import annotations

import codecs
import re

from newsspider.exports.lines import harmless

_FIELD = re.compile(r'(?:"(?P<quoted>(?:[^"]+|"")*)"|(?P<bare>[^",\r\n]*))(?P<end>,|\r?\n|$)')
_QUOTE = '"'


class Harmless:
    """Takes CSV as it comes, and gives it on with an apostrophe before each text that looks like a formula."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._open = False  # inside quotes, at the end of what is held

    def feed(self, data: bytes, last: bool) -> bytes:
        """The next bytes; what is not a whole record yet is held back."""
        text = self._decoder.decode(data, last)
        self._open ^= text.count(_QUOTE) % 2 == 1
        self._held += text
        if not last and (self._open or not self._held.endswith("\n")):
            return b""
        whole, self._held = self._held, ""
        return _FIELD.sub(_field, whole).encode()


def _field(match: re.Match[str]) -> str:
    quoted, bare, end = match["quoted"], match["bare"], match["end"]
    if quoted is None:
        return harmless(bare) + end
    text = quoted.replace(_QUOTE * 2, _QUOTE)
    return f"{_QUOTE}{harmless(text).replace(_QUOTE, _QUOTE * 2)}{_QUOTE}{end}"
