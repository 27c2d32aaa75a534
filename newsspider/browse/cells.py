"""Cells of Datasette's tables, made readable: headlines are links, lists are lists, times are short."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from newsspider.browse.text import script
from newsspider.store.schema import TABLES

_SHOWN = 240  # characters of a long text
_LONG = 400  # a list or object of so many characters is cut
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ")
_TEXTS = {
    "headline",
    "former_headline",
    "new_headline",
    "kicker",
    "summary",
    "byline",
    "body",
    "text",
    "name",
    "title",
}
_TEXTS |= {"dateline", "dateline_place", "section"}
_LISTS = {"authors", "tags", "flags", "changed", "red", "asides", "provenance"}


def cell(row: Any, value: Any, column: str, table: str | None, articles: Callable[[], str]) -> Markup | None:
    """What a cell shows; None leaves it to Datasette.

    ``table`` is None on the page of a query; ``articles`` tells the path of the table of articles: few of the thousand cells
    of a page need it. Everything that a page put into the value is escaped.
    """
    if isinstance(value, int) and table is None and column == "article":
        return Markup('<a href="{}/{}">{}</a>').format(articles(), value, value)
    if not isinstance(value, str) or not value or (table is not None and not _is_ours(table, column)):
        return None
    if match := _TIME.fullmatch(value):
        return Markup(f'<time class="ns-when" datetime="{value}">{match[1]} {match[2]}</time>')
    if column in _LISTS:
        return _structure(value)
    if column in _TEXTS:
        return _text(row, value, column, table, articles)
    return None


def _is_ours(table: str, column: str) -> bool:
    return table in TABLES and column in TABLES[table].columns


def _text(row: Any, value: str, column: str, table: str | None, articles: Callable[[], str]) -> Markup:
    """A text of a page in its language and direction, a headline as a link."""
    shown = escape(value if len(value) <= _SHOWN else f"{value[:_SHOWN].rstrip()}…")
    article = _get(row, "id") if table == "articles" and column == "headline" else None
    if article is not None:
        shown = Markup('<a href="{}/{}">{}</a>').format(articles(), article, shown)
    return Markup(f"<span{script(value, _get(row, 'language'))}>{shown}</span>")


def _structure(value: str) -> Markup | None:
    """A JSON array or object: its values, one under the other; None where it is none."""
    try:
        known = json.loads(value)
    except (ValueError, RecursionError):
        return None
    if isinstance(known, Mapping):
        entries = [f"{key}: {_flat(inner)}" for key, inner in known.items()]
    elif isinstance(known, list):
        entries = [_aside(entry) if isinstance(entry, Mapping) else _flat(entry) for entry in known]
    else:
        return None
    shown = "".join(f"<li dir=auto>{escape(entry)}</li>" for entry in _cut(entries))
    return Markup(f'<ul class="ns-cell">{shown}</ul>') if shown else Markup("&nbsp;")


def _cut(entries: list[str]) -> list[str]:
    """So many entries that a row stays readable, and how many are left."""
    kept: list[str] = []
    for entry in entries:
        if sum(map(len, kept)) > _LONG:
            return [*kept, f"… {len(entries) - len(kept)} more"]
        kept.append(entry if len(entry) <= _SHOWN else f"{entry[:_SHOWN]}…")
    return kept


def _aside(entry: Mapping[str, Any]) -> str:
    return f"{entry['kind']}: {entry['text']}" if {"kind", "text"} <= set(entry) else _flat(entry)


def _flat(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _get(row: Any, column: str) -> Any:
    """A value of a row of Datasette's (of SQLite, or a dictionary); None where it has no such column."""
    try:
        value = row[column]
    except (KeyError, IndexError, TypeError):
        return None
    return value.get("value") if isinstance(value, Mapping) else value
