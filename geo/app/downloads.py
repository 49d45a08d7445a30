"""All features in everybody's formats, each made once, on the disk: nobody's memory holds them."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Final

from geo.app.library import Library
from geo.app.ondemand import OnDemand
from geo.files import process_folder, write_bytes
from geo.publish.formats import FILES, write_format

__all__ = ["ask_file"]

_MADE: Final[OnDemand[Path]] = OnDemand(
    most=len(FILES),
    waiting=len(FILES),
    worker=ThreadPoolExecutor(max_workers=1, thread_name_prefix="atlas-data"),
)


def ask_file(library: Library, name: str) -> Future[Path]:
    """Return the file of a format with all features that could be read; raises BusyError."""
    return _MADE.ask((library.release, name), lambda: _write(library, name))


@cache
def _folder() -> Path:
    return process_folder("atlas-data-")


def _write(library: Library, name: str) -> Path:
    folder = _folder() / library.release
    folder.mkdir(exist_ok=True)
    path = folder / FILES[name][0]
    catalogue = library.catalogue
    write_bytes(path, write_format(catalogue, catalogue.eras, name, library.features))
    return path
