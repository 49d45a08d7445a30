"""The atlas: era slider, layer choice, the map document, downloads."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import streamlit as st

from geo.app.host import show_map
from geo.app.library import open_library
from geo.app.state import choose_era, choose_layers, follow_map, open_state, turn
from geo.errors import GeoError
from geo.model.features import to_geojson

try:
    library = open_library()
except GeoError as err:
    print(err)
    st.error("The atlas cannot be shown: its base map or its catalogue could not be read.")
    st.stop()

opening = open_state(library)
eras = {era.id: era for era in library.catalogue.eras}
themes = {layer.id: layer for layer in library.catalogue.themes}

for fault in library.faults:
    st.warning(fault, icon=":material/layers_clear:")

slider, choice, downloads = st.columns([6, 1.2, 1.2], vertical_alignment="bottom")

# What the map shows, for the download: that runs when it is clicked, where there is no session.
shown: dict[str, Any] = st.session_state.setdefault("shown", {})


@st.fragment
def step() -> None:
    """Show slider and map. Only this runs again for a step, so only this crosses the socket."""
    with slider:
        st.select_slider(
            "Era",
            options=list(eras),
            format_func=lambda name: eras[name].label,
            key="era",
            persist_state="session",
            on_change=choose_era,
            args=(library,),
        )
    shown.update(era=st.session_state.era, layers=list(st.session_state.layers))
    show_map(
        document=opening,
        era=shown["era"],
        layers=shown["layers"],
        turn=turn(),
        follow=partial(follow_map, library),
    )


def current_layers() -> str:
    """Return the features on the map as GeoJSON."""
    features = library.select(library.catalogue.era(shown["era"]), shown["layers"])
    return json.dumps(to_geojson(features), ensure_ascii=False)


# What is in a popover is made when it is opened, and then it knows what the map shows by then.
with (
    choice,
    st.popover("Layers", width="stretch", on_change="rerun", key="open_layers") as popover,
):
    if popover.open:
        st.pills(
            "Layers",
            options=list(themes),
            format_func=lambda name: themes[name].title,
            selection_mode="multi",
            key="layers",
            persist_state="session",
            on_change=choose_layers,
            args=(library,),
        )
with (
    downloads,
    st.popover("Download", width="stretch", on_change="rerun", key="open_downloads") as popover,
):
    if popover.open:
        st.download_button(
            "These layers (GeoJSON)",
            data=current_layers,
            file_name="iran-russia-layers.geojson",
            mime="application/geo+json",
            on_click="ignore",
        )
        st.download_button(
            "The map for an article (HTML)",
            data=library.atlas.page,
            file_name="iran-russia-atlas.html",
            mime="text/html",
            on_click="ignore",
        )

step()
