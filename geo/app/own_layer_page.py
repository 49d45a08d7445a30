"""Your layer: a file of the visitor's own becomes a map, in this session alone.

Texts of the file are shown by ``st.text`` or inside the map's sandbox, never as Markdown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

import streamlit as st

from geo.app.naming import load_texts
from geo.app.state import session_language
from geo.document.notebook import HEIGHT, frame_page
from geo.document.page import render_document
from geo.errors import GeoError
from geo.own.explore import OwnMap, explore
from geo.tables.reader import MOST, POSITION, Loaded, load_table, place_rows
from geo.tables.words import recognise
from geo.tables.worker import ROWS, VERTICES

ENDINGS: Final = ["csv", "geojson", "json", "gpkg", "kml", "zip"]

# Columns that visitors can choose; the page's texts say what they are asked.
ASKED: Final = ("begin", "end", "title", "category")

ERAS: Final = ("atlas", "own")

language = session_language()

texts = load_texts("own", language)

NONE: Final = "–"

# Faults listed at most.
LISTED: Final = 200


def choose_columns(names: Sequence[str], asked: Sequence[str]) -> dict[str, Any]:
    """Ask which column holds what; those that are recognised are chosen already."""
    known = recognise(names)
    chosen: dict[str, Any] = {}
    for room, what in zip(st.columns(len(asked)), asked, strict=True):
        options = [NONE, *names]
        index = options.index(known[what]) if what in known else 0
        with room:
            name = st.selectbox(texts[what], options, index=index, key=f"own_column_{what}")
        if name != NONE:
            chosen[what] = name
    return chosen


def make_page(loaded: Loaded, columns: dict[str, Any], title: str, *, on_atlas: bool) -> list[Any]:
    """Return the map's document, what could not be shown, and whether it lies off the atlas.

    What does has eras of its own. Raises GeoError when nothing at all can be shown.
    """
    # A column that was not chosen must not be recognised once more.
    spare = set(recognise(loaded.frame.columns).values()) & set(loaded.frame.columns)
    asked = [recognise(loaded.frame.columns).get(what) for what in ASKED]
    unused = [name for name in spare if name in asked and name not in columns.values()]
    frame = loaded.frame.drop(columns=unused)
    own: OwnMap = explore(frame, **columns, heading=title, language=language)
    faults = [*loaded.notes, *own.faults]
    if on_atlas:
        with suppress(GeoError):  # nothing of it is in the atlas's region, or in its years
            off = own.off_atlas()
            return [render_document(own.on_atlas()), [*faults, *off], False]
    return [own.page, faults, on_atlas]


st.title(texts["heading"])
st.markdown(texts["lead"].format(MOST // 1024**2, f"{ROWS:,}", f"{VERTICES:,}"))
file = st.file_uploader(
    texts["file"], type=ENDINGS, key="own_file", max_upload_size=MOST // 1024**2
)
if file is None:
    st.session_state.pop("own_made", None)
    st.stop()

content = file.getvalue()
digest = hashlib.sha256(content).hexdigest()
if st.session_state.get("own_loaded", ("",))[0] != digest:
    with st.spinner(texts["reading"]):
        try:
            loaded: Loaded | str = load_table(content, texts["the-file"], placed=False)
        except GeoError as err:
            loaded = str(err)
    st.session_state["own_loaded"] = (digest, loaded)
loaded = st.session_state["own_loaded"][1]
if isinstance(loaded, str):
    st.error(texts["unreadable"])
    st.text(loaded)
    st.stop()

names = [str(name) for name in loaded.frame.columns if name != loaded.frame.geometry.name]
columns = choose_columns(names, ASKED)
position = choose_columns(names, POSITION) if loaded.in_columns else {}
title = st.text_input(texts["layer"], value=texts["heading"], max_chars=100, key="own_title")
# Set, not a default: another file takes the switch away for a moment, and it comes back bare.
st.session_state["own_eras"] = st.session_state.get("own_eras", "atlas")
on_atlas = (
    st.segmented_control(
        texts["eras"],
        ERAS,
        required=True,
        format_func=lambda name: texts[f"eras-{name}"],
        key="own_eras",
        persist_state="session",
    )
    != "own"
)
unplaced = loaded.in_columns and len(set(position.values())) < len(POSITION)
if unplaced:
    st.info(texts["no-position"])
if "begin" not in columns:
    st.info(texts["no-begin"])
if unplaced or "begin" not in columns:
    st.stop()

wish = (digest, tuple(columns.items()), tuple(position.items()), title, on_atlas)
if st.session_state.get("own_made", ("",))[0] != wish:
    with st.spinner(texts["making"]):
        if position:
            loaded = place_rows(loaded, *(position[what] for what in POSITION))
        try:
            made = make_page(loaded, columns, title, on_atlas=on_atlas)
        except GeoError as err:
            made = ["", [*loaded.notes, *str(err).splitlines()], False]
    st.session_state["own_made"] = (wish, made)
page, faults, off_atlas = st.session_state["own_made"][1]
if off_atlas:
    st.info(texts["off-atlas"])
if page:
    st.iframe(frame_page(page, texts["heading"]), height=HEIGHT + 20)
    st.download_button(
        texts["download"],
        data=page,
        file_name="your-layer.html",
        mime="text/html",
        on_click="ignore",
    )
else:
    st.error(texts["nothing"])
if faults:
    with st.expander(texts["faults"].format(len(faults)), expanded=not page):
        st.text("\n".join(faults[:LISTED]))
        if len(faults) > LISTED:
            st.text(texts["more"].format(len(faults) - LISTED))
