"""What the app's maps are called, and the texts of its pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from geo import __version__
from geo.model.catalogue import Catalogue, Era, read_toml

__all__ = ["describe_app", "load_texts", "name_map"]

MOST_NAMED = 4
"""Eras that a title lists one by one."""


@cache
def load_texts(page: str, language: str = "en") -> Mapping[str, str]:
    """Return the texts of a page of the app."""
    path = files("geo") / "assets" / "app" / f"texts.{language}.toml"
    table: dict[str, Any] = read_toml(path)  # type: ignore[arg-type]  # a real file, as we ship it
    return dict(table[page])


def name_map(catalogue: Catalogue, eras: Sequence[Era]) -> str:
    """Return the title of the map of some eras."""
    if len(eras) == 1:
        return f"{catalogue.title}: {eras[0].title} ({eras[0].dates})"
    if len(eras) <= MOST_NAMED:
        return f"{catalogue.title}: {', '.join(era.label for era in eras)}"
    return f"{catalogue.title}: {catalogue.subtitle}"


def describe_app() -> str:
    """Return what the menu says of the app."""
    about: str = load_texts("atlas")["about"]
    return about.format(__version__)
