"""The atlas: the map to the edges of the window, and its era slider in the bar above."""

from __future__ import annotations

from functools import partial

import streamlit as st

from geo.app.first_page import frame_title
from geo.app.host import show_map
from geo.app.naming import as_text
from geo.app.opened import open_page
from geo.app.state import choose_era, follow_map, open_state, page_revision

texts, library = open_page("atlas")
opening = open_state(library)
labels = {era.id: as_text(era.label) for era in library.catalogue.eras}

with st.container(key="faults"):
    for fault in library.faults:
        st.warning(as_text(fault), icon=":material/layers_clear:")


@st.fragment
def step() -> None:
    """Show slider and map. Only this runs again for a step, so only this crosses the socket.

    All that it shows stands within it, and nothing comes after it: when a run overtakes another,
    Streamlit drops what the fragment has not sent yet, and the page breaks on what builds on that.
    """
    # In an article's frame the document's own slider serves: there is no bar.
    if not st.context.is_embedded:
        st.select_slider(
            texts["era"],
            # From right to left, where texts are: as in the time strip below it.
            options=[*labels] if library.told.wording.direction == "ltr" else [*labels][::-1],
            format_func=labels.__getitem__,
            key="era",
            label_visibility="collapsed",
            persist_state="session",
            on_change=choose_era,
        )
    show_map(
        # Once the reader has acted, the frame is there and needs no address any more.
        document="" if page_revision() else opening,
        title=frame_title(library.language),
        era=st.session_state.era,
        revision=page_revision(),
        follow=partial(follow_map, library),
    )


step()
