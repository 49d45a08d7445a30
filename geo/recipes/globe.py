"""The globe: land and coast of the whole world at 1:110m, for maps of one's own data.

The atlas itself lies on the finer base of its own region (see :mod:`geo.recipes.base`); a map made
by :func:`geo.explore` may lie anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas
import shapely
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
    sound = [shapely.make_valid(area, method="structure") for area in frame.geometry]
    cut = shapely.set_precision(shapely.union_all(sound).intersection(sheet), 10**-DECIMALS)
    land = round_coordinates(shapely.MultiPolygon(polygons_of(cut)), DECIMALS)
    return {"land": land, "coast": _coast(land, sheet)}


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
