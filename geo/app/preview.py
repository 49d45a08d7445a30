"""The preview of the Embed page: the real document in the real frame, at the size to be pasted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from string import Template
from typing import Any, Final

import minify
import streamlit as st

from geo.assets import read_asset

__all__ = ["PREVIEW_NAME", "PREVIEW_SCRIPT", "Preview", "show_preview"]

PREVIEW_SCRIPT: Final = read_asset("app/preview.js")

PREVIEW_NAME: Final = f"host/preview-{hashlib.sha256(PREVIEW_SCRIPT.encode()).hexdigest()[:8]}.js"
"""Where the server gives it, relative to the app."""

_LOADER: Final = "//\n" + minify.string(
    "application/javascript",
    Template(read_asset("app/loader.js")).substitute(address=PREVIEW_NAME),
)

_mount = st.components.v2.component("atlas_preview", js=_LOADER)

Preview = dict[str, Any]
"""What the script is told: see its ``Wish``."""


def show_preview(wish: Preview, *, follow: Callable[[], None]) -> Any:
    """Show a document as it will be framed.

    The frame loads anew only when ``load`` or ``ui`` changes. Where the map has come to, once it
    rests, is in ``st.session_state["preview"]["search"]``, and `follow` is called then; what it
    could not take of its address is in ``["notices"]``.
    """
    return _mount(key="preview", data=wish, on_search_change=follow, on_notices_change=lambda: None)
