"""Splitting: a page's bytes (with their Content-Type) or text in, an ``Article`` out.

Pure: no network, no clock, no database, no Scrapy. The same page gives the same record, whenever and wherever
it is split.

Its modules are loaded when something of it is first asked for, which takes a second of work: a process that has pages split by
others does without.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsspider.split.assemble import split_open
    from newsspider.split.pages import is_blocked, split_page, split_with_refresh, warm_up
    from newsspider.split.parse import open_page
    from newsspider.split.table import Page
    from newsspider.split.textpage import split_text
    from newsspider.split.version import SPLIT_VERSION

__all__ = [
    "SPLIT_VERSION",
    "Page",
    "is_blocked",
    "open_page",
    "split_open",
    "split_page",
    "split_text",
    "split_with_refresh",
    "warm_up",
]

_WHERE = {
    "SPLIT_VERSION": "version",
    "Page": "table",
    "open_page": "parse",
    "split_open": "assemble",
    "split_text": "textpage",
    **dict.fromkeys(("is_blocked", "split_page", "split_with_refresh", "warm_up"), "pages"),
}


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"newsspider.split.{_WHERE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
