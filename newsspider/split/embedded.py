"""Articles that a page's elements don't show: their text waits for a script, in ``<noscript>``, ``<template>`` or a
text template, in JSON-LD's ``articleBody``, or in the state that a single-page application is given.

Asked only where the elements gave hardly any text. The state has no common form, so it is read by what any has: an
object that holds the headline, and near it a list of paragraphs or a text with several.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from newsspider.split.likeness import letters
from newsspider.split.machine import Given, Machine
from newsspider.split.parse import open_page
from newsspider.split.text import clean, weight

_OPENS = re.compile(r"<(noscript|template|script)\b([^<>]*)>", re.IGNORECASE)
_TEXT_TYPE = re.compile(r"\btype\s*=\s*[\"']?text/(?:x-)?(?:template|html|handlebars)", re.IGNORECASE)
_BEGINS = re.compile(r"JSON\.parse\(\s*(?=[\"'])|(?:^|[=(])\s*(?=[{\[])")
_MARKUP = re.compile(r"</?(?:p|br|div|h[2-6]|li|blockquote)\b", re.IGNORECASE)
# Keys under which rich-text trees (ProseMirror, Slate, Contentful, Draft.js, Arc's ANS, Portable Text) keep text.
_TEXT_KEYS = frozenset(("text", "value", "content", "html", "body", "paragraph", "data"))
_MOST_SCRIPTS = 60
_TRIES = 3  # places in a script where JSON may begin
_MOST_VALUES = 200_000  # of the state that are looked at
_LEVELS = 2  # objects above the one that holds the headline
_DEPTH = 12  # of a paragraph's own tree
_PROSE = 60  # characters of a paragraph that counts when texts are compared
_SHORTEST = 200  # characters of an article's text that stands in a string of its own


@dataclass(frozen=True, slots=True)
class _Store:
    """An element whose contents are no text of the page as it stands: its tag and attributes, where it begins and
    ends, and what is in it.
    """

    tag: str
    attributes: str
    start: int
    end: int
    inside: str


def _stores(html: str) -> Iterator[_Store]:
    """The ``<noscript>``, ``<template>`` and ``<script>`` elements, the outer ones of nested ones; each search for an
    end that fails is the last for its tag, so that the time is linear.
    """
    closing = {tag: re.compile(rf"</{tag}\s*>", re.IGNORECASE) for tag in ("noscript", "template", "script")}
    position = 0
    while opened := _OPENS.search(html, position):
        position, tag = opened.end(), opened.group(1).lower()
        closed = closing[tag].search(html, position) if tag in closing else None
        if closed is None:
            closing.pop(tag, None)
            continue
        yield _Store(tag, opened.group(2), opened.start(), closed.end(), html[position : closed.start()])
        position = closed.end()


def revealed(html: str) -> str | None:
    """The page with the contents of its ``<noscript>``, ``<template>`` and text templates as elements; None where it
    has none of some length.
    """
    pieces, position = [], 0
    for store in _stores(html):
        if len(store.inside) < _SHORTEST or (
            store.tag == "script" and not _TEXT_TYPE.search(store.attributes)
        ):
            continue
        pieces += [html[position : store.start], "<div>", store.inside, "</div>"]
        position = store.end
    return "".join([*pieces, html[position:]]) if pieces else None


def stated_body(html: str, machine: Machine, headline: str | None) -> Given[tuple[str, ...]] | None:
    """The paragraphs that JSON-LD or the page's state give for the article of this headline, the longer of both."""
    said = machine.main.get("articleBody")
    text = (
        "\n".join(filter(_is_text, said)) if isinstance(said, list) else said if isinstance(said, str) else ""
    )
    stated = _paragraphs(text) if len(text) >= _SHORTEST else ()
    found = _in_state(html, headline) if headline else ()
    if _length(found) > _length(stated):
        return Given(found, "html")
    return Given(stated, "json-ld") if stated else None


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _length(paragraphs: Sequence[str]) -> int:
    return sum(map(weight, paragraphs))


def _paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text: of its markup, which may be escaped once more, else its lines."""
    if not _MARKUP.search(text):
        text = unescape(text)
    if _MARKUP.search(text):
        blocks = open_page(text).blocks
        return tuple(block.text for block in blocks if block.link_chars < 0.8 * len(block.text))
    return tuple(filter(None, map(clean, text.splitlines())))


def _in_state(html: str, headline: str) -> tuple[str, ...]:
    wanted = letters(clean(headline))
    best: tuple[str, ...] = ()
    for value in _values(html):
        for around in _objects_with(value, wanted):
            for one in around:  # the object that holds the headline, then those around it
                found = max((_told(inner) for inner in _inside(one)), key=_length, default=())
                if _length(found) >= _SHORTEST:
                    best = max(best, found, key=_length)
                    break
    return best


def _values(html: str) -> Iterator[Any]:
    """The JSON that stands in a page's scripts, alone or after ``name =``."""
    decoder = json.JSONDecoder()
    scripts = (store.inside for store in _stores(html) if store.tag == "script")
    for script in islice((script for script in scripts if len(script) >= _SHORTEST), _MOST_SCRIPTS):
        for begins in list(_BEGINS.finditer(script, 0, 4096))[:_TRIES]:
            try:
                value, _ = decoder.raw_decode(script, begins.end())
                yield json.loads(value) if isinstance(value, str) else value
            except (ValueError, RecursionError):
                continue
            break


def _objects_with(value: Any, wanted: str) -> Iterator[list[Any]]:
    """Each object that has a text with these letters as one of its values, and the objects around it."""
    stack: list[tuple[Any, tuple[Any, ...]]] = [(value, ())]
    for _ in range(_MOST_VALUES):
        if not stack:
            return
        one, above = stack.pop()
        if isinstance(one, dict):
            texts = (
                text for text in one.values() if isinstance(text, str) and len(text) < 2 * len(wanted) + 40
            )
            if any(letters(text) == wanted for text in texts):
                yield [one, *above]
            above = (one, *above[: _LEVELS - 1])
        if isinstance(one, dict | list):
            inner = one.values() if isinstance(one, dict) else one
            stack += [(child, above) for child in inner if isinstance(child, dict | list)]


def _inside(value: Any) -> Iterator[Any]:
    """The lists and long texts in an object."""
    stack = [value]
    for _ in range(_MOST_VALUES):
        if not stack:
            return
        one = stack.pop()
        if isinstance(one, list) or (isinstance(one, str) and len(one) >= _SHORTEST):
            yield one
        if isinstance(one, dict | list):
            stack += one.values() if isinstance(one, dict) else one


def _told(value: Any) -> tuple[str, ...]:
    """The paragraphs of a list whose entries are texts, or of a text; nothing where they are no prose."""
    if isinstance(value, str):
        found = _paragraphs(value)
    else:
        found = tuple(
            line
            for entry in value
            for line in _paragraphs(entry if isinstance(entry, str) else _leaves(entry))
        )
    prose = [line for line in found if weight(line) >= _PROSE and " " in line]
    return found if 2 * _length(prose) > _length(found) else ()


def _leaves(value: Any, key: str = "", depth: int = 0) -> str:
    """The text of a rich-text tree: its strings under the keys that hold text, in order."""
    if isinstance(value, str):
        return value if key in _TEXT_KEYS else ""
    if depth > _DEPTH:
        return ""
    if isinstance(value, dict):
        return "".join(_leaves(child, name, depth + 1) for name, child in value.items())
    return "".join(_leaves(child, key, depth + 1) for child in value) if isinstance(value, list) else ""
