"""What a document opens with, beside its eras: a view, a day, a choice, an author's own texts.

An address asks for the same by the same names (docs/embedding.md), and the document's script reads
both (``geo/assets/js/state``): here they are only passed on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, cast

from geo.errors import GeoError, UnknownIdError, raise_faults, show
from geo.model.catalogue import read_toml

__all__ = ["CHOICES", "OWN", "TEXTS", "load_limits", "load_parts", "read_opening"]

TEXTS: Final = ("title", "caption", "credit")
"""Texts of an author's own."""

OWN: Final = (*TEXTS, "points")
"""What an author adds."""

CHOICES: Final = (
    *("layers", "view", "day"),
    *("actor", "kind", "certainty", "paragraph", "only", "hide"),
)
"""What an author chooses of what there is."""


def load_limits() -> Mapping[str, int]:
    """Return how much an author may add: characters and points, by name."""
    limits: Mapping[str, int] = _load()["limits"]
    return limits


def load_parts() -> Sequence[str]:
    """Return the parts of the page that an author may leave out."""
    parts: Sequence[str] = _load()["parts"]
    return parts


@cache
def _load() -> Mapping[str, Any]:
    return read_toml(cast(Path, files("geo") / "assets" / "opening.toml"))


def read_opening(opening: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what a document opens with as names and values.

    Raises UnknownIdError for other names, GeoError for values that are no text.
    """
    known = (*OWN, *CHOICES)
    for name in opening:
        if name not in known:
            raise UnknownIdError("opening", name, known)
    raise_faults(
        GeoError,
        "opening",
        [
            f"{name}: found {show(value)}, expected a text, as in an address"
            for name, value in opening.items()
            if not isinstance(value, str)
        ],
    )
    # What a console could not decode is no text, and neither JSON nor a page can hold it.
    return [
        (name, text.encode("utf-8", "replace").decode()) for name, text in opening.items() if text
    ]
