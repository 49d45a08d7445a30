"""Whether declarations agree with each other: eras in their order, ids that others name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from geo.errors import GeoError, show, suggest

if TYPE_CHECKING:
    from geo.model.catalogue import Claim, Era, Layer, Source

__all__ = [
    "BASE",
    "CATALOGUE",
    "CLAIMS",
    "SOURCES",
    "check_era",
    "find_base_faults",
    "find_former_faults",
    "find_link_faults",
    "find_order_faults",
]

CATALOGUE: Final = "layers/catalogue.toml"
SOURCES: Final = "layers/sources.toml"
CLAIMS: Final = "seeds/claims.toml"

BASE: Final = ("base-land", "base-coast")
"""Layers that every map is drawn on."""


def check_era(era: Era, faults: list[str]) -> None:
    """Add what is wrong with an era's dates and bounds."""
    name = f"{CATALOGUE}: era {era.id!r}"
    try:
        if not era.timespan.contains(era.day):
            faults.append(f"{name}: as_of {era.as_of} is not within {era.begin} – {era.end}")
    except GeoError as err:
        faults.append(f"{name}: {err}")
    west, south, east, north = era.bounds
    if not (west < east and south < north):
        faults.append(f"{name}: bounds {list(era.bounds)}, expected [west, south, east, north]")


def find_order_faults(eras: Sequence[Era]) -> list[str]:
    """Return a fault for each era that begins before the one it stands after."""
    if not eras:
        return [f"{CATALOGUE}: has no [[era]], expected at least one"]
    return [
        f"{CATALOGUE}: era {later.id!r} begins on {later.begin} and stands after {earlier.id!r}, "
        f"which begins on {earlier.begin}: expected the order of time"
        for earlier, later in pairwise(eras)
        if later.begin < earlier.begin
    ]


def find_base_faults(layers: Iterable[Layer]) -> list[str]:
    """Return a fault for each layer that every map stands on and that is not declared."""
    declared = {layer.id for layer in layers if layer.base}
    return [
        f"{CATALOGUE}: has no layer {name!r} with base = true, which every map stands on"
        for name in BASE
        if name not in declared
    ]


def find_link_faults(
    eras: Iterable[Era],
    layers: Iterable[Layer],
    sources: Mapping[str, Source],
    claims: Mapping[str, Claim],
) -> list[str]:
    """Return a fault for each id that one declaration names and no other declares."""
    known = {layer.id for layer in layers}
    faults = [
        *(
            f"{CATALOGUE}: era {era.id!r} shows unknown layer {name!r}; {suggest(name, known)}"
            for era in eras
            for name in era.layers
            if name not in known
        ),
        *(
            f"{CATALOGUE}: era {era.id!r}: claim {name!r} does not exist"
            for era in eras
            for name in era.claims
            if name not in claims
        ),
    ]
    cited = [(f"{CATALOGUE}: layer {layer.id!r}", layer.sources) for layer in layers]
    cited += [(f"{CLAIMS}: claim {claim.id!r}", claim.sources) for claim in claims.values()]
    return faults + [
        f"{where}: source {name!r} does not exist"
        for where, names in cited
        for name in names
        if name not in sources
    ]


def find_former_faults(eras: Sequence[Era], retired: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with ids that eras had before."""
    where = CATALOGUE
    if not isinstance(retired, Mapping):
        return [f"{where}: retired {show(retired)}, expected a table [retired]"]
    ids = {era.id for era in eras}
    faults = [
        f"{where}: era {era.id!r}: formerly {old!r} is the id of an era that is there"
        for era in eras
        for old in era.formerly
        if old in ids
    ]
    for old, day in retired.items():
        heirs = [era for era in eras if old in era.formerly]
        if not isinstance(day, date) or isinstance(day, datetime):
            faults.append(
                f"{where}: [retired] {old}: found {show(day)}, expected a date 1907-09-01"
            )
        elif not heirs:
            faults.append(f"{where}: [retired] {old}: no era names it in formerly")
        elif not any(era.timespan.contains(day) for era in heirs):
            names = ", ".join(era.id for era in heirs)
            faults.append(f"{where}: [retired] {old}: none of {names} holds {day}")
    return faults
