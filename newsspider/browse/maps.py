"""A map of the world: where a place stands on it, and the coasts as a path of SVG.

The coasts are Natural Earth's (public domain); ``data/make_world.py`` draws them. The projection is Natural Earth's, too:
Tom Patterson's, as a polynomial by Bojan Šavrič (https://doi.org/10.3138/carto.46.3.161), cut off at 60° south.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

WIDTH, HEIGHT = 960, 416
_SCALE = WIDTH / 2 / 2.73539  # x of 180° east on the equator
_TOP = 1.4224  # y of the north pole, of which a strip of sea is left away


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a place stands on the map, from the left and from the top."""
    lam, phi = math.radians(longitude), math.radians(latitude)
    square = phi * phi
    fourth = square * square
    x = lam * (
        0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth))
    )
    y = phi * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth)))
    return WIDTH / 2 + _SCALE * x, _SCALE * (_TOP - y)


@dataclass(frozen=True, slots=True)
class Map:
    """A map to draw on: its size, and the land and the borders as paths in a box of that size."""

    width: int
    height: int
    land: str
    borders: str = ""


@lru_cache(maxsize=1)
def world() -> Map:
    """The map of the world."""
    land = (files("newsspider.browse") / "data" / "world.txt").read_text("utf-8").strip()
    return Map(WIDTH, HEIGHT, land)
