"""Sketches that nothing reads: their layer was not declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geo.model.catalogue import Catalogue

__all__ = ["find_unread"]

GROUND: Final = {"base", "places", "states"}
"""Sketches of the base map, which are no layers."""


def find_unread(catalogue: Catalogue) -> Iterator[str]:
    """Yield a warning for each sketch that no layer of the catalogue is made of."""
    read = GROUND | {layer.id for layer in catalogue.themes}
    for path in sorted((catalogue.root / "layers" / "sketches").glob("*.toml")):
        if path.stem not in read:
            yield (
                f"layers/sketches/{path.name}: found no [[layer]] with id = {path.stem!r} in "
                "layers/catalogue.toml, so nothing of it is built"
            )
