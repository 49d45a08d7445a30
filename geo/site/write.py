"""Writing the site: what was published under a version stays as it was."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from geo.errors import GeoError
from geo.files import write_bytes

__all__ = ["write_site"]

PUBLISHED: Final = re.compile(r"([A-Za-z0-9-]+/)?v/")
"""Below it, and so in the folder of a language, lie documents that articles frame: they stay."""


def write_site(files: Mapping[str, bytes], output: Path) -> int:
    """Write the files that are not there yet; returns how many.

    Nothing is removed, so documents of older versions and assets of pages still in caches stay.
    Pages come last: none ever leads to a file that is not there. Raises GeoError, before anything
    is written, when a document was published under this version with other content.
    """
    _refuse_links(files, output)
    for path, content in files.items():
        if PUBLISHED.match(path) and _read(output / path) not in (None, content):
            raise GeoError(
                f"{output / path}: published with other content; articles that frame it expect "
                "it to stay, so raise __version__ in geo/__init__.py"
            )
    written = 0
    for path in sorted(files, key=lambda path: (path.endswith("index.html"), path)):
        target = output / path
        if _read(target) == files[path]:
            continue
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as err:
            raise GeoError(f"{target.parent}: cannot be made: {err.strerror}") from err
        write_bytes(target, files[path])
        written += 1
    return written


def _refuse_links(files: Mapping[str, bytes], output: Path) -> None:
    """Raise GeoError when a folder or file of the site is a link: it would be written elsewhere."""
    places = {parent for path in files for parent in (Path(path), *Path(path).parents)}
    for place in sorted(places - {Path()}):
        if (output / place).is_symlink():
            raise GeoError(f"{output / place}: found a link, expected a file or folder of the site")


def _read(path: Path) -> bytes | None:
    """Return what is there, or None."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise GeoError(f"{path}: found no regular file, expected a file of the site or nothing")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as err:
        raise GeoError(f"{path}: cannot be read: {err.strerror}") from err
