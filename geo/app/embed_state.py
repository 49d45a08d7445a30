"""What an author has chosen and written on the Embed page, and where the preview has come to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from geo.app.addresses import Shown, read_parameters
from geo.app.library import Library
from geo.model.catalogue import Era, Layer
from geo.model.features import Feature, select_features
from geo.model.opening import TEXTS, load_limits
from geo.model.symbology import load_symbology
from geo.model.wording import find_languages

__all__ = [
    "CHOICES",
    "PICKS",
    "add_point",
    "choose_eras",
    "choose_layers",
    "choose_picks",
    "chosen_eras",
    "follow_preview",
    "layers_to_choose",
    "list_own_faults",
    "look",
    "open_author",
    "opening_era",
    "opening_search",
    "page_revision",
    "picks_to_choose",
    "shown_map",
]

CHOICES: Final = {
    "lang": find_languages(),
    "ui": ("full", "compact", "map"),
    "theme": ("auto", "light", "dark"),
    "sizing": ("column", "pixels"),
}
"""What may be chosen; the first is where it starts, and what an address need not say."""

PICKS: Final = ("actor", "kind", "only")
"""By what an author picks features."""

CARRIED: Final = (
    *("layers", "view", "select", "compare", "mode", "day"),
    *("certainty", "paragraph", *PICKS),
)
"""Parameters that tell what a map shows; `era` aside, which may have to give way."""


def open_author(library: Library) -> None:
    """Set up what nobody has chosen yet: the era the reader comes from, as their address has it."""
    state = st.session_state
    if "embed_eras" not in state:
        asked = read_parameters(urlencode(st.query_params.to_dict()))
        state.embed_search = {name: asked[name] for name in CARRIED if name in asked}
        state.embed_eras = [state.era]
        state.embed_revision = 0
        state.embed_lang = library.language
        _show_choices(library)


def chosen_eras(library: Library) -> tuple[Era, ...]:
    """Return the eras to embed, in the catalogue's order; all when none is chosen."""
    chosen = st.session_state.embed_eras
    return tuple(era for era in library.catalogue.eras if not chosen or era.id in chosen)


def opening_era(library: Library) -> Era:
    """Return the era the map opens in."""
    eras = chosen_eras(library)
    wanted = st.session_state.embed_search.get("era")
    return next((era for era in eras if era.id == wanted), eras[0])


def layers_to_choose(library: Library) -> list[Layer]:
    """Return the layers that have something in an era to embed."""
    shown = {
        feature.layer
        for era in chosen_eras(library)
        for feature in select_features(library.features, era)
    }
    return [layer for layer in library.catalogue.themes if layer.id in shown]


def shown_map(library: Library) -> Shown:
    """Return the map as it is to be pasted: its eras and all parameters of its address."""
    eras, state = chosen_eras(library), st.session_state
    parameters = dict(state.embed_search)
    if opening_era(library) != eras[0]:
        parameters["era"] = opening_era(library).id
    else:
        parameters.pop("era", None)
    return Shown(eras, {**parameters, **look()})


def look() -> dict[str, str]:
    """Return the parameters of how a map looks, whatever it shows: those that say something."""
    chosen = {
        name: st.session_state.get(f"embed_{name}", CHOICES[name][0])
        for name in ("lang", "ui", "theme")
    }
    said = {name: value for name, value in chosen.items() if value != CHOICES[name][0]}
    texts = {name: " ".join(st.session_state.get(f"embed_{name}", "").split()) for name in TEXTS}
    texts["points"] = _points(st.session_state.get("embed_points", ""))
    texts["hide"] = "~".join(st.session_state.get("embed_hide", ()))
    return {**said, **{name: text for name, text in texts.items() if text}}


def _points(lines: str) -> str:
    """Return points, one a line, as an address has them; what is wrong with one says the map."""
    most = load_limits()["points"] + 1  # one more: then the map says that there are too many
    written = (" ".join(line.split()) for line in lines.replace("~", " ").splitlines())
    return "~".join([line for line in written if line][:most])


def list_own_faults() -> list[str]:
    """Return the sentences of the preview's map on what it could not take of its address."""
    told = st.session_state.get("preview") or {}
    notices = told.get("notices")
    return [str(notice) for notice in notices] if isinstance(notices, list) else []


def opening_search(library: Library) -> str:
    """Return the parameters with which the preview opens."""
    told = {**st.session_state.embed_search, "era": opening_era(library).id}
    return f"?{urlencode(told, safe=',~')}"


def page_revision() -> int:
    """Return how often the author has chosen layers on the page (not on the map)."""
    return int(st.session_state.embed_revision)


def add_point(library: Library, text: str) -> None:
    """Write a point in the middle of what the preview shows."""
    state, era = st.session_state, opening_era(library)
    west, south, east, north = era.bounds
    middle = f"{(south + north) / 2:.3f},{(west + east) / 2:.3f}"
    place = ", ".join(state.embed_search.get("view", middle).split(",")[:2])
    before = state.embed_points.rstrip()
    state.embed_points = f"{before}\n{place}, {era.as_of}, {text}".lstrip()


def choose_eras(library: Library) -> None:
    """Take over which eras to embed; what the preview showed stays when its era does."""
    search = st.session_state.embed_search
    if search.get("era", "") not in [era.id for era in chosen_eras(library)]:
        st.session_state.embed_search = {}
    elif search.get("compare", "") not in ["", *(era.id for era in chosen_eras(library))]:
        del search["compare"]
    _show_choices(library)


def choose_layers(library: Library) -> None:
    """Take over layers chosen on the page."""
    state = st.session_state
    chosen = [layer.id for layer in layers_to_choose(library) if layer.id in state.embed_layers]
    if set(chosen) == set(opening_era(library).layers):
        state.embed_search.pop("layers", None)
    else:
        state.embed_search["layers"] = "~".join(chosen)
    state.embed_revision += 1


def follow_preview(library: Library) -> None:
    """Take over where the preview has come to; what is none of ours is left out."""
    state = st.session_state
    told = read_parameters(str(state["preview"].get("search") or ""))
    state.embed_search = {name: told[name] for name in ("era", *CARRIED) if name in told}
    _show_choices(library)


def picks_to_choose(library: Library) -> Mapping[str, Mapping[str, str]]:
    """Return what features can be picked by: ids with their titles, in the features' order."""
    symbology = load_symbology(library.catalogue.root)
    eras = chosen_eras(library)
    features = [
        feature
        for feature in library.features
        if any(feature.timespan.overlaps(era.timespan) for era in eras)
    ]

    def actor(feature: Feature) -> str:
        return str(feature.properties.get("actor", "none"))

    return {
        "actor": {
            name: symbology.actors[name].title
            for name in dict.fromkeys(map(actor, features))
            if name in symbology.actors and symbology.actors[name].title
        },
        "kind": {
            name: symbology.kind(name).title
            for name in dict.fromkeys(feature.kind for feature in features)
        },
        "only": {feature.id: str(feature.properties["title"]) for feature in features},
    }


def choose_picks(name: str) -> None:
    """Take over what features are picked by."""
    state = st.session_state
    if chosen := state[f"embed_{name}"]:
        state.embed_search[name] = "~".join(chosen)
    else:
        state.embed_search.pop(name, None)
    state.embed_revision += 1


def _show_choices(library: Library) -> None:
    """Show on the page the layers that the map shows, and what its features are picked by."""
    for name, offered in picks_to_choose(library).items():
        told = st.session_state.embed_search.get(name, "").split("~")
        st.session_state[f"embed_{name}"] = [value for value in told if value in offered]
    _show_layers(library)


def _show_layers(library: Library) -> None:
    state = st.session_state
    told = state.embed_search.get("layers")
    shown = opening_era(library).layers if told is None else told.split("~")
    state.embed_layers = [layer.id for layer in layers_to_choose(library) if layer.id in shown]
