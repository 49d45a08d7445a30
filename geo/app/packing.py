"""Streamlit's own scripts and styles, packed: it sends megabytes as they are."""

from __future__ import annotations

import gzip
import mimetypes
from functools import cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.app.answers import FOREVER, HEADERS

__all__ = ["PackedStatic"]

FOLDER: Final = Path(streamlit.__file__).parent / "static" / "static"

PLACE: Final = "/static/"
"""Where they stand, below the app's address."""

ENDINGS: Final = (".js", ".css", ".svg", ".json")
"""What is not packed already. The names tell the content, so all of it may be kept for ever."""


class PackedStatic:
    """Middleware that answers for those files; whatever else is asked for goes on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        name = _name(scope)
        if not name:
            await self._app(scope, receive, send)
            return
        body = await run_in_threadpool(_packed, name)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        headers = {"Content-Encoding": "gzip", "Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
        answer = Response(body, media_type=kind, headers={**HEADERS, **headers})
        await answer(scope, receive, send)


def _name(scope: Scope) -> str:
    """Return the file that is asked for, below the folder; empty when it is none to pack."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return ""
    name = str(scope["path"]).partition(PLACE)[2]
    packs = "gzip" in Headers(scope=scope).get("accept-encoding", "")
    return name if packs and name in _files() else ""


@cache
def _files() -> frozenset[str]:
    return frozenset(
        path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.suffix in ENDINGS
    )


@cache
def _packed(name: str) -> bytes:
    return gzip.compress((FOLDER / name).read_bytes(), 6, mtime=0)
