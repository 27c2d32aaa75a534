"""Write ``newsspider/browse/data/world.txt`` and ``outlines.json.gz``:
``python newsspider/browse/data/make_world.py LAND-110M.JSON COUNTRIES-50M.JSON``.

Takes Natural Earth (public domain) as TopoJSON of the npm package ``world-atlas`` 2.0.2 (ISC; ``npm pack world-atlas@2.0.2``).
The coasts of ``land-110m.json`` become the path of an SVG of 960 by 416, in the projection of ``newsspider.browse.maps``.
Rings that cross the 180th meridian are cut there, else bands would lie across the map.
The coasts and borders of ``countries-50m.json`` become lines of longitudes and latitudes for the maps of regions: in units
of ``UNITS`` a degree, the first point as it is, the others as steps, without what no such map can show.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from newsspider.browse.maps import project
from newsspider.browse.regions import UNITS

Point = tuple[float, float]
FINEST = 0.02  # degrees from the line within which a point is left out: half a pixel on the closest map


def arcs_of(world: dict[str, Any]) -> list[list[Point]]:
    """The lines of which rings are made, longitude and latitude in degrees."""
    (sx, sy), (tx, ty) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def numbers_of(world: dict[str, Any], name: str) -> Iterator[Iterator[list[int]]]:
    """By shape, the rings of one of its objects as the numbers of their lines."""
    for geometry in world["objects"][name]["geometries"]:
        known = geometry.get("arcs", ())
        yield (ring for polygon in ([known] if geometry["type"] == "Polygon" else known) for ring in polygon)


def rings(world: dict[str, Any], arcs: Sequence[list[Point]]) -> Iterator[list[Point]]:
    """All rings of the land."""
    for ring in (ring for shape in numbers_of(world, "land") for ring in shape):
        points: list[Point] = []
        for number in ring:
            points += arcs[number] if number >= 0 else arcs[~number][::-1]
        yield points


def borders(world: dict[str, Any], arcs: Sequence[list[Point]]) -> Iterator[list[Point]]:
    """The lines that two countries share."""
    of = Counter(
        number
        for shape in numbers_of(world, "countries")
        for number in {number if number >= 0 else ~number for ring in shape for number in ring}
    )
    yield from (arcs[number] for number, count in of.items() if count > 1)


def parts(ring: list[Point]) -> Iterator[list[Point]]:
    """A ring without jumps from one edge of the map to the other: its runs on either side."""
    run: list[Point] = []
    for point in ring:
        if run and abs(point[0] - run[-1][0]) > 180:
            yield run
            run = []
        run.append(point)
    yield run


def path(world: dict[str, Any]) -> str:
    """The land as a path; what is south of the map is left out."""
    drawn = []
    for ring in rings(world, arcs_of(world)):
        for part in parts(ring):
            points = list(
                dict.fromkeys((round(x, 1), round(y, 1)) for x, y in (project(*point) for point in part))
            )
            if len(points) > 2 and max(lat for _, lat in part) > -60:
                (x, y), *rest = points
                steps = []
                for to_x, to_y in rest:
                    steps.append(f"l{to_x - x:.1f} {to_y - y:.1f}".replace(".0", ""))
                    x, y = to_x, to_y
                drawn.append(f"M{points[0][0]:g} {points[0][1]:g}{''.join(steps)}z")
    return "".join(drawn)


def simpler(points: list[Point]) -> list[Point]:
    """A line without the points that lie close to it (Ramer, Douglas and Peucker)."""
    (ax, ay), (bx, by) = points[0], points[-1]
    length = math.hypot(bx - ax, by - ay)

    def away(point: Point) -> float:
        if not length:
            return math.hypot(point[0] - ax, point[1] - ay)
        return abs((bx - ax) * (ay - point[1]) - (ax - point[0]) * (by - ay)) / length

    number = max(range(len(points)), key=lambda one: away(points[one]))
    if len(points) < 3 or away(points[number]) <= FINEST:
        return [points[0], points[-1]]
    return simpler(points[: number + 1])[:-1] + simpler(points[number:])


def steps(line: list[Point]) -> list[int]:
    """A line in units: its first point, then from each point to the next; across the 180th meridian it goes on."""
    written: list[int] = []
    x = y = turned = 0
    for number, (longitude, latitude) in enumerate(line):
        if number and abs(longitude - line[number - 1][0]) > 180:
            turned += -360 if longitude > 0 else 360
        to_x, to_y = round(UNITS * (longitude + turned)), round(UNITS * latitude)
        if (to_x, to_y) != (x, y) or not number:
            written += [to_x - x, to_y - y]
        x, y = to_x, to_y
    return written


def outlines(world: dict[str, Any]) -> dict[str, list[list[int]]]:
    """Land as rings, borders as lines; without the Antarctic and specks."""
    arcs = [simpler(arc) for arc in arcs_of(world)]
    land = [steps(ring) for ring in rings(world, arcs) if max(lat for _, lat in ring) > -60]
    return {
        "land": [ring for ring in land if len(ring) > 6],
        "borders": [steps(line) for line in borders(world, arcs)],
    }


def main() -> None:
    """Write both files."""
    coarse, fine = (json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:])
    folder = Path(__file__).parent
    made = {
        "world.txt": f"{path(coarse)}\n".encode(),
        "outlines.json.gz": gzip.compress(
            json.dumps(outlines(fine), separators=(",", ":")).encode(), 9, mtime=0
        ),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
        sys.stdout.write(f"{folder / name}: {len(data)} bytes\n")


if __name__ == "__main__":
    main()
