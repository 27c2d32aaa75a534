"""The time of day beside a date in a text, with its zone where one is printed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from newsspider.split.months import AM, PM

_REACH = 40  # characters beside a date in which its time stands

# Zone abbreviations that news pages print (IANA time zone database). IST is read as India's; Israel's and
# Ireland's are hardly ever printed.
_FIXED = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "CET": 1, "MEZ": 1, "WAT": 1, "WEST": 1, "CEST": 2,
    "MESZ": 2, "EET": 2, "SAST": 2, "CAT": 2, "EEST": 3, "MSK": 3, "EAT": 3, "TRT": 3, "PKT": 5, "IST": 5.5,
    "NPT": 5.75, "BDT": 6, "ICT": 7, "WIB": 7, "WITA": 8, "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "PST": -8,
    "PDT": -7, "MST": -7, "MDT": -6, "CST": -6, "CDT": -5, "EST": -5, "EDT": -4, "AST": -4, "ADT": -3, "NST":
    -3.5, "BRT": -3, "JST": 9, "KST": 9, "WIT": 9, "ACST": 9.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT":
    13,
}  # fmt: skip
_SEASONAL = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}

_HALF = "|".join(sorted(map(re.escape, AM | PM), key=len, reverse=True))
_CLOCK = re.compile(
    rf"(?:(?P<pre>{_HALF})\s{{0,2}})?(?<![\d.,:/-])(?P<h>\d{{1,2}})"
    r"(?:(?P<sep>\s?[:.h]\s?|\s?(?:uhr|[時时點点])\s?|시\s?)(?P<m>[0-5]\d)(?!\d"
    r"|[.,/]\d)(?:\s?[:分분]\s?(?P<s>[0-5]\d)(?!\d))?"
    r"|(?=\s?(?:h\b|uhr\b|[時时點点시]))|(?=\s?[ap]\.?m\b))"
    rf"[분分]?(?:\s?(?P<post>{_HALF})(?![^\W\d_]))?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\.?\s{0,2}\(?(?:(?:UTC|GMT)\s?(?P<shift>[+-]\s?\d{1,2}(?::?\d{2})?)|(?P<bare>[+-]\d{2}:?\d{2})"
    r"|(?P<name>[A-Z]{1,4})\b)"
)
# What may stand between a date and the time after it (marks, one or two short words), and between a time and
# the date after it (the end of the time, a weekday).
_GAP_AFTER = re.compile(r"[^\w]{0,6}(?:[^\W\d]{1,6}[^\w]{1,3}){0,2}")
_GAP_BEFORE = re.compile(r"[^\d]{0,24}")


def clock_after(text: str, end: int, day: date) -> time | None:
    """The time that follows a date which ends at ``end``; aware where a zone is printed."""
    window = text[end : end + _REACH]
    if window[:1] in ("日", "일"):
        window = window[1:]
    found = _CLOCK.search(window)
    if found is None or not _GAP_AFTER.fullmatch(re.sub(r"^[^\W\d]+日?", "", window[: found.start()])):
        return None
    return _read(found, window, day)


def clock_before(text: str, start: int, day: date) -> time | None:
    """The time that stands before a date which starts at ``start``."""
    offset = max(0, start - _REACH)
    window = text[offset:start]
    found = None
    for found in _CLOCK.finditer(window):  # noqa: B007  the last one is wanted
        pass
    if found is None or not _GAP_BEFORE.fullmatch(window[found.end() :]):
        return None
    return _read(found, window, day)


def _read(found: re.Match[str], window: str, day: date) -> time | None:
    hour, minute, second = int(found["h"]), int(found["m"] or 0), int(found["s"] or 0)
    half = (found["post"] or found["pre"] or "").casefold()
    if (
        found["m"] is None
        and not half
        and window[found.end() : found.end() + 3].strip()[:2].casefold() in ("am", "pm")
    ):
        half = window[found.end() : found.end() + 3].strip()[:2].casefold()
    if hour <= 12 and half:
        hour = hour % 12 + (12 if half in PM else 0)
    if hour > 23:
        return None
    naive = time(hour, minute, second)
    return naive.replace(tzinfo=_zone(window[found.end() :], datetime.combine(day, naive)))


def _zone(rest: str, local: datetime) -> tzinfo | None:
    found = _ZONE.match(rest)
    if found is None:
        return None
    shift = found["shift"] or found["bare"]
    if shift:
        return _shifted(shift)
    name = found["name"]
    if name in _SEASONAL:
        offset = ZoneInfo(_SEASONAL[name]).utcoffset(local)
        return timezone(offset) if offset is not None else None
    return _hours(_FIXED[name]) if name in _FIXED else None


def _shifted(shift: str) -> timezone | None:
    digits = re.sub(r"\D", "", shift)
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        return None
    return _hours((hours + minutes / 60) * (-1 if shift[0] == "-" else 1))


def _hours(hours: float) -> timezone:
    return timezone(timedelta(minutes=round(hours * 60))) if hours else UTC


def has_clock(text: str) -> bool:
    """Whether a text gives a time of day in figures."""
    return _COLON_CLOCK.search(text) is not None


_COLON_CLOCK = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:.h][0-5]\d(?!\d|[.,%]\d)")
