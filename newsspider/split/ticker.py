"""The headline ticker: a strip of other stories' headlines at the top of the page.

Told by its markup: a ``<marquee>``, or class words that themes give to such strips (ticker, marquee, breaking
news, news flash, running text). Menus, topic bars and empty shells are none: an entry is a headline of some
length, and a strip has at least two.

"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsspider.records import Link
from newsspider.split.table import Node, Page
from newsspider.split.text import clean, weight

_STRIP = re.compile(
    r"(?<![a-z])(?:(?:news|text|headline|top)?[-_]?tickers?|marquee|breaking(?:[-_]?(?:news|bar|strip"
    r"|ticker|headlines?|box|wrap\w*|container|area|section|posts?))?|"
    r"(?:news[-_]?flash|flash[-_]?news|hot[-_]?news|hotline|news[-_]?scroll\w*|scroll(?:ing)?[-_]?news"
    r"|running[-_]?(?:text|news)|trending[-_]?now|exclusive[-_]?posts|"
    r"latest[-_]?news[-_]?(?:bar|strip|ticker)|news[-_]?bar|headlines?[-_]?(?:bar|strip|scroll\w*)))(?![a-z])"
)
_SEPARATOR = re.compile(r"\s*(?:\*{2,}|[|•●■◆►»]|\s/{2}\s|\s::\s)\s*")
SHORTEST = 20  # characters of an entry, wide scripts counted double
SHORTEST_LINK = 15
LARGEST = 40  # links of a strip; more are a menu or a page in itself
_MOST = 200


def find_ticker(page: Page, headline_node: int | None, headline: str | None) -> tuple[Link, ...]:
    """The entries of all strips before the headline, distinct, in page order."""
    found: dict[str, Link] = {}
    covered = -1
    for node in page.nodes:
        if headline_node is not None and node.number >= headline_node:
            break
        if node.number <= covered or not _is_strip(node):
            continue
        if headline_node is not None and node.end >= headline_node:  # holds the headline itself: no strip
            continue
        covered = node.end
        for link in _entries(page, node):
            key = link.url or link.text.casefold()
            if link.text != headline and link.text.casefold() not in {
                known.text.casefold() for known in found.values()
            }:
                found.setdefault(key, link)
    return tuple(found.values())[:_MOST]


def _is_strip(node: Node) -> bool:
    if node.tag == "marquee":
        return True
    return (
        bool(node.classes)
        and node.tag not in ("html", "body", "a", "script")
        and _STRIP.search(node.classes) is not None
    )


def _entries(page: Page, strip: Node) -> list[Link]:
    links = list(_links(page, strip))
    if len(links) > LARGEST:
        return []
    if len(links) >= 2 or (links and strip.tag == "marquee"):
        return links
    texts = [Link(text) for block in page.blocks_in(strip.number) for text in split_strip(block.text)]
    return texts if len(texts) >= 2 else []


def _links(page: Page, strip: Node) -> Iterable[Link]:
    """One link for each address, with the longest of its texts; clones that a carousel makes fall together."""
    best: dict[str, str] = {}
    for anchor in page.anchors:
        if anchor.node > strip.end:
            break
        if anchor.node < strip.number:
            continue
        url, text = page.address(anchor.href), clean(anchor.text)
        if url and weight(text) > weight(best.get(url, "")):
            best[url] = text
    long_enough = {url: text for url, text in best.items() if weight(text) >= SHORTEST_LINK}
    return [Link(text.strip(" |•*"), url) for url, text in long_enough.items()]


def split_strip(text: str) -> list[str]:
    """The headlines of a strip that is one line of text, between ``|``, ``•`` or ``**``."""
    return [part for part in _SEPARATOR.split(text) if weight(part) >= SHORTEST]
