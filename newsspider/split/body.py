"""The body: which blocks of the net are paragraphs of the article.

Two learned stages choose (``weights``), then named rules hold the one convention: what an aside is, is no
body.

"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from newsspider.split import weights
from newsspider.split.features import BOILER, META, OTHER, Features, class_mask
from newsspider.split.heads import heads_others
from newsspider.split.likeness import letters
from newsspider.split.region import NET_NAMES, Net, article_region, linear_scores, net_of
from newsspider.split.table import HEADINGS, Node, Page
from newsspider.split.text import ends_sentence, weight
from newsspider.split.trees import Forest
from newsspider.split.words import RIGHTS

_MOST = 0.45
_RELATIVE = 0.55
_LEAST = 0.2
_BESIDE = 2  # levels that a paragraph beside a list may be deeper than it: quotations, posts
_LEVELS = 2  # levels that a heading, or a paragraph beside it, may be deeper than what stands in a row
_SOON = 3  # blocks from a heading to the paragraph under it: a picture may stand between
_SUBHEADING = 200  # characters of a subheading
_LIST_LEVELS = 6  # ancestors of a block among which its list is looked for
_LIST_WORD = re.compile(r"(?<![a-z])(?:list|wp-block-list|ul|ol)(?![a-z])")  # says of a list that it is one
_NEXT = 2  # blocks behind the last paragraph in which one is looked for that is set like it
_STATED_NEAR = (
    30  # blocks before and behind the text where a line of it is looked for that the page's data states
)
_STATED_LINE = 24  # weight of such a line
_CLOCK = re.compile(r"\D{0,3}\d{1,2}[.:h]\d{2}\W{0,2}\w{0,4}\W?")  # all of a line
_CELL_LINES = 2  # of a data table's cell, at most
_DIGITS = re.compile(r"\d+")
FOREST = Forest(weights.START, weights.TREES)


@dataclass(frozen=True, slots=True)
class Choice:
    """The blocks chosen as body, in order; the net that they were chosen from; how sure each block of it is
    (block: 0 to 1), and from where on that is enough.
    """

    blocks: list[int]
    net: Net
    chances: dict[int, float]
    least: float


def choose_body(page: Page, features: Features) -> Choice:
    """Choose the body's blocks. A page without text gives none."""
    if not page.blocks:
        return Choice([], Net(0, [], np.zeros((0, len(NET_NAMES)))), {}, 1.0)
    scores = linear_scores(features, weights.LINEAR)
    net = net_of(page, features, scores, article_region(page, features, scores))
    chances = (1 / (1 + np.exp(-FOREST.log_odds(net.rows)))).tolist()
    least = threshold(features, net, chances)
    chosen = [i for i, chance in zip(net.blocks, chances, strict=True) if chance >= least]
    return Choice(chosen, net, dict(zip(net.blocks, chances, strict=True)), least)


def threshold(features: Features, net: Net, chances: Sequence[float]) -> float:
    """From which chance on a block is body: lower on pages whose plain paragraphs, too, are unlike those
    learned from.
    """
    good = sorted(chance for i, chance in zip(net.blocks, chances, strict=True) if features.good[i])
    return max(_LEAST, min(_MOST, _RELATIVE * good[len(good) // 2])) if good else _MOST


def with_whole_tables(page: Page, blocks: Sequence[int], region: int) -> list[int]:
    """The chosen blocks, and the other cells of data tables that stand among them: a table is told whole or
    not at all. Tables outside the region are none of the article's.
    """
    chosen = set(blocks)
    if not chosen:
        return []
    cells: dict[int, list[int]] = {}
    for number in range(blocks[0], blocks[-1] + 1):
        if page.nodes[page.blocks[number].node].tag not in ("td", "th"):
            continue
        table = _above(page, number, ("table",))
        if table is not None:
            cells.setdefault(table, []).append(number)
    for numbers in cells.values():
        linked = any(page.blocks[i].anchors for i in numbers)
        if (
            len({page.blocks[i].node for i in numbers}) >= 4
            and not linked
            and _inside(page, region, numbers[0])
        ):
            chosen.update(numbers)
    return sorted(chosen)


def with_whole_lists(page: Page, choice: Choice) -> list[int]:
    """The chosen blocks, and the other items of the lists that stand among the article's paragraphs.

    A list counts where the chosen block before it stands beside it, and the one after it, too, or an item of
    it was chosen; where less than half of its text is links; and where its class is none of a menu or box.
    """
    chosen = set(choice.blocks)
    if not chosen:
        return []
    lists: dict[int, list[int]] = {}
    for number in range(choice.blocks[0], _list_end(page, choice.blocks[-1]) + 1):
        top = _top_list(page, number)
        if top is not None:
            lists.setdefault(top, []).append(number)
    for top, numbers in lists.items():
        if _is_prose_list(page, top, numbers) and _stands_among(page, choice.blocks, top, numbers):
            chosen.update(numbers)
    return sorted(chosen)


def with_subheadings(page: Page, blocks: Sequence[int]) -> list[int]:
    """The chosen blocks, and the headings between them that stand beside the paragraphs before and behind them.

    A heading over links or other stories is none, nor one whose class is of a menu or box.
    """
    chosen = set(blocks)
    for before, behind in pairwise(blocks):
        for number in range(max(before + 1, behind - _SOON), behind):
            if _is_subheading(page, number) and _stands_between(page, number, before, behind):
                chosen.add(number)
    return sorted(chosen)


def with_entries(page: Page, blocks: Sequence[int]) -> list[int]:
    """The chosen blocks, and the headings of a live blog's entries: each right above a chosen block, in an element that
    says when, beside another one that is set alike. What holds them has most of a live blog's text; what readers wrote
    behind a story is less.
    """
    chosen = set(blocks)
    found: dict[tuple[int, str, str], dict[int, list[int]]] = {}
    for under in blocks:
        for number in range(max(0, under - _SOON), under):
            if number in chosen or not _is_subheading(page, number):
                continue
            entry = _entry(page, number, page.blocks[under].node)
            if entry is not None:
                kind = (entry.parent, entry.tag, _without_digits(entry.attributes.get("class", "")))
                found.setdefault(kind, {}).setdefault(entry.number, []).append(number)
    told = sum(len(page.blocks[i].text) for i in blocks)
    for (stream, _, _), entries in found.items():
        inside = sum(len(block.text) for block in page.blocks_in(stream) if block.number in chosen)
        if len(entries) > 1 and 2 * inside > told:
            chosen.update(number for numbers in entries.values() for number in numbers)
    return sorted(chosen)


def _entry(page: Page, heading: int, under: int) -> Node | None:
    """The innermost element around a heading that holds what is under it, if it is dated and not the article's own."""
    for node in page.chain(page.blocks[heading].node, _LEVELS + 2):
        if under <= node.end:
            above = (block for block in page.blocks_in(node.number) if block.number < heading)
            dated = page.is_dated(node) or any(_CLOCK.fullmatch(block.text) for block in above)
            own = any(page.nodes[n].tag == "h1" for n in page.headings if node.number <= n <= node.end)
            return node if dated and not own else None
    return None


def with_alike(page: Page, blocks: Sequence[int], against: Container[int]) -> list[int]:
    """The chosen blocks, and the sentences between them, or right behind the last one, that are set exactly as most of
    them are: a short paragraph between two adverts has no neighbours that would speak for it. ``against``: the blocks
    that a rule took out.
    """
    if not blocks:
        return []
    kinds = Counter(_set_as(page, i) for i in blocks)
    usual = {kind for kind, count in kinds.items() if count > 1 and 2 * count >= len(blocks)}
    chosen = set(blocks)
    for number in range(blocks[0], min(blocks[-1] + _NEXT + 1, len(page.blocks))):
        if number in chosen or number in against or _set_as(page, number) not in usual:
            continue
        block = page.blocks[number]
        if not block.link_chars and ends_sentence(block.text) and not page.nodes[block.node].hidden:
            chosen.add(number)
    return sorted(chosen)


def with_stated(page: Page, blocks: Sequence[int], stated: str, against: Container[int]) -> list[int]:
    """The chosen blocks, and the sentences near them that stand word for word in what the page's data states as the
    article's text, if most of the chosen ones stand there, too: it may be cut short or another story's. ``stated``: its
    letters. A line to another story and a caption may stand there as well: ``against``, the blocks that a rule took out.
    """
    said = {i for i in blocks if letters(page.blocks[i].text) in stated}
    size = sum(len(page.blocks[i].text) for i in said)
    if 2 * size <= sum(len(page.blocks[i].text) for i in blocks):
        return list(blocks)
    near = range(max(0, blocks[0] - _STATED_NEAR), min(blocks[-1] + _STATED_NEAR, len(page.blocks)))
    for number in near:
        block = page.blocks[number]
        if number in said or number in against or block.link_chars or page.nodes[block.node].hidden:
            continue
        if weight(block.text) < _STATED_LINE or not ends_sentence(block.text) or RIGHTS.search(block.text):
            continue
        if letters(block.text) in stated:
            said.add(number)
    return sorted(said.union(blocks))


def _set_as(page: Page, number: int) -> tuple[tuple[str, str], ...]:
    """Tag and classes, numbers aside, of a block's element and the two around it; ids differ by their nature."""
    return tuple(
        (node.tag, _without_digits(node.attributes.get("class", "")))
        for node in page.chain(page.blocks[number].node, 3)
    )


@lru_cache(maxsize=8192)
def _without_digits(classes: str) -> str:
    return _DIGITS.sub("", classes)


def _is_subheading(page: Page, number: int) -> bool:
    block = page.blocks[number]
    chain = page.chain(block.node, 2)
    if chain[0].hidden or not any(node.tag in HEADINGS for node in chain):
        return False
    if len(block.text) > _SUBHEADING or 2 * block.link_chars > len(block.text) or heads_others(block.text):
        return False
    return not any(node.classes and class_mask(node.classes) & (BOILER | OTHER) for node in chain)


def _stands_between(page: Page, number: int, before: int, behind: int) -> bool:
    """Whether a heading, with whatever holds it alone or together with the block behind it, stands beside the block
    before, and the block behind there, too.
    """
    last, following = page.blocks[number - 1].node, page.blocks[number + 1].node
    under = page.blocks[behind].node
    held = [
        node
        for node in page.chain(page.blocks[number].node, _LEVELS + 1)
        if last < node.number and (following > node.end or under <= node.end)
    ]
    if not held or not _beside(page, before, held[-1].parent, _LEVELS):
        return False
    return under <= held[-1].end or _beside(page, behind, held[-1].parent, _LEVELS)


def _beside(page: Page, number: int, parent: int, levels: int) -> bool:
    """Whether a block stands under this node, so many levels deeper at most than right under it."""
    return any(node.parent == parent for node in page.chain(page.blocks[number].node, levels + 1))


def _introduces(page: Page, number: int) -> bool:
    """Whether a block promises what comes under it: a heading, or a line that ends with a colon."""
    block = page.blocks[number]
    return page.nodes[block.node].tag in HEADINGS or block.text.endswith((":", "："))


def _list_end(page: Page, last: int) -> int:
    """The last block of the list right behind the last chosen block, where that promises one; else that block."""
    if last + 1 >= len(page.blocks) or not _introduces(page, last):
        return last
    top = _top_list(page, last + 1)
    return page.blocks_in(top)[-1].number if top is not None else last


def _top_list(page: Page, number: int) -> int | None:
    """The outermost list among a block's near ancestors."""
    found = None
    for node in page.chain(page.blocks[number].node, _LIST_LEVELS):
        if node.tag in ("ul", "ol"):
            found = node.number
    return found


def _is_prose_list(page: Page, top: int, numbers: Sequence[int]) -> bool:
    linked = sum(page.blocks[i].link_chars for i in numbers)
    classes = page.nodes[top].classes
    return linked * 2 <= sum(len(page.blocks[i].text) for i in numbers) and not (
        classes and class_mask(_LIST_WORD.sub("", classes)) & (BOILER | OTHER | META)
    )


def _stands_among(page: Page, blocks: Sequence[int], top: int, numbers: Sequence[int]) -> bool:
    before = bisect_left(blocks, numbers[0]) - 1
    after = bisect_right(blocks, numbers[-1])
    parent = page.nodes[top].parent
    if before < 0 or not _beside(page, blocks[before], parent, _BESIDE):
        return False
    if after == len(blocks) and _introduces(page, blocks[-1]):
        return True
    return after > before + 1 or (after < len(blocks) and _beside(page, blocks[after], parent, _BESIDE))


def _inside(page: Page, region: int, number: int) -> bool:
    return region <= page.blocks[number].node <= page.nodes[region].end


def paragraphs(page: Page, blocks: Sequence[int]) -> list[tuple[int, str]]:
    """The paragraphs of these blocks with the number of each one's first block: the cells of a data table's row
    are one, joined by `` | ``. A cell of many lines is no such cell: the page is laid out by its table.
    """
    rows: dict[int, Counter[int]] = {}
    for number in blocks:
        if (row := _row(page, number)) is not None:
            rows.setdefault(row, Counter())[page.blocks[number].node] += 1
    data = {row for row, cells in rows.items() if len(cells) > 1 and max(cells.values()) <= _CELL_LINES}
    found: list[tuple[int, str]] = []
    before, cell_before = None, None
    for number in blocks:
        row, cell, text = _row(page, number), page.blocks[number].node, page.blocks[number].text
        if row in data and row == before:
            mark = " " if cell == cell_before else " | "
            found[-1] = (found[-1][0], f"{found[-1][1]}{mark}{text}")
        else:
            found.append((number, text))
        before, cell_before = row, cell
    return found


def _row(page: Page, number: int) -> int | None:
    """The table's row of a block that is a cell."""
    is_cell = page.nodes[page.blocks[number].node].tag in ("td", "th")
    return _above(page, number, ("tr",)) if is_cell else None


def _above(page: Page, number: int, tags: tuple[str, ...]) -> int | None:
    """The next node around a block that has one of these tags."""
    return next((node.number for node in page.chain(page.blocks[number].node, 6) if node.tag in tags), None)
