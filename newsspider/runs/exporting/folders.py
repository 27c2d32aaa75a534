"""Articles as plain text in a folder of files: one a day, a source or an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from newsspider.exports.corpus import text_chunks
from newsspider.exports.rows import Row

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
