"""A plate brings along the letters it is set in, so it looks the same wherever it is opened."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree

from geo.fonts.faces import FACES, Face, face_rules, family_list, letters_of_face
from geo.plate.tags import tag

__all__ = ["embed_faces", "foreign_letters", "letters_of_plate"]

FAMILIES: Final = {family_list(face.family): face.family for face in FACES}
"""Our families by what an element says when it is set in one."""


EXACT: Final = "text{text-rendering:geometricPrecision}"
"""Letters as wide as the face says; hinting would fit them to the pixels of each screen."""


def embed_faces(svg: str) -> str:
    """Return an SVG with the faces its texts are set in, each with the letters it has there."""
    rules = face_rules(letters_of_plate(svg))
    opening = svg.index(">") + 1
    return svg[:opening] + tag("style", rules + EXACT) + svg[opening:] if rules else svg


def letters_of_plate(svg: str) -> dict[Face, set[str]]:
    """Return the characters of an SVG's texts by the face they are set in."""
    letters: dict[Face, set[str]] = defaultdict(set)
    for family, weight, style, text in _texts(ElementTree.fromstring(svg), {}):
        if family in FAMILIES:
            letters[Face(FAMILIES[family], int(weight), style == "italic")].update(text)
    return dict(letters)


def foreign_letters(svg: str) -> str:
    """Return the characters of an SVG's texts that the faces they are set in have no glyph for."""
    found = {
        letter
        for face, letters in letters_of_plate(svg).items()
        for letter in letters - letters_of_face(face)
        if not letter.isspace() and unicodedata.category(letter) != "Cf"  # marks of direction
    }
    return "".join(sorted(found))


def _texts(
    element: ElementTree.Element, around: Mapping[str, str]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield every text with family, weight and style; elements take them from those around."""
    own = {**around, **element.attrib}
    setting = (own.get("font-family", ""), own.get("font-weight", "400"), own.get("font-style", ""))
    if element.text:
        yield (*setting, element.text)
    for child in element:
        yield from _texts(child, own)
        if child.tail:
            yield (*setting, child.tail)
