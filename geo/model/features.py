"""GeoJSON features (RFC 7946) with the properties of this atlas: read, check, select.

Coordinates are longitude, latitude in degrees, WGS 84 (EPSG:4326), at most 5 decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import numpy as np
from pydantic import ConfigDict, Field

from geo.errors import FeatureError, TimespanError, raise_faults, show
from geo.model.catalogue import Era
from geo.model.reading import read_json
from geo.model.schema import (
    ID,
    Drawn,
    EdtfText,
    Id,
    Kilometres,
    Name,
    Named,
    Number,
    OpenDay,
    Position,
    Record,
    Said,
    Text,
    read_record,
)
from geo.model.timespan import Timespan, timespan_from_iso
from geo.model.views import View, read_views

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

__all__ = [
    "ID_PATTERN",
    "MOST_FEATURES",
    "Certainty",
    "Event",
    "Feature",
    "Features",
    "Status",
    "read_features",
    "select_features",
    "to_geojson",
]

Certainty = Literal["certain", "less-certain", "uncertain"]
"""Linked Places Format's three words."""

Status = Literal["", "claim", "control", "influence", "route", "event", "installation"]

ID_PATTERN: Final = ID

Rank = Annotated[int, Field(strict=True, ge=0, le=9)]

DEPTH: Final = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
"""How many lists enclose a position, by geometry type."""

MOST_POSITIONS: Final = 300_000
"""Of one file; the whole base of this atlas has 90,000."""

MOST_FEATURES: Final = 20_000
"""Of one file or table; the largest layer of this atlas has 246."""

MOST_FAULTS: Final = 1_000
"""Of one geometry: more would only take time."""


@dataclass(frozen=True)
class Event:
    """A moment in the history of a feature."""

    __pydantic_config__ = Record

    on: EdtfText
    text: Said


@dataclass(frozen=True)
class HeldName:
    """A name of a place, and when it held."""

    name: Named
    begin: OpenDay
    end: OpenDay
    begin_edtf: EdtfText = ""
    end_edtf: EdtfText = ""


@dataclass(frozen=True)
class Properties:
    """What a feature says of itself. Others may add properties of theirs; nobody reads them."""

    __pydantic_config__ = ConfigDict(extra="ignore")

    id: Id
    title: Named
    kind: Name
    begin: OpenDay
    """First day, ISO; empty when it held before anything the atlas shows."""
    end: OpenDay
    """First day after, ISO; empty when it still holds."""
    certainty: Certainty
    sources: tuple[Id, ...]
    precision_km: Kilometres | None = None
    begin_edtf: EdtfText = ""
    end_edtf: EdtfText = ""
    claims: tuple[Name, ...] = ()
    actor: Name = "none"
    colour: Name = ""
    status: Status = ""
    label: Drawn = ""
    label_rank: Rank = 0
    label_at: Position = (0, 0)
    label_room: Number = 0
    label_path: tuple[Position, ...] = ()
    note: Text = ""
    dispute: Text = ""
    context: Text = ""
    along: Id = ""
    figures: tuple[Said, ...] = ()
    history: tuple[Event, ...] = ()
    views: tuple[View, ...] = ()
    force: Annotated[Number, Field(ge=0, le=10)] = 0
    area_km2: Number = 0
    length_km: Number = 0
    dates: tuple[EdtfText, ...] = ()
    places: tuple[Text, ...] = ()
    names: tuple[HeldName, ...] = ()
    also: tuple[Drawn, ...] = ()


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
        return tuple(dict.fromkeys([*self.properties.get("sources", ()), *told]))

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


def read_features(path: Path, layer: str) -> list[Feature]:
    """Read and check one GeoJSON file; raises FeatureError with every fault of the file."""
    collection = read_json(path)
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        found = collection.get("type") if isinstance(collection, dict) else collection
        raise FeatureError(f"{path}: found {show(found)}, expected a GeoJSON FeatureCollection")
    items = collection.get("features")
    if not isinstance(items, list):
        raise FeatureError(f"{path}: features {show(items)}, expected a list")
    if len(items) > MOST_FEATURES:
        expected = f"expected at most {MOST_FEATURES:,}"
        raise FeatureError(f"{path}: found {len(items):,} features, {expected}")
    faults: list[str] = []
    features = []
    positions = 0
    for number, item in enumerate(items, start=1):
        own = item.get("properties") if isinstance(item, dict) else None
        named = isinstance(own, dict) and isinstance(own.get("id"), str)
        name = f"feature {show(own['id']) if named else f'number {number}'}"  # type: ignore[index]
        if not isinstance(item, dict) or item.get("type") != "Feature":
            found = f"type {show(item.get('type'))}" if isinstance(item, dict) else show(item)
            faults.append(f"{name}: found {found}, expected a GeoJSON Feature")
            continue
        if not isinstance(own, dict):
            faults.append(f"{name}: properties {show(own)}, expected an object")
            continue
        # RFC 7946: null is without a place. What tells how exact its place is has lost it.
        placed = item.get("geometry", 0) is not None or "precision_km" in own
        problems = _property_faults(own, placed=placed)
        if placed:
            wrong, count = _geometry_faults(item.get("geometry"))
            problems += wrong
            positions += count
        faults += [f"{name}: {problem}" for problem in problems]
        features.append(Feature(layer, item.get("geometry") or {}, own))
    if positions > MOST_POSITIONS:
        faults.append(f"found {positions:,} positions, expected at most {MOST_POSITIONS:,}")
    raise_faults(FeatureError, str(path), faults)
    return features


def select_features(features: Iterable[Feature], era: Era) -> list[Feature]:
    """Return the features whose valid time overlaps an era's."""
    return [feature for feature in features if feature.timespan.overlaps(era.timespan)]


def to_geojson(features: Iterable[Feature]) -> dict[str, Any]:
    """Return features as a GeoJSON FeatureCollection, rings as they are in their files."""
    return {
        "type": "FeatureCollection",
        "features": [feature.__geo_interface__ for feature in features],
    }


def _property_faults(properties: Mapping[str, Any], *, placed: bool) -> list[str]:
    record, faults = read_record(Properties, properties)
    if placed and properties.get("precision_km") is None:
        faults.append("lacks precision_km")
    if record is not None:
        if len(record.dates) != len(record.places):
            faults.append(f"has {len(record.dates)} dates and {len(record.places)} places")
        held = [(record.begin, record.end), *((name.begin, name.end) for name in record.names)]
        for begin, end in held:
            try:
                timespan_from_iso(begin, end)
            except TimespanError as err:
                faults.append(str(err))
    return faults


def _geometry_faults(geometry: Any) -> tuple[list[str], int]:
    """Return what is wrong with a geometry, and how many positions it has."""
    kind = geometry.get("type") if isinstance(geometry, dict) else geometry
    if not isinstance(kind, str) or kind not in DEPTH:
        return [f"geometry type {show(kind)}, expected one of {', '.join(DEPTH)}"], 0
    rings = list(_at_depth(geometry.get("coordinates"), DEPTH[kind]))
    if not rings or None in rings:
        return [f"coordinates are not nested as a {kind} needs"], 0
    faults: dict[str, None] = {}
    for positions in filter(None, rings):
        if not _are_plain(positions):
            for position in positions:
                faults |= dict.fromkeys(_position_faults(position))
                if len(faults) > MOST_FAULTS:
                    return list(faults), len(positions)
        if kind.endswith("Polygon") and (len(positions) < 4 or positions[0] != positions[-1]):
            faults["a ring is not closed or has fewer than 4 positions"] = None
        if kind.endswith("LineString") and len(positions) < 2:
            faults["a line has fewer than 2 positions"] = None
    return list(faults), sum(map(len, filter(None, rings)))


def _at_depth(coordinates: Any, depth: int) -> Iterator[list[Any] | None]:
    """Yield the lists of positions of a geometry, and None where they are nested otherwise."""
    if depth == 0:
        yield [coordinates]
    elif not isinstance(coordinates, list) or not coordinates:
        yield None
    elif depth == 1:
        yield coordinates
    else:
        for part in coordinates:
            yield from _at_depth(part, depth - 1)


def _are_plain(positions: list[Any]) -> bool:
    """Tell, for all positions at once, whether :func:`_position_faults` would find none."""
    if set(map(type, positions)) != {list} or set(map(len, positions)) != {2}:
        return False
    if not set(map(type, chain.from_iterable(positions))) <= {int, float}:
        return False
    try:
        numbers = np.array(positions, dtype=float)
    except OverflowError:
        return False
    return bool((np.abs(numbers) <= (180, 90)).all() and (numbers.round(5) == numbers).all())


def _position_faults(position: Any) -> list[str]:
    if (
        not isinstance(position, list)
        or len(position) != 2
        or not all(type(number) in (int, float) for number in position)
    ):
        return [f"position {show(position)}, expected [longitude, latitude]"]
    longitude, latitude = position
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        return [f"position {show(position)} is not in degrees (longitude ±180, latitude ±90)"]
    if any(round(number, 5) != number for number in position):
        return [f"position {show(position)} has more than 5 decimals"]
    return []
