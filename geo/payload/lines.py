"""Where features are written: a reader who finds one wrong can say in which file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from geo.model.features import Feature

__all__ = ["SKETCH", "find_lines"]

SKETCH: Final = "layers/sketches/{0}.toml"
"""The file of a layer, below the root of an atlas."""

ID: Final = re.compile(r'id\s*=\s*"([^"]*)"')


def find_lines(root: Path, features: Iterable[Feature]) -> dict[str, int]:
    """Return the line of its layer's sketch in which each feature begins, by id.

    Features that no sketch has by name (rows of a table, a user's own) are left out.
    """
    wanted: dict[str, set[str]] = {}
    for feature in features:
        wanted.setdefault(feature.layer, set()).add(feature.id)
    lines: dict[str, int] = {}
    for layer, ids in wanted.items():
        path = root / SKETCH.format(layer)
        if not path.is_file():
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
            if (found := ID.match(line)) and found[1] in ids:
                lines.setdefault(found[1], number)
    return lines
