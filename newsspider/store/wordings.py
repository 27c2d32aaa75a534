"""Which wordings of a source's ticker are one entry that was worded anew.

**With an address** it is the address that tells: what stood there, first one text and then another, is one entry. Not so

- where a capture shows two texts with that address at once: it tells nothing then, and each text is an entry;
- where no article of that address is in the archive and a text shares less than a third (``RELATED``) with the one before
  it: a section's or a live page's address that leads to one story after the other.

**Without an address** it is the text, and the rule is narrow: the one is seen for the last time before the other is seen
for the first time, at most 36 hours before (``PAUSE``: the next night), and they have three quarters (``ALIKE``) of their
words in common. Where only figures differ it is at most three hours (``PAUSE_OF_FIGURES``): the price of gold of the next day
is another entry. Two that are known to be headlines of different articles are never one. Where several would do, each has
the one that it shares most with, if that is so for the other, too.

**With and without** an address the same text is one entry where exactly one address had it within these 36 hours: some pages of
a source print its ticker without links. Then the address tells, and the rule for wordings without one does not hold for it.

All rules are functions of what is known of the wordings alone, and not of the order in which their captures came.
Pure: knows no database. Times are as in the database.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from newsspider.clock import stamp
from newsspider.store.folding import NO_SPACES, fold

PAUSE = timedelta(hours=36)
PAUSE_OF_FIGURES = timedelta(hours=3)
ALIKE = 0.75  # share of the longer text that both must have in common
RELATED = 1 / 3  # share of the shorter one
LEAST = 3  # words in common


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording; ``shared``: a capture shows another text with its address."""

    id: int
    text: str
    first_seen: str
    last_seen: str
    article: int | None = None
    shared: bool = False


def of_an_address(wordings: Iterable[Wording]) -> dict[int, int]:
    """Of the wordings that a source's ticker had for one address: which one came in the place of which."""
    inorder = sorted(wordings, key=lambda one: (one.first_seen, one.text))
    if any(one.shared for one in inorder):
        return {}
    archived = any(one.article for one in inorder)
    return {new.id: old.id for old, new in pairwise(inorder) if archived or _related(old.text, new.text)}


def with_address(plain: Wording, others: Iterable[Wording]) -> Wording | None:
    """Which wording with an address a wording of the same text without one is; None where none or several may be. The
    ``others`` are those of this text at its source that have an address.
    """
    near = [
        one
        for one in others
        if before(plain.first_seen, PAUSE) <= one.last_seen
        and one.first_seen <= after(plain.last_seen, PAUSE)
    ]
    return near[0] if len(near) == 1 and not _of_others(plain, near[0]) else None


def without_address(wordings: Sequence[Wording]) -> dict[int, int]:
    """Of wordings of a source that have no address: which one came in the place of which."""
    best_new: dict[int, tuple[tuple[float, str, str], int]] = {}
    best_old: dict[int, tuple[tuple[float, str, str], int]] = {}
    for old, new, share in _candidates(wordings):
        # Of several that share as much the one that is nearest in time, and be it only for the order to be certain.
        best_old[new.id] = max(best_old.get(new.id, _NONE), ((share, old.last_seen, old.text), old.id))
        back = (share, _reversed(new.first_seen), new.text)
        best_new[old.id] = max(best_new.get(old.id, _NONE), (back, new.id))
    return {new: old for new, (_, old) in best_old.items() if best_new[old][1] == new}


_NONE: tuple[tuple[float, str, str], int] = ((0.0, "", ""), 0)


def _reversed(moment: str) -> str:
    """Sorts the other way round."""
    return "".join(chr(0x7F - ord(char)) for char in moment)


def _candidates(wordings: Sequence[Wording]) -> Iterator[tuple[Wording, Wording, float]]:
    """Each pair of which the second may have come in the place of the first, with the share that they have in common."""
    gone = sorted(wordings, key=lambda one: one.last_seen)
    ends = [one.last_seen for one in gone]
    index = _Index(gone)
    for new in wordings:
        first = bisect_left(ends, before(new.first_seen, PAUSE))
        until = bisect_right(ends, new.first_seen) if first < len(ends) else first
        for place in index.near(new.text, first, until):
            old = gone[place]
            if old.last_seen >= new.first_seen or _of_others(old, new):
                continue
            share, figures = _in_common(old.text, new.text)
            if share >= ALIKE and (not figures or old.last_seen >= before(new.first_seen, PAUSE_OF_FIGURES)):
                yield old, new, share


def _of_others(old: Wording, new: Wording) -> bool:
    return old.article is not None and new.article is not None and old.article != new.article


class _Index:
    """Finds texts that can be alike: who lacks more than a quarter of a text's words can't. So it is enough to look at
    those that have one of its rarest words, as many as make up that quarter.
    """

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._places: Mapping[str, list[int]] = defaultdict(list)
        for place, wording in enumerate(wordings):
            for word in words(wording.text):
                self._places[word].append(place)

    def near(self, text: str, first: int, until: int) -> set[int]:
        """The places, of those from ``first`` to before ``until``, of texts that may be alike."""
        counted = words(text)
        left = (1 - ALIKE) * _weight(counted)
        found: set[int] = set()
        for word in sorted(counted, key=lambda word: (len(self._places.get(word, ())), word)):
            places = self._places.get(word, [])
            found.update(places[bisect_left(places, first) : bisect_left(places, until)])
            left -= counted[word] * len(word)
            if left < 0:
                break
        return found


def _related(old: str, new: str) -> bool:
    a, b = words(old), words(new)
    return _weight(a & b) >= RELATED * min(_weight(a), _weight(b))


def _in_common(old: str, new: str) -> tuple[float, bool]:
    """The share of the longer text that both have, and whether they differ in figures alone."""
    a, b = words(old), words(new)
    both = a & b
    share = _weight(both) / max(_weight(a), _weight(b), 1)
    if share < ALIKE or both.total() < LEAST:
        return 0.0, False
    other = (a - both) | (b - both)
    return share, bool(other) and all(any(char.isdigit() for char in word) for word in other)


def _weight(counted: Mapping[str, int]) -> int:
    return sum(len(word) * count for word, count in counted.items())


@lru_cache(maxsize=20_000)
def words(text: str) -> Counter[str]:
    """The words of a text, whatever their case and punctuation; of scripts without spaces all pairs of neighbours."""
    counted: Counter[str] = Counter()
    before = ""
    for part in NO_SPACES.sub(r" \1 ", fold(text)).split():
        word = "".join(char for char in part if unicodedata.category(char)[0] not in "PSC")
        alone = len(word) == 1 and not word.isascii()
        if alone and before:
            counted[before + word] += 1
        elif word and not alone:
            counted[word] += 1
        before = word if alone else ""
    return counted


def before(moment: str, pause: timedelta) -> str:
    """The moment so long before."""
    return stamp(datetime.fromisoformat(moment) - pause)


def after(moment: str, pause: timedelta) -> str:
    """The moment so long after."""
    return stamp(datetime.fromisoformat(moment) + pause)
