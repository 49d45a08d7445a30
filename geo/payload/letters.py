"""Which letters a document sets in which face, so that it brings those along and no others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from string import printable
from typing import Any, Final

from geo.fonts.faces import Face
from geo.model.symbology import Symbology
from geo.payload.schema import Payload

__all__ = ["letters_of_document", "names_of_document"]

READING: Final = (Face("serif"), Face("sans"))
"""What running text is set in: the panel's own, and that of its lists."""

SEARCH: Final = Face("sans")
"""What the fields that readers type in are set in."""

TITLES: Final = Face("serif", 600)
"""What the style sheet sets the titles of eras and of cards in; those of sources are citations."""

HEADINGS: Final = (TITLES, Face("sans", 600))
"""What the style sheet sets headings and names in."""

DATES: Final = Face("serif", italic=True)
"""What the style sheet sets the dates of an era in."""

TYPED: Final = "".join(sign for sign in printable if sign.isprintable())
"""What readers may type, beside the letters of the texts."""


def letters_of_document(payload: Payload, symbology: Symbology, page: str) -> dict[Face, set[str]]:
    """Return the characters of a document by the face that they may be set in.

    `page` is what else may show letters: markup and script around the payload.
    """
    written = {*"".join(_strings(_without(payload, "arcs", "words"))), *page}
    letters: dict[Face, set[str]] = defaultdict(set)
    for face in READING:
        letters[face] |= written
    # What is searched for is set where it is typed, in small letters or in capitals. Spellings in
    # other scripts are left to the reader's fonts: they would be a fifth of all that is brought.
    for letter in written.union(TYPED):
        cases = (letter, letter.lower(), letter.upper())
        letters[SEARCH].update(case for case in cases if len(case) == 1)
    for face in HEADINGS:
        letters[face].update(*_headings(payload))
    letters[TITLES].update(*(source["citation"] for source in payload["sources"].values()))
    letters[DATES].update(*(era["dates"] for era in payload["eras"]))
    for style, text in names_of_document(payload):
        letters[symbology.type[style].cut].update(text)
    return dict(letters)


def _headings(payload: Payload) -> Iterator[str]:
    """Yield whatever may stand in a heading, a tag or a tick."""
    yield from (payload["title"], payload["title"].upper(), payload["subtitle"].upper())
    yield "0123456789"
    yield from _strings(payload["ui"])
    for era in payload["eras"]:
        yield from (era["title"], era["label"], era["dates"])
    for group in ("layers", "actors", "kinds"):
        entries = payload[group]
        for entry in entries.values() if isinstance(entries, Mapping) else entries:
            yield entry["title"]
    yield from payload["claims"]
    for feature in payload["features"]:
        yield from (feature["title"], feature.get("when", ""))
        yield from (when for when, _ in feature.get("history", ()))


def names_of_document(payload: Payload) -> Iterator[tuple[str, str]]:
    """Yield every name that the map may show, with its style."""
    for feature in payload["features"]:
        form = payload["kinds"][feature["kind"]]["form"]
        yield form if form in ("area", "point") else "line", feature.get("label", "")
        yield from (("date", stop[2]) for stop in feature.get("stops", ()) if stop)
    for name in payload["base"]["names"]:
        if name.get("water"):
            yield from (("water", line) for line in name["name"].split("\n"))
        else:
            power = "power" if name.get("actor") else "state"
            yield "home" if name.get("home") else power, name["name"].upper()
            yield "pointer", name["name"]
    for era in payload["eras"]:
        yield from (("callout", told["text"]) for told in era.get("callouts", ()))
        yield from (("pointer", to["text"]) for to in era.get("pointers", ()))
        if inset := era.get("inset"):
            yield "pointer", inset["title"]
            yield from (("town", mark["text"]) for mark in inset.get("marks", ()))
    yield from (("badge", "0123456789"), ("point", payload["ui"]["and-more"]))
    for place in payload["base"]["places"]:
        yield from (
            ("city" if place["rank"] == 1 else "town", name) for name in _strings(place["names"])
        )


def _without(payload: Payload, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in payload.items() if key not in keys}


def _strings(value: Any) -> Iterator[str]:
    """Yield every text in a payload, keys of tables included: some are ids that readers see.

    Spellings of places are for the search alone and left out.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "spellings":
                yield key
                yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
