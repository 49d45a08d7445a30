"""What the app's server gives beside its pages: documents, data, health."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from geo import __version__
from geo.app.frontend import HOST_NAME, HOST_SCRIPT
from geo.app.library import open_library
from geo.errors import GeoError

__all__ = ["ROUTES", "lifespan"]

FOREVER: Final = "public, max-age=31536000, immutable"

HEADERS: Final = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


async def embed(request: Request) -> Response:
    """Serve a document by its content's name; any page may frame it."""
    document = open_library().atlas
    if request.path_params["name"] != document.name:
        return PlainTextResponse("no such document", status_code=404, headers=HEADERS)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        **HEADERS,
        "Cache-Control": FOREVER,
        "Vary": "Accept-Encoding",
        "Content-Security-Policy": "frame-ancestors *",
        **({"Content-Encoding": "gzip"} if packed else {}),
    }
    page = document.packed if packed else document.page
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)


async def host_script(request: Request) -> Response:
    """Serve the script of the map host by its content's name."""
    if f"host/{request.path_params['name']}" != HOST_NAME:
        return PlainTextResponse("no such script", status_code=404, headers=HEADERS)
    headers = {**HEADERS, "Cache-Control": FOREVER}
    return Response(HOST_SCRIPT, media_type="text/javascript; charset=utf-8", headers=headers)


async def data(request: Request) -> Response:
    """Serve a layer's GeoJSON."""
    catalogue = open_library().catalogue
    try:
        layer = catalogue.layer(request.path_params["layer"])
    except GeoError:
        return PlainTextResponse("no such layer", status_code=404, headers=HEADERS)
    headers = {**HEADERS, "Access-Control-Allow-Origin": "*"}
    return FileResponse(catalogue.path(layer), media_type="application/geo+json", headers=headers)


async def health(_: Request) -> Response:
    """Say that the server is up, and which version."""
    return JSONResponse({"status": "ok", "version": __version__}, headers=HEADERS)


ROUTES: Final[list[BaseRoute]] = [
    Route("/embed/{name}", embed),
    Route("/host/{name}", host_script),
    Route("/data/{layer}.geojson", data),
    Route("/health", health),
]


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Prepare everything before the first visitor, and keep it out of the garbage collector's way.

    Streamlit collects garbage after every script run; with the catalogue and pandas in the process
    that was most of a step's cost (docs/design.md). Frozen objects are not looked at again.
    """
    try:
        open_library()
    except GeoError as err:
        print(err)  # the page says so to visitors; /health still answers
    gc.collect()
    gc.freeze()
    yield
