"""Data: every layer and the map itself, as files."""

from __future__ import annotations

import streamlit as st

from geo.app.opened import open_page
from geo.app.records import show_data

texts, library = open_page("data")
st.download_button(
    texts["atlas"],
    data=library.atlas.page,
    file_name="iran-russia-atlas.html",
    mime="text/html",
    on_click="ignore",
)
show_data(library.language)
