"""The one place where a crawl reads the time, so that nights can be simulated."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from newsspider.errors import UsageError

ENVIRONMENT = "NEWSSPIDER_NOW"


def _offset() -> timedelta:
    start = os.environ.get(ENVIRONMENT)
    if not start:
        return timedelta(0)
    try:
        return datetime.fromisoformat(start).astimezone(UTC) - datetime.now(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(ENVIRONMENT, f"{start!r} is no time", "write it as 2026-11-24T02:30:00Z") from error


_OFFSET = _offset()


def now() -> datetime:
    """The present time, aware, in UTC.

    Where the environment names a time in ``NEWSSPIDER_NOW`` (ISO 8601, with zone), the process starts at that
    time and goes on from there.
    """
    return datetime.now(UTC) + _OFFSET


def stamp(moment: datetime) -> str:
    """A moment as every time in the database is written: ``YYYY-MM-DDTHH:MM:SSZ``, in UTC."""
    return _stamp(moment.replace(microsecond=0))


@lru_cache(maxsize=1024)
def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
