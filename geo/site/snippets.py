"""How to put a map into an article: what to copy, and the frame a page of ours shows."""

from __future__ import annotations

from collections.abc import Mapping

from geo.publish.addresses import ATLAS
from geo.publish.frames import SANDBOX, render_frame, render_tall_frame
from geo.site.address import relative
from geo.site.frame import Map, Site
from geo.site.markup import Html, element, join, link
from geo.site.pictures import render_picture

__all__ = ["HOST_SCRIPT", "render_embedding", "render_live_map"]

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


def render_live_map(
    site: Site, shown: Map, maps: Mapping[tuple[str, str], str], *, later: str = ""
) -> Html:
    """Return a map on its own page: its picture, and over it the frame of the document.

    `maps` has the paths of pictures. With `later`, the text of a button, the document is loaded
    when the reader asks for it: frames in closed details are not, and no script is needed.
    """
    frame = element(
        "iframe",
        # The page of an era has its title and caption itself.
        src=relative(f"{shown.page}index.html", shown.document)
        + ("" if shown.name == ATLAS else "?heading=none"),
        title=site.embed(shown).title,
        loading="lazy",
        sandbox=SANDBOX,
        referrerpolicy="no-referrer",
        allow="fullscreen; clipboard-write",
    )
    picture = render_picture(shown.page, maps, "map", alt="")
    template = "live-later.html" if later else "live-now.html"
    return site.fill(template, picture=picture, frame=frame, text=later)


def _snippet(text: str, label: str) -> Html:
    """Return text to copy: a field, in which *Select all* takes that text and no other."""
    return element("textarea", text, class_="snippet", readonly=True, rows=6, aria_label=label)
