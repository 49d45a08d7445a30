"""What the app's maps are called, and the texts of its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from geo import __version__
from geo.model.catalogue import Catalogue, Era
from geo.model.wording import APP, ENGLISH, read_interface, with_english

__all__ = ["describe_app", "load_texts", "name_map"]

MOST_NAMED = 4
"""Eras that a title lists one by one."""


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


def describe_app(language: str = ENGLISH) -> str:
    """Return what the menu says of the app."""
    return load_texts("atlas", language)["about"].format(__version__)
