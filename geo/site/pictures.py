"""Maps as pictures on pages, light and dark."""

from __future__ import annotations

from collections.abc import Mapping

from geo.site.address import relative
from geo.site.markup import Html, element, void
from geo.site.renderings import SHEETS

__all__ = ["render_picture"]


def render_picture(
    page: str, maps: Mapping[tuple[str, str], str], sheet: str, *, alt: str, late: bool = False
) -> Html:
    """Return the picture of a sheet for a page; `late` leaves it until the reader comes near.

    `maps` has the paths of the pictures by sheet and theme.
    """
    width, height = SHEETS[sheet]
    light, dark = (relative(f"{page}index.html", maps[sheet, theme]) for theme in ("light", "dark"))
    image = void(
        "img",
        src=light,
        width=width,
        height=height,
        alt=alt,
        loading="lazy" if late else None,
        decoding="async",
    )
    source = void("source", srcset=dark, media="(prefers-color-scheme: dark)")
    return element("picture", Html(source + image))
