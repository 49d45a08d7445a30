"""`python -m geo build`: from sketches and base to every GeoJSON file below ``layers/``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from shapely.geometry.base import BaseGeometry

from geo.files import write_features
from geo.model.catalogue import Catalogue, read_toml
from geo.recipes.base import build_base
from geo.recipes.caspian import derive_caspian
from geo.recipes.ground import Ground, build_places, load_ground
from geo.recipes.sketch import build_sketch
from geo.recipes.spheres import derive_spheres
from geo.recipes.states import build_borders, build_states

__all__ = ["build_layers", "rebuild_base"]

DERIVED: Final[Mapping[str, Callable[[Mapping[str, Any], Ground], dict[str, BaseGeometry]]]] = {
    "spheres-1907": derive_spheres,
    "caspian": derive_caspian,
}
"""Layers whose geometry is computed, by layer id."""


def rebuild_base(root: Path, inputs: Path) -> Iterator[Path]:
    """Cut the base from the downloads in a folder and write it; yields the files written."""
    layers = root / "layers"
    for name, features in build_base(inputs, layers / "sketches").items():
        write_features(layers / "base" / name, features)
        yield layers / "base" / name


def build_layers(catalogue: Catalogue) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Yield each derived file below ``layers/`` with its features; nothing is written."""
    layers = catalogue.root / "layers"
    sketches = layers / "sketches"
    ground = load_ground(layers)
    states = build_states(ground, sketches)
    yield layers / "base" / "places.geojson", build_places(sketches)
    yield layers / "base" / "states.geojson", states
    yield layers / "base" / "borders.geojson", build_borders(states, ground, sketches)
    ground = load_ground(layers, states=states)
    claims = _claims_by_feature(catalogue)
    for layer in catalogue.themes:
        path = sketches / f"{layer.id}.toml"
        sketch, shapes = _expanded(read_toml(path), sketches)
        derive = DERIVED.get(layer.id)
        features = build_sketch(
            str(path.relative_to(catalogue.root)),
            sketch,
            ground,
            derived={**shapes, **(derive(sketch, ground) if derive else {})},
            claims=claims,
        )
        yield catalogue.path(layer), features


def _expanded(
    sketch: Mapping[str, Any], sketches: Path
) -> tuple[Mapping[str, Any], dict[str, BaseGeometry]]:
    """Return a sketch with the rows of its tables as features, and their geometries."""
    if "table" not in sketch:
        return sketch, {}
    from geo.recipes.tables import expand_tables  # imports GeoPandas, which takes a second

    return expand_tables(sketch, sketches)


def _claims_by_feature(catalogue: Catalogue) -> dict[str, list[str]]:
    claims: dict[str, list[str]] = {}
    for claim in catalogue.claims.values():
        for feature in claim.features:
            claims.setdefault(feature, []).append(claim.id)
    return claims
