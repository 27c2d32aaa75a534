"""What two sequences have in common, in order: the longest common subsequence, in bounded time.

The rows of its table are bits of whole numbers (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004), so that
two texts of 10,000 words without a word in common take some 50 ms. Sequences too long for that are first parted at runs that
each has once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence

Pairs = list[tuple[int, int]]

_CELLS = 1 << 27  # of a table: 16 MB, some 60 ms
_RUNS = (16, 8, 4, 2, 1)  # lengths of runs that long sequences are parted at


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """The positions (in ``old``, in ``new``) of what both have, rising in both."""
    head, shorter = 0, min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = _middle(old[head : len(old) - tail], new[head : len(new) - tail], _RUNS)
    return [
        *((i, i) for i in range(head)),
        *((head + i, head + j) for i, j in middle),
        *((len(old) - i, len(new) - i) for i in range(tail, 0, -1)),
    ]


def _middle(old: Sequence[Hashable], new: Sequence[Hashable], runs: Sequence[int]) -> Pairs:
    if not old or not new:
        return []
    if len(old) * len(new) <= _CELLS:
        return _longest(old, new)
    if not runs:
        return []  # nothing tells them apart: one took the place of the other
    found: Pairs = []
    i = j = 0
    for next_i, next_j in [*_anchors(old, new, runs[0]), (len(old), len(new))]:
        if next_i < i or next_j < j:
            continue  # it is part of the run before
        found += [(i + x, j + y) for x, y in _middle(old[i:next_i], new[j:next_j], runs[1:])]
        i, j = next_i, next_j
        while i < len(old) and j < len(new) and i < next_i + runs[0] and old[i] == new[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
    return found


def _longest(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    places: dict[Hashable, int] = {}
    for j, key in enumerate(new):
        places[key] = places.get(key, 0) | 1 << j
    full = (1 << len(new)) - 1
    row, rows = full, [full]
    for key in old:
        common = row & places.get(key, 0)
        row = ((row + common) | (row - common)) & full
        rows.append(row)
    # A bit that is 0 in a row: one more is in common up to there.
    found, i, j = [], len(old), len(new)
    while i and j:
        if rows[i] >> (j - 1) & 1:
            j -= 1
        elif not rows[i - 1] >> (j - 1) & 1:
            i -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    return found[::-1]


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], length: int) -> Pairs:
    """Where runs of that length begin that both have once: as many as keep their order."""
    there = _once(new, length)
    pairs = [(i, there[run]) for run, i in _once(old, length).items() if run in there]
    least: list[int] = []  # the last place of the best chain of each length, and the pair that it is
    ends: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        place = bisect_left(least, j)
        before.append(ends[place - 1] if place else -1)
        least[place : place + 1] = [j]
        ends[place : place + 1] = [index]
    chain, index = [], ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _once(keys: Sequence[Hashable], length: int) -> dict[Hashable, int]:
    """The runs that occur once, with their places, in order."""
    places: dict[Hashable, int] = {}
    for i in range(len(keys) - length + 1):
        run = tuple(keys[i : i + length])
        places[run] = -1 if run in places else i
    return {run: i for run, i in places.items() if i >= 0}
