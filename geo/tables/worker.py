"""Reads one file of unknown origin; runs in a process of its own: see :mod:`geo.tables.reader`.

Started as a script with the file's path. It writes one JSON object to standard output: ``columns``,
``rows``, ``places`` (WKB in hexadecimal, or null), ``crs``, ``notes``; or ``fault``, a sentence.

What a file is follows from its first bytes, never from its name: GDAL would open a virtual format
that names other files. Each driver is given what it alone can read, and all others are off.
"""

from __future__ import annotations

import contextlib
import csv
import ctypes
import io
import json
import math
import os
import re
import resource
import sqlite3
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

MEMORY: Final = 2 * 1024**3
SECONDS: Final = 5
"""Of the processor."""

WRITTEN: Final = 60 * 1024**2
"""Bytes that the process may write to a file."""

ROWS: Final = 20_000
COLUMNS: Final = 200
VERTICES: Final = 500_000
CELL: Final = 20_000
"""Characters of a cell that are read."""

PARTS: Final = {".shp", ".shx", ".dbf", ".cpg"}
UNPACKED: Final = 50 * 1024**2
RATIO: Final = 100
ENTRIES: Final = 20

NEW_NAMESPACES: Final = 0x10000000 | 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET: no network, where the system lets a process ask for that."""

FORMATS: Final = "CSV, GeoJSON, GeoPackage, KML or a zipped Shapefile"

WKT: Final = re.compile(
    r"(?:SRID=(\d{1,6});)?\s*"
    r"((?:MULTI|COMPOUND|CIRCULAR|CURVE)?(?:POINT|LINESTRING|STRING|POLYGON|CURVE|SURFACE)"
    r"|GEOMETRYCOLLECTION)(?=\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY))",
    re.IGNORECASE | re.ASCII,
)
"""How a geometry begins as well-known text, with the code of its CRS as PostGIS writes it."""

Result = dict[str, Any]


class RefusedError(Exception):
    """The file cannot be read; the text says why in plain words."""


def main(path: Path) -> None:
    """Read the file and write what was found."""
    _limit()
    try:
        result = _read(path)
    except RefusedError as err:
        result = {"fault": str(err)}
    except (MemoryError, RecursionError):
        result = {"fault": "it needs more memory than a file of this kind may"}
    except Exception as err:  # whatever a library says of a file it cannot read
        said = str(err).replace(str(path), "the file").replace(f"{path.parent}/", "")
        said = " ".join(said.split())[:200]
        result = {"fault": f"it cannot be read ({said or type(err).__name__})"}
    sys.stdout.write(json.dumps(result))


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITTEN, WRITTEN))
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(NEW_NAMESPACES)


def _read(path: Path) -> Result:
    content = path.read_bytes()
    if not content.strip():
        raise RefusedError("it is empty")
    if content.startswith(b"PK\x03\x04"):
        return _read_shapefile(content, path.parent)
    if content.startswith(b"SQLite format 3\x00"):
        return _read_geopackage(path)
    text = _decoded(content)
    start = text.lstrip()[:4000]
    if start.startswith("<"):
        return _read_kml(text)
    if start.startswith(("{", "[")):
        return _read_geojson(text)
    return _read_csv(text)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    if b"\x00" in content[:4000]:
        raise RefusedError(f"it is no text and of no kind that is known; expected {FORMATS}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        line = content[: err.start].count(b"\n") + 1
        raise RefusedError(f"line {line} is not in UTF-8; save the file as UTF-8") from err


def _read_csv(text: str) -> Result:
    named = re.match(r"sep=(.)\s*\n", text)  # as spreadsheets write it
    separator = named[1] if named else max(",;\t", key=text.splitlines()[0].count)
    shapes = re.search("POLYGON|STRING|CURVE|SURFACE", text, re.IGNORECASE)  # they may be long
    csv.field_size_limit(len(text) if shapes else 10 * CELL)
    lines = csv.reader(io.StringIO(text, newline=None), delimiter=separator)
    if named:
        next(lines)
    columns = [name.strip() for name in next(lines)]
    _check_size(columns, 0)
    if twice := {name for name in columns if name and columns.count(name) > 1}:
        raise RefusedError(f"several of its columns are called {', '.join(sorted(twice))}")
    if len(columns) < 2:
        raise RefusedError(f"its first line has no columns; expected {FORMATS}")
    found, notes = list[list[Any]](), list[str]()
    begun, end = 0, lines.line_num
    for line in lines:
        begun, end = end + 1, lines.line_num
        if not any(line):
            continue
        if any(line[len(columns) :]):
            notes.append(f"line {lines.line_num}: has {len(line)} cells, expected {len(columns)}")
        found.append([*line[: len(columns)], *[""] * (len(columns) - len(line))])
        _check_size(columns, len(found))
    if found and _runs_on(text, begun, separator):
        notes.append(f"line {begun}: a quotation mark opens there and is not closed")
        found.pop()
        if not found:
            raise RefusedError(notes[-1])
    places, crs = _take_wkt(columns, found, notes)
    rows = [[cell[:CELL] or None for cell in row] for row in found]
    return {"columns": columns, "rows": rows, "places": places, "crs": crs, "notes": notes}


def _runs_on(text: str, line: int, separator: str) -> bool:
    """Tell whether a row that begins in a line takes the rest of the text into a quoted cell."""
    rest = "\n".join(re.split(r"\r\n?|\n", text)[line - 1 :])
    return bool(re.search(rf'(?:^|{re.escape(separator)})"(?:[^"]|"")*\Z', rest))


def _take_wkt(
    columns: list[str], rows: list[list[str]], notes: list[str]
) -> tuple[list[str | None] | None, str | None]:
    """Take a column of well-known text out of a table: its geometries and CRS, if there is one."""
    for number in range(len(columns)):
        cells = [row[number].strip() for row in rows]
        begun = [match for cell in cells if (match := WKT.match(cell))]
        if not begun or len(begun) < sum(map(bool, cells)) / 2:
            continue
        if len(codes := {match[1] or "4326" for match in begun}) > 1:
            raise RefusedError(f"its geometries have {len(codes)} coordinate systems, expected one")
        found = [_from_wkt(WKT.sub(r"\2", cell, count=1)) for cell in cells]
        notes += [
            f"row {at}: found {cell[:60]!r}, expected a geometry such as POINT (49.47 37.47)"
            for at, cell in enumerate(cells, start=1)
            if cell and found[at - 1] is None
        ]
        for row in (columns, *rows):
            del row[number]
        return _places(found), f"EPSG:{codes.pop()}"
    return None, None


def _from_wkt(text: str) -> Any:
    import shapely

    with contextlib.suppress(shapely.errors.ShapelyError, NotImplementedError):
        return shapely.from_wkt(text, on_invalid="ignore")


def _read_geojson(text: str) -> Result:
    def refuse(name: str) -> None:
        raise RefusedError(f"it has the number {name}, which JSON does not know")

    try:
        content = json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as err:
        at = f"line {err.lineno}, column {err.colno}"
        raise RefusedError(f"it is no JSON: {at}: {err.msg}") from err
    kind = content.get("type") if isinstance(content, dict) else None
    items = [content] if kind == "Feature" else content.get("features") if kind else None
    if kind not in ("Feature", "FeatureCollection") or not isinstance(items, list):
        raise RefusedError(
            f"found JSON of type {str(kind)[:40]!r}, expected a GeoJSON FeatureCollection"
        )
    _check_size((), len(items))
    whole = [item if isinstance(item, dict) else {} for item in items]
    geometries = [_geometry(item.get("geometry")) for item in whole]
    notes = [
        f"row {at}: found {json.dumps(item['geometry'])[:80]}, expected a GeoJSON geometry"
        for at, (item, read) in enumerate(zip(whole, geometries, strict=True), start=1)
        if item.get("geometry") and read is None
    ]
    properties = [_table(item.get("properties")) for item in whole]
    columns = list(dict.fromkeys(str(name) for row in properties for name in row))
    _check_size(columns, 0)
    return {
        "columns": columns,
        "rows": [[_plain(row.get(name)) for name in columns] for row in properties],
        "places": _places(geometries),
        "crs": _crs(content),
        "notes": notes,
    }


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _crs(content: Mapping[str, Any]) -> str:
    named = _table(_table(content.get("crs")).get("properties")).get("name")
    return str(named)[:200] if named else "EPSG:4326"


def _geometry(value: Any) -> Any:
    """Return a GeoJSON geometry as shapely has it; None for what is none."""
    import shapely

    if not isinstance(value, dict):
        return None
    try:
        return shapely.from_geojson(json.dumps(value))
    except (shapely.errors.ShapelyError, ValueError):
        return None


def _places(geometries: Sequence[Any]) -> list[str | None]:
    import shapely

    flat = shapely.force_2d(list(geometries))
    if (count := int(shapely.get_num_coordinates(flat).sum())) > VERTICES:
        raise RefusedError(f"it has {count} vertices, expected {VERTICES} at most; simplify it")
    return [shapely.to_wkb(one, hex=True) if one is not None else None for one in flat]


def _read_kml(text: str) -> Result:
    """Return the placemarks: name, description, times, and what else is said of each."""
    if "<kml" not in text[:4000]:
        raise RefusedError(f"it is XML or HTML, and no KML; expected {FORMATS}")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise RefusedError("it has a document type, which KML does not need")
    from geo.tables.kml import find_placemarks, read_cells, read_geometry, tell_unread

    try:
        marks = find_placemarks(text)
    except SyntaxError as err:
        raise RefusedError(f"it is no XML ({err})") from err
    _check_size((), len(marks))
    told = [read_cells(mark, CELL) for mark in marks]
    columns = list(dict.fromkeys(name for row in told for name in row))
    _check_size(columns, 0)
    read = [read_geometry(mark) for mark in marks]
    return {
        "columns": columns,
        "rows": [[row.get(name) for name in columns] for row in told],
        "places": _places([geometry for geometry, _ in read]),
        "crs": "EPSG:4326",
        "notes": tell_unread(marks, [unread for _, unread in read]),
    }


def _read_geopackage(path: Path) -> Result:
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        # Views may hold any query: only tables are read.
        tables = base.execute(
            "SELECT c.table_name FROM gpkg_contents c "
            "JOIN sqlite_master m ON m.name = c.table_name "
            "WHERE c.data_type = 'features' AND m.type = 'table'"
        ).fetchall()
    if not tables:
        raise RefusedError("it is a database without a table of features")
    result = _read_by("GPKG", path.rename(path.with_suffix(".gpkg")), layer=tables[0][0])
    if len(tables) > 1:
        result["notes"].append(f"of {len(tables)} layers the first was read: {tables[0][0]}")
    return result


def _read_shapefile(content: bytes, folder: Path) -> Result:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as err:
        raise RefusedError(f"it is a broken ZIP archive ({err})") from err
    entries = archive.infolist()
    if len(entries) > ENTRIES:
        raise RefusedError(f"it has {len(entries)} files, expected one Shapefile")
    size = sum(entry.file_size for entry in entries)
    if size > min(UNPACKED, RATIO * max(len(content), 1)):
        raise RefusedError(f"it unpacks to {size} bytes, which is too much")
    shapes = [
        entry
        for entry in entries
        if entry.filename.lower().endswith(".shp") and not entry.filename.startswith("__MACOSX/")
    ]
    if len(shapes) != 1:
        raise RefusedError(
            f"it is an archive with {len(shapes)} files .shp, expected one; a spreadsheet is saved "
            "as CSV, a KMZ is unpacked"
        )
    stem = shapes[0].filename[:-4]
    own = {entry.filename[-4:].lower(): entry for entry in entries if entry.filename[:-4] == stem}
    for ending in own.keys() & PARTS:
        (folder / f"layer{ending}").write_bytes(archive.read(own[ending]))
    # GDAL would pass over a coordinate system that it cannot read.
    system = archive.read(own[".prj"]) if ".prj" in own else b""
    table = archive.read(own[".dbf"]) if ".dbf" in own else b""
    notes = [] if ".cpg" in own or not table else _name_encoding(table, folder / "layer.cpg")
    found = _read_by("ESRI Shapefile", folder / "layer.shp")
    return found | {"crs": system.decode("utf-8", "replace").strip(), "notes": notes}


def _name_encoding(table: bytes, path: Path) -> list[str]:
    """Say UTF-8 where a table of dBase says nothing and is that; else tell what is taken for it.

    Bytes 8 and 9 are the length of the head, byte 29 names a code page.
    """
    content = table[int.from_bytes(table[8:10], "little") :]
    if table[29:30] not in (b"\0", b"W") or content.isascii():
        return []
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return ["no .cpg names the encoding of its texts: they are read as Latin-1, look at them"]
    path.write_text("UTF-8")
    return []


def _read_by(driver: str, path: Path, layer: str | None = None) -> Result:
    """Read a file by one driver of GDAL; every other driver is off, and so is its network."""
    os.environ |= {
        "OGR_SKIP": ",".join(sorted(OTHERS - {driver})),
        "GDAL_SKIP": "VRT",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
        "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
    }
    import shapely
    from pyogrio import raw

    meta, _, geometry, cells = raw.read(path, layer=layer, max_features=ROWS + 1)
    columns = [str(name) for name in meta["fields"]]
    _check_size(columns, len(geometry))
    return {
        "columns": columns,
        "rows": [[_plain(column[n]) for column in cells] for n in range(len(geometry))],
        "places": _places(shapely.from_wkb(geometry, on_invalid="ignore")),
        "crs": meta["crs"],
        "notes": [],
    }


def _plain(value: Any) -> Any:
    """Return a cell as JSON can hold it."""
    if hasattr(value, "dtype"):
        value = str(value) if value.dtype.kind in "Mm" else value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, bool | int | float):
        return value
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return None if text == "NaT" else text[:CELL]


def _check_size(columns: Sequence[str], rows: int) -> None:
    if len(columns) > COLUMNS:
        raise RefusedError(f"it has {len(columns)} columns, expected {COLUMNS} at most")
    if rows > ROWS:
        raise RefusedError(f"it has more than {ROWS} rows")


OTHERS: Final = {
    *("OGR_VRT", "GDALG", "HTTP", "WFS", "OAPIF", "OGCAPI", "CSW", "PLSCENES", "Carto", "NGW"),
    *("AmigoCloud", "Elasticsearch", "EEDA", "GPSBabel", "GeoRSS", "GML", "GPX", "SQLite", "PDF"),
    *("DXF", "OSM", "MVT", "MBTiles", "PMTiles", "XLSX", "ODS", "S57", "MapML", "LVBAG", "GMLAS"),
    *("CSV", "GeoJSON", "GeoJSONSeq", "TopoJSON", "ESRIJSON", "JSONFG", "FlatGeobuf", "ADBC"),
    *("KML", "LIBKML", "GPKG", "ESRI Shapefile", "OpenFileGDB", "MapInfo File", "Parquet", "Arrow"),
}
"""Drivers that are off when another reads: all that load something else, and what else there is."""

if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parents[2]))
    main(Path(sys.argv[1]))
