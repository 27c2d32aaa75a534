"""Where the article stands: a linear score for each block, the region with most of it, and the net of blocks
that are looked at closely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newsspider.split.features import NAMES, Features, Matrix
from newsspider.split.table import Page

_BEST_WEIGHT = 800  # characters of the best text that tell how sure the score is of itself on this page
_REACH = 3  # levels above the region from which the net takes blocks
NEAR = (-3, -2, -1, 1, 2, 3)
NET_NAMES = ("score", "inside", "place", "child", "own", *(f"near{k:+d}" for k in NEAR), *NAMES[1:])


@dataclass(frozen=True, slots=True)
class Net:
    """The blocks that may be body: their numbers, a row of ``NET_NAMES`` for each, and the region's node."""

    region: int
    blocks: list[int]
    rows: Matrix


def linear_scores(features: Features, weights: Sequence[float]) -> Matrix:
    """For each block how likely it is body, by the logistic score over its features."""
    return np.asarray(1 / (1 + np.exp(-np.clip(features.rows @ np.array(weights), -30, 30))))


def article_region(page: Page, features: Features, scores: Matrix) -> int:
    """The node with the largest sum of length times (score - t); t is lower where the score is unsure of the
    whole page.
    """
    best = np.argsort(-scores, kind="stable")
    got = np.cumsum(features.weights[best])
    best = best[: int(np.searchsorted(got, _BEST_WEIGHT)) + 1]
    sure = float(scores[best] @ features.weights[best]) / max(1.0, float(features.weights[best].sum()))
    least = min(0.25, 0.4 * sure)
    sums = [0.0] * len(page.nodes)
    values = np.minimum(features.weights, 400) * (scores - least)
    for block, value in zip(page.blocks, values.tolist(), strict=True):
        sums[block.node] += value
    for node in reversed(page.nodes):  # children come after their parents
        if node.parent >= 0 and (inner := sums[node.number]):
            sums[node.parent] += inner
    return len(sums) - 1 - sums[::-1].index(max(sums)) if sums else 0  # of equal ones the innermost


def net_of(page: Page, features: Features, scores: Matrix, region: int) -> Net:
    """The blocks of the region, those a few levels above it that are not hopeless, and any that scores high."""
    end = page.nodes[region].end
    top = region
    for _ in range(_REACH):
        top = page.nodes[top].parent if page.nodes[top].parent >= 0 else top
    held = np.array([block.node for block in page.blocks])
    inside = (held >= region) & (held <= end)
    within = (held >= top) & (held <= page.nodes[top].end)
    numbers = np.flatnonzero(inside | ((scores > 0.08) & within) | (scores > 0.5))
    places = np.flatnonzero(inside)
    first, last = (int(places[0]), int(places[-1])) if len(places) else (0, 0)
    place = np.where(
        inside,
        (np.arange(len(held)) - first) / max(1, last - first),
        np.where(np.arange(len(held)) < first, -0.2, 1.2),
    )
    padded = np.concatenate((np.zeros(3), scores, np.zeros(3)))
    above = np.array([page.nodes[block.node].parent for block in page.blocks])
    columns = [scores, inside, place, above == region, held == region]
    columns += [padded[3 + k : 3 + k + len(held)] for k in NEAR]
    rows = np.column_stack([*columns, features.rows[:, 1:]])[numbers]
    return Net(region, numbers.tolist(), rows)
