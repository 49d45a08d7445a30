"""One era as a static SVG: the map alone, or a whole sheet with title, legend and scale."""

from __future__ import annotations

from html import escape
from typing import Final

from geo.plate.engine import DrawnMap, Engine
from geo.plate.frame import Frame
from geo.plate.lettering import embed_faces
from geo.plate.page import SCREEN, Page
from geo.plate.tags import isolate, tag

__all__ = ["render_map", "render_picture", "render_plate"]

MAP: Final = 0.9
"""Height of the map on a plate that may grow, as a share of the page's."""

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

    On a page of fixed size the map takes what the foot leaves it; else the plate grows downwards
    by what the foot needs. It holds exactly the features that a document shows when the
    era opens. Raises UnknownIdError.
    """
    pages = [page, page.turned] if page.turns else [page]
    page, drawn, frame, size = max(
        (_laid_out(engine, era_id, each, theme, conic) for each in pages),
        key=lambda laid: laid[1].zoom,
    )
    # The foot covers what runs on under it: to cut the map off would cost what draws PNG a copy of
    # all that is drawn, beyond the sheet too.
    height = page.size[1] if page.fixed else size[1] + round(frame.height * page.scale)
    content = drawn.content + frame.draw(top=size[1], height=height, scale=page.scale)
    return _sheet(engine, era_id, drawn, content, (size[0], height))


def _laid_out(
    engine: Engine, era_id: str, page: Page, theme: str, conic: bool
) -> tuple[Page, DrawnMap, Frame, tuple[int, int]]:
    """Return a page with its map, its foot and the size of the map, pixels."""
    width, height = page.size
    size = (width, round(height * MAP))
    parallels = engine.symbology.parallels if conic else None
    while True:
        drawn = engine.draw(era_id, size=size, theme=theme, scale=True, parallels=parallels)
        frame = Frame(engine, era_id, drawn, theme=theme, width=width / page.scale)
        foot = round(frame.height * page.scale)
        room = max(height - foot, 0) if page.fixed else size[1]
        # A smaller map may need a smaller foot; growing again, it might never come to an end.
        if size[1] <= room:
            return page, drawn, frame, size
        size = (width, room)


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
