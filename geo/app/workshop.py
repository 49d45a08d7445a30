"""Documents, rendered in a process of their own: the server goes on answering meanwhile.

Rendering is a second of Python's own work. In a thread it would hold up every answer: Python runs
one thread at a time, and the drawing core's engine lets go of nothing while it draws.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import pickle
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock, Thread
from types import ModuleType

from geo.document.folium_map import build_map
from geo.document.page import render_document
from geo.model.catalogue import Era
from geo.model.editions import Edition

__all__ = ["Document", "Workshop", "render"]


@dataclass(frozen=True)
class Document:
    """A rendered map document, named by its content."""

    name: str
    """File name; another content has another name, so it can be cached for ever."""
    packed: bytes
    """The page, gzipped: every browser takes it so, and it is a quarter of the memory."""

    @property
    def page(self) -> bytes:
        """The page itself."""
        return gzip.decompress(self.packed)


def render(told: Edition, eras: Sequence[Era]) -> Document:
    """Return the document of some eras."""
    atlas_map = build_map(
        told.catalogue, told.features, eras=eras, symbology=told.symbology, wording=told.wording
    )
    page = render_document(atlas_map).encode()
    name = f"{hashlib.sha256(page).hexdigest()[:16]}.html"
    return Document(name, gzip.compress(page, 9, mtime=0))


class Workshop:
    """One process that renders documents of one atlas, started when it is first needed."""

    def __init__(self, told: Edition, *, niceness: int = 0) -> None:
        """Take the atlas whose documents are asked for, and how far the process stands back."""
        self._told = told
        self._niceness = niceness
        self._lock = Lock()
        self._ended = False

    @cached_property
    def _pool(self) -> ProcessPoolExecutor:
        # Python would write the atlas into a pipe, and wait for ever if the process were gone by
        # then. Here it is in a file until the process has read it.
        with NamedTemporaryFile(prefix="atlas-", delete=False) as file:
            pickle.dump(self._told, file)
        self._file = Path(file.name)
        pool = ProcessPoolExecutor(
            max_workers=1,
            mp_context=get_context("spawn"),
            initializer=_begin,
            initargs=(self._file, self._niceness),
        )
        with _no_main_module():
            pool.submit(int)  # starts the process
        return pool

    def render(self, eras: Sequence[Era]) -> Document:
        """Return the document of some eras; waits for it.

        A process that was ended from outside is started anew, once.
        """
        names = [era.id for era in eras]
        try:
            return self._current().submit(_render_named, names).result()
        except BrokenProcessPool:
            self.rest()
            return self._current().submit(_render_named, names).result()

    def rest(self) -> None:
        """End the process; what is asked for later starts another."""
        with self._lock:
            pool = self.__dict__.pop("_pool", None)
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)
            self._file.unlink(missing_ok=True)

    def close(self) -> None:
        """End the process, for good."""
        self._ended = True
        self.rest()

    def _current(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._ended:
                raise RuntimeError("the server ends")
            return self._pool


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Hide the main module, which a new process would run before all else.

    In Streamlit's server it is the page that was run last, for whichever reader.
    """
    main, none = sys.modules["__main__"], ModuleType("__main__")
    sys.modules["__main__"] = none
    try:
        yield
    finally:
        if sys.modules["__main__"] is none:  # else another page has begun to run
            sys.modules["__main__"] = main


_atlas: Edition
"""In the process: what it renders documents of."""


def _begin(file: Path, niceness: int) -> None:
    global _atlas  # how a process pool hands its workers what they share
    try:
        _atlas = pickle.loads(file.read_bytes())
        file.unlink()
    except FileNotFoundError:  # the server has ended meanwhile
        os._exit(1)
    with suppress(AttributeError, OSError):  # not on every system
        os.nice(niceness)
    Thread(target=_end_with_the_server, daemon=True).start()


def _end_with_the_server() -> None:
    """End the process when the server is gone, even when that was killed."""
    if parent := parent_process():
        wait([parent.sentinel])
        os._exit(1)


def _render_named(names: Sequence[str]) -> Document:
    return render(_atlas, [era for era in _atlas.catalogue.eras if era.id in names])
