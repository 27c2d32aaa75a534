"""Write ``newsspider/browse/data/world.txt``: ``python newsspider/browse/data/make_world.py LAND-110M.JSON``.

Takes the coasts of Natural Earth (public domain) as TopoJSON, ``land-110m.json`` of the npm package ``world-atlas`` 2.0.2 (ISC;
``npm pack world-atlas@2.0.2``), and writes them as the path of an SVG of 960 by 416, in the projection of
``newsspider.browse.maps``. Rings that cross the 180th meridian are cut there, else bands would lie across the map.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsspider.browse.maps import project

Point = tuple[float, float]


def rings(world: dict[str, Any]) -> Iterator[list[Point]]:
    """All rings of the land, longitude and latitude in degrees."""
    (sx, sy), (tx, ty) = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    for geometry in world["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            points = []
            for number in ring:
                points += arcs[number] if number >= 0 else arcs[~number][::-1]
            yield points


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
    for ring in rings(world):
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


if __name__ == "__main__":
    target = Path(__file__).parent / "world.txt"
    target.write_text(path(json.loads(Path(sys.argv[1]).read_text("utf-8"))) + "\n", "utf-8")
    sys.stdout.write(f"{target}: {target.stat().st_size} bytes\n")
