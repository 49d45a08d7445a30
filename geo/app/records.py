"""The pages of record in the app: the site's, leading to the app's own map."""

from __future__ import annotations

from functools import cache
from typing import Final

import streamlit as st

from geo.app.library import open_library
from geo.assets import read_asset
from geo.model.wording import load_wording
from geo.site.address import Address
from geo.site.frame import Site
from geo.site.record_pages import Leads, data_content, sources_content

__all__ = ["forget", "show_data", "show_sources"]

LEADS: Final = Leads(
    era=lambda era: f"./?era={era}",
    feature=lambda era, name: f"./?era={era}&select={name}",
    layer=lambda name: f"./data/{name}.geojson",
    source=lambda name: f"./sources#{name}",
    file=lambda name: f"./data/{name}",
)


def show_sources() -> None:
    """Show findings, claims and bibliography: texts as texts, never as Markdown."""
    _show(_sources())


def show_data() -> None:
    """Show all layers with what they were made from, and their files."""
    _show(_data())


def forget() -> None:
    """Make the pages anew when they are shown next: the catalogue has changed."""
    _sources.cache_clear()
    _data.cache_clear()


def _show(content: str) -> None:
    st.html(f'<style>{read_asset("app/records.css")}</style><div class="record">{content}</div>')


def _site() -> Site:
    return Site(open_library().catalogue, load_wording(), Address(), "", "", {})


@cache
def _sources() -> str:
    return sources_content(_site(), open_library().features, LEADS)


@cache
def _data() -> str:
    catalogue = open_library().catalogue
    sizes = {layer.id: catalogue.path(layer).stat().st_size for layer in catalogue.layers}
    return data_content(_site(), sizes, LEADS)
