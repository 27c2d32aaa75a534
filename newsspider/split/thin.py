"""Short articles, and pages unlike those learned from: what stands under the headline.

The learned choice needs a few paragraphs to recognise an article by. Where it finds hardly any text, the plain
structure of news pages decides: the innermost part of the page that holds the headline and text that reads
like prose, from the headline down to where another part begins.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsspider.split.features import BOILER, META, NAMES, OTHER, Features, class_mask
from newsspider.split.heads import heads_others
from newsspider.split.table import HEADINGS, Block, Page
from newsspider.split.words import RIGHTS

THIN = 300  # characters of body below which the plain reading is asked, too
_LEVELS = 8  # ancestors of the headline that are looked at
_REACH = 1000  # blocks behind the headline
_ENOUGH = 60  # characters of prose that make a part of the page the article's
_SENTENCE = 15  # characters of a line that ends like a sentence
_LINE = 60  # characters of one that does not: shorter ones are dates, bylines, labels
_BESIDE = ("nav", "footer", "aside")
_ENDS = NAMES.index("ends")


def told_thinly(page: Page, title_block: int, features: Features, chosen: Sequence[int]) -> list[int]:
    """What to take instead of ``chosen``, which is hardly any text: the longer of it and the plain reading."""
    plain = _under_headline(page, title_block, features)
    return plain if _length(features, plain) > _length(features, chosen) else list(chosen)


def _length(features: Features, blocks: Sequence[int]) -> float:
    return float(sum(features.weights[i] for i in blocks))


def _under_headline(page: Page, title_block: int, features: Features) -> list[int]:
    """The blocks under the headline that read like prose, up to the end of the part that they stand in."""
    found: list[int] = []
    for node in page.chain(page.blocks[title_block].node, _LEVELS)[1:]:
        found = _prose(page, features, title_block, node.end)
        if _length(features, found) >= _ENOUGH:
            break
    return found


def _prose(page: Page, features: Features, title_block: int, end: int) -> list[int]:
    part = page.nodes[page.blocks[title_block].node].part
    found = []
    for block in page.blocks[title_block + 1 : title_block + 1 + _REACH]:
        if block.node > end or heads_others(block.text):
            break
        if _is_prose(page, features, block, part):
            found.append(block.number)
    return found


def _is_prose(page: Page, features: Features, block: Block, part: str) -> bool:
    node = page.nodes[block.node]
    if (
        node.hidden
        or (node.part != part and node.part in _BESIDE)
        or node.tag in (*HEADINGS, "figcaption", "label")
    ):
        return False
    near = class_mask(node.classes) | (class_mask(page.nodes[node.parent].classes) if node.parent >= 0 else 0)
    if near & (BOILER | OTHER | META) or block.link_chars * 2 > len(block.text) or RIGHTS.match(block.text):
        return False
    least = _SENTENCE if features.rows[block.number, _ENDS] else _LINE
    return bool(features.weights[block.number] >= least)
