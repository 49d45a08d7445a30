"""The ground sketches stand on: base areas by name, and named places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import SketchError, UnknownIdError, raise_faults, show
from geo.geometry.coverage import dissolve
from geo.model.features import Certainty, Rank, read_features
from geo.model.schema import (
    Declarations,
    EdtfText,
    Id,
    Named,
    Position,
    Record,
    WholeNumber,
)
from geo.recipes.base_sketch import read_base_sketch
from geo.recipes.properties import read_sketch, timed_properties

__all__ = ["Ground", "build_places", "load_ground", "read_extent", "read_gazetteer"]


@dataclass(frozen=True)
class GazetteerPlace:
    """A named place, as the gazetteer has it."""

    __pydantic_config__ = Record

    id: Id
    title: Named
    at: Position
    km: WholeNumber
    rank: Rank
    names: tuple[tuple[Named, EdtfText, EdtfText], ...] = ()
    """What it was called, with the first and the last day; open where empty."""
    also: tuple[Named, ...] = ()
    sources: tuple[Id, ...] = ("geonames",)
    certainty: Certainty = "certain"
    capital: bool = False


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

    def with_states(self, states: Iterable[Mapping[str, Any]]) -> Ground:
        """Return the ground with the areas of states that were built on it."""
        areas = {item["id"]: shapely.geometry.shape(item["geometry"]) for item in states}
        return replace(self, areas={**self.areas, **areas})

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
        raise SketchError(
            f"found position {show(spec)}, expected a place id or [longitude, latitude]"
        )


def load_ground(layers: Path) -> Ground:
    """Read the base below ``layers/base``."""
    base = layers / "base"
    collections = {
        name: read_features(base / f"{name}.geojson", f"base-{name}")
        for name in ("land", "countries", "provinces", "seas", "lakes")
    }
    areas = {
        feature.id: shapely.geometry.shape(feature.geometry)
        for items in collections.values()
        for feature in items
    }
    provinces = {item.properties["title"]: areas[item.id] for item in collections["provinces"]}
    pieces = dict(provinces)
    for item in collections["countries"]:
        code, area = item.properties["title"], areas[item.id]
        own = [part for name, part in provinces.items() if name.startswith(f"{code}/")]
        rest = area.difference(shapely.union_all(own)) if own else area
        if not own:
            pieces[code] = area
        elif rest.area > 1e-3:  # square degrees; below this only rounding is left over
            pieces[f"{code}/"] = rest
    sketches = layers / "sketches"
    places = {place.id: place.at for place in read_gazetteer(sketches)}
    return Ground(pieces, areas, places, shapely.box(*read_extent(sketches)).boundary)


def read_extent(sketches: Path) -> tuple[float, float, float, float]:
    """Read how far the base reaches: west, south, east, north; raises GeoError."""
    west, south, east, north = read_base_sketch(sketches)["extent"]
    return west, south, east, north


def read_gazetteer(sketches: Path) -> tuple[GazetteerPlace, ...]:
    """Read ``places.toml``; raises SketchError with every fault found."""
    faults: list[str] = []
    path = sketches / "places.toml"
    declared = Declarations(path, "layers/sketches/places.toml", read_sketch(path), faults)
    declared.expect_keys(("place",))
    places = declared.records(GazetteerPlace, "place")
    raise_faults(SketchError, "", faults)
    return tuple(places.values())


def build_places(sketches: Path) -> list[dict[str, Any]]:
    """Return the gazetteer as point features, with the names of each period."""
    return [_place(entry) for entry in read_gazetteer(sketches)]


def _place(entry: GazetteerPlace) -> dict[str, Any]:
    names = entry.names or ((entry.title, "", ""),)
    properties = {
        "id": f"place-{entry.id}",
        "title": entry.title,
        "kind": "place",
        **timed_properties({}),
        "certainty": entry.certainty,
        "precision_km": entry.km,
        "sources": list(entry.sources),
        "label_rank": entry.rank,
        **({"capital": True} if entry.capital else {}),
        "names": [
            {"name": name, **timed_properties({"begin": begin, "end": end})}
            for name, begin, end in names
        ],
        "also": list(entry.also),
    }
    geometry = {"type": "Point", "coordinates": [float(number) for number in entry.at]}
    return {
        "type": "Feature",
        "id": properties["id"],
        "properties": properties,
        "geometry": geometry,
    }
