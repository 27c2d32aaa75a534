"""Articles as plain text, for corpus tools: one file, or a folder of files by day, source or article.

How they are written, LAYOUT says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from newsspider.store.export import FLAT, Row

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
_UNSAFE = re.compile(r"[^\w.-]")  # in a file's name
_MOST_OPEN = 100


class Per(StrEnum):
    """What goes into one file of a folder."""

    DAY = "day"
    SOURCE = "source"
    ARTICLE = "article"


_NAMES: dict[Per, Callable[[Row], str]] = {
    Per.DAY: lambda row: f"{row[2] or 'undated'}.txt",
    Per.SOURCE: lambda row: f"{_UNSAFE.sub('_', row[1])}.txt",
    Per.ARTICLE: lambda row: f"{_UNSAFE.sub('_', row[1])}/{row[2] or 'undated'}_{row[0]}.txt",
}


def text_chunks(rows: Iterable[Row]) -> Iterator[bytes]:
    """The articles one by one; rows of ``FIELDS``."""
    for row in rows:
        header, texts = row[: len(_HEADER)], row[len(_HEADER) :]
        said = "\t".join(f"{name}={_one_word(value)}" for name, value in zip(_HEADER, header, strict=True))
        text = "\n\n".join(_FALSE_MARK.sub(f" {_MARK}", text) for text in texts if text)
        yield f"{_MARK} {said}\n{text}\n\n".encode()


def _one_word(value: object) -> str:
    return "" if value is None else "_".join(str(value).split())


def write_files(folder: Path, per: Per, rows: Iterable[Row]) -> tuple[int, int]:
    """Write the articles into files; returns how many bytes and files that were."""
    size = files = 0
    with _Files(folder) as opened:
        for row in rows:
            for chunk in text_chunks([row]):
                size += opened.file(_NAMES[per](row)).write(chunk)
        files = len(opened.names)
    return size, files


class _Files:
    """Files of a folder that are added to, the last used ones open."""

    def __init__(self, folder: Path) -> None:
        self.names: set[str] = set()
        self._folder = folder
        self._open: dict[str, BinaryIO] = {}

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *exc: object) -> None:
        for file in self._open.values():
            file.close()

    def file(self, name: str) -> BinaryIO:
        """The file of that name, opened if it is not, at its end."""
        file = self._open.pop(name, None)
        if file is None:
            if len(self._open) >= _MOST_OPEN:
                self._open.pop(next(iter(self._open))).close()
            path = self._folder / name
            path.parent.mkdir(exist_ok=True)
            file = path.open("ab")
            self.names.add(name)
        self._open[name] = file  # the last used stands last
        return file
