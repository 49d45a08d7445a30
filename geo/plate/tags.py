"""SVG elements as text."""

from __future__ import annotations

import re
from html import escape

__all__ = ["isolate", "tag"]


def isolate(svg: str) -> str:
    """Return an SVG each of whose texts runs in the direction of its own first letter.

    Without these marks (UAX #9: FSI, PDI) figures and stops in a text from right to left would
    stand as in one from left to right.
    """
    return re.sub(">([^<]+)<", ">\u2068\\1\u2069<", svg)


def tag(name: str, content: str = "", **attributes: object) -> str:
    """Return one SVG element; underscores in attribute names become hyphens, None is left out."""
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_text(value))}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    return f"<{name}{pairs}>{content}</{name}>" if content else f"<{name}{pairs}/>"


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
