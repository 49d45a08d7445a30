"""Other people's files as GeoDataFrames: CSV, GeoJSON, GeoPackage, KML, zipped Shapefile.

A process of its own reads each, with limits to time, memory and network, because such files may be
made to do harm and the libraries that know them are large (see :mod:`geo.tables.worker`).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas
import numpy as np
import shapely
from pyproj import Transformer
from pyproj.exceptions import ProjError

from geo.errors import GeoError
from geo.tables.words import clean, recognise

__all__ = ["MOST", "POSITION", "Loaded", "load_table", "place_rows"]

MOST: Final = 10 * 1024**2
"""Bytes of a file."""

POSITION: Final = ("longitude", "latitude")
"""What columns hold that give a row its place."""

PATIENCE: Final = 5
"""Seconds until a file is given up: its process is ended."""

BUSIEST: Final = 6
"""How many times longer that may be, where others keep the machine busy."""

CODE: Final = re.compile(r"(?:urn:ogc:def:crs:)?[A-Za-z]{2,12}:[\w.:-]{1,40}", re.ASCII)
"""A coordinate system by its name."""

OUTSIDE: Final = re.compile(r"grids|parameterfile|init=|pipeline", re.IGNORECASE)
"""What in the words of a coordinate system would have other files read."""

POINTS: Final = re.compile("[,\u066b]")
"""Decimal points of other places; digits of any script are read as they are."""

WORKER: Final = Path(__file__).with_name("worker.py")


@dataclass(frozen=True)
class Loaded:
    """A file that was read."""

    frame: geopandas.GeoDataFrame
    """Rows as the file has them; None where a row has no place."""
    notes: tuple[str, ...]
    """What else there is to say of the file."""
    in_columns: bool = False
    """Whether its places stand in columns, as a CSV has them, and it has no geometries."""


def load_table(content: bytes, name: str, *, placed: bool = True) -> Loaded:
    """Read a file; `name` is for messages alone. Raises GeoError with one plain sentence.

    A CSV needs longitudes and latitudes, unless it need not be `placed`.
    """
    if len(content) > MOST:
        raise GeoError(f"{name}: has {len(content)} bytes, expected {MOST} at most")
    result = _in_a_process(content)
    if "fault" in result:
        raise GeoError(f"{name}: {result['fault']}")
    if not result["rows"]:
        raise GeoError(f"{name}: found no rows")
    columns = [f"{column} " if column == "geometry" else column for column in result["columns"]]
    cells = list(zip(*result["rows"], strict=True)) if columns else []
    table = {column: list(values) for column, values in zip(columns, cells, strict=True)}
    places, notes = result["places"], result["notes"]
    in_columns = places is None
    if in_columns:
        places, crs = _find_points(table, name, notes, placed=placed), "EPSG:4326"
    else:
        places, crs = (
            [shapely.from_wkb(place) if place else None for place in places],
            result["crs"],
        )
    written = str(crs or "EPSG:4326").strip()
    try:
        if OUTSIDE.search(written) or not (CODE.fullmatch(written) or written.endswith("]")):
            raise ValueError(written)
        frame = geopandas.GeoDataFrame(table, geometry=places, crs=written)
        Transformer.from_crs(frame.crs, 4326)
    except (ProjError, ValueError) as err:
        raise GeoError(f"{name}: its coordinate system {written[:80]!r} is not known") from err
    return Loaded(frame, tuple(notes), in_columns)


def place_rows(loaded: Loaded, longitude: str, latitude: str) -> Loaded:
    """Return a table with the points that two of its columns hold, whatever it had before."""
    kept = [note for note in loaded.notes if not note.startswith("row ")]  # the rest is of places
    columns = (map(clean, loaded.frame[name]) for name in (longitude, latitude))
    points = _points(list(zip(*columns, strict=True)), kept)
    return Loaded(loaded.frame.set_geometry(points, crs=4326), tuple(kept), in_columns=True)


def _in_a_process(content: bytes) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        command = [sys.executable, "-I", str(WORKER), str(path)]
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=_patience(), cwd=folder, env={}, check=False
            )
            result: dict[str, Any] = json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            result = {"fault": f"reading it takes longer than {PATIENCE} seconds"}
        except ValueError:
            result = {"fault": "reading it takes more time or memory than a file may"}
    return result


def _patience() -> float:
    """Return how long to wait: of a busy machine the process gets a share alone."""
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1)
    return PATIENCE * min(max(1.0, waiting), BUSIEST)


def _find_points(
    table: dict[str, list[Any]], name: str, notes: list[str], *, placed: bool
) -> list[Any]:
    """Return the points of a table whose columns of longitudes and latitudes are recognised."""
    found = recognise(table)
    if not set(POSITION) <= found.keys():
        if not placed:
            return [None] * len(next(iter(table.values())))
        listed = ", ".join(table)
        raise GeoError(
            f"{name}: found the columns {listed}; expected longitude and latitude (or lon and lat)"
        )
    pairs = zip(*(table[found[what]] for what in POSITION), strict=True)
    return _points(list(pairs), notes)


def _points(pairs: Sequence[tuple[Any, ...]], notes: list[str]) -> list[Any]:
    """Return the points of pairs of longitude and latitude; None where there is none.

    What is written there and is no number is noted.
    """
    points = [_point(*pair) for pair in pairs]
    notes += [
        f"row {number}: found {pair[0]!r}, {pair[1]!r}, expected degrees such as 49.47, 37.47"
        for number, (pair, point) in enumerate(zip(pairs, points, strict=True), start=1)
        if point is None and any(pair)
    ]
    return points


def _point(longitude: Any, latitude: Any) -> Any:
    try:
        x, y = (float(POINTS.sub(".", str(value))) for value in (longitude, latitude))
    except ValueError:
        return None
    return shapely.Point(x, y) if np.isfinite([x, y]).all() else None
