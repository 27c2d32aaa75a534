"""What a block looks like: numbers that hardly depend on language or on a site's own class names.

The idea that carries most: paragraphs of one article share their markup. A page's *good* text (long, few
links, ends like a sentence) is looked up by the markup that holds it, and a block is told by how much good
text sits in blocks marked up like it and in the same container.

"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from newsspider.split.table import Node, Page
from newsspider.split.text import weight

Matrix = NDArray[Any]
T = TypeVar("T", bound=Hashable)

GOOD_WEIGHT = 80
_TITLE_LEVELS = 8  # ancestors of the headline that are looked at
_TITLE_REACH = 20  # blocks behind it
_DIGIT = re.compile(r"\d")
_CAPITAL = re.compile(
    "[A-Z\u00c0-\u00de\u0391-\u03ab\u0400-\u042f\u0531-\u0556]"
)  # Latin, Greek, Cyrillic, Armenian
_ENDS = re.compile(r"[.!?…。！？।॥؟۔།។៕៖။։።፧:;\"”’»」』)]['\"”’»)\]]*$")
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
_ROOTS = frozenset(("html", "body"))  # whose classes say what kind of page it is


@lru_cache(maxsize=65536)
def class_mask(classes: str) -> int:
    """Which kinds of words a node's classes hold, as bits."""
    mask = 0
    for name in classes.split():
        mask |= _name_mask(name)
    return mask


@lru_cache(maxsize=65536)
def _name_mask(name: str) -> int:
    """The kinds of one class: the elements of a page have the same few, put together in many ways."""
    mask = 0
    for word in _SPLIT.split(name):
        mask |= _word_mask(word)
    return mask


@lru_cache(maxsize=65536)
def _word_mask(word: str) -> int:
    """The kinds of one word: sites differ in their classes, hardly in the words that these are made of."""
    return sum(bit for bit, pattern in _FULL if pattern.fullmatch(word))


@dataclass(slots=True)
class Features:
    """The features of a page's blocks, a row of ``NAMES`` for each; their lengths, wide scripts doubled; which
    are plain paragraphs.
    """

    rows: Matrix
    weights: Matrix
    good: list[bool]


NAMES = (
    "bias", "weight", "short", "link_share", "all_links", "ends", "good", "sig_share", "parent_share",
    "grand_share", "sig_count", "run_before", "run_after", "since_good", "until_good", "p", "li",
    "heading", "td", "quote", "caption", "div_or_span", "in_article", "in_main", "in_aside", "in_nav",
    "in_header", "in_footer", "in_figure", "in_form", "in_list", "in_table", "own_text", "own_boiler",
    "own_other", "own_meta", "own_lead", "up_text", "up_boiler", "up_other", "up_meta", "up_lead",
    "hidden", "bold", "digits", "place", "after_heading", "same_as_title", "colon_end", "commas", "caps",
    "far_from_title", "with_title",
)  # fmt: skip
_MARKUP = NAMES.index("hidden") - NAMES.index("p") + 1  # features that the markup alone decides


def features_of(page: Page, title_block: int | None, known: frozenset[str]) -> Features:
    """The features of all blocks. ``title_block``: the block of the headline; ``known``: texts of the
    headline and title.
    """
    blocks, nodes = page.blocks, page.nodes
    texts = [block.text for block in blocks]
    held = [nodes[block.node] for block in blocks]
    parents = [node.parent for node in held]
    weights = np.array([weight(text) for text in texts], float)
    lengths = np.array([len(text) for text in texts], float)
    shares = np.array([block.link_chars for block in blocks], float) / np.maximum(1, lengths)
    ends = np.array([not text[-1].isalnum() and _ENDS.search(text[-4:]) is not None for text in texts], float)
    good = (weights >= GOOD_WEIGHT) & (shares < 0.35) & (ends > 0)
    masks = _node_masks(page, held)
    around = [masks[node.number] for node in held]
    own = [
        class_mask(node.classes) | (class_mask(nodes[parent].classes) if parent >= 0 else 0)
        for node, parent in zip(held, parents, strict=True)
    ]
    markup, kinds = _numbered(zip((node.tag for node in held), around, own, strict=True))
    columns = [
        np.ones(len(blocks)),
        np.minimum(1, np.log1p(weights) / 7),
        weights < 25,
        np.minimum(1, shares),
        shares > 0.9,
        ends,
        good,
        *_company(page, held, weights * good),
        *_beside(good),
        *np.array([_markup_row(*kind) for kind in kinds], float).reshape(-1, _MARKUP)[markup].T,
        np.array([block.bold_chars for block in blocks], float) / np.maximum(1, lengths),
        [len(_DIGIT.findall(text, 0, 80)) for text in texts] / np.minimum(80, np.maximum(1, lengths)),
        np.arange(len(blocks)) / max(1, len(blocks)),
        np.arange(len(blocks)) > (len(blocks) if title_block is None else title_block),
        [text in known for text in texts],
        [text[-1] in ":：" for text in texts],
        np.minimum(1, np.array([text.count(",") for text in texts], float) / 5),
        [len(_CAPITAL.findall(text, 0, 40)) for text in texts] / np.minimum(40, np.maximum(1, lengths)),
        *_near_title(page, title_block),
    ]
    return Features(np.column_stack(columns).astype(float), weights, good.tolist())


def _near_title(page: Page, title_block: int | None) -> list[Matrix]:
    """For each block how far behind the headline it stands (1: far, or before it), and how close the innermost
    node that holds both is to the headline (1: its own, 0: more than some levels up).
    """
    count = len(page.blocks)
    if title_block is None:
        return [np.ones(count), np.zeros(count)]
    behind = np.arange(count) - title_block
    held = np.array([block.node for block in page.blocks])
    shared = np.zeros(count)
    chain = page.chain(page.blocks[title_block].node, _TITLE_LEVELS)
    for level in range(len(chain) - 1, -1, -1):
        shared[(held >= chain[level].number) & (held <= chain[level].end)] = 1 - level / _TITLE_LEVELS
    return [np.where(behind > 0, np.minimum(behind, _TITLE_REACH) / _TITLE_REACH, 1), shared]


def _numbered(values: Iterable[T]) -> tuple[list[int], list[T]]:
    """Each value as the number of its kind, and the kinds."""
    kinds: dict[T, int] = {}
    numbers = [kinds.setdefault(value, len(kinds)) for value in values]
    return numbers, list(kinds)


def _company(page: Page, held: Sequence[Node], good: Matrix) -> list[Matrix]:
    """For each block the share of the page's good text in blocks of the same markup, with the same parent and
    grandparent, and how many blocks have that markup.
    """
    nodes = page.nodes
    parents = [node.parent for node in held]
    grands = [nodes[parent].parent if parent >= 0 else -1 for parent in parents]
    signs, _ = _numbered(
        (node.tag, node.classes, nodes[parent].tag, nodes[parent].classes)
        if parent >= 0
        else (node.tag, node.classes)
        for node, parent in zip(held, parents, strict=True)
    )
    total = max(1.0, good.sum())
    shares = []
    for numbers in (signs, _numbered(parents)[0], _numbered(grands)[0]):
        shares.append(np.bincount(numbers, good)[numbers] / total if numbers else np.zeros(0))
    counts = np.bincount(signs)[signs] if signs else np.zeros(0)
    return [*shares, np.minimum(1, np.log1p(counts) / 5)]


def _beside(good: Matrix) -> list[Matrix]:
    """Whether the blocks before and after are good ones, and how far the nearest before and after are."""
    count = len(good)
    places = np.arange(count)
    last = np.maximum.accumulate(np.where(good, places, -100)) if count else places
    following = np.minimum.accumulate(np.where(good, places, count + 100)[::-1])[::-1] if count else places
    padded = np.concatenate(([0.0], good, [0.0]))
    return [
        padded[:-2],
        padded[2:],
        np.minimum(places - last, 10) / 10,
        np.minimum(following - places, 10) / 10,
    ]


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


def _node_masks(page: Page, held: Iterable[Node]) -> dict[int, int]:
    """For each of these nodes, and for their ancestors, the bits of itself and all its ancestors."""
    nodes, masks = page.nodes, {-1: 0}
    for node in held:
        above, number = [], node.number
        while number not in masks:
            above.append(nodes[number])
            number = nodes[number].parent
        mask = masks[number]
        for each in reversed(above):
            if each.tag not in _ROOTS:
                mask |= _TAG_BITS.get(each.tag, 0) | (class_mask(each.classes) if each.classes else 0)
            if each.hidden:
                mask |= _HIDDEN
            masks[each.number] = mask
    return masks
