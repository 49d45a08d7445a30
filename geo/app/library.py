"""What every visitor shares: the catalogue, its features and the rendered documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from threading import Event, Thread
from typing import Final

from geo.app.naming import load_texts
from geo.app.ondemand import OnDemand
from geo.app.workshop import Document, Workshop, render
from geo.errors import GeoError, UnknownIdError
from geo.model.catalogue import Catalogue, Era, load_catalogue
from geo.model.editions import Edition, load_edition
from geo.model.features import Feature
from geo.model.layers import find_aid_faults, survey_base, survey_layers
from geo.model.wording import ENGLISH, find_languages

__all__ = [
    "Document",
    "Library",
    "open_languages",
    "open_library",
    "prepare",
    "read_library",
]


# Documents of one era are what articles frame: all are kept, and nobody who asks is sent away.
_SINGLES: Final[OnDemand[Document]] = OnDemand(
    most=500,
    waiting=100_000,
    worker=ThreadPoolExecutor(max_workers=1, thread_name_prefix="atlas-single-eras"),
)

# Choices have a queue of their own. 24 documents are some 8 MB; a build takes about a second, so
# nobody waits longer than eight.
_SUBSETS: Final[OnDemand[Document]] = OnDemand(
    most=24,
    waiting=8,
    worker=ThreadPoolExecutor(max_workers=1, thread_name_prefix="atlas-choices"),
)


@dataclass(frozen=True)
class Library:
    """Everything the app serves in one language. Nothing of a visitor's is ever kept here."""

    told: Edition
    faults: tuple[str, ...]
    """One sentence for each layer that could not be read; the others are shown."""
    atlas: Document

    @property
    def catalogue(self) -> Catalogue:
        """What the atlas declares."""
        return self.told.catalogue

    @property
    def features(self) -> Sequence[Feature]:
        """The features of all layers that could be read."""
        return self.told.features

    @property
    def language(self) -> str:
        """Its language."""
        return self.told.wording.language

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
        """Return the document of some eras, in the catalogue's order.

        The document of all eras is there; one of a single era is made once and kept; other choices
        are made on demand, and raise BusyError when too many others wait.
        """
        if len(eras) == len(self.catalogue.eras):
            ready: Future[Document] = Future()
            ready.set_result(self.atlas)
            return ready
        key = (self.release, *(era.id for era in eras))
        store = _SINGLES if len(eras) == 1 else _SUBSETS
        return store.ask(key, lambda: _render(self, eras))

    def make_all(self) -> None:
        """Make the documents of single eras, one at a time: what a reader asks for is next."""
        for era in self.catalogue.eras:
            try:
                self.ask_document((era,)).result()
            except Exception as err:  # whoever asks for this one is told; the others are made
                if self._closed.is_set():
                    return
                print(f"{era.id}: {err}")
        self.single_eras.rest()  # all are kept: it has nothing left to do

    @cached_property
    def single_eras(self) -> Workshop:
        """The process that renders documents of one era."""
        return Workshop(self.told)

    @cached_property
    def choices(self) -> Workshop:
        """The process that renders documents of several: nobody waits for these but who chose."""
        return Workshop(self.told, niceness=10)

    @cached_property
    def _closed(self) -> Event:
        """Set when the server ends, and nothing more is to be made."""
        return Event()

    def close(self) -> None:
        """End the processes."""
        self._closed.set()
        self.single_eras.close()
        self.choices.close()


def open_languages() -> Iterator[Library]:
    """Open the atlas in every language; one whose texts are broken is told in the server's log."""
    for language in find_languages():
        try:
            yield open_library(language)
        except GeoError as err:
            print(err)


def prepare(libraries: Sequence[Library]) -> None:
    """Make the documents of single eras of all languages while the server answers."""

    def make_all() -> None:
        for library in libraries:
            library.make_all()

    Thread(target=make_all, name="atlas-prepare", daemon=True).start()


def open_library(language: str = ENGLISH) -> Library:
    """Return the atlas in a language, read and rendered once for the process.

    Raises GeoError when the base is broken, UnknownIdError for a language that has no texts.
    """
    if language not in (known := find_languages()):
        raise UnknownIdError("language", language[:40], known)
    return read_library(language)


@cache
def read_library(language: str) -> Library:
    """Read and render everything in a language; raises GeoError when the base is broken."""
    catalogue, broken = survey_base(load_catalogue())
    features, others = survey_layers(catalogue)
    broken |= others
    faults = [fault for lines in broken.values() for fault in lines]
    for fault in (*faults, *find_aid_faults(catalogue)):
        print(fault)  # where the file lies is for the server's log; visitors learn which layer
    told = load_edition(catalogue, language, features)
    titles = [told.catalogue.layer(name).title for name in broken]
    unread = load_texts("atlas", language)["unread"]
    missing = tuple(unread.format(title) for title in titles)
    return Library(told, missing, render(told, told.catalogue.eras))


def _render(library: Library, eras: tuple[Era, ...]) -> Document:
    workshop = library.single_eras if len(eras) == 1 else library.choices
    return workshop.render(eras)
