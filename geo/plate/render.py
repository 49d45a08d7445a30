"""One era as a static SVG: the map alone, or a whole sheet with title, legend and scale."""

from __future__ import annotations

from html import escape
from typing import Final

from geo.plate.engine import DrawnMap, Engine
from geo.plate.frame import Frame
from geo.plate.lettering import embed_faces
from geo.plate.tags import tag

__all__ = ["render_map", "render_picture", "render_plate"]

SIZE: Final = (1280, 800)
"""Width and height of a plate, pixels, if not said otherwise."""

PICTURE_TOLERANCE: Final = 1.2
"""How far lines of a document's picture may be off, pixels: it gives way to the map."""


def render_plate(
    engine: Engine, era_id: str, *, size: tuple[int, int] = SIZE, theme: str = "light"
) -> str:
    """Return one era as SVG, `size` (width, height) pixels large, with what stands around it.

    Title, caption, legend and credits stand beside the map; the plate grows downwards where they
    need more room. It holds exactly the features that a document shows when the era opens. Raises
    UnknownIdError.
    """
    width, height = size
    width -= Frame.width
    drawn = engine.draw(era_id, size=(width, height), theme=theme, scale=True)
    frame = Frame(engine, era_id, drawn.legend, theme)
    while frame.height > height:
        height = frame.height
        drawn = engine.draw(era_id, size=(width, height), theme=theme, scale=True)
        frame = Frame(engine, era_id, drawn.legend, theme)
    # A window of its own, so that nothing runs under the frame.
    window = tag("svg", drawn.content, width=width, height=height, overflow="hidden")
    content = window + frame.draw(left=width, height=height)
    return _sheet(engine, era_id, drawn, content, (size[0], height))


def render_map(
    engine: Engine, era_id: str, *, size: tuple[int, int], theme: str, shaded: bool = True
) -> str:
    """Return the map of one era as SVG, without anything beside it; `shaded` by relief or not.

    Raises UnknownIdError.
    """
    drawn = engine.draw(era_id, size=size, theme=theme, shaded=shaded)
    return _sheet(engine, era_id, drawn, drawn.content, size)


def render_picture(engine: Engine, era_id: str, *, size: tuple[int, int], around: int) -> str:
    """Return one era's map as SVG for a document: its colours are the document's custom properties.

    The view box is `size` (width, height) pixels large; what lies up to `around` pixels beside it
    is drawn too, for pages that let it overflow. ``data-zoom`` and ``data-fit`` tell the zoom of a
    web map of the same scale, and the size of the era's bounds (width, height; pixels): by them a
    page puts the picture exactly where its map will be. Raises UnknownIdError.
    """
    era = engine.era(era_id)
    drawn = engine.draw(era_id, size=size, theme=None, around=around, tolerance=PICTURE_TOLERANCE)
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
        data_fit=" ".join(f"{side:.1f}" for side in drawn.fit),
    )


def _sheet(
    engine: Engine, era_id: str, drawn: DrawnMap, content: str, size: tuple[int, int]
) -> str:
    era = engine.era(era_id)
    sheet = tag(
        "svg",
        tag("title", escape(f"{era['title']}, {era['dates']}"), id=f"plate-title-{era_id}")
        + tag("desc", escape(era["alt"]), id=f"plate-text-{era_id}")
        + tag("defs", drawn.patterns)
        + content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {size[0]} {size[1]}",
        width=size[0],
        height=size[1],
        role="img",
        aria_labelledby=f"plate-title-{era_id} plate-text-{era_id}",
    )
    return embed_faces(sheet)
