"""The Folium map of the atlas: a plain ``folium.Map`` with one element of ours on it.

Nothing of the data passes through a template. The element renders fixed code, and puts the data
beside it as an inert JSON block, by an element that Jinja never sees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from html import escape
from string import Template as StringTemplate
from typing import Any, Final

import folium
from branca.element import Element, Figure, MacroElement
from jinja2 import Template

from geo.assets import join_modules, read_asset
from geo.document.about import render_about
from geo.document.notebook import frame_page
from geo.errors import GeoError
from geo.fonts.faces import face_rules
from geo.model.catalogue import Catalogue, Era
from geo.model.features import Feature
from geo.model.symbology import Symbology, load_symbology, to_css
from geo.model.wording import Wording, load_wording
from geo.payload.base import Base
from geo.payload.build import build_payload
from geo.payload.letters import letters_of_document
from geo.payload.packing import to_inert_json
from geo.payload.schema import Payload
from geo.payload.viewports import MOST_ZOOM, ZOOM_STEP
from geo.plate import Engine
from geo.plate.relief import page_relief

__all__ = ["AtlasElement", "build_map"]

START: Final = "startAtlas"

ALONE: Final = tuple(
    (f"{name}", "single-era")
    for name in ("controls/timeline", "map/compare", "controls/chooser", "controls/changes")
)
"""Modules that a document of one era has no use for."""

STYLES: Final = ("atlas.css", "guest.css", "parts.css")

SEVERAL: Final = "several-eras.css"
"""What only a document of several eras has, after the first of the others."""

UNSAID: Final = frozenset({"about", "about-map", "about-code", "failed", "still", "unread"})
"""Texts that no script says: they stand in the page's markup, or the site alone has them."""

NOTHING_ADDED: Final = (("map/added", "nothing-added"),)
"""A module that a document has no use for to which nothing was added."""

INSETS: Final = ("drawing/inset", "drawing/inset-box", "map/inset")
NO_INSETS: Final = tuple((name, "no-insets") for name in INSETS)
"""Modules that a document has no use for whose eras have no inset."""


def _known(catalogue: Catalogue, eras: Sequence[Era | str] | None) -> Sequence[Era]:
    """Return eras that are given as such or by their ids; all of the catalogue when None."""
    if eras is None:
        return catalogue.eras
    given = [eras] if isinstance(eras, str) else eras
    if not given:
        raise GeoError("eras: found none, expected at least one; without eras= all are held")
    return [catalogue.era(era) if isinstance(era, str) else era for era in given]


def build_map(  # noqa: PLR0913  # a map has eras, symbols, words and a ground
    catalogue: Catalogue,
    features: Iterable[Feature],
    *,
    eras: Sequence[Era | str] | None = None,
    symbology: Symbology | None = None,
    wording: Wording | None = None,
    base: Base | None = None,
    opening: Mapping[str, str] | None = None,
) -> folium.Map:
    """Return a Folium map that holds some eras (all when None) and steps through them.

    Eras are given as such or by their ids; UnknownIdError names one that is not there.

    It lies on the atlas's own base if no other is given. `opening` is what it opens with, by the
    names that its address has (docs/embedding.md): ``{"day": "1941-08-28", "title": "The fourth
    day"}``.

    ``map.save(path)`` writes a page that loads Leaflet from where Folium does;
    :func:`geo.document.page.render_document` writes one that loads nothing, and so does a notebook
    that shows the map. Elements of Folium's that are added to it are on either.

    Examples
    --------
    >>> import folium, geo
    >>> catalogue = geo.load_catalogue()
    >>> era = catalogue.era("1907-spheres")
    >>> atlas_map = geo.build_map(catalogue, geo.load_features(catalogue), eras=[era])
    >>> _ = folium.Marker([35.7, 51.4], popup="Teheran").add_to(atlas_map)
    >>> page = geo.render_document(atlas_map)
    """
    symbology = symbology or load_symbology(catalogue.root)
    wording = wording or load_wording()
    payload = build_payload(
        catalogue,
        features,
        eras=_known(catalogue, eras),
        symbology=symbology,
        wording=wording,
        base=base,
        opening=opening,
    )
    atlas_map = AtlasMap(
        tiles=None,
        zoom_control=True,
        attributionControl=False,
        zoomSnap=ZOOM_STEP,
        zoomDelta=2 * ZOOM_STEP,
        minZoom=payload["least_zoom"],
        maxZoom=MOST_ZOOM,
        wheelPxPerZoomLevel=90,
    )
    atlas_map.add_child(AtlasElement(payload, symbology))
    return _with_stable_ids(atlas_map)


class AtlasMap(folium.Map):
    """A Folium map that notebooks show as its self-contained document."""

    def _repr_html_(self, **_: Any) -> str:
        from geo.document.page import render_document  # it imports this module

        title = next(
            child.payload["title"]
            for child in self._children.values()
            if isinstance(child, AtlasElement)
        )
        return frame_page(render_document(self), title)


class AtlasElement(MacroElement):
    """Eras, features and texts on a Folium map, drawn by the script in ``geo/assets/js``."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        + START
        + "(L, {{ this._parent.get_name() }});{% endmacro %}"
    )

    def __init__(self, payload: Payload, symbology: Symbology) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Atlas"
        self.payload = payload
        """The data of the document (see geo/payload/build.py)."""
        self.symbology = symbology.fitted(payload["actors"])
        """How it is drawn."""
        self.alone = len(payload["eras"]) == 1
        """Whether there is one era only."""
        styles = (STYLES[0], *(() if self.alone else (SEVERAL,)), *STYLES[1:])
        self.style = to_css(self.symbology) + "".join(map(read_asset, styles))
        """Style sheet; fixed, but for colours checked to be #rrggbb."""
        self.added: list[dict[str, Any]] = []
        """What a user has put on the map, for our script (see geo/document/added.py)."""

    @property
    def script(self) -> str:
        """The runtime; fixed code."""
        insets = any("inset" in era for era in self.payload["eras"])
        instead = (
            *(ALONE if self.alone else ()),
            *(() if self.added else NOTHING_ADDED),
            *(() if insets else NO_INSETS),
        )
        return join_modules("main", START, instead=instead)

    @property
    def fonts(self) -> str:
        """Style sheet that brings the fonts along, with the letters of this document."""
        page = self.shell() + self.script + "".join(map(str, self.added))
        return face_rules(letters_of_document(self.opened, self.symbology, page))

    @property
    def opened(self) -> Payload:
        """The data as they are once the document is open; raises GeoError when it cannot open."""
        return self.engine.payload if "opening" in self.payload else self.payload

    @cached_property
    def engine(self) -> Engine:
        """What draws its eras without a browser."""
        return Engine(self.payload, self.symbology)

    def shell(self, *, inert: str = "") -> str:
        """Return what stands around the map, with what is said of the first era.

        Parts that do nothing without the script get the attributes in `inert`.
        """
        payload = self.opened
        era = payload["eras"][0]
        texts = {
            "name": payload["title"],
            "subtitle": payload["subtitle"],
            "title": era["title"],
            "dates": era["dates"],
            "caption": era["caption"],
            "attribution": payload["attribution"],
            "failed": payload["ui"]["failed"],
        }
        return StringTemplate(read_asset("shell.html")).substitute(
            {name: escape(text) for name, text in texts.items()},
            about=render_about(payload),
            alone=" hidden" if self.alone else "",
            inert=inert,
        )

    @cached_property
    def relief(self) -> str:
        """The image of the relief, for all drawings of the page; empty where the base has none."""
        relief = self.symbology.relief
        if not relief or not self.payload["relief"]:
            return ""
        return (
            f'<svg width="0" height="0" aria-hidden="true"><defs>{page_relief(relief)}</defs></svg>'
        )

    @property
    def data(self) -> str:
        """The inert data block."""
        added = {"added": self.added} if self.added else {}
        texts = {name: text for name, text in self.payload["ui"].items() if name not in UNSAID}
        data = to_inert_json({**self.payload, **added, "ui": texts})
        return f'<script type="application/json" id="atlas-data">{data}</script>'

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Add style, frame, data and script to the figure, without compiling any of them."""
        figure = self.get_root()
        if not isinstance(figure, Figure):
            raise TypeError("the atlas must be on a map that is in a figure")
        # Made when they are asked for: the self-contained document has them in its own places.
        figure.header.add_child(
            Literal(lambda: f"<style>{self.fonts}{self.style}</style>"), name="atlas-style"
        )
        figure.html.add_child(
            Literal(lambda: self.shell() + self.relief + self.data), name="atlas-body"
        )
        figure.html.add_child(
            Literal(lambda: f"<script>{self.script}</script>"), name="atlas-script"
        )
        super().render(**kwargs)  # type: ignore[no-untyped-call]


class Literal(Element):
    """Text that stands in the page as it is; unlike branca's Element it is never a template."""

    def __init__(self, text: Callable[[], str]) -> None:
        super().__init__()
        self._text = text

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002  # branca's signature
        """Return the text."""
        return self._text()


def _with_stable_ids(atlas_map: folium.Map) -> folium.Map:
    """Give every element a counted id in place of branca's random one, so bytes repeat."""
    pending: list[Any] = [atlas_map.get_root()]
    number = 0
    while pending:
        element = pending.pop(0)
        element._id = f"{number:032x}" if number else "atlas"
        number += 1
        pending += element._children.values()
    atlas_map._id = "atlas"
    return atlas_map
