"""The faces that all texts are set in: made, measured, and cut down to the letters in use.

Source Serif 4 and Source Sans 3 (SIL Open Font License 1.1) come from packages as variable fonts.
HarfBuzz, which also sets texts in Chromium and Firefox, makes a static face of a weight in some
milliseconds, so nothing is kept between runs. Faces have kerning and marks, but no ligatures:
browsers drop those from spaced letters, and a text would be as wide as its spacing says.
"""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Final

import uharfbuzz as hb
from fontTools.ttLib import TTFont
from fontTools.ttLib.woff2 import WOFF2FlavorData

from geo.files import process_folder, write_bytes

__all__ = [
    "FACES",
    "FAMILIES",
    "Face",
    "advance",
    "face_folder",
    "face_rules",
    "family_list",
    "letters_of_face",
    "subset_face",
]

OPTICAL_SIZE: Final = 14
"""Source Serif's optical size: that of a text at 14 pixels.

Names are 12 to 17 pixels high and the panel's text is 15. A larger optical size has finer strokes
and tighter letters, which get lost on hatching; all sizes take the same, so widths can be scaled.
"""

FIXED: Final[Mapping[str, float]] = {"opsz": OPTICAL_SIZE}

MARKS: Final = ("ccmp", "mark", "mkmk")
"""Features that put combining marks on their letters."""

UNUSED_TABLES: Final = ("BASE", "DSIG", "STAT", "gasp", "prep")
"""What a static face without hints has no use for."""

MARK_TABLES: Final = ("GSUB",)
"""What only combining marks have a use for. Without GDEF browsers would drop the kerning."""

SHORTENED: Final = ("glyf", "loca", "hmtx")
"""Tables that WOFF2 may write shorter: fontTools leaves the side bearings out only when told."""

LICENCE: Final = (
    "Fonts: subsets of Source Serif 4, (c) 2014 The Source Serif 4 Project Authors, and of "
    "Source Sans 3, (c) 2010-2020 Adobe, with Reserved Font Name Source. "
    "SIL Open Font License 1.1: https://openfontlicense.org"
)


@dataclass(frozen=True)
class Family:
    """A family of faces."""

    name: str
    fallback: str
    """Families in its place, as CSS writes them: for letters it lacks, and where it is refused."""
    package: str
    upright: str
    """Name of its variable font without ending."""
    italic: str


FAMILIES: Final[Mapping[str, Family]] = {
    "serif": Family(
        "Source Serif 4",
        "Palatino, 'Palatino Linotype', Georgia, 'Noto Serif', serif",
        "fontpkg_source_serif_4",
        "SourceSerif4[opsz,wght]",
        "SourceSerif4-Italic[opsz,wght]",
    ),
    "sans": Family(
        "Source Sans 3",
        "'Helvetica Neue', 'Segoe UI', Arial, 'Noto Sans', sans-serif",
        "fontpkg_source_sans_3",
        "SourceSans3[wght]",
        "SourceSans3-Italic[wght]",
    ),
}


@dataclass(frozen=True, order=True)
class Face:
    """One face of a family."""

    family: str
    """serif or sans."""
    weight: int = 400
    italic: bool = False

    def __str__(self) -> str:
        """Return family, weight and slant."""
        return f"{self.family} {self.weight}{' italic' * self.italic}"

    @property
    def style(self) -> str:
        """What CSS calls its slant."""
        return "italic" if self.italic else "normal"


FACES: Final = (
    Face("serif"),
    Face("serif", 600),
    Face("serif", italic=True),
    Face("serif", 600, italic=True),
    Face("sans"),
    Face("sans", 600),
)
"""All there are: no text may ask for another."""


def family_list(family: str) -> str:
    """Return a family with its fallbacks, as CSS and SVG write them."""
    return f"'{FAMILIES[family].name}', {FAMILIES[family].fallback}"


def advance(text: str, face: Face) -> float:
    """Return the width of a text set in a face, as a multiple of its size."""
    return _advance(text, face)


def letters_of_face(face: Face) -> frozenset[str]:
    """Return every character that a face has a glyph for."""
    return frozenset(map(chr, _open(face).face.unicodes))


def face_rules(letters: Mapping[Face, Iterable[str]]) -> str:
    """Return CSS that brings faces along, each with the letters given for it and no others.

    The fonts are WOFF2 in ``data:`` URIs. The same letters give the same bytes. Letters that a face
    lacks are left to the reader's own fonts.
    """
    with ThreadPoolExecutor() as pool:  # Brotli, half of the time, runs beside the rest
        fonts = pool.map(lambda face: subset_face(face, letters.get(face, ())), FACES)
        packed = zip(FACES, fonts, strict=True)
    rules = "".join(
        f"@font-face{{font-family:'{FAMILIES[face.family].name}';font-style:{face.style};"
        f"font-weight:{face.weight};font-display:block;"
        f"src:url(data:font/woff2;base64,{base64.b64encode(font).decode()}) format('woff2')}}\n"
        for face, font in packed
        if font
    )
    return f"/*! {LICENCE} */\n{rules}" if rules else ""


def subset_face(face: Face, letters: Iterable[str]) -> bytes:
    """Return a face as WOFF2 with some letters only; empty when it has none of them."""
    return _subset(face, "".join(sorted(letters_of_face(face).intersection(letters))))


@cache
def face_folder() -> Path:
    """Return a folder with all faces as TTF, for programs that read fonts from files.

    It is of this process alone and goes with it.
    """
    folder = process_folder("atlas-faces-")
    for face in FACES:
        cut = f"{'Semibold' if face.weight == 600 else 'Regular'}{'Italic' * face.italic}"
        name = f"{FAMILIES[face.family].name.replace(' ', '')}-{cut}"
        write_bytes(folder / f"{name}.ttf", _named(face, name))
    return folder


NO_GLYPH: Final = 0

WIDER: Final = 1.2
"""How much wider than in our face a text may be where the face lacks one of its letters.

Who draws it may set all of it in another font (resvg does); DejaVu Sans is that much wider.
"""


@lru_cache(maxsize=8192)
def _advance(text: str, face: Face) -> float:
    font = _open(face)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    width = sum(glyph.x_advance for glyph in buffer.glyph_positions or ()) / font.face.upem
    lacking = any(glyph.codepoint == NO_GLYPH for glyph in buffer.glyph_infos)
    return float(width * (WIDER if lacking else 1))


@cache
def _open(face: Face) -> hb.Font:
    return hb.Font(hb.Face(_cut(face, None)))


@cache
def _variable(family: str, *, italic: bool) -> hb.Face:
    source = FAMILIES[family]
    name = source.italic if italic else source.upright
    return hb.Face((files(source.package) / "files" / f"{name}.ttf").read_bytes())


@lru_cache(maxsize=256)
def _subset(face: Face, letters: str) -> bytes:
    if not letters:
        return b""
    with TTFont(BytesIO(_cut(face, letters)), recalcTimestamp=False) as font:
        font.flavor, font.flavorData = "woff2", WOFF2FlavorData(transformedTables=SHORTENED)
        return _saved(font)


def _cut(face: Face, letters: str | None) -> bytes:
    """Return a static face as TTF, with some letters or with all."""
    variable = _variable(face.family, italic=face.italic)
    wanted = hb.SubsetInput()
    for axis in variable.axis_infos:
        value = FIXED.get(axis.tag, face.weight)
        if not wanted.pin_axis_location(variable, axis.tag, value):
            raise ValueError(f"{FAMILIES[face.family].name}: cannot fix {axis.tag} at {value}")
    features = ["kern"]
    if letters is None:
        wanted.unicode_set.invert()
    else:
        wanted.unicode_set.update(map(ord, letters))
    if letters is None or any(map(unicodedata.combining, letters)):
        features += MARKS
    else:
        wanted.drop_table_tag_set.update(map(_tag, MARK_TABLES))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(map(_tag, features))
    wanted.drop_table_tag_set.update(map(_tag, UNUSED_TABLES))
    wanted.name_id_set.clear()
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    return bytes(hb.subset(variable, wanted).blob.data)


def _tag(name: str) -> int:
    return int.from_bytes(name.encode(), "big")


def _named(face: Face, name: str) -> bytes:
    """Return a whole face with the names by which programs find it."""
    with TTFont(BytesIO(_cut(face, None)), recalcTimestamp=False) as font:
        family = FAMILIES[face.family].name
        cut = name.rpartition("-")[2]
        for number, text in (
            (1, family),
            (2, cut),
            (4, f"{family} {cut}"),
            (6, name),
            (13, LICENCE),
        ):
            font["name"].setName(text, number, 3, 1, 0x409)
        return _saved(font)


def _saved(font: TTFont) -> bytes:
    content = BytesIO()
    font.save(content)
    return content.getvalue()
