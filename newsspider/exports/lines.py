"""Rows of an export as CSV and as JSON Lines, in chunks of bytes as they come."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from newsspider.exports.rows import Field, Kind, Row, value_reader

_CHUNK = 64 * 1024  # characters that are gathered before they are handed on
_BOM = b"\xef\xbb\xbf"
# What makes spreadsheets take a text for a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*")
_QUOTE = '"'
_TO_QUOTE = re.compile(r'[",\r\n]')


def csv_chunks(fields: Sequence[Field], rows: Iterable[Row], *, excel: bool = False) -> Iterator[bytes]:
    """CSV by RFC 4180, in UTF-8, with a line of names; ``excel``: with the byte order mark by which Excel knows UTF-8.

    Lists of texts are joined by "; ", lists and objects of more than that are JSON. A text that a spreadsheet would run
    as a formula begins with an apostrophe; a text that is a number does not.
    """
    if excel:
        yield _BOM
    cells = [_CELLS.get(field.kind, _text) for field in fields]
    lines = [",".join(field.name for field in fields)]
    size = 0
    for row in rows:
        values = zip(cells, row, strict=True)
        lines.append(",".join(["" if value is None else cell(value) for cell, value in values]))
        size += len(lines[-1])
        if size >= _CHUNK:
            yield _joined(lines, "\r\n")
            lines, size = [], 0
    yield _joined(lines, "\r\n")


def _joined(lines: Sequence[str], end: str) -> bytes:
    return end.join([*lines, ""]).encode()


def _text(text: str) -> str:
    """A cell of text. The csv module takes five times as long over an article."""
    text = harmless(text)
    return f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if _TO_QUOTE.search(text) else text


def _list(value: str) -> str:
    return _text("; ".join(json.loads(value)))


def _number(value: Any) -> str:
    """A cell of a number: SQLite holds texts in columns of numbers, too."""
    return _text(value) if isinstance(value, str) else str(value)


_CELLS: dict[Kind, Callable[[Any], str]] = {
    Kind.NUMBER: _number,
    Kind.FLAG: _number,
    Kind.LIST: _list,
}


def harmless(text: str) -> str:
    """The text, behind an apostrophe where a spreadsheet would run it as a formula."""
    return "'" + text if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def json_chunks(fields: Sequence[Field], rows: Iterable[Row]) -> Iterator[bytes]:
    """JSON Lines: an object a row, its keys in the order of the fields; a missing value is null, a missing list []."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    names = [field.name for field in fields]
    readers = [(place, read) for place, field in enumerate(fields) if (read := value_reader(field.kind))]
    lines: list[str] = []
    size = 0
    for row in rows:
        values = list(row)
        for place, read in readers:
            values[place] = read(values[place])
        lines.append(encode(dict(zip(names, values, strict=True))))
        size += len(lines[-1])
        if size >= _CHUNK:
            yield _joined(lines, "\n")
            lines, size = [], 0
    yield _joined(lines, "\n")
