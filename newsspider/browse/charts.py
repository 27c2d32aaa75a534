"""Charts as numbers: where bars, lines, cells and dots stand. The macros of ``charts.html`` draw them as SVG.

Across, everything is in per cent of the width; down, in px: no picture is scaled as a whole, so text keeps its size at any
width, and colours are classes of the style sheet. Each chart has a sentence that says what it shows, for who can't see it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

_LEFT = 4.2  # per cent that the labels of the scale take
_OVER = 8  # px above the highest line of the scale
_UNDER = 22  # px below the axis, for the labels
_FILLED = 0.76  # share of its place that a bar fills
_CELL, _STEP = 7, 9  # px: a night's width, and from one night to the next
_SEEN = 0.35  # per cent: what lasted but a moment is still to be seen
_ROUND = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Value:
    """One bar: its value (None: nothing is known, a gap), what it says, its label below, and whether it is paler."""

    value: float | None
    title: str
    tick: str = ""
    pale: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as it is drawn; ``gap``: a dashed outline where nothing is known."""

    x: float
    width: float
    y: float
    height: float
    title: str
    pale: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of an axis and where it stands; minor ones are left out where there is little room."""

    at: float
    label: str
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of bars: ``lines`` are the scale's, down from the top in px."""

    height: int
    left: float
    bars: tuple[Bar, ...]
    lines: tuple[Tick, ...]
    ticks: tuple[Tick, ...]


def scale(most: float, lines: int = 4) -> tuple[int, ...]:
    """Round numbers from 0 to at least ``most``, at most ``lines`` steps."""
    least = max(most, 1) / lines
    size = 10.0 ** math.floor(math.log10(least))
    steps = [size * factor for factor in _ROUND]
    step = int(next((step for step in steps if step >= least and step.is_integer()), 1))
    return tuple(range(0, step * math.ceil(max(most, 1) / step) + 1, step))


def bars(values: Sequence[Value], height: int = 170, lines: int = 4) -> Bars:
    """Bars side by side, ``height`` px with their labels; every second label is a minor one."""
    numbers = scale(max((value.value or 0 for value in values), default=0), lines)
    bottom, top = height - _UNDER, numbers[-1]

    def down(value: float) -> float:
        return round(bottom - (bottom - _OVER) * value / top, 1)

    place = (100 - _LEFT) / max(1, len(values))
    width = round(place * _FILLED, 2)
    drawn: list[Bar] = []
    ticks: list[Tick] = []
    for number, value in enumerate(values):
        x = round(_LEFT + place * number + (place - width) / 2, 2)
        known = value.value is not None
        y = down(value.value or 0) if known else _OVER
        drawn.append(Bar(x, width, y, round(bottom - y, 1), value.title, value.pale, not known))
        if value.tick:
            ticks.append(Tick(round(x + width / 2, 2), value.tick, len(ticks) % 2 == 1))
    return Bars(
        height,
        _LEFT,
        tuple(drawn),
        tuple(Tick(down(number), _short(number)) for number in numbers),
        tuple(ticks),
    )


def _short(number: int) -> str:
    """A number in so few characters that it fits beside a chart on a phone."""
    if number >= 1_000_000:
        return f"{number / 1_000_000:g}M"
    return f"{number / 1000:g}k" if number >= 10_000 else str(number)


@dataclass(frozen=True, slots=True)
class Spark:
    """A line without axes in a box of 100 by ``height``: each run of known values is a line and the area below it."""

    height: int
    lines: tuple[str, ...]
    areas: tuple[str, ...]


def spark(values: Sequence[float | None], height: int = 30, most: float | None = None) -> Spark:
    """A small line of values from 0 to the highest (or ``most``); None is a gap in it."""
    top = most or max((value for value in values if value is not None), default=0) or 1
    runs: list[list[tuple[float, float]]] = [[]]
    for number, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            x = 100 * number / max(1, len(values) - 1)
            runs[-1].append((round(x, 1), round(height - 3 - (height - 5) * min(value, top) / top, 1)))
    known = [
        run if len(run) > 1 else [(max(0, run[0][0] - 1), run[0][1]), (min(100, run[0][0] + 1), run[0][1])]
        for run in runs
        if run
    ]
    bottom = height - 2
    return Spark(
        height,
        tuple(" ".join(f"{x},{y}" for x, y in run) for run in known),
        tuple(
            " ".join(f"{x},{y}" for x, y in [(run[0][0], bottom), *run, (run[-1][0], bottom)])
            for run in known
        ),
    )


@dataclass(frozen=True, slots=True)
class Night:
    """A night of a source: ``good``, ``red``, ``quiet`` (nothing new, as on other such days) or ``none`` (no crawl)."""

    state: str
    day: str  # "22 Nov"
    title: str


@dataclass(frozen=True, slots=True)
class Nights:
    """A strip of nights, the oldest first: where each stands in px, and the sentence."""

    width: int
    cells: tuple[tuple[int, Night], ...]
    label: str


def nights(states: Sequence[Night]) -> Nights:
    """A strip of nights with the sentence that counts them and names the ones that were not good."""
    cells = tuple((number * _STEP, night) for number, night in enumerate(states))
    counted = Counter(night.state for night in states)
    said = []
    for state, words in (("good", "good"), ("red", "red"), ("quiet", "quiet"), ("none", "without crawl")):
        if counted[state]:
            named = (
                [night.day for night in states if night.state == state] if state in ("red", "none") else []
            )
            said.append(f"{counted[state]} {words}" + (f" ({_enumerated(named)})" if named else ""))
    plural = "" if len(states) == 1 else "s"
    return Nights(_STEP * len(states), cells, f"{len(states)} night{plural}: {', '.join(said) or 'none'}")


def _enumerated(names: Sequence[str], most: int = 5) -> str:
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of time across the page, both ends with their zones."""

    first: datetime
    last: datetime

    def at(self, moment: datetime) -> float:
        """Where a moment stands, in per cent; what lies outside stands at the end."""
        whole = (self.last - self.first).total_seconds() or 1
        return round(min(100, max(0, 100 * (moment - self.first).total_seconds() / whole)), 2)

    def span(self, start: datetime, end: datetime) -> tuple[float, float]:
        """Where something begins and how wide it is; what lasted but a moment is wide enough to be seen."""
        x, to = self.at(start), self.at(end)
        width = max(to - x, _SEEN)
        return round(min(x, 100 - width), 2), round(width, 2)

    def days(self, zone: tzinfo, most: int = 8) -> tuple[Tick, ...]:
        """The beginnings of days in a zone, at most so many of them, evenly apart."""
        day = self.first.astimezone(zone).date()
        last = self.last.astimezone(zone).date()
        step = timedelta(days=max(1, math.ceil(((last - day).days + 1) / most)))
        ticks: list[Tick] = []
        while day <= last:
            begins = datetime(day.year, day.month, day.day, tzinfo=zone)
            if self.first <= begins <= self.last:
                ticks.append(Tick(self.at(begins), f"{day.day} {day:%b}", len(ticks) % 2 == 1))
            day += step
        return tuple(ticks)


def radius(count: float, most: float, largest: float = 15, smallest: float = 2) -> float:
    """The radius of a dot, in px, of which the area stands for the count."""
    return round(max(smallest, largest * math.sqrt(count / most)), 1) if most else smallest
