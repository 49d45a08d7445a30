"""What every visitor shares: the catalogue, its features and the rendered document."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache

from geo.cartography import build_map
from geo.catalogue import Catalogue, Era, load_catalogue
from geo.document import render_document
from geo.errors import GeoError
from geo.features import Feature, read_features

__all__ = ["Document", "Library", "open_library"]


@dataclass(frozen=True)
class Document:
    """A rendered map document, named by its content."""

    name: str
    """File name; another content has another name, so it can be cached for ever."""
    page: bytes
    packed: bytes
    """The page, gzipped."""


@dataclass(frozen=True)
class Library:
    """Everything the app serves. Nothing of a visitor's is ever kept here."""

    catalogue: Catalogue
    features: tuple[Feature, ...]
    faults: tuple[str, ...]
    """One sentence for each layer that could not be read; the others are shown."""
    atlas: Document

    def select(self, era: Era, layers: list[str]) -> list[Feature]:
        """Return the features of some layers that overlap an era."""
        return [
            feature
            for feature in self.features
            if feature.layer in layers and feature.timespan.overlaps(era.timespan)
        ]


@cache
def open_library() -> Library:
    """Read and render everything, once for the process; raises GeoError when the base is broken."""
    catalogue = load_catalogue()
    features: list[Feature] = []
    faults: list[str] = []
    for layer in catalogue.themes:
        try:
            features += read_features(catalogue.path(layer), layer.id)
        except GeoError as err:
            # Visitors learn which layer is missing; where the file lies is for the server's log.
            print(err)
            faults.append(f"The layer “{layer.title}” could not be read and is left out.")
    page = render_document(build_map(catalogue, features)).encode()
    name = f"{hashlib.sha256(page).hexdigest()[:16]}.html"
    document = Document(name, page, gzip.compress(page, 9, mtime=0))
    return Library(catalogue, tuple(features), tuple(faults), document)
