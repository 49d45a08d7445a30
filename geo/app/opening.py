"""Where the document opens in the app, whether its frame is in the first HTML or comes later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from geo.app.library import Library

__all__ = ["LONGEST", "opening_path"]

LONGEST: Final = 2000
"""Characters of an address parameter; a longer one is nobody's state."""

PAGE: Final = {"gestures": "greedy", "slider": "host"}
"""The app's page is nothing but the map, and has the era slider."""

FRAMED: Final = {"gestures": "polite"}
"""The app in an article's frame: the document's own slider serves, and the article scrolls."""


def opening_path(library: Library, asked: Mapping[str, str], *, framed: bool) -> str:
    """Return the document's address, relative to the app, with what the app's address asks for.

    The document reads its own parameters and ignores what it does not know.
    """
    kept = {name[:LONGEST]: value[:LONGEST] for name, value in asked.items()}
    parameters = {**kept, **(FRAMED if framed else PAGE)}
    return f"embed/{library.atlas.name}?{urlencode(parameters, safe=',~')}"
