"""A text in words, for comparing: what a reader takes for one thing and what is therefore never torn.

A word is a run of letters, marks and digits; ``1,500``, ``19:02`` and ``don't`` are one. A mark of punctuation is a word of
its own. Scripts that are written without spaces are divided into what is read as one letter, with all that belongs to
it: signs before, above and behind it, stacked consonants, in Burmese a syllable's final consonant; a run of katakana is
one word. No grapheme cluster (Unicode Standard Annex 29) is ever divided, emoji and flags included.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from newsspider.store.plain import plain

ZWSP = "\u200b"  # between words of Khmer, Thai, Lao, Burmese, where a page takes the trouble

_RANGES = (
    # Thai, Lao; Burmese (with its extensions); Khmer; Tai Le, New Tai Lue, Tai Tham, Tai Viet; Balinese, Javanese;
    # Bopomofo, Yi, hiragana, Han: written without spaces (the line break classes SA and ID of Unicode, and their kin)
    (
        "I",
        "\u0e00-\u0eff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\uaa80-\uaadf",
    ),
    (
        "I",
        "\u1b00-\u1b7f\ua980-\ua9df\u3040-\u309f\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf",
    ),
    ("I", "\uf900-\ufaff\U00020000-\U0003ffff\u3005-\u3007"),
    ("K", "\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9d"),  # katakana
)
_SCRIPTS = tuple((name, re.compile(f"[{chars}]")) for name, chars in _RANGES)
_WIDE = re.compile(
    "[\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u9fff\ua000-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Characters that their category does not tell. J: zero width joiner; M: belong to what stands before them, as marks do
# (Thai and Lao vowels, emoji skin tones and tags, halfwidth voicing); F: Thai and Lao vowels that are written before their
# consonant; G: GraphemeBreakProperty Prepend; A: Burmese asat; R: letters of flags; Q: inside words; S: inside numbers.
_NAMED = (
    ("Z", "\u00ad\u200b\u200e\u200f\u2060\ufeff"),
    ("J", "\u200d"),
    (
        "M",
        "\u200c\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f",
    ),
    ("F", "\u0e40-\u0e44\u0ec0-\u0ec4"),
    (
        "G",
        "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3\U0001193f",
    ),
    ("G", "\U00011941\U00011a3a\U00011a84-\U00011a89\U00011d46\U00011f02"),
    ("A", "\u103a"),
    ("R", "\U0001f1e6-\U0001f1ff"),
    ("Q", "'\u2019\u00b7\u05f3\u05f4\uff07"),
    ("S", ".,:\u066b\u066c\uff0c\uff0e"),
)
_BY_NAME = tuple((name, re.compile(f"[{chars}]")) for name, chars in _NAMED)
_VIRAMA = 9  # canonical combining class: what makes a consonant join the next one
_JOINED = r"[MJVAZ]+|(?<=V)I|(?<=VJ)I"  # what goes on with the word before it
_UNITS = re.compile(
    r"(?P<blank>[BZ]+(?![MJVA]))"
    rf"|(?P<word>[FG]*[LN](?:[LN]+|{_JOINED}|G(?=[LN])|Q(?=[LN])|(?<=N)S(?=N))*|[FG]*K(?:K|{_JOINED})*)"
    rf"|(?P<unit>[FG]*I(?:{_JOINED}|(?<!Z)I(?=M?A))*)"
    rf"|(?P<mark>[FG]*(?:RR|[^BZ]|[BZ](?=[MJVA]))(?:{_JOINED}|(?<=J)(?:RR|[PQS]))*)"
)


class _Classes(dict[int, str]):
    """The class of each character, found when it is first met."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, _class_of(chr(code)))


def _class_of(char: str) -> str:
    category = unicodedata.category(char)
    if char.isspace():
        return "B"
    for name, chars in _BY_NAME:
        if chars.match(char):
            return name
    if category[0] == "M":
        return "V" if unicodedata.combining(char) == _VIRAMA else "M"
    if category == "Nd":
        return "N"
    if category[0] in "LN" or category == "Pc":
        return next((name for name, chars in _SCRIPTS if chars.match(char)), "L")
    return "P"


_CLASSES = _Classes()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: where each begins and ends in it, what it is compared by, how much it says (letters, those of
    wide scripts counted double; none for punctuation), and whether it is one of several that a reader takes for a word.
    What stands between two words is blank or can't be seen.
    """

    text: str
    starts: list[int]
    ends: list[int]
    keys: list[str]
    weights: list[int]
    units: list[bool]

    def __len__(self) -> int:
        return len(self.keys)

    def between(self, first: int, last: int) -> str:
        """The text from the end of word ``first`` (-1: from the beginning) to the start of ``last``."""
        return self.text[
            self.ends[first] if first >= 0 else 0 : self.starts[last] if last < len(self) else None
        ]


def divide(text: str) -> Words:
    """The words of a text."""
    words = Words(text, [], [], [], [], [])
    for start, end, kind in _spans(text):
        key, weight = _said(text[start:end])
        if kind != "blank" and key:
            words.starts.append(start)
            words.ends.append(end)
            words.keys.append(key)
            words.weights.append(0 if kind == "mark" else weight)
            words.units.append(kind == "unit")
    return words


@lru_cache(maxsize=65536)
def _said(word: str) -> tuple[str, int]:
    key = plain(word)
    return key, len(key) + (0 if key.isascii() else len(_WIDE.findall(key)))


def chunks(text: str) -> Iterator[str]:
    """The text in pieces that a line may be broken between: behind blanks, and between the signs of a script without
    spaces.
    """
    start, before = 0, None
    for place, _, kind in _spans(text):
        if place and (before == "blank" or before == kind == "unit"):
            yield text[start:place]
            start = place
        before = kind
    if start < len(text):
        yield text[start:]


def _spans(text: str) -> list[tuple[int, int, str | None]]:
    return [(*match.span(), match.lastgroup) for match in _UNITS.finditer(text.translate(_CLASSES))]
