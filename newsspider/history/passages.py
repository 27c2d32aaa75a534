"""Two texts of many paragraphs -> the passages that were kept, changed, moved, went and came.

Paragraphs that both have are found first, then among the others those that are alike, also where one was split or several
were joined; only these are compared word by word. So a new paragraph is a new paragraph, and never made of words from all over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import groupby

from newsspider.history.matching import Pairs, matches
from newsspider.history.pieces import BREAK, LONGEST, Piece, compare
from newsspider.history.words import Words, divide
from newsspider.store.plain import plain

_ALIKE = 0.4  # share of two paragraphs (of what they say) that is in both: they are one that was changed
_INSIDE = 0.7  # share of one paragraph that is in another in runs: it was split off, or joined to it
_RUN = 4  # words in a row that are no chance
_LEAST = 24  # letters of a paragraph that may be found in another: a short question stands anywhere
_KIN = 0.5  # share of two paragraphs' words that is in both, in any order: alike, wherever they stand
_RARE = 8  # a word that stands in more paragraphs tells nothing
_TRIED = 3

Divided = Callable[[str], Words]


class Became(StrEnum):
    """What became of a passage."""

    KEPT = "kept"
    CHANGED = "changed"
    GONE = "gone"
    COME = "come"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs of two texts that belong together. A changed one has several on one side where they were split or joined;
    a moved paragraph is two passages, one where it stood and one where it stands. ``pieces``: of a changed one, those of
    its paragraphs joined by ``BREAK``.
    """

    became: Became
    old: tuple[str, ...]
    new: tuple[str, ...]
    pieces: tuple[Piece, ...] = ()


def compare_paragraphs(old: Sequence[str], new: Sequence[str]) -> tuple[Passage, ...]:
    """The passages of two texts, in order: all ``old`` are the paragraphs of the one, all ``new`` those of the other.
    Neighbours of one kind are one passage, but for changed and moved ones.
    """
    return _told(_with_moves(list(_passages(old, new, cache(divide)))))


def _passages(old: Sequence[str], new: Sequence[str], divided: Divided) -> Iterator[Passage]:
    """Each paragraph is a passage of its own, but for those that were split or joined."""
    i = j = 0
    for next_i, next_j in [*_same(old, new, divided), (len(old), len(new))]:
        yield from _unlike(old[i:next_i], new[j:next_j], divided)
        if next_i < len(old):
            yield Passage(Became.KEPT, (old[next_i],), (new[next_j],))
        i, j = next_i + 1, next_j + 1


def _same(old: Sequence[str], new: Sequence[str], divided: Divided) -> Pairs:
    """The paragraphs that both have, in order of both. One that changed its place is none where more of those that were
    edited keep theirs.
    """
    a, b = [plain(text) for text in old], [plain(text) for text in new]
    named, both = list(b), set(a).intersection(b)
    if both and sum(map(len, a)) + sum(map(len, b)) <= LONGEST:
        left = {i: divided(text) for i, text in enumerate(old) if a[i] not in both}
        there = {j: divided(text) for j, text in enumerate(new) if b[j] not in both}
        for i, j in _edited(left, there):
            named[j] = a[i]
    return [(i, j) for i, j in matches(a, named) if a[i] == b[j]]


def _edited(old: Mapping[int, Words], new: Mapping[int, Words]) -> Pairs:
    """Which paragraphs are alike, wherever they stand."""
    says = {j: dict(zip(words.keys, words.weights, strict=True)) for j, words in new.items()}
    holders = defaultdict(list)
    for j, there in says.items():
        for key in there:
            holders[key].append(j)
    pairs: Pairs = []
    for i, words in old.items():
        own = dict(zip(words.keys, words.weights, strict=True))
        votes = Counter(j for key in own if len(holders[key]) <= _RARE for j in holders[key] if j in says)
        for j, _ in votes.most_common(_TRIED):
            common = sum(weight for key, weight in own.items() if key in says[j])
            if 2 * common >= _KIN * (sum(own.values()) + sum(says[j].values())):
                pairs.append((i, j))
                del says[j]
                break
    return pairs


def _unlike(old: Sequence[str], new: Sequence[str], divided: Divided) -> Iterator[Passage]:
    """Between two paragraphs that both have: those that are alike, and what went and came between them."""
    i = j = 0
    for (first_i, last_i), (first_j, last_j) in [*_pairs(old, new, divided), ((len(old), 0), (len(new), 0))]:
        yield from (Passage(Became.GONE, (text,), ()) for text in old[i:first_i])
        yield from (Passage(Became.COME, (), (text,)) for text in new[j:first_j])
        if first_i < len(old):
            i, j = last_i + 1, last_j + 1
            before, after = tuple(old[first_i:i]), tuple(new[first_j:j])
            yield Passage(
                Became.CHANGED, before, after, compare(BREAK.join(before), BREAK.join(after), divided)
            )


Span = tuple[int, int]  # the first and the last paragraph


def _pairs(old: Sequence[str], new: Sequence[str], divided: Divided) -> list[tuple[Span, Span]]:
    """Which paragraphs of the one text became which of the other, in order of both."""
    if not old or not new or sum(map(len, old)) + sum(map(len, new)) > LONGEST:
        return []
    groups: list[tuple[Span, Span]] = []
    for i, j in _alike([divided(text) for text in old], [divided(text) for text in new]):
        if groups and (groups[-1][0][1] == i or groups[-1][1][1] == j):
            (first_i, _), (first_j, _) = groups.pop()
            groups.append(((first_i, i), (first_j, j)))
        else:
            groups.append(((i, i), (j, j)))
    return groups


def _alike(a: Sequence[Words], b: Sequence[Words]) -> list[tuple[int, int]]:
    """The pairs of paragraphs that say much the same, or of which one holds the other: rising in both."""
    of_a = [(n, k) for n, words in enumerate(a) for k in range(len(words))]
    of_b = [(n, k) for n, words in enumerate(b) for k in range(len(words))]
    found = matches([a[n].keys[k] for n, k in of_a], [b[n].keys[k] for n, k in of_b])
    common: Counter[tuple[int, int]] = Counter()
    in_runs: Counter[tuple[int, int]] = Counter()
    run: list[tuple[int, int]] = []
    pairs = defaultdict(list)
    for x, y in found:
        pairs[of_a[x][0], of_b[y][0]].append((x, y))
    for pair, places in pairs.items():
        for x, y in [*places, (-1, -1)]:
            if run and (run[-1][0] + 1, run[-1][1] + 1) != (x, y):
                says = sum(a[pair[0]].weights[of_a[at][1]] for at, _ in run)
                common[pair] += says
                in_runs[pair] += says if len(run) >= _RUN else 0
                run = []
            if x >= 0:
                run.append((x, y))
    says_a, says_b = ([sum(words.weights) for words in side] for side in (a, b))
    return [
        (i, j)
        for i, j in sorted(common)
        if 2 * common[i, j] >= _ALIKE * (says_a[i] + says_b[j]) > 0
        or in_runs[i, j] >= max(_LEAST, _INSIDE * min(says_a[i], says_b[j]))
    ]


def _with_moves(passages: list[Passage]) -> list[Passage]:
    """A paragraph that went at one place and came at another was moved."""
    came = defaultdict(list)
    for place, passage in enumerate(passages):
        if passage.became is Became.COME:
            came[plain(passage.new[0])].append(place)
    for place, passage in enumerate(passages):
        if passage.became is Became.GONE and (there := came.get(plain(passage.old[0]))):
            passages[place] = replace(passage, became=Became.MOVED)
            other = there.pop(0)
            passages[other] = replace(passages[other], became=Became.MOVED)
    return passages


def _told(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    told: list[Passage] = []
    for became, same in groupby(passages, key=lambda passage: passage.became):
        if became in (Became.CHANGED, Became.MOVED):
            told += same
        else:
            texts = [(passage.old, passage.new) for passage in same]
            old, new = (tuple(text for pair in texts for text in pair[side]) for side in (0, 1))
            told.append(Passage(became, old, new))
    return tuple(told)
