"""The map document: a Folium map as one HTML file that makes no request.

Leaflet, our style and our script are inlined; a Content-Security-Policy allows exactly them, by
hash, and nothing else. The hashes are taken of this fixed code before any data joins it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.metadata import version
from string import Template
from typing import Any, Final

import folium
import minify

from geo import __version__
from geo.assets import read_asset
from geo.cartography import AtlasElement
from geo.errors import GeoError
from geo.leaflet import read_leaflet, read_leaflet_style
from geo.payload import to_inert_json
from geo.plate import render_plate, visible_features
from geo.subset import thin_for_plate

__all__ = ["render_document"]

PLATE: Final = (520, 422)
"""Size of the plate shown without JavaScript, pixels."""

PLATE_THIN: Final = 1.2
"""Its detail, pixels: coarser than a plate made to be looked at."""

POLICY: Final = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; style-src-attr 'none'; "
    "img-src data:; connect-src 'none'; font-src 'none'; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; worker-src 'none'"
)


def render_document(atlas_map: folium.Map) -> str:
    """Return a map from :func:`geo.cartography.build_map` as one self-contained HTML page.

    The same map gives the same bytes; a map can be rendered once only. Raises GeoError for maps
    with other elements on them: their code would need its own right to run.
    """
    atlas = _atlas_of(atlas_map)
    figure: Any = atlas_map.get_root()
    figure.render()
    frame = "".join(
        child.render()
        for name, child in figure.html._children.items()
        if not name.startswith("atlas-")
    )
    styles = [read_leaflet_style(), _minified("text/css", atlas.style)]
    start = figure.script.render()
    scripts = [
        read_leaflet((atlas.script, start)),
        _minified("application/javascript", atlas.script),
        start,
    ]
    payload = atlas.payload
    page = Template(read_asset("document.html"))
    return page.substitute(
        language=escape(payload["language"]),
        direction=escape(payload["direction"]),
        policy=POLICY.format(scripts=_hashes(scripts), styles=_hashes(styles)),
        title=escape(_title(payload)),
        description=escape(_description(payload)),
        generator=escape(f"iran-russia-atlas {__version__} (Folium {version('folium')})"),
        styles="\n".join(f"<style>{style}</style>" for style in styles),
        metadata=to_inert_json(_metadata(payload)),
        body=f"{frame}\n{atlas.body}",
        plain=_without_script(atlas),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def _without_script(atlas: AtlasElement) -> str:
    """Return the first era as a static plate with the list of its features."""
    payload = atlas.payload
    era = payload["eras"][0]
    plate = render_plate(
        thin_for_plate(payload, era),
        atlas.symbology,
        era["id"],
        size=PLATE,
        framed=False,
        thin=PLATE_THIN,
    )
    rows = "".join(
        f"<li>{escape(feature['t'])} ({escape(feature['w'])})</li>"
        for feature in visible_features(payload, era)
    )
    return (
        f"<h1>{escape(era['title'])}</h1><p>{escape(era['dates'])}</p>{plate}"
        f"<p>{escape(era['caption'])}</p><ul>{rows}</ul><p>{escape(payload['attribution'])}</p>"
    )


def _atlas_of(atlas_map: folium.Map) -> AtlasElement:
    children = list(atlas_map._children.values())
    if len(children) != 1 or not isinstance(children[0], AtlasElement):
        names = ", ".join(child._name for child in children) or "nothing"
        raise GeoError(f"found {names} on the map, expected the atlas alone (geo.build_map)")
    return children[0]


@cache
def _minified(kind: str, text: str) -> str:
    return str(minify.string(kind, text))


def _hashes(texts: list[str]) -> str:
    digests = [hashlib.sha256(text.encode()).digest() for text in texts]
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _title(payload: Mapping[str, Any]) -> str:
    eras = payload["eras"]
    if len(eras) == 1:
        return f"{payload['title']}: {eras[0]['title']} ({eras[0]['dates']})"
    return f"{payload['title']}: {payload['subtitle']}"


def _description(payload: Mapping[str, Any]) -> str:
    eras = payload["eras"]
    if len(eras) == 1:
        return str(eras[0]["caption"])
    return f"{payload['title']}, {payload['subtitle']}: " + "; ".join(era["title"] for era in eras)


def _metadata(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return JSON-LD in schema.org's words."""
    eras = payload["eras"]
    return {
        "@context": "https://schema.org",
        "@type": "Map",
        "name": _title(payload),
        "description": _description(payload),
        "inLanguage": payload["language"],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "version": __version__,
        "temporalCoverage": f"{eras[0]['begin']}/{eras[-1]['end']}",
        "spatialCoverage": "Iran and its neighbours",
        "creditText": payload["attribution"],
    }
