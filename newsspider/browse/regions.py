"""The region from which most of the news is filed, and its map: coasts and borders in more detail than on that of the world.

It is drawn with equal steps of longitude and latitude, true to scale along its middle, so that it looks alike anywhere on the
earth. The outlines are Natural Earth's (public domain); ``data/make_world.py`` makes them.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise

from newsspider.browse.maps import Map, project

UNITS = 100  # of the outlines' numbers, a degree
WIDTH, HEIGHT = 800, 600
HEIGHTS = (10.0, 15.0, 22.0, 32.0, 44.0)  # degrees of latitude that a region may have
_SOUTH, _NORTH = -58.0, 84.0  # between which there are outlines
_CENTRES = 40  # of the largest places: around each a region is tried
_MASS = 0.5  # of what is counted: most of it
_MARGIN = 0.9  # of a region holds what it is chosen for, so that no dot is cut off at its edge
_EDGE = 12  # steps along an edge, which is bent on the map of the world
_OVER = 0.02  # of a region that is drawn beyond its edges

Point = tuple[float, float]
Counted = tuple[float, float, int]  # longitude, latitude, how much


@dataclass(frozen=True, slots=True)
class Window:
    """A region: its middle and its height, in degrees. Its map is 4 wide and 3 high: far north it spans more longitudes."""

    longitude: float
    latitude: float
    height: float

    @property
    def width(self) -> float:
        """Degrees of longitude."""
        return self.height * WIDTH / HEIGHT / math.cos(math.radians(self.latitude))

    def project(self, longitude: float, latitude: float) -> Point:
        """Where a place stands on the region's map, from the left and from the top; it may be outside."""
        across = _turned(longitude - self.longitude) / self.width
        return WIDTH * (0.5 + across), HEIGHT * (0.5 + (self.latitude - latitude) / self.height)


def _turned(degrees: float) -> float:
    """A difference of longitudes, the shorter way round the earth."""
    return (degrees + 180) % 360 - 180


def closest(places: Sequence[Counted]) -> Window | None:
    """The region in which most lies of what is counted at these places (the largest count first).

    It is the smallest that holds half of it, and more than one place, around one of the largest places; where none does,
    the largest one that holds most. None where even that would show one place alone.
    """
    enough = _MASS * sum(count for *_, count in places)
    for height in HEIGHTS:
        held = {window: _held(window, places) for window in _around(places[:_CENTRES], height)}
        counts = {window: sum(count for *_, count in inside) for window, inside in held.items()}
        best = max(counts, key=lambda window: (counts[window], len(held[window])), default=None)
        if best and len(held[best]) > 1 and (counts[best] >= enough or height == HEIGHTS[-1]):
            return _centred(best, held[best])
    return None


def _around(places: Sequence[Counted], height: float) -> list[Window]:
    return [_window(longitude, latitude, height) for longitude, latitude, _ in places]


def _window(longitude: float, latitude: float, height: float) -> Window:
    """A region around a place, where there are outlines."""
    within = min(max(latitude, _SOUTH + height / 2), _NORTH - height / 2)
    return Window(round(_turned(longitude), 1), round(within, 1), height)


def _held(window: Window, places: Sequence[Counted]) -> list[Counted]:
    """What of these lies in a region and not close to its edge."""
    east, north = _MARGIN * window.width / 2, _MARGIN * window.height / 2
    return [
        place
        for place in places
        if abs(place[1] - window.latitude) <= north and abs(_turned(place[0] - window.longitude)) <= east
    ]


def _centred(window: Window, held: Sequence[Counted]) -> Window:
    """The region with what it holds in its middle; as it is where something would fall out, since further north or south it
    spans other longitudes.
    """
    across = [_turned(longitude - window.longitude) for longitude, *_ in held]
    up = [latitude for _, latitude, _ in held]
    middle = window.longitude + (min(across) + max(across)) / 2
    moved = _window(middle, (min(up) + max(up)) / 2, window.height)
    return moved if len(_held(moved, held)) == len(held) else window


def frame(window: Window) -> str:
    """The edge of a region as a path on the map of the world; across the 180th meridian it is there twice."""
    corners = ((-0.5, 0.5), (0.5, 0.5), (0.5, -0.5), (-0.5, -0.5), (-0.5, 0.5))
    drawn = []
    for turn in _turns(window, -180, 180):
        points = [
            project(
                window.longitude + turn + window.width * (ax + (bx - ax) * step / _EDGE),
                window.latitude + window.height * (ay + (by - ay) * step / _EDGE),
            )
            for (ax, ay), (bx, by) in pairwise(corners)
            for step in range(_EDGE)
        ]
        drawn.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z")
    return "".join(drawn)


def _turns(window: Window, west: float, east: float) -> Iterator[int]:
    """By how many degrees a region must be turned to reach what lies between two longitudes."""
    for turn in (-360, 0, 360):
        first, last = (window.longitude + turn + half * window.width for half in (-0.5, 0.5))
        if last > west and first < east:
            yield turn


@lru_cache(maxsize=64)
def region(window: Window) -> Map:
    """The map of a region."""
    land = [_path(_within(ring)) + "z" for line in _outlines()["land"] for ring in _near(window, line)]
    borders = [
        _path(run) for line in _outlines()["borders"] for near in _near(window, line) for run in _runs(near)
    ]
    return Map(WIDTH, HEIGHT, "".join(path for path in land if path != "z"), "".join(borders))


@lru_cache(maxsize=1)
def _outlines() -> Mapping[str, Sequence[Sequence[Point]]]:
    """``land``, as rings, and ``borders``: lines of longitudes and latitudes."""
    data = (files("newsspider.browse") / "data" / "outlines.json.gz").read_bytes()
    return {
        name: [
            [*zip(*([n / UNITS for n in accumulate(line[at::2])] for at in (0, 1)), strict=True)]
            for line in lines
        ]
        for name, lines in json.loads(gzip.decompress(data)).items()
    }


def _near(window: Window, line: Sequence[Point]) -> Iterator[list[Point]]:
    """A line as it stands on a region's map, if it comes near; twice, where both its ends do around the earth."""
    south, north = window.latitude - window.height / 2, window.latitude + window.height / 2
    if min(y for _, y in line) > north or max(y for _, y in line) < south:
        return
    for turn in _turns(window, min(x for x, _ in line), max(x for x, _ in line)):
        west = window.longitude + turn - window.width / 2
        yield [(WIDTH * (x - west) / window.width, HEIGHT * (north - y) / window.height) for x, y in line]


def _within(ring: Sequence[Point]) -> list[Point]:
    """What of a ring is on the map and a little beyond (Sutherland and Hodgman)."""
    points = list(ring)
    for axis, size in enumerate((WIDTH, HEIGHT)):
        for sign, end in ((-1, _OVER * size), (1, (1 + _OVER) * size)):
            points = list(_cut(points, axis, sign, end))
    return points


def _cut(ring: Sequence[Point], axis: int, sign: int, end: float) -> Iterator[Point]:
    """What of a ring lies on one side of a line: to the left or above (1: up to ``end``), or to the right or below (-1:
    from ``-end`` on).
    """
    for number, point in enumerate(ring):
        last = ring[number - 1]
        over, was_over = (sign * one[axis] - end for one in (point, last))
        if over * was_over < 0:
            share = was_over / (was_over - over)
            yield (last[0] + (point[0] - last[0]) * share, last[1] + (point[1] - last[1]) * share)
        if over <= 0:
            yield point


def _runs(line: Sequence[Point]) -> Iterator[list[Point]]:
    """The parts of a line that are on the map, each with the next point beyond its edge."""
    run: list[Point] = []
    for start, end in pairwise(line):
        if _crosses(start, end):
            run = run or [start]
            run.append(end)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _crosses(start: Point, end: Point) -> bool:
    """Whether a step may be seen on the map."""
    return all(
        max(a, b) >= 0 and min(a, b) <= size for a, b, size in zip(start, end, (WIDTH, HEIGHT), strict=True)
    )


def _path(points: Sequence[Point]) -> str:
    """A line as a path of SVG, in whole pixels; empty where it is none."""
    whole = [(round(x), round(y)) for x, y in points]
    kept = [point for number, point in enumerate(whole) if not number or point != whole[number - 1]]
    if len(kept) < 2:
        return ""
    steps = " ".join(f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{steps}"
