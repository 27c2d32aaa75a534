"""Decision trees asked all at once say what each says by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.split.trees import Forest, Tree

COLUMNS = 3
VALUES = st.sampled_from([-1.0, 0.0, 0.25, 0.5, 1.0])


def trees(leaves: int) -> st.SearchStrategy[Tree]:
    """Trees of at most so many leaves."""
    if leaves == 1:
        return st.floats(-2, 2)
    half = leaves // 2
    inner = st.tuples(st.integers(0, COLUMNS - 1), VALUES, trees(half), trees(leaves - half))
    return st.one_of(st.floats(-2, 2), inner)


def walk(tree: Tree, row: list[float]) -> float:
    while isinstance(tree, tuple):
        column, bound, lower, upper = tree
        tree = lower if row[column] <= bound else upper
    return tree


@given(
    st.lists(trees(8), min_size=1, max_size=5), st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=9)
)
def test_the_sum_is_that_of_walking_each_tree(forest: list[Tree], rows: list[list[float]]) -> None:
    said = Forest(0.5, forest).log_odds(np.array(rows).reshape(-1, COLUMNS))
    assert said == pytest.approx([0.5 + sum(walk(tree, row) for tree in forest) for row in rows])


def test_a_tree_with_too_many_leaves_is_refused() -> None:
    tree: Tree = 0.0
    for number in range(8):
        tree = (0, float(number), tree, 1.0)
    with pytest.raises(ValueError, match="more than 8 leaves"):
        Forest(0.0, [tree])
