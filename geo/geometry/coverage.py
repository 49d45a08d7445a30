"""Polygon coverages: areas that share their borders exactly, before and after generalisation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import shapely
from pyproj import CRS, Transformer
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import SketchError

__all__ = ["dissolve", "generalise_coverage", "polygons_of", "round_coordinates", "shared_border"]

DECIMALS = 5


def generalise_coverage(
    areas: Sequence[BaseGeometry], tolerance_m: float, projection: str
) -> list[BaseGeometry]:
    """Simplify areas together, so that a border two of them share stays one line.

    Visvalingam-Whyatt on the whole coverage (GEOS `coverage_simplify`), with the tolerance in
    metres of the given projection (a PROJ text). The result is rounded to 5 decimals.
    """
    forward = Transformer.from_crs(4326, CRS(projection), always_xy=True)
    projected = [_transform(area, forward) for area in areas]
    simplified = shapely.coverage_simplify(projected, tolerance_m)
    back = Transformer.from_crs(CRS(projection), 4326, always_xy=True)
    rounded = [round_coordinates(_transform(area, back)) for area in simplified]
    invalid = [number for number, area in enumerate(rounded) if not area.is_valid]
    if invalid:
        raise SketchError(f"generalisation by {tolerance_m} m: areas {invalid} cross themselves")
    return rounded


def dissolve(areas: Sequence[BaseGeometry]) -> BaseGeometry:
    """Join areas of one coverage; shared borders vanish, all other vertices stay as they are."""
    if not areas:
        raise SketchError("found no areas to join, expected at least one")
    return shapely.coverage_union_all(list(areas))


def shared_border(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Return the line that two areas of one coverage share, vertex for vertex (maybe empty)."""
    # Far from each other two outlines share nothing; GEOS compares every edge with every other.
    ground = shapely.box(*one.bounds).intersection(shapely.box(*other.bounds)).bounds
    if not ground:
        return shapely.LineString()
    lines = shapely.shared_paths(_within(one.boundary, ground), _within(other.boundary, ground))
    same_way, opposite_way = lines.geoms
    parts = [part for part in (same_way, opposite_way) if not part.is_empty]
    return shapely.line_merge(shapely.union_all(parts)) if parts else shapely.LineString()


def _within(outline: BaseGeometry, box: Sequence[float]) -> BaseGeometry:
    """Return the stretches of an outline whose edges may touch a box, vertex for vertex."""
    west, south, east, north = box
    stretches = []
    for line in shapely.get_parts(outline):
        points = shapely.get_coordinates(line)
        low, high = np.minimum(points[:-1], points[1:]), np.maximum(points[:-1], points[1:])
        near = ((low <= (east, north)) & (high >= (west, south))).all(axis=1)
        # Where it begins and ceases to be near: each pair is a stretch of edges.
        turns = np.flatnonzero(np.diff(np.concatenate(([False], near, [False]))))
        stretches += [points[begin : end + 1] for begin, end in turns.reshape(-1, 2)]
    return shapely.MultiLineString(stretches)


def round_coordinates(geometry: BaseGeometry, decimals: int = DECIMALS) -> BaseGeometry:
    """Round every coordinate; 5 decimals of a degree are about 1 m."""
    return shapely.transform(geometry, lambda coordinates: coordinates.round(decimals))


def polygons_of(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons of an area, largest first; lines and points are dropped."""
    if isinstance(geometry, Polygon):
        return [] if geometry.is_empty else [geometry]
    parts = (
        [polygon for part in cast(MultiPolygon, geometry).geoms for polygon in polygons_of(part)]
        if hasattr(geometry, "geoms")
        else []
    )
    return sorted(parts, key=lambda polygon: -polygon.area)


def _transform(geometry: BaseGeometry, transformer: Transformer) -> BaseGeometry:
    return shapely.transform(geometry, transformer.transform, interleaved=False)
