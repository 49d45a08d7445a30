"""Features as a GeoDataFrame."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas
import numpy as np
from shapely.geometry import shape

from geo.model.features import Feature

__all__ = ["to_geodataframe"]

DATES = ("begin", "end")


def to_geodataframe(features: Sequence[Feature]) -> geopandas.GeoDataFrame:
    """Return features with their properties as columns, one row each, and their layer.

    Dates are of days and may be of any century: ``datetime64[s]``, NaT where time is open.
    """
    rows = [{"layer": feature.layer, **feature.properties} for feature in features]
    places = [shape(feature.geometry) if feature.geometry else None for feature in features]
    frame = geopandas.GeoDataFrame(rows, geometry=places, crs=4326)
    for name in DATES:
        days = [row.get(name) or "NaT" for row in rows]
        frame[name] = np.array(days, dtype="datetime64[s]")
    return frame
