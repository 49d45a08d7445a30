"""Web Mercator (EPSG:3857) on the unit square, as web maps use it: x east, y south."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["TILE", "Points", "to_unit"]

TILE = 256
"""Pixels around the world at zoom 0."""

Points = NDArray[np.float64]
"""One point a row."""


def to_unit(positions: ArrayLike) -> Points:
    """Return longitudes and latitudes (degrees) on the unit square."""
    longitude, latitude = np.asarray(positions, dtype=float).T
    phi = np.radians(np.clip(latitude, -85, 85))
    y = 0.5 - np.log(np.tan(phi) + 1 / np.cos(phi)) / (2 * np.pi)
    return np.column_stack(((longitude + 180) / 360, y))
