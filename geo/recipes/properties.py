"""From what a sketch says of a feature to the flat properties of GeoJSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field, Strict

from geo.errors import TimespanError, show
from geo.model.features import Certainty, Event, Rank, Status
from geo.model.neutral import colour_names
from geo.model.reading import read_toml
from geo.model.schema import (
    Drawn,
    EdtfText,
    Id,
    Kilometres,
    Name,
    Named,
    Number,
    Position,
    Record,
    Said,
    Text,
    as_edtf,
    expect,
    find_faults,
)
from geo.model.timespan import timespan_from_edtf
from geo.model.views import View

__all__ = [
    "DATED",
    "Line",
    "Row",
    "Shape",
    "SketchedFeature",
    "feature_properties",
    "property_faults",
    "read_sketch",
    "sound_part",
    "timed_properties",
]

MAP_KEYS: Final = (
    "area",
    "at",
    "line",
    "lines",
    "precision_km",
    "label",
    "label_rank",
    "label_at",
    "along",
)
"""What only a feature with a place can have."""

TEXT_KEYS: Final = ("actor", "colour", "label", "note", "dispute", "status", "context", "along")
"""Optional texts, left out of the GeoJSON when a sketch does not give them."""

VALUE_KEYS: Final = ("label_rank", "label_at", "force", "figures", "history", "after_text", "views")
"""Optional values, left out likewise."""

DATED: Final = frozenset({"on", "begin", "end"})
"""Keys whose value may be a year, as a number."""

STAND_IN: Final = {
    "id": "row",
    "title": "row",
    "kind": "own-point",
    "certainty": "certain",
    "sources": ["row"],
}
"""What every feature has, for looking at something else of one."""

MOST_STOPS: Final = 5_000
"""Positions of one line or ring that a person draws."""


def _is_place(value: Any) -> Any:
    if isinstance(value, str) or not find_faults(Position, value):
        return value
    raise expect("a place id or [longitude, latitude] in degrees")


Place = Annotated[Any, AfterValidator(_is_place)]
Line = Annotated[list[Place], Field(min_length=2, max_length=MOST_STOPS)]
Ring = Annotated[list[Place], Field(min_length=3, max_length=MOST_STOPS)]


@dataclass(frozen=True)
class DatedStop:
    """A position of a line, and when it was reached."""

    __pydantic_config__ = Record

    at: Place
    on: EdtfText = ""


def _is_stop(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return _is_place(value)
    if faults := find_faults(DatedStop, value):
        raise expect(f"{{ at = …, on = … }}: it {'; '.join(faults)}")
    return value


def _is_true(value: Any) -> Any:
    if value is not True:
        raise expect("true or nothing")
    return value


def _is_colour(value: str) -> str:
    if value not in colour_names():
        raise expect(f"one of {', '.join(colour_names())}")
    return value


Hue = Annotated[str, Strict(), AfterValidator(_is_colour)]
Unplaced = Annotated[Any, AfterValidator(_is_true)]
Stop = Annotated[Any, AfterValidator(_is_stop)]
Stops = Annotated[list[Stop], Field(min_length=2, max_length=MOST_STOPS)]


@dataclass(frozen=True)
class Circle:
    """A circle around a position."""

    __pydantic_config__ = Record

    at: Place
    km: Annotated[Number, Field(gt=0, le=2000)]


@dataclass(frozen=True)
class Side:
    """The side of a line that holds a position."""

    __pydantic_config__ = Record

    of: Line
    holding: Place


@dataclass(frozen=True)
class Area:
    """What an area is put together from, and what is done with it."""

    __pydantic_config__ = Record

    ring: Ring | None = None
    rings: tuple[Ring, ...] = ()
    provinces: tuple[Text, ...] = ()
    states: tuple[Id, ...] = ()
    base: tuple[Id, ...] = ()
    circle: Circle | None = None
    features: tuple[Id, ...] = ()
    within: tuple[Id, ...] = ()
    without: tuple[Id, ...] = ()
    side: Side | None = None


@dataclass(frozen=True)
class Shape:
    """What is drawn by nobody: it serves to put features together."""

    __pydantic_config__ = Record

    id: Id
    at: Place = None
    line: Stops | None = None
    lines: list[Line] | None = None
    area: Area | None = None


@dataclass(frozen=True)
class SketchedFeature:
    """A feature as a sketch has it: docs/adding-a-layer.md."""

    __pydantic_config__ = Record

    id: Id
    title: Named
    kind: Name
    certainty: Certainty
    sources: Annotated[list[Id], Field(min_length=1)]
    begin: EdtfText = ""
    end: EdtfText = ""
    on: EdtfText = ""
    unplaced: Unplaced = True
    precision_km: Kilometres | None = None
    at: Place = None
    line: Stops | None = None
    lines: list[Line] | None = None
    area: Area | None = None
    label: Drawn = ""
    label_rank: Rank = 0
    label_at: Position | None = None
    along: Id = ""
    actor: Name = ""
    colour: Hue = ""
    status: Status = ""
    note: Text = ""
    dispute: Text = ""
    context: Text = ""
    figures: tuple[Said, ...] = ()
    history: tuple[Event, ...] = ()
    views: tuple[View, ...] = ()
    force: Annotated[Number, Field(ge=0, le=10)] = 0
    after_text: Text = ""


class Row(dict[str, Any]):
    """A feature as a sketch has it that a row of a file became."""

    origin: str = ""
    """The file and the row, as messages tell them."""
    told: frozenset[str] = frozenset()
    """Keys that it lacks because they were at fault, and that has been told."""


def read_sketch(path: Path) -> dict[str, Any]:
    """Read a sketch; TOML's own dates, and years as numbers, become the texts EDTF has for them.

    Raises CatalogueError when the file cannot be read.
    """
    table: dict[str, Any] = _with_dates_as_texts(read_toml(path), "")
    return table


def _with_dates_as_texts(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        return {name: _with_dates_as_texts(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_dates_as_texts(item, key if key == "names" else "") for item in value]
    if isinstance(value, date) or key in DATED:
        return as_edtf(value)
    return value


def timed_properties(entry: Mapping[str, Any]) -> dict[str, str]:
    """Return begin, end (ISO, half-open) and the EDTF texts of an entry.

    ``on`` stands for an event: the same EDTF text as begin and end. Raises TimespanError, in the
    words of the entry.
    """
    begin = entry.get("on", entry.get("begin", ""))
    end = entry.get("on", entry.get("end", ""))
    first, after = timespan_from_edtf(begin, "").begin, timespan_from_edtf("", end).end
    if first and after and after <= first:
        raise TimespanError(f"end {show(end)} is before begin {show(begin)}")
    return {
        "begin": str(first or ""),
        "end": str(after or ""),
        "begin_edtf": begin,
        "end_edtf": end,
    }


def sound_part(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return of a sketched feature, or of what several have in common, all that is no fault."""
    return {
        key: value
        for key, value in entry.items()
        if not find_faults(SketchedFeature, {**STAND_IN, key: value})
    }


def property_faults(entry: Mapping[str, Any], claims: list[str]) -> list[str]:
    """Return what a sketched feature says wrong, its geometry aside."""
    faults = find_faults(SketchedFeature, entry)
    told = entry.told if isinstance(entry, Row) else frozenset[str]()
    unplaced = entry.get("unplaced") is True
    if not unplaced and "precision_km" not in entry:
        faults.append("lacks precision_km")
    if unplaced and (placed := [key for key in MAP_KEYS if key in entry]):
        faults.append(f"is unplaced and has {', '.join(placed)}: expected one or the other")
    if "on" in entry and ("begin" in entry or "end" in entry):
        faults.append("has on and begin or end: expected one or the other")
    if not (claims or entry.get("context") or "context" in told):
        faults.append("no claim names it: name it in seeds/claims.toml or say why in `context`")
    if not any(find_faults(EdtfText, entry[key]) for key in DATED & entry.keys()):
        try:
            timed_properties(entry)
        except TimespanError as err:
            faults.append(str(err))
    return [fault for fault in faults if fault.removeprefix("lacks ") not in told]


def feature_properties(entry: Mapping[str, Any], claims: list[str]) -> dict[str, Any]:
    """Return the properties of a sketched feature that has no faults."""
    return {
        "id": entry["id"],
        "title": entry["title"],
        "kind": entry["kind"],
        **timed_properties(entry),
        "certainty": entry["certainty"],
        **({"precision_km": entry["precision_km"]} if "precision_km" in entry else {}),
        "sources": entry["sources"],
        "claims": claims,
        **{key: entry[key] for key in (*TEXT_KEYS, *VALUE_KEYS) if key in entry},
    }
