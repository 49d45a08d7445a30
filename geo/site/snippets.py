"""How to put a map into an article: what to copy, and the frame a page of ours shows."""

from __future__ import annotations

from geo.embedding import SANDBOX, render_frame, render_tall_frame
from geo.site.address import relative
from geo.site.frame import Map, Site
from geo.site.markup import Html, element, join, link

__all__ = ["HOST_SCRIPT", "render_embedding", "render_live_frame"]

HOST_SCRIPT = "embed.js"
"""Path of the script that makes frames as high as their maps need."""


def render_embedding(site: Site, shown: Map) -> Html:
    """Return what an author copies; without an address, the way with a file."""
    texts, embed = site.texts, site.embed(shown)
    if not site.address:
        file = link(relative(shown.page, shown.document), texts["as-html"], download=embed.address)
        return join(
            [
                element("p", texts["embed-file"]),
                _snippet(render_frame(embed), texts["embed"]),
                element("p", file),
            ]
        )
    tall = render_tall_frame(embed, site.address.absolute(HOST_SCRIPT))
    return join(
        [
            element("p", texts["embed-lead"]),
            _snippet(render_frame(embed), texts["embed"]),
            element("p", texts["embed-tall"]),
            _snippet(tall, texts["embed-tall"]),
            element("p", texts["embed-oembed"]),
            _snippet(site.address.absolute(shown.page), texts["embed-oembed"]),
        ]
    )


def render_live_frame(site: Site, shown: Map) -> Html:
    """Return the frame of a map on its own page, with what any article would give it."""
    return element(
        "iframe",
        src=relative(f"{shown.page}index.html", shown.document),
        title=site.embed(shown).title,
        loading="lazy",
        sandbox=SANDBOX,
        referrerpolicy="no-referrer",
        allow="fullscreen; clipboard-write",
    )


def _snippet(text: str, label: str) -> Html:
    """Return text to copy: one click selects all of it, the keyboard can scroll to it."""
    code = element("code", text)
    return element("pre", code, class_="snippet", tabindex=0, role="region", aria_label=label)
