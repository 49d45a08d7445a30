"""Tables made to do harm, or merely odd: each must be a map, or a message that says what is wrong.

Of each: its name, its bytes, and how the message begins or what it holds; nothing for a map.
"""

import io
import json
import sqlite3
import struct
import tempfile
import zipfile
from math import cos, pi, sin
from pathlib import Path

import geopandas
from shapely import Point

HEAD = "name,lon,lat,from,to\n"


def rows(*lines, head=HEAD):
    return (head + "\n".join(lines)).encode()


def collection(*items, crs=None):
    system = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    return json.dumps({"type": "FeatureCollection", **system, "features": items}).encode()


def feature(geometry, **properties):
    own = {"name": "A", "from": 1900, "to": 1910, **properties}
    return {"type": "Feature", "properties": own, "geometry": geometry}


POINT = {"type": "Point", "coordinates": [50, 35]}


def polygon(*ring):
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def zipped_shapefile(damage):
    """Return a Shapefile of two points whose parts are changed by a function."""
    frame = geopandas.GeoDataFrame(
        {"name": ["A", "B"], "from": [1900, 1901]},
        geometry=[Point(50, 35), Point(51, 35)],
        crs=4326,
    )
    packed = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w") as archive:
        frame.to_file(Path(folder) / "x.shp")
        for path in sorted(Path(folder).iterdir()):
            archive.writestr(path.name, damage(path.suffix, path.read_bytes()))
    return packed.getvalue()


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def geopackage(*statements):
    """Return a GeoPackage of one point, after some statements of SQL."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.gpkg"
        frame = geopandas.GeoDataFrame(
            {"name": ["A"], "from": [1900]}, geometry=[Point(50, 35)], crs=4326
        )
        frame.to_file(path, driver="GPKG", layer="good", SPATIAL_INDEX="NO")
        with sqlite3.connect(path) as base:
            for statement in statements:
                base.execute(statement)
        base.close()
        return path.read_bytes()


COMB = [
    place
    for number in range(20_000)
    for place in ([50 + number * 1e-4, 30], [50 + number * 1e-4 + 5e-5, 40])
]

STAR = [[50 + 3 * cos(n * pi * 0.999), 35 + 3 * sin(n * pi * 0.999)] for n in range(2000)]

LONG_AGO = [
    *("0000", "10000", "-44", "٣٠٠", "1e9", "Y-17e7", "y170000002", "[..1907]", "{1667,1668}"),
    *("156X-12-25", "X" * 4000, "1907-08-31T25:61", "²", "(1907)", "9999-12-31/..", "1907/1905"),
    *("1" * 400, "today", "31 August 1907", "August", "1907-02-29", "0x773", "NaN", "-0"),
]

INPUTS = {
    "a grid beside the data": (
        collection(feature(POINT), crs="+proj=longlat +nadgrids=/etc/passwd"),
        "coordinate system",
    ),
    "a file of coordinate systems": (
        collection(feature(POINT), crs="+init=/etc/passwd:x"),
        "coordinate system",
    ),
    "a pipeline": (
        collection(feature(POINT), crs="+proj=pipeline +step +proj=unitconvert"),
        "coordinate system",
    ),
    "a system's file within a file": (
        zipped_shapefile(
            lambda suffix, content: (
                b'GEOGCS["x",DATUM["d",SPHEROID["s",6378137,298],EXTENSION["PROJ4_GRIDS",'
                b'"/etc/passwd"]],PRIMEM["g",0],UNIT["d",0.0174532925199433],'
                b'EXTENSION["PROJ4","+proj=longlat +nadgrids=/etc/passwd"]]'
                if suffix == ".prj"
                else content
            )
        ),
        "coordinate system",
    ),
    "a heading twice": (
        rows("A,B,50,35,1900", head="name,name,lon,lat,from\n"),
        "several of its columns are called name",
    ),
    "names of Python and of JavaScript": (
        rows(
            "A,50,35,1900,x,x,x,x,x",
            head="name,lon,lat,from,__class__,geometry,index,constructor,__proto__\n",
        ),
        "",
    ),
    "names that are nothing": (rows("A,50,35,1900,1,2", head="name,lon,lat,from,,\n"), ""),
    "no name for any row": (rows("1900,50,35", head="from,lon,lat\n"), ""),
    "a quotation without end": (b'name,lon,lat,from\n"' + b"x," * 1_500_000, "cannot be read"),
    "a thousand signs above a letter": (rows(f"o{chr(0x301) * 1000}rum,50,35,1900,1910"), ""),
    "directions of writing": (rows("\u202e\u2066\u202dabc\u2069,50,35,1900,1910"), ""),
    "a word of 20,000 letters": (rows(f"{'x' * 20_000},50,35,1900,1910"), ""),
    "formulas": (rows("=cmd|'/c calc'!A1,50,35,1900,1910", "@SUM(1),51,35,1900,1910"), ""),
    "dates of many kinds": (
        rows("Sound,50,35,1900,1910", *(f"A,50,35,{text}," for text in LONG_AGO)),
        "",
    ),
    "all at one place": (rows(*(f"A{n},50,35,{1900 + n % 9},1910" for n in range(2000))), ""),
    "longitudes on the other side": (rows("A,410,35,1900,1910", "B,50,35,1900,1910"), ""),
    "the whole Earth": (
        collection(feature(polygon([-180, -90], [180, -90], [180, 90], [-180, 90]))),
        "",
    ),
    "across the line of dates": (
        collection(feature(polygon([170, 50], [190, 50], [190, 60], [170, 60])), feature(POINT)),
        "",
    ),
    "a line of no length": (
        collection(feature({"type": "LineString", "coordinates": [[50, 35], [50, 35]]})),
        "nothing can be shown",
    ),
    "a comb of 40,000 vertices": (collection(feature(polygon(*COMB, [52.1, 29], [49.9, 29]))), ""),
    "a star that crosses itself two million times": (
        collection(feature(polygon(*STAR)), feature(POINT)),
        "",
    ),
    "a hundred shapes, one within the other": (
        collection(
            *(
                feature(
                    polygon([50 - s, 35 - s], [50 + s, 35 - s], [50 + s, 35 + s], [50 - s, 35 + s])
                )
                for s in (n / 20 for n in range(1, 101))
            )
        ),
        "",
    ),
    "collections in collections": (
        collection(
            feature(
                {
                    "type": "GeometryCollection",
                    "geometries": [{"type": "GeometryCollection", "geometries": [POINT]}, POINT],
                }
            ),
            feature(POINT),
        ),
        "",
    ),
    "huge numbers": (
        collection(feature({"type": "Point", "coordinates": [1e308, -1e308]}), feature(POINT)),
        "",
    ),
    "metres that are none": (
        collection(
            feature({"type": "Point", "coordinates": [1e300, 1e300]}),
            feature({"type": "Point", "coordinates": [5_700_000, 4_100_000]}),
            crs="EPSG:3857",
        ),
        "",
    ),
    "properties within properties": (
        collection(feature(POINT, note={"a": [{"b": [[[["x"]]]]}]}, name=["x", {"y": None}])),
        "",
    ),
    "a search index for a table": (
        geopackage(
            "CREATE VIRTUAL TABLE found USING fts5(name)",
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) "
            "VALUES ('found', 'features', 'found', '2000-01-01T00:00:00Z')",
            "DELETE FROM gpkg_contents WHERE table_name = 'good'",
        ),
        "cannot be read",
    ),
    "a table with a name like SQL": (
        geopackage(
            'ALTER TABLE good RENAME TO "x""; DROP TABLE gpkg_contents; --"',
            "UPDATE gpkg_contents SET table_name = 'x\"; DROP TABLE gpkg_contents; --'",
            "UPDATE gpkg_geometry_columns SET table_name = 'x\"; DROP TABLE gpkg_contents; --'",
        ),
        "",
    ),
    "shapes that are letters": (
        geopackage("UPDATE good SET geom = 'shape'"),
        "cannot be read",
    ),
    "a count that is none": (
        zipped_shapefile(
            lambda suffix, content: (
                content[:4] + struct.pack("<I", 2**31 - 1) + content[8:]
                if suffix == ".dbf"
                else content
            )
        ),
        "",
    ),
    "lengths that are none": (
        zipped_shapefile(
            lambda suffix, content: (
                content[:104] + struct.pack(">i", 2**30) + content[108:]
                if suffix in (".shp", ".shx")
                else content
            )
        ),
        "cannot be read",
    ),
    "links of a network": (
        b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link>'
        b"<href>https://elsewhere.test/x.kml</href></Link></NetworkLink><GroundOverlay><Icon>"
        b"<href>/etc/passwd</href></Icon></GroundOverlay></Document></kml>",
        "found no rows",
    ),
    "folders 50,000 deep": (
        b'<kml xmlns="http://www.opengis.net/kml/2.2">'
        + b"<Folder>" * 50_000
        + b"</Folder>" * 50_000
        + b"</kml>",
        "found no rows",
    ),
    "another encoding than it says": (
        b'<?xml version="1.0" encoding="utf-7"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        b"<Placemark><name>A</name></Placemark></kml>",
        "no column with dates",
    ),
    "a workbook": (zipped(**{"xl/workbook.xml": "<workbook/>"}), "files .shp"),
    "a table of columns (Parquet)": (b"PAR1\x15\x04\x15\x00PAR1", "no text"),
    "a pickle": (b"\x80\x04cposix\nsystem\n(S'true'\ntR.", "not in UTF-8"),
    "20,000 rows of nothing": (rows(*["x"] * 20_000), "nothing can be shown"),
}
