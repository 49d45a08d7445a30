"""What a document of one era leaves out: detail that nobody looks at, and names of far towns.

The reader may still pan and zoom out; far land is there, only coarser.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from geo.catalogue import Era
from geo.features import Feature
from geo.thinning import Detail, grow_bounds, thin_topology
from geo.topology import DECIMALS, Arcs

__all__ = ["near_era", "thin_for_era"]

SURROUNDINGS: Final = 0.9
"""What a document of one era shows in full, as a share of the era's bounds."""

NEAR: Final = 1 / 850
"""How far its lines may be off there, of the bounds: 1.2 pixels when they are 1000."""

FARTHER: Final = 0.1
"""How much more for each degree outside, degrees."""

PLACES: Final = 1.15
"""How far around its bounds a document of one era names towns, as a share of them."""


def thin_for_era(
    topology: Arcs, features: Sequence[Feature], era: Era, *, ground: int
) -> tuple[Arcs, int]:
    """Return the arcs of a single era's document, exact only where it looks, and their step.

    The step is in 0.001°. The first `ground` features are the base. Lines with dated vertices keep
    every vertex.
    """
    detail = _detail(era.bounds, NEAR, FARTHER, share=SURROUNDINGS)
    dated = [index for index, feature in enumerate(features) if "dates" in feature.properties]
    thinned = thin_topology(
        topology,
        detail,
        exact={number for index in dated for number in topology.numbers(index)},
        lasting={
            number for index in range(ground, len(features)) for number in topology.numbers(index)
        },
    )
    return thinned, detail.step


def near_era(places: Iterable[Feature], era: Era) -> list[Feature]:
    """Return the places that the document of a single era names."""
    west, south, east, north = grow_bounds(era.bounds, share=PLACES)
    positions = ((place, place.geometry["coordinates"]) for place in places)
    return [place for place, (x, y) in positions if west <= x <= east and south <= y <= north]


def _detail(bounds: Sequence[float], near: float, farther: float, *, share: float) -> Detail:
    """Return what may be off around bounds: `near` is a share of their longer side."""
    west, south, east, north = bounds
    allowed = near * max(east - west, north - south)
    step = max(1, int(allowed * 10**DECIMALS / 2))
    return Detail(grow_bounds(bounds, share=share), allowed, farther, step)
