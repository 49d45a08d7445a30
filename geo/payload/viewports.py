"""What readers see when a map opens: an era's bounds fitted into windows of every size.

In the browser geo/assets/js/map/view.js does the fitting, by Leaflet's ``fitBounds``: the zoom is
the largest step at which the bounds and some padding have room. So a wide, low window shows far
more ground than a square one, but from farther away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log2
from typing import Final

from geo.geometry.mercator import TILE, to_unit

__all__ = [
    "LARGEST",
    "LEAST_ZOOM",
    "MOST_ZOOM",
    "PADDING",
    "ZOOM_STEP",
    "View",
    "fitting_zoom",
    "opening_views",
]

LARGEST: Final = (2560, 1440)
"""The largest window there is a promise for, width and height; its map may fill it. Pixels."""

PADDING: Final = 6
"""Clear space around the subject of an era, pixels."""

ZOOM_STEP: Final = 0.25
LEAST_ZOOM: Final = 3
MOST_ZOOM: Final = 10

NEARLY: Final = 0.01
"""Leaflet takes the next step already when so much of one is missing."""


@dataclass(frozen=True)
class View:
    """The ground that a window shows, around the middle of an era's bounds."""

    zoom: float
    middle: tuple[float, float]
    """On the unit square of Web Mercator."""
    reach: tuple[float, float]
    """Half its width and height there."""

    @property
    def scale(self) -> float:
        """Pixels per unit square."""
        return float(TILE * 2**self.zoom)


def fitting_zoom(bounds: Sequence[float], size: tuple[int, int]) -> float:
    """Return the zoom at which a map of some size (pixels) opens on bounds (degrees)."""
    steps = floor(_zoom(_extent(bounds)[1], size) / ZOOM_STEP + NEARLY)
    return min(max(steps * ZOOM_STEP, LEAST_ZOOM), MOST_ZOOM)


def opening_views(bounds: Sequence[float], largest: tuple[int, int] = LARGEST) -> list[View]:
    """Return what maps no larger than `largest` show of an era when they open, farthest first.

    A map opens at a zoom because one of its sides is just long enough for it; the other may have
    any length. So there are two views for each zoom: the widest and the highest.
    """
    middle, extent = _extent(bounds)
    views = []
    zoom = float(LEAST_ZOOM)
    while zoom <= fitting_zoom(bounds, largest):
        scale = TILE * 2**zoom
        more = scale * 2**ZOOM_STEP  # where the next zoom begins
        width, height = (
            whole if zoom == MOST_ZOOM else min(whole, side * more + 2 * PADDING)
            for whole, side in zip(largest, extent, strict=True)
        )
        for seen in ((largest[0], height), (width, largest[1])):
            views.append(View(zoom, middle, (seen[0] / scale / 2, seen[1] / scale / 2)))
        zoom += ZOOM_STEP
    return views


def _zoom(extent: tuple[float, float], size: tuple[int, int]) -> float:
    """Return the zoom at which an extent and its padding just fit a size."""
    room = min((side - 2 * PADDING) / part for side, part in zip(size, extent, strict=True))
    return log2(max(room, 1) / TILE)


def _extent(bounds: Sequence[float]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the middle of bounds, and their width and height, on the unit square."""
    west, south, east, north = bounds
    (left, bottom), (right, top) = to_unit([(west, south), (east, north)])
    return ((left + right) / 2, (top + bottom) / 2), (right - left, bottom - top)
