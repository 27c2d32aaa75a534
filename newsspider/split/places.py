"""Whether a name is that of a place: lists of cities and countries in the scripts of the world, and a text
that names it as one.

The lists are loaded when first asked for (some 50 ms); ``data/make_places.py`` makes them and says where they
come from.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from importlib.resources import files

# Words that say "in", "at" or "from" before a place, in languages that write capitals; one to three for each.
_IN = (
    "in at from near aus bei nach à au dans en desde a da nel em no na te uit i på fra til från w we z ve v "
    "ze u na s din la în pe në nga "
    "в во из у з із со от од до στη στην στο στον σε tại ở từ di dari sa kwa katika huko cikin ni si"
)
_BEFORE = rf"(?<!\w)(?:{'|'.join(sorted(set(_IN.split()), key=len, reverse=True))})\s+"

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")  # no blanks between words


def folded(name: str) -> str:
    """A name as it is compared: case folded; without accents where it is written in Latin, Greek or Cyrillic
    letters.
    """
    name = " ".join(name.replace("’", "'").casefold().split())
    if name.isascii():
        return name
    parts = unicodedata.normalize("NFD", name)
    if parts[0] < "\u0530":
        parts = "".join(char for char in parts if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", parts)


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    """The lists in the order of code points: quicker to load than sets are to build."""
    data = files("newsspider.split").joinpath("data/places.json.gz").read_bytes()
    return {name: words.split("\n") for name, words in json.loads(gzip.decompress(data)).items()}


def _is_in(kind: str, name: str) -> bool:
    words = _lists()[kind]
    at = bisect_left(words, name)
    return at < len(words) and words[at] == name


def is_city(name: str) -> bool:
    """Whether a city is called so, in any language."""
    return _is_in("cities", folded(name))


def is_region(name: str) -> bool:
    """Whether a country, or a state of the USA, is called so."""
    return _is_in("regions", folded(name))


def is_weekday(word: str) -> bool:
    """Whether a day of the week is called so, in any language, whole or short."""
    return _is_in("weekdays", folded(word).strip("."))


def is_unspaced(text: str) -> bool:
    """Whether a text has letters of a script that puts no blanks between words (Thai, Lao, Burmese, Khmer,
    kana, Han).
    """
    return _UNSPACED.search(text) is not None


def is_named_in(name: str, text: str) -> bool:
    """Whether a text names it as a place: after "in" or "at"; in a script without capitals, in two places at
    all.
    """
    if any(char.isupper() for char in name):
        return re.search(_BEFORE + re.escape(name) + r"(?!\w)", text, re.IGNORECASE) is not None
    if is_unspaced(name):
        return text.count(name) > 1
    return len(re.findall(rf"(?<!\w)[بلوف]{{0,2}}{re.escape(name)}(?!\w)", text)) > 1
