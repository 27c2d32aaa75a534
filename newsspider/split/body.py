"""The body: which blocks of the net are paragraphs of the article.

Two learned stages choose (``weights``), then named rules hold the one convention: what an aside is, is no body.
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
    """The blocks chosen as body, in order, the region's node, and how sure each block of the net is (block: 0 to 1)."""

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
    """From which chance on a block is body: lower on pages whose plain paragraphs, too, are unlike those learned from."""
    good = sorted(chance for i, chance in zip(net.blocks, chances, strict=True) if features.good[i])
    return min(_MOST, _RELATIVE * good[len(good) // 2]) if good else _MOST
