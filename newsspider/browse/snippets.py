"""Where the words of a search stand in a text, and the passages that show them.

The index holds texts cut into words, so FTS5 can neither mark nor cut the texts themselves. Here they are folded as
for the index, with the place of each letter in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsspider.store.folding import NO_SPACES, Words
from newsspider.store.search import Term

# What composes by NFKC alone: sound marks of kana behind narrow ones, and the compatible letters of Korean syllables.
_JOINED_LATER = re.compile("[\u3099\u309a\u3131-\u318e\uff9e-\uffdc]")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
)
_LENGTH = 230  # characters of a passage's text in all; those of double width count twice
_MOST = 400  # hits of a text that are looked at
_STACKERS = "\u1039\u17d2"  # what follows these in Burmese and Khmer is written below the letter before
_BLANKS = re.compile(r"\s+")
# Not a space of one of the scripts whose every letter is a word: a letter of a word.
_SPACELESS = NO_SPACES.pattern.strip("()[]")
_LETTER = f"[^ {_SPACELESS}]"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: ``hit`` where it is what was searched for, ``cut`` where something is left out before it."""

    text: str
    hit: bool = False
    cut: bool = False


class _Letters(Words):
    """The folded letters of words, one by one."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()  # what is not one letter for one

    def made(self, char: str) -> str:
        folded = super().made(char)
        if len(folded) != 1:
            self.uneven.add(char)
        return folded


_LETTERS = _Letters()


def folded(text: str) -> str:
    """A text as the index holds it, but for the blanks between words."""
    return unicodedata.normalize("NFKC", text).translate(_LETTERS)


def _placed(text: str) -> tuple[str, Sequence[tuple[int, int]] | None]:
    """A text as the index holds it, and from where to where each of its letters stands in the text; None where each is
    one for one.
    """
    if unicodedata.is_normalized("NFC", text) and not _JOINED_LATER.search(text):
        letters = text.translate(_LETTERS)
        if _LETTERS.uneven.isdisjoint(text):
            return letters, None
        return letters, [(at, at + 1) for at, char in enumerate(text) for _ in _LETTERS[ord(char)]]
    # What is composed is folded together, and stands there as one.
    starts = [at for at, char in enumerate(text) if at == 0 or not _composes(char)]
    letters, places = "", []
    for start, end in zip(starts, (*starts[1:], len(text)), strict=True):
        made = folded(text[start:end])
        letters += made
        places += [(start, end)] * len(made)
    return letters, places


def _composes(char: str) -> bool:
    """Whether a character can become one with what stands before it."""
    marks = unicodedata.category(char)[0] == "M"
    return marks or "\u1160" <= char <= "\u11ff" or _JOINED_LATER.match(char) is not None


class Marker:
    """Finds the terms of a search in texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        patterns = list(dict.fromkeys(filter(None, map(_pattern, terms))))
        # The longest first, so that of two that begin at the same letter the longer is marked.
        self._count = len(patterns)
        joined = "|".join(f"({pattern})" for pattern in sorted(patterns, key=len, reverse=True))
        self._wanted = re.compile(joined) if patterns else None

    def hits(self, text: str) -> list[tuple[int, int, int]]:
        """The places of the terms: from, to, and which term it is."""
        if self._wanted is None:
            return []
        letters, places = _placed(text)
        found = []
        for match in self._wanted.finditer(letters):
            start, end = match.span()
            if places is not None:
                start, end = places[start][0], places[end - 1][1]
            found.append((*_whole(text, start, end), match.lastindex or 0))
            if len(found) == _MOST:
                break
        return found

    def mark(self, text: str | None) -> tuple[Piece, ...]:
        """A whole text, with its hits."""
        return tuple(_pieces(text or "", 0, len(text or ""), self.hits(text or "")))

    def passages(self, text: str, most: int = 2) -> tuple[Piece, ...]:
        """Of a long text the passages with the most different terms, in their order; its beginning where none stands in it."""
        hits = self.hits(text)
        length = (_LENGTH // 2 if _WIDE.search(text[:200]) else _LENGTH) // (most if len(hits) > 1 else 1)
        spans: list[tuple[int, int]] = []
        left = list(hits)
        while left and len(spans) < most:
            first, last = _densest(left, length * 3 // 4)
            spans.append(_room(text, first, last, length))
            seen = {term for start, _, term in hits if any(a <= start < b for a, b in spans)}
            other = [hit for hit in left if not any(a <= hit[0] < b for a, b in spans)]
            left = [hit for hit in other if hit[2] not in seen] or other
        pieces: list[Piece] = []
        end = 0
        for start, stop in _joined(sorted(spans or [_room(text, 0, 0, length)])):
            made = _pieces(text, start, stop, hits)
            pieces += (
                [Piece(made[0].text, made[0].hit, text[end:start].strip() != ""), *made[1:]] if made else []
            )
            end = stop
        return (*pieces, Piece("", cut=True)) if text[end:].strip() else tuple(pieces)


def _pattern(term: Term) -> str:
    """A regular expression that finds a term in a folded text."""
    words = NO_SPACES.sub(r" \1 ", folded(term.text)).split()
    made = []
    for number, word in enumerate(words):
        if NO_SPACES.match(word):
            made.append(re.escape(word))
            continue
        open_ended = term.prefix and number == len(words) - 1
        end = f"{_LETTER}*" if open_ended else f"(?!{_LETTER})"
        made.append(f"(?<!{_LETTER}){re.escape(word)}{end}")
    return " *".join(made)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch widened to the borders of what is seen as one letter (Unicode Annex 29, with stacked letters)."""
    while end < len(text) and _joins(text, end):
        end += 1
    while start > 0 and _joins(text, start):
        start -= 1
    return start, end


def _joins(text: str, place: int) -> bool:
    """Whether a character is part of the letter before it."""
    char = text[place]
    if char.isascii():
        return False
    return unicodedata.category(char)[0] == "M" or char in "\u200c\u200d" or text[place - 1] in _STACKERS


def _densest(hits: Sequence[tuple[int, int, int]], length: int) -> tuple[int, int]:
    """The stretch, no longer than that, with the most different terms; then with the most hits; then the first."""
    best, rank, last = (hits[0][0], hits[0][1]), (0, 0), 0
    for first, (start, _, _) in enumerate(hits):
        last = max(last, first)
        while last + 1 < len(hits) and hits[last + 1][1] - start <= length:
            last += 1
        inside = hits[first : last + 1]
        new = (len({term for *_, term in inside}), len(inside))
        if new > rank:
            best, rank = (start, inside[-1][1]), new
    return best


def _room(text: str, first: int, last: int, length: int) -> tuple[int, int]:
    """A passage of about that length around a stretch, from border to border of words."""
    free = max(0, length - (last - first))
    start = max(0, first - free // 3)
    end = min(len(text), max(last, start + length))
    start = max(0, min(start, end - length))
    if start > 0:
        blank = _BLANKS.search(text, start, min(first, start + 20))
        start = blank.end() if blank else _whole(text, start, start)[0]
    if end < len(text):
        blank_at = max(text.rfind(" ", max(last, end - 20), end), text.rfind("\n", max(last, end - 20), end))
        end = blank_at if blank_at > 0 else _whole(text, end, end)[1]
    return start, end


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that touch are one."""
    made = [spans[0]]
    for start, end in spans[1:]:
        if start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def _pieces(text: str, start: int, end: int, hits: Sequence[tuple[int, int, int]]) -> list[Piece]:
    """A stretch of a text, divided where hits begin and end; runs of blanks are one blank."""
    pieces: list[Piece] = []
    at = start
    for first, last, _ in hits:
        if last <= at or first >= end:
            continue
        pieces += [Piece(text[at:first])] if first > at else []
        pieces.append(Piece(text[max(at, first) : min(last, end)], hit=True))
        at = min(last, end)
    pieces += [Piece(text[at:end])] if at < end else []
    return [Piece(_BLANKS.sub(" ", piece.text), piece.hit) for piece in pieces]
