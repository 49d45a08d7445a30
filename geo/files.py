"""Writing files: whole or not at all, the same bytes for the same content."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import Any, Final

from geo.errors import GeoError

ABANDONED: Final = 3600
"""Seconds after which an unfinished file is nobody's: writing takes less than one."""

_HELD: Final[list[tuple[tempfile.TemporaryDirectory[str], int]]] = []
"""Folders of this process with the handles that lock them."""

__all__ = ["process_folder", "write_bytes", "write_features", "write_text"]


def process_folder(prefix: str) -> Path:
    """Return a new folder for temporary files that goes when the process ends.

    It is locked: systemd-tmpfiles, which empties /tmp by age, leaves locked folders alone (see
    tmpfiles.d(5), "BSD file lock"), and a server may run for months.
    """
    folder = tempfile.TemporaryDirectory(prefix=prefix)
    handle = -1
    if sys.platform != "win32":
        import fcntl

        handle = os.open(folder.name, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_SH)
    _HELD.append((folder, handle))
    return Path(folder.name)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file in one step; raises GeoError and leaves nothing behind when it cannot.

    What a writer left that was killed goes when the same file is written again.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        # A device or a pipe: it would be replaced by a file.
        raise GeoError(f"{path}: cannot be written: found no regular file, expected one or nothing")
    _remove_remains(path)
    try:
        handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as err:
        raise GeoError(f"{path}: cannot be written: {err.strerror}") from err
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(partial).chmod(0o644)
        Path(partial).replace(path)
    except OSError as err:
        Path(partial).unlink(missing_ok=True)
        raise GeoError(f"{path}: cannot be written: {err.strerror}") from err


def _remove_remains(path: Path) -> None:
    """Remove unfinished files of this name that nobody can be writing any more."""
    with suppress(OSError):
        for remains in path.parent.glob(f".{escape(path.name)}.????????"):
            if time.time() - remains.lstat().st_mtime > ABANDONED:
                remains.unlink()


def write_text(path: Path, text: str) -> None:
    """Write a text file in UTF-8, with the same lines on every system; see write_bytes."""
    write_bytes(path, text.encode())


def write_features(path: Path, features: Sequence[dict[str, Any]]) -> None:
    """Write GeoJSON features as a FeatureCollection, one a line, so that diffs can be read."""
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        for feature in features
    )
    write_text(path, f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n')
