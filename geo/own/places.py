"""Geometries of a layer of one's own: brought to degrees, checked, and cut into features."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from pyproj.exceptions import ProjError
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError, show
from geo.geometry.coverage import round_coordinates
from geo.payload.topology import DECIMALS

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries

__all__ = ["Places", "in_degrees", "list_geometry_faults"]

SMALLEST: Final = 0.003
"""Degrees: shapes of less extent would vanish on a document's grid; they are shown as points."""

MANY: Final = 2000
"""Vertices of a shape that is brought onto the document's grid first."""

GRID: Final = 10.0**-DECIMALS

CENTROID_ROOM: Final = 1500
"""Areas whose widest place is looked for; of more, any place inside has to do."""

FARTHEST: Final = 1e9
"""Metres or feet, farther than which nothing on Earth is from anything."""

LAST_SINGLE: Final = 3
"""Of GEOS's numbers for types of geometry: from the next one on they are made of others."""

NOWHERE: Final = shapely.Point(np.inf, np.inf)


def in_degrees(frame: GeoDataFrame) -> list[Any]:
    """Return the geometries in EPSG:4326, without heights; raises GeoError for an unfit CRS."""
    geometry = frame.geometry
    if geometry.crs is None:
        bounds = geometry.total_bounds
        if np.isfinite(bounds).all() and (np.abs(bounds) > (180, 90, 180, 90)).any():
            raise GeoError(
                f"the geometries have no CRS, and {bounds.round(1).tolist()} are no degrees; "
                "say which it is: frame.set_crs(…)"
            )
    else:
        if geometry.crs.is_projected and _look_like_degrees(geometry):
            raise GeoError(
                f"the geometries have the CRS {show(geometry.crs.name)}, which counts in "
                f"{geometry.crs.axis_info[0].unit_name}s, and "
                f"{geometry.total_bounds.round(1).tolist()} look like degrees; "
                "say which it is: frame.set_crs(4326, allow_override=True)"
            )
        far = (np.abs(shapely.bounds(geometry.to_numpy())) > FARTHEST).any(axis=1)
        geometry = _on_earth(geometry)
        geometry[far] = NOWHERE  # projections would have it at a pole
    return list(shapely.force_2d(geometry.to_numpy()))


def _look_like_degrees(geometry: GeoSeries) -> bool:
    """Tell whether all positions are within 180 and 90 of the origin, and not all at it."""
    bounds = geometry.total_bounds
    return bool((np.abs(bounds) <= (180, 90, 180, 90)).all() and np.abs(bounds).max() > 1)


def _on_earth(geometry: GeoSeries) -> GeoSeries:
    """Return geometries in EPSG:4326; raises GeoError when their CRS is not of the Earth."""
    crs = geometry.crs
    try:
        if len(crs.axis_info) < 2:
            raise ProjError("it has heights or times alone")
        return geometry.to_crs(4326).copy()
    except ProjError as err:
        name = crs.name if crs.name != "unknown" else crs.to_string()
        raise GeoError(
            f"the geometries have the CRS {show(name)}, from which there is no way to degrees; "
            "expected a CRS of the Earth, such as EPSG:4326"
        ) from err


def _flat(geometry: BaseGeometry | None) -> list[BaseGeometry]:
    """Return the points, lines and areas that a geometry is made of, however deep."""
    parts = shapely.get_parts(geometry)
    while (shapely.get_type_id(parts) > LAST_SINGLE).any():
        parts = shapely.get_parts(parts)
    return [part for part in parts if not part.is_empty]


def _open_ring(part: BaseGeometry) -> BaseGeometry:
    """Return a LinearRing, which GeoJSON knows not, as a line."""
    return shapely.LineString(part.coords) if part.geom_type == "LinearRing" else part


def _leaps(geometry: BaseGeometry) -> bool:
    """Tell whether a line goes more than half around the Earth from one point to the next."""
    rings = [ring for part in _flat(geometry) for ring in _lines(part)]
    for ring in rings:
        along = shapely.get_coordinates(ring)[:, 0]
        # From one end of the map to the other along its edge is no leap.
        edge = (np.abs(along[:-1]) == 180) & (np.abs(along[1:]) == 180)
        if ((np.abs(np.diff(along)) > 180) & ~edge).any():
            return True
    return False


def _lines(part: BaseGeometry) -> list[BaseGeometry]:
    if part.geom_type == "Polygon":
        return [part.exterior, *part.interiors]
    return [] if part.geom_type == "Point" else [part]


def _on_grid(shape: BaseGeometry) -> BaseGeometry:
    """Round a shape; one of many vertices loses those that a document's grid makes one.

    A comb of 40,000 narrow teeth, which take seconds to draw, becomes the area that they fill.
    """
    if shapely.get_num_coordinates(shape) > MANY:
        # The areas of a collection may overlap, which those of one shape may not.
        sound = shape if shape.is_valid else shapely.union_all(shapely.get_parts(shape))
        whole = shapely.set_precision(sound, GRID)
        shape = shape if whole.is_empty else whole
    return round_coordinates(shape)


class Places:
    """Geometries as features have them."""

    def __init__(self, geometries: Sequence[BaseGeometry | None]) -> None:
        self._geometries = geometries
        self._exact = len(geometries) <= CENTROID_ROOM

    def parts(self, number: int) -> Iterator[BaseGeometry]:
        """Yield what of a geometry can be drawn as one feature: points one by one."""
        single = [_open_ring(part) for part in _flat(self._geometries[number])]
        yield from (round_coordinates(part) for part in single if part.geom_type == "Point")
        for kind, whole in (
            ("LineString", shapely.MultiLineString),
            ("Polygon", shapely.MultiPolygon),
        ):
            of_kind = [part for part in single if part.geom_type == kind]
            if of_kind:
                joined = _on_grid(of_kind[0] if len(of_kind) == 1 else whole(of_kind))
                west, south, east, north = joined.bounds
                small = max(east - west, north - south) < SMALLEST
                yield (
                    round_coordinates(shapely.Point((west + east) / 2, (south + north) / 2))
                    if small
                    else joined
                )

    def label(self, geometry: BaseGeometry) -> dict[str, Any]:
        """Return where the name of a shape stands, and the room it has."""
        if geometry.geom_type == "Point":
            return {}
        if geometry.geom_type.endswith("LineString"):
            longest = max(shapely.get_parts(geometry), key=lambda part: part.length)
            at, room = longest.interpolate(0.45, normalized=True), 0.0
        else:
            largest = max(shapely.get_parts(geometry), key=lambda part: part.area)
            at, room = self._inside(largest)
        return {"label_at": [round(at.x, 3), round(at.y, 3)], "label_room": round(room, 2)}

    def _inside(self, area: BaseGeometry) -> tuple[BaseGeometry, float]:
        if self._exact:
            west, south, east, north = area.bounds
            fine = max(east - west, north - south) / 50
            radius = shapely.maximum_inscribed_circle(area, tolerance=fine)
            return shapely.Point(radius.coords[0]), radius.length
        point = area.representative_point()
        return point, float(area.boundary.distance(point))


def list_geometry_faults(
    geometries: Sequence[BaseGeometry | None], said: Mapping[str, str]
) -> list[str]:
    """Return for each geometry why it cannot be drawn; nothing when it can."""
    array = np.array(geometries, dtype=object)
    there = ~(shapely.is_missing(array) | shapely.is_empty(array))
    bounds = shapely.bounds(array)
    valid = shapely.is_valid(array)
    faults = []
    for number, geometry in enumerate(geometries):
        west, south, east, north = bounds[number]
        if geometry is None or not there[number]:
            faults.append(said["no-place"])
        elif not np.isfinite(bounds[number]).all():
            faults.append(said["not-finite"])
        elif west < -180 or east > 180 or south < -90 or north > 90:
            x, y = (west if west < -180 else east), (south if south < -90 else north)
            faults.append(said["outside"].format(f"{x:g}", f"{y:g}"))
        elif east - west > 180 and _leaps(geometry):
            faults.append(said["leap"])
        elif not valid[number]:
            faults.append(said["crossed"].format(shapely.is_valid_reason(geometry)))
        else:
            faults.append("")
    return faults
