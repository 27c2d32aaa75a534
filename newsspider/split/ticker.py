"""The headline ticker: a strip of other stories' headlines at the top of the page.

Told by its markup: a ``<marquee>``, or class words that themes give to such strips (ticker, marquee, breaking
news, news flash, running text); else by a label before it ("Breaking news:"); else by its form, a row of five
or more equal links to stories. Menus, topic bars and empty shells are none: an entry is a headline of some
length, and a strip has at least two. Of more than two hundred entries the first two hundred are taken, and
nothing tells of the rest.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from newsspider.addresses import canonical
from newsspider.records import Link
from newsspider.split.cards import MOST_LINKS, Story, Taken, before_links, containers, is_of_site, is_story
from newsspider.split.table import Node, Page
from newsspider.split.text import clean, weight
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
_SEPARATOR = re.compile(r"\s*(?:\*{2,}|[|•●■◆►»]|\s/{2}\s|\s::\s)\s*")
SHORTEST = 20  # characters of an entry, wide scripts counted double
SHORTEST_LINK = 15
USUAL = 30  # characters of entries on average where a label alone tells of a strip
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
        strip = node if node.end < end else _list_in(page, node, end)
        if strip is None:  # holds the headline itself: no strip
            continue
        covered = strip.end
        strips.append(strip)
        if len(strips) > _STRIPS:
            break
        yield from (Taken(entry, strip.number, "marked up as a ticker") for entry in _entries(page, strip))
    if headed and not strips:
        yield from _labelled(page, end) or _row(page, end)


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
        label = TICKER.match(block.text) or TICKER.match(before_links(page, block))
        node = page.nodes[block.node]
        if not label or node.part in ("nav", "footer") or node.end >= end:
            continue
        tries += 1
        around = node
        if len(block.text) <= len(label.group()) + SHORTEST and node.parent > 0:
            around = page.nodes[node.parent]
        entries = _entries(page, around) if around.end < end else []
        entries = [entry for entry in entries if not TICKER.match(entry.text)]
        if len(entries) >= 2 and sum(weight(entry.text) for entry in entries) >= USUAL * len(entries):
            return [Taken(entry, around.number, "behind a ticker's label") for entry in entries]
    return []


def _row(page: Page, end: int) -> list[Taken]:
    """The first row before the headline of links to stories of the site that are set alike."""
    found: list[Story] = []
    for anchor in page.anchors:
        if anchor.node >= end or len(found) == MOST_LINKS:
            break
        node = page.nodes[anchor.node]
        if len(anchor.text) >= SHORTEST_LINK and node.part in ("main", "header") and not node.hidden:
            text = clean(anchor.text)
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


def _entries(page: Page, strip: Node) -> list[Link]:
    links = list(_links(page, strip))
    if len(links) > LARGEST:
        return []
    if len(links) >= 2 or (links and strip.tag == "marquee"):
        return links if _are_headlines([link.text for link in links]) else []
    blocks = page.blocks_in(strip.number)
    if links or any(2 * block.link_chars > len(block.text) for block in blocks):
        return []  # one story, or services: what stands beside their links is about them
    texts = list(dict.fromkeys(text for block in blocks for text in split_strip(block.text)))
    if len(texts) < 2:
        texts = list(dict.fromkeys(text for text in _leaves(page, strip) if weight(text) >= SHORTEST))
    return [Link(text) for text in texts] if len(texts) >= 2 else []


def _are_headlines(texts: list[str]) -> bool:
    """Whether texts are as long as headlines are; topics are shorter."""
    return sum(map(weight, texts)) >= USUAL_STRIP * len(texts)


def _leaves(page: Page, strip: Node) -> list[str]:
    """The texts of the elements in a strip that hold no others."""
    inside = page.nodes[strip.number + 1 : strip.end + 1]
    return [page.text_of(node.number) for node in inside if node.end == node.number]


def _links(page: Page, strip: Node) -> Iterable[Link]:
    """One link for each address, with the longest of its texts; clones that a carousel makes fall together."""
    best: dict[str, str] = {}
    first = bisect_left(page.anchors, strip.number, key=lambda anchor: anchor.node)
    for position in range(first, len(page.anchors)):
        anchor = page.anchors[position]
        if anchor.node > strip.end:
            break
        url, text = page.address(anchor.href), clean(anchor.text)
        if url and weight(text) > weight(best.get(url, "")) and is_story(url, None):
            best[url] = text
    long_enough = {url: text for url, text in best.items() if weight(text) >= SHORTEST_LINK}
    return [Link(text.strip(" |•*"), url) for url, text in long_enough.items()]


def split_strip(text: str) -> list[str]:
    """The headlines of a strip that is one line of text, between ``|``, ``•`` or ``**``."""
    return [part for part in _SEPARATOR.split(text) if weight(part) >= SHORTEST]
