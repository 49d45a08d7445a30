"""One era as a static SVG: the map alone, or a whole sheet with title, legend and scale."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from geo.errors import UnknownIdError
from geo.plate.frame import Frame, scale_bar
from geo.plate.ink import Ink, tag
from geo.plate.map import draw_map
from geo.plate.projection import Sheet
from geo.symbology import Symbology

__all__ = ["render_picture", "render_plate"]


def render_plate(  # noqa: PLR0913  # a sheet has a size, a theme and a detail
    payload: Mapping[str, Any],
    symbology: Symbology,
    era_id: str,
    *,
    size: tuple[int, int] = (1280, 800),
    theme: str = "light",
    framed: bool = True,
    thin: float = 0.7,
) -> str:
    """Return one era as SVG, `size` (width, height) pixels large.

    A framed plate carries title, caption, legend, scale and credits beside the map; it grows
    downwards where they need more room. Vertices closer than `thin` pixels to the last one drawn
    are left out.

    The payload is that of a document (:func:`geo.payload.build_payload`), so a plate holds exactly
    the features that the document shows when the era opens. Raises UnknownIdError.
    """
    era = _era(payload, era_id)
    ink = Ink(symbology, theme)
    width, height = size
    if framed:
        sheet = Sheet(era["bounds"], (width - Frame.width, height), payload["arcs"])
        frame = Frame(payload, era, ink, outside=sheet.exceeds(payload["extent"]))
        height = max(height, frame.height)
        width -= frame.width
    bar, bar_box = scale_bar(payload, era, symbology, ink, size=(width, height))
    drawn = draw_map(
        payload,
        symbology,
        era,
        ink=ink,
        size=(width, height),
        thin=thin,
        keep_free=[bar_box] if framed else [],
    )
    content = drawn.content
    if framed:
        content = _clipped(content + bar, width, height) + frame.draw(drawn, left=width)
    return tag(
        "svg",
        tag("title", escape(f"{era['title']}, {era['dates']}"), id=f"plate-title-{era_id}")
        + tag("desc", escape(era["alt"]), id=f"plate-text-{era_id}")
        + tag("defs", drawn.symbols.definitions)
        + content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {size[0]} {height}",
        width=size[0],
        height=height,
        role="img",
        aria_labelledby=f"plate-title-{era_id} plate-text-{era_id}",
    )


def render_picture(  # noqa: PLR0913  # a picture has a size, surroundings and a detail
    payload: Mapping[str, Any],
    symbology: Symbology,
    era_id: str,
    *,
    size: tuple[int, int],
    around: int,
    thin: float,
) -> str:
    """Return one era's map as SVG for a document: its colours are the document's custom properties.

    The view box is `size` (width, height) pixels large; what lies up to `around` pixels beside it
    is drawn too, for pages that let it overflow. ``data-zoom`` and ``data-fit`` tell the zoom of a
    web map of the same scale, and the size of the era's bounds (width, height; pixels): by them a
    page puts the picture exactly where its map will be. Raises UnknownIdError.
    """
    era = _era(payload, era_id)
    ink = Ink(symbology, "auto")
    drawn = draw_map(payload, symbology, era, ink=ink, size=size, around=around, thin=thin)
    west, south, east, north = era["bounds"]
    (left, bottom), (right, top) = (
        drawn.sheet.point(corner) for corner in ((west, south), (east, north))
    )
    box = f"{around} {around} {size[0]} {size[1]}"
    width, height = (length + 2 * around for length in size)
    water = tag("rect", width=width, height=height, fill=ink.base("water"))
    # The inner window cuts the picture where it is as wide as its column and no style sheet works.
    window = {"x": around, "y": around, "width": size[0], "height": size[1], "viewBox": box}
    return tag(
        "svg",
        tag("title", escape(f"{era['title']}, {era['dates']}"))
        + tag("desc", escape(era["alt"]))
        + tag("defs", drawn.symbols.definitions)
        + tag("svg", water + drawn.content, overflow="hidden", **window),
        id="picture",
        viewBox=box,
        width="100%",
        height=size[1],
        role="img",
        data_era=era_id,
        data_around=around,
        data_zoom=round(drawn.sheet.zoom, 4),
        data_fit=f"{right - left:.1f} {bottom - top:.1f}",
    )


def _clipped(content: str, width: float, height: float) -> str:
    """Return content in a window of its own, so that nothing runs under the frame."""
    return tag("svg", content, width=width, height=height, overflow="hidden")


def _era(payload: Mapping[str, Any], era_id: str) -> Mapping[str, Any]:
    eras: dict[str, Mapping[str, Any]] = {era["id"]: era for era in payload["eras"]}
    if era_id not in eras:
        raise UnknownIdError("era", era_id, eras)
    return eras[era_id]
