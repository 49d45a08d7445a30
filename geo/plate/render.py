"""One era as a static SVG: the map alone, or a whole sheet with title, legend and scale."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import log2
from typing import Final

from geo.errors import GeoError
from geo.plate.engine import DrawnMap, Engine
from geo.plate.frame import Frame
from geo.plate.lettering import embed_faces
from geo.plate.page import SCREEN, Page
from geo.plate.tags import isolate, tag

__all__ = ["render_map", "render_picture", "render_plate"]

MAP: Final = 0.9
"""Height of the map on a plate that may grow, as a share of the page's."""

SIDES: Final = (350, 400, 460, 540)
"""Widths of what stands beside the map, pixels."""

LEAST: Final = (300, 220)
"""Width and height of a map that is worth its page, pixels."""

PICTURE_TOLERANCE: Final = 1.2
"""How far lines of a document's picture may be off, pixels: it gives way to the map."""


def render_plate(
    engine: Engine,
    era_id: str,
    *,
    page: Page = SCREEN,
    theme: str = "light",
    conic: bool = True,
) -> str:
    """Return one era as SVG, with what stands under it: caption, legend, sources and credits.

    Its map is in Lambert's conformal conic projection, as in an atlas, if it is to be `conic`, the
    symbology has parallels for that and the view is not too large; else in Web Mercator.

    On a page of fixed size the map takes what the foot leaves it, or, if that makes it larger, what
    a side does (paper turns instead); else the plate grows downwards by what the foot needs. It
    holds exactly the features that a document shows when the era opens. Raises UnknownIdError, and
    GeoError for a page that leaves it no room for a map.
    """
    pages = [page, page.turned] if page.turns else [page]
    layouts = [
        layout
        for each in pages
        for layout in (
            _with_foot(engine, era_id, each, theme, conic),
            _with_side(engine, era_id, each, theme, conic),
        )
        if layout
    ]
    if not layouts:
        found, least = ("x".join(map(str, size)) for size in (page.size, LEAST))
        raise GeoError(
            f"page: found {found}, expected more: beside the texts of era {era_id!r} it has less "
            f"than {least} pixels for the map"
        )
    best = max(layouts, key=lambda each: each.drawn.zoom + log2(each.page.scale))
    page, (width, height) = best.page, best.size
    if best.beside:
        place, size, room = (width, 0), page.size, height
    else:
        room = page.room[1] - height if page.fixed else round(best.frame.height)
        size = page.size if page.fixed else (width, height + room)
        place = (0, height)
    # It covers what runs on under it: to cut the map off would cost what draws PNG a copy of all
    # that is drawn, beyond the sheet too.
    content = best.drawn.content + best.frame.draw(place, height=room)
    if page.scale != 1:
        content = tag("g", content, transform=f"scale({page.scale:g})")
    return _sheet(engine, era_id, best.drawn, content, size)


@dataclass(frozen=True)
class _Layout:
    """A page with its map and what tells of it."""

    page: Page
    drawn: DrawnMap
    frame: Frame
    size: tuple[int, int]
    """Of the map, pixels."""
    beside: bool = False
    """Whether what tells of the map stands beside it, not under it."""


def _with_foot(engine: Engine, era_id: str, page: Page, theme: str, conic: bool) -> _Layout | None:
    """Return a page with its texts under the map; None where they leave it no room."""
    width, height = page.room
    size = (width, round(height * MAP))
    while size[0] >= LEAST[0] and size[1] >= LEAST[1]:
        drawn = _draw(engine, era_id, size, theme, conic=conic)
        frame = Frame(engine, era_id, drawn, theme=theme, width=width)
        room = height - frame.height if page.fixed else size[1]
        # A smaller map may need a smaller foot; growing again, it might never come to an end.
        if size[1] <= room:
            return _Layout(page, drawn, frame, size)
        size = (width, room)
    return None


def _with_side(engine: Engine, era_id: str, page: Page, theme: str, conic: bool) -> _Layout | None:
    """Return a page with the narrowest side that has room for its texts; None where none has.

    Paper turns instead, and a plate that grows has room.
    """
    width, height = page.room
    sides = [side for side in SIDES if width - side >= LEAST[0] and height >= LEAST[1]]
    for side in sides if page.fixed and not page.turns else ():
        size = (width - side, height)
        drawn = _draw(engine, era_id, size, theme, conic=conic)
        frame = Frame(engine, era_id, drawn, theme=theme, width=side, beside=True)
        if frame.height <= height:
            return _Layout(page, drawn, frame, size, beside=True)
    return None


def _draw(
    engine: Engine, era_id: str, size: tuple[int, int], theme: str, *, conic: bool
) -> DrawnMap:
    parallels = engine.symbology.parallels if conic else None
    return engine.draw(era_id, size=size, theme=theme, scale=True, parallels=parallels)


def render_map(
    engine: Engine, era_id: str, *, size: tuple[int, int], theme: str, shaded: bool = True
) -> str:
    """Return the map of one era as SVG, without anything beside it; `shaded` by relief or not.

    Raises UnknownIdError.
    """
    drawn = engine.draw(era_id, size=size, theme=theme, shaded=shaded, title=True)
    return _sheet(engine, era_id, drawn, drawn.content, size)


def render_picture(engine: Engine, era_id: str, *, size: tuple[int, int], around: int) -> str:
    """Return one era's map as SVG for a document: its colours are the document's custom properties.

    The view box is `size` (width, height) pixels large; what lies up to `around` pixels beside it
    is drawn too, for pages that let it overflow. ``data-zoom`` and ``data-fit`` tell the zoom of a
    web map of the same scale, and the size of the era's bounds (width, height; pixels): by them a
    page puts the picture exactly where its map will be. Raises UnknownIdError.
    """
    era = engine.era(era_id)
    drawn = engine.draw(
        era_id, size=size, theme=None, around=around, tolerance=PICTURE_TOLERANCE, still=True
    )
    box = f"0 0 {size[0]} {size[1]}"
    # The inner window cuts the picture where it is as wide as its column and no style sheet works.
    window = {"width": size[0], "height": size[1], "viewBox": box, "overflow": "hidden"}
    return tag(
        "svg",
        tag("title", escape(f"{era['title']}, {era['dates']}"))
        + tag("desc", escape(era["alt"]))
        + tag("defs", drawn.patterns)
        + tag("svg", drawn.content, **window),
        id="picture",
        viewBox=box,
        width="100%",
        height=size[1],
        role="img",
        data_era=era_id,
        data_around=around,
        data_zoom=round(drawn.zoom, 4),
        data_least=engine.payload["least_zoom"],
        data_moved="true" if engine.moved else None,
        data_fit=" ".join(f"{side:.1f}" for side in drawn.fit),
    )


def _sheet(
    engine: Engine, era_id: str, drawn: DrawnMap, content: str, size: tuple[int, int]
) -> str:
    era = engine.era(era_id)
    language = engine.payload["language"]
    sheet = tag(
        "svg",
        tag("title", escape(f"{era['title']}, {era['dates']}"), id=f"plate-title-{era_id}")
        + tag("desc", escape(f"{era['alt']} {era['caption']}"), id=f"plate-text-{era_id}")
        + tag("defs", drawn.patterns)
        + content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {size[0]} {size[1]}",
        width=size[0],
        height=size[1],
        role="img",
        lang=language,
        aria_labelledby=f"plate-title-{era_id}",
        aria_describedby=f"plate-text-{era_id}",
        **{"xml:lang": language},
    )
    turned = engine.payload["direction"] == "rtl"
    return embed_faces(isolate(sheet) if turned else sheet)
