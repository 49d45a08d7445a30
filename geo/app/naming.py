"""What the app's maps are called, the texts of its pages, and texts as Streamlit shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from geo import __version__
from geo.model.catalogue import Catalogue, Era
from geo.model.wording import APP, ENGLISH, read_interface, with_english

__all__ = ["as_text", "describe_app", "load_texts", "name_map"]

MOST_NAMED = 4
"""Eras that a title lists one by one."""

MARKS: Final = re.compile(r"[\\`*_\[\]<>~$#|^]|&(?=[#\w])")
"""What Markdown takes for marks where no backslash is before it."""

JOINTS: Final = re.compile(r"(?<=:)(?=[\w+/-])|(?<=@)(?=\w)|(?<=www)(?=\.)|(?<=[<>~-])(?=[->=])")
"""Where Streamlit sees icons, colours, links and arrows, whatever stands before them."""

WORD_JOINER: Final = "\u2060"
"""A sign without width."""


@cache
def load_texts(page: str, language: str = ENGLISH) -> Mapping[str, str]:
    """Return the texts of a page of the app, in English where the language has none.

    Raises UnknownIdError for a language that has no texts at all.
    """
    table = with_english(read_interface(language, file=APP), APP)
    return dict(table[page])


def name_map(catalogue: Catalogue, eras: Sequence[Era]) -> str:
    """Return the title of the map of some eras."""
    if len(eras) == 1:
        return f"{catalogue.title}: {eras[0].title} ({eras[0].dates})"
    if len(eras) <= MOST_NAMED:
        return f"{catalogue.title}: {', '.join(era.label for era in eras)}"
    return f"{catalogue.title}: {catalogue.subtitle}"


def as_text(text: str) -> str:
    """Return a text of the atlas or of a reader's as Markdown that shows it letter by letter.

    Streamlit takes labels, captions and messages for Markdown, with pictures and formulas.
    """
    one_line = " ".join(text.split())
    return MARKS.sub(r"\\\g<0>", JOINTS.sub(WORD_JOINER, one_line))


def describe_app(language: str = ENGLISH) -> str:
    """Return what the menu says of the app."""
    return load_texts("atlas", language)["about"].format(__version__)
