"""The words of bylines in some ninety languages, compiled so that most texts are told apart by one letter or one
look into a set. ``data/bywords.txt`` holds them, and says what the kinds are and how they were collected.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

_META = re.compile(r"[\\()\[\]?*+.|]")
_FIRST = re.compile(r"\w")


def bywords() -> dict[str, frozenset[str]]:
    """Kind (by, weak, author, text, job, desk) -> the words of all languages."""
    return word_lists("bywords")


@lru_cache(maxsize=4)
def word_lists(name: str) -> dict[str, frozenset[str]]:
    """Kind -> the words of all languages in the file ``data/NAME.txt``, which says what its kinds are."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    text = files("newsspider.split").joinpath(f"data/{name}.txt").read_text("utf-8")
    for line in text.replace("\n  ", "").split("\n"):
        kind, _, words = line.partition(": ")
        if words and not line.startswith(("#", "[")):
            found[kind].update(_cut(words))
    return {kind: frozenset(words) for kind, words in found.items()}


def _cut(text: str) -> list[str]:
    """A list of patterns, cut at the strokes that stand outside of brackets."""
    found, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            found.append(text[start:at])
            start = at + 1
    return [piece for piece in (*found, text[start:]) if piece]


def _starts(piece: str) -> set[str]:
    """The letters that a text which a pattern matches can begin with. Reads what the lists have: letters, classes
    and groups of them, each with or without a question mark behind it.
    """
    if piece.startswith("(?:"):
        end = _closing(piece)
        found = {letter for part in _cut(piece[3:end]) for letter in _starts(part)}
        after = end + 1
    elif piece.startswith("["):
        after = piece.index("]") + 1
        found = set(piece[1 : after - 1])
    else:
        found, after = {piece[:1]}, 1
    if piece[after : after + 1] == "?":
        found |= _starts(piece[after + 1 :])
    return found


def _closing(piece: str) -> int:
    depth = 0
    for at, char in enumerate(piece):
        depth += (char == "(") - (char == ")")
        if char == ")" and depth == 0:
            return at
    return len(piece)


class ByLetter:
    """Many alternatives at the head of a text, letter case aside: asked by the letter that the text begins with, of which
    few have it, and compiled when a text with that letter comes. ``alternatives``: what ``_starts`` can read.
    """

    def __init__(self, alternatives: str) -> None:
        self._pieces = [
            (re.compile(f"[{''.join(sorted(_starts(piece)))}]", re.IGNORECASE), piece)
            for piece in _cut(alternatives)
        ]
        self._of = lru_cache(maxsize=2048)(self._with)

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The one of them that stands at this place of a text."""
        pattern = self._of(text[at : at + 1])
        return pattern.match(text, at) if pattern else None

    def _with(self, letter: str) -> re.Pattern[str] | None:
        pieces = [piece for start, piece in self._pieces if start.match(letter)]
        return re.compile("|".join(pieces), re.IGNORECASE) if pieces else None


class Openings:
    """Words at the head of a text, with what must follow them. ``kinds``: (name, kind of words, pattern of what
    follows), in order of trust; for each letter that a text can begin with there are the patterns that can match,
    compiled when such a text comes.
    """

    def __init__(self, *kinds: tuple[str, str, str]) -> None:
        self._pieces: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, kind, after in kinds:
            pieces: defaultdict[str, list[str]] = defaultdict(list)
            for piece in sorted(bywords()[kind], key=lambda piece: (-len(piece), piece)):
                for letter in _starts(piece):
                    pieces[letter].append(piece)
            for letter, found in pieces.items():
                self._pieces[letter].append((name, rf"\W*(?:{'|'.join(found)}){after}"))
        self._of = lru_cache(maxsize=2048)(self._with)

    def match(self, text: str) -> tuple[str, int]:
        """The name of the words at the head of a text, marks before them aside, and where they end; "" and 0 where
        there are none, or nothing stands behind them.
        """
        first = _FIRST.search(text, 0, 12)
        for name, pattern in self._of(first[0].lower()) if first else ():
            found = pattern.match(text)
            if found and found.end() < len(text):
                return name, found.end()
        return "", 0

    def _with(self, letter: str) -> list[tuple[str, re.Pattern[str]]]:
        return [(name, re.compile(piece, re.IGNORECASE)) for name, piece in self._pieces.get(letter, ())]


class Vocabulary:
    """Whole words of one kind, and more of them."""

    def __init__(self, kind: str, more: Iterable[str] = ()) -> None:
        words = {*bywords()[kind], *more}
        self._plain = frozenset(word for word in words if not _META.search(word) and " " not in word)
        phrases = sorted((word for word in words if " " in word), key=len, reverse=True)
        self._phrases = re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)") if phrases else None
        patterns = sorted(words - self._plain - set(phrases))
        self._patterns = re.compile("|".join(patterns))
        self._has = lru_cache(maxsize=8192)(self._look_up)

    def has(self, word: str) -> bool:
        """Whether a word, case folded and without marks at its ends, is one of them."""
        return self._has(word)

    def _look_up(self, word: str) -> bool:
        return word in self._plain or self._patterns.fullmatch(word) is not None

    def in_phrase(self, text: str) -> bool:
        """Whether a text, case folded, has one that is of several words."""
        return self._phrases is not None and self._phrases.search(text) is not None
