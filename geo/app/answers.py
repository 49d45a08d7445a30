"""How the server answers: the headers of everything, and refusals that give nothing away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from geo.errors import GeoError

__all__ = [
    "ANY_FRAME",
    "CACHE_5_MIN",
    "CORS_ANY",
    "DAY",
    "FOREVER",
    "FRAMABLE",
    "HEADERS",
    "OWN_CACHE_5_MIN",
    "is_known",
    "redirect",
    "refuse",
    "route",
]

FOREVER: Final = "public, max-age=31536000, immutable"
DAY: Final = "public, max-age=86400"
CACHE_5_MIN: Final = "public, max-age=300"

OWN_CACHE_5_MIN: Final = {"Cache-Control": "private, max-age=300", "Vary": "Host"}
"""For what repeats the host that was asked: no cache of several readers may keep it."""

HEADERS: Final = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}

ANY_FRAME: Final = "frame-ancestors *"

FRAMABLE: Final = {"Content-Security-Policy": ANY_FRAME}
"""For what any page may frame."""

CORS_ANY: Final = {"Access-Control-Allow-Origin": "*"}
"""For what any page's script may read."""


def refuse(status: int, reason: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a refusal in words of ours."""
    return PlainTextResponse(reason, status_code=status, headers={**HEADERS, **(headers or {})})


def redirect(request: Request, target: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the way to a target relative to what was asked for; the query comes with it.

    Nothing of the target may come from outside.
    """
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(
        f"{target}{query}",
        status_code=307,
        # No cache of several readers may keep it: the query is one reader's own.
        headers={**HEADERS, **(headers or {}), "Cache-Control": "no-cache"},
    )


def is_known(request: Request, tag: str) -> bool:
    """Tell whether who asks has the answer of a tag already (RFC 9110, section 13.1.2)."""
    known = request.headers.get("if-none-match", "").split(",")
    return any(one.strip().removeprefix("W/") in {tag, "*"} for one in known)


def route(path: str, answer: Callable[[Request], Awaitable[Response]]) -> Route:
    """Return a route whose faults of ours are for the server's log; who asked hears of none."""

    async def guarded(request: Request) -> Response:
        try:
            return await answer(request)
        except GeoError as err:
            print(err)
            return refuse(503, "the atlas cannot be shown")

    return Route(path, guarded)
