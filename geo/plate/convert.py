"""Plates as PNG and PDF, by Typst: it draws SVG with the fonts it is given, text as text."""

from __future__ import annotations

import re
from html import unescape
from typing import Final, Literal

import typst

from geo.errors import GeoError
from geo.fonts.faces import face_folder
from geo.plate.lettering import foreign_letters

__all__ = ["convert_plate"]

POINTS_PER_INCH: Final = 72


LEAST_SCALE: Final = 0.25
MOST_SCALE: Final = 10
"""Pixels of a picture for each of its plate."""

MOST_PIXELS: Final = 200_000_000
"""What a picture may have: it is drawn in memory."""


TOLD: Final = {
    "title": "<title[^>]*>([^<]*)",
    "alt": "<desc[^>]*>([^<]*)",
    "language": ' lang="([a-z]{2,3})',
}
"""Where a plate tells what it is called, what it shows, and in which language."""


def convert_plate(
    svg: str, to: Literal["png", "pdf"], *, scale: float = 1, points: float = 1
) -> bytes:
    """Return a plate as PNG (`scale` pixels for each of its own) or as a PDF of one page.

    A page is as large as the plate, at so many `points` for a pixel, and is called and described to
    who does not see it as the plate is. Letters that our faces lack come from the system's own
    fonts.

    Raises GeoError for text that is no plate, and for a picture too small or too large.
    """
    size = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    if not size:
        raise GeoError("found an SVG without viewBox, expected a plate of this atlas")
    across, down = map(float, size.groups())
    fits = LEAST_SCALE <= scale <= MOST_SCALE and across * down * scale**2 <= MOST_PIXELS
    if to == "png" and not fits:
        raise GeoError(
            f"scale: found {scale:g} for a plate of {across:g} by {down:g} pixels, expected "
            f"{LEAST_SCALE:g} to {MOST_SCALE:g} and {MOST_PIXELS // 10**6} million pixels at most"
        )
    width, height = across * points, down * points
    told = {name: _told(svg, mark) for name, mark in TOLD.items()}
    page = (
        # A date of its own would change the bytes with every run.
        "#set document(title: sys.inputs.title, date: none)\n"
        "#set text(lang: sys.inputs.language)\n"
        f"#set page(width: {width:g}pt, height: {height:g}pt, margin: 0pt)\n"
        '#image(bytes(sys.inputs.plate), format: "svg", width: 100%, alt: sys.inputs.alt)'
    )
    return typst.compile(
        page.encode(),
        format=to,
        ppi=POINTS_PER_INCH * scale / points,
        font_paths=typst.Fonts(
            include_system_fonts=bool(foreign_letters(svg)),
            include_embedded_fonts=False,
            font_paths=[str(face_folder())],
        ),
        sys_inputs={"plate": svg, **told, "language": told["language"] or "und"},
    )


def _told(svg: str, mark: str) -> str:
    found = re.search(mark, svg)
    return unescape(found[1]).strip("\u2068\u2069") if found else ""
