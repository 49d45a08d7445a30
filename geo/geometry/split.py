"""Cutting areas by lines: treaty lines, zone lines."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from geo.errors import SketchError
from geo.geometry.coverage import polygons_of
from geo.geometry.geodesic import azimuth, move

__all__ = ["offset_line", "side_of_line", "split_area"]


def split_area(area: BaseGeometry, lines: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return the faces into which lines cut an area; together they are the area, none overlap."""
    edges = shapely.node(shapely.union_all([area.boundary, *lines]))
    faces = shapely.polygonize([edges]).geoms
    return [face for face in faces if area.contains(face.representative_point())]


def side_of_line(area: BaseGeometry, line: BaseGeometry, holding: Point) -> BaseGeometry:
    """Return the part of an area that a line cuts off and that holds (or is nearest to) a point.

    Islands and other parts of the area that the line does not touch belong to the side whose cut
    part is nearer. Raises SketchError when the line does not cut the area.
    """
    faces = split_area(area, [line])
    touched = [face for face in faces if face.boundary.intersection(line).length > 0]
    if len(touched) < 2:
        raise SketchError("the line does not cut the area in two; its ends must reach outside it")
    chosen = min(touched, key=holding.distance)
    rest = [face for face in touched if face is not chosen]
    loose = [face for face in faces if all(face is not other for other in touched)]
    kept = [
        face
        for face in loose
        if face.distance(chosen) <= min(face.distance(other) for other in rest)
    ]
    return shapely.MultiPolygon(polygons_of(shapely.MultiPolygon([chosen, *kept])))


def offset_line(line: BaseGeometry, km: float) -> LineString:
    """Move a line sideways by some kilometres, to its right when positive (seen along the line).

    Each vertex moves along the bisector of its two segments, far enough that the segments move by
    `km`; meant for lines with gentle turns, such as treaty lines between towns.
    """
    positions = list(line.coords)
    moved = []
    for index, position in enumerate(positions):
        before = azimuth(positions[index - 1], position) if index else None
        after = azimuth(position, positions[index + 1]) if index + 1 < len(positions) else None
        directions = [angle for angle in (before, after) if angle is not None]
        turn = _turn(directions[0], directions[-1])
        bisector = directions[0] + turn / 2 + 90
        stretch = 1 / max(0.3, cos(radians(turn / 2)))
        moved.append(move(position, bisector, km * stretch))
    return LineString(moved)


def _turn(before: float, after: float) -> float:
    """Return the change of direction from one azimuth to another, -180 to 180 degrees."""
    return (after - before + 180) % 360 - 180
