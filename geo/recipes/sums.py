"""What the layers were last built from: a checksum of each file beside the sketches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from geo.files import write_text
from geo.recipes.survey import FOLDER

__all__ = ["SUMS", "find_stale", "forget_sums", "write_sums"]

SUMS: Final = "layers/sketches.sha256"
"""As ``sha256sum`` writes and checks it; not there while layers are written."""

AGAIN: Final = "build anew (`python -m geo build`)"


def write_sums(root: Path) -> None:
    """Note what the layers below a root are built from, once all are written."""
    write_text(root / SUMS, "".join(f"{told}  {name}\n" for name, told in _sums(root).items()))


def forget_sums(root: Path) -> None:
    """Take the note away before layers are written: some are new and some old for a while."""
    with suppress(OSError):  # where nothing can be written, nothing will be
        (root / SUMS).unlink(missing_ok=True)


def find_stale(root: Path) -> Iterator[str]:
    """Yield a fault for each file beside the sketches that is not as it was at the last build."""
    path = root / SUMS
    if not path.is_file():
        yield f"{SUMS}: found none: the layers were never built, or a build was ended; {AGAIN}"
        return
    lines = (line.split(maxsplit=1) for line in path.read_text(encoding="utf-8").splitlines())
    built = {parts[1]: parts[0] for parts in lines if len(parts) == 2}
    now = _sums(root)
    for name in sorted(built.keys() | now.keys()):
        if name not in now:
            yield f"{name}: is gone since the layers were built; {AGAIN}"
        elif built.get(name) != now[name]:
            yield f"{name}: the layers were built before it was changed; {AGAIN}"


def _sums(root: Path) -> dict[str, str]:
    return {
        f"{FOLDER}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((root / FOLDER).iterdir())
        if path.is_file() and not path.name.startswith(".")
    }
