"""Lengths, areas and lines on the WGS 84 ellipsoid (pyproj's Geod, after Karney 2013)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pyproj import Geod
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from geo.errors import SketchError

__all__ = ["area_km2", "azimuth", "circle", "distance_km", "geodesic_line", "length_km", "move"]

WGS84: Final = Geod(ellps="WGS84")

Position = Sequence[float]
"""Longitude, latitude in degrees."""


def distance_km(one: Position, other: Position) -> float:
    """Return the geodesic distance between two positions, kilometres."""
    return float(WGS84.inv(one[0], one[1], other[0], other[1])[2]) / 1000


def azimuth(one: Position, other: Position) -> float:
    """Return the initial direction from one position to another, degrees clockwise from north."""
    return float(WGS84.inv(one[0], one[1], other[0], other[1])[0])


def move(start: Position, direction: float, km: float) -> tuple[float, float]:
    """Return the position some kilometres from a start in a direction (degrees)."""
    longitude, latitude, _ = WGS84.fwd(start[0], start[1], direction, km * 1000)
    return float(longitude), float(latitude)


def length_km(line: BaseGeometry) -> float:
    """Return the geodesic length of a line, kilometres."""
    return float(WGS84.geometry_length(line)) / 1000


def area_km2(area: BaseGeometry) -> float:
    """Return the area of a polygon on the ellipsoid, square kilometres (edges as geodesics)."""
    return abs(float(WGS84.geometry_area_perimeter(area)[0])) / 1e6


def geodesic_line(positions: Sequence[Position], step_km: float) -> LineString:
    """Join positions by geodesics, with a vertex at least every `step_km` and at each position."""
    if len(positions) < 2:
        raise SketchError(f"found {len(positions)} position(s), expected at least 2 for a line")
    points: list[tuple[float, float]] = []
    for start, end in pairwise(positions):
        points.append((start[0], start[1]))
        count = int(distance_km(start, end) // step_km)
        if count:
            points += WGS84.npts(start[0], start[1], end[0], end[1], count)
    points.append((positions[-1][0], positions[-1][1]))
    return LineString(points)


def circle(centre: Position, radius_km: float, vertices: int = 48) -> list[tuple[float, float]]:
    """Return a closed ring of positions at one distance from a centre."""
    ring = [move(centre, -360 * number / vertices, radius_km) for number in range(vertices)]
    return [*ring, ring[0]]
