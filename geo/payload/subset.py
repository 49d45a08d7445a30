"""What a document of one era leaves out: detail that nobody can see, and names of far towns.

The reader may still pan and zoom out; far land is there, only coarser.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from geo.model.catalogue import Era
from geo.model.features import Feature
from geo.payload.thinning import Detail, grow_bounds, thin_topology
from geo.payload.topology import Arcs
from geo.payload.viewports import MOST_ZOOM, opening_views

__all__ = ["near_era", "thin_for_era"]

OPENING: Final = 0.5
"""How far a line may be off in a view that a map opens with, pixels: nobody sees half of one."""

CLOSER: Final = (2, 1.0)
"""So many zoom levels further in, over the same ground, it may be off by so many pixels."""


PLACES: Final = 1.15
"""How far around its bounds a document of one era names towns, as a share of them."""


def thin_for_era(
    topology: Arcs, features: Sequence[Feature], era: Era, *, ground: int
) -> tuple[Arcs, int]:
    """Return the arcs of a single era's document, exact only where it opens, and their step.

    The step is in 0.001°. The first `ground` features are the base. Lines with dated vertices keep
    every vertex.
    """
    levels, pixels = CLOSER
    detail = Detail.in_pixels(
        (
            (view, min(OPENING, pixels / 2 ** min(levels, MOST_ZOOM - view.zoom)))
            for view in opening_views(era.bounds)
        ),
        latitude=era.bounds[3],
    )
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
