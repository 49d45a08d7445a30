"""Two tables of other people's kinds: what the contest of own data is held on, and tests use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import geopandas
from shapely import Point

__all__ = ["TABLES", "many", "years"]


def years() -> geopandas.GeoDataFrame:
    """Return points with years as numbers, 1850 to 1920, one still there."""
    return geopandas.GeoDataFrame(
        {
            "name": [f"Town {number}" for number in range(8)],
            "from": [1850, 1855, 1860, 1870, 1880, 1890, 1900, 1910],
            "to": [1920, 1880, 1870, None, 1900, 1895, 1910, 1915],
        },
        geometry=[Point(40 + number, 30 + number / 2) for number in range(8)],
        crs=4326,
    )


def many(count: int = 5000) -> geopandas.GeoDataFrame:
    """Return polygons over 40 years."""
    places = [(-75 + number % 50 * 0.8, -45 + number // 50 % 50 * 1.1) for number in range(count)]
    begin = [1900 + number * 7 % 40 for number in range(count)]
    return geopandas.GeoDataFrame(
        {
            "name": [f"Parish {number}" for number in range(count)],
            "begin": begin,
            "end": [min(1939, year + number % 6) for number, year in enumerate(begin)],
            "group": ["ABCDEFGHIJKL"[number % 12] for number in range(count)],
        },
        geometry=[Point(place).buffer(0.38, quad_segs=6) for place in places],
        crs=4326,
    )


TABLES: Final[Mapping[str, Callable[[], geopandas.GeoDataFrame]]] = {
    "8 points, 1850–1920": years,
    "5,000 polygons, 1900–1939": many,
}
