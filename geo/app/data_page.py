"""Data: every layer and the map itself, as files."""

from __future__ import annotations

import streamlit as st

from geo.app.library import open_library
from geo.app.naming import load_texts
from geo.app.records import show_data
from geo.app.state import open_state
from geo.errors import GeoError

texts = load_texts("data")

try:
    library = open_library()
except GeoError as err:
    print(err)
    st.error(texts["broken"])
    st.stop()

open_state(library)
st.download_button(
    texts["atlas"],
    data=library.atlas.page,
    file_name="iran-russia-atlas.html",
    mime="text/html",
    on_click="ignore",
)
show_data()
