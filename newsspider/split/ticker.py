"""The headline ticker: a strip of other stories' headlines at the top of the page.

Told by its markup: a ``<marquee>``, or class words that themes give to such strips (ticker, marquee, breaking
news, news flash, running text); else by a label before it ("Breaking news:"); else by its form, a row of five
or more equal links to stories. Menus, topic bars and empty shells are none: an entry is a headline of some
length, and a strip has at least two. Of more than two hundred entries the first two hundred are taken, and
nothing tells of the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from newsspider.addresses import canonical
from newsspider.records import Link
from newsspider.split.cards import (
    MOST_LINKS,
    Story,
    Taken,
    before_links,
    containers,
    headline_of,
    is_of_site,
    is_story,
)
from newsspider.split.edges import is_call
from newsspider.split.table import Block, Node, Page
from newsspider.split.text import weight
from newsspider.split.words import TICKER

_STRIP = re.compile(
    r"(?<![a-z])(?:(?:news|text|headline|top)?[-_]?tickers?|marquee|breaking(?:[-_]?(?:news|bar|strip"
    r"|ticker|headlines?|box|wrap\w*|container|area|section|posts?))?|"
    r"(?:news[-_]?flash|flash[-_]?news|hot[-_]?news|hotline|news[-_]?scroll\w*|scroll(?:ing)?[-_]?news"
    r"|running[-_]?(?:text|news)|trending[-_]?(?:now|animated|bar|strip)|exclusive[-_]?posts"
    r"|js-news|bn[-_](?:wrapper|news|content)|header-latest-(?:posts|news)|"
    r"latest[-_]?news[-_]?(?:bar|strip|ticker|carousel|slider|scroll\w*)|news[-_]?bar|headlines?[-_]?(?:bar|strip|scroll\w*)))(?![a-z])"
)
_BESIDE = re.compile(
    r"menu|(?<![a-z])(?:mega|nav\w*|drop-?down|drawer|off-?canvas|side\w*|left\w*|right\w*|aside|widget|related|popular"
    r"|tags?|topics?|themes|footer|modal|search|comments?|social|share)(?![a-z])|(?<!\S)hidden(?!\S)"
)
_BREAKING = re.compile(r"(?<![a-z])(?:breaking|news[-_]?flash|flash[-_]?news|hot[-_]?news)(?![a-z]{2})")
_CLOCK = re.compile(r"^\d{1,2}[:.]\d\d(?!\d)(?:\s?(?:[ap]m|uhr|h|น\.)(?!\w))?\s*[-–|:]?\s*", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:\*{2,}|[|•●■◆►»]|\s/{2}\s|\s::\s)\s*")
SHORTEST = 20  # letters of an entry, characters of wide scripts counted some three times
SHORTEST_LINK = 15
_WIDE = 3.2
USUAL = 30  # letters of entries on average where a label alone tells of a strip
USUAL_STRIP = 25  # where its markup does
_LABELS = 20  # labels that are looked behind
_UNCLOSED = 20  # elements after the beginning of a strip in which its list begins
_FEWEST = 5  # links of a row that nothing but its form tells
_USUAL_ROW = 45  # characters of them on average
_ALIKE = 0.9  # share of them that are set alike, and that lead to stories
LARGEST = 40  # links of a strip; more are a menu or a page in itself
_STRIPS = 100  # that are looked at
_MOST = 200


def find_ticker(page: Page, headline_node: int | None, headline: str | None) -> tuple[Taken, ...]:
    """The entries of all strips before the headline, distinct, in page order."""
    found: dict[str, Taken] = {}
    texts = {headline.casefold()} if headline else set()
    own = canonical(page.url) if page.url else None
    end = headline_node if headline_node is not None else len(page.nodes)
    for taken in _candidates(page, end, headline is not None):
        entry = taken.link
        key = entry.url or entry.text.casefold()
        if entry.text.casefold() not in texts and (not entry.url or canonical(entry.url) != own):
            found.setdefault(key, taken)
            texts.add(entry.text.casefold())
    return tuple(found.values())[:_MOST]


def _candidates(page: Page, end: int, headed: bool) -> Iterable[Taken]:
    """The entries of strips told by their markup before a node; without one, those behind a label above the
    headline.
    """
    covered = -1
    strips = []
    for node in page.nodes[:end]:
        if node.number <= covered or not _is_strip(node):
            continue
        strip = node if node.end < end or _is_of_links(page, node) else _list_in(page, node, end)
        if strip is None:  # holds the headline itself: no strip
            continue
        covered = strip.end
        strips.append(strip)
        if len(strips) > _STRIPS:
            break
        yield from (Taken(entry, strip.number, "marked up as a ticker") for entry in _entries(page, strip))
    if headed and not strips:
        yield from _labelled(page, end) or _row(page, end)


def _is_of_links(page: Page, node: Node) -> bool:
    """Whether a strip that holds the page's headline is a row of links, so that this is but one of them."""
    blocks = page.blocks_in(node.number)
    return all(2 * block.link_chars > len(block.text) or len(block.text) <= SHORTEST for block in blocks)


def _list_in(page: Page, around: Node, end: int) -> Node | None:
    """The first list in a strip that was never closed and so holds the whole page."""
    for node in page.nodes[around.number + 1 : around.number + 1 + _UNCLOSED]:
        if node.tag in ("ul", "ol"):
            return node if node.end < end else None
    return None


def _labelled(page: Page, end: int) -> list[Taken]:
    """The headlines behind a label such as "Breaking news:", in its block or in the container of both."""
    tries = 0
    for block in page.blocks:
        if block.node >= end or tries > _LABELS:
            break
        node = page.nodes[block.node]
        if node.part in ("nav", "footer") or node.end >= end:
            continue
        label = TICKER.match(block.text) or TICKER.match(before_links(page, block)) or _in_link(page, block)
        if not label:
            continue
        tries += 1
        around = node
        if len(block.text) <= len(label.group()) + SHORTEST and node.parent > 0:
            around = page.nodes[node.parent]
        entries = _entries(page, around, alone=around is node) if around.end < end else []
        entries = [entry for entry in entries if not TICKER.match(entry.text)]
        alone = len(entries) == 1 and around is node and _says_only(block, label.group(), entries[0].text)
        if (len(entries) >= 2 or alone) and sum(worth(entry.text) for entry in entries) >= USUAL * len(
            entries
        ):
            return [Taken(entry, around.number, "behind a ticker's label") for entry in entries]
    return []


def _in_link(page: Page, block: Block) -> re.Match[str] | None:
    """The label that the first link of a block begins with, in an element of its own."""
    if not block.anchors:
        return None
    number = page.anchors[block.anchors[0]].node
    inner = page.nodes[number + 1 : min(page.nodes[number].end, number + 2) + 1]
    return next((label for node in inner if (label := TICKER.match(page.text_of(node.number)))), None)


def _says_only(block: Block, label: str, headline: str) -> bool:
    """Whether a block holds a label and a headline, and little else."""
    return len(block.text) <= len(label) + len(headline) + SHORTEST


def _row(page: Page, end: int) -> list[Taken]:
    """The first row before the headline of links to stories of the site that are set alike."""
    found: list[Story] = []
    for anchor in page.anchors:
        if anchor.node >= end or len(found) == MOST_LINKS:
            break
        node = page.nodes[anchor.node]
        if weight(anchor.text) >= SHORTEST_LINK and node.part in ("main", "header") and not node.hidden:
            text = headline_of(page, anchor)
            found.append(Story(anchor.node, anchor.block, anchor.href, text, weight(text)))
    rows: dict[int, list[Story]] = {}
    for story, place in zip(found, containers(page, found), strict=True):
        rows.setdefault(place, []).append(story)
    for place, row in rows.items():
        if place >= 0 and page.nodes[place].end < end and _is_row(page, place, row):
            links = {url: story.text for story in row if (url := page.address(story.href))}
            why = "a row of headlines set alike"
            return [
                Taken(Link(text, url), place, why) for url, text in links.items() if is_story(url, page.url)
            ]
    return []


def _is_row(page: Page, place: int, row: list[Story]) -> bool:
    """Whether links in a container are many headlines set alike, and no menu or list of a sidebar."""
    several = len({story.href for story in row})
    if not _FEWEST <= several <= LARGEST or sum(story.weight for story in row) < _USUAL_ROW * len(row):
        return False
    if any(node.classes and _is_beside(node.classes) for node in page.chain(place)):
        return False
    kinds = Counter(tuple((node.tag, node.classes) for node in page.chain(story.node, 2)) for story in row)
    urls = [page.address(story.href) for story in row]
    stories = sum(url is not None and is_of_site(url, page.url) and is_story(url, page.url) for url in urls)
    return max(kinds.values()) >= _ALIKE * len(row) and stories >= _ALIKE * len(row)


@lru_cache(maxsize=8192)
def _is_beside(classes: str) -> bool:
    return _BESIDE.search(classes) is not None


def _is_strip(node: Node) -> bool:
    if node.tag == "marquee":
        return True
    return (
        bool(node.classes) and node.tag not in ("html", "body", "a", "script") and _names_strip(node.classes)
    )


@lru_cache(maxsize=8192)
def _names_strip(classes: str) -> bool:
    return _STRIP.search(classes) is not None


def _entries(page: Page, strip: Node, alone: bool = False) -> list[Link]:
    """The headlines in a strip; ``alone``: one will do."""
    links = [link for link in _links(page, strip) if not is_call(link.text)]
    if len(links) > LARGEST:
        return []
    alone = alone or strip.tag == "marquee" or _BREAKING.search(strip.classes) is not None
    if len(links) >= (1 if alone else 2):
        return links if _are_headlines([link.text for link in links]) else []
    blocks = page.blocks_in(strip.number)
    if links or any(2 * block.link_chars > len(block.text) for block in blocks):
        return []  # one story, or services: what stands beside their links is about them
    texts = list(dict.fromkeys(text for block in blocks for text in split_strip(block.text)))
    if len(texts) < 2:
        texts = list(dict.fromkeys(text for text in _leaves(page, strip) if worth(text) >= SHORTEST))
    return [Link(text) for text in texts] if len(texts) >= 2 else []


def _are_headlines(texts: list[str]) -> bool:
    """Whether texts are as long as headlines are; topics are shorter."""
    return sum(map(worth, texts)) >= USUAL_STRIP * len(texts)


def worth(text: str) -> int:
    """The length that a headline would have in letters, of which a character of a wide script says some three."""
    return round(_WIDE * len(text)) if weight(text) > len(text) else len(text)


def _leaves(page: Page, strip: Node) -> list[str]:
    """The texts of the elements in a strip that hold no others."""
    inside = page.nodes[strip.number + 1 : strip.end + 1]
    return [page.text_of(node.number) for node in inside if node.end == node.number]


def _links(page: Page, strip: Node) -> Iterable[Link]:
    """One link for each address, with the longest of its texts; clones that a carousel makes fall together."""
    best: dict[str, str] = {}
    first = bisect_left(page.anchors, strip.number, key=lambda anchor: anchor.node)
    last = bisect_right(page.anchors, strip.end, key=lambda anchor: anchor.node)
    for anchor in page.anchors[first:last]:
        url, text = page.address(anchor.href), headline_of(page, anchor)
        if url and worth(text) > worth(best.get(url, "")) and is_story(url, None):
            best[url] = text
    if len(best) > 1 and all(map(_CLOCK.match, best.values())):
        best = {url: _CLOCK.sub("", text) for url, text in best.items()}
    long_enough = {url: text for url, text in best.items() if worth(text) >= SHORTEST_LINK}
    return [Link(text.strip(" |•*"), url) for url, text in long_enough.items()]


def split_strip(text: str, shortest: int = SHORTEST) -> list[str]:
    """The headlines of a strip that is one line of text, between ``|``, ``•`` or ``**``; ``shortest``: what each is worth."""
    return [part for part in _SEPARATOR.split(text) if worth(part) >= shortest]
