"""Two texts -> the pieces that were kept, went and came, as a reader would mark them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from newsspider.history.matching import Pairs, matches
from newsspider.history.words import ZWSP, Words, divide
from newsspider.store.plain import plain

BREAK = "\n\n"  # between two paragraphs
LONGEST = 1_000_000  # characters of both texts: longer ones are not looked into
_STEPS = 12  # signs of a script without spaces that a word may have
_PASSES = 20
_ENDS = re.compile(r"[.!?…。！？।॥؟۔։።፧។៕။།][\"'”’»“」』)\\]]*$")  # a sentence


class Kind(StrEnum):
    """What became of a piece."""

    KEPT = "kept"
    GONE = "gone"
    COME = "come"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of two texts: its characters in the old one and in the new one. Of a kept one the two differ, if at all, in
    blanks, invisible characters and Unicode forms, which make no change.
    """

    kind: Kind
    old: str
    new: str

    @property
    def text(self) -> str:
        """What is shown: of a kept piece as it stands now."""
        return self.old if self.kind is Kind.GONE else self.new


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in a row that both texts have: from which on, in either, and how many."""

    i: int
    j: int
    count: int


def compare(old: str, new: str, divided: Callable[[str], Words] = divide) -> tuple[Piece, ...]:
    """The pieces of two texts, in order: what went stands before what came in its place.

    All ``old`` joined are the old text, all ``new`` the new one, to the last character. Paragraphs are parted by a
    blank line (``BREAK``). A text that shares next to nothing with the other is replaced as a whole. ``divided``: how their
    words are had, where somebody knows them already.
    """
    if plain(old) == plain(new) and old.count(BREAK) == new.count(BREAK):
        return _pieces([(Kind.KEPT, old, new)])
    if len(old) + len(new) > LONGEST:
        return _pieces([(Kind.GONE, old, ""), (Kind.COME, "", new)])
    a, b = divided(old), divided(new)
    runs = _runs(matches(a.keys, b.keys))
    runs = _slid(runs, a, b)
    if ZWSP in old and ZWSP in new:
        runs = [_whole_words(run, a, b) for run in runs]
    runs = _without_islands([run for run in runs if run.count], a, b)
    if 3 * sum(sum(a.weights[run.i : run.i + run.count]) for run in runs) < min(
        sum(a.weights), sum(b.weights)
    ):
        runs = []
    return _pieces(_parts(runs, a, b))


def _runs(pairs: Pairs) -> list[_Run]:
    runs: list[_Run] = []
    for i, j in pairs:
        last = runs[-1] if runs else None
        if last and (last.i + last.count, last.j + last.count) == (i, j):
            runs[-1] = _Run(last.i, last.j, last.count + 1)
        else:
            runs.append(_Run(i, j, 1))
    return runs


# ---- where one text has more than the other, the place of it may be chosen -----------------------------------------
def _slid(runs: Sequence[_Run], a: Words, b: Words) -> list[_Run]:
    """What came or went alone begins and ends, if it can, where a sentence does: "A b. [A c. ]A d.", and not
    "A b. A [c. A ]d."; and it joins the change before it.
    """
    done: list[_Run] = []
    for run in runs:
        last = done[-1] if done else None
        if last:
            gone, come = run.i - last.i - last.count, run.j - last.j - last.count
            if not gone or not come:
                words, end, size = (a, run.i, gone) if gone else (b, run.j, come)
                shift = _best_shift(words, end - size, end, last.count, run.count)
                done[-1] = _Run(last.i, last.j, last.count + shift)
                run = _Run(run.i + shift, run.j + shift, run.count - shift)
                if not done[-1].count:
                    done.pop()
        if run.count:
            done.append(run)
    return done


def _best_shift(words: Words, start: int, end: int, left: int, right: int) -> int:
    """How many words a change is moved by: at most ``left`` back and ``right`` on."""
    keys, shift = words.keys, 0
    while shift > -left and keys[start + shift - 1] == keys[end + shift - 1]:
        shift -= 1
    best, most = 0, (-1, 0)
    while True:
        edges = _edge(words, start + shift) + _edge(words, end + shift)
        if shift == -left and start + shift:
            edges += 3  # one change instead of two
        if (edges, shift) > most:
            best, most = shift, (edges, shift)
        if shift == right or end + shift >= len(keys) or keys[start + shift] != keys[end + shift]:
            return best
        shift += 1


def _edge(words: Words, place: int) -> int:
    """How well a change begins or ends before a word."""
    between = words.between(place - 1, place)
    if place in (0, len(words)) or BREAK in between:
        return 5
    before = words.text[max(0, words.starts[place - 1] - 1) : words.ends[place - 1]]
    if _ENDS.search(before):
        return 4
    if not words.weights[place - 1]:
        return 2
    return 1 if between else 0


# ---- readable changes ----------------------------------------------------------------------------------------------
def _whole_words(run: _Run, a: Words, b: Words) -> _Run:
    """A run that ends inside a word of a script without spaces gives up that word, where both texts mark their words."""
    i, j, count = run.i, run.j, run.count

    def ends(k: int) -> bool:
        return _ends_word(a, i + k - 1) and _ends_word(b, j + k - 1)

    head = next((k for k in range(min(count, _STEPS) + 1) if ends(k)), 0)
    tail = next((k for k in range(count, max(head, count - _STEPS) - 1, -1) if ends(k)), count)
    return _Run(i + head, j + head, tail - head)


def _ends_word(words: Words, place: int) -> bool:
    if place < 0 or place >= len(words) - 1 or not (words.units[place] and words.units[place + 1]):
        return True
    return words.ends[place] < words.starts[place + 1] or words.text[words.ends[place] - 1] == ZWSP


def _without_islands(runs: list[_Run], a: Words, b: Words) -> list[_Run]:
    """Short runs between larger changes are part of these: who reads two sentences word by word in turn, reads neither."""
    sums_a, sums_b = (list(accumulate(words.weights, initial=0)) for words in (a, b))
    ends = _Run(len(a), len(b), 0)

    def change(first: _Run, last: _Run) -> int:
        return max(
            sums_a[last.i] - sums_a[first.i + first.count], sums_b[last.j] - sums_b[first.j + first.count]
        )

    for _ in range(_PASSES):
        left: list[_Run] = [_Run(0, 0, 0)]
        for run, following in zip(runs, [*runs, ends][1:], strict=True):
            weight = sums_a[run.i + run.count] - sums_a[run.i]
            sides = change(left[-1], run), change(run, following)
            # A sign or two of a script without spaces are hardly ever a word.
            least = max(sides) if all(a.units[run.i : run.i + run.count]) else min(sides)
            if 2 * weight > least or _at_an_end(run, a, b):
                left.append(run)
        if len(left) == len(runs) + 1:
            break
        runs = left[1:]
    return runs


def _at_an_end(run: _Run, a: Words, b: Words) -> bool:
    starts = run.i == 0 and run.j == 0
    return starts or (run.i + run.count == len(a) and run.j + run.count == len(b))


# ---- from words to text --------------------------------------------------------------------------------------------
Part = tuple[Kind, str, str]


def _parts(runs: Sequence[_Run], a: Words, b: Words) -> Iterator[Part]:
    i = j = -1
    for run in runs:
        for k in range(run.count):
            yield from _between(a.between(i, run.i + k), b.between(j, run.j + k))
            i, j = run.i + k, run.j + k
            yield Kind.KEPT, a.text[a.starts[i] : a.ends[i]], b.text[b.starts[j] : b.ends[j]]
    yield from _between(a.between(i, len(a)), b.between(j, len(b)))


def _between(old: str, new: str) -> Iterator[Part]:
    """What stands between two kept words. Blanks that both have at its ends are kept; inside, what went goes first."""
    if old == new and not old.strip():
        yield Kind.KEPT, old, new
        return
    head, old, tail = _ends(old)
    new_head, new, new_tail = _ends(new)
    if not old and not new:  # blanks alone: all is in the heads
        same = _blank(head) == _blank(new_head)
        yield from (
            [(Kind.KEPT, head, new_head)] if same else [(Kind.GONE, head, ""), (Kind.COME, "", new_head)]
        )
        return
    if not old:
        head, tail = (head, "") if _blank(head) == _blank(new_head) else ("", head)
    elif not new:
        new_head, new_tail = (new_head, "") if _blank(head) == _blank(new_head) else ("", new_head)
    if _blank(head) == _blank(new_head):
        yield Kind.KEPT, head, new_head
    else:
        old, new = head + old, new_head + new
    if _blank(tail) == _blank(new_tail):
        yield from [(Kind.GONE, old, ""), (Kind.COME, "", new), (Kind.KEPT, tail, new_tail)]
    else:
        yield from [(Kind.GONE, old + tail, ""), (Kind.COME, "", new + new_tail)]


_BLANK = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
_EDGES = re.compile(rf"([\s{_BLANK}]*)(.*?)([\s{_BLANK}]*)", re.DOTALL)


def _ends(text: str) -> tuple[str, str, str]:
    found = _EDGES.fullmatch(text)
    assert found
    return found[1], found[2], found[3]


def _blank(text: str) -> str:
    return BREAK if BREAK in text else " " if text.strip(_BLANK) else ""


def _pieces(parts: Iterator[Part] | Sequence[Part]) -> tuple[Piece, ...]:
    """Neighbours of one kind joined, empty ones left out."""
    joined: list[tuple[Kind, list[str], list[str]]] = []
    for kind, old, new in parts:
        if not old and not new:
            continue
        if not joined or joined[-1][0] is not kind:
            joined.append((kind, [], []))
        joined[-1][1].append(old)
        joined[-1][2].append(new)
    return tuple(Piece(kind, "".join(old), "".join(new)) for kind, old, new in joined)
