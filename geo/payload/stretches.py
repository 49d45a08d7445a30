"""How far a state reaches along its parallels: what the drawing core needs to name it in any view.

Its outline would say the same at twenty times the size; a name needs level room and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor
from typing import Any, Final

import shapely

__all__ = ["stretches_of"]

STEP: Final = 1
"""Degrees between parallels."""

LEAST: Final = 1
"""Degrees a stretch has at least; where a state has only less, it is named at its own point."""

FAR: Final = (20.0, 85.0)
"""Meridians between which names may stand: the region's base has no more."""


def stretches_of(geometry: Mapping[str, Any]) -> list[list[float]]:
    """Return `[latitude, west, east, west, east, ...]` for each parallel that a state lies on.

    Ends are rounded inwards to half degrees, so every stretch lies inside the state.
    """
    area = shapely.geometry.shape(geometry)
    shapely.prepare(area)
    _, south, _, north = area.bounds
    rows = []
    for latitude in range(ceil(south / STEP) * STEP, floor(north / STEP) * STEP + 1, STEP):
        level = shapely.LineString([(FAR[0], latitude), (FAR[1], latitude)])
        ends = [end for part in _parts(level.intersection(area)) for end in _inside(part)]
        if ends:
            rows.append([latitude, *ends])
    return rows


def _parts(crossing: shapely.Geometry) -> list[shapely.Geometry]:
    """Return the stretches of a crossing, those that meet joined, from west to east."""
    lines = [part for part in shapely.get_parts(crossing) if part.geom_type == "LineString"]
    joined = shapely.get_parts(shapely.line_merge(shapely.union_all(lines))) if lines else []
    return sorted(joined, key=lambda part: part.bounds[0])


def _inside(part: shapely.Geometry) -> list[float]:
    west, _, east, _ = part.bounds
    ends = [ceil(west * 2) / 2, floor(east * 2) / 2]
    return (
        [int(end) if end == int(end) else end for end in ends] if ends[1] - ends[0] >= LEAST else []
    )
