"""The map host: the document in a sandboxed frame, loaded once and then only told what changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from geo.app.frontend import LOADER

__all__ = ["show_map"]

_mount = st.components.v2.component("atlas", js=LOADER)


def show_map(
    *, document: str, title: str, era: str, revision: int, follow: Callable[[], None]
) -> Any:
    """Show the document and keep it in step with the page.

    `document` is its address relative to the app, with the parameters it opens with, and `title`
    what its frame is called; later changes of them are ignored. `revision` counts what the reader
    did on the page: by it a map that comes late learns whether `era` is news. Later the map follows
    the page's slider by itself, and no answer, which may be a slow one, undoes a step. The map's
    own steps come back in ``st.session_state["map"]`` as ``era``, and `follow` is called then.
    """
    return _mount(
        key="map",
        # A list, because every step carries it.
        data=[era, revision, *([document, title] if document else [])],
        on_era_change=follow,
    )
