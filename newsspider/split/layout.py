"""A source's own selectors: what they find goes before what was found without them.

Only pages of sources that have a layout come here, so that convenience goes before speed: Beautiful Soup, for
its selectors (Soup Sieve knows ``:has()``, ``:is()``, ``:-soup-contains()`` and says what is wrong with one)
and because it makes sense of markup that is broken in any way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from newsspider.records import Article, Link
from newsspider.source import Layout
from newsspider.split.asides import aside_kind
from newsspider.split.body import paragraphs
from newsspider.split.choose import rule_against
from newsspider.split.dateline import split_dateline
from newsspider.split.dates import read_date, read_stamp
from newsspider.split.parse import open_page
from newsspider.split.table import BLOCK_TAGS, Page
from newsspider.split.text import clean
from newsspider.split.ticker import split_strip

_NO_TEXT = frozenset(("script", "style", "template"))


def apply_layout(article: Article, page: Page, layout: Layout) -> Article:
    """The record with the fields that a layout's selectors find; a selector that finds nothing leaves its
    field as it was.
    """
    soup = BeautifulSoup(page.html, "lxml")
    changes: dict[str, Any] = {}
    for name, selector in layout.selectors.items():
        elements = list(soup.select(selector))
        value = _READERS[name](elements, page) if elements else None
        if value:
            changes[name] = value
    if not changes:
        return article
    dateline, body = changes.get("dateline", article.dateline), changes.get("body")
    if "dateline" in changes and article.dateline is None:
        body = body or article.body
    if dateline and body:
        changes["body"] = tuple(_without(body, dateline.text))
    if "headline" in changes or "body" in changes:
        changes["kind"], changes["flags"] = (
            "article",
            tuple(flag for flag in article.flags if flag != "blocked"),
        )
    sources: Mapping[str, str] = dict.fromkeys(changes, "layout")
    provenance = {
        **article.provenance,
        **{name: word for name, word in sources.items() if name not in ("kind", "flags")},
    }
    return replace(article, **changes, provenance=provenance)


def _without(body: tuple[str, ...], dateline: str) -> list[str]:
    first = body[0].removeprefix(dateline).lstrip(" –—-:.") if body[0].startswith(dateline) else body[0]
    return [first, *body[1:]]


def _text(element: Tag) -> str:
    """An element's text; the edges of block-level elements and line breaks inside it are blanks."""
    return clean("".join(_strings(element)))


def _strings(element: Tag) -> Iterator[str]:
    around: list[tuple[Iterator[Any], str]] = [(iter(element.contents), "")]
    while around:  # no recursion: pages are nested as deep as they like
        children, edge = around[-1]
        child = next(children, None)
        if child is None:
            around.pop()
            yield edge
        elif isinstance(child, Tag):
            edge = " " if child.name in BLOCK_TAGS or child.name == "br" else ""
            yield edge
            if child.name not in _NO_TEXT:
                around.append((iter(child.contents), edge))
        elif type(child) is NavigableString:  # no comment or declaration
            yield child


def _one(elements: list[Tag], page: Page) -> str | None:
    return _text(elements[0]) or None


def _many(elements: list[Tag], page: Page) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for element in elements if (text := _text(element))))


def _paragraphs(elements: list[Tag], page: Page) -> tuple[str, ...]:
    """The paragraphs in the elements, by the conventions that hold without a layout, too: loose text and what stands
    between two line breaks, tables by rows, no captions, posts and lines to other stories.
    """
    found: list[str] = []
    chosen = {id(element) for element in elements}
    for element in elements:
        if any(id(parent) in chosen for parent in element.parents):
            continue
        inside = open_page(str(element))
        numbers = [
            i
            for i in range(len(inside.blocks))
            if not (aside_kind(inside, i) or rule_against(inside, i, None))
        ]
        found += [text for _, text in paragraphs(inside, numbers)]
    return tuple(found)


def _links(elements: list[Tag], page: Page) -> tuple[Link, ...]:
    """Links in the elements; where there are none, the headlines of their text."""
    anchors = [
        a for element in elements for a in ([element] if element.name == "a" else element.find_all("a"))
    ]
    found = [Link(_text(a), page.address(str(a["href"]))) for a in anchors if a.get("href") and _text(a)]
    if not found:
        found = [
            Link(text)
            for element in elements
            for text in split_strip(_text(element)) or [_text(element)]
            if text
        ]
    return tuple(dict.fromkeys(found))


def _date(elements: list[Tag], page: Page) -> str | None:
    given = elements[0].get("datetime") or elements[0].get("content")
    moment = (read_stamp(str(given)) if given else None) or read_date(_text(elements[0]))
    return moment.iso() if moment else None


def _dateline(elements: list[Tag], page: Page) -> Any:
    found = split_dateline(f"{_text(elements[0])} – The text that follows it.")
    return found[0] if found else None


_READERS: Mapping[str, Callable[[list[Tag], Page], Any]] = {
    "headline": _one,
    "kicker": _one,
    "summary": _one,
    "section": _one,
    "authors": _many,
    "tags": _many,
    "published": _date,
    "dateline": _dateline,
    "body": _paragraphs,
    "ticker": _links,
    "related": _links,
}
