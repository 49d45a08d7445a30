"""Layers whose geometry is computed, each by a recipe of its own from one table of its sketch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from shapely.geometry.base import BaseGeometry

from geo.recipes.caspian import Sectors, derive_caspian
from geo.recipes.ground import Ground
from geo.recipes.spheres import Partition, derive_spheres

__all__ = ["DERIVED", "Recipe", "known_tables"]


@dataclass(frozen=True)
class Recipe:
    """How the geometry of a layer is computed."""

    table: str
    """The table of the sketch that says from what."""
    rules: type[Any]
    """Its shape."""
    derive: Callable[[Any, Ground], dict[str, BaseGeometry]]
    """Makes geometries by feature id."""


DERIVED: Final[Mapping[str, Recipe]] = {
    "spheres-1907": Recipe("partition", Partition, derive_spheres),
    "caspian": Recipe("sectors", Sectors, derive_caspian),
}
"""Recipes by layer id."""


def known_tables(layer_id: str) -> list[str]:
    """Return the tables that the sketch of a layer may have."""
    own = [DERIVED[layer_id].table] if layer_id in DERIVED else []
    return ["feature", "shape", "table", *own]
