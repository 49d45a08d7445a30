"""SVG elements as text: attributes escaped, colours looked up."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from geo.symbology import Symbology

__all__ = ["Ink", "tag"]


class Ink:
    """The colours of one theme; those of ``auto`` are a document's custom properties."""

    def __init__(self, symbology: Symbology, theme: str) -> None:
        self.in_document = theme == "auto"
        """Whether the style sheet of a document is at hand."""
        self._palette: Mapping[str, str]
        if self.in_document:
            self._palette = {name: f"var(--{name})" for name in symbology.palette["light"]}
            self._actors = {actor: f"var(--{actor})" for actor in symbology.actors}
        else:
            self._palette = symbology.palette[theme]
            self._actors = {actor.id: getattr(actor, theme) for actor in symbology.actors.values()}

    def base(self, name: str) -> str:
        """Return a colour of the base palette."""
        return self._palette[name]

    def actor(self, name: str) -> str:
        """Return the colour of an actor; nobody's is that of ``none``."""
        return str(self._actors[name or "none"])


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
