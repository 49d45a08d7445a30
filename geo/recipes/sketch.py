"""Sketched layers: from ``layers/sketches/<layer>.toml`` to GeoJSON features.

A sketch gives each feature one geometry:

- ``at``: a place id or [lon, lat];
- ``line``: positions, or stops ``{ at = …, on = "1941-08-25" }`` whose dates go with the vertices;
  ``lines``: several of them;
- ``area``: a table that names what to join (``ring``, ``rings``, ``provinces``, ``states``,
  ``base``, ``circle``, ``features``) and what to do with it (``within``, ``without``, ``side``);
- ``unplaced = true``: none at all; lists, the time strip, search and its card show it, no map does.

A ``[[shape]]`` is drawn by nobody: it only serves to put features together.
Areas that need computing (treaty spheres, sea sectors) come from the layer's own recipe.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import shapely
import shapely.errors
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError, SketchError, UnknownIdError, show
from geo.geometry.coverage import dissolve, polygons_of, round_coordinates
from geo.geometry.geodesic import area_km2, circle, length_km
from geo.geometry.split import side_of_line
from geo.model.schema import Declarations, find_faults, name_of
from geo.recipes.ground import Ground
from geo.recipes.properties import (
    Row,
    Shape,
    feature_properties,
    property_faults,
    sound_part,
)

__all__ = ["build_sketch", "survey_sketch"]

SHAPE_KEYS: Final = ("id", "at", "line", "lines", "area")


def build_sketch(
    declared: Declarations,
    ground: Ground,
    *,
    derived: Mapping[str, BaseGeometry],
    claims: Mapping[str, list[str]],
    drafts: list[dict[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """Return the GeoJSON features of one sketch file; every fault is added to its list.

    `derived` holds geometries computed by the layer's own recipe, by feature id; `claims` the ids
    of the claims that name a feature. What is sound of features at fault is added to `drafts`.
    """
    rest = [] if drafts is None else drafts
    made: dict[str, BaseGeometry] = {}
    features: list[dict[str, Any]] = []
    for number, name, entry in _entries(declared, "shape"):
        problems = find_faults(Shape, entry)
        try:
            if _may_be_made(entry):
                made[entry["id"]] = _geometry(entry, ground, made)
        except GeoError as err:
            problems += str(err).splitlines()
        for problem in problems:
            declared.add("shape", number, f"{name}: {problem}")
    for number, name, entry in _entries(declared, "feature"):
        named = claims.get(name_of(entry), [])
        faults = property_faults(entry, named)
        geometry = None
        try:
            geometry = _make(entry, ground, made, derived)
            if not faults:
                features.append(_feature(entry, named, geometry, ground))
        except (GeoError, shapely.errors.GEOSException) as err:
            faults += str(err).splitlines()
        if faults:
            rest.append(_draft(entry, named, geometry, f"number {number}"))
        for problem in faults:
            declared.add("feature", number, f"{name}: {problem}")
    return features


def survey_sketch(declared: Declarations, claims: Mapping[str, list[str]]) -> None:
    """Add what a sketch says wrong to its list of faults; no geometry is made."""
    for number, name, entry in _entries(declared, "shape"):
        for problem in find_faults(Shape, entry):
            declared.add("shape", number, f"{name}: {problem}")
    for number, name, entry in _entries(declared, "feature"):
        for problem in property_faults(entry, claims.get(name_of(entry), [])):
            declared.add("feature", number, f"{name}: {problem}")


def _entries(declared: Declarations, key: str) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """Yield number, name and table of each ``[[key]]``; what is no table becomes a fault.

    The name of a row of a file is where it stands there.
    """
    for number, entry in enumerate(declared.tables(key), start=1):
        name = f"{key} {show(name_of(entry)) if name_of(entry) else f'number {number}'}"
        if isinstance(entry, dict):
            yield number, (isinstance(entry, Row) and entry.origin) or name, entry
        else:
            declared.add(key, number, f"{name}: found {show(entry)}, expected a table")


def _make(
    entry: Mapping[str, Any],
    ground: Ground,
    made: dict[str, BaseGeometry],
    derived: Mapping[str, BaseGeometry],
) -> BaseGeometry | None:
    """Return the geometry of a feature, and add it to those made so far; raises SketchError.

    None where there is none, or where a fault that was told leaves none.
    """
    name = name_of(entry)
    if entry.get("unplaced") is True or (isinstance(entry, Row) and "at" in entry.told):
        return None
    if not _may_be_made(entry):
        return None
    geometry = derived[name] if name in derived else _geometry(entry, ground, made)
    made[name] = round_coordinates(geometry)
    if not made[name].is_valid:
        raise SketchError(f"its geometry is not valid: {shapely.is_valid_reason(made[name])}")
    return made[name]


def _may_be_made(entry: Mapping[str, Any]) -> bool:
    """Tell whether what an entry says of its geometry is no fault, whatever else is."""
    return not find_faults(Shape, {key: entry[key] for key in SHAPE_KEYS if key in entry})


def _geometry(
    entry: Mapping[str, Any], ground: Ground, made: Mapping[str, BaseGeometry]
) -> BaseGeometry:
    if "at" in entry:
        return shapely.Point(ground.position(entry["at"]))
    if "line" in entry:
        return _line(entry["line"], ground)
    if "lines" in entry:
        return shapely.MultiLineString([_line(line, ground) for line in entry["lines"]])
    if "area" in entry:
        return _area(entry["area"], ground, made)
    raise SketchError("has no geometry: expected at, line, lines, area or unplaced = true")


def _line(stops: Sequence[Any], ground: Ground) -> BaseGeometry:
    return shapely.LineString([ground.position(_at(stop)) for stop in stops])


def _at(stop: Any) -> Any:
    return stop["at"] if isinstance(stop, dict) else stop


def _stops(entry: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the dates and places that go with the vertices of a line, when it has any."""
    stops = entry.get("line", [])
    dates = [stop.get("on", "") if isinstance(stop, dict) else "" for stop in stops]
    if not any(dates):
        return {}
    places = [at if isinstance(at, str) else "" for at in map(_at, stops)]
    return {"dates": dates, "places": places}


def _area(
    spec: Mapping[str, Any], ground: Ground, made: Mapping[str, BaseGeometry]
) -> BaseGeometry:
    rings = [*spec.get("rings", []), *([spec["ring"]] if "ring" in spec else [])]
    parts = [shapely.Polygon([ground.position(at) for at in ring]) for ring in rings]
    parts += [ground.area(base) for base in spec.get("base", [])]
    parts += [ground.area(state) for state in spec.get("states", [])]
    parts += [_made(name, made) for name in spec.get("features", [])]
    if "provinces" in spec:
        pieces = [ground.pieces_of(name) for name in spec["provinces"]]
        parts.append(dissolve([area for found in pieces for area in found.values()]))
    if "circle" in spec:
        parts.append(
            shapely.Polygon(circle(ground.position(spec["circle"]["at"]), spec["circle"]["km"]))
        )
    area = shapely.union_all(parts) if len(parts) != 1 else parts[0]
    for name in spec.get("within", []):
        area = area.intersection(ground.areas[name] if name in ground.areas else _made(name, made))
    for name in spec.get("without", []):
        area = area.difference(ground.areas[name] if name in ground.areas else _made(name, made))
    if "side" in spec:
        side = spec["side"]
        line = _line(side["of"], ground)
        area = side_of_line(area, line, shapely.Point(ground.position(side["holding"])))
    polygons = polygons_of(area)
    if not polygons:
        raise SketchError("the area is empty")
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _label_position(geometry: BaseGeometry, given: Sequence[float] | None) -> dict[str, Any]:
    """Return where a label stands: the widest place of an area, just before the middle of a line.

    For areas `label_room` is the radius, in degrees of longitude, of the circle that fits there,
    or around the place that is `given`.
    """
    if geometry.geom_type.endswith("Polygon"):
        if given:
            inside = geometry.intersects(shapely.Point(given))
            room = geometry.boundary.distance(shapely.Point(given)) if inside else 0.0
            return {"label_room": round(room, 2)}
        radius = shapely.maximum_inscribed_circle(polygons_of(geometry)[0], tolerance=0.01)
        (x, y), _ = radius.coords
        return {"label_at": [round(x, 3), round(y, 3)], "label_room": round(radius.length, 2)}
    longest = max(shapely.get_parts(geometry), key=lambda part: part.length)
    point = longest.interpolate(0.45, normalized=True)
    return {"label_at": [round(point.x, 3), round(point.y, 3)]}


def _made(name: str, made: Mapping[str, BaseGeometry]) -> BaseGeometry:
    if name not in made:
        raise UnknownIdError("feature (it must stand earlier in the file)", name, made)
    return made[name]


def _feature(
    entry: Mapping[str, Any], claims: list[str], geometry: BaseGeometry | None, ground: Ground
) -> dict[str, Any]:
    """Return the GeoJSON feature of an entry without faults.

    What has no place has no geometry (RFC 7946, section 3.2); what the edge of the base cuts off is
    not measured.
    """
    properties = feature_properties(entry, claims)
    if geometry is not None:
        measured: dict[str, int] = {}
        if geometry.geom_type.endswith("Polygon") and not geometry.intersects(ground.edge):
            measured = {"area_km2": round(area_km2(geometry))}
        elif geometry.geom_type.endswith("LineString"):
            measured = {"length_km": round(length_km(geometry))}
        if properties.get("label") and geometry.geom_type != "Point":
            properties = {**_label_position(geometry, properties.get("label_at")), **properties}
        properties = {**properties, **_stops(entry), **measured}
    return _geojson(properties, geometry)


def _draft(
    entry: Mapping[str, Any], claims: list[str], geometry: BaseGeometry | None, name: str
) -> dict[str, Any]:
    """Return what is sound of a feature at fault: in it more may be wrong that others know of."""
    sound = {"begin_edtf": "", "end_edtf": "", **sound_part(entry), "claims": claims}
    return _geojson({**sound, "id": name_of(entry) or name}, geometry)


def _geojson(properties: Mapping[str, Any], geometry: BaseGeometry | None) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": properties["id"],
        "properties": properties,
        "geometry": None if geometry is None else shapely.geometry.mapping(geometry),
    }
