"""The base: land, seas, lakes, rivers, countries and provinces, cut from Natural Earth.

Reads downloads that are not part of the repository (see docs/rebuilding-the-base.md), so it runs
only when asked: ``python -m geo build --base DIR``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import geopandas
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import SketchError
from geo.geometry.coverage import dissolve, generalise_coverage, polygons_of, round_coordinates
from geo.geometry.geodesic import area_km2
from geo.recipes.base_sketch import read_base_sketch
from geo.recipes.globe import build_globe

__all__ = ["build_base"]

SOURCE = "natural-earth-410"

GAP = 0.6
"""Degrees between the ends of pieces that are one river."""


def build_base(inputs: Path, sketches: Path) -> dict[str, list[dict[str, Any]]]:
    """Cut the base layers from the downloads in a folder.

    Returns GeoJSON features by file name below ``layers/base/``. Raises SketchError when a
    download is missing or is not the one whose sha256 the sketch records.
    """
    sketch = read_base_sketch(sketches, whole=True)
    paths = {name: _verified(inputs, entry) for name, entry in sketch["inputs"].items()}
    boundaries = geopandas.read_file(
        paths["boundaries"], layer=sketch["inputs"]["boundaries"]["layer"]
    )
    extent = shapely.box(*sketch["extent"])
    pieces = _pieces(boundaries, extent, sketch)
    countries = {
        code: dissolve([area for name, area in pieces.items() if name.split("/")[0] == code])
        for code in sorted({name.split("/")[0] for name in pieces})
    }
    land = dissolve(list(countries.values()))
    globe = build_globe(paths["globe"], sketch["globe"])
    return {
        "land.geojson": [_feature("land", "Land", land)],
        "coast.geojson": [_feature("coast", "Coast", _coast(land, extent))],
        "world.geojson": [
            _feature("world", "Land outside the extent", _world(boundaries, extent, sketch))
        ],
        "countries.geojson": [_feature(f"country-{c.lower()}", c, a) for c, a in countries.items()],
        "provinces.geojson": [
            _feature(f"province-{_slug(name)}", name, area)
            for name, area in sorted(pieces.items())
            if "/" in name
        ],
        "seas.geojson": _seas(extent, land, sketch),
        "lakes.geojson": _lakes(paths, sketch),
        "rivers.geojson": _rivers(paths, extent, sketch),
        "globe-land.geojson": [_feature("globe-land", "Land of the world", globe["land"])],
        "globe-coast.geojson": [_feature("globe-coast", "Coast of the world", globe["coast"])],
    }


def _verified(inputs: Path, entry: Mapping[str, str]) -> Path:
    path = inputs / entry["file"]
    if not path.is_file():
        raise SketchError(f"{path}: not found, expected {entry['what']}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != entry["sha256"]:
        raise SketchError(
            f"{path}: sha256 is {digest}, expected {entry['sha256']} ({entry['what']})"
        )
    return path


def _pieces(
    boundaries: geopandas.GeoDataFrame, extent: BaseGeometry, sketch: Mapping[str, Any]
) -> dict[str, BaseGeometry]:
    """Return the smallest areas the atlas uses, by name (``IRN/Gilan`` or ``IRQ``), generalised."""
    rows = list(boundaries[boundaries.intersects(extent)].itertuples())
    areas = [row.geometry.intersection(extent) for row in rows]
    islands = [
        part for part in polygons_of(dissolve(areas)) if not _kept(part, sketch)
    ]  # of the land as a whole: a city that is a province of its own is no island
    tree = shapely.STRtree(islands)
    groups: dict[str, list[BaseGeometry]] = {}
    for row, area in zip(rows, areas, strict=True):
        points = [part.representative_point() for part in polygons_of(area)]
        inside = [
            part
            for part, point in zip(polygons_of(area), points, strict=True)
            if not len(tree.query(point, predicate="within"))
        ]
        groups.setdefault(_piece_name(row, sketch), []).extend(inside)
    named = {name: dissolve(parts) for name, parts in sorted(groups.items()) if parts}
    generalised = generalise_coverage(
        list(named.values()), sketch["generalisation_m"], sketch["projection"]
    )
    return dict(zip(named, generalised, strict=True))


def _piece_name(row: Any, sketch: Mapping[str, Any]) -> str:
    country, province = row.adm0_a3, row.name
    province = sketch["rename"].get(f"{country}/{row.gn_name}", province)
    merged = sketch["merge"].get(f"{country}/{province}")
    if merged:
        return str(merged)
    country = sketch["merge"].get(country, country)
    kept = sketch["provinces"].get(country, [])
    return f"{country}/{province}" if kept == "all" or province in kept else str(country)


def _kept(part: BaseGeometry, sketch: Mapping[str, Any]) -> bool:
    """Tell whether a piece of land is large enough for where it lies."""
    islands = sketch["islands"]
    near = shapely.box(*islands["keep_within"]).contains(part.representative_point())
    return bool(area_km2(part) >= islands["keep_smallest_km2" if near else "smallest_km2"])


def _world(
    boundaries: geopandas.GeoDataFrame, extent: BaseGeometry, sketch: Mapping[str, Any]
) -> BaseGeometry:
    rules = sketch["world"]
    (west, east), (south, north) = rules["longitudes"], rules["latitudes"]
    everything = shapely.coverage_union_all(boundaries.geometry.values)
    window = shapely.box(west, south, east, north).difference(extent)
    # One degree of latitude is 111.2 km; at this coarseness the convergence of meridians is noise.
    simple = everything.simplify(rules["generalisation_m"] / 111_200)
    parts = [
        part
        for part in polygons_of(simple.intersection(window))
        if area_km2(part) > rules["smallest_km2"]
    ]
    # Snap-rounded to a tenth of a degree: rounding alone would let thin capes cross themselves.
    return round_coordinates(shapely.set_precision(shapely.MultiPolygon(parts), 0.1), 1)


def _coast(land: BaseGeometry, extent: BaseGeometry) -> BaseGeometry:
    """Return the edge of the land, without the edge of the extent."""
    segments = [
        shapely.LineString(pair)
        for ring in shapely.get_parts(land.boundary)
        for pair in zip(ring.coords, ring.coords[1:], strict=False)
    ]
    edge = extent.boundary
    return shapely.line_merge(
        shapely.MultiLineString([line for line in segments if not edge.covers(line)])
    )


def _seas(
    extent: BaseGeometry, land: BaseGeometry, sketch: Mapping[str, Any]
) -> list[dict[str, Any]]:
    water: list[BaseGeometry] = list(polygons_of(extent.difference(land)))
    for cut in sketch["basin_cut"]:
        line = shapely.LineString(cut["line"])
        water = [piece for part in water for piece in _cut(part, line)]
    seas = []
    for entry in sketch["sea"]:
        inside = [part for part in water if part.contains(shapely.Point(entry["at"]))]
        if not inside:
            raise SketchError(f"base.toml: {entry['id']}: no water at {entry['at']}")
        seas.append(_feature(entry["id"], entry["title"], round_coordinates(inside[0]), entry))
    return seas


def _cut(part: BaseGeometry, line: BaseGeometry) -> list[BaseGeometry]:
    if not part.intersects(line):
        return [part]
    faces = shapely.polygonize([shapely.node(shapely.union_all([part.boundary, line]))])
    return [face for face in faces.geoms if part.contains(face.representative_point())]


def _lakes(paths: Mapping[str, Path], sketch: Mapping[str, Any]) -> list[dict[str, Any]]:
    areas = list(_geometries(paths, "lakes"))
    lakes = []
    for entry in sketch["lake"]:
        if "shore" in entry:
            area: BaseGeometry = shapely.Polygon(entry["shore"][0], entry["shore"][1:])
        else:
            at = shapely.Point(entry["at"])
            area = min(areas, key=at.distance)
            if area.distance(at) > 0.5:
                raise SketchError(f"base.toml: {entry['id']}: no lake near {entry['at']}")
            areas.remove(area)
        lakes.append(_feature(entry["id"], entry["title"], round_coordinates(area, 3), entry))
    return lakes


def _rivers(
    paths: Mapping[str, Path], extent: BaseGeometry, sketch: Mapping[str, Any]
) -> list[dict[str, Any]]:
    cut = (line.intersection(extent) for line in _geometries(paths, "rivers"))
    lines = [line for line in cut if not line.is_empty]
    rivers = []
    for entry in sketch["river"]:
        pieces = []
        for near in entry["near"]:
            at = shapely.Point(near)
            line = min(lines, key=at.distance)
            if line.distance(at) > 1:
                raise SketchError(f"base.toml: {entry['id']}: no river near {near}")
            pieces.append(line)
        course = _without_gaps(shapely.union_all(pieces)).simplify(0.02)
        rivers.append(_feature(entry["id"], entry["title"], round_coordinates(course, 3)))
    return rivers


def _without_gaps(course: BaseGeometry) -> BaseGeometry:
    """Join what lies apart of a river, end to nearest end: the source leaves out reservoirs."""
    apart: list[BaseGeometry] = []
    for piece in shapely.get_parts(course):
        touching = [part for part in apart if part.intersects(piece)]
        apart = [part for part in apart if part not in touching]
        apart.append(shapely.line_merge(shapely.union_all([piece, *touching])))
    while len(apart) > 1:
        pair = min(combinations(apart, 2), key=lambda pair: _gap(*pair).length)
        gap = _gap(*pair)
        if gap.length > GAP:
            break
        apart = [part for part in apart if part not in pair]
        apart.append(shapely.line_merge(shapely.union_all([gap, *pair])))
    return shapely.union_all(apart)


def _gap(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """Return the shortest line from an end of one to an end of the other."""
    return shapely.shortest_line(one.boundary, other.boundary)


def _geometries(paths: Mapping[str, Path], layer: str) -> Iterator[BaseGeometry]:
    for name in ("asia", "europe", "africa"):
        # TopoJSON declares no CRS; these files are Natural Earth's EPSG:4326, quantised.
        frame = geopandas.read_file(paths[name], layer=layer)
        yield from (shapely.make_valid(geometry, method="structure") for geometry in frame.geometry)


def _feature(
    feature_id: str, title: str, area: BaseGeometry, entry: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    entry = entry or {}
    labels = {key: value for key, value in entry.items() if key.startswith("label")}
    return {
        "type": "Feature",
        "id": feature_id,
        "properties": {
            "id": feature_id,
            "title": title,
            "kind": "base",
            "begin": entry.get("begin", ""),
            "end": entry.get("end", ""),
            "certainty": "certain",
            "precision_km": 2,
            "sources": [entry.get("source", SOURCE)],
            **labels,
        },
        "geometry": shapely.geometry.mapping(area),
    }


def _slug(name: str) -> str:
    plain = name.lower().translate(str.maketrans("ığçəşöü'/ ", "igcasou---"))
    return "-".join(word for word in plain.split("-") if word)
