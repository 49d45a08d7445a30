"""The picture card of an era: what a link to it shows, 1200 × 630 pixels.

It has to be read at a third of its size, so the map is drawn small and enlarged, and title and
dates are set large beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.model.symbology import TypeStyle
from geo.plate import Engine
from geo.plate.convert import convert_plate
from geo.plate.tags import tag
from geo.plate.type import set_block, wrapped

__all__ = ["CARD", "render_card"]

CARD: Final = (1200, 630)
"""Width and height, pixels: what link previews ask for."""

PANEL: Final = 452
"""Width of the text's side, pixels."""

MARGIN: Final = 44
MOST_LINES: Final = 4
"""Of a title in its large size."""

ENLARGED: Final = 1.7
"""How much larger than on a plate the map is drawn."""

NAME: Final = TypeStyle("sans", 25, 32, "ink-soft", "panel", spacing=2.5, weight=600)
TITLE: Final = TypeStyle("serif", 60, 66, "ink", "panel", weight=600)
SMALLER: Final = TypeStyle("serif", 48, 54, "ink", "panel", weight=600)
DATES: Final = TypeStyle("serif", 36, 44, "ink-soft", "panel", italic=True)


def render_card(engine: Engine, era_id: str, *, texts: tuple[str, str, str]) -> bytes:
    """Return a card as PNG: the map of an era beside `texts` (name above, title, dates)."""
    width, height = CARD
    colours = engine.symbology.colours("light")
    size = (round((width - PANEL) / ENLARGED), round(height / ENLARGED))
    drawn = engine.draw(era_id, size=size, theme="light")
    enlarged = max((width - PANEL) / size[0], height / size[1])
    # The text's side covers what runs on under it: a window would cost a copy of the picture.
    picture = tag("g", drawn.content, transform=f"translate({PANEL} 0) scale({enlarged:.4f})")
    svg = tag(
        "svg",
        tag("defs", drawn.patterns)
        + picture
        + tag("rect", width=PANEL, height=height, fill=colours["panel"])
        + tag("rect", width=10, height=height, fill=colours["accent"])
        + tag("path", d=f"M{PANEL} 0V{height}", stroke=colours["line"], stroke_width=2)
        + _texts(texts, colours),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
    )
    return convert_plate(svg, "png")


def _texts(texts: tuple[str, str, str], colours: Mapping[str, str]) -> str:
    """Return name, title and dates below each other; a long title is set smaller."""
    room = PANEL - 2 * MARGIN
    name, title, dates = texts
    style, lines = TITLE, wrapped(title, TITLE, room)
    if len(lines) > MOST_LINES:
        style, lines = SMALLER, wrapped(title, SMALLER, room)
    parts, y = [], 52.0
    for setting, block, gap in (
        (NAME, [name.upper()], 26),
        (style, lines, 18),
        (DATES, wrapped(dates, DATES, room), 0),
    ):
        parts.append(set_block(MARGIN, y, setting, block, colours))
        y += setting.leading * len(block) + gap
    return "".join(parts)
