"""`python -m geo build`: from sketches and base to every GeoJSON file below ``layers/``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError, SketchError, list_faults, raise_faults
from geo.files import write_bytes, write_features
from geo.model.catalogue import Catalogue
from geo.model.features import Feature
from geo.model.layers import find_misfits
from geo.model.schema import Declarations, name_of
from geo.model.symbology import RELIEF, load_symbology
from geo.recipes.base import build_base
from geo.recipes.derived import DERIVED, known_tables
from geo.recipes.ground import Ground, build_places, load_ground
from geo.recipes.properties import Row, read_sketch
from geo.recipes.relief import build_relief
from geo.recipes.sketch import build_sketch, survey_sketch
from geo.recipes.states import build_borders, build_states
from geo.recipes.survey import FOLDER, find_sketch_faults

__all__ = ["build_layers", "rebuild_base", "rebuild_relief"]


def rebuild_base(root: Path, inputs: Path) -> Iterator[Path]:
    """Cut the base from the downloads in a folder and write it; yields the files written."""
    layers = root / "layers"
    for name, features in build_base(inputs, layers / "sketches").items():
        write_features(layers / "base" / name, features)
        yield layers / "base" / name


def rebuild_relief(root: Path) -> Iterator[Path]:
    """Make the hill shading anew and write it; yields the files written."""
    for kind, image in build_relief(root).items():
        write_bytes(root / RELIEF[kind], image)
        yield root / RELIEF[kind]


def build_layers(catalogue: Catalogue) -> dict[Path, list[dict[str, Any]]]:
    """Return the features of each derived file below ``layers/``, by path; nothing is written.

    Raises SketchError with every fault of all sketches: what they cannot draw, ids used twice,
    sources, kinds and actors that nothing declares. What is worth knowing of a file and no fault is
    told on the console.
    """
    layers = catalogue.root / "layers"
    sketches = layers / "sketches"
    try:
        ground = load_ground(layers)
        states = build_states(ground, sketches)
    except GeoError as err:  # nothing can be built without; what else is wrong is told with it
        faults = [*str(err).splitlines(), *find_sketch_faults(catalogue)]
        raise SketchError("\n".join(list_faults(faults))) from err
    built = {
        layers / "base" / "places.geojson": build_places(sketches),
        layers / "base" / "states.geojson": states,
        layers / "base" / "borders.geojson": build_borders(states, ground, sketches),
    }
    ground = ground.with_states(states)
    faults = []
    features: list[Feature] = []
    origins: dict[tuple[str, str], str] = {}
    for layer in catalogue.themes:
        own: list[str] = []
        name = f"{FOLDER}/{layer.id}.toml"
        made: list[dict[str, Any]] = []
        drafts: list[dict[str, Any]] = []
        try:
            sketch, shapes = _expanded(read_sketch(catalogue.root / name), sketches, name, own)
            origins |= _origins(sketch, layer.id)
            declared = Declarations(catalogue.root / name, name, sketch, own)
            declared.expect_keys(known_tables(layer.id))
            made = _make(declared, ground, shapes, catalogue, drafts)
        except (GeoError, GEOSException) as err:
            own += [
                f"{name}: {line}" if name not in line else line for line in str(err).splitlines()
            ]
        faults += own
        built[catalogue.path(layer)] = made
        features += [
            Feature(layer.id, item["geometry"] or {}, item["properties"])
            for item in (*made, *drafts)
        ]
    for feature, fault in find_misfits(features, catalogue, load_symbology(catalogue.root)):
        where = origins.get((feature.layer, feature.id), f"feature {feature.id!r}")
        faults.append(f"layers/sketches/{feature.layer}.toml: {where}: {fault}")
    raise_faults(SketchError, "", faults)
    return built


def _make(
    declared: Declarations,
    ground: Ground,
    shapes: Mapping[str, BaseGeometry],
    catalogue: Catalogue,
    drafts: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return the features of a sketch, those of its recipe with the geometry it computes.

    What is sound of those at fault is added to `drafts`.
    """
    claims = catalogue.claims_by_feature
    if recipe := DERIVED.get(declared.path.stem):
        rules = declared.record(recipe.rules, recipe.table)
        if rules is None:  # features without the geometry it computes would be faults of their own
            survey_sketch(declared, claims)
            return []
        shapes = {**shapes, **recipe.derive(rules, ground)}
    return build_sketch(declared, ground, derived=shapes, claims=claims, drafts=drafts)


def _expanded(
    sketch: Mapping[str, Any], sketches: Path, name: str, faults: list[str]
) -> tuple[Mapping[str, Any], dict[str, BaseGeometry]]:
    """Return a sketch with the rows of its tables as features, and their geometries.

    Faults of the tables and their rows are added.
    """
    if "table" not in sketch:
        return sketch, {}
    from geo.recipes.tables import expand_tables  # imports GeoPandas, which takes a second

    found: list[str] = []
    notes: list[str] = []
    expanded = expand_tables(sketch, sketches, found, notes)
    faults += [f"{name}: {fault}" for fault in found]
    for note in notes:
        print(f"warning: {name}: {note}", file=sys.stderr)
    return expanded


def _origins(sketch: Mapping[str, Any], layer: str) -> dict[tuple[str, str], str]:
    """Return where the features stand that rows of files became, by layer and id."""
    found = sketch.get("feature", [])
    return {
        (layer, name_of(entry)): entry.origin
        for entry in (found if isinstance(found, list) else [])
        if isinstance(entry, Row)
    }
