"""What a map says for itself: callouts, pointers at its edge, and an inset in its corner.

They stand in ``layers/callouts.toml``; an atlas without that file has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from geo.errors import CatalogueError, TimespanError, UnknownIdError, raise_faults, show
from geo.model.catalogue import Catalogue, Era, read_toml
from geo.model.features import Feature
from geo.model.schema import ID
from geo.model.timespan import timespan_from_edtf

__all__ = [
    "FILE",
    "MOST_WORDS",
    "Callout",
    "Callouts",
    "Inset",
    "Mark",
    "Pointer",
    "callout_texts",
    "find_positions",
    "find_unknown",
    "load_callouts",
    "survey_callouts",
]

FILE: Final = Path("layers") / "callouts.toml"

MOST_WORDS: Final = 9
"""A callout is read at a glance or not at all."""

KEYS: Final = {
    "callout": ({"id", "era", "text"}, {"at", "lon", "lat", "begin", "end", "says"}),
    "pointer": ({"id", "era", "text"}, {"at", "lon", "lat"}),
    "inset": ({"id", "era", "text", "bounds"}, {"shows"}),
    "mark": ({"id", "era", "text"}, {"at", "lon", "lat", "begin"}),
}
"""The keys a table must have and those it may have."""

Position = tuple[float, float]
"""Longitude, latitude."""

HIGHEST: Final = 85.0
"""Web Mercator has no poles."""

LEAST: Final = 1.0
"""Width and height of an inset, degrees: nothing is to be read on a smaller one."""

MOST_MARKS: Final = 12
LONGEST: Final = 32
"""Marks of an inset, and letters of its title and of each mark: it is 270 pixels wide at most."""


@dataclass(frozen=True)
class Callout:
    """One thing that an era's map says, and the point it speaks of."""

    text: str
    at: Position
    begin: str = ""
    """First day it holds, ISO; empty for the whole era."""
    end: str = ""
    """First day after, ISO."""
    says: tuple[str, ...] = ()
    """Ids of the features whose own names it makes superfluous."""


@dataclass(frozen=True)
class Pointer:
    """A place beyond the map that belongs to its story."""

    text: str
    at: Position


@dataclass(frozen=True)
class Mark:
    """A place on an inset."""

    text: str
    at: Position
    begin: str = ""
    """First day it holds, ISO; empty for the whole era."""


@dataclass(frozen=True)
class Inset:
    """A small map in the corner of an era's, of what lies off it."""

    text: str
    """Its title."""
    bounds: tuple[float, float, float, float]
    """West, south, east, north."""
    shows: tuple[str, ...] = ()
    """Ids of the features drawn on it."""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Callouts:
    """All of them, by the id of their era."""

    callouts: Mapping[str, tuple[Callout, ...]] = field(default_factory=dict)
    pointers: Mapping[str, tuple[Pointer, ...]] = field(default_factory=dict)
    insets: Mapping[str, Inset] = field(default_factory=dict)


def find_positions(places: Iterable[Feature]) -> dict[str, Position]:
    """Return where the places of the gazetteer lie, by the ids that callouts name."""
    return {
        place.id.removeprefix("place-"): place.geometry["coordinates"]
        for place in places
        if place.geometry
    }


def load_callouts(catalogue: Catalogue, places: Mapping[str, Position]) -> Callouts:
    """Read ``layers/callouts.toml``; raises CatalogueError with every fault found.

    `places` has the positions that callouts may name by id.
    """
    callouts, faults = survey_callouts(catalogue, places)
    raise_faults(CatalogueError, "", faults)
    return callouts


def survey_callouts(
    catalogue: Catalogue, places: Mapping[str, Position]
) -> tuple[Callouts, list[str]]:
    """Return the callouts that are in order, and what is wrong with the others."""
    try:
        tables = _read(catalogue)
    except CatalogueError as err:
        return Callouts(), str(err).splitlines()
    eras = {era.id: era for era in catalogue.eras}
    faults: list[str] = [
        f"unknown table [[{name}]]; expected one of {', '.join(KEYS)}"
        for name in tables
        if name not in KEYS
    ]
    callouts: dict[str, list[Callout]] = {}
    pointers: dict[str, list[Pointer]] = {}
    insets: dict[str, Inset] = {}
    for table, entry, era in _entries(tables, eras, faults):
        own: list[str] = []
        where = f"[[{table}]] of {era.id}"
        text = _spoken(catalogue, table, entry)
        if table == "inset":
            inset = replace(_inset(where, entry, era.id in insets, own), text=text)
            insets |= {} if own else {era.id: inset}
            faults += own
            continue
        at = _position(where, entry, places, own)
        if table == "pointer":
            pointers.setdefault(era.id, []).extend([] if own else [Pointer(text, at)])
        elif table == "mark":
            mark = Mark(text, at, _begin(where, entry, own))
            marked = _marked(where, insets.get(era.id), mark, own)
            insets |= {era.id: marked} if marked else {}
        else:
            callout = replace(_callout(where, entry, at, era, own), text=text)
            callouts.setdefault(era.id, []).extend([] if own else [callout])
        faults += own
    return (
        Callouts(
            {name: tuple(found) for name, found in callouts.items()},
            {name: tuple(found) for name, found in pointers.items()},
            insets,
        ),
        [f"{FILE}: {fault}" for fault in faults],
    )


def find_unknown(catalogue: Catalogue, known: Set[str]) -> list[str]:
    """Return a fault for each feature that a callout says or an inset shows and nobody knows."""
    try:
        tables = _read(catalogue)
    except CatalogueError:
        return []  # told by who reads it
    entries = _entries(tables, {era.id: era for era in catalogue.eras}, [])
    return [
        f"{FILE}: [[{table}]] {entry['id']}: {UnknownIdError('feature', name, known)}"
        for table, entry, _ in entries
        for key in ("says", "shows")
        for name in entry.get(key, [])
        if isinstance(name, str) and name not in known
    ]


def callout_texts(catalogue: Catalogue) -> dict[tuple[str, str], str]:
    """Return what a map's texts of its own say, by table and id, in the catalogue's language.

    A file that cannot be read says nothing.
    """
    try:
        tables = _read(catalogue)
    except CatalogueError:
        return {}
    entries = _entries(tables, {era.id: era for era in catalogue.eras}, [])
    return {(table, entry["id"]): _spoken(catalogue, table, entry) for table, entry, _ in entries}


def _read(catalogue: Catalogue) -> Mapping[str, Any]:
    path = catalogue.root / FILE
    return read_toml(path) if path.exists() else {}


def _spoken(catalogue: Catalogue, table: str, entry: Mapping[str, Any]) -> str:
    """Return what an entry says in the catalogue's language."""
    told = catalogue.spoken.get((table, entry["id"]), {})
    return str(told.get("text", entry["text"]))


def _entries(
    tables: Mapping[str, Any], eras: Mapping[str, Era], faults: list[str]
) -> Iterable[tuple[str, Mapping[str, Any], Era]]:
    """Yield each entry that is whole, with its table and era; what is not becomes a fault."""
    ids: set[str] = set()
    for table, (needed, allowed) in KEYS.items():
        entries = tables.get(table, [])
        if not isinstance(entries, list):
            faults.append(f"found {table} = {show(entries)}, expected [[{table}]] for each one")
            continue
        for number, entry in enumerate(entries, start=1):
            where = f"[[{table}]] number {number}"
            if not isinstance(entry, dict):
                faults.append(f"{where}: found {show(entry)}, expected a table")
                continue
            found = [f"{where} lacks {key}" for key in sorted(needed - entry.keys())]
            found += [
                f"{where} has unknown key {key}" for key in sorted(entry.keys() - needed - allowed)
            ]
            if "id" in entry:
                found += _id_faults(where, entry["id"], ids)
            if "text" in entry:
                found += _text_faults(where, entry["text"], short=table in {"inset", "mark"})
            if "at" in entry and ("lon" in entry or "lat" in entry):
                found.append(f"{where} has at and lon or lat, expected one of them")
            if "era" in entry and str(entry["era"]) not in eras:
                found.append(f"{where}: {UnknownIdError('era', str(entry['era']), eras)}")
            faults += found
            if not found:
                yield table, entry, eras[entry["era"]]


def _text_faults(where: str, text: Any, *, short: bool) -> list[str]:
    if not isinstance(text, str) or not text.strip():
        return [f"{where}: found text {show(text)}, expected a text"]
    if short and len(text) > LONGEST:
        return [f"{where}: found {len(text)} letters in {text!r}, expected at most {LONGEST}"]
    return []


def _id_faults(where: str, name: Any, ids: set[str]) -> list[str]:
    """Return what is wrong with an id, and add it to those that were met before."""
    if not isinstance(name, str) or not ID.fullmatch(name):
        return [f"{where}: found id {name!r}, expected kebab-case such as two-lines-1907"]
    if name in ids:
        return [f"{where}: id {name!r} is used before"]
    ids.add(name)
    return []


def _position(
    where: str, entry: Mapping[str, Any], places: Mapping[str, Position], faults: list[str]
) -> Position:
    at = entry.get("at", [entry.get("lon"), entry.get("lat")])
    if isinstance(at, str):
        if at not in places:
            faults.append(f"{where}: {UnknownIdError('place', at, places)}")
        return places.get(at, (0, 0))
    match at:
        case [int() | float() as lon, int() | float() as lat] if (
            bool not in (type(lon), type(lat)) and abs(lon) <= 180 and abs(lat) <= 90
        ):
            return (lon, lat)
    faults.append(f"{where}: found position {at}, expected a place's id or longitude and latitude")
    return (0, 0)


def _callout(
    where: str, entry: Mapping[str, Any], at: Position, era: Era, faults: list[str]
) -> Callout:
    text = str(entry["text"])
    words = len(text.split())
    if not 0 < words <= MOST_WORDS:
        faults.append(f"{where}: found {words} words in {text!r}, expected at most {MOST_WORDS}")
    try:
        span = timespan_from_edtf(str(entry.get("begin", "")), str(entry.get("end", "")))
    except TimespanError as err:
        faults.append(f"{where}: {err}")
        return Callout(text, at)
    if not span.overlaps(era.timespan):
        faults.append(f"{where}: {text!r} holds on no day of {era.begin} – {era.end}")
    says = _ids(where, entry, "says", faults)
    return Callout(text, at, str(span.begin or ""), str(span.end or ""), says)


def _ids(where: str, entry: Mapping[str, Any], key: str, faults: list[str]) -> tuple[str, ...]:
    """Return the ids of features that an entry names by a key."""
    names = entry.get(key, [])
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        return tuple(names)
    faults.append(f"{where}: {key} {show(names)}, expected a list of ids of features")
    return ()


def _inset(where: str, entry: Mapping[str, Any], second: bool, faults: list[str]) -> Inset:
    if second:
        faults.append(f"{where}: an era has one inset, and this is another")
    bounds = entry["bounds"]
    if not _are_bounds(bounds):
        expected = (
            f"west, south, east, north in degrees, west < east within 180, south < north within "
            f"{HIGHEST:g}, {LEAST:g} apart at least"
        )
        faults.append(f"{where}: found bounds {show(bounds)}, expected {expected}")
    shows = _ids(where, entry, "shows", faults)
    return Inset("", (0, 0, 0, 0)) if faults else Inset("", tuple(bounds), shows)


def _begin(where: str, entry: Mapping[str, Any], faults: list[str]) -> str:
    try:
        return str(timespan_from_edtf(str(entry.get("begin", "")), "").begin or "")
    except TimespanError as err:
        faults.append(f"{where}: {err}")
        return ""


def _are_bounds(given: Any) -> bool:
    match given:
        case [west, south, east, north] if all(type(side) in (int, float) for side in given):
            inside = -180 <= west < east <= 180 and -HIGHEST <= south < north <= HIGHEST
            return bool(inside and east - west >= LEAST and north - south >= LEAST)
    return False


def _marked(where: str, inset: Inset | None, mark: Mark, faults: list[str]) -> Inset | None:
    """Return an inset with one more mark; a fault where there is none, or where it is outside."""
    if not inset:
        faults.append(f"{where}: the era has no [[inset]] that {mark.text!r} could stand on")
        return None
    west, south, east, north = inset.bounds
    if not faults and not (west <= mark.at[0] <= east and south <= mark.at[1] <= north):
        faults.append(f"{where}: {mark.text!r} at {mark.at} lies outside the inset's bounds")
    if len(inset.marks) == MOST_MARKS:
        faults.append(f"{where}: {mark.text!r} is one mark more than the {MOST_MARKS} there may be")
    return inset if faults else replace(inset, marks=(*inset.marks, mark))
