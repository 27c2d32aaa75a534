"""What a block looks like: numbers that hardly depend on language or on a site's own class names.

The idea that carries most: paragraphs of one article share their markup. A page's *good* text (long, few
links, ends like a sentence) is looked up by the markup that holds it, and a block is told by how much good
text sits in blocks marked up like it and in the same container.

"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from newsspider.split.table import Block, Page
from newsspider.split.text import weight

GOOD_WEIGHT = 80
_ENDS = re.compile(r"[.!?…。！？।॥؟۔།។៕៖។။:;\"”’»」』)]['\"”’»)\]]*$")
# Words of class names and ids as the themes of the widely used systems (WordPress, Drupal, Joomla, Blogger,
# Arc, Newspack) have them. English by nature: they are code, whatever language the page is in.
_WORDS = {
    "text": r"article|story|body|content|entry|post|text|paragraph|copy|prose|main|detail|news",
    "boiler": r"nav|menu|footer|header|sidebar|widget|breadcrumb|masthead|toolbar|modal|popup|overlay"
    r"|cookie|consent|gdpr|banner|sticky|topbar|login|search|pagination|pager|skip",
    "other": r"related|recommend|recirc|more|read-?also|readmore|also|teaser|promo|card|carousel|slider"
    r"|list|latest|popular|trending|most|outbrain|taboola|mgid|sponsor|advert|ads?|adbox|partner|newsletter|subscri\w*|signup|paywall|donat\w*"
    r"|inline-?link|see-?also",
    "meta": r"byline|author|bio|meta|date|time|timestamp|tags?|tagged|category|categories|topics?|kicker"
    r"|info|credits?|source|copyright|caption|figure|image|photo|gallery|video|media|share|social|follow|comment|comments|disqus|reply|respond"
    r"|print|rating|reactions?|disclaimer",
    "lead": r"lead|lede|intro|standfirst|summary|excerpt|dek|sapo|subtitle|subhead|description|chapo|vorspann|teaser",
}
_SPLIT = re.compile(r"[^a-z0-9]+|(?<=[a-z])(?=[0-9])")
_MASKS = {name: 1 << i for i, name in enumerate(_WORDS)}
_FULL = [(1 << i, re.compile(rf"(?:{words})s?")) for i, words in enumerate(_WORDS.values())]
TEXT, BOILER, OTHER, META, LEAD = (_MASKS[name] for name in _WORDS)
_TAG_BITS = {
    tag: 1 << (8 + i)
    for i, tag in enumerate(
        (
            "article",
            "main",
            "aside",
            "nav",
            "header",
            "footer",
            "figure",
            "figcaption",
            "form",
            "ul",
            "ol",
            "table",
            "blockquote",
            "section",
            "dl",
            "address",
        )
    )
}
_HIDDEN = 1 << 30


@lru_cache(maxsize=65536)
def class_mask(classes: str) -> int:
    """Which kinds of words a node's classes hold, as bits."""
    mask = 0
    for word in set(_SPLIT.split(classes)):
        for bit, pattern in _FULL:
            if not mask & bit and pattern.fullmatch(word):
                mask |= bit
    return mask


@dataclass(slots=True)
class Features:
    """The features of a page's blocks, a row of numbers for each, and what other parts ask of the same
    tables.
    """

    rows: list[list[float]]
    weights: list[int]
    good: list[bool]
    own: list[int]  # class words and tag of the block's node and its two next ancestors, as bits
    around: list[int]  # the same of all its ancestors


NAMES = (
    "bias", "weight", "short", "link_share", "all_links", "ends", "good", "sig_share", "parent_share",
    "grand_share", "sig_count", "run_before", "run_after", "since_good", "until_good", "p", "li",
    "heading", "td", "quote", "caption", "div_or_span", "in_article", "in_main", "in_aside", "in_nav",
    "in_header", "in_footer", "in_figure", "in_form", "in_list", "in_table", "own_text", "own_boiler",
    "own_other", "own_meta", "own_lead", "up_text", "up_boiler", "up_other", "up_meta", "up_lead",
    "hidden", "bold", "digits", "place", "after_heading", "same_as_title", "colon_end", "commas", "caps",
)  # fmt: skip


def features_of(page: Page, title_block: int | None, known: frozenset[str]) -> Features:
    """The features of all blocks. ``title_block``: the block of the headline; ``known``: texts of the
    headline and title.
    """
    masks = _node_masks(page)
    blocks = page.blocks
    weights = [weight(block.text) for block in blocks]
    shares = [block.link_chars / max(1, len(block.text)) for block in blocks]
    ends = [bool(_ENDS.search(block.text[-4:])) for block in blocks]
    good = [
        w >= GOOD_WEIGHT and share < 0.35 and end for w, share, end in zip(weights, shares, ends, strict=True)
    ]
    signs = [_signature(page, block) for block in blocks]
    parents = [page.nodes[block.node].parent for block in blocks]
    grands = [page.nodes[parent].parent if parent >= 0 else -1 for parent in parents]
    total = max(1, sum(w for w, g in zip(weights, good, strict=True) if g))
    by_sign, by_parent, by_grand = Counter[str](), Counter[int](), Counter[int]()
    for i, w in enumerate(weights):
        if good[i]:
            by_sign[signs[i]] += w
            by_parent[parents[i]] += w
            by_grand[grands[i]] += w
    counts = Counter(signs)
    since, until = _distances(good)
    rows = []
    own, around = [], []
    for i, block in enumerate(blocks):
        node = page.nodes[block.node]
        mask = masks[block.node]
        near = class_mask(node.classes)
        if parents[i] >= 0:
            near |= class_mask(page.nodes[parents[i]].classes)
        own.append(near)
        around.append(mask)
        text = block.text
        w = weights[i]
        tag = node.tag
        rows.append(
            [
                1.0,
                min(1.0, math.log1p(w) / 7),
                1.0 if w < 25 else 0.0,
                min(1.0, shares[i]),
                1.0 if shares[i] > 0.9 else 0.0,
                1.0 if ends[i] else 0.0,
                1.0 if good[i] else 0.0,
                by_sign[signs[i]] / total,
                by_parent[parents[i]] / total,
                by_grand[grands[i]] / total,
                min(1.0, math.log1p(counts[signs[i]]) / 5),
                1.0 if i > 0 and good[i - 1] else 0.0,
                1.0 if i + 1 < len(blocks) and good[i + 1] else 0.0,
                min(since[i], 10) / 10,
                min(until[i], 10) / 10,
                *_markup_row(tag, mask, near),
                block.bold_chars / max(1, len(text)) if block.bold_chars else 0.0,
                _digits(text),
                i / len(blocks),
                1.0 if title_block is not None and i > title_block else 0.0,
                1.0 if text in known else 0.0,
                1.0 if text[-1] in ":：" else 0.0,
                min(1.0, text.count(",") / 5),
                _capitals(text),
            ]
        )
    return Features(rows, weights, good, own, around)


@lru_cache(maxsize=8192)
def _markup_row(tag: str, mask: int, near: int) -> tuple[float, ...]:
    """The features that the markup alone decides, from ``p`` to ``hidden``: few pages have more than a
    hundred kinds.
    """
    bits = _TAG_BITS
    found = [
        tag == "p",
        tag == "li",
        tag in ("h1", "h2", "h3", "h4", "h5", "h6"),
        tag in ("td", "th"),
        mask & bits["blockquote"],
        mask & bits["figcaption"],
        tag in ("div", "section", "center"),
        *(
            mask & bits[name]
            for name in ("article", "main", "aside", "nav", "header", "footer", "figure", "form")
        ),
        mask & (bits["ul"] | bits["ol"]),
        mask & bits["table"],
        *(near & word for word in (TEXT, BOILER, OTHER, META, LEAD)),
        *(mask & word for word in (TEXT, BOILER, OTHER, META, LEAD)),
        mask & _HIDDEN,
    ]
    return tuple(1.0 if value else 0.0 for value in found)


def _node_masks(page: Page) -> list[int]:
    """For each node the bits of itself and all its ancestors."""
    masks: list[int] = []
    for node in page.nodes:
        mask = masks[node.parent] if node.parent >= 0 else 0
        if node.tag not in ("html", "body"):
            mask |= _TAG_BITS.get(node.tag, 0)
            if node.classes:
                mask |= class_mask(node.classes)
        if node.hidden:
            mask |= _HIDDEN
        masks.append(mask)
    return masks


def _signature(page: Page, block: Block) -> str:
    """The markup that holds a block: its node and the parent, tags with classes."""
    node = page.nodes[block.node]
    if node.parent < 0:
        return f"{node.tag}.{node.classes}"
    parent = page.nodes[node.parent]
    return f"{parent.tag}.{parent.classes}>{node.tag}.{node.classes}"


def _distances(good: list[bool]) -> tuple[list[int], list[int]]:
    """How many blocks since the last and until the next good one."""
    since, until = [0] * len(good), [0] * len(good)
    last = 99
    for i, flag in enumerate(good):
        last = 0 if flag else last + 1
        since[i] = last
    last = 99
    for i in range(len(good) - 1, -1, -1):
        last = 0 if good[i] else last + 1
        until[i] = last
    return since, until


def _digits(text: str) -> float:
    head = text[:80]
    return sum(map(str.isdigit, head)) / len(head)


def _capitals(text: str) -> float:
    head = text[:40]
    return sum(map(str.isupper, head)) / len(head)
