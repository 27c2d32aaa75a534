"""Cells of Datasette's tables, made readable: headlines lead to the article, lists are lists, times have no letters in them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from newsspider.browse.text import script
from newsspider.store.schema import TABLES

_SHOWN = 240  # characters of a long text
_LONG = 400  # a list or object of so many characters is cut
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ")
_TEXTS = {
    "headline",
    "kicker",
    "summary",
    "byline",
    "body",
    "dateline",
    "dateline_place",
    "section",
    "text",
    "name",
    "title",
}
_LISTS = {"authors", "tags", "flags", "changed", "red", "asides", "provenance"}
_HEADLINES = {"headline", "former_headline", "new_headline"}


def cell(row: Any, value: Any, column: str, table: str | None, articles: str) -> Markup | None:
    """What a cell shows; None leaves it to Datasette. ``table`` is None on the page of a query, ``articles`` the path of the articles.

    Everything that a page put into the value is escaped.
    """
    if isinstance(value, int) and table is None and column == "article":
        return Markup('<a href="{}/{}">{}</a>').format(articles, value, value)
    if not isinstance(value, str) or not value:
        return None
    if table is not None and column not in (TABLES[table].columns if table in TABLES else ()):
        return None
    if match := _TIME.fullmatch(value):
        return Markup('<time class="ns-when" datetime="{}">{} {}</time>').format(value, match[1], match[2])
    if column in _LISTS:
        return _structure(value)
    if column in _TEXTS or column in _HEADLINES:
        return _text(row, value, column, table, articles)
    return None


def _text(row: Any, value: str, column: str, table: str | None, articles: str) -> Markup:
    """A text of a page in its language and direction, a headline as a link."""
    shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN].rstrip()}…"
    article = _get(row, "id") if table == "articles" and column == "headline" else None
    inner = (
        Markup('<a href="{}/{}">{}</a>').format(articles, article, shown)
        if article is not None
        else escape(shown)
    )
    return Markup("<span{}>{}</span>").format(script(value, _get(row, "language")), inner)


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
    if not entries:
        return Markup("&nbsp;")
    cut, length = [], 0
    for entry in entries:
        if length > _LONG:
            cut.append(f"… {len(entries) - len(cut)} more")
            break
        cut.append(entry if len(entry) <= _SHOWN else f"{entry[:_SHOWN]}…")
        length += len(cut[-1])
    return Markup('<ul class="ns-cell">{}</ul>').format(
        Markup("").join(Markup("<li dir=auto>{}</li>").format(entry) for entry in cut)
    )


def _aside(entry: Mapping[str, Any]) -> str:
    return (
        f"{entry['kind']}: {entry['text']}"
        if {"kind", "text"} <= set(entry)
        else json.dumps(entry, ensure_ascii=False)
    )


def _flat(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _get(row: Any, column: str) -> Any:
    """A value of a row of Datasette's, which may be a row of SQLite or a dictionary; None where it has no such column."""
    try:
        value = row[column]
    except (KeyError, IndexError, TypeError):
        return None
    return value.get("value") if isinstance(value, Mapping) else value
