"""What is known of a site's time zone: the offset that its pages print, and the one zone of its country, if it has one.

An offset is no zone (``+07:00`` is that of four countries), so that nothing here is ever written as the source's zone
but offered to whoever knows where the newsroom is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from newsspider import clock
from newsspider.addresses import parts_of

# Country domains that the whole world uses: Google Search Central, "Managing multi-regional sites".
_WORLDWIDE = frozenset("ad ai as bz cc cd co dj fm io la me ms nu sc sr su tv tk ws".split())
_COUNTRY = {"uk": "GB"}  # the domains that are not ISO 3166's code


def offsets_of(times: Sequence[str]) -> list[str]:
    """The offsets that these times (ISO 8601) have, each once, as ``+07:00``; ``UTC``, which machines write wherever they
    stand; ``no zone``.
    """
    return sorted({_offset(_read(said)) for said in times})


def _offset(at: datetime) -> str:
    offset = at.utcoffset()
    return "no zone" if offset is None else at.isoformat()[-6:] if offset else "UTC"


def zone_of(home: str, times: Sequence[str]) -> str | None:
    """The zone of the country that a site's domain is of, if all of it has one time and no time of these says otherwise."""
    label = (parts_of(home).hostname or "").rpartition(".")[2]
    zones = () if label in _WORLDWIDE else _zones().get(_COUNTRY.get(label, label.upper()), ())
    if len({_offsets(zone) for zone in zones}) != 1:
        return None
    zone = ZoneInfo(zones[0])  # the table has the most populous one first
    return zones[0] if all(_fits(_read(said), zone) for said in times) else None


def _offsets(zone: str) -> tuple[timedelta | None, ...]:
    """From UTC, in winter and in summer."""
    year = clock.now().year
    return tuple(datetime(year, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7))


def _fits(at: datetime, zone: ZoneInfo) -> bool:
    return at.utcoffset() in (None, timedelta(0), at.astimezone(zone).utcoffset())


def _read(said: str) -> datetime:
    return datetime.fromisoformat(said)


@lru_cache(maxsize=1)
def _zones() -> dict[str, tuple[str, ...]]:
    """The zones of each country (ISO 3166), from the table of the time zone database."""
    found = defaultdict(list)
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            found[country].append(zone)
    return {country: tuple(zones) for country, zones in found.items()}
