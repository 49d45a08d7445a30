"""Embed: an author chooses a map, copies a frame for an article, or takes a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from geo.app.addresses import document_path, map_name, trim_place
from geo.app.embed_routes import EMBED_SCRIPT
from geo.app.embed_state import (
    CHOICES,
    add_point,
    choose_eras,
    choose_layers,
    choose_picks,
    follow_preview,
    layers_to_choose,
    list_own_faults,
    look,
    open_author,
    opening_era,
    opening_search,
    page_revision,
    picks_to_choose,
    shown_map,
)
from geo.app.library import Library, open_library
from geo.app.map_page import card_path
from geo.app.naming import as_text, name_map
from geo.app.opened import open_page
from geo.app.pictures import Picture, ask_picture
from geo.app.preview import show_preview
from geo.model.catalogue import Era
from geo.model.opening import TEXTS, load_limits, load_parts
from geo.model.wording import load_wording
from geo.publish.frames import SANDBOX, Embed, render_frame, render_tall_frame

texts, library = open_page("embed")
open_author(library)
catalogue = library.catalogue
labels = {era.id: as_text(era.label) for era in catalogue.eras}

# Files of one era: text, kind, scale.
PICTURES: tuple[tuple[str, Picture, int], ...] = (
    ("svg", "svg", 1),
    ("png", "png", 1),
    ("png-2x", "png", 2),
    ("pdf", "pdf", 1),
)
MIME = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


def choose() -> None:
    """Show what can be chosen beside the map itself."""
    st.pills(
        texts["eras"],
        list(labels),
        format_func=labels.__getitem__,
        selection_mode="multi",
        key="embed_eras",
        help=texts["eras-help"],
        on_change=choose_eras,
        args=(library,),
        persist_state="session",
        wrap=True,
    )
    offered = {layer.id: as_text(layer.title) for layer in layers_to_choose(library)}
    with st.popover(texts["layers"], width="stretch"):
        st.pills(
            texts["layers"],
            list(offered),
            format_func=offered.__getitem__,
            selection_mode="multi",
            key="embed_layers",
            help=texts["layers-help"],
            on_change=choose_layers,
            args=(library,),
            persist_state="session",
            wrap=True,
        )
    with st.popover(texts["picks"], width="stretch"):
        st.caption(texts["picks-help"])
        for name, titles in picks_to_choose(library).items():
            pick(name, titles)
    with st.popover(texts["own"], width="stretch"):
        write_own()
    for name, values in CHOICES.items():
        if len(values) > 1:
            choose_one(name, values)
    with st.popover(texts["hide"], width="stretch"):
        st.pills(
            texts["hide"],
            load_parts(),
            format_func=lambda part: texts[f"hide-{part}"],
            selection_mode="multi",
            key="embed_hide",
            persist_state="session",
            wrap=True,
        )
    first, second = st.columns(2)
    with second if st.session_state.embed_sizing == "pixels" else first:
        number("height", 200, 2000, 560)
    if st.session_state.embed_sizing == "pixels":
        with first:
            number("width", 240, 2000, 640)


def pick(name: str, titles: Mapping[str, str]) -> None:
    """Let features be picked by one of their properties."""
    st.multiselect(
        texts[name],
        list(titles),
        format_func=lambda value: titles.get(value, value),
        key=f"embed_{name}",
        placeholder=texts["all"],
        on_change=choose_picks,
        args=(name,),
        persist_state="session",
    )


def write_own() -> None:
    """Let texts and points of the author's own be written."""
    limits = load_limits()
    for name in TEXTS:
        field = st.text_area if name == "caption" else st.text_input
        field(
            texts[f"own-{name}"],
            max_chars=limits[name],
            key=f"embed_{name}",
            persist_state="session",
        )
    st.text_area(
        texts["own-points"],
        key="embed_points",
        help=texts["own-points-help"].format(limits["points"], limits["point"]),
        placeholder=texts["own-points-example"],
        persist_state="session",
    )
    if faults := list_own_faults():
        st.error(texts["own-faults"])
        st.text("\n".join(faults))
    st.button(texts["add-point"], on_click=add_point, args=(library, texts["new-point"]))
    st.caption(texts["own-help"])


def choose_one(name: str, options: tuple[str, ...]) -> None:
    """Let one of some options be chosen."""
    key = f"embed_{name}"
    st.segmented_control(
        texts[name],
        options,
        default=None if key in st.session_state else options[0],
        required=True,
        format_func=name_language
        if name == "lang"
        else lambda option: texts.get(f"{name}-{option}", option),
        key=key,
        persist_state="session",
    )


def name_language(language: str) -> str:
    """Return what a language is called in itself."""
    return as_text(load_wording(language).name)


def number(name: str, least: int, most: int, first: int) -> None:
    """Let a number of pixels be chosen."""
    st.number_input(
        texts[name],
        least,
        most,
        first,
        step=20,
        key=f"embed_{name}",
        persist_state="session",
    )


def read_page(library: Library, eras: tuple[Era, ...]) -> bytes:
    """Return the document of some eras: the very file that is served."""
    return library.ask_document(eras).result().page


def draw(library: Library, era: Era, kind: Picture, scale: int, theme: str) -> bytes:
    """Return an era as a file."""
    return ask_picture(library, era, kind, theme=theme, scale=scale).result()


def file_name(name: str, ending: str) -> str:
    """Return what a download is called."""
    return f"iran-russia-{name}.{ending}"


def offer_files(library: Library, eras: tuple[Era, ...], era: Era) -> None:
    """Show the downloads; each is made when it is asked for."""
    name = map_name(library.catalogue, eras)
    theme = "dark" if st.session_state.embed_theme == "dark" else "light"
    st.download_button(
        texts["html"],
        partial(read_page, library, eras),
        file_name(name if len(name) < 80 else f"{len(eras)}-eras", "html"),
        "text/html",
        key="embed_html",
        on_click="ignore",
        help=texts["html-help"],
    )
    st.caption(texts["pictures"].format(as_text(era.title)))
    with st.container(horizontal=True):
        for text, kind, scale in PICTURES:
            st.download_button(
                texts[text],
                partial(draw, library, era, kind, scale, theme),
                file_name(f"{era.id}{'' if scale == 1 else f'-{scale}x'}", kind),
                MIME[kind],
                key=f"embed_{text}",
                on_click="ignore",
            )


options, result = st.columns([1, 2.4], gap="medium")
with options:
    st.title(texts["title"], anchor=False)
    st.markdown(texts["lead"])
    choose()

state = st.session_state
told = open_library(state.embed_lang)  # the map's language need not be the page's
shown = shown_map(library).told(told.catalogue)
eras, era = shown.eras, told.catalogue.era(opening_era(library).id)
place = trim_place(st.context.url or "", "embed") or (
    f"http://{st.get_option('browser.serverAddress')}:{st.get_option('server.port')}/"
)
title = state.get("embed_title") or name_map(told.catalogue, eras)
width = state.embed_width if state.embed_sizing == "pixels" else 0
embed = Embed(
    address=f"{place}{document_path(catalogue, eras)}{shown.query}",
    title=title,
    height=state.embed_height,
    width=width,
    page=f"{place}map/{map_name(catalogue, eras)}{shown.query}",
    picture=f"{place}{card_path(told, eras)}",
    alt=era.alt,
)
with result:
    show_preview(
        {
            "load": f"{document_path(catalogue, eras, told.release)}?{urlencode(look())}",
            "search": opening_search(library),
            "revision": page_revision(),
            "width": width,
            "height": state.embed_height,
            "title": title,
            "sandbox": SANDBOX,
        },
        follow=partial(follow_preview, library),
    )
    st.caption(texts["preview"])
    frame, tall, address, files, alt = st.tabs(
        [texts[name] for name in ("frame", "tall", "address", "files", "alt")]
    )
with frame:
    st.code(render_frame(embed), language="html", wrap_lines=True)
    st.caption(texts["frame-help"])
with tall:
    st.code(render_tall_frame(embed, f"{place}{EMBED_SCRIPT}"), language="html", wrap_lines=True)
    st.caption(texts["tall-help"])
with address:
    st.code(embed.page, language=None, wrap_lines=True)
    st.caption(texts["address-help"])
with files:
    offer_files(told, eras, era)
with alt:
    st.code(era.alt, language=None, wrap_lines=True)
    st.caption(texts["alt-help"].format(as_text(era.title)))
