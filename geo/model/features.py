"""GeoJSON features (RFC 7946) with the properties of this atlas: read, check, select.

Coordinates are longitude, latitude in degrees, WGS 84 (EPSG:4326), at most 5 decimals.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.errors import FeatureError, GeoError, raise_faults
from geo.model.catalogue import Catalogue, Era, Layer
from geo.model.timespan import Timespan, timespan_from_iso
from geo.model.views import View, find_view_faults, read_views

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = ["Feature", "Features", "load_features", "read_features", "select_features", "to_geojson"]

CERTAINTIES: Final = ("certain", "less-certain", "uncertain")
"""Linked Places Format's three words."""

STATUSES: Final = ("", "claim", "control", "influence", "route", "event", "installation")

REQUIRED: Final = ("id", "title", "kind", "begin", "end", "certainty", "sources")

ID_PATTERN: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

DEPTH: Final = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
"""How many lists enclose a position, by geometry type."""


@dataclass(frozen=True)
class Feature:
    """One thing of the atlas: a geometry with its valid time, certainty and sources.

    Examples
    --------
    >>> import geo
    >>> catalogue = geo.load_catalogue()
    >>> feature = geo.load_features(catalogue, [catalogue.layer("spheres-1907")])[0]
    >>> feature.timespan.begin.year, feature.properties["certainty"]
    (1907, 'less-certain')
    >>> feature.__geo_interface__["type"]
    'Feature'
    """

    layer: str
    """Id of the layer it belongs to."""
    geometry: Mapping[str, Any]
    """GeoJSON geometry; positions are [longitude, latitude]. Empty when it has no place."""
    properties: Mapping[str, Any]

    def __repr__(self) -> str:
        own = self.properties
        held = f"{own.get('begin') or '…'} to {own.get('end') or '…'}"
        return f"<Feature {own.get('id')}: {own.get('title')}, {held}>"

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """Itself as a GeoJSON feature: what shapely, GeoPandas and Folium ask for."""
        return {
            "type": "Feature",
            "id": self.id,
            "properties": dict(self.properties),
            "geometry": dict(self.geometry) or None,
        }

    @property
    def id(self) -> str:
        """Its stable id, kebab-case."""
        return str(self.properties["id"])

    @property
    def kind(self) -> str:
        """Its symbology kind."""
        return str(self.properties["kind"])

    @property
    def geometry_type(self) -> str:
        """The type of its geometry; empty for what has no place on the map."""
        return str(self.geometry.get("type", ""))

    @cached_property
    def views(self) -> tuple[View, ...]:
        """Accounts of the sides, where they differ."""
        return read_views(self.properties.get("views", []))

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Its sources and those of its views, once each."""
        told = [name for view in self.views for name in view.sources]
        return tuple(dict.fromkeys([*self.properties["sources"], *told]))

    @cached_property
    def timespan(self) -> Timespan:
        """Its valid time."""
        return timespan_from_iso(self.properties["begin"], self.properties["end"])


class Features(list[Feature]):
    """A list of features that can be had as a GeoDataFrame or as GeoJSON."""

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """Themselves as a GeoJSON FeatureCollection."""
        return to_geojson(self)

    def to_geodataframe(self) -> GeoDataFrame:
        """Return them as a GeoDataFrame in EPSG:4326, with real dates (NaT where time is open).

        `begin` is the first day on which something held, `end` the first on which it no longer did.
        """
        from geo.model.frame import to_geodataframe  # imports GeoPandas, which takes a second

        return to_geodataframe(self)


def load_features(catalogue: Catalogue, layers: Iterable[Layer] | None = None) -> Features:
    """Read the features of some layers (all thematic ones when None), in the catalogue's order.

    Examples
    --------
    >>> import geo
    >>> catalogue = geo.load_catalogue()
    >>> features = geo.load_features(catalogue, [catalogue.layer("spheres-1907")])
    >>> features[0]
    <Feature sphere-russian-1907: Russian sphere of influence, 1907-08-31 to 1918-01-22>
    >>> frame = features.to_geodataframe()
    >>> frame.loc[0, "begin"].date()
    datetime.date(1907, 8, 31)
    """
    chosen = catalogue.themes if layers is None else layers
    return Features(
        feature for layer in chosen for feature in read_features(catalogue.path(layer), layer.id)
    )


def read_features(path: Path, layer: str) -> list[Feature]:
    """Read and check one GeoJSON file; raises FeatureError with every fault of the file."""
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
    except OSError as err:
        raise FeatureError(f"{path}: cannot be read: {err.strerror}") from err
    except ValueError as err:
        raise FeatureError(f"{path}: not valid JSON: {err}") from err
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        found = collection.get("type") if isinstance(collection, dict) else type(collection)
        raise FeatureError(f"{path}: found {found!r}, expected a GeoJSON FeatureCollection")
    faults: list[str] = []
    features = []
    for number, item in enumerate(collection.get("features", []), start=1):
        properties = item.get("properties") or {}
        name = f"feature {properties.get('id', f'number {number}')!r}"
        # RFC 7946: null is without a place. What tells how exact its place is has lost it.
        placed = item.get("geometry", 0) is not None or "precision_km" in properties
        problems = _property_faults(properties, placed=placed)
        problems += _geometry_faults(item.get("geometry")) if placed else []
        faults += [f"{name}: {problem}" for problem in problems]
        features.append(Feature(layer, item.get("geometry") or {}, properties))
    raise_faults(FeatureError, str(path), faults)
    return features


def select_features(features: Iterable[Feature], era: Era) -> list[Feature]:
    """Return the features whose valid time overlaps an era's."""
    return [feature for feature in features if feature.timespan.overlaps(era.timespan)]


def to_geojson(features: Iterable[Feature]) -> dict[str, Any]:
    """Return features as an RFC 7946 FeatureCollection."""
    return {
        "type": "FeatureCollection",
        "features": [feature.__geo_interface__ for feature in features],
    }


def _property_faults(properties: Mapping[str, Any], *, placed: bool) -> list[str]:
    required = (*REQUIRED, "precision_km") if placed else REQUIRED
    faults = [f"lacks property {key}" for key in required if key not in properties]
    if faults:
        return faults
    if not ID_PATTERN.fullmatch(str(properties["id"])):
        faults.append("id is not kebab-case (a-z, 0-9, single hyphens)")
    if properties["certainty"] not in CERTAINTIES:
        faults.append(f"certainty {properties['certainty']!r}, expected one of {CERTAINTIES}")
    if properties.get("status", "") not in STATUSES:
        faults.append(f"status {properties['status']!r}, expected one of {STATUSES}")
    faults += find_view_faults(properties.get("views", []))
    precision = properties.get("precision_km", 0)
    if not isinstance(precision, int | float) or precision < 0:
        faults.append(f"precision_km {precision!r}, expected kilometres >= 0")
    try:
        timespan_from_iso(properties["begin"], properties["end"])
    except GeoError as err:
        faults.append(str(err))
    return faults


def _geometry_faults(geometry: Any) -> list[str]:
    if not isinstance(geometry, dict) or geometry.get("type") not in DEPTH:
        found = geometry.get("type") if isinstance(geometry, dict) else geometry
        return [f"geometry type {found!r}, expected one of {', '.join(DEPTH)}"]
    kind = geometry["type"]
    rings = _at_depth(geometry.get("coordinates"), DEPTH[kind])
    if rings is None:
        return [f"coordinates are not nested as a {kind} needs"]
    faults = []
    for positions in rings:
        if not _are_plain(positions):
            faults += [fault for position in positions for fault in _position_faults(position)]
        if kind.endswith("Polygon") and (len(positions) < 4 or positions[0] != positions[-1]):
            faults.append("a ring is not closed or has fewer than 4 positions")
        if kind.endswith("LineString") and len(positions) < 2:
            faults.append("a line has fewer than 2 positions")
    return sorted(set(faults))


def _at_depth(coordinates: Any, depth: int) -> list[list[Any]] | None:
    """Return the lists of positions of a geometry, or None when they are nested otherwise."""
    if depth == 0:
        return [[coordinates]]
    if not isinstance(coordinates, list) or not coordinates:
        return None
    if depth == 1:
        return [coordinates]
    found: list[list[Any]] = []
    for part in coordinates:
        inner = _at_depth(part, depth - 1)
        if inner is None:
            return None
        found += inner
    return found


def _are_plain(positions: list[Any]) -> bool:
    """Tell, for all positions at once, whether :func:`_position_faults` would find none."""
    try:
        numbers = np.array(positions)
    except ValueError:
        return False
    return bool(
        numbers.dtype.kind in "if"
        and numbers.shape == (len(positions), 2)
        and (np.abs(numbers) <= (180, 90)).all()
        and (numbers.round(5) == numbers).all()
    )


def _position_faults(position: Any) -> list[str]:
    if (
        not isinstance(position, list)
        or len(position) != 2
        or not all(isinstance(number, int | float) for number in position)
    ):
        return [f"position {position!r}, expected [longitude, latitude]"]
    longitude, latitude = position
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        return [f"position {position!r} is not in degrees (longitude ±180, latitude ±90)"]
    if any(round(number, 5) != number for number in position):
        return [f"position {position!r} has more than 5 decimals"]
    return []
