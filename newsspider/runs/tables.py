"""Tables of the reports, drawn one way: for a terminal's width, or a fixed one where the output goes elsewhere."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Container, Mapping
from io import StringIO
from types import MappingProxyType

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

_WIDTH = 120  # columns where the output is no terminal
_LEAST = 80  # columns of a terminal, be it narrower
_CUT = 60  # characters of a value


def table(
    *columns: str,
    firm: Container[str] = (),
    right: Container[str] = (),
    least: Mapping[str, int] = MappingProxyType({}),
) -> Table:
    """An empty table. ``firm``: columns that are not wrapped; ``right``: columns of numbers; ``least``: how wide some must
    be.
    """
    made = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="")
    for name in columns:
        is_right = name in right
        made.add_column(
            name,
            overflow="fold",
            no_wrap=is_right or name in firm,
            justify="right" if is_right else "left",
            min_width=least.get(name),
        )
    return made


def row(made: Table, *values: str) -> None:
    """Add a row; values that are long are cut."""
    made.add_row(*(Text(_cut(plain(value)), overflow="fold") for value in values))


def drawn(made: Table) -> str:
    """The table as text."""
    width = max(_LEAST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else _WIDTH
    console = Console(file=StringIO(), width=width, color_system=None, force_terminal=False)
    with console.capture() as text:
        console.print(made)
    return "\n".join(filter(None, map(str.rstrip, text.get().splitlines())))


def plain(text: str) -> str:
    """A page's or a file's words: they must not write to the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _cut(text: str) -> str:
    return text if len(text) <= _CUT else text[: _CUT - 2] + ".."
