"""Pictures of one era, made when they are asked for."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Final, Literal

from geo.app.library import Library
from geo.app.ondemand import OnDemand
from geo.model.catalogue import Era
from geo.payload.build import build_payload
from geo.plate import Engine, render_plate
from geo.plate.convert import convert_plate
from geo.site.card import CARD, render_card

__all__ = ["CARD", "Picture", "ask_card", "ask_picture"]

Picture = Literal["svg", "png", "pdf"]

# 32 pictures are at most some 20 MB; each takes up to two seconds.
_PICTURES: Final[OnDemand[bytes]] = OnDemand(most=32, waiting=6)


def ask_picture(
    library: Library, era: Era, kind: Picture, *, theme: str, scale: int = 1
) -> Future[bytes]:
    """Return an era as a file with title, caption and legend; raises BusyError.

    A PNG has `scale` pixels for each of the plate's.
    """
    key = (library.release, era.id, kind, theme, scale)
    return _PICTURES.ask(key, lambda: _draw(library, era, kind, theme, scale))


def ask_card(library: Library, era: Era) -> Future[bytes]:
    """Return the PNG that stands for an era's map where links are previewed; raises BusyError."""
    return _PICTURES.ask((library.release, era.id, "card"), lambda: _draw_card(library, era))


def _draw(library: Library, era: Era, kind: Picture, theme: str, scale: int) -> bytes:
    svg = render_plate(_engine(library, era), era.id, theme=theme)
    return svg.encode() if kind == "svg" else convert_plate(svg, kind, scale=scale)


def _draw_card(library: Library, era: Era) -> bytes:
    texts = (library.catalogue.title, era.title, era.dates)
    return render_card(_engine(library, era), era.id, texts=texts)


def _engine(library: Library, era: Era) -> Engine:
    told = library.told
    payload = build_payload(
        told.catalogue,
        told.features,
        eras=[era],
        symbology=told.symbology,
        wording=told.wording,
    )
    return Engine(payload, told.symbology, told.wording)
