"""The reader's state in the app: era and layers, in step between page, map and address."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

import streamlit as st

from geo.app.library import Library
from geo.model.catalogue import Era

__all__ = ["choose_era", "choose_layers", "current_era", "follow_map", "open_state", "turn"]

LONGEST: Final = 2000
"""Characters of an address parameter; a longer one is nobody's state."""


def open_state(library: Library) -> str:
    """Set up a new session from the address; return where the document opens.

    What the address asks for wrongly falls back: the document says so to the reader.
    """
    state = st.session_state
    if "opening" not in state:
        # The document reads its own parameters and ignores what it does not know.
        asked = {key: st.query_params[key][:LONGEST] for key in st.query_params}
        eras = {era.id: era for era in library.catalogue.eras}
        name = asked.get("era", "")
        era = eras.get(library.catalogue.former.get(name, name), library.catalogue.eras[0])
        known = {layer.id for layer in library.catalogue.themes}
        layers = [name for name in asked.get("layers", "").split("~") if name in known]
        state.era = era.id
        state.layers = layers if "layers" in asked else list(era.layers)
        state.turn = 0
        _keep_added(library)
        state.opening = f"embed/{library.atlas.name}?{urlencode(asked, safe=',~')}"
    return str(state.opening)


def current_era(library: Library) -> Era:
    """Return the era the reader is in."""
    return library.catalogue.era(st.session_state.era)


def turn() -> int:
    """Return how often the reader has acted on the page (not on the map)."""
    return int(st.session_state.turn)


def choose_era(library: Library) -> None:
    """Take over an era chosen on the page; layers the reader had added stay."""
    _open_layers(library)
    st.session_state.turn += 1


def choose_layers(library: Library) -> None:
    """Take over layers chosen on the page."""
    _keep_added(library)
    st.session_state.turn += 1


def follow_map(library: Library) -> None:
    """Take over what the reader did on the map itself."""
    told = st.session_state["map"]
    if told.get("era"):
        st.session_state.era = library.catalogue.era(told["era"]).id
        _open_layers(library)
    if told.get("layers") is not None:
        known = {layer.id for layer in library.catalogue.themes}
        st.session_state.layers = [name for name in told["layers"].split("~") if name in known]
        _keep_added(library)


def _open_layers(library: Library) -> None:
    """Show the layers the era opens with, and those the reader added before."""
    state = st.session_state
    own = current_era(library).layers
    state.layers = [*own, *(name for name in state.added if name not in own)]


def _keep_added(library: Library) -> None:
    """Remember which layers are the reader's own choice; they stay when the era changes."""
    state = st.session_state
    own = current_era(library).layers
    before = state.get("added", [])
    state.added = [name for name in state.layers if name in before or name not in own]
