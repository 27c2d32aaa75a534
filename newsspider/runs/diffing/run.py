"""One answer of ``newsspider diff``: in the form that was asked for."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from newsspider.runs.diffing.data import as_json
from newsspider.runs.diffing.page import as_html
from newsspider.runs.diffing.reading import read_history
from newsspider.runs.diffing.terminal import Look, as_text
from newsspider.runs.exporting.target import writable

_WIDEST = 100  # columns: longer lines are hard to read
_ELSEWHERE = 80  # columns where the output is no terminal


def look(width: int | None) -> Look:
    """How texts are drawn on standard output: in colour on a terminal, unless the environment asks for none
    (https://no-color.org).
    """
    is_terminal = sys.stdout.isatty()
    known = min(shutil.get_terminal_size().columns, _WIDEST) if is_terminal else _ELSEWHERE
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return Look(width or known, is_terminal and not plain)


def show(
    folder: Path,
    article: str,
    *,
    first: str | None = None,
    last: str | None = None,
    width: int | None = None,
    as_data: bool = False,
) -> str:
    """What changed in an article of the archive of a folder, in words or as JSON. Raises as ``read_history``."""
    history = read_history(folder, article, first, last)
    return as_json(history) if as_data else as_text(history, look(width))


def write_page(
    folder: Path, article: str, output: str, *, first: str | None = None, last: str | None = None
) -> None:
    """The same as a page, to a file, or ``-`` for standard output. Raises as ``read_history`` and ``writable``."""
    page = as_html(read_history(folder, article, first, last))
    with writable(output) as file:
        file.write(page.encode("utf-8", "replace"))
