"""What any atlas has: kinds and colours that say nothing of its subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, cast

from geo.model.catalogue import PROJECT_ROOT
from geo.model.reading import read_toml

__all__ = ["colour_faults", "colour_names", "colour_table", "neutral_kinds", "painted"]

PREFIX: Final = "hue-"
"""Before the name of a colour, where else the id of an actor stands."""

DRAWN: Final = ("light", "dark", "hatch", "axis")
"""What a colour takes over from the actor of the atlas that it is modelled on."""


@cache
def neutral_kinds() -> Sequence[Mapping[str, Any]]:
    """Return the kinds, one for each form, as ``layers/symbology.toml`` would have them."""
    kinds: list[Mapping[str, Any]] = _read()["kind"]
    return kinds


@cache
def colour_names() -> tuple[str, ...]:
    """Return the names of the colours, in the order in which categories take them."""
    return tuple(_read()["hues"])


@cache
def colour_table() -> Mapping[str, Mapping[str, Any]]:
    """Return how each colour is drawn, in both themes, by the id that stands for an actor's."""
    table = read_toml(PROJECT_ROOT / "layers" / "symbology.toml")
    models = {entry["id"]: entry for entry in table["actor"]}
    return {
        PREFIX + name: {key: models[model][key] for key in DRAWN}
        for name, model in _read()["hues"].items()
    }


def painted(own: Mapping[str, Any]) -> str:
    """Return in whose colour a feature with such properties is drawn: an actor's, or a colour's."""
    return f"{PREFIX}{own['colour']}" if own.get("colour") else str(own.get("actor", ""))


def colour_faults(own: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the colour a feature of an atlas asks for."""
    colour = own.get("colour", "")
    if not colour:
        return
    if colour not in colour_names():
        yield f"colour {colour!r}, expected one of {', '.join(colour_names())}"
    kinds = [kind["id"] for kind in neutral_kinds()]
    if own["kind"] not in kinds:
        yield f"has a colour: {own['kind']!r} has its actor's, only {', '.join(kinds)} take one"
    if own.get("actor", "none") != "none":
        yield "has actor and colour, expected one or the other"


@cache
def _read() -> Mapping[str, Any]:
    return read_toml(cast(Path, files("geo") / "assets" / "tables" / "symbols.toml"))
