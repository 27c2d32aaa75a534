"""How alike two short texts are: headlines, titles, descriptions."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile(r"[\W_]+")
_ASCII_MARKS = {code: None for code in range(128) if not chr(code).isalnum()}


@lru_cache(maxsize=512)
def letters(text: str) -> str:
    """Only the letters and digits of a text, compatible forms and case folded: what two spellings of one text
    share.
    """
    if text.isascii():
        return text.lower().translate(_ASCII_MARKS)
    return _MARKS.sub("", unicodedata.normalize("NFKC", text).casefold())


def same_text(one: str, other: str) -> bool:
    """Whether two texts of about the same length have the same letters and digits."""
    short, long = sorted((len(one), len(other)))
    return short > 0 and long < 2 * short + 10 and letters(one) == letters(other)


@lru_cache(maxsize=256)
def _pairs(text: str) -> frozenset[str]:
    compared = letters(text)
    return frozenset(compared[i : i + 2] for i in range(len(compared) - 1)) or frozenset((compared,))


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the share of letter pairs that two texts share (Dice), the same either way round."""
    a, b = _pairs(one), _pairs(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
