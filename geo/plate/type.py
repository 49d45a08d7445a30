"""Type on a plate: how wide a text is, measured in the faces that it is set in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo.faces import advance, family_list
from geo.symbology import TypeStyle

__all__ = ["attributes", "text_width", "wrapped"]


def text_width(text: str, style: TypeStyle) -> float:
    """Return the width of a text in pixels."""
    return advance(text, style.cut) * style.size + style.spacing * len(text)


def attributes(style: TypeStyle) -> dict[str, Any]:
    """Return the SVG attributes that set a text in a style."""
    return {
        "font_family": family_list(style.face),
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
