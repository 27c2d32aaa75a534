"""How much was changed, and where in the newest text: what a reader wants to know before reading a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsspider.history.passages import Became, Passage
from newsspider.history.pieces import Kind, Piece
from newsspider.history.words import divide


@dataclass(frozen=True, slots=True)
class Amount:
    """How many words came and went; characters, where most are of scripts that are written without spaces."""

    come: int
    gone: int
    unit: str  # words or characters


def length_of(text: str) -> tuple[int, str]:
    """How long a text is, without punctuation: the number and its unit, words or characters."""
    said, units = _count(text)
    return said, "characters" if 2 * units > said else "words"


def amount(lines: Mapping[str, Iterable[Piece]], body: Iterable[Passage]) -> Amount:
    """How much came and went, but for dates and for paragraphs that changed their place alone."""
    gone, come = [], []
    for pieces in [pieces for name, pieces in lines.items() if name != "published"]:
        gone += [piece.old for piece in pieces if piece.kind is Kind.GONE]
        come += [piece.new for piece in pieces if piece.kind is Kind.COME]
    for passage in body:
        if passage.became is Became.CHANGED:
            gone += [piece.old for piece in passage.pieces if piece.kind is Kind.GONE]
            come += [piece.new for piece in passage.pieces if piece.kind is Kind.COME]
        elif passage.became in (Became.GONE, Became.COME):
            gone += passage.old
            come += passage.new
    (came, units), (went, gone_units) = _sum(come), _sum(gone)
    return Amount(came, went, "characters" if 2 * (units + gone_units) > came + went else "words")


def origins(body: Sequence[Passage]) -> list[tuple[Became, int]]:
    """For each paragraph of the newer text what became of it, and its number in the older one (where it was kept)."""
    found: list[tuple[Became, int]] = []
    old = 0
    for passage in body:
        last = old + max(0, len(passage.old) - 1)
        found += [(passage.became, min(old + place, last)) for place in range(len(passage.new))]
        old += len(passage.old)
    return found


def _sum(texts: Iterable[str]) -> tuple[int, int]:
    counted = [_count(text) for text in texts]
    return sum(said for said, _ in counted), sum(units for _, units in counted)


def _count(text: str) -> tuple[int, int]:
    """The words of a text, and how many of them are signs of a script without spaces."""
    words = divide(text)
    said = [unit for weight, unit in zip(words.weights, words.units, strict=True) if weight]
    return len(said), sum(said)
