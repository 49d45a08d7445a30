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
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError, SketchError, TimespanError, raise_faults, show
from geo.model.schema import Number, Text, find_faults
from geo.tables.dates import read_date
from geo.tables.reader import MOST, load_table
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


def expand_tables(
    sketch: Mapping[str, Any], folder: Path
) -> tuple[dict[str, Any], dict[str, BaseGeometry]]:
    """Return a sketch with the rows of its tables as features, and their geometries by id.

    Raises SketchError with every fault of every row.
    """
    entries = list(sketch.get("feature", []))
    shapes: dict[str, BaseGeometry] = {}
    faults: list[str] = []
    tables = sketch.get("table", [])
    if not isinstance(tables, list):
        raise SketchError("found a table [table], expected [[table]] for each one")
    for table in tables:
        try:
            for entry, shape in _rows(table, folder, faults):
                if entry["id"] in shapes or any(entry["id"] == one.get("id") for one in entries):
                    faults.append(
                        f"{table['from']}: the id {entry['id']!r} is there twice, for "
                        f"{entry['title']!r}, too; columns = {{ id = … }} names a column with ids"
                    )
                entries.append(entry)
                if shape is not None:
                    shapes[entry["id"]] = shape
        except GeoError as err:
            faults.append(str(err))
    raise_faults(SketchError, folder.name, faults)
    rest = {key: value for key, value in sketch.items() if key != "table"}
    return ({**rest, "feature": entries} if entries else rest), shapes


def _rows(
    table: Mapping[str, Any], folder: Path, faults: list[str]
) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
    """Yield an entry of a sketch and its geometry for each row; faults are added."""
    name = table.get("from", "") if isinstance(table, dict) else ""
    if not isinstance(name, str) or not FILE.fullmatch(name) or not _beside(folder, name):
        raise SketchError(f"table from {show(name)}: expected a file beside the sketch")
    problems = [
        f"{name}: {key} {problem}"
        for key, kind in KINDS.items()
        if key in table
        for problem in find_faults(kind, table[key])
    ]
    raise_faults(SketchError, "", problems)
    with (folder / name).open("rb") as file:
        content = file.read(MOST + 1)
    frame = load_table(content, name, placed=False).frame.to_crs(4326)
    columns = {**recognise(frame.columns), **table.get("columns", {})}
    asked = {*columns.values(), *table.get("where", {})}
    unknown = sorted(asked - set(frame.columns))
    if unknown:
        listed = ", ".join(frame.columns)
        raise SketchError(f"{name}: found no column {', '.join(unknown)}; there are {listed}")
    common = {key: value for key, value in table.items() if key not in OWN}
    wanted = {
        column: {str(value) for value in (found if isinstance(found, list) else [found])}
        for column, found in table.get("where", {}).items()
    }
    places = shapely.force_2d(frame.geometry.to_numpy())
    for number, (_, row) in enumerate(frame.iterrows(), start=1):
        if any(clean(row.get(column)) not in values for column, values in wanted.items()):
            continue
        where = f"{name}: row {number} ({clean(row.get(columns.get('title')))})"
        entry = dict(common)
        entry |= {
            what: text
            for what in TEXTS
            if what in table.get("columns", {}) and (text := clean(row[columns[what]]))
        }
        entry["title"] = clean(row.get(columns.get("title"))) or f"{name} {number}"
        given = clean(row.get(columns.get("id"))) if "id" in columns else ""
        entry["id"] = given or f"{_slug(Path(name).stem, 'row')}-{_slug(entry['title'], number)}"
        try:
            entry |= _time(row, columns)
        except TimespanError as err:
            faults.append(
                f"{where}: date {err}, expected a year, a day such as 1907-08-31, or EDTF"
            )
        shape = places[number - 1]
        if "at" in columns:
            entry["at"] = clean(row[columns["at"]])
            shape = None
        elif fault := _shape_fault(shape):
            faults.append(f"{where}: {fault}")
        elif simplify := table.get("simplify_m"):
            shape = shape.simplify(simplify / METRES)
        yield entry, shape


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


def _time(row: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, str]:
    if "begin" not in columns:
        return {}
    begin = read_date(row[columns["begin"]]).edtf
    if "end" not in columns:
        return {"on": begin}
    return {"begin": begin, "end": read_date(row[columns["end"]]).edtf}


def _slug(text: str, otherwise: object) -> str:
    """Return a text as part of an id; what stands instead of one without Latin letters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or str(otherwise)
