"""SVG elements as text."""

from __future__ import annotations

from html import escape

__all__ = ["tag"]


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
