"""Where the article stands: a linear score for each block, the region with most of it, and the net of blocks
that are looked at closely.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from newsspider.split.features import NAMES, Features
from newsspider.split.table import Page

_BEST_WEIGHT = 800  # characters of the best text that tell how sure the score is of itself on this page
_REACH = 3  # levels above the region from which the net takes blocks
NEAR = (-3, -2, -1, 1, 2, 3)
NET_NAMES = ("score", "inside", "place", "child", "own", *(f"near{k:+d}" for k in NEAR), *NAMES[1:])


@dataclass(frozen=True, slots=True)
class Net:
    """The blocks that may be body: their numbers, a row of features for each, and the region's node."""

    region: int
    blocks: list[int]
    rows: list[list[float]]


def linear_scores(features: Features, weights: Sequence[float]) -> list[float]:
    """For each block how likely it is body, by the logistic score over its features."""
    return [1 / (1 + math.exp(-max(-30.0, min(30.0, sum(map(mul, row, weights)))))) for row in features.rows]


def article_region(page: Page, features: Features, scores: Sequence[float]) -> int:
    """The node with the largest sum of length times (score - t); t is lower where the score is unsure of the
    whole page.
    """
    total = got = 0.0
    for i in sorted(range(len(scores)), key=scores.__getitem__, reverse=True):
        total += scores[i] * features.weights[i]
        got += features.weights[i]
        if got >= _BEST_WEIGHT:
            break
    least = min(0.25, 0.4 * total / max(1.0, got))
    sums: dict[int, float] = defaultdict(float)
    for block, score, weight in zip(page.blocks, scores, features.weights, strict=True):
        value = min(weight, 400) * (score - least)
        number = block.node
        while number >= 0:
            sums[number] += value
            number = page.nodes[number].parent
    return max(sums, key=lambda number: (sums[number], number), default=0)


def net_of(page: Page, features: Features, scores: Sequence[float], region: int) -> Net:
    """The blocks of the region, those a few levels above it that are not hopeless, and any that scores high."""
    end = page.nodes[region].end
    top = region
    for _ in range(_REACH):
        top = page.nodes[top].parent if page.nodes[top].parent >= 0 else top
    top_end = page.nodes[top].end
    inside = [region <= block.node <= end for block in page.blocks]
    first = inside.index(True) if True in inside else 0
    last = len(inside) - 1 - inside[::-1].index(True) if True in inside else 0
    numbers, rows = [], []
    padded = [0.0, 0.0, 0.0, *scores, 0.0, 0.0, 0.0]
    for i, block in enumerate(page.blocks):
        score = scores[i]
        if not (inside[i] or (score > 0.08 and top <= block.node <= top_end) or score > 0.5):
            continue
        place = (i - first) / max(1, last - first) if inside[i] else -0.2 if i < first else 1.2
        numbers.append(i)
        child = page.nodes[block.node].parent == region
        near = [padded[i + 3 + k] for k in NEAR]
        rows.append(
            [
                score,
                float(inside[i]),
                place,
                float(child),
                float(block.node == region),
                *near,
                *features.rows[i][1:],
            ]
        )
    return Net(region, numbers, rows)
