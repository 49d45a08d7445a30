"""Documents for frames: of all eras and of some, and the script that gives frames their height."""

from __future__ import annotations

import asyncio
import random
import re
from string import Template
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute

from geo.app.addresses import LANGUAGE, LATEST, LONGEST, document_path, find_eras
from geo.app.answers import (
    ANY_FRAME,
    CORS_ANY,
    DAY,
    FOREVER,
    FRAMABLE,
    HEADERS,
    redirect,
    refuse,
    route,
)
from geo.app.library import Document, Library, open_library
from geo.app.naming import load_texts
from geo.app.ondemand import BusyError
from geo.assets import read_asset
from geo.errors import UnknownIdError
from geo.model.wording import ENGLISH

__all__ = ["EMBED_ROUTES", "EMBED_SCRIPT"]

EMBED_SCRIPT: Final = "embed.js"
"""Where the script for pages that frame a map stands."""

RELEASE: Final = re.compile(rf"[0-9a-f]{{16}}|{LATEST}")

HOLD: Final = (1.0, 3.0)
"""Seconds that a refusal is held back, at least and at most: who asks anew at once cannot take
others' time, and those who were refused together do not come back together."""

PAUSE: Final = (3, 8)
"""Seconds after which a page that came too early asks again: at least, at most."""


async def all_eras(request: Request) -> Response:
    """Serve the document of all eras; any page may frame it.

    Every release but the one that this server shows leads to that one: a map in an article must not
    vanish because the server has moved on.
    """
    library = _library(request)
    if fault := _fault(request):
        return fault
    if request.path_params["release"] != library.release:
        return redirect(request, library.atlas.name, FRAMABLE)
    return _send(request, library.atlas)


async def some_eras(request: Request) -> Response:
    """Serve the document of some eras, made when it is first asked for."""
    library, asked = _library(request), request.path_params["eras"]
    if fault := _fault(request):
        return fault
    try:
        eras = find_eras(library.catalogue, asked)
        own = document_path(library.catalogue, eras, library.release)
        if f"embed/{request.path_params['release']}/{asked}.html" != own:
            return redirect(request, f"../{own.removeprefix('embed/')}", FRAMABLE)
        # Shielded: who turns away must not take it from those who also wait for it.
        document = await asyncio.shield(asyncio.wrap_future(library.ask_document(eras)))
    except UnknownIdError:
        return refuse(404, "no such era", FRAMABLE)
    except BusyError:
        await asyncio.sleep(random.uniform(*HOLD))
        return _send_later(library)
    return _send(request, document)


async def nothing(request: Request) -> Response:
    """Refuse what looks like a document's address and is none."""
    if not request.path_params["rest"]:
        return redirect(request, "../embed")  # the page, written as if it were a folder
    return refuse(404, "no such document", FRAMABLE)


async def embed_script(_: Request) -> Response:
    """Serve the script that pages load to make frames as high as their maps need."""
    headers = {**HEADERS, **CORS_ANY, "Cache-Control": DAY}
    script = read_asset(EMBED_SCRIPT)
    return Response(script, media_type="text/javascript; charset=utf-8", headers=headers)


def _library(request: Request) -> Library:
    """Return the atlas in the language asked for.

    Without that language it is the English one, whose document says so: in an article a map that
    cannot be read is better than none.
    """
    try:
        return open_library(request.query_params.get(LANGUAGE, ENGLISH))
    except UnknownIdError:
        return open_library()


def _fault(request: Request) -> Response | None:
    """Return the refusal of what has not the form of a document's address."""
    if not RELEASE.fullmatch(request.path_params["release"]):
        return refuse(404, "no such document", FRAMABLE)
    if len(request.url.query) > LONGEST:
        return refuse(414, "the address is too long", FRAMABLE)
    return None


def _send_later(library: Library) -> Response:
    """Return the page that asks again by itself, a little later for some than for others."""
    seconds = random.randint(*PAUSE)  # readers who wait must not come back together
    wording = library.told.wording
    page = Template(read_asset("app/later.html")).substitute(
        load_texts("later", wording.language),
        seconds=seconds,
        language=wording.language,
        direction=wording.direction,
    )
    headers = {
        **HEADERS,
        "Content-Security-Policy": f"default-src 'none'; style-src 'unsafe-inline'; {ANY_FRAME}",
        "Retry-After": str(seconds),
        "Cache-Control": "no-store",
    }
    return HTMLResponse(page, status_code=503, headers=headers)


def _send(request: Request, document: Document) -> Response:
    packed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {
        **HEADERS,
        **FRAMABLE,
        "Cache-Control": FOREVER,
        "Vary": "Accept-Encoding",
        **({"Content-Encoding": "gzip"} if packed else {}),
    }
    page = document.packed if packed else document.page
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)


EMBED_ROUTES: Final[list[BaseRoute]] = [
    route("/embed/{release}.html", all_eras),
    route("/embed/{release}/{eras}.html", some_eras),
    route("/embed/{rest:path}", nothing),
    route(f"/{EMBED_SCRIPT}", embed_script),
]
