"""Where a map's page, document and oEmbed answer stand below the address of a static site."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

__all__ = ["ATLAS", "answer_path", "embed_path", "page_path", "render_alternates"]

ATLAS: Final = "atlas"
"""The name of the map of all eras; every other map is named by its era's id."""


def page_path(name: str) -> str:
    """Return where a map's own page stands, below the site's address."""
    return f"{name}/"


def embed_path(name: str, version: str) -> str:
    """Return where a map's document of one version stands; it never changes."""
    return f"v/{version}/{name}.html"


def answer_path(name: str) -> str:
    """Return where the static oEmbed answer of a map stands."""
    return f"oembed/{name}.json"


def render_alternates(pages: Iterable[tuple[str, str]]) -> str:
    """Return the links by which a page leads to itself in other languages.

    `pages` are (language, absolute address), the page's own among them.
    """
    return "\n".join(
        f'<link rel="alternate" hreflang="{escape(language)}" href="{escape(address)}">'
        for language, address in pages
    )
