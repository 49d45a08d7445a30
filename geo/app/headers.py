"""What goes for every answer of the server, Streamlit's own too: headers, hosts, closed paths."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Final
from urllib.parse import parse_qs, urlsplit

from h11 import LocalProtocolError
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from geo.app.answers import HEADERS
from geo.app.pages import SUBPAGES
from geo.errors import GeoError

__all__ = ["Guard", "allow_local_hosts", "read_framing_hosts"]

CLOSED: Final = ("/_stcore/metrics", "/_stcore/agent/")
"""What tells outsiders about the server, or drives it."""

FILES: Final = re.compile(
    r"(/(?!\.)[^/]*)+\.(bib|css|csv|geojson|gif|gpkg|html|ico|jpe?g|js|json|kml|map|parquet|pdf"
    r"|png|svg|txt|wasm|webmanifest|woff2?|xml)"
)
"""Paths with a dot that may be there; for any other Streamlit would show its page."""

PAGES: Final = re.compile(
    rf"/|/({'|'.join(SUBPAGES)})/?|/(embed|map)/.+|/(media|component)/.+\.html"
)
"""Paths of the app's pages, of maps' documents and pages, and of pages among Streamlit's files."""

POLICY: Final = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-src 'self' data: blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
)
"""Of Streamlit's pages: it compiles code and writes styles itself; nothing comes from elsewhere."""

FRAMED_BY: Final = "ATLAS_FRAMED_BY"
"""Environment variable: addresses of the pages that may frame the app, by blanks; any without."""

PLACE: Final = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?")

LOCAL: Final = ("localhost", "127.0.0.1", "::1")
"""This machine's own names, which always count."""

HOSTS: Final = "server.allowedHosts"


class Guard:
    """Middleware around everything the server answers."""

    def __init__(self, app: ASGIApp, *, framed_by: str) -> None:
        """Take what answers, and who may frame it (see :func:`read_framing_hosts`)."""
        self._app = app
        self._hosts = framed_by

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http" and (status := find_refusal(scope)):
            answer = PlainTextResponse(REASONS[status], status_code=status, headers=HEADERS)
            await answer(scope, receive, send)
            return
        if scope["type"] == "websocket" and not is_welcome(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": 1008})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if is_no_page(scope, headers):
                    message["status"] = 404
                add_headers(scope, self._hosts, headers)
            await send(message)

        # A client that breaks HTTP is told so by the server, which has no use for our answer then.
        with suppress(LocalProtocolError):
            await self._app(scope, receive, with_headers)


REASONS: Final = {403: "this host is not served here", 404: "not found"}


def find_refusal(scope: Scope) -> int:
    """Return the status that refuses a request; 0 when it is none that we refuse."""
    path = _path(scope)
    if not is_own_host(Headers(scope=scope).get("host", "")):
        return 403
    if path.startswith(CLOSED) or (
        "." in path and not path.startswith("/_stcore/") and not FILES.fullmatch(path)
    ):
        return 404
    return 0


def is_no_page(scope: Scope, headers: Headers) -> bool:
    """Tell whether an answer is the page that Streamlit shows for any path that it does not know.

    Readers see there where to go on; others, such as an article that frames it, learn that what
    they look for is not here.
    """
    return "text/html" in headers.get("content-type", "") and not PAGES.fullmatch(_path(scope))


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def is_own_host(host: str) -> bool:
    """Tell whether a Host header names this server; any does when no hosts are configured.

    Hosts are those of ``server.allowedHosts``, as Streamlit reads them for its socket: names, or
    ``*.museum.example`` for all below a name. This machine's own names always count.
    """
    allowed: Iterable[str] = config.get_option(HOSTS) or ()
    names = {name.strip().lower().rstrip(".") for name in allowed}
    if not names or "*" in names:
        return True
    try:
        bare = (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:  # brackets that hold no address
        return False
    return bare in {*names, *LOCAL} or any(
        name.startswith("*.") and bare.endswith(name[1:]) for name in names
    )


def is_welcome(headers: Headers) -> bool:
    """Tell whether a socket is for this server, and from a page of its own.

    For a page of somebody else's Streamlit would ask another machine for this one's address, and
    all readers would wait for the answer. Who is named in ``server.corsAllowedOrigins`` is welcome,
    and everybody where ``server.enableCORS`` is off.
    """
    host, origin = headers.get("host", ""), headers.get("origin", "")
    if not is_own_host(host):
        return False
    if not origin or not config.get_option("server.enableCORS"):
        return True
    try:
        place = urlsplit(origin)
        own = place.netloc == host or place.hostname in LOCAL
    except ValueError:  # brackets that hold no address
        return False
    return own or origin in config.get_option("server.corsAllowedOrigins")


def allow_local_hosts() -> None:
    """Let Streamlit's socket take this machine's own names where others are configured."""
    if allowed := config.get_option(HOSTS):
        config.set_option(HOSTS, list(dict.fromkeys([*allowed, *LOCAL])))


def read_framing_hosts() -> str:
    """Return who may frame the app where it asks to be framed, as a policy says it.

    The environment tells. Raises GeoError that names what is no address of a site.
    """
    places = os.environ.get(FRAMED_BY, "").lower().split()
    if wrong := [place for place in places if not PLACE.fullmatch(place)]:
        raise GeoError(
            f"{FRAMED_BY}: found {', '.join(map(repr, wrong))}, expected addresses of sites "
            "such as https://paper.example or https://*.paper.example, with blanks between them"
        )
    return " ".join(["'self'", *places]) if places else "*"


def add_headers(scope: Scope, hosts: str, headers: MutableHeaders) -> None:
    """Add the headers that an answer has not set itself; the hosts may frame the app."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if "text/html" in headers.get("content-type", ""):
        # The app in an article's frame (?embed=true) may stand in other pages, itself in none.
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        framed = query.get("embed", [""])[-1].lower() == "true"
        ancestors = hosts if framed else "'self'"
        headers.setdefault("Content-Security-Policy", f"{POLICY}{ancestors}")
