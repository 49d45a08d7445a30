"""The globe: land and coast of the whole world at 1:110m, for maps of one's own data.

The atlas itself lies on the finer base of its own region (see :mod:`geo.recipes.base`); a map made
by :func:`geo.explore` may lie anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import geopandas
import numpy as np
import shapely
import shapely.affinity
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.geometry.coverage import polygons_of, round_coordinates

__all__ = ["build_globe"]

DECIMALS: Final = 2
"""Decimals kept: 0.01° is about 1 km, far below what 1:110m shows."""


def build_globe(path: Path, rules: Mapping[str, Any]) -> dict[str, BaseGeometry]:
    """Return land and coast of the world from Natural Earth's land, cut to the sheet in `rules`.

    The coast is the land's edge without the meridian and the parallels that the sheet is cut along.
    """
    sheet = shapely.box(*rules["extent"])
    # TopoJSON declares no CRS; this file is Natural Earth's EPSG:4326, quantised.
    frame = geopandas.read_file(path, layer=rules["layer"])
    whole = [part for area in frame.geometry for polygon in area.geoms for part in _cut(polygon)]
    cut = shapely.set_precision(shapely.union_all(whole).intersection(sheet), 10**-DECIMALS)
    land = round_coordinates(shapely.MultiPolygon(polygons_of(cut)), DECIMALS)
    return {"land": land, "coast": _coast(land, sheet)}


def _cut(polygon: shapely.Polygon) -> Iterator[BaseGeometry]:
    """Yield what lies on each side of the 180th meridian of a polygon that may cross it.

    The package lets rings run on beyond the meridian, and Antarctica's run round the pole.
    """
    shell = shapely.Polygon(_unrolled(np.array(polygon.exterior.coords)))
    area = shapely.make_valid(shell, method="structure")
    for ring in polygon.interiors:  # the Caspian is one: unrolled, it goes with its continent
        hole = shapely.Polygon(_unrolled(np.array(ring.coords)))
        for turn in (-360, 0, 360):
            area = area.difference(shapely.affinity.translate(hole, turn))
    for turn in (-360, 0, 360):
        part = shapely.affinity.translate(area, turn).intersection(shapely.box(-180, -90, 180, 90))
        if part.area:
            yield part


def _unrolled(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a ring whose longitudes never jump; one round the pole is closed along it."""
    turns = np.cumsum(np.round(np.diff(ring[:, 0], prepend=ring[0, 0]) / 360)) * 360
    moved = ring - np.stack((turns, np.zeros(len(ring))), axis=1)
    if not turns[-1]:
        return moved
    (x0, _), (x1, _) = moved[0], moved[-1]
    return np.concatenate((moved, [(x1, -90), (x0, -90), moved[0]]))


def _coast(land: BaseGeometry, sheet: BaseGeometry) -> BaseGeometry:
    west, south, east, north = sheet.bounds
    edges = [
        edge
        for ring in shapely.get_parts(land.boundary)
        for edge in zip(ring.coords, ring.coords[1:], strict=False)
        if not any(
            one[axis] == other[axis] == side
            for axis, side in ((0, west), (0, east), (1, south), (1, north))
            for one, other in [edge]
        )
    ]
    return shapely.line_merge(shapely.MultiLineString(edges))
