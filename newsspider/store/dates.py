"""A date as a page gives it -> UTC for sorting, a day in the source's time zone for facets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from newsspider.clock import stamp

FIRST_YEAR = 1000  # no news is older; years of fewer digits would not sort


@dataclass(frozen=True, slots=True)
class Moment:
    """A date of a page: in UTC, the day in the source's zone, and whether the zone is the source's and not
    the page's.
    """

    utc: str
    day: str
    zone_assumed: bool


@lru_cache(maxsize=512)
def zone_of(name: str | None) -> tzinfo:
    """The time zone of that name; UTC where none is given."""
    return ZoneInfo(name) if name else UTC


def latest(text: str | None) -> str | None:
    """The last moment that an ISO 8601 date or time can mean, as the database writes times: of a day its end, without
    a zone that of the zone furthest west (UTC-12). None where it is none.
    """
    try:
        local = datetime.fromisoformat(text or "")
        if len(text or "") <= len("YYYY-MM-DD"):
            local += timedelta(days=1)
        return stamp(local if local.tzinfo else local.replace(tzinfo=timezone(timedelta(hours=-12))))
    except (OverflowError, ValueError):
        return None


def moment(text: str | None, zone: tzinfo) -> Moment | None:
    """Read an ISO 8601 date or time; None where it is none or before the year 1000. A date without a time is
    midnight, one without a zone is in ``zone``.
    """
    if not text:
        return None
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        return None
    assumed = local.tzinfo is None
    try:
        aware = local.replace(tzinfo=zone) if assumed else local
        day = local.date() if assumed else aware.astimezone(zone).date()
        utc = aware.astimezone(UTC)
        return Moment(stamp(utc), day.isoformat(), assumed) if utc.year >= FIRST_YEAR else None
    except (OverflowError, ValueError):
        return None
