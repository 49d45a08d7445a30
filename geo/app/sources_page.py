"""Sources: the findings, the register of claims, the bibliography."""

from __future__ import annotations

import streamlit as st

from geo.app.library import open_library
from geo.app.naming import load_texts
from geo.app.records import show_sources
from geo.app.state import open_state
from geo.errors import GeoError

texts = load_texts("sources")

try:
    library = open_library()
except GeoError as err:
    print(err)
    st.error(texts["broken"])
    st.stop()

open_state(library)
show_sources()
