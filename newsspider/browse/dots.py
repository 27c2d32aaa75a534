"""Places on a map: where their dots stand, and which of them bear their names without covering each other.

Dots stand in per cent of a map, names beside them in px: they are laid out for the width that a map has on a desktop, and those
that have no room on a phone are left out there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsspider.browse import charts

_PHONE = 288  # px that a map is wide on the narrowest one
_ON_PHONE = 0.6  # of its size that a dot has there, as the style sheet says
_NAMES = 14
_LETTER, _LINE = 7, 15  # px of a name: a letter's width on average, and its height
_GAP = 4  # px from a dot to its name
_BIG = 5  # px: dots of such a radius are covered by no name

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a map, as shares of the map's width and height from the left and from the top."""

    x: float
    y: float
    name: str
    country: str
    articles: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot: per cent from the left and the top, radius in px. ``side`` is where its name stands: ``end`` behind it, ``start``
    before it, empty nowhere; a ``minor`` one is not there on a phone.
    """

    spot: Spot
    x: float
    y: float
    radius: float
    side: str = ""
    minor: bool = False


def dots(spots: Sequence[Spot], width: float, height: float) -> list[Dot]:
    """The dots of a map of that size in px; of places the largest first, which get their names first."""
    most = spots[0].articles if spots else 0
    radii = [charts.radius(spot.articles, most) for spot in spots]
    phone = _Room(_PHONE, _PHONE * height / width, spots, [_ON_PHONE * radius for radius in radii])
    room = _Room(width, height, spots, radii)
    drawn = []
    for number, (spot, radius) in enumerate(zip(spots, radii, strict=True)):
        sides = ("end", "start") if len(room.names) < _NAMES else ()
        side = next((side for side in sides if room.has(number, side)), "")
        minor = bool(side) and not phone.has(number, side)
        if side:
            room.take(number, side)
        if side and not minor:
            phone.take(number, side)
        drawn.append(Dot(spot, round(100 * spot.x, 2), round(100 * spot.y, 2), radius, side, minor))
    return drawn


class _Room:
    """What of a map of some size names have taken."""

    def __init__(self, width: float, height: float, spots: Sequence[Spot], radii: Sequence[float]) -> None:
        self._size = width, height
        self._dots = [
            (spot.x * width, spot.y * height, radius, spot.name)
            for spot, radius in zip(spots, radii, strict=True)
        ]
        self.names: list[Box] = []

    def has(self, number: int, side: str) -> bool:
        """Whether a name has room on that side of its dot."""
        box = self._box(number, side)
        within = box[0] >= 0 and box[1] >= 0 and box[2] <= self._size[0] and box[3] <= self._size[1]
        big = (
            (x - radius, y - radius, x + radius, y + radius)
            for one, (x, y, radius, _) in enumerate(self._dots)
            if radius >= _BIG and one != number
        )
        return within and not any(_touch(box, other) for other in (*self.names, *big))

    def take(self, number: int, side: str) -> None:
        """A name stands there."""
        self.names.append(self._box(number, side))

    def _box(self, number: int, side: str) -> Box:
        x, y, radius, name = self._dots[number]
        long = _LETTER * len(name)
        left = x + radius + _GAP if side == "end" else x - radius - _GAP - long
        return left, y - _LINE / 2, left + long, y + _LINE / 2


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
