"""Links to stories as pages set them: a headline, alone or in a card with a picture, several side by side.

What a link says is the longest text of all links to its address; a card whose link is an empty sheet over it
says its heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from newsspider.addresses import canonical, parts_of, same_site
from newsspider.records import Link
from newsspider.split.classwords import ClassWords
from newsspider.split.clocks import has_clock
from newsspider.split.dates import read_date
from newsspider.split.table import Anchor, Block, Node, Page
from newsspider.split.text import clean, weight
from newsspider.split.words import ALSO, RELATED, TICKER, may_be_also

_SLUG = re.compile(r"[-_][^/]*[-_]|\d\d|%[0-9a-f]{2}%", re.IGNORECASE)  # in an address: words, a number
_NUMBER = re.compile(r"(?:^|&)\w+=\d{3}")
_NO_STORY = re.compile(  # in an address: lists, services, files; networks and adverts
    r"/(?:tags?|topics?|themen?|thema|schlagwort|etiquetas?|search|suche|buscar|categor\w+|kategorie\w*|sections?|sekce"
    r"|authors?|autor\w*|list|login|register|subscri\w+|abo|newsletters?|privacy\w*|datenschutz\w*|impressum"
    r"|contact|kontakt|about\w*|shar(?:e|er|ing))(?:[.?_][^/]*|/[^/]*)?/?$|/(?:jobs?|\w*stellen\w*|career\w*|wp-content)/|[?&]share"
    r"|\.(?:jpe?g|png|gif|webp|pdf|mp3|mp4)$|//[^/]*(?:doubleclick|googleads|adservice|outbrain|taboola|plista"
    r"|awin1|mgid|revcontent|facebook|twitter|linkedin|pinterest|getpocket|whatsapp|news\.google)[^/]*/",
    re.IGNORECASE,
)
MOST_LINKS = 5000  # that are looked at
_SAYS_LITTLE = 18  # characters of a link's text
_IN_CARD = 40  # elements of a link that are looked at
# What the headline of a card is called.
_TITLE = ClassWords(r"(?<![a-z])(?:headline|heading|title|titel|titre|titulo|titolo|tytul|hed)(?![a-z])")
# What beside it is called that is none: a time, a label, a section.
_LABEL_CLASS = ClassWords(
    r"(?<![a-z])(?:time(?:stamp)?|date|datum|fecha|ago|label|badge|flag|tag|cat|category|kategorie|kicker|eyebrow|section|rubrik"
    r"|premium|paid|counter|comments?-?count)(?![a-z])"
)
_LABEL, _STAMP = 30, 24  # characters of a label, of a time alone
_LEAST = 10  # weight of what is left of a link's text without it
_BETWEEN = " :|·•–—-"
_CARD = 4  # levels above a heading in which the link of its card is looked for
_ITEM = 10  # levels above a link in which others are looked for


@dataclass(frozen=True, slots=True)
class Story:
    """A link that may lead to a story: its element, the block in or before which it stands, its address as
    written, what all links to that address say, and the length of that (wide scripts counted double).
    """

    node: int
    block: int
    href: str
    text: str
    weight: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A link taken as ticker entry or related link, the element that it was found in, and why."""

    link: Link
    node: int
    why: str


def before_links(page: Page, block: Block) -> str:
    """What a block says before its first link: a label, where it has one. "" where no link is, or nothing before it."""
    if not block.anchors:
        return ""
    first = page.anchors[block.anchors[0]].words
    return block.text.partition(first)[0].strip() if first else ""


def stories(page: Page, after: int, shortest: int) -> list[Story]:
    """The links behind a node that say something of some length, in page order; the first five thousand are
    looked at.
    """
    behind = [anchor for anchor in page.anchors if anchor.node > after][:MOST_LINKS]
    texts = link_texts(page, {anchor.href for anchor in behind})
    texts |= _covered(page, after, texts)
    lengths = {href: weight(text) for href, text in texts.items()}
    return [
        Story(anchor.node, anchor.block, anchor.href, texts[anchor.href], lengths[anchor.href])
        for anchor in behind
        if lengths[anchor.href] >= shortest
    ]


def link_texts(page: Page, wanted: set[str]) -> dict[str, str]:
    """For each address the longest text of a link to it, or what an empty one is called."""
    best = dict.fromkeys(wanted, "")
    for anchor in page.anchors:
        known = best.get(anchor.href)
        if known is None or (known and len(anchor.text) <= len(known)):
            continue
        text = headline_of(page, anchor)
        if not text and not known:
            attributes = page.nodes[anchor.node].attributes
            text = clean(attributes.get("aria-label") or attributes.get("title") or "")
        if len(text) > len(known):
            best[anchor.href] = text
    return best


def headline_of(page: Page, anchor: Anchor) -> str:
    """What a link says of its story, without what else stands in it."""
    text = anchor.words
    if page.nodes[anchor.node].end == anchor.node:
        return text
    return _headline_in(page, anchor.node) or _without_labels(page, anchor.node, text)


def _headline_in(page: Page, number: int) -> str | None:
    """The headline in a link that is a whole card: its heading, what is called a title, or of several blocks the first
    that is more than a label. None where the link is but a text.
    """
    end = page.nodes[number].end
    first, last = bisect_right(page.headings, number), bisect_right(page.headings, end)
    if first < last:
        return page.text_of(page.headings[first]) or None
    inside = page.nodes[number + 1 : min(end, number + _IN_CARD) + 1]
    for node in inside:
        if node.classes and _TITLE.search(node.classes) and (text := page.text_of(node.number)):
            return text
    blocks = [clean(block.text) for block in page.blocks_in(number)]
    if len(blocks) > 1:
        return next((text for text in blocks if weight(text) >= _SAYS_LITTLE), None)
    return None


def _without_labels(page: Page, number: int, text: str) -> str:
    """A link's text without the elements at its ends that are a time or a label ("10:40", "Breaking", "Premium")."""
    inside = page.nodes[number + 1 : min(page.nodes[number].end, number + _IN_CARD) + 1]
    labels = [(label, node) for node in inside if (label := page.text_of(node.number))]
    for label, node in labels:
        rest = text.removeprefix(label)
        if rest != text and weight(rest) >= _LEAST and _is_label(node, label):
            rest = rest.lstrip(_BETWEEN)
            text = (
                text if rest[:1].islower() and not any(map(str.isdigit, label)) else rest
            )  # a sentence goes on
    for label, node in reversed(labels):
        rest = text.removesuffix(label)
        if rest != text and weight(rest) >= _LEAST and _is_label(node, label):
            text = rest.rstrip(_BETWEEN)
    return text


def _is_label(node: Node, text: str) -> bool:
    """Whether an element in a link is no headline: by its tag, its class, or as a clock, date or known label alone."""
    if weight(text) > _LABEL:
        return False
    if node.tag == "time" or (node.classes and _LABEL_CLASS.search(node.classes)):
        return True
    if TICKER.match(text) or (may_be_also(text) and ALSO.fullmatch(text)):
        return True
    return len(text) <= _STAMP and (has_clock(text) or read_date(text) is not None)


def _covered(page: Page, after: int, texts: dict[str, str]) -> dict[str, str]:
    """The headings of cards whose links say less than they do, by address."""
    nodes = [anchor.node for anchor in page.anchors]
    found: dict[str, str] = {}
    for number in page.headings:
        if number <= after or _one_address(page, nodes, number) is not None:
            continue
        around = number
        for _ in range(_CARD):
            around = page.nodes[around].parent
            if around <= 1:
                break
            href = _one_address(page, nodes, around)
            if href is None:
                continue
            if href in texts and weight(texts[href]) < _SAYS_LITTLE:
                heading = page.text_of(number)
                if not RELATED.match(heading):  # heads the box, not the card
                    found[href] = max(found.get(href, ""), heading, key=len)
            break
    return found


def _one_address(page: Page, nodes: list[int], number: int) -> str | None:
    """The address to which all links in a node lead; "" for several, None where there is no link."""
    first, last = bisect_left(nodes, number), bisect_right(nodes, page.nodes[number].end)
    if first == last:
        return None
    href = page.anchors[first].href
    several = any(page.anchors[i].href != href for i in range(first + 1, min(last, first + _CARD + 1)))
    return "" if several or last - first > _CARD + 1 else href


def containers(page: Page, found: list[Story]) -> list[int]:
    """For each link the innermost element around it that holds a link to another address, too; -1 where none
    is near.
    """
    nodes = [story.node for story in found]
    before, behind = _others(found)
    places = []
    for i, story in enumerate(found):
        left = nodes[before[i]] if before[i] >= 0 else -1
        right = nodes[behind[i]] if behind[i] < len(nodes) else len(page.nodes)
        places.append(_around(page, story.node, left, right))
    return places


def _around(page: Page, number: int, left: int, right: int) -> int:
    """The innermost element around a node that holds one of two others."""
    for _ in range(_ITEM):
        number = page.nodes[number].parent
        if number <= 1:
            break
        if number < left or page.nodes[number].end >= right:
            return number
    return -1


def _others(found: list[Story]) -> tuple[list[int], list[int]]:
    """For each link the places of the nearest ones before and behind it that lead elsewhere."""
    before, behind = [-1] * len(found), [len(found)] * len(found)
    for i in range(1, len(found)):
        before[i] = i - 1 if found[i - 1].href != found[i].href else before[i - 1]
    for i in range(len(found) - 2, -1, -1):
        behind[i] = i + 1 if found[i + 1].href != found[i].href else behind[i + 1]
    return before, behind


def may_be_story(url: str, own: str | None) -> bool:
    """Whether an address may be another story's: no list's, service's or advert's, nor the page's own."""
    parts = parts_of(url)
    if (len(parts.path.strip("/")) <= 3 and not _NUMBER.search(parts.query)) or _NO_STORY.search(url):
        return False
    if own is None:
        return True
    return canonical(url) != canonical(own) and ("?" in own or url.partition("?")[0] != own)


def is_story(url: str, own: str | None) -> bool:
    """Whether an address that may be another story's looks like one: with words or a number in it, or beside
    the page's own.
    """
    if not may_be_story(url, own):
        return False
    beside = own is None or url.rstrip("/").rpartition("/")[0] == own.rstrip("/").rpartition("/")[0]
    return beside or _SLUG.search(url[url.find("/", 8) :]) is not None


def is_of_site(url: str, own: str | None) -> bool:
    """Whether an address is of the page's own site; most are of its very host. True for a page without one."""
    return own is None or url.startswith(own[: own.find("/", 8) + 1] or own) or same_site(url, own)
