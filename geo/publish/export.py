"""Files for articles: the document as HTML, one era as SVG, PNG or PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from geo.document.folium_map import build_map
from geo.document.page import render_document
from geo.errors import GeoError
from geo.files import write_bytes, write_text
from geo.model.catalogue import Catalogue, Era
from geo.model.editions import load_edition
from geo.model.wording import ENGLISH
from geo.payload.build import build_payload
from geo.plate import Engine, render_plate
from geo.plate.convert import convert_plate
from geo.plate.lettering import foreign_letters
from geo.plate.page import SCREEN, read_page
from geo.publish.options import PICTURES

__all__ = ["export_document", "export_plate"]

FEW: Final = 12
"""Letters that a warning shows."""


def export_document(
    catalogue: Catalogue,
    eras: Sequence[Era],
    output: Path,
    *,
    language: str = ENGLISH,
    opening: Mapping[str, str] | None = None,
) -> None:
    """Write a document of some eras in a language.

    Raises UnknownIdError for a language we have not, GeoError when it cannot open as it should.
    """
    told = load_edition(catalogue, language)
    atlas_map = build_map(
        told.catalogue,
        told.features,
        eras=[told.catalogue.era(era.id) for era in eras],
        symbology=told.symbology,
        wording=told.wording,
        opening=opening,
    )
    write_text(output, render_document(atlas_map))


def export_plate(  # noqa: PLR0913  # what is drawn, where it goes, and how it looks
    catalogue: Catalogue,
    eras: Sequence[Era],
    output: Path,
    *,
    theme: str,
    scale: float,
    page: str = "",
    conic: bool = True,
    language: str = ENGLISH,
    opening: Mapping[str, str] | None = None,
) -> list[str]:
    """Write one era as a picture; the file's ending says which. Return what to look at in it.

    `page` is the name or the size of the page it fills; `conic` is as in `render_plate`. The
    picture shows what a document would that opens with `opening`. Raises GeoError for another
    ending, for more than one era, and when it cannot open so.
    """
    if output.suffix not in PICTURES:
        expected = ", ".join((".html", *PICTURES))
        raise GeoError(f"{output}: found {output.suffix or 'no ending'!r}, expected {expected}")
    if len(eras) != 1:
        raise GeoError(f"{output}: found {len(eras)} eras, expected one for a picture (--era)")
    sheet = read_page(page) if page else SCREEN
    told = load_edition(catalogue, language)
    payload = build_payload(
        told.catalogue,
        told.features,
        eras=[told.catalogue.era(eras[0].id)],
        symbology=told.symbology,
        wording=told.wording,
        opening=opening,
    )
    svg = render_plate(
        Engine(payload, told.symbology, told.wording),
        eras[0].id,
        page=sheet,
        theme=theme,
        conic=conic,
    )
    if output.suffix == ".svg":
        write_text(output, svg)
    elif output.suffix == ".png":
        write_bytes(output, convert_plate(svg, "png", scale=scale, points=sheet.points))
    else:
        write_bytes(output, convert_plate(svg, "pdf", points=sheet.points))
    told_of = []
    if conic and told.wording.plate["mercator"] in svg:
        told_of.append(
            f"{output}: what it shows is too wide for Lambert's projection; it is in Web Mercator"
        )
    if not (foreign := foreign_letters(svg)):
        return told_of
    where = "the reader's" if output.suffix == ".svg" else "this system's"
    shown = " ".join(foreign[:FEW]) + " …" * (len(foreign) > FEW)
    told_of.append(
        f"{output}: the atlas's fonts lack {len(foreign)} letters ({shown}), which come from "
        f"{where} fonts: look whether they are there"
    )
    return told_of
