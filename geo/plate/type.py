"""Type on a plate: how wide a text is, measured in the fonts a plate is set in.

The fonts come from the packages font-source-serif-pro and font-source-sans-pro (SIL Open Font
License), so a plate is laid out the same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

import font_source_sans_pro
import font_source_serif_pro
from PIL import ImageFont

from geo.plate.tags import tag
from geo.symbology import TypeStyle

__all__ = ["FONT_FOLDERS", "attributes", "set_block", "text_width", "wrapped"]

FAMILIES: Final = {
    "serif": "Source Serif Pro, 'Source Serif 4', Palatino, Georgia, serif",
    "sans": "Source Sans Pro, 'Source Sans 3', Helvetica Neue, Arial, sans-serif",
}

FILES: Final = {
    "serif": (font_source_serif_pro, "SourceSerifPro"),
    "sans": (font_source_sans_pro, "SourceSansPro"),
}

FONT_FOLDERS: Final = tuple(
    str(Path(package.__file__).parent / "files") for package, _ in FILES.values()
)
"""Where the fonts are, for programs that draw a plate."""

LINE_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

MEASURED_AT: Final = 200
"""Size at which texts are measured, pixels: large, so that rounding does not matter."""


def text_width(text: str, style: TypeStyle) -> float:
    """Return the width of a text in pixels."""
    font = _font(style.face, style.weight, italic=style.italic)
    # What separates lines is one blank here, as it is in SVG.
    return font.getlength(
        LINE_BREAKS.sub(" ", text)
    ) * style.size / MEASURED_AT + style.spacing * len(text)


def attributes(style: TypeStyle) -> dict[str, Any]:
    """Return the SVG attributes that set a text in a style."""
    return {
        "font_family": FAMILIES[style.face],
        "font_size": style.size,
        "font_style": "italic" if style.italic else None,
        "font_weight": style.weight if style.weight != 400 else None,
        "letter_spacing": style.spacing or None,
    }


def wrapped(text: str, style: TypeStyle, width: float) -> Sequence[str]:
    """Break a text into lines of at most `width` pixels; longer words stand alone."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, style) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def set_block(
    x: float, y: float, style: TypeStyle, lines: Sequence[str], colours: Mapping[str, str]
) -> str:
    """Return lines of text as SVG, their first line's top at `y`."""
    spans = "".join(
        tag("tspan", escape(line), x=x, y=round(y + style.leading * (number + 0.76), 1))
        for number, line in enumerate(lines)
    )
    return tag("text", spans, fill=colours[style.ink], **attributes(style)) if lines else ""


@cache
def _font(face: str, weight: int, *, italic: bool) -> ImageFont.FreeTypeFont:
    package, name = FILES[face]
    cut = {400: "Regular", 600: "Semibold", 700: "Bold"}[weight]
    slant = "It" if italic else ""
    cut = slant if italic and cut == "Regular" else cut + slant
    path = Path(package.__file__).parent / "files" / f"{name}-{cut}.ttf"
    return ImageFont.truetype(path, MEASURED_AT)
