"""What is fetched where a map is shared: oEmbed answers, picture cards, pages for previews."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute

from geo.app.addresses import (
    LANGUAGE,
    LONGEST,
    Shown,
    document_path,
    find_map,
    find_shown,
    map_name,
    read_parameters,
    read_place,
)
from geo.app.answers import CORS_ANY, DAY, HEADERS, OWN_CACHE_5_MIN, redirect, refuse, route
from geo.app.library import Library, open_library
from geo.app.map_page import POLICY, card_path, render_map_page, render_sitemap
from geo.app.naming import name_map
from geo.app.ondemand import BusyError
from geo.app.pictures import CARD, ask_card
from geo.errors import UnknownIdError
from geo.model.wording import ENGLISH, find_languages
from geo.publish.addresses import ATLAS
from geo.publish.frames import Embed, build_oembed

__all__ = ["SHARE_ROUTES"]

PIXELS: Final = re.compile(r"[1-9][0-9]{0,4}")


async def oembed(request: Request) -> Response:
    """Answer which frame shows the map of an address (https://oembed.com).

    Sizes that are no numbers of pixels are taken for none: a map helps more than an error.
    """
    asked = request.query_params
    if len(request.url.query) > 2 * LONGEST:
        return refuse(414, "the address is too long", CORS_ANY)
    if asked.get("format", "json") != "json":
        return refuse(501, "only format=json is there", CORS_ANY)
    if not asked.get("url"):
        return refuse(400, "url is missing", CORS_ANY)
    place = read_place(request)
    if not place:
        return refuse(400, "the host cannot be read", CORS_ANY)
    shown = find_shown(open_library().catalogue, asked["url"], place)
    if not shown:
        return refuse(404, "no such map", CORS_ANY)
    most = (_pixels(asked.get("maxwidth")), _pixels(asked.get("maxheight")))
    return _tell(shown, place, most)


def _tell(shown: Shown, place: str, most: tuple[int | None, int | None]) -> Response:
    """Return the answer for a map in its language, or a refusal of that."""
    try:
        library = open_library(shown.language)
    except UnknownIdError:
        return _refuse_language(CORS_ANY)
    headers = {**HEADERS, **CORS_ANY, **OWN_CACHE_5_MIN}
    return JSONResponse(_answer(library, shown, place, most), headers=headers)


def _answer(
    library: Library, shown: Shown, place: str, most: tuple[int | None, int | None]
) -> dict[str, object]:
    catalogue = library.catalogue
    shown = shown.told(catalogue)
    address = f"{place}{document_path(catalogue, shown.eras)}{shown.query}"
    page = f"{place}map/{map_name(catalogue, shown.eras)}{shown.query}"
    answer = build_oembed(
        Embed(address, name_map(catalogue, shown.eras)),
        page,
        provider=(catalogue.title, place),
        thumbnail=(f"{place}{card_path(library, shown.eras)}", *CARD),
        most=most,
    )
    # The standard: a thumbnail keeps to what was asked, too. There is only the one size.
    if any(limit and limit < size for limit, size in zip(most, CARD, strict=True)):
        answer = {key: value for key, value in answer.items() if not key.startswith("thumbnail")}
    return answer


async def card(request: Request) -> Response:
    """Serve the picture of a map for link previews: of its first era."""
    try:
        library = _open_asked(request)
    except UnknownIdError:
        return _refuse_language()
    try:
        era = find_map(library.catalogue, request.path_params["name"])[0]
    except UnknownIdError:
        return refuse(404, "no such era")
    try:
        picture = await asyncio.shield(asyncio.wrap_future(ask_card(library, era)))
    except BusyError:
        return refuse(503, "busy; ask again in a moment", {"Retry-After": "5"})
    return Response(picture, media_type="image/png", headers={**HEADERS, "Cache-Control": DAY})


async def map_page(request: Request) -> Response:
    """Serve the page of a map that people share and crawlers read."""
    name = request.path_params["name"]
    try:
        library = _open_asked(request)
    except UnknownIdError:
        return _refuse_language()
    try:
        eras = find_map(library.catalogue, name)
    except UnknownIdError:
        return refuse(404, "no such map")
    if len(request.url.query) > LONGEST:
        return refuse(414, "the address is too long")
    place = read_place(request)
    if not place:
        return refuse(400, "the host cannot be read")
    if name != map_name(library.catalogue, eras):
        return redirect(request, map_name(library.catalogue, eras))
    page = render_map_page(library, Shown(eras, read_parameters(request.url.query)), place)
    headers = {**HEADERS, "Content-Security-Policy": POLICY, **OWN_CACHE_5_MIN}
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)


async def all_maps(request: Request) -> Response:
    """Lead to the map of all eras."""
    return redirect(request, f"{'' if request.url.path.endswith('/') else 'map/'}{ATLAS}")


async def sitemap(request: Request) -> Response:
    """Serve the list of pages for crawlers: nothing on the app's own pages leads to them."""
    place = read_place(request)
    if not place:
        return refuse(400, "the host cannot be read")
    headers = {**HEADERS, **OWN_CACHE_5_MIN}
    text = render_sitemap(open_library().catalogue, place, find_languages())
    return Response(text, media_type="application/xml", headers=headers)


async def robots(request: Request) -> Response:
    """Say that crawlers are welcome, and where the list of pages is."""
    place = read_place(request)
    where = f"Sitemap: {place}sitemap.xml\n" if place else ""
    text = f"User-agent: *\nAllow: /\n{where}"
    return PlainTextResponse(text, headers={**HEADERS, **OWN_CACHE_5_MIN})


def _open_asked(request: Request) -> Library:
    """Return the atlas in the language asked for; raises UnknownIdError."""
    return open_library(request.query_params.get(LANGUAGE, ENGLISH))


def _refuse_language(headers: Mapping[str, str] | None = None) -> Response:
    return refuse(404, f"no such language; there are: {', '.join(find_languages())}", headers)


def _pixels(text: str | None) -> int | None:
    return int(text) if text and PIXELS.fullmatch(text) else None


SHARE_ROUTES: Final[list[BaseRoute]] = [
    route("/oembed", oembed),
    route("/card/{name}.png", card),
    route("/map/{name}", map_page),
    route("/map/", all_maps),
    route("/map", all_maps),
    route("/sitemap.xml", sitemap),
    route("/robots.txt", robots),
]
