"""The reader's state in the app: the era, in step between page, map and address."""

from __future__ import annotations

import streamlit as st

from geo.app.addresses import LANGUAGE
from geo.app.library import Library
from geo.app.opening import LONGEST, opening_path
from geo.model.wording import ENGLISH, find_languages

__all__ = ["choose_era", "follow_map", "open_state", "page_revision", "session_language"]


def session_language() -> str:
    """Return the language of the session: that of the address it began with, where we have it."""
    if "language" not in st.session_state:
        asked = st.query_params.get(LANGUAGE, ENGLISH)
        st.session_state.language = asked if asked in find_languages() else ENGLISH
    return str(st.session_state.language)


def open_state(library: Library) -> str:
    """Set up a new session from the address; return where the document opens.

    What the address asks for wrongly falls back: the document says so to the reader.
    """
    state = st.session_state
    if "opening" not in state:
        asked = {key: st.query_params[key][:LONGEST] for key in st.query_params}
        eras = {era.id: era for era in library.catalogue.eras}
        name = asked.get("era", "")
        era = eras.get(library.catalogue.former.get(name, name), library.catalogue.eras[0])
        state.era = era.id
        state.page_revision = 0
        state.opening = opening_path(library, asked, framed=bool(st.context.is_embedded))
    return str(state.opening)


def page_revision() -> int:
    """Return how often the reader has acted on the page (not on the map)."""
    return int(st.session_state.page_revision)


def choose_era() -> None:
    """Take over an era chosen on the page."""
    st.session_state.page_revision += 1


def follow_map(library: Library) -> None:
    """Take over the era that the reader stepped to on the map itself."""
    told = st.session_state["map"]
    if told.get("era"):
        st.session_state.era = library.catalogue.era(told["era"]).id
