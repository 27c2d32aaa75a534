"""The time of day beside a date in a text, with its zone where one is printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from newsspider.split.months import AM, NIGHT, PM
from newsspider.split.places import is_weekday

_REACH = 40  # characters beside a date in which its time stands

# Zone abbreviations that news pages print (IANA time zone database). IST is read as India's; Israel's and
# Ireland's are hardly ever printed.
_FIXED = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "CET": 1, "MEZ": 1, "WAT": 1, "WEST": 1, "CEST": 2,
    "MESZ": 2, "EET": 2, "SAST": 2, "CAT": 2, "EEST": 3, "MSK": 3, "EAT": 3, "TRT": 3, "PKT": 5, "IST": 5.5,
    "AZT": 4, "GST": 4, "AFT": 4.5, "UZT": 5, "IRST": 3.5, "MMT": 6.5, "AWST": 8, "ACDT": 10.5, "AKST": -9,
    "AKDT": -8, "HST": -10, "NDT": -2.5, "ART": -3, "COT": -5, "PET": -5, "PYT": -3, "UYT": -3, "МСК": 3,
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

_HALF = "|".join(sorted(map(re.escape, AM | PM | NIGHT), key=len, reverse=True))
_CLOCK = re.compile(
    rf"(?:(?P<pre>{_HALF})\s{{0,2}})?(?<![\d.,:/-])(?P<h>\d{{1,2}})"
    r"(?:(?P<sep>\s?[:.h]\s?|\s?(?:uhr|цаг|[時时點点])\s?|시\s?)(?P<m>[0-5]\d|\d(?=\s?(?:[分분]|мин)))(?!\d"
    r"|[.,/]\d)(?:\s?[:分분]\s?(?P<s>[0-5]\d)(?!\d))?"
    r"|(?=\s?(?:h\b|uhr\b|[時时點点시]))|(?=\s?[ap]\.?m\b))"
    rf"[분分]?(?:\s?(?P<post>{_HALF})(?![^\W\d_]))?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\.?\s{0,2}(?:(?:[Uu]hr|[Hh]rs?|hs|h)\b\.?\s)?\(?(?:(?:UTC|GMT)\s?(?P<shift>[+-]\s?\d{1,2}(?::?\d{2})?)"
    r"|(?P<bare>[+-]\d{2}:?\d{2})|(?P<name>[A-Z]{1,4}|МСК|мск)\b"
    r"|(?P<gmt>بتوقيت (?:غرينتش|جرينتش)|به وقت گرینویچ|گرینویچ))"
)
# What may stand between a date and the time after it (marks, one or two short words), and between a time and
# the date after it (the end of the time, a weekday).
_GAP_AFTER = re.compile(r"[^\w]{0,6}(?:[^\W\d]{1,8}[^\w]{1,3}){0,2}")
_GAP_WORD = re.compile(r"[^\s\d,.;()\[\]|/·•–—-]{2,}")
_DECLINED = re.compile(r"^[^\W\d]+日?")
_OTHERS = re.compile(
    r"[|·•–—/].*[^\W\d]{5}"
)  # a bar and a long word: the time of something else ("| Updated 9:10")
_ALONE = 24  # characters
_GAP_BEFORE = re.compile(r"[^\d]{0,24}")


class Beside(NamedTuple):
    """A time beside a date: where it stands in the text, how far away, and itself."""

    at: int
    gap: int
    clock: time


def clocks_beside(text: str, dates: Sequence[tuple[int, int, date]]) -> list[time | None]:
    """The time of each date (start, end, day) in a text: the nearer of those before and after it; one between two
    dates is the nearer date's.
    """
    after = [clock_after(text, end, day) for _, end, day in dates]
    before = [clock_before(text, start, day) for start, _, day in dates]
    for number, (mine, theirs) in enumerate(zip(after, before[1:], strict=False)):
        if mine and theirs and mine.at == theirs.at:
            if theirs.gap < mine.gap:
                after[number] = None
            else:
                before[number + 1] = None
    found: list[time | None] = []
    for one, other in zip(after, before, strict=True):
        nearer = other if one is None or (other and other.gap < one.gap) else one
        found.append(nearer.clock if nearer else None)
    return found


def clock_after(text: str, end: int, day: date) -> Beside | None:
    """The time that follows a date which ends at ``end``; aware where a zone is printed."""
    window = text[end : end + _REACH]
    if window[:1] in ("日", "일"):
        end, window = end + 1, window[1:]
    found = _CLOCK.search(window)
    if found is None:
        return None
    gap = _DECLINED.sub("", window[: found.start()])
    gap = _GAP_WORD.sub(lambda word: "" if is_weekday(word[0]) else word[0], gap)
    if not _GAP_AFTER.fullmatch(gap) or _OTHERS.search(gap):
        return None
    return _beside(found, window, day, end, found.start())


def clock_before(text: str, start: int, day: date) -> Beside | None:
    """The time that stands before a date which starts at ``start``."""
    offset = max(0, start - _REACH)
    window = text[offset:start]
    found = None
    for found in _CLOCK.finditer(window):  # noqa: B007  the last one is wanted
        pass
    if found is None or not _GAP_BEFORE.fullmatch(window[found.end() :]):
        return None
    return _beside(found, window, day, offset, len(window) - found.end())


def clock_alone(text: str, day: date) -> time | None:
    """The time of a text that tells nothing else, a word or two and the zone aside ("at 2:05 pm ET")."""
    found = _CLOCK.search(text) if len(text) <= _ALONE else None
    if found is None or not (found["m"] or found["post"] or found["pre"]):
        return None
    rest = text[: found.start()] + _ZONE.sub("", text[found.end() :], count=1)
    if any(char.isdigit() for char in rest) or sum(char.isalpha() for char in rest) > 8:
        return None
    return _read(found, text, day)


def _beside(found: re.Match[str], window: str, day: date, offset: int, gap: int) -> Beside | None:
    clock = _read(found, window, day)
    return Beside(offset + found.start(), gap, clock) if clock else None


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
        late = half in PM or (half in NIGHT and 6 <= hour < 12)
        hour = hour % 12 + (12 if late else 0)
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
    if found["gmt"]:
        return UTC
    name = found["name"].upper()
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
