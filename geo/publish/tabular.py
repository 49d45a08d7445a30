"""Features as tables: CSV, GeoPackage, GeoParquet."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import quoteattr

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError
from geo.model.features import Feature
from geo.model.symbology import Symbology, load_symbology
from geo.publish.table import DATES, NUMBERS, Table

__all__ = ["safe_cell", "to_csv", "to_geopackage", "to_geoparquet"]

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would run."""

FORMS: Final = {"": "unplaced", "Point": "points", "LineString": "lines", "Polygon": "areas"}
"""Layers of a GeoPackage, by the type of their geometries."""

MADE: Final = "2000-01-01T00:00:00Z"
"""The time a GeoPackage says it was made: the same for the same content."""


def to_csv(table: Table) -> bytes:
    """Return CSV in UTF-8 with a byte order mark, as spreadsheets read it; geometry as WKT.

    Cells that a spreadsheet would take for a formula begin with an apostrophe.
    """
    text = io.StringIO()
    about = {name: table.about[name] for name in ("license", "attribution", "version")}
    writer = csv.writer(text)
    writer.writerow([*table.columns, *about, "longitude", "latitude", "wkt"])
    for feature, row in zip(table.features, table.rows, strict=True):
        place = shape(feature.geometry) if feature.geometry else None
        point = place if place is not None and place.geom_type == "Point" else None
        cells = [*(row[name] for name in table.columns), *about.values()]
        position = (point.x, point.y) if point else ("", "")
        wkt = shapely.to_wkt(place, rounding_precision=5) if place is not None else ""
        writer.writerow([*map(safe_cell, cells), *position, wkt])
    return text.getvalue().encode("utf-8-sig")


def safe_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def to_geopackage(table: Table) -> bytes:
    """Return a GeoPackage: layers of points, lines, areas and unplaced, with dates and styles.

    Raises GeoError when the disk has no room for it.
    """
    import pyogrio  # with GDAL, it takes half a second

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": MADE})
    symbology = load_symbology(table.catalogue.root)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "atlas.gpkg"
            for name in FORMS.values():
                if any(_form(feature) == name for feature in table.features):
                    _write_layer(table, path, name, pyogrio)
            _add_styles(path, symbology)
            return path.read_bytes()
    except (OSError, RuntimeError, sqlite3.Error) as err:  # GDAL's errors are RuntimeErrors
        raise GeoError(f"a GeoPackage cannot be made: {str(err).splitlines()[0]}") from err
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def to_geoparquet(table: Table) -> bytes:
    """Return GeoParquet, with what is said of the data in the file's own metadata."""
    from pyarrow import parquet

    arrow, types = _to_arrow(table, list(range(len(table.features))))
    geo = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": types}},
    }
    said = {"geo": json.dumps(geo), **table.about}
    buffer = io.BytesIO()
    parquet.write_table(arrow.replace_schema_metadata(said), buffer, compression="zstd")
    return buffer.getvalue()


def _form(feature: Feature) -> str:
    return FORMS[feature.geometry_type.removeprefix("Multi")]


def _to_arrow(table: Table, chosen: list[int], *, alike: bool = False) -> tuple[Any, list[str]]:
    """Return rows as an Arrow table with geometry as WKB, and the types of geometry in it.

    `alike` makes lines and areas multiple when some are: a layer has one type.
    """
    import pyarrow

    fields = [
        *((name, _arrow_type(name, pyarrow)) for name in table.columns),
        ("geometry", pyarrow.binary()),
    ]
    places = [shape(item.geometry) if item.geometry else None for item in table.features]
    types = sorted({place.geom_type for number in chosen if (place := places[number])})
    if alike and len(types) > 1:
        places = [place and _multiple(place) for place in places]
        types = [name for name in types if name.startswith("Multi")]
    rows = [{**table.rows[number], "geometry": shapely.to_wkb(places[number])} for number in chosen]
    return pyarrow.Table.from_pylist(rows, schema=pyarrow.schema(fields)), types


def _arrow_type(name: str, pyarrow: Any) -> Any:
    if name in DATES:
        return pyarrow.date32()
    return pyarrow.float64() if name in NUMBERS else pyarrow.string()


def _multiple(place: BaseGeometry) -> BaseGeometry:
    return {"LineString": shapely.MultiLineString, "Polygon": shapely.MultiPolygon}.get(
        place.geom_type, lambda _: place
    )([place])


def _write_layer(table: Table, path: Path, name: str, pyogrio: Any) -> None:
    chosen = [number for number, item in enumerate(table.features) if _form(item) == name]
    arrow, types = _to_arrow(table, chosen, alike=True)
    placed = name != "unplaced"
    pyogrio.write_arrow(
        arrow if placed else arrow.drop_columns(["geometry"]),
        path,
        layer=name,
        driver="GPKG",
        append=path.exists(),
        geometry_name="geometry" if placed else None,
        geometry_type=types[0] if placed else None,
        crs="EPSG:4326" if placed else None,
        layer_metadata=dict(table.about),
    )


def _add_styles(path: Path, symbology: Symbology) -> None:
    """Add styles by actor, where QGIS looks for them."""
    symbols = {
        "points": ("marker", "SimpleMarker", "color"),
        "lines": ("line", "SimpleLine", "line_color"),
        "areas": ("fill", "SimpleFill", "color"),
    }
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(
            "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, f_table_catalog TEXT, "
            "f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, "
            "styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT, "
            f"ui TEXT, update_time DATETIME DEFAULT '{MADE}')"
        )
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) "
            f"VALUES ('layer_styles', 'attributes', 'layer_styles', '{MADE}')"
        )
        known = {row[0] for row in base.execute("SELECT table_name FROM gpkg_contents")}
        for layer, (kind, simple, key) in symbols.items():
            if layer in known:
                qml = _qml(symbology, kind, simple, key)
                base.execute(
                    "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
                    "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, "
                    "owner) VALUES ('', '', ?, 'geometry', 'by actor', ?, '', 1, '', '')",
                    (layer, qml),
                )


def _qml(symbology: Symbology, kind: str, simple: str, key: str) -> str:
    actors = [actor for actor in symbology.actors.values() if actor.id != "none"]
    categories = "".join(
        f"<category symbol={quoteattr(str(number))} value={quoteattr(actor.id)} "
        f'label={quoteattr(actor.title)} render="true"/>'
        for number, actor in enumerate(actors)
    )
    symbols = "".join(
        f'<symbol type="{kind}" name="{number}" alpha="{0.5 if kind == "fill" else 1}">'
        f'<layer class="{simple}"><Option type="Map">'
        f'<Option type="QString" name="{key}" value="{_rgb(actor.light)}"/>'
        "</Option></layer></symbol>"
        for number, actor in enumerate(actors)
    )
    return (
        '<qgis version="3.22"><renderer-v2 type="categorizedSymbol" attr="actor">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2></qgis>"
    )


def _rgb(colour: str) -> str:
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"
