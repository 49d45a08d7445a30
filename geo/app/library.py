"""What every visitor shares: the catalogue, its features and the rendered documents."""

from __future__ import annotations

import gzip
import hashlib
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from typing import Final

from geo.app.ondemand import OnDemand
from geo.document.folium_map import build_map
from geo.document.page import render_document
from geo.errors import GeoError
from geo.model.catalogue import Catalogue, Era, load_catalogue
from geo.model.features import Feature, read_features

__all__ = ["Document", "Library", "open_library"]


@dataclass(frozen=True)
class Document:
    """A rendered map document, named by its content."""

    name: str
    """File name; another content has another name, so it can be cached for ever."""
    page: bytes
    packed: bytes
    """The page, gzipped."""


# 24 documents are some 15 MB. A build takes about a second, so nobody waits longer than eight.
_SUBSETS: Final[OnDemand[Document]] = OnDemand(most=24, waiting=8)


@dataclass(frozen=True)
class Library:
    """Everything the app serves. Nothing of a visitor's is ever kept here."""

    catalogue: Catalogue
    features: tuple[Feature, ...]
    faults: tuple[str, ...]
    """One sentence for each layer that could not be read; the others are shown."""
    atlas: Document

    @property
    def release(self) -> str:
        """The name of what this server shows: of the content of the document of all eras.

        All documents follow from the same files, so servers of one release make the same ones.
        """
        return self.atlas.name.removesuffix(".html")

    def select(self, era: Era, layers: list[str]) -> list[Feature]:
        """Return the features of some layers that overlap an era."""
        return [
            feature
            for feature in self.features
            if feature.layer in layers and feature.timespan.overlaps(era.timespan)
        ]

    def ask_document(self, eras: tuple[Era, ...]) -> Future[Document]:
        """Return the document of some eras, in the catalogue's order; raises BusyError.

        Documents of fewer than all eras are made on demand.
        """
        if len(eras) == len(self.catalogue.eras):
            ready: Future[Document] = Future()
            ready.set_result(self.atlas)
            return ready
        key = (self.release, *(era.id for era in eras))
        return _SUBSETS.ask(key, lambda: _render(self.catalogue, self.features, eras))


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
    document = _render(catalogue, tuple(features), catalogue.eras)
    return Library(catalogue, tuple(features), tuple(faults), document)


def _render(catalogue: Catalogue, features: tuple[Feature, ...], eras: tuple[Era, ...]) -> Document:
    page = render_document(build_map(catalogue, features, eras=eras)).encode()
    name = f"{hashlib.sha256(page).hexdigest()[:16]}.html"
    return Document(name, page, gzip.compress(page, 9, mtime=0))
