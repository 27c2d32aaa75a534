"""A source's own selectors: what they find goes before what was found without them. Only here is a tree
built.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree, html
from lxml.cssselect import CSSSelector

from newsspider.records import Article, Link
from newsspider.source import Layout
from newsspider.split.dateline import split_dateline
from newsspider.split.dates import read_date, read_stamp
from newsspider.split.table import BLOCK_TAGS, Page
from newsspider.split.text import clean
from newsspider.split.ticker import split_strip

Element = Any


def apply_layout(article: Article, page: Page, layout: Layout) -> Article:
    """The record with the fields that a layout's selectors find; a selector that finds nothing leaves its
    field as it was.
    """
    try:
        tree = html.document_fromstring(
            page.html.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
    except (etree.LxmlError, ValueError):
        return article
    changes: dict[str, Any] = {}
    for name, selector in layout.selectors.items():
        elements: Any = CSSSelector(selector, translator="html")(tree)
        value = _READERS[name](elements, page) if elements else None
        if value:
            changes[name] = value
    if not changes:
        return article
    if "dateline" in changes and article.body and article.dateline is None:
        changes.setdefault("body", tuple(_without(article.body, changes["dateline"].text)))
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


def _text(element: Element) -> str:
    """An element's text; block-level elements and line breaks inside it are blanks."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if not isinstance(node.tag, str) or node.tag in ("script", "style"):
            continue
        if node.tag in BLOCK_TAGS or node.tag == "br":
            pieces.append(" ")
        if event == "start":
            pieces.append(node.text or "")
        elif node is not element:
            pieces.append(node.tail or "")
    return clean("".join(pieces))


def _one(elements: list[Element], page: Page) -> str | None:
    return _text(elements[0]) or None


def _many(elements: list[Element], page: Page) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for element in elements if (text := _text(element))))


def _paragraphs(elements: list[Element], page: Page) -> tuple[str, ...]:
    """The paragraphs inside the elements: their innermost block-level elements, or the elements themselves."""
    found = []
    for element in elements:
        inner = [
            node
            for node in element.iter()
            if node.tag in BLOCK_TAGS and not any(child.tag in BLOCK_TAGS for child in node.iterdescendants())
        ]
        found += [text for node in inner or [element] if (text := _text(node))]
    return tuple(dict.fromkeys(found))


def _links(elements: list[Element], page: Page) -> tuple[Link, ...]:
    """Links in the elements; where there are none, the headlines of their text."""
    anchors = [
        a for element in elements for a in ([element] if element.tag == "a" else element.iterdescendants("a"))
    ]
    found = [Link(_text(a), page.address(a.get("href"))) for a in anchors if a.get("href") and _text(a)]
    if not found:
        found = [
            Link(text)
            for element in elements
            for text in split_strip(_text(element)) or [_text(element)]
            if text
        ]
    return tuple(dict.fromkeys(found))


def _date(elements: list[Element], page: Page) -> str | None:
    given = elements[0].get("datetime") or elements[0].get("content")
    moment = (read_stamp(given) if given else None) or read_date(_text(elements[0]))
    return moment.iso() if moment else None


def _dateline(elements: list[Element], page: Page) -> Any:
    found = split_dateline(f"{_text(elements[0])} – The text that follows it.")
    return found[0] if found else None


_READERS: Mapping[str, Callable[[list[Element], Page], Any]] = {
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
