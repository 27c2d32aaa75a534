"""Two readings of an article's page, one after the other: what of their differences is a change of the article, and what
only shows that the page is built, or read, another way.

- A date of publication or modification that was known stays: nobody takes it off a story, so that one which is not found
  any more says something of the page alone. One that comes is no change either, and of two that are the same moment, or the
  one the day of the other, the fuller one stays.
- Another part (names, dateline, section ..) that vanishes is taken off by the publisher where the page is read as before;
  where it is read another way (``is_other_way``) it was not found, and stays as it is known.

What stays though the last reading did not find it has ``EARLIER`` in the article's provenance. Pure: knows no database.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Mapping
from typing import Any

from newsspider.store.plain import plain

# What counts as a change of an article; ticker and related links don't.
WATCHED = ("headline", "kicker", "summary", "byline", "dateline", "published", "section", "body")
EARLIER = "earlier"
_DATES = ("published", "modified")
# Parts that a page can lack: how they are called in the provenance, and their columns, the one that tells whether there is
# one first.
_PARTS = {
    "published": ("published", "published_local", "day"),
    "modified": ("modified", "modified_local"),
    "headline": ("headline",),
    "kicker": ("kicker",),
    "summary": ("summary",),
    "authors": ("byline", "authors"),
    "dateline": ("dateline", "dateline_place", "dateline_date", "dateline_agency"),
    "section": ("section",),
}
_OFF_THE_PAGE = ("feed", "url", EARLIER)
_COMES_AND_GOES = ("ticker", "related")
_TOGETHER = 3  # parts that vanish or come at once: no edit does that
_ZONE = re.compile(r"[+-]\d\d:?\d\d$")  # of a time

Values = Mapping[str, Any] | sqlite3.Row
Origins = Mapping[str, str]


def compare(before: Values, row: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The columns of an article after another reading of its page, and which of the ``WATCHED`` ones changed."""
    if before["digest"] == row["digest"] and before["modified"] == row["modified"]:
        return row, []
    was, now = _origins(before), _origins(row)
    other_way = is_other_way(was, now)
    stays: dict[str, str] = {}
    came = set()
    for part, (column, *_) in _PARTS.items():
        had, has = before[column], row[column]
        if had and has and part in _DATES and had != has:
            if _says_less(row[f"{part}_local"], before[f"{part}_local"], before, part):
                stays[part] = now.get(part, "")
            elif _says_less(before[f"{part}_local"], row[f"{part}_local"], row, part):
                came.add(column)
        elif had and not has and (part in _DATES or other_way or was.get(part) == EARLIER):
            stays[part] = EARLIER
        elif has and not had and (part in _DATES or other_way):
            came.add(column)
    made = _with(row, before, stays)
    return made, [name for name in WATCHED if name not in came and plain(before[name]) != plain(made[name])]


def read_today(known: Values, row: dict[str, Any]) -> dict[str, Any]:
    """The columns of the capture that a known state was read from, as it is read today, with what an earlier one told."""
    was = _origins(known)
    stays = {
        part: EARLIER for part, (column, *_) in _PARTS.items() if was.get(part) == EARLIER and not row[column]
    }
    return _with(row, known, stays)


def is_other_way(was: Origins, now: Origins) -> bool:
    """Whether a page is read another way than before, by the provenance of both readings: its date of publication comes from
    elsewhere on it, or is not there any more; one of modification has gone; most of what both have comes from elsewhere; or
    three parts came or went at once.
    """
    published, modified = ((_on_page(was, name), _on_page(now, name)) for name in _DATES)
    if published[0] != published[1] or (modified[0] and modified[0] != modified[1]):
        return True
    old, new = _found(was), _found(now)
    both = old.keys() & new.keys()
    elsewhere = sum(old[name] != new[name] for name in both)
    return 2 * elsewhere > len(both) or max(len(old.keys() - both), len(new.keys() - both)) >= _TOGETHER


def digest_of(row: Values) -> str:
    """A digest of what counts as a change."""
    text = "\x1f".join(plain(row[name]) for name in WATCHED)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _with(row: dict[str, Any], before: Values, stays: Mapping[str, str]) -> dict[str, Any]:
    """A reading with the parts of the one before that stay, each with where it is said to come from."""
    if not stays:
        return row
    was, now = _origins(before), dict(_origins(row))
    made = dict(row)
    for part, origin in stays.items():
        made |= {column: before[column] for column in _PARTS[part]}
        zone = f"{part}_zone"
        now.pop(zone, None)
        now |= {part: origin} | ({zone: was[zone]} if zone in was else {})
    made["provenance"] = json.dumps({name: value for name, value in now.items() if value}, ensure_ascii=False)
    made["digest"] = digest_of(made)
    return made


def _says_less(one: str, other: str, of: Values, part: str) -> bool:
    """Whether a date says nothing that the other, which is of ``of``, does not: it is its day, or lacks zone or seconds."""
    if "T" not in one:
        return one == other[:10] or (part == "published" and one == of["day"])
    if "T" not in other:
        return False
    (time, zone), (fuller, other_zone) = _timed(one), _timed(other)
    return fuller.startswith(time) and zone in ("", other_zone)


def _timed(text: str) -> tuple[str, str]:
    """A time without its zone, and without seconds that are none; and the zone."""
    text = text.replace("Z", "+00:00")
    zone = found[0] if (found := _ZONE.search(text)) else ""
    time = text.removesuffix(zone)
    return time.removesuffix(":00") if time.count(":") > 1 else time, zone


def _on_page(origins: Origins, name: str) -> str | None:
    origin = origins.get(name)
    return None if origin in _OFF_THE_PAGE else origin


def _found(origins: Origins) -> dict[str, str]:
    """What a reading found on the page, but its dates and what comes and goes."""
    return {
        name: origin
        for name, origin in origins.items()
        if origin not in _OFF_THE_PAGE
        and name not in (*_DATES, *_COMES_AND_GOES)
        and not name.endswith("_zone")
    }


def _origins(values: Values) -> Origins:
    found = json.loads(values["provenance"] or "{}")
    return found if isinstance(found, dict) else {}
