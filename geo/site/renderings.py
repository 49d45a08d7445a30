"""What is drawn for each map of the site: its document, plates, and picture card.

This is nearly all the work of a site, so eras are drawn by processes of their own. Only catalogue
and file names cross between them, and results come back in order: the same bytes each time.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

from geo.document.folium_map import AtlasElement, build_map
from geo.document.page import render_document
from geo.errors import GeoError
from geo.model.catalogue import Catalogue, Era, load_catalogue
from geo.model.editions import Edition, load_edition
from geo.payload.schema import Payload
from geo.plate import render_map, render_plate
from geo.plate.convert import convert_plate
from geo.site.card import render_card

__all__ = ["THEMES", "Drawing", "draw_maps"]

THEMES: Final = ("light", "dark")

PROCESSES: Final = 2
"""As many as the machine we promise a minute on has cores."""

SHEETS: Final[Mapping[str, tuple[int, int]]] = {"map": (1000, 620), "small": (460, 300)}
"""Maps shown on pages: width and height in pixels."""

PRINT_SCALE: Final = 2
"""Pixels of a PNG for each of the plate."""


@dataclass(frozen=True)
class Drawing:
    """Everything drawn of one map."""

    payload: Payload
    """Of its document (geo/payload/build.py)."""
    document: bytes
    card: bytes
    """PNG."""
    maps: Mapping[tuple[str, str], bytes]
    """SVG of the map alone, by sheet and theme; none for all eras."""
    plates: Mapping[str, bytes]
    """The era with its legend by ending: svg, png, pdf; none for all eras."""


@contextmanager
def draw_maps(
    catalogue: Catalogue, language: str
) -> Iterator[Iterator[tuple[Era | None, Drawing]]]:
    """Give every era with its drawing, in order, after that of all eras (None)."""
    count = min(PROCESSES, os.cpu_count() or 1)
    # Started anew, not forked: the caller may have threads.
    context = multiprocessing.get_context("spawn")
    wanted = [None, *catalogue.eras]
    with ProcessPoolExecutor(count, mp_context=context) as pool:
        ids = [era.id if era else "" for era in wanted]
        drawings = pool.map(partial(_draw, catalogue.root, language), ids)
        yield zip(wanted, drawings, strict=True)


@cache
def _open(root: Path, language: str) -> Edition:
    """Read everything, once for each process."""
    return load_edition(load_catalogue(root), language)


def _draw(root: Path, language: str, era_id: str) -> Drawing:
    """Draw one era, or what there is of all of them; raises GeoError."""
    try:
        return _draw_map(_open(root, language), era_id)
    except GeoError as err:
        # Errors with arguments of their own cannot be sent to another process.
        raise GeoError(str(err)) from None


def _draw_map(told: Edition, era_id: str) -> Drawing:
    catalogue = told.catalogue
    atlas_map = build_map(
        catalogue,
        told.features,
        eras=[catalogue.era(era_id)] if era_id else catalogue.eras,
        symbology=told.symbology,
        wording=told.wording,
    )
    # The map has made the payload already; making it again would be half the time of a site.
    (element,) = (
        child for child in atlas_map._children.values() if isinstance(child, AtlasElement)
    )
    document = render_document(atlas_map).encode()
    first = element.payload["eras"][0]
    title = first["title"] if era_id else element.payload["subtitle"]
    dates = first["dates"] if era_id else ""
    engine = element.engine
    card = render_card(engine, first["id"], texts=(element.payload["title"], title, dates))
    if not era_id:
        return Drawing(element.payload, document, card, {}, {})
    maps = {
        # Without relief: each would bring an image of its own, and pages have to be light.
        (name, theme): render_map(engine, era_id, size=size, theme=theme, shaded=False).encode()
        for name, size in SHEETS.items()
        for theme in THEMES
    }
    plate = render_plate(engine, era_id)
    plates = {
        "svg": plate.encode(),
        "png": convert_plate(plate, "png", scale=PRINT_SCALE),
        "pdf": convert_plate(plate, "pdf"),
    }
    return Drawing(element.payload, document, card, maps, plates)
