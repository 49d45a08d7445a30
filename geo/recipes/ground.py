"""The ground sketches stand on: base areas by name, and named places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import SketchError, UnknownIdError
from geo.geometry.coverage import dissolve
from geo.model.catalogue import read_toml
from geo.recipes.properties import timed_properties

__all__ = ["Ground", "build_places", "load_ground"]


@dataclass(frozen=True)
class Ground:
    """What a sketch may refer to."""

    pieces: Mapping[str, BaseGeometry]
    """Smallest areas by name: ``IRN/Gilan``, ``IRQ``."""
    areas: Mapping[str, BaseGeometry]
    """Every base area by feature id: ``country-irn``, ``sea-caspian``, ``state-iran-1935``."""
    places: Mapping[str, tuple[float, float]]
    """Longitude and latitude of each place by id."""
    edge: BaseGeometry
    """The outline of the extent, where the base is cut off."""

    def pieces_of(self, member: str) -> dict[str, BaseGeometry]:
        """Return the pieces of a country code, or the one piece of a full name."""
        found = {
            name: area
            for name, area in self.pieces.items()
            if name == member or name.startswith(f"{member}/")
        }
        if not found:
            raise UnknownIdError("country or province", member, self.pieces)
        return found

    def piece(self, name: str) -> BaseGeometry:
        """Return one piece, or a whole country when it is kept in several."""
        return dissolve(list(self.pieces_of(name).values()))

    def area(self, area_id: str) -> BaseGeometry:
        """Return a base area by feature id; raises UnknownIdError."""
        if area_id not in self.areas:
            raise UnknownIdError("base area", area_id, self.areas)
        return self.areas[area_id]

    def position(self, spec: Any) -> tuple[float, float]:
        """Return the position of a place id, or of a [longitude, latitude] pair."""
        if isinstance(spec, str):
            if spec not in self.places:
                raise UnknownIdError("place", spec, self.places)
            return self.places[spec]
        if (
            isinstance(spec, list)
            and len(spec) == 2
            and all(isinstance(n, int | float) for n in spec)
        ):
            return float(spec[0]), float(spec[1])
        raise SketchError(f"found position {spec!r}, expected a place id or [longitude, latitude]")


def load_ground(layers: Path, *, states: list[dict[str, Any]] | None = None) -> Ground:
    """Read the base below ``layers/base``; `states` are taken from there when not given."""
    base = layers / "base"
    collections = {
        name: _read(base / f"{name}.geojson")
        for name in ("land", "countries", "provinces", "seas", "lakes")
    }
    features = [feature for items in collections.values() for feature in items]
    features += states or []
    areas = {item["id"]: shapely.geometry.shape(item["geometry"]) for item in features}
    provinces = {
        item["properties"]["title"]: areas[item["id"]] for item in collections["provinces"]
    }
    pieces = dict(provinces)
    for item in collections["countries"]:
        code, area = item["properties"]["title"], areas[item["id"]]
        own = [part for name, part in provinces.items() if name.startswith(f"{code}/")]
        rest = area.difference(shapely.union_all(own)) if own else area
        if not own:
            pieces[code] = area
        elif rest.area > 1e-3:  # square degrees; below this only rounding is left over
            pieces[f"{code}/"] = rest
    sketches = layers / "sketches"
    table = read_toml(sketches / "places.toml")["place"]
    edge = shapely.box(*read_toml(sketches / "base.toml")["extent"]).boundary
    return Ground(pieces, areas, {entry["id"]: tuple(entry["at"]) for entry in table}, edge)


def build_places(sketches: Path) -> list[dict[str, Any]]:
    """Return the gazetteer as point features, with the names of each period."""
    return [_place(entry) for entry in read_toml(sketches / "places.toml")["place"]]


def _place(entry: Mapping[str, Any]) -> dict[str, Any]:
    names = entry.get("names", [[entry["title"], "", ""]])
    properties = {
        "id": f"place-{entry['id']}",
        "title": entry["title"],
        "kind": "place",
        **timed_properties({}),
        "certainty": entry.get("certainty", "certain"),
        "precision_km": entry["km"],
        "sources": entry.get("sources", ["geonames"]),
        "label_rank": entry["rank"],
        **({"capital": True} if entry.get("capital") else {}),
        "names": [
            {"name": name, **timed_properties({"begin": begin, "end": end})}
            for name, begin, end in names
        ],
        "also": entry.get("also", []),
    }
    geometry = {"type": "Point", "coordinates": [float(number) for number in entry["at"]]}
    return {
        "type": "Feature",
        "id": properties["id"],
        "properties": properties,
        "geometry": geometry,
    }


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError) as err:
        raise SketchError(f"{path}: cannot be read as GeoJSON ({err})") from err
    return features
