"""The body: which blocks of the net are paragraphs of the article.

Two learned stages choose (``weights``), then named rules hold the one convention: what an aside is, is no
body.

"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from newsspider.split import weights
from newsspider.split.features import Features
from newsspider.split.region import Net, article_region, linear_scores, net_of
from newsspider.split.table import Page

_MOST = 0.5
_RELATIVE = 0.55


@dataclass(frozen=True, slots=True)
class Choice:
    """The blocks chosen as body, in order, the region's node, and how sure each block of the net is (block: 0
    to 1).
    """

    blocks: list[int]
    region: int
    chances: dict[int, float]


def choose_body(page: Page, features: Features) -> Choice:
    """Choose the body's blocks. A page without text gives none."""
    if not page.blocks:
        return Choice([], 0, {})
    scores = linear_scores(features, weights.LINEAR)
    net = net_of(page, features, scores, article_region(page, features, scores))
    chances = [1 / (1 + math.exp(-weights.log_odds(row))) for row in net.rows]
    least = threshold(features, net, chances)
    chosen = [i for i, chance in zip(net.blocks, chances, strict=True) if chance >= least]
    return Choice(chosen, net.region, dict(zip(net.blocks, chances, strict=True)))


def threshold(features: Features, net: Net, chances: Sequence[float]) -> float:
    """From which chance on a block is body: lower on pages whose plain paragraphs, too, are unlike those
    learned from.
    """
    good = sorted(chance for i, chance in zip(net.blocks, chances, strict=True) if features.good[i])
    return min(_MOST, _RELATIVE * good[len(good) // 2]) if good else _MOST


def with_whole_tables(page: Page, choice: Choice) -> list[int]:
    """The chosen blocks, and the other cells of data tables that stand among them: a table is told whole or
    not at all.
    """
    chosen = set(choice.blocks)
    if not chosen:
        return []
    first, last = choice.blocks[0], choice.blocks[-1]
    cells: dict[int, list[int]] = {}
    for number in range(first, last + 1):
        table = _above(page, number, ("table",))
        if table is not None and page.nodes[page.blocks[number].node].tag in ("td", "th"):
            cells.setdefault(table, []).append(number)
    for numbers in cells.values():
        if (
            len(numbers) >= 4
            and not any(page.blocks[i].anchors for i in numbers)
            and _inside(page, choice, numbers[0])
        ):
            chosen.update(numbers)
    return sorted(chosen)


def _inside(page: Page, choice: Choice, number: int) -> bool:
    node = page.blocks[number].node
    return choice.region <= node <= page.nodes[choice.region].end


def paragraphs(page: Page, blocks: Sequence[int]) -> list[tuple[int, str]]:
    """The paragraphs of these blocks with the number of each one's first block: the cells of a table's row
    are one, joined by `` | ``.
    """
    found: list[tuple[int, str]] = []
    row_before = None
    for number in blocks:
        row = (
            _above(page, number, ("tr",))
            if page.nodes[page.blocks[number].node].tag in ("td", "th")
            else None
        )
        text = page.blocks[number].text
        if row is not None and row == row_before:
            found[-1] = (found[-1][0], f"{found[-1][1]} | {text}")
        else:
            found.append((number, text))
        row_before = row
    return found


def _above(page: Page, number: int, tags: tuple[str, ...]) -> int | None:
    """The next node around a block that has one of these tags."""
    return next((node.number for node in page.chain(page.blocks[number].node)[:6] if node.tag in tags), None)
