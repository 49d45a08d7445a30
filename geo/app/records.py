"""The pages of record in the app: the site's, leading to the app's own map."""

from __future__ import annotations

from functools import cache

import streamlit as st

from geo.app.addresses import language_query
from geo.app.library import open_library
from geo.assets import read_asset
from geo.model.editions import Edition
from geo.site.address import Address
from geo.site.frame import Site
from geo.site.record_pages import Leads, data_content, sources_content

_seek = st.components.v2.component("atlas_anchor", js=read_asset("app/anchor.js"))

__all__ = ["forget", "show_data", "show_sources"]


def _leads(language: str) -> Leads:
    said, first = (language_query(language, before) for before in "&?")
    return Leads(
        era=lambda era: f"./?era={era}{said}",
        feature=lambda era, name: f"./?era={era}&select={name}{said}",
        layer=lambda name: f"./data/{name}.geojson",
        source=lambda name: f"./sources{first}#{name}",
        file=lambda name: f"./data/{name}",
    )


def show_sources(language: str) -> None:
    """Show findings, claims and bibliography: texts as texts, never as Markdown."""
    _show(_sources(language))


def show_data(language: str) -> None:
    """Show all layers with what they were made from, and their files."""
    _show(_data(language))


def forget() -> None:
    """Make the pages anew when they are shown next: the catalogue has changed."""
    _sources.cache_clear()
    _data.cache_clear()


def _show(content: str) -> None:
    st.html(f'<style>{read_asset("app/records.css")}</style><div class="record">{content}</div>')
    _seek(key="anchor")


def _site(told: Edition) -> Site:
    return Site(told.catalogue, told.wording, Address(), "", "", {})


@cache
def _sources(language: str) -> str:
    told = open_library(language).told
    return sources_content(_site(told), told.features, _leads(language))


@cache
def _data(language: str) -> str:
    told = open_library(language).told
    catalogue = told.catalogue
    paths = {layer.id: catalogue.path(layer) for layer in catalogue.layers}
    sizes = {name: path.stat().st_size for name, path in paths.items() if path.is_file()}
    return data_content(_site(told), sizes, _leads(language))
