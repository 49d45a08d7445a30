"""What lies under the features of a document: the atlas's own region, or the globe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from geo.model.catalogue import Catalogue, Layer
from geo.model.features import Feature, read_features
from geo.model.texts import GROUND, spoken_feature
from geo.payload.viewports import LEAST_ZOOM

__all__ = ["Base", "read_base", "read_globe"]

FOUNDATIONS: Final = ("base-countries", "base-provinces")
"""Base layers that other layers are made from; no document holds them."""

GLOBE: Final = {"base-land": "base-globe-land", "base-coast": "base-globe-coast"}
"""Base layers of the globe, by the layers they stand for."""

EVERYWHERE: Final = (-3600.0, -90.0, 3600.0, 90.0)
"""The globe tells of all land, wherever a reader pans."""


@dataclass(frozen=True)
class Base:
    """The ground of a document."""

    layers: Mapping[str, Sequence[Feature]]
    """Features by layer id."""
    extent: tuple[float, float, float, float]
    """West, south, east, north: beyond it the base tells nothing."""
    least_zoom: int
    """How far a reader may zoom out."""

    def __getitem__(self, name: str) -> Sequence[Feature]:
        """Return the features of a layer by the end of its id; none when there is no such layer."""
        return self.layers.get(f"base-{name}", ())

    def with_lakes(self, lakes: Sequence[Feature]) -> Base:
        """Return it with other lakes."""
        return replace(self, layers={**self.layers, "base-lakes": lakes})


def read_base(catalogue: Catalogue) -> Base:
    """Read the ground of the atlas's region; of a layer that is known to be unread, nothing."""
    unused = {*FOUNDATIONS, *GLOBE.values()}
    layers = {
        layer.id: [] if layer.id in catalogue.unread else _read(catalogue, layer)
        for layer in catalogue.layers
        if layer.base and layer.id not in unused
    }
    return Base(layers, _extent(layers["base-land"]), LEAST_ZOOM)


def read_globe(catalogue: Catalogue) -> Base:
    """Read the ground of the whole world, at small scale: land and coast alone."""
    layers = {
        name: read_features(catalogue.path(catalogue.layer(source)), name)
        for name, source in GLOBE.items()
    }
    return Base(layers, EVERYWHERE, 0)


def _read(catalogue: Catalogue, layer: Layer) -> Sequence[Feature]:
    """Return the features of a layer with their names in the catalogue's language."""
    path = catalogue.path(layer)
    state = path.stat() if path.is_file() else None
    features = _read_once(path, layer.id, (state.st_mtime_ns, state.st_size) if state else None)
    if layer.id not in GROUND:
        return features
    return [spoken_feature(feature, catalogue) for feature in features]


@lru_cache(maxsize=32)
def _read_once(path: Path, layer: str, _state: tuple[int, int] | None) -> Sequence[Feature]:
    """Return the features of a file in a state (time, size): many maps have the same ground."""
    return read_features(path, layer)


def _extent(land: Iterable[Feature]) -> tuple[float, float, float, float]:
    shells = [polygon[0] for feature in land for polygon in feature.geometry["coordinates"]]
    xs, ys = zip(*(position for shell in shells for position in shell), strict=True)
    return float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys))
