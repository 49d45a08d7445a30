"""Sketches that nothing reads: their layer was not declared."""

from __future__ import annotations

from collections.abc import Iterator

from geo.model.catalogue import Catalogue
from geo.recipes.survey import FOLDER, GROUND

__all__ = ["find_unread"]


def find_unread(catalogue: Catalogue) -> Iterator[str]:
    """Yield a warning for each sketch that no layer of the catalogue is made of."""
    read = GROUND.keys() | {layer.id for layer in catalogue.themes}
    for path in sorted((catalogue.root / FOLDER).glob("*.toml")):
        if path.stem not in read:
            yield (
                f"{FOLDER}/{path.name}: found no [[layer]] with id = {path.stem!r} in "
                "layers/catalogue.toml, so nothing of it is built"
            )
