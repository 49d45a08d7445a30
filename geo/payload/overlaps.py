"""What follows what on the same ground: overlaps between areas of different times.

The document's comparison of two eras reads them: an area that ends where another of the same actor
begins has changed its status or extent, and by how much is a matter of measuring, not of writing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final

import shapely
from shapely.geometry import shape

from geo.geometry.geodesic import area_km2
from geo.model.features import Feature
from geo.model.neutral import painted

__all__ = ["measure_overlaps"]

LEAST: Final = 0.1
"""Share of the smaller area that must be common: less is two areas that touch."""

MOST: Final = 400
"""Areas compared with each other at most: every two of more would take minutes."""


def measure_overlaps(
    features: Sequence[Feature], held: Sequence[frozenset[int]]
) -> list[tuple[int, int, int]]:
    """Return (index, index, km²) of areas of one actor that overlap and can follow each other.

    `held` gives for each feature the numbers of the eras it is in; areas that are always there
    together follow nothing, and neither do areas when there are more than :data:`MOST`. The km² are
    those of the common ground on the WGS 84 ellipsoid.
    """
    areas = [
        index
        for index, feature in enumerate(features)
        if feature.geometry_type.endswith("Polygon") and painted(feature.properties)
    ]
    if len(areas) > MOST:
        return []
    shapes = {index: shape(features[index].geometry) for index in areas}
    overlaps = []
    for one, other in combinations(areas, 2):
        if painted(features[one].properties) != painted(features[other].properties):
            continue
        if held[one] <= held[other] or held[other] <= held[one]:
            continue
        common = shapely.intersection(shapes[one], shapes[other])
        if common.area >= LEAST * min(shapes[one].area, shapes[other].area):
            overlaps.append((one, other, round(area_km2(common))))
    return overlaps
