"""What the hits of a search can be narrowed by, and how many of them each choice leaves."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from newsspider.browse.charts import Bars, Value, bars
from newsspider.browse.searching import LONGEST, Asked, Found, Looked
from newsspider.browse.text import language_name, short

_SHOWN, _MOST = 6, 40  # choices that are shown, and that can be unfolded
_LONG = 62  # days; a longer range is counted by month
_YEARS = 36  # months; a longer range is counted by year
_DECADES = 100  # years; a longer range is counted by decade
_EARLIEST = (
    "1605-01-01"  # no news is older: the year of the first newspaper (World Association of Newspapers)
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a facet: its name (and the language of that), how many hits it leaves, the arguments of its address."""

    label: str
    count: int
    address: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its choices, the most frequent first. Where one of them is chosen, ``chosen`` is its name and ``without`` the
    arguments of the search without it.
    """

    title: str
    choices: Sequence[Choice] = ()
    more: Sequence[Choice] = ()
    left: int = 0  # choices that are not listed
    none: int = 0  # hits that have no such value
    unlikely: Sequence[Choice] = ()  # values that can't be right
    chosen: str | None = None
    without: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """The hits over time: a chart with its sentence, and stretches of time to choose."""

    facet: Facet
    chart: Bars | None
    label: str


def facets(asked: Asked, found: Found) -> tuple[Facet, ...]:
    """Source, place, author and language, in this order."""
    rows = found.rows
    names = {row["source"]: row["name"] for row in found.sources.values()}
    of_source = {row["source"]: row["language"] for row in found.sources.values()}
    ids = {number: row["source"] for number, row in found.sources.items()}
    return (
        _facet(asked, "source", (ids.get(row.source) for row in rows), names, of_source),
        _facet(asked, "place", (row.place for row in rows)),
        _facet(asked, "author", (name for row in rows for name in authors(row.byline) or (None,))),
        _facet(asked, "language", (row.language for row in rows)),
    )


def authors(byline: str | None) -> tuple[str, ...]:
    """The names of a byline, each once."""
    return tuple(dict.fromkeys(byline.split(", "))) if byline else ()


def _facet(
    asked: Asked,
    name: str,
    values: Iterable[str | None],
    labels: Mapping[str, str] | None = None,
    languages: Mapping[str, str | None] | None = None,
) -> Facet:
    counted = Counter(values)
    none = counted.pop(None, 0)
    chosen = getattr(asked, name)

    def label(value: str) -> str:
        return (
            language_name(value) or value if name == "language" else short((labels or {}).get(value, value))
        )

    title = "Place, as written" if name == "place" else name.capitalize()
    if chosen:
        return Facet(title, chosen=label(chosen), without=asked.but(**{name: ""}), none=none)
    ranked = sorted(
        ((value, count) for value, count in counted.items() if value and len(value) <= LONGEST),
        key=lambda pair: (-pair[1], pair[0]),
    )
    choices = [
        Choice(label(value), count, asked.but(**{name: value}), (languages or {}).get(value))
        for value, count in ranked[: _SHOWN + _MOST]
    ]
    left = max(0, len(ranked) - len(choices))
    return Facet(title, choices[:_SHOWN], choices[_SHOWN:], left, none)


def days(asked: Asked, rows: Sequence[Looked], latest: str) -> Days:
    """The hits by day, month, year or decade, whichever fits the range that they cover.

    Days before the first newspaper or after ``latest`` (YYYY-MM-DD) are wrong dates of pages: they are only counted.
    """
    dated = Counter(row.day for row in rows)
    none = dated.pop(None, 0)
    counted = {str(day): count for day, count in dated.items() if _EARLIEST <= str(day) <= latest}
    known = sorted(counted)
    facet = Facet("Day", none=none, unlikely=_unlikely(asked, dated, latest))
    facet = replace(facet, chosen=_chosen(asked), without=asked.but(since="", until=""))
    if not known:
        return Days(facet, None, "")
    first, last = date.fromisoformat(known[0]), date.fromisoformat(known[-1])
    cut = _cut(first, last)
    stretches: Counter[str] = Counter()
    for day, count in counted.items():
        stretches[day[:cut]] += count
    named = _between(first, last, cut)
    values = [
        Value(stretches[name], f"{_named(name)}: {stretches[name]:,}", _tick(name, place, len(named)))
        for place, name in enumerate(named)
    ]
    newest = [name for name in reversed(named) if stretches[name]]
    choices = [Choice(_named(name), stretches[name], asked.but(**_range(name))) for name in newest]
    by = {10: "day", 7: "month", 4: "year", 3: "decade"}[cut]
    most = max(stretches, key=lambda name: (stretches[name], name))
    label = f"Hits by {by}, {_named(named[0])} to {_named(named[-1])}: most in {_named(most)} ({stretches[most]:,})"
    if len(newest) > 1:
        facet = replace(facet, choices=choices[:_SHOWN], more=choices[_SHOWN : _SHOWN + _MOST])
    return Days(facet, bars(values, height=84, lines=2) if len(named) > 1 else None, label)


def _chosen(asked: Asked) -> str | None:
    """The days that a search is narrowed to, in words."""
    if asked.since and asked.since == asked.until:
        return f"on {_named(asked.since)}"
    ends = (("from", asked.since), ("until", asked.until))
    return " ".join(f"{word} {_named(day)}" for word, day in ends if day) or None


def _unlikely(asked: Asked, dated: Mapping[str | None, int], latest: str) -> tuple[Choice, ...]:
    """The hits of days that can't be right."""
    before = sum(count for day, count in dated.items() if str(day) < _EARLIEST)
    after = sum(count for day, count in dated.items() if str(day) > latest)
    eve = date.fromisoformat(_EARLIEST) - timedelta(days=1)
    following = date.fromisoformat(latest) + timedelta(days=1)
    made = (
        Choice(f"before {_EARLIEST[:4]}", before, asked.but(since="", until=str(eve))),
        Choice(f"after {_named(latest)}", after, asked.but(since=str(following), until="")),
    )
    return tuple(choice for choice in made if choice.count)


def _cut(first: date, last: date) -> int:
    """So many characters of a date tell the stretches into which a range is divided."""
    if (last - first).days < _LONG:
        return 10
    if (last - first).days < _YEARS * 31:
        return 7
    return 4 if last.year - first.year < _DECADES else 3


def _between(first: date, last: date, cut: int) -> list[str]:
    """The days, months, years or decades from one day to another, as the beginning of a date."""
    step = {10: 1, 7: 28, 4: 365, 3: 3650}[cut]
    whole = [first + timedelta(days=number) for number in range(0, (last - first).days + 1, step)]
    return sorted({day.isoformat()[:cut] for day in (*whole, last)})


def _named(stretch: str) -> str:
    """``24 Nov 2026``, ``Nov 2026``, ``2026`` or ``2020s``."""
    if len(stretch) <= 4:
        return stretch if len(stretch) == 4 else f"{stretch}0s"
    day = date.fromisoformat(stretch if len(stretch) == 10 else f"{stretch}-01")
    return f"{day.day} {day:%b %Y}" if len(stretch) == 10 else f"{day:%b %Y}"


def _tick(stretch: str, place: int, count: int) -> str:
    """The label of the first and the last bar."""
    if place not in (0, count - 1):
        return ""
    return _named(stretch) if len(stretch) < 10 else _named(stretch)[:-5]


def _range(stretch: str) -> dict[str, Any]:
    """The days of a stretch of time."""
    if len(stretch) == 10:
        return {"since": stretch, "until": stretch}
    if len(stretch) <= 4:
        return {"since": f"{stretch:0<4}-01-01", "until": f"{stretch:9<4}-12-31"}
    _, last = monthrange(int(stretch[:4]), int(stretch[5:]))
    return {"since": f"{stretch}-01", "until": f"{stretch}-{last}"}
