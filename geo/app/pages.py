"""The pages of the app beside the map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["SUBPAGES"]

SUBPAGES: Final[Mapping[str, tuple[str, str]]] = {
    "embed": ("embed_page.py", "embed"),
    "your-layer": ("own_layer_page.py", "own"),
    "data": ("data_page.py", "data"),
    "sources": ("sources_page.py", "sources"),
}
"""By their path: script, and the key of the title."""
