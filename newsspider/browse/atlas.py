"""The maps of the page of places: of the world, and of the region that most of its articles are filed from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from newsspider.browse import maps, regions
from newsspider.browse.dots import Dot, Spot, dots
from newsspider.browse.places import Place

_SHOWN = 300  # places
_SAID = 5  # of them, in words
_EDGE = 0.015  # of a region, where dots would be cut off
# px that the maps are wide and high on a desktop: that of the world alone, beside that of a region, and that one
_ALONE = (1184, 513)
_BESIDE = (768, 333)
_REGION = (384, 288)

Projection = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map with its dots, the largest first, and a sentence that says what it shows."""

    map: maps.Map
    dots: Sequence[Dot]
    label: str

    @property
    def articles(self) -> int:
        """How many articles are filed from what it shows."""
        return sum(dot.spot.articles for dot in self.dots)


@dataclass(frozen=True, slots=True)
class Atlas:
    """The map of the world and, if there is one, that of a region, with its edge as a path on the former."""

    world: Drawn
    region: Drawn | None = None
    edge: str = ""


def draw(places: Sequence[Place]) -> Atlas:
    """The maps of these places, of which it is known where they are, the largest first."""
    shown = places[:_SHOWN]
    window = regions.closest([(p.city.longitude, p.city.latitude, p.articles) for p in shown if p.city])
    spots = _spots(shown, maps.project, maps.WIDTH, maps.HEIGHT)
    most = _most(places)
    label = f"World map of {len(places):,} places; most articles are filed from {most or 'nowhere'}."
    if not window:
        return Atlas(Drawn(maps.world(), dots(spots, *_ALONE), label))
    world = Drawn(maps.world(), dots(spots, *_BESIDE), label)
    held = _spots(shown, window.project, regions.WIDTH, regions.HEIGHT, _EDGE)
    region = Drawn(regions.region(window), dots(held, *_REGION), f"Map of the region of {_most(held)}.")
    return Atlas(world, region, regions.frame(window))


def _most(places: Sequence[Place] | Sequence[Spot]) -> str:
    return ", ".join(f"{place.name} ({place.articles:,})" for place in places[:_SAID])


def _spots(
    places: Sequence[Place], project: Projection, width: float, height: float, edge: float = 0
) -> list[Spot]:
    """The places that are on a map of that size, and not so close to its edge."""
    spots = []
    for place in places:
        if place.city:
            x, y = project(place.city.longitude, place.city.latitude)
            spot = Spot(x / width, y / height, place.name, place.country, place.articles)
            spots += [spot] if all(edge <= at <= 1 - edge for at in (spot.x, spot.y)) else []
    return spots
