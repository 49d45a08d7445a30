"""Where a map's pages and files stand below an address, and which map an address names.

The static site and the app share these rules, so an oEmbed answer is found for either.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs, urlsplit

__all__ = ["ATLAS", "answer_path", "embed_path", "find_embed", "page_path"]

ATLAS: Final = "atlas"
"""The name of the map of all eras; every other map is named by its era's id."""


def page_path(name: str) -> str:
    """Return where a map's own page stands, below the site's address."""
    return f"{name}/"


def embed_path(name: str, version: str) -> str:
    """Return where a map's document of one version stands; it never changes."""
    return f"v/{version}/{name}.html"


def answer_path(name: str) -> str:
    """Return where the static oEmbed answer of a map stands."""
    return f"oembed/{name}.json"


def find_embed(url: str, *, address: str, eras: Mapping[str, str]) -> str | None:
    """Return the map that a URL is of: an era's id, or ATLAS; None when it is none of ours.

    `eras` says which era an id leads to: its own, or that of a former id.
    `address` is that of the site or app, absolute, with or without a closing slash. Ours are the
    address itself, each map's page, and its document of any version. ``era`` in the query chooses
    an era where the path names all; other parameters, the fragment, and the choice between http
    and https do not matter. Bad addresses are nobody's: nothing is raised.
    """
    try:
        asked, own = urlsplit(url.strip()), urlsplit(address)
        same = (asked.hostname, _port(asked.port)) == (own.hostname, _port(own.port))
    except ValueError:
        return None
    root = own.path.rstrip("/") + "/"
    path = asked.path or "/"
    if asked.scheme not in ("http", "https") or not same or asked.username is not None:
        return None
    if not f"{path}/".startswith(root):
        return None
    name = _named(path[len(root) :].split("/"))
    if name != ATLAS:
        return eras.get(name or "")
    chosen = parse_qs(asked.query).get("era", [ATLAS])[-1]
    return eras.get(chosen, ATLAS)


def _port(port: int | None) -> int | None:
    return None if port in (80, 443) else port


def _named(parts: list[str]) -> str | None:
    """Return which map a path below the address names; None when it has not the form of one."""
    match parts:
        case [] | [""] | ["index.html"]:
            return ATLAS
        case [name] | [name, ""] | [name, "index.html"]:
            return name
        case ["v", _, file] if file.endswith(".html"):
            return file.removesuffix(".html")
    return None
