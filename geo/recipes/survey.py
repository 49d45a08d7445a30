"""What sketches say wrong, told without making geometry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geo.errors import GeoError
from geo.model.catalogue import Catalogue
from geo.model.schema import Declarations
from geo.recipes.derived import DERIVED, known_tables
from geo.recipes.ground import read_extent, read_gazetteer
from geo.recipes.properties import read_sketch
from geo.recipes.sketch import survey_sketch
from geo.recipes.states import read_states

__all__ = ["FOLDER", "GROUND", "find_sketch_faults"]

FOLDER: Final = "layers/sketches"

GROUND: Final = {"base": read_extent, "places": read_gazetteer, "states": read_states}
"""Sketches of the base map, which are no layers, and how they are read."""


def find_sketch_faults(catalogue: Catalogue) -> Iterator[str]:
    """Yield what each sketch says wrong; whether a geometry can be made, only a build tries."""
    for read in GROUND.values():
        try:
            read(catalogue.root / FOLDER)
        except GeoError as err:
            yield from str(err).splitlines()
    for layer in catalogue.themes:
        name = f"{FOLDER}/{layer.id}.toml"
        try:
            sketch = read_sketch(catalogue.root / name)
        except GeoError as err:
            yield from str(err).splitlines()
            continue
        declared = Declarations(catalogue.root / name, name, sketch, faults=[])
        declared.expect_keys(known_tables(layer.id))
        if recipe := DERIVED.get(layer.id):
            declared.record(recipe.rules, recipe.table)
        survey_sketch(declared, catalogue.claims_by_feature)
        yield from declared.faults
