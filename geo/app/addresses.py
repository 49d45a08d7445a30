"""Addresses of the app: what it stands at, what a map's address is, and which map one names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request

from geo.errors import UnknownIdError
from geo.model.catalogue import Catalogue, Era
from geo.model.opening import OWN
from geo.model.wording import ENGLISH
from geo.publish.addresses import ATLAS

__all__ = [
    "LANGUAGE",
    "LATEST",
    "LONGEST",
    "Shown",
    "document_path",
    "find_eras",
    "find_map",
    "find_shown",
    "language_query",
    "map_name",
    "read_parameters",
    "read_place",
    "trim_place",
]

LANGUAGE: Final = "lang"
"""The parameter that names a language (BCP 47); English without it."""

LATEST: Final = "latest"
"""Stands for the release that the server shows by then."""

LONGEST: Final = 6000
"""Characters of an address; a longer one names nothing of ours. A caption in Persian takes 2000."""

MOST: Final = 24
"""Parameters of an address."""

SAFE_HOST: Final = re.compile(
    r"(?:[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?"
)
"""What the app's own host may be: it stands in pages and in what others copy."""

SAFE_PLACE: Final = re.compile(rf"https?://{SAFE_HOST.pattern}/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*")

LONGEST_TEXT: Final = 2000
"""Characters of a text in an address, once it is decoded; how many are shown says the document."""

NAME: Final = re.compile(r"[a-z]{1,16}")
VALUE: Final = re.compile(r"[A-Za-z0-9.,~_-]{0,400}")
"""Empty too: no layer at all is a choice."""

NOT_THE_MAPS: Final = ("embed", "embed_options")
"""Streamlit's own parameters."""


@dataclass(frozen=True)
class Shown:
    """A map as an address of ours names it."""

    eras: tuple[Era, ...]
    parameters: Mapping[str, str]

    @property
    def language(self) -> str:
        """The language it is in."""
        return self.parameters.get(LANGUAGE, ENGLISH)

    def told(self, catalogue: Catalogue) -> Shown:
        """Return the same map with the eras of a catalogue in another language."""
        names = {era.id for era in self.eras}
        eras = tuple(era for era in catalogue.eras if era.id in names)
        return Shown(eras, self.parameters)

    @property
    def query(self) -> str:
        """The parameters as a document's address has them, without the era it cannot but show."""
        kept = {
            name: value
            for name, value in self.parameters.items()
            if not (name == "era" and len(self.eras) == 1)
        }
        return f"?{urlencode(kept, safe=',~')}" if kept else ""


def read_place(request: Request) -> str | None:
    """Return the absolute address of the app, with a closing slash; None when it cannot be trusted.

    It is what the request was sent to. What proxies say of it is the server's matter (uvicorn takes
    ``X-Forwarded-Proto`` from addresses it is told to trust).
    """
    host, path = request.headers.get("host", ""), request.scope.get("root_path", "")
    if not SAFE_HOST.fullmatch(host[:LONGEST]):
        return None
    return trim_place(f"{request.scope['scheme']}://{host}{path}")


def trim_place(text: str, page: str = "") -> str | None:
    """Return an address without the page of the app it names, when there is nothing odd in it."""
    if len(text) > LONGEST:
        return None
    place = text.split("?")[0].split("#")[0].rstrip("/")
    if page and place.endswith(f"/{page}"):
        place = place.removesuffix(page).rstrip("/")
    place += "/"
    return place if SAFE_PLACE.fullmatch(place) else None


def document_path(catalogue: Catalogue, eras: Sequence[Era], release: str = LATEST) -> str:
    """Return where the document of some eras of a release stands, below the app's address."""
    name = map_name(catalogue, eras)
    return f"embed/{release}.html" if name == ATLAS else f"embed/{release}/{name}.html"


def language_query(language: str, before: str = "?") -> str:
    """Return what an address says of its language: nothing in English, which it need not say."""
    return "" if language == ENGLISH else f"{before}{LANGUAGE}={language}"


def find_eras(catalogue: Catalogue, text: str) -> tuple[Era, ...]:
    """Return the eras that ids joined by ``~`` name, once each, in the catalogue's order.

    Former ids name the eras they lead to. Raises UnknownIdError when one is unknown or there are
    more than the catalogue has.
    """
    known = {era.id for era in catalogue.eras}
    longest = sum(len(name) + 1 for name in (*known, *catalogue.former))
    asked = text.split("~") if len(text) < longest else [""]
    names = {catalogue.former.get(name, name) for name in asked}
    if len(asked) > len(known) or not names <= known:
        raise UnknownIdError("eras", text[:80], known)
    return tuple(era for era in catalogue.eras if era.id in names)


def find_map(catalogue: Catalogue, name: str) -> tuple[Era, ...]:
    """Return the eras of a map by its name: ATLAS, or ids and ``~``; raises UnknownIdError."""
    return catalogue.eras if name == ATLAS else find_eras(catalogue, name)


def map_name(catalogue: Catalogue, eras: Sequence[Era]) -> str:
    """Return the name of the map of some eras, as its own page has it in its address."""
    if len(eras) == len(catalogue.eras):
        return ATLAS
    return "~".join(era.id for era in eras)


def read_parameters(query: str) -> dict[str, str]:
    """Return the parameters of a map's address; what cannot be one is left out."""
    if len(query) > LONGEST:
        return {}
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)[:MOST]
    return {
        name: value
        for name, value in pairs
        if NAME.fullmatch(name) and _is_value(name, value) and name not in NOT_THE_MAPS
    }


def _is_value(name: str, value: str) -> bool:
    """Tell whether a parameter may have a value: an author's own texts may be anything in words."""
    if name in OWN:
        return len(value) <= LONGEST_TEXT and value.isprintable()
    return bool(VALUE.fullmatch(value))


def find_shown(catalogue: Catalogue, url: str, place: str) -> Shown | None:
    """Return the map that a URL is of; None when it is none of ours.

    Ours are the app itself (with ``era`` in the query: that era's map, and the one it is compared
    with), the maps' own pages, and the documents of any release. Between http and https there is no
    difference.
    """
    if len(url) > LONGEST:
        return None
    try:
        asked, own = urlsplit(url.strip()), urlsplit(place)
        same = (asked.hostname, _port(asked.port)) == (own.hostname, _port(own.port))
    except ValueError:
        return None
    if asked.scheme not in ("http", "https") or not same or asked.username is not None:
        return None
    path = asked.path or "/"
    if not path.startswith(own.path):
        return None
    parameters = read_parameters(asked.query)
    try:
        eras = _named(catalogue, path.removeprefix(own.path), parameters)
    except UnknownIdError:
        return None
    return Shown(eras, parameters) if eras else None


def _named(
    catalogue: Catalogue, path: str, parameters: Mapping[str, str]
) -> tuple[Era, ...] | None:
    match path.split("/"):
        case [""]:
            chosen = [parameters[name] for name in ("era", "compare") if parameters.get(name)]
            return find_eras(catalogue, "~".join(chosen)) if chosen else catalogue.eras
        case ["map", name]:
            return find_map(catalogue, name)
        case ["embed", file] if file.endswith(".html"):
            return catalogue.eras
        case ["embed", _, file] if file.endswith(".html"):
            return find_eras(catalogue, file.removesuffix(".html"))
    return None


def _port(port: int | None) -> int | None:
    return None if port in (80, 443) else port
