"""The app's first HTML: Streamlit's page with the map's frame in it already.

Streamlit needs seconds and megabytes before a component shows; the document needs neither. The map
host adopts the frame (``geo/assets/app/host.js``), and makes one itself where it finds none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute

from geo.app.addresses import LANGUAGE
from geo.app.answers import HEADERS, route
from geo.app.library import Library, open_library
from geo.app.naming import load_texts, name_map
from geo.app.opening import opening_path
from geo.app.pages import SUBPAGES
from geo.assets import read_asset
from geo.errors import GeoError
from geo.model.wording import ENGLISH, Wording, find_languages, load_wording
from geo.publish.frames import SANDBOX

__all__ = ["FIRST_PAGE", "FRAME", "first_page", "frame_title", "page_below"]

FRAME: Final[Mapping[str, str]] = {
    "id": "atlas-frame",
    "sandbox": SANDBOX,
    "referrerpolicy": "no-referrer",
    "allow": "clipboard-write; fullscreen",
}
"""The frame's attributes, wherever it is made, but for its title."""

INDEX: Final = Path(streamlit.__file__).parent / "static" / "index.html"

PAGE: Final = '<html lang="en">'
ROOT: Final = '<div id="root"></div>'
TITLE: Final = "<title>Streamlit</title>"
HEAD: Final = "</head>"

SERVER: Final = (
    '<script>window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href };</script>'
)
"""Where the server is: on a page below, Streamlit asks under that page's own address first."""

LEFT_TO_RIGHT: Final = '<script>window[Symbol.for("react-aria.i18n.locale")] = "en-US";</script>'
"""In a Persian or Arabic browser the era slider would run from right to left, whatever the page's
language, and its keys with it; where a page does, its eras are turned (``atlas_page.py``)."""


@cache
def _shell() -> tuple[str, str] | str:
    """Return Streamlit's page in two parts, the frame's place between; whole if it has none."""
    page = INDEX.read_text(encoding="utf-8")
    if any(page.count(part) != 1 for part in (PAGE, ROOT, TITLE, HEAD)):
        return page
    before, after = page.split(ROOT)
    return f"{before}{ROOT}", after


def first_page(library: Library, asked: Mapping[str, str]) -> str:
    """Return the app's page, with the map's frame unless Streamlit's page has no place for it."""
    shell = _shell()
    if isinstance(shell, str):
        return shell
    framed = asked.get("embed") == "true"
    style = read_asset("app/frame.css") + (read_asset("app/framed.css") if framed else "")
    address = escape(opening_path(library, asked, framed=framed))
    wording = library.told.wording
    named = {**FRAME, "title": frame_title(wording.language)}
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in named.items())
    title = f"<title>{escape(name_map(library.catalogue, library.catalogue.eras))}</title>"
    before = (
        shell[0].replace(TITLE, title).replace(HEAD, f"{LEFT_TO_RIGHT}<style>{style}</style>{HEAD}")
    )
    before = before.replace(PAGE, _root(wording))
    return f'{before}<iframe src="{address}"{attributes}></iframe>{shell[1]}'


def frame_title(language: str) -> str:
    """Return what the map's frame is called."""
    return load_texts("pages", language)["map"]


def _root(wording: Wording) -> str:
    """Return how a page in a language begins."""
    language, direction = escape(wording.language), escape(wording.direction)
    return f'<html lang="{language}" dir="{direction}">'


def _language(request: Request) -> str:
    """Return the language asked for; English where we have not that one."""
    asked = request.query_params.get(LANGUAGE, ENGLISH)
    return asked if asked in find_languages() else ENGLISH


async def _answer(request: Request) -> Response:
    try:
        page = first_page(open_library(_language(request)), dict(request.query_params))
    except GeoError as err:
        print(err)  # the page itself says so to visitors
        page = INDEX.read_text(encoding="utf-8")
    return HTMLResponse(page, headers={**HEADERS, "Cache-Control": "no-cache"})


def page_below(wording: Wording) -> str:
    """Return Streamlit's page for an address below the app's, told where the server is."""
    page = INDEX.read_text(encoding="utf-8").replace(HEAD, f"{SERVER}{LEFT_TO_RIGHT}{HEAD}", 1)
    return page.replace(PAGE, _root(wording), 1)


async def _answer_below(request: Request) -> Response:
    page = page_below(load_wording(_language(request)))
    return HTMLResponse(page, headers={**HEADERS, "Cache-Control": "no-cache"})


FIRST_PAGE: Final[list[BaseRoute]] = [
    route("/", _answer),
    *(route(f"/{path}", _answer_below) for path in SUBPAGES),
]
