"""Leaflet as its package brings it, whole, as text to inline in a page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import minify
from xstatic.pkg import leaflet

from geo.assets import read_asset

__all__ = ["read_leaflet", "read_leaflet_style"]

FOLDER: Final = Path(leaflet.BASE_DIR)

PICTURE: Final = re.compile(r"url\(images/[\w-]+\.png\)")
"""What the style sheet asks for; its pictures are all PNG."""


@cache
def read_leaflet() -> str:
    """Return Leaflet's own minified script with its licence in full.

    The package leaves the licence out, and the notice in the script does not meet its conditions.
    The script's last line leads to a source map that no page of ours has, so it is left out.
    """
    script, _, _ = _read("leaflet.js").partition("\n//# sourceMappingURL=")
    return f"/*!\n{read_asset('leaflet-licence.txt')}*/\n{script}\n"


@cache
def read_leaflet_style() -> str:
    """Return Leaflet's style sheet, minified, without the three pictures it would ask for.

    They belong to controls and markers that our maps do not have, and weigh as much as the rest.
    """
    return str(minify.string("text/css", PICTURE.sub("none", _read("leaflet.css"))))


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
