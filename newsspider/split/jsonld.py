"""JSON-LD as news pages really write it: read tolerantly into a flat list of things, references resolved.

Sources: JSON-LD 1.1 (W3C), schema.org. What is tolerated: CDATA and comment marks around the data, raw line
breaks and control characters in strings, trailing commas, stray backslashes, HTML entities for quotation
marks, several values after each other, text after the end.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from newsspider.split.text import clean

Value = dict[str, Any]

MOST_THINGS = 2_000  # things of a page that are looked at; a live blog has hundreds
_WRAPPING = re.compile(r"(?:(?:(?://|/\*)\s*)?<!\[CDATA\[\s*(?:\*/)?|<!--)", re.IGNORECASE)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_BACKSLASH = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_START = re.compile(r"[{\[]")
_TAG = re.compile(r"<[^<>]{1,200}>")
_DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class Thing:
    """A JSON object of the page's JSON-LD: its data and the keys that led to it (``@graph`` left out)."""

    data: Value
    path: tuple[str, ...]

    @property
    def types(self) -> tuple[str, ...]:
        """Its schema.org types, without the vocabulary's address."""
        return tuple(str(t).rpartition("/")[2] for t in as_list(self.data.get("@type")))


class Graph:
    """All JSON-LD of a page."""

    def __init__(self, scripts: Sequence[str]) -> None:
        self.things: list[Thing] = []
        for script in scripts:
            for value in parse(script):
                self.things.extend(_things(value, MOST_THINGS - len(self.things)))
        self._by_id: dict[str, Value] = {}
        for thing in self.things:
            name = thing.data.get("@id")
            if isinstance(name, str) and len(thing.data) > len(self._by_id.get(name, {"@id": name})):
                self._by_id[name] = thing.data

    def resolve(self, value: Any) -> Any:
        """The object that a reference (``{"@id": ..}``) means; anything else as it is."""
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and "name" not in value:
            return self._by_id.get(value["@id"], value)
        return value

    def objects(self, value: Any) -> list[Any]:
        """A property's values as a list, references resolved, lists inside lists opened."""
        return [self.resolve(item) for item in as_list(value)]


def as_list(value: Any) -> list[Any]:
    """A property's values: none, one or several, as JSON-LD has it. ``@list`` and lists inside the list are
    opened.
    """
    if isinstance(value, dict) and "@list" in value:
        value = value["@list"]
    if not isinstance(value, list):
        return [] if value is None else [value]
    flat: list[Any] = []
    for item in value[:200]:
        flat.extend(item[:200] if isinstance(item, list) else [item])
    return flat


def text_of(value: Any) -> str | None:
    """A property as text: the first string of a list, the ``@value`` or ``name`` of an object; entities and
    tags undone.
    """
    for item in as_list(value):
        found = item
        if isinstance(found, dict):
            found = found.get("@value") or found.get("name")
        if isinstance(found, list):
            found = next((f for f in found if isinstance(f, str)), None)
        if isinstance(found, (int, float)) and not isinstance(found, bool):
            found = str(found)
        if isinstance(found, str) and (text := plain(found)):
            return text
    return None


def plain(text: str) -> str:
    """A string of JSON-LD without entities and tags."""
    if "&" in text:
        text = html.unescape(text)
        if "&" in text and ";" in text:
            text = html.unescape(text)  # often escaped twice
    return clean(_TAG.sub("", text)) if "<" in text else clean(text)


def parse(script: str) -> list[Any]:
    """The JSON values in a script; an empty list where none can be read."""
    script = script.lstrip()
    wrapping = _WRAPPING.match(script)
    script = script[wrapping.end() :] if wrapping else script
    for repair in (_as_is, _repaired, _unescaped):
        try:
            text = repair(script)
            if values := list(_values(text)):
                return values
        except (ValueError, RecursionError):
            continue
    return _salvaged(script)


def _values(text: str) -> Iterator[Any]:
    """One value after the other, until something is neither blank, separator nor value."""
    start = _START.search(text)
    if start is None:
        return
    at = start.start()
    while at < len(text):
        try:
            value, end = _DECODER.raw_decode(text, at)
        except ValueError:
            if at == start.start():
                raise
            return
        yield value
        following = _START.search(text, end)
        if following is None or text[end : following.start()].strip(" \t\r\n,;"):
            return
        at = following.start()


def _as_is(script: str) -> str:
    return script


def _repaired(script: str) -> str:
    return _TRAILING_COMMA.sub("", _BACKSLASH.sub(r"\\\\", script))


def _unescaped(script: str) -> str:
    return _repaired(html.unescape(script)) if "&quot;" in script or "&#34;" in script else ""


_PAIR = re.compile(
    r'"(@type|headline|datePublished|dateModified|articleSection)"\s*:\s*"((?:[^"\\\n]|\\.){1,400})"'
)


def _salvaged(script: str) -> list[Any]:
    """The first value of each plain key that matters, from a script that is no JSON (quotation marks inside
    strings).
    """
    found: Value = {}
    for match in _PAIR.finditer(script):
        found.setdefault(match[1], match[2])
    return [found] if "headline" in found else []


def _things(value: Any, most: int) -> Iterator[Thing]:
    """Every object inside a value, outermost first, in reading order."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(value, ())]
    while waiting and most > 0:
        item, path = waiting.pop()
        if isinstance(item, list):
            waiting.extend((child, path) for child in reversed(item))
        elif isinstance(item, dict):
            most -= 1
            yield Thing(item, path)
            inner = [
                (v, path if k == "@graph" else (*path, k))
                for k, v in item.items()
                if isinstance(v, (dict, list))
            ]
            waiting.extend(reversed(inner))
