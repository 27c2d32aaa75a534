"""What two spellings of a word have in common: texts are folded alike where they are indexed, searched and marked.

Unicode's own means come first (NFKC, case folding, decimal digits), then tables of what readers leave out.
"""

from __future__ import annotations

import re
import unicodedata

# Thai and Lao, Burmese, Khmer, kana, Han (with its compatibility and supplementary blocks).
NO_SPACES = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
# Marks that readers leave out when they search: accents, stress marks, Arabic vowel signs and tatweel, Hebrew points,
# the Devanagari nukta, and what is not seen at all.
_UNSEEN = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u093c"
    "\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\u00ad\U000e0100-\U000e01ef]"
)
_LETTERS = {
    # Letters with a stroke and joined letters are letters of their own to Unicode, as is the Turkish ı without a dot: as
    # Lucene's ASCIIFoldingFilter has them. The dots on a Cyrillic ё are left out in print.
    **{"đ": "d", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ё": "е"},
    # Alef with hamza or madda, alef maqsura and teh marbuta: Lucene's ArabicNormalizer. Persian yeh and keheh, heh with
    # yeh, and heh goal: its PersianNormalizer, but for yeh barree, which makes other words in Urdu.
    **{"\u0622": "\u0627", "\u0623": "\u0627", "\u0625": "\u0627", "\u0671": "\u0627", "\u0649": "\u064a"},
    **{"\u0629": "\u0647", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u06c0": "\u0647", "\u06c1": "\u0647"},
    **{"\u06c2": "\u0647", "\u06c3": "\u0647"},
    # Devanagari letters that are made of another one and a nukta: Lucene's HindiNormalizer.
    **{"\u0929": "\u0928", "\u0931": "\u0930", "\u0934": "\u0933"},
}


class Folds(dict[int, str]):
    """What ``str.translate`` makes of each letter: its folded form, which can be several letters or none."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = self.made(chr(code))
        return folded

    def made(self, char: str) -> str:
        return "".join(map(_folded, unicodedata.normalize("NFKC", char)))


class Words(Folds):
    """The same with a blank for what divides words: SQLite knows fewer characters, and takes the others for letters."""

    def made(self, char: str) -> str:
        return "".join(char if is_token(char) else " " for char in super().made(char))


class _Segments(Words):
    """The same with blanks around each letter of the scripts without spaces."""

    def made(self, char: str) -> str:
        return NO_SPACES.sub(r" \1 ", super().made(char))


_FOLDS, _SEGMENTS = Folds(), _Segments()


def _folded(char: str) -> str:
    """A character without what readers leave out (of Latin and Greek letters all marks), its capitals folded."""
    if _UNSEEN.match(char):
        return ""
    if (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    base = unicodedata.normalize("NFD", char)[0]
    if unicodedata.name(base, "").startswith(("LATIN ", "GREEK ")):
        char = base
    return "".join(_LETTERS.get(letter, letter) for letter in char.casefold())


def fold(text: str) -> str:
    """The text in the form in which all its spellings are the same."""
    return unicodedata.normalize("NFKC", text).translate(_FOLDS)


def seg(text: str | None) -> str | None:
    """The text as it is indexed: folded, its words divided by blanks, as is each letter of the scripts without spaces.

    ASCII stays as it is, since FTS5 tells no capitals apart.
    """
    if text is None or text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate(_SEGMENTS)


def is_token(char: str) -> bool:
    """Whether a character is part of a word to the index (see its ``TOKENIZER``)."""
    category = unicodedata.category(char)
    return category[0] in "LMN" or category == "Co"
