"""The map document: a Folium map as one HTML file that makes no request.

Leaflet, our style and our script are inlined; a Content-Security-Policy allows exactly them, by
hash, and nothing else. The hashes are taken of this fixed code before any data joins it.

As it is written, the page is a still: the first era's picture, title and list, readable without any
script or style sheet. ``geo/assets/opening.js`` makes it a map, and a still again if that fails.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from html import escape
from importlib.metadata import version
from string import Template
from typing import Any, Final

import folium
import minify
from branca.element import Element

from geo import __version__
from geo.assets import read_asset
from geo.document.added import read_added
from geo.document.folium_map import AtlasElement
from geo.document.leaflet import read_leaflet, read_leaflet_style
from geo.errors import GeoError
from geo.payload.packing import to_inert_json
from geo.payload.schema import Payload
from geo.plate import render_picture

__all__ = ["render_document"]

PICTURE: Final = (520, 470)
"""Size of the picture shown before the map, pixels."""

PICTURE_AROUND: Final = 170
"""What is drawn on every side of it, pixels: the maps of tall and of wide screens show more."""

POLICY: Final = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; style-src-attr 'none'; "
    "img-src data:; connect-src 'none'; font-src data:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; worker-src 'none'"
)

LICENCES: Final = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}
"""Addresses of licences, by what a catalogue calls them."""

INERT: Final = " hidden data-inert"
"""What marks parts of the page that do nothing until the map has started."""

FONTS: Final = '<svg width="0" height="0" aria-hidden="true"><style>{}</style></svg>'
"""Where a style sheet may stand in the middle of a page: HTML wants its own in the head."""


def render_document(atlas_map: folium.Map) -> str:
    """Return a map from :func:`geo.document.folium_map.build_map` as one self-contained HTML page.

    The same map gives the same bytes. Markers, lines, shapes, popups and tooltips of Folium's that
    were added to the map are drawn by our script, with their texts as text; raises GeoError that
    names every other element, because it would load files or bring code along.

    Examples
    --------
    >>> import geo
    >>> catalogue = geo.load_catalogue()
    >>> era = catalogue.era("1907-spheres")
    >>> page = geo.render_document(
    ...     geo.build_map(catalogue, geo.load_features(catalogue), eras=[era])
    ... )
    >>> page.startswith("<!doctype html>")
    True
    """
    atlas = _atlas_of(atlas_map)
    atlas.added = read_added(_others(atlas_map, atlas) | _around(atlas_map))
    frame, start = _rendered(atlas_map, atlas)
    style = _style(atlas)
    fonts = _minified("text/css", atlas.fonts)  # as other tools would: its hash then stays right
    opening, *later = (
        _in_ascii(script)
        for script in (
            _minified("application/javascript", read_asset("opening.js")),
            read_leaflet(),
            _minified("application/javascript", atlas.script),
            _minified("application/javascript", start),
        )
    )
    payload = atlas.opened
    page = Template(read_asset("document.html")).substitute(
        language=escape(payload["language"]),
        direction=escape(payload["direction"]),
        policy=POLICY.format(scripts=_hashes([opening, *later]), styles=_hashes([style, fonts])),
        title=escape(_title(payload)),
        description=escape(_description(payload)),
        generator=escape(f"iran-russia-atlas {__version__} (Folium {version('folium')})"),
        style=style,
        metadata=to_inert_json(_metadata(payload)),
        map=frame.strip(),
        shell=atlas.shell(inert=INERT),
        opening=opening,
        picture=_picture(atlas),
        note=escape(payload["ui"]["still"]),
        features=_features(atlas),
        fonts=FONTS.format(fonts),
        relief=atlas.relief,
        data=atlas.data,
        later="\n".join(
            f'<script type="text/plain" class="later">{script}</script>' for script in later
        ),
    )
    # Scripts and data are ASCII by now; in what is left, HTML has its own way to write the rest.
    return page.encode("ascii", "xmlcharrefreplace").decode()


def _style(atlas: AtlasElement) -> str:
    """Return the style sheet that the page is laid out by: all of it works, or none of it."""
    return read_leaflet_style() + _minified("text/css", atlas.style)


def _features(atlas: AtlasElement) -> str:
    """Return what the first era shows, as the items of a list."""
    era = atlas.payload["eras"][0]["id"]
    return "".join(
        f"<li>{escape(feature['title'])} ({escape(feature.get('when', ''))})</li>"
        for feature in atlas.engine.shown(era)
    )


def _picture(atlas: AtlasElement) -> str:
    """Return the first era as a picture: seen until the map has started, and without JavaScript."""
    era = atlas.payload["eras"][0]["id"]
    return render_picture(atlas.engine, era, size=PICTURE, around=PICTURE_AROUND)


def _atlas_of(atlas_map: folium.Map) -> AtlasElement:
    children = list(atlas_map._children.values())
    found = [child for child in children if isinstance(child, AtlasElement)]
    if len(found) != 1:
        names = ", ".join(child._name for child in children) or "nothing"
        raise GeoError(f"found {names} on the map, expected one atlas (geo.build_map)")
    return found[0]


def _others(atlas_map: folium.Map, atlas: AtlasElement) -> dict[str, Element]:
    return {name: child for name, child in atlas_map._children.items() if child is not atlas}


def _around(atlas_map: folium.Map) -> dict[str, Element]:
    """Return what was added to the map's page: its head, its body or its scripts."""
    figure: Any = atlas_map.get_root()
    own = ["atlas-"]  # what an element of the map's puts there begins with the element's name
    pending: list[Element] = [atlas_map]
    while pending:
        element = pending.pop()
        own.append(element.get_name())
        pending += element._children.values()
    return {
        name: child
        for part in (figure, figure.header, figure.html, figure.script)
        for name, child in part._children.items()
        if child is not atlas_map
        and name not in _folium_names()
        and not name.startswith(tuple(own))
    }


@cache
def _folium_names() -> frozenset[str]:
    """Return the names of what Folium itself adds to the page of a map."""
    figure: Any = folium.Map().get_root()
    figure.render()
    return frozenset(
        name for part in (figure.header, figure.html, figure.script) for name in part._children
    )


def _rendered(atlas_map: folium.Map, atlas: AtlasElement) -> tuple[str, str]:
    """Return the map's frame and the script that starts it, as Folium renders the atlas alone.

    Figure and map are as they were before: what rendering adds to them is taken away again.
    """
    figure: Any = atlas_map.get_root()
    parts = (atlas_map, figure.header, figure.html, figure.script)
    before = [(part, part._children.copy()) for part in parts]
    others = _others(atlas_map, atlas)
    try:
        for part in parts[1:]:
            part._children = type(part._children)()  # it may have been rendered with the others
        for name in others:
            del atlas_map._children[name]
        for child in list(figure._children.values()):
            child.render()  # not the figure itself: its page holds all that ours does, again
        frame = "".join(
            child.render()
            for name, child in figure.html._children.items()
            if not name.startswith("atlas-")
        )
        return frame, figure.script.render()
    finally:
        for part, children in before:
            part._children = children


@cache
def _minified(kind: str, text: str) -> str:
    return str(minify.string(kind, text))


def _in_ascii(script: str) -> str:
    """Return a script without other characters, which mean the same inside its texts.

    A page in ASCII is read faster and takes half the memory in the browser.
    """
    return re.sub(r"[^\0-\x7f]", lambda found: json.dumps(found[0])[1:-1], script)


def _hashes(texts: list[str]) -> str:
    digests = [hashlib.sha256(text.encode()).digest() for text in texts]
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _title(payload: Payload) -> str:
    eras = payload["eras"]
    if len(eras) == 1:
        return f"{payload['title']}: {eras[0]['title']} ({eras[0]['dates']})"
    return f"{payload['title']}: {payload['subtitle']}"


def _description(payload: Payload) -> str:
    eras = payload["eras"]
    if len(eras) == 1:
        return str(eras[0]["caption"])
    return f"{payload['title']}, {payload['subtitle']}: " + "; ".join(era["title"] for era in eras)


def _metadata(payload: Payload) -> dict[str, Any]:
    """Return JSON-LD in schema.org's words."""
    eras = payload["eras"]
    sides = [era["bounds"] for era in eras]
    west, south = (min(bounds[side] for bounds in sides) for side in (0, 1))
    east, north = (max(bounds[side] for bounds in sides) for side in (2, 3))
    box = f"{south:g} {west:g} {north:g} {east:g}"
    return {
        "@context": "https://schema.org",
        "@type": "Map",
        "name": _title(payload),
        "description": _description(payload),
        "inLanguage": payload["language"],
        "license": LICENCES.get(payload["license"], payload["license"]),
        "version": __version__,
        "temporalCoverage": f"{eras[0]['begin']}/{eras[-1]['end']}",
        "spatialCoverage": {"@type": "Place", "geo": {"@type": "GeoShape", "box": box}},
        "creditText": payload["attribution"],
    }
