"""The days that a backfill is of, as moments: those of captures."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from newsspider.records import Window
from newsspider.source import Source

Bounds = tuple[datetime | None, datetime | None]  # the first and the last second, UTC; None: open


def bounds(window: Window, source: Source) -> Bounds:
    """When the days of a window begin and end in the source's time zone."""
    zone = ZoneInfo(source.timezone) if source.timezone else UTC
    begin = end = None
    if window.since:
        begin = datetime.combine(window.since, time.min, zone).astimezone(UTC)
    if window.until:
        following = datetime.combine(window.until + timedelta(days=1), time.min, zone)
        end = following.astimezone(UTC) - timedelta(seconds=1)
    return begin, end


def as_words(window: Window) -> dict[str, str | None]:
    """A window as a backfill's row names it."""
    days = {"since": window.since, "until": window.until}
    return {name: day.isoformat() if day else None for name, day in days.items()}


def is_within(moment: datetime, limits: Bounds) -> bool:
    """Whether a moment lies in a window."""
    begin, end = limits
    second = moment.replace(microsecond=0)
    return (begin is None or begin <= second) and (end is None or second <= end)
