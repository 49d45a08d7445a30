"""What the app's server gives beside its pages: documents, data, health."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute

from geo import __version__
from geo.app.answers import CACHE_5_MIN, CORS_ANY, FOREVER, HEADERS, is_known, refuse, route
from geo.app.downloads import ask_file
from geo.app.embed_routes import EMBED_ROUTES
from geo.app.first_page import FIRST_PAGE
from geo.app.frontend import HOST_NAME, HOST_SCRIPT
from geo.app.headers import allow_local_hosts
from geo.app.library import open_languages, open_library, prepare
from geo.app.ondemand import BusyError
from geo.app.preview import PREVIEW_NAME, PREVIEW_SCRIPT
from geo.app.share_routes import SHARE_ROUTES
from geo.app.theme import keep_theme
from geo.errors import GeoError
from geo.publish.formats import FILES

__all__ = ["ROUTES", "lifespan"]

SCRIPTS: Final = {HOST_NAME: HOST_SCRIPT, PREVIEW_NAME: PREVIEW_SCRIPT}
"""Scripts of our components, by their content's name."""

COLLECT_AFTER: Final = 50_000
"""Objects made since the last collection: a step leaves about 150 that wait for the next."""


async def host_script(request: Request) -> Response:
    """Serve a component's script by its content's name."""
    script = SCRIPTS.get(f"host/{request.path_params['name']}")
    if script is None:
        return refuse(404, "no such script")
    headers = {**HEADERS, "Cache-Control": FOREVER}
    return Response(script, media_type="text/javascript; charset=utf-8", headers=headers)


async def layer_data(request: Request) -> Response:
    """Serve a layer's GeoJSON."""
    catalogue = open_library().catalogue
    try:
        path = catalogue.path(catalogue.layer(request.path_params["layer"]))
    except GeoError:
        return refuse(404, "no such layer")
    if not path.is_file():
        return refuse(404, "this layer has no file")
    return _file(request, path, "application/geo+json")


async def atlas_data(request: Request) -> Response:
    """Serve all features in a format: the file is made once, and sent piece by piece."""
    name = next(name for name, (file, _) in FILES.items() if request.url.path.endswith(f"/{file}"))
    try:
        path = await asyncio.shield(asyncio.wrap_future(ask_file(open_library(), name)))
    except BusyError:
        return refuse(503, "busy; ask again in a moment", {"Retry-After": "5"})
    return _file(request, path, FILES[name][1], filename=path.name)


def _file(request: Request, path: Path, media_type: str, filename: str | None = None) -> Response:
    """Return a file of data, or that who asks has it: servers of one release have the same ones."""
    tag = f'"{open_library().release}"'
    headers = {**HEADERS, **CORS_ANY, "Cache-Control": CACHE_5_MIN, "ETag": tag}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type=media_type, filename=filename, headers=headers)


async def health(_: Request) -> Response:
    """Say whether the atlas is there, and which version."""
    status, code = ("ok", 200) if is_atlas_open() else ("no atlas", 503)
    return JSONResponse({"status": status, "version": __version__}, code, headers=HEADERS)


@cache
def is_atlas_open() -> bool:
    """Tell whether the atlas could be opened when the server started."""
    try:
        open_library()
    except GeoError:
        return False
    return True


ROUTES: Final[list[BaseRoute]] = [
    *FIRST_PAGE,
    *EMBED_ROUTES,
    *SHARE_ROUTES,
    route("/host/{name}", host_script),
    *(route(f"/data/{file}", atlas_data) for file, _ in FILES.values()),
    route("/data/{layer}.geojson", layer_data),
    route("/health", health),
]


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Prepare everything before the first visitor, and keep it out of the garbage collector's way.

    With the catalogue and pandas in the process, collecting was most of a step's cost
    (docs/design.md). Frozen objects are not looked at again, and what sessions keep only seldom.
    """
    allow_local_hosts()
    keep_theme()
    libraries = [*open_languages()]  # of one that is broken its pages say so
    is_atlas_open()
    prepare(libraries)
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    yield
    for library in libraries:
        library.close()
