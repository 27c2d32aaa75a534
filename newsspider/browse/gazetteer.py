"""Where places of datelines are: a list of the larger cities of every country, with their names in many scripts.

From GeoNames (geonames.org, CC BY 4.0) and Unicode CLDR; ``data/make_gazetteer.py`` makes it. It is loaded when first asked
for (0.4 s).
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from newsspider.browse.snippets import folded

_SAINT = re.compile(r"\bst\b")
# The word for a city, before or behind its name, in scripts that don't set it apart or papers that write it: as GeoNames has
# names with and without it.
_CITY = re.compile(
    r"^(?:(?:ទី)?ក្រុង|ราชธานี|เทศบาล(?:นคร|เมือง)|กรุง|นคร|ນະຄອນ(?:ຫຼວງ)?|مدينة |شهر |thành phố |tp\.? ?|г\. ?|м\. ?)(?=..)"
    r"|(?<=..)(?:[市縣县]|特[别別]市|特[区區]|(?:특별|광역|직할)?시|မြို့(?:တော်)?| қаласы| шаары| шәһәре| хот| şəhəri)$",
    re.IGNORECASE,
)
_SAME = 0.3  # degrees within which cities of one name in one country are one place
FAR_BIGGER = 5  # times as many inhabitants: who writes its name without a word more means this city


@dataclass(frozen=True, slots=True)
class City:
    """A city: its name, the code of its country (ISO 3166), degrees, inhabitants."""

    name: str
    country: str
    latitude: float
    longitude: float
    people: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a name means: a city; none where no city is called so, or, ``ambiguous``, where several are."""

    city: City | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    cities: Mapping[str, Sequence[City]]  # by folded name, the largest first
    others: Mapping[str, Sequence[City]]  # by other names, of other languages and times
    zones: Mapping[str, str]
    countries: Mapping[str, str]


def key(name: str) -> str:
    """What names are looked up by: folded, without punctuation, with saints in full."""
    return _SAINT.sub("saint", " ".join(folded(name).split()))


def bare(name: str) -> str:
    """A name without the word for a city."""
    return _CITY.sub("", name)


@lru_cache(maxsize=1)
def _gazetteer() -> _Gazetteer:
    data = (files("newsspider.browse") / "data" / "gazetteer.json.gz").read_bytes()
    known = json.loads(gzip.decompress(data))
    cities: dict[str, list[City]] = defaultdict(list)
    by_other: dict[str, list[City]] = defaultdict(list)
    for line in known["cities"].split("\n"):
        name, country, latitude, longitude, people, others = line.split("\t")
        city = City(name, country, float(latitude), float(longitude), int(people))
        cities[key(name)].append(city)
        for other in filter(None, others.split("|")):
            by_other[other].append(city)
    return _Gazetteer(cities, by_other, known["zones"], known["countries"])


def load() -> None:
    """Have it loaded now."""
    _gazetteer()


def country_name(code: str) -> str:
    """The English name of a country."""
    return _gazetteer().countries.get(code, code)


def country_of(zone: str | None) -> str | None:
    """The country of a time zone (IANA): that of most of its people."""
    return _gazetteer().zones.get(zone or "")


@lru_cache(maxsize=20_000)
def find(place: str, country: str | None = None) -> Found:
    """The city that a dateline names in a paper of this country. Of several cities of one name it is the one that is far
    bigger than the others, else the biggest in the paper's own country, if there is one far bigger there. What is a city's
    first name is no other's second one.
    """
    known = _apart(_called(place) or _called(bare(place)))
    for some in (known, [city for city in known if city.country == country]):
        if some and (len(some) == 1 or some[0].people >= FAR_BIGGER * some[1].people):
            return Found(some[0])
    return Found(ambiguous=bool(known))


def _called(place: str) -> Sequence[City]:
    """The cities of that name, the largest first."""
    name = key(place)
    return _gazetteer().cities.get(name) or _gazetteer().others.get(name, ())


def _apart(cities: Sequence[City]) -> list[City]:
    """Of these, the largest first, those that lie apart: a city and its district, or one that is listed twice, are one place."""
    found: list[City] = []
    for city in cities:
        if not any(
            city.country == other.country
            and abs(city.latitude - other.latitude) < _SAME
            and abs(city.longitude - other.longitude) < _SAME
            for other in found
        ):
            found.append(city)
    return found
