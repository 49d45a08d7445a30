"""Type on a plate: how wide a text is, measured in the faces that it is set in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from geo.fonts.faces import advance, family_list
from geo.model.symbology import TypeStyle
from geo.plate.tags import tag

__all__ = ["attributes", "balanced", "set_block", "text_width", "wrapped"]

BLANKS: Final = re.compile(r"(?<!\d)\s+|\s+(?!\d{3}(?!\d))")
"""Where a line may break."""

LINE_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def text_width(text: str, style: TypeStyle) -> float:
    """Return the width of a text in pixels."""
    # What separates lines is one blank here, as it is in SVG.
    shown = LINE_BREAKS.sub(" ", text)
    return advance(shown, style.cut) * style.size + style.spacing * len(text)


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
    """Break a text into lines of at most `width` pixels; longer words are broken, too.

    Numbers are not broken between their groups of digits.
    """
    lines = [""]
    for word in _parts(BLANKS.split(text.strip()), style, width):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, style) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _parts(words: Iterable[str], style: TypeStyle, width: float) -> Iterator[str]:
    """Yield words, those that are wider than a line in parts."""
    for word in words:
        left = word
        while len(left) > 1 and text_width(left, style) > width:
            end = 1
            while text_width(left[: end + 1], style) <= width:
                end += 1
            yield left[:end]
            left = left[end:]
        yield left


def balanced(text: str, style: TypeStyle, width: float) -> Sequence[str]:
    """Break a text as `wrapped` does, into lines of about the same width."""
    lines = wrapped(text, style, width)
    longest = max(text_width(word, style) for word in BLANKS.split(text.strip()))
    while True:
        widest = max(text_width(line, style) for line in lines)
        if longest > widest - 1:
            return lines
        closer = wrapped(text, style, widest - 1)
        if len(closer) > len(lines) or closer == lines:
            return lines
        lines = closer


def set_block(  # noqa: PLR0913, PLR0917  # where, what and how
    x: float,
    y: float,
    style: TypeStyle,
    lines: Sequence[str],
    colours: Mapping[str, str],
    anchor: str | None = None,
) -> str:
    """Return lines of text as SVG, their first line's top at `y`; `anchor` is SVG's."""
    spans = "".join(
        tag("tspan", escape(line), x=x, y=round(y + style.leading * (number + 0.76), 1))
        for number, line in enumerate(lines)
    )
    own = {"fill": colours[style.ink], "text_anchor": anchor, **attributes(style)}
    return tag("text", spans, **own) if lines else ""
