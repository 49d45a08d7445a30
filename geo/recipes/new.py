"""A small atlas of one's own, that builds at once: what `python -m geo new` writes."""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from geo.errors import GeoError
from geo.files import write_bytes, write_features
from geo.model.catalogue import PROJECT_ROOT

__all__ = ["make_atlas"]

TAKEN: Final = {
    "base/globe-land.geojson": "base/land.geojson",
    "base/globe-coast.geojson": "base/coast.geojson",
    "symbology.toml": "symbology.toml",
    "checks.toml": "checks.toml",
}
"""Files of the atlas's layers that a new one begins with."""

COUNT: Final = re.compile(rb"at_most = \d+")
"""How much the atlas may leave undone; a new one has left nothing yet."""

EMPTY: Final = ("countries", "provinces", "seas", "lakes")
"""Layers of the base that recipes look for, and that the globe has none of."""


def make_atlas(folder: Path) -> list[Path]:
    """Write a small atlas into an empty or new folder; raises GeoError when it is neither."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GeoError(f"{folder}: found something there, expected an empty folder or a new name")
    content = {
        **dict(_content(files("geo") / "assets" / "new")),
        **{
            f"layers/{new}": (PROJECT_ROOT / "layers" / old).read_bytes()
            for old, new in TAKEN.items()
        },
    }
    checks = "layers/checks.toml"
    content[checks] = COUNT.sub(b"at_most = 0", content[checks])
    written = []
    for name in sorted(content):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, content[name])
        written.append(path)
    for name in EMPTY:
        write_features(folder / "layers" / "base" / f"{name}.geojson", [])
    return written


def _content(folder: Traversable, above: str = "") -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{above}{entry.name}"
        if entry.is_dir():
            found += _content(entry, f"{name}/")
        else:
            found.append((name, entry.read_bytes()))
    return found
