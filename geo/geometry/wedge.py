"""Wedges: land between today's frontier and an older one."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import SketchError
from geo.geometry.coverage import shared_border

__all__ = ["cut_wedge", "stretch_of"]


def cut_wedge(
    area: BaseGeometry, neighbour: BaseGeometry, chain: Sequence[Sequence[float]]
) -> Polygon:
    """Return the part of an area between its frontier with a neighbour and an older frontier.

    The chain of positions is the older frontier; its ends move to the nearest vertices of today's
    frontier, so that no vertex is added to it and coverages stay exact.
    """
    border = stretch_of(shared_border(area, neighbour), chain[0], chain[-1])
    old = [tuple(position) for position in chain[1:-1]]
    today = list(border.coords)
    if len(today) < 2:
        raise SketchError(f"the chain from {chain[0]} to {chain[-1]} encloses nothing")
    ring = Polygon([*today, *reversed(old)])
    if not ring.is_valid:
        raise SketchError(f"the chain from {chain[0]} to {chain[-1]} crosses the frontier")
    return ring


def stretch_of(border: BaseGeometry, start: Sequence[float], end: Sequence[float]) -> LineString:
    """Return the part of a line between its vertices nearest to two positions, start first."""
    lines = list(border.geoms) if hasattr(border, "geoms") else [border]
    lines = [line for line in lines if not line.is_empty]
    if not lines:
        raise SketchError("the two areas share no border")
    near = shapely.MultiPoint([start, end])
    line = min(lines, key=near.hausdorff_distance if len(lines) == 1 else near.distance)
    vertices = list(line.coords)
    first, last = (_nearest(vertices, position) for position in (start, end))
    if first == last:
        raise SketchError(f"{start} and {end} lie at the same vertex of the border")
    step = 1 if first < last else -1
    return LineString(vertices[first : last + step if last + step >= 0 else None : step])


def _nearest(vertices: Sequence[Sequence[float]], position: Sequence[float]) -> int:
    def squared(index: int) -> float:
        x, y = vertices[index][:2]
        return (x - position[0]) ** 2 + (y - position[1]) ** 2

    return min(range(len(vertices)), key=squared)
