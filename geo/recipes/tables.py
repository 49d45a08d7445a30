"""Sketches that take files: each row of a table becomes a feature.

A ``[[table]]`` of a sketch names a file beside it, says which columns hold what where their names
do not tell, which rows to take, and what all of them have in common::

    [[table]]
    from = "depots.csv"
    columns = { title = "name", begin = "opened" }
    where = { kind = ["depot", "post"] }
    kind = "own-point"
    certainty = "less-certain"
    precision_km = 5
    sources = ["some-source"]
    context = "Why they are here."
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import compress, islice
from pathlib import Path
from typing import Annotated, Any, Final

import geopandas
import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError, SketchError, TimespanError, show, suggest
from geo.model.schema import Number, Text, find_faults, name_of
from geo.recipes.properties import DATED, STAND_IN, Row, SketchedFeature, sound_part
from geo.tables.dates import read_date
from geo.tables.reader import MOST, POSITION, load_table, place_rows
from geo.tables.words import clean, recognise

__all__ = ["expand_tables"]

OWN: Final = {"from", "columns", "where", "simplify_m"}
"""Keys of a table that its features do not have."""

FILE: Final = re.compile(r"[^/\\\x00]{1,200}")

KINDS: Final[Mapping[str, Any]] = {
    "columns": dict[str, Text],
    "where": dict[str, Any],
    "simplify_m": Annotated[Number, Field(ge=0, le=100_000)],
}
"""What the keys of a table hold, but for those that features have, too."""

METRES: Final = 111_200
"""Of a degree of latitude."""

TEXTS: Final = ("note", "actor", "colour", "kind", "certainty", "label")
"""Columns that take precedence over what the rows have in common."""

COLUMNS: Final = ("title", "id", "begin", "end", "at", *POSITION, *TEXTS)
"""What a column may hold."""

SHORT: Final = {"lon": "longitude", "lat": "latitude"}

KNOWN: Final = (*COLUMNS, *SHORT)

LONGEST: Final = 20_000
"""Characters of a cell: so many are read."""

FEW: Final = 6
"""Values of a column that a message names."""

LOSS: Final = re.compile(r"(?:row (\d+)|line \d+): (.*)", re.DOTALL)
"""What the reader notes of a row or a line: something there was not read."""


@dataclass
class _Table:
    """A table of a sketch, and the file it names."""

    name: str
    common: dict[str, Any]
    """What all features have, but for what is at fault."""
    frame: geopandas.GeoDataFrame
    """In degrees."""
    given: Mapping[str, str]
    """Which column holds what, as the sketch says."""
    columns: Mapping[str, str]
    """Likewise, with those whose names tell."""
    simplify: float = 0
    """In degrees."""
    lost: dict[int, list[str]] = field(default_factory=dict)
    """What the reader could not take of a row, by its number."""
    told: set[str] = field(default_factory=set)
    """What rows lack because the table is at fault, which has been told."""


def expand_tables(
    sketch: Mapping[str, Any], folder: Path, faults: list[str], notes: list[str]
) -> tuple[dict[str, Any], dict[str, BaseGeometry]]:
    """Return a sketch with the rows of its tables as features, and their geometries by id.

    Every fault of tables and rows is added, but for those that features have, too: whoever builds
    the rows finds them. What there is to know of a file and is no fault is added to the notes.
    """
    drawn = sketch.get("feature", [])
    entries = list(drawn) if isinstance(drawn, list) else []
    ids = {name_of(entry) for entry in entries}
    shapes: dict[str, BaseGeometry] = {}
    tables = sketch.get("table", [])
    if not isinstance(tables, list):
        faults.append("found a table [table], expected [[table]] for each one")
        tables = []
    for table in tables:
        try:
            for number, (entry, shape) in enumerate(_rows(table, folder, faults, notes), start=1):
                if entry["id"] in ids:
                    faults.append(
                        f"{entry.origin}: the id {entry['id']!r} is there twice; "
                        "columns = { id = … } names a column with ids"
                    )
                    entry["id"] = f"{entry['id']}-{number}"  # what else is wrong is told of it
                ids.add(entry["id"])
                entries.append(entry)
                if shape is not None:
                    shapes[entry["id"]] = shape
        except GeoError as err:
            faults += str(err).splitlines()
    rest = {key: value for key, value in sketch.items() if key != "table"}
    return ({**rest, "feature": entries} if isinstance(drawn, list) and entries else rest), shapes


def _rows(
    declared: Mapping[str, Any], folder: Path, faults: list[str], notes: list[str]
) -> Iterator[tuple[Row, BaseGeometry | None]]:
    """Yield an entry of a sketch and its geometry for each row; faults are added."""
    table = _read(declared, folder, faults, notes)
    where = declared.get("where", {})
    if find_faults(KINDS["where"], where) or set(where) - set(table.frame.columns):
        return  # that was told; which rows to take is not known
    taken = _taken(table, where, notes)
    places = shapely.force_2d(table.frame.geometry.to_numpy())
    cells = table.frame.drop(columns=table.frame.geometry.name).to_dict("records")
    numbered = enumerate(zip(cells, places, strict=True), start=1)
    for number, (row, place) in compress(numbered, taken):
        entry, problems = _entry(table, row, number)
        shape = None
        if "at" in table.told:
            pass
        elif "at" in table.columns:
            entry["at"] = clean(row[table.columns["at"]])
        elif lost := table.lost.get(number):
            problems += lost
            entry.told |= {"at"}
        elif fault := _shape_fault(place):
            problems.append(fault)
            entry.told |= {"at"}
        else:
            shape = place.simplify(table.simplify) if table.simplify else place
        faults += [f"{entry.origin}: {problem}" for problem in problems]
        yield entry, shape


def _read(declared: Mapping[str, Any], folder: Path, faults: list[str], notes: list[str]) -> _Table:
    """Read the file of a table; what it says wrong is added, and the rest of it is taken.

    Raises SketchError when there is no file to read.
    """
    name = declared.get("from", "") if isinstance(declared, dict) else ""
    if not isinstance(name, str) or not FILE.fullmatch(name) or not _beside(folder, name):
        told = [f"table from {show(name)}: expected a file beside the sketch"]
        told += _key_faults(declared) if isinstance(declared, dict) else []
        raise SketchError("\n".join(told))
    faults += [f"{name}: {fault}" for fault in _key_faults(declared)]
    with (folder / name).open("rb") as file:
        content = file.read(MOST + 1)
    loaded = load_table(content, name, placed=False)
    asked = _sound(declared, "columns", {})
    given = {SHORT.get(what, what): name for what, name in asked.items() if what in KNOWN}
    there = {what: name for what, name in given.items() if name in loaded.frame.columns}
    common = {key: value for key, value in declared.items() if key not in OWN}
    sound = sound_part(common)
    table = _Table(
        name,
        sound,
        loaded.frame,
        there,
        {**recognise(loaded.frame.columns), **there},
        _sound(declared, "simplify_m", 0) / METRES,
        told=(common.keys() - sound.keys())
        | {"at" if what in POSITION else what for what in given.keys() - there.keys()},
    )
    wanted = {*given.values(), *_sound(declared, "where", {})}
    for key, fault in list(_column_faults(table, wanted)):
        faults.append(f"{name}: {fault}")
        table.told.add(key)
    if table.given.keys() & set(POSITION) and "at" not in table.told:
        loaded = place_rows(loaded, *(table.columns[what] for what in POSITION))
    _sort_notes(table, loaded.notes, faults, notes)
    table.frame = loaded.frame.to_crs(4326)
    return table


def _sound(declared: Mapping[str, Any], key: str, otherwise: Any) -> Any:
    """Return what a key of a table holds, or something else where that is at fault."""
    value = declared.get(key, otherwise)
    return otherwise if find_faults(KINDS[key], value) else value


def _key_faults(declared: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a table says wrong itself: its keys, and what its rows have in common."""
    known = {item.name for item in fields(SketchedFeature)}
    for key in sorted(declared.keys() - known - OWN):
        yield f"[[table]] has unknown key {show(key)}; {suggest(key, known | OWN)}"
    common = {key: value for key, value in declared.items() if key in known}
    for fault in find_faults(SketchedFeature, {**STAND_IN, **common}):
        yield f"[[table]] {fault}"
    for key, kind in KINDS.items():
        if key in declared:
            yield from (f"{key} {problem}" for problem in find_faults(kind, declared[key]))
    columns = declared.get("columns", {})
    for key in columns if isinstance(columns, dict) else ():
        if key not in KNOWN:
            near = suggest(key, COLUMNS)
            near = f"{near} Expected" if near.startswith("did") else "expected"
            yield f"columns has unknown key {show(key)}; {near} one of {', '.join(COLUMNS)}"


def _column_faults(table: _Table, wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield why the columns of a file are not those that a table needs, with what rows then lack.

    What lacks because of something told before is not told again.
    """
    listed = ", ".join(map(str, table.frame.columns.drop(table.frame.geometry.name)))
    if unknown := sorted(set(wanted) - set(table.frame.columns)):
        yield "", f"found no column {', '.join(unknown)}; there are {listed}"
    halves = [what for what in POSITION if what in table.columns]
    if "at" in table.told:
        pass
    elif table.given.keys() & set(POSITION) and len(halves) == 1:
        yield "at", f"columns has {halves[0]} alone, expected longitude and latitude"
    elif len(halves) < 2 and "at" not in table.columns and table.frame.geometry.isna().all():
        yield (
            "at",
            f"found no columns with positions; there are {listed}. Name them, columns = {{ "
            "longitude = …, latitude = … }, or one with places, columns = { at = … }",
        )
    if not (table.columns.keys() | table.common.keys() | table.told) & DATED:
        yield (
            "begin",
            f"found no column with dates; there are {listed}. Name it, columns = {{ begin = … }}, "
            'or say of all rows when they were: on = … or begin = … (begin = "": always)',
        )


def _sort_notes(table: _Table, told: Sequence[str], faults: list[str], notes: list[str]) -> None:
    """Tell what the reader says: a loss is a fault, of its row where that is taken."""
    for note in told:
        loss = LOSS.fullmatch(note)
        if loss and loss[1]:
            table.lost.setdefault(int(loss[1]), []).append(loss[2])
        elif loss:
            faults.append(f"{table.name}: {note}")
        else:
            notes.append(f"{table.name}: {note}")


def _taken(table: _Table, where: Mapping[str, Any], notes: list[str]) -> list[bool]:
    """Return which rows to take; values that no row has are noted. Raises SketchError if none."""
    wanted = {
        column: set(map(clean, found if isinstance(found, list) else [found]))
        for column, found in where.items()
    }
    cells = {column: list(map(clean, table.frame[column])) for column in wanted}
    taken = [
        all(cells[column][number] in values for column, values in wanted.items())
        for number in range(len(table.frame))
    ]
    if not any(taken):
        unmet = [column for column in wanted if not wanted[column] & set(cells[column])]
        held = "; ".join(f"{column} holds {_few(cells[column])}" for column in unmet or wanted)
        raise SketchError(f"{table.name}: where matches none of {len(taken):,} rows: {held}")
    for column, values in wanted.items():
        if absent := sorted(values - set(cells[column])):
            notes.append(
                f"{table.name}: where: no row has {column} {_few(absent)}; "
                f"{column} holds {_few(cells[column])}"
            )
    return taken


def _few(values: Sequence[str]) -> str:
    different = dict.fromkeys(values)
    more = len(different) - FEW
    named = ", ".join(map(show, islice(different, FEW)))
    return f"{named} and {more:,} more" if more > 0 else named


def _entry(table: _Table, row: Mapping[str, Any], number: int) -> tuple[Row, list[str]]:
    """Return a row as an entry of a sketch without its place, and what is wrong with it."""
    columns = table.columns
    title = clean(row[columns["title"]]) if "title" in columns else ""
    entry = Row(table.common)
    entry.told = frozenset(table.told)
    entry.origin = f"{table.name}: row {number}" + (f" ({show(title)})" if title else "")
    problems = [
        f"{what} has {LONGEST:,} characters or more, expected fewer"
        for what in TEXTS
        if what in table.given and len(str(row[columns[what]])) >= LONGEST
    ]
    entry |= {
        what: text
        for what in TEXTS
        if what in table.given and (text := clean(row[columns[what]], LONGEST))
    }
    entry["title"] = title or f"{table.name} {number}"
    given = clean(row[columns["id"]]) if "id" in columns else ""
    entry["id"] = given or f"{_slug(Path(table.name).stem, 'row')}-{_slug(entry['title'], number)}"
    time, wrong = _time(table, row)
    entry |= time
    return entry, problems + wrong


def _time(table: _Table, row: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """Return the dates of a row, and what is wrong with them."""
    dates, faults = dict[str, str](), list[str]()
    held = [what for what in ("begin", "end") if what in table.columns]
    for what in held:
        try:
            dates[what] = read_date(row[table.columns[what]]).edtf
        except TimespanError as err:
            faults.append(f"date {err}, expected a year, a day such as 1907-08-31, or EDTF")
    if held == ["begin"] and not table.common.keys() & {"begin", "end"}:
        dates = {"on": dates["begin"]} if dates else {}
    if not (faults or any(dates.values()) or (table.common.keys() | table.told) & DATED):
        named = " or ".join(show(table.columns[what]) for what in held)
        faults.append(f"has no date, expected one in {named}")
    common = table.common
    return {what: date for what, date in dates.items() if date or what not in common}, faults


def _shape_fault(shape: BaseGeometry | None) -> str:
    """Return why a shape in degrees cannot be drawn; nothing when it can."""
    if shape is None or shape.is_empty:
        return "has no geometry"
    west, south, east, north = shape.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        x, y = (round(float(value), 3) for value in shapely.get_coordinates(shape)[0])
        return (
            f"found position {x}, {y}, expected degrees: longitude within ±180, latitude within "
            "±90 (a Shapefile without .prj names no coordinate system)"
        )
    return "" if shape.is_valid else f"its geometry {shapely.is_valid_reason(shape)}"


def _beside(folder: Path, name: str) -> bool:
    path = (folder / name).resolve()
    return path.parent == folder.resolve() and path.is_file()


def _slug(text: str, otherwise: object) -> str:
    """Return a text as part of an id; what stands instead of one without Latin letters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or str(otherwise)
