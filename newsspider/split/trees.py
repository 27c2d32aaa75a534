"""Boosted decision trees over many rows at once.

A tree is its leaf's value, or a tuple (column, bound, the tree where the column's value is at most the bound,
the tree where it is above). All trees are asked together, as "QuickScorer" does (Lucchese et al., SIGIR 2015):
each bound that a row exceeds rules out the leaves on its lower side, and the first leaf that is left of a tree
is the one that the row falls into. What one column rules out depends on how many of its bounds are exceeded
alone, so that it can be looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import numpy as np

from newsspider.split.features import Matrix

Tree: TypeAlias = "float | tuple[int, float, Tree, Tree]"
LEAVES = 8  # a tree has at most: one bit of a byte each
_CHUNK = 2048  # rows that are looked at together
_FIRST = np.array([(left & -left).bit_length() - 1 for left in range(256)])  # the lowest bit of each byte


class Forest:
    """Trees, made ready to be asked. ``start`` is added to their sum."""

    def __init__(self, start: float, trees: Sequence[Tree]) -> None:
        self._start = start
        self._values = np.zeros((len(trees), 256))  # by which leaves are left
        bounds: dict[int, list[tuple[float, int, int]]] = {}  # by column: bound, tree, leaves that stay
        for number, tree in enumerate(trees):
            leaves: list[float] = []
            for column, bound, stay in _bounds(tree, leaves):
                bounds.setdefault(column, []).append((bound, number, stay))
            self._values[number] = np.array(leaves)[np.minimum(_FIRST, len(leaves) - 1)]
        self._columns = [(column, *_table(sorted(found), len(trees))) for column, found in bounds.items()]

    def log_odds(self, rows: Matrix) -> Matrix:
        """The sum of the trees for each row."""
        if not len(rows):
            return np.zeros(0)
        return np.concatenate(
            [self._some(rows[first : first + _CHUNK]) for first in range(0, len(rows), _CHUNK)]
        )

    def _some(self, rows: Matrix) -> Matrix:
        count = len(self._values)
        left = np.full((len(rows), count), 255, np.uint8)
        for column, bounds, stay in self._columns:
            left &= stay.take(bounds.searchsorted(rows[:, column], side="left"), axis=0)
        return np.asarray(self._start + self._values[np.arange(count), left].sum(axis=1))


def _bounds(tree: Tree, leaves: list[float]) -> Iterator[tuple[int, float, int]]:
    """A tree's bounds, each with the leaves that stay where it is exceeded, as bits; ``leaves`` is filled with
    their values, lower sides first.
    """
    if not isinstance(tree, tuple):
        if len(leaves) == LEAVES:
            raise ValueError(f"a tree has more than {LEAVES} leaves")
        leaves.append(tree)
        return
    column, bound, lower, upper = tree
    first = len(leaves)
    yield from _bounds(lower, leaves)
    yield column, bound, 255 & ~((1 << len(leaves)) - (1 << first))
    yield from _bounds(upper, leaves)


def _table(bounds: Sequence[tuple[float, int, int]], trees: int) -> tuple[Matrix, Matrix]:
    """A column's bounds in order, and for each number of them that are exceeded the leaves that stay, a byte a
    tree.
    """
    stay = np.full((len(bounds) + 1, trees), 255, np.uint8)
    for row, (_, tree, leaves) in enumerate(bounds, start=1):
        stay[row, tree] = leaves
    return np.array([bound for bound, *_ in bounds]), np.bitwise_and.accumulate(stay, axis=0)
