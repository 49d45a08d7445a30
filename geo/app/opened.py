"""How every page of the app about the atlas begins."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from geo.app.library import Library, open_library
from geo.app.naming import load_texts
from geo.app.state import open_state, session_language
from geo.errors import GeoError

__all__ = ["open_page"]


def open_page(name: str) -> tuple[Mapping[str, str], Library]:
    """Return a page's texts and the atlas, for a session that is set up.

    Where the atlas cannot be shown, the page says so, the server's log says why, and the page ends.
    """
    language = session_language()
    texts = load_texts(name, language)
    try:
        library = open_library(language)
    except GeoError as err:
        print(err)
        st.error(texts["broken"])
        st.stop()
    open_state(library)
    return texts, library
