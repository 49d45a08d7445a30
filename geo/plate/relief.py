"""The relief's image: a page or plate holds it once, and its drawings refer to it."""

from __future__ import annotations

from geo.model.symbology import Symbology
from geo.plate.tags import tag

__all__ = ["relief_image"]


def relief_image(symbology: Symbology, *, theme: str | None) -> str:
    """Return hill shading as an SVG element on a unit square, or nothing where there is none.

    It is as strong as a theme has it; without one as strong as the page it stands in says.
    """
    relief = symbology.relief
    if not relief:
        return ""
    strength = relief.strength[theme or "light"]
    return tag(
        "image",
        id="relief",
        width=1,
        height=1,
        preserveAspectRatio="none",
        opacity=strength if theme else f"var(--relief,{strength})",
        href=relief.plate if theme else relief.page,
    )
