"""How far a state reaches along its parallels: what the drawing core needs to name it in any view.

Its outline would say the same at twenty times the size; a name needs level room and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = ["stretches_of"]

STEP: Final = 1
"""Degrees between parallels."""

LEAST: Final = 1
"""Degrees a stretch has at least; where a state has only less, it is named at its own point."""

SAME: Final = 1e-9
"""Degrees between two stretches that meet."""

FAR: Final = (20.0, 85.0)
"""Meridians between which names may stand: the region's base has no more."""

Edges = NDArray[np.float64]


def stretches_of(geometry: Mapping[str, Any]) -> list[list[float]]:
    """Return `[latitude, west, east, west, east, ...]` for each parallel that a state lies on.

    Ends are rounded inwards to half degrees, so every stretch lies inside the state.
    """
    edges = _edges_of(shapely.geometry.shape(geometry))
    south, north = edges[:, [1, 3]].min(), edges[:, [1, 3]].max()
    rows = []
    for latitude in range(ceil(south / STEP) * STEP, floor(north / STEP) * STEP + 1, STEP):
        ends = [end for part in _inside_on(edges, latitude) for end in _rounded_inwards(*part)]
        if ends:
            rows.append([latitude, *ends])
    return rows


def _edges_of(area: shapely.Geometry) -> Edges:
    """Return the edges of all rings, n × 4: x and y of one end, x and y of the other."""
    rings = shapely.get_rings(shapely.get_parts(area))
    at, ring = shapely.get_coordinates(rings, return_index=True)
    within = ring[1:] == ring[:-1]
    return np.hstack([at[:-1][within], at[1:][within]])


def _inside_on(edges: Edges, latitude: float) -> list[tuple[float, float]]:
    """Return the stretches (west, east) of a parallel that lie inside, by the even-odd rule."""
    x0, y0, x1, y1 = edges[(edges[:, 1] <= latitude) != (edges[:, 3] <= latitude)].T
    crossings = np.sort(x0 + (latitude - y0) * (x1 - x0) / (y1 - y0)).clip(*FAR).tolist()
    joined: list[tuple[float, float]] = []
    for west, east in zip(crossings[::2], crossings[1::2], strict=True):
        if joined and west <= joined[-1][1] + SAME:
            joined[-1] = (joined[-1][0], east)
        else:
            joined.append((west, east))
    return joined


def _rounded_inwards(west: float, east: float) -> list[float]:
    ends = [ceil(west * 2) / 2, floor(east * 2) / 2]
    return (
        [int(end) if end == int(end) else end for end in ends] if ends[1] - ends[0] >= LEAST else []
    )
