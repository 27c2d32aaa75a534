"""From which page on a field is not found any more that was found before, by the reckoning of ``newsspider.runs.drift``:
a single page that is built otherwise makes no turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import sqrt

from newsspider.runs.drift import ENOUGH, KNOWN, is_far_below
from newsspider.runs.turns.reading import Reader, Sample
from newsspider.source import LAYOUT_FIELDS, Layout, Source

_BEFORE = 100  # pages before a turn by which it is judged what was usual then
_TOGETHER = timedelta(days=2)  # turns of fields that lie so close are one


@dataclass(frozen=True, slots=True)
class Stop:
    """A field that is not found any more. ``selector``: the layout's, where it is that which finds nothing; ``usual`` and
    ``share``: of how many of the ``known`` pages before and of the ``count`` since then it was found.

    ``good``: the last page before on which it was, None where a selector never found anything; ``bad``: the first without.
    """

    field: str
    selector: str | None
    usual: float
    known: int
    share: float
    count: int
    good: Sample | None
    bad: Sample


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of the site's pages, and what it took away; ``since``: the samples from then on, of the present layout."""

    stops: tuple[Stop, ...]
    since: tuple[Sample, ...]

    @property
    def good(self) -> Sample | None:
        """The last good page."""
        return self.stops[0].good

    @property
    def bad(self) -> Sample:
        """The first bad one."""
        return self.stops[0].bad

    @property
    def until(self) -> date | None:
        """The last day of the former pages; None where there are none."""
        return self.good.at.date() if self.good else None


def find_turns(reader: Reader, source: Source, today: date) -> list[Turn]:
    """All turns of the pages since the source's present layout began, the oldest first; selectors that never found
    anything at the end.
    """
    reader.begin()
    layout = source.layout_at(today)
    selectors = layout.selectors if layout else {}
    found = [
        stop
        for field in LAYOUT_FIELDS
        if field != "kicker" and (stop := _stop(reader, source, layout, field, selectors.get(field)))
    ]
    pages = _present(reader, source, layout)
    never = tuple(stop for stop in found if stop.good is None)
    groups = _grouped([stop for stop in found if stop.good])
    turns = [
        Turn(tuple(group), tuple(one for one in pages if one.of.capture >= group[0].bad.of.capture))
        for group in groups
    ]
    return turns + ([Turn(never, tuple(pages))] if never else [])


def _present(reader: Reader, source: Source, layout: Layout | None) -> list[Sample]:
    """The pages that are read with the present layout: older ones have their own, which no turn of it changes."""
    return [one for one in reader.samples if source.layout_at(one.at.date()) == layout]


def _grouped(stops: list[Stop]) -> list[list[Stop]]:
    """Stops of about one time together, the surest of each first."""
    groups: list[list[Stop]] = []
    for stop in sorted(stops, key=lambda stop: stop.bad.of.capture):
        if groups and stop.bad.at - groups[-1][0].bad.at <= _TOGETHER:
            groups[-1].append(stop)
        else:
            groups.append([stop])
    return [sorted(group, key=lambda stop: stop.share - stop.usual) for group in groups]


def _stop(
    reader: Reader, source: Source, layout: Layout | None, field: str, selector: str | None
) -> Stop | None:
    """Where a field stopped: looked for ever closer, until no crawl lies between the pages on either side."""
    while True:
        pages = _present(reader, source, layout)
        has = [_has(one, field, selector is not None) for one in pages]
        place = boundary(has)
        if place is None:
            return _never(pages, has, field, selector)
        if not (between := reader.between(pages[place - 1], pages[place])):
            break
        reader.look_at(between[len(between) // 2])
    before = has[max(0, place - _BEFORE) : place]
    good = next(
        page for page, found in zip(pages[place - 1 :: -1], has[place - 1 :: -1], strict=True) if found
    )
    bad = next(page for page, found in zip(pages[place:], has[place:], strict=True) if not found)
    after = has[place:]
    return Stop(
        field,
        selector,
        sum(before) / len(before),
        len(before),
        sum(after) / len(after),
        len(after),
        good,
        bad,
    )


def _has(one: Sample, field: str, by_layout: bool) -> bool:
    if one.article is None:
        return False
    return one.article.provenance.get(field) == "layout" if by_layout else bool(getattr(one.article, field))


def _never(pages: Sequence[Sample], has: Sequence[bool], field: str, selector: str | None) -> Stop | None:
    if selector is None or len(pages) < ENOUGH or any(has):
        return None
    return Stop(field, selector, 0.0, 0, 0.0, len(pages), None, pages[-1])


def boundary(has: Sequence[bool]) -> int | None:
    """The place from which on something is far rarer than it was before; None where there is none, or too little to say."""
    sums = [0, *accumulate(has)]

    def shares(at: int) -> tuple[float, float, int, int]:
        begin, count = max(0, at - _BEFORE), len(has) - at
        return (sums[at] - sums[begin]) / (at - begin), (sums[-1] - sums[at]) / count, at - begin, count

    def worth(at: int) -> float:
        usual, share, known, count = shares(at)
        return (usual - share) * sqrt(count * known / (count + known))

    place = max(range(1, len(has)), key=worth, default=0)
    if place < KNOWN or len(has) - place < ENOUGH:
        return None
    usual, share, _, count = shares(place)
    return place if is_far_below(share, usual, count) else None
