"""Articles as plain text, for corpus tools. How they are written, LAYOUT says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newsspider.exports.rows import FLAT, Row

_HEADER = ("id", "source", "day", "language", "url")
_TEXTS = ("headline", "dateline", "body")
_BY_NAME = {field.name: field for field in FLAT["articles"]}
FIELDS = tuple(_BY_NAME[name] for name in (*_HEADER, *_TEXTS))
_MARK = "###"
LAYOUT = f"""\
Each article is a header line, then its headline, dateline and paragraphs, a blank line between them:
    {_MARK} {"<TAB>".join(f"{name}=.." for name in _HEADER)}
No other line begins with {_MARK}: one of the text that would has a blank before it."""
_FALSE_MARK = re.compile(f"^{_MARK}", re.MULTILINE)


def text_chunks(rows: Iterable[Row]) -> Iterator[bytes]:
    """The articles one by one; rows of ``FIELDS``."""
    for row in rows:
        header, texts = row[: len(_HEADER)], row[len(_HEADER) :]
        said = "\t".join(f"{name}={_one_word(value)}" for name, value in zip(_HEADER, header, strict=True))
        text = "\n\n".join(_FALSE_MARK.sub(f" {_MARK}", text) for text in texts if text)
        yield f"{_MARK} {said}\n{text}\n\n".encode()


def _one_word(value: object) -> str:
    return "" if value is None else "_".join(str(value).split())
