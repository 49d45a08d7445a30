"""Other people's files: the same table in five formats, and what is made to do harm."""

import io
import json
import sqlite3
import tempfile
import time
import zipfile

import geopandas
import pytest
import shapely
from shapely import MultiPolygon, Point, box

import geo
from geo.errors import GeoError
from geo.publish.documents import KML
from geo.tables.reader import load_table

CSV = (
    "name,longitude,latitude,from,to,kind\n"
    "Alpha,49.47,37.47,1899,1918,depot\n"
    "Beta,51.42,35.69,1906-08-05,1911-12-24,post\n"
    "Gamma,46.29,38.08,1916?,,post\n"
)


def sample():
    return load_table(CSV.encode(), "places.csv").frame


def as_geojson(frame):
    return frame.to_json().encode()


def as_geopackage(frame, folder):
    frame.to_file(folder / "x.gpkg", driver="GPKG")
    return (folder / "x.gpkg").read_bytes()


def as_shapefile(frame, folder):
    frame.to_file(folder / "places.shp")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(folder.glob("places.*")):
            archive.write(path, path.name)
    return packed.getvalue()


def as_kml(frame):
    marks = "".join(
        f"<Placemark><name>{row.name_}</name><ExtendedData>"
        f'<Data name="kind"><value>{row.kind}</value></Data></ExtendedData>'
        f"<TimeSpan><begin>{row.begin}</begin>{f'<end>{row.to}</end>' if row.to else ''}</TimeSpan>"
        f"<Point><coordinates>{row.geometry.x},{row.geometry.y},0</coordinates></Point></Placemark>"
        for row in frame.rename(columns={"name": "name_", "from": "begin"})
        .astype(object)
        .where(lambda cells: cells.notna(), None)
        .itertuples()
    )
    return f'<?xml version="1.0"?><kml xmlns="{KML}"><Document>{marks}</Document></kml>'.encode()


def told(frame):
    map_ = geo.explore(frame)
    assert not map_.faults
    return [
        (
            *(f.properties[key] for key in ("title", "begin", "end", "begin_edtf", "kind")),
            f.geometry,
        )
        for f in map_.features
    ]


def in_all_forms(frame, folder):
    """Return the table in every format that is read, by its name."""
    return {
        "geojson": as_geojson(frame),
        "gpkg": as_geopackage(frame, folder),
        "kml": as_kml(frame),
        "zip": as_shapefile(frame, folder),
        "utf-16.csv": CSV.encode("utf-16"),
        "semicolons.csv": CSV.replace(",", ";").encode("utf-8-sig"),
        "named-separator.csv": b"sep=|\r\n" + CSV.replace(",", "|").encode(),
        "old-line-ends.csv": CSV.replace("\n", "\r").encode(),
    }


@pytest.mark.slow
def test_the_same_table_gives_the_same_features(tmp_path):
    frame = sample()
    for form, content in in_all_forms(frame, tmp_path).items():
        assert told(load_table(content, "x").frame) == told(frame), form


def test_other_coordinate_systems_and_heights():
    frame = sample().to_crs(3857)
    content = json.loads(as_geojson(frame))
    content["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    for item in content["features"]:
        item["geometry"]["coordinates"].append(120.5)
    assert [row[5] for row in told(load_table(json.dumps(content).encode(), "x").frame)] == [
        row[5] for row in told(sample())
    ]


VRT = (
    b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'
    b"</OGRVRTLayer></OGRVRTDataSource>"
)

POINT = {"type": "Point", "coordinates": [50, 35]}


def collection(*items):
    return json.dumps({"type": "FeatureCollection", "features": items}).encode()


def packed(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


HOSTILE = {
    "nothing": (b"", "is empty"),
    "blanks": (b" \n ", "is empty"),
    "binary": (b"\x7fELF\x00\x01\x02", "no text"),
    "cp1252": ("name,lon,lat\nCaf\xe9,1,2".encode("cp1252"), "save the file as UTF-8"),
    "a page": (b"<!doctype html><title>404</title>", "no KML"),
    "virtual format": (VRT, "no KML"),
    "service": (b"<WFSDataSource><URL>https://elsewhere.test/</URL></WFSDataSource>", "no KML"),
    "entities": (
        b'<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><kml>&b;</kml>',
        "document type",
    ),
    "broken kml": (b"<kml><Document>", "no XML"),
    "truncated": (b'{"type":"FeatureCollection","features":[', "no JSON: line 1, column 41"),
    "numbers": (b'{"type":"FeatureCollection","features":[NaN]}', "the number NaN"),
    "list": (b"[1,2]", "expected a GeoJSON FeatureCollection"),
    "topology": (b'{"type":"Topology"}', "found JSON of type 'Topology'"),
    "features are a text": (b'{"type":"FeatureCollection","features":"x"}', "FeatureCollection"),
    "deep": (b'{"type":"FeatureCollection","features":' + b"[" * 200_000, "more memory"),
    "long number": (
        b'{"type":"FeatureCollection","features":[' + b"9" * 200_000 + b"]}",
        "cannot be read",
    ),
    "many keys": (
        collection(*({"type": "Feature", "properties": {f"k{n}": 1}} for n in range(300))),
        "300 columns",
    ),
    "many rows": (collection(*({} for _ in range(20_001))), "more than 20000 rows"),
    "broken zip": (b"PK\x03\x04 nothing", "broken ZIP"),
    "zip bomb": (packed(**{"x.shp": "0" * 60_000_000}), "too much"),
    "many entries": (packed(**{f"{n}.txt": "" for n in range(30)}), "has 30 files"),
    "no shapefile": (packed(**{"x.txt": "hello"}), "0 files .shp"),
    "bad shapefile": (packed(**{"../../x.shp": "hello"}), "cannot be read"),
    "broken database": (b"SQLite format 3\x00" + b"\x01" * 500, "cannot be read"),
    "a name twice": (b"name,lon,lat,name\nx,1,2,y", "several of its columns are called name"),
    "one column": (b"hello world\nthere", "no columns"),
    "no places": (b"name,from\nx,1900", "expected longitude and latitude"),
    "no rows": (b"name,lon,lat,from\n", "found no rows"),
    "unknown system": (
        json.dumps(
            {
                "type": "FeatureCollection",
                "crs": {"type": "name", "properties": {"name": "https://elsewhere.test/x"}},
                "features": [{"type": "Feature", "properties": {}, "geometry": POINT}],
            }
        ).encode(),
        "coordinate system",
    ),
    "large": (b"x" * (11 * 1024**2), "bytes, expected"),
}


@pytest.mark.sampled
@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_one_plain_sentence(name):
    content, message = HOSTILE[name]
    began = time.monotonic()
    with pytest.raises(GeoError, match=message) as caught:
        load_table(content, "file.geojson")
    assert "Traceback" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400
    assert time.monotonic() - began < 30


def test_lines_are_counted_from_where_a_file_begins():
    told = load_table(b"sep=;\nname;lon;lat\nA;49;37;1\n", "x.csv").notes
    assert told == ("line 3: has 4 cells, expected 3",)


@pytest.mark.sampled
@pytest.mark.parametrize("text", [b"garbage", b'GEOGCS["GCS_WGS', b"\xff\xfe\x00"])
def test_a_broken_prj_is_named(tmp_path, text):
    packed = as_shapefile(sample(), tmp_path)
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as whole, zipfile.ZipFile(broken, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, text if name.endswith(".prj") else whole.read(name))
    with pytest.raises(GeoError, match=r"its coordinate system '.+' is not known"):
        load_table(broken.getvalue(), "x.zip")


def test_a_view_that_never_ends_is_not_read(tmp_path):
    path = tmp_path / "x.gpkg"
    sample().to_file(path, driver="GPKG", layer="good")
    with sqlite3.connect(path) as base:
        base.execute(
            "CREATE VIEW bad AS WITH RECURSIVE r(x) AS "
            "(SELECT 1 UNION ALL SELECT x FROM r) SELECT * FROM r"
        )
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id) "
            "SELECT 'bad', data_type, 'bad', last_change, srs_id FROM gpkg_contents"
        )
    assert len(load_table(path.read_bytes(), "x.gpkg").frame) == 3


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        (None, "has no geometry"),
        ("text", "has no geometry"),
        ({"geometry": {"type": "Point", "coordinates": ["x", 2]}}, "has no geometry"),
        ({"geometry": {"type": "Circle", "coordinates": [1, 2]}}, "has no geometry"),
        ({"geometry": {"type": "Point", "coordinates": [50, 135]}}, "is outside longitude"),
        ({"geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}}, "has no geometry"),
    ],
)
def test_what_is_wrong_with_one_feature_is_told_of_that_row(item, fault):
    sound = {"type": "Feature", "properties": {"title": "A", "year": 1900}, "geometry": POINT}
    if isinstance(item, dict):
        item = {"type": "Feature", "properties": {"title": "B", "year": 1901}, **item}
    map_ = geo.explore(load_table(collection(sound, item), "x").frame)
    assert len(map_.features) == 1
    assert any(said.startswith("row 2") and fault in said for said in map_.faults)


def test_a_star_that_crosses_itself_takes_no_time():
    from math import cos, pi, sin

    ring = [[50 + cos(n * pi * 0.99), 35 + sin(n * pi * 0.99)] for n in range(200)]
    star = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    items = [
        {"type": "Feature", "properties": {"year": 1900}, "geometry": place}
        for place in (POINT, star)
    ]
    began = time.process_time()
    assert "not valid" in geo.explore(load_table(collection(*items), "x").frame).faults[0]
    assert time.process_time() - began < 5


def test_shapes_of_a_geopackage_keep_their_dates(tmp_path):
    frame = geopandas.GeoDataFrame(
        {"title": ["A", "B"], "begin": ["1890-01-01", None], "end": ["1899-12-31", "1907-08-30"]},
        geometry=[MultiPolygon([box(0, 0, 1, 1)]), Point(3, 3)],
        crs=4326,
    )
    read = load_table(as_geopackage(frame, tmp_path), "x").frame
    assert [row[1:3] for row in told(read)] == [("1890-01-01", "1900-01-01"), ("", "1907-08-31")]


def test_a_table_with_old_line_ends_is_read_and_odd_degrees_are_told():
    content = b"name,longitude,latitude,from\rAlpha,49.5,37.5,1899\rBeta,49\xc2\xb028'E,37,1900\r"
    loaded = load_table(content, "x.csv")
    assert list(loaded.frame["name"]) == ["Alpha", "Beta"]
    assert loaded.notes == (
        "row 2: found \"49°28'E\", '37', expected degrees such as 49.47, 37.47",
    )


SQUARE = "POLYGON ((49 37, 50 37, 50 38, 49 37))"


@pytest.mark.parametrize("column", ["wkt", "geometry", "the_geom", "Umriß"])
@pytest.mark.parametrize(
    ("cells", "crs"),
    [
        ([SQUARE, "POINT Z (51 35 9)"], 4326),
        ([SQUARE.lower(), "MULTIPOINT((51 35))"], 4326),
        (["SRID=4326;" + SQUARE, "SRID=4326;POINT(51 35)"], 4326),
        (["SRID=32639;POINT (500000 4100000)", "SRID=32639;POINT (500000 4200000)"], 32639),
    ],
)
def test_well_known_text_is_a_place(column, cells, crs):
    rows = "".join(f'{number},"{cell}",190{number}\n' for number, cell in enumerate(cells))
    loaded = load_table(f"name,{column},from\n{rows}".encode(), "x.csv")
    assert loaded.frame.crs.to_epsg() == crs
    assert list(loaded.frame.columns) == ["name", "from", "geometry"]
    expected = [shapely.force_2d(shapely.from_wkt(cell.split(";")[-1])) for cell in cells]
    assert list(loaded.frame.geometry) == expected
    assert loaded.notes == ()


def test_well_known_text_that_is_none_is_noted_and_the_rest_is_read():
    long = ", ".join(f"{40 + n / 1000} {n / 1000}" for n in range(4_000))  # longer than a cell
    content = f"name;wkt;from\nA;LINESTRING ({long});1899\nB;POINT (1;1900\nC;;1901\n"
    loaded = load_table(content.encode(), "x.csv")
    assert len(loaded.frame.geometry[0].coords) == 4_000
    assert list(loaded.frame.geometry[1:]) == [None, None]
    assert loaded.notes == (
        "row 2: found 'POINT (1', expected a geometry such as POINT (49.47 37.47)",
    )


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (["SRID=4326;POINT (1 2)", "SRID=3857;POINT (1 2)"], "2 coordinate systems, expected one"),
        (["CIRCULARSTRING (0 0, 1 1, 2 0)", "COMPOUNDCURVE ((0 0, 1 1))"], ""),
        (["SRID=999999;POINT (1 2)"], "coordinate system 'EPSG:999999' is not known"),
        (["GEOMETRYCOLLECTION (" * 200_000], ""),
    ],
)
def test_hostile_well_known_text_is_one_message(cells, fault):
    content = "name,wkt,from\n" + "".join(f'a,"{cell}",1900\n' for cell in cells)
    assert fault in outcome(content)


def outcome(content):
    """Return the one line that a file is refused with; nothing when it is read, without places."""
    try:
        loaded = load_table(content.encode(), "x.csv")
    except GeoError as err:
        (line,) = str(err).splitlines()
        return line
    assert set(loaded.frame.geometry) == {None}
    return ""


def test_degrees_may_be_written_in_other_scripts():
    content = (
        "name,lon,lat,from\nA,\u06f5\u06f1\u066b\u06f4,\u06f3\u06f5,\u06f1\u06f9\u06f0\u06f0\n"
    )
    (place,) = load_table(content.encode(), "x.csv").frame.geometry
    assert (place.x, place.y) == (51.4, 35.0)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("www.opengis.net/kml/2.2", "earth.google.com/kml/2.1").encode(),
        lambda text: text.replace(' xmlns="http://www.opengis.net/kml/2.2"', "").encode(),
        lambda text: ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16"),
    ],
    ids=["an older namespace", "no namespace", "UTF-16 that says so"],
)
def test_kml_is_read_as_other_programs_write_it(change):
    text = as_kml(sample()).decode()
    assert told(load_table(change(text[text.index("<kml") :]), "x.kml").frame) == told(sample())


def rezipped(packed, *, without=(), more=None):
    """Return a Shapefile without the files of some endings, with other files beside it."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as whole, zipfile.ZipFile(changed, "w") as archive:
        for name in whole.namelist():
            if not name.endswith(without):
                archive.writestr(name, whole.read(name))
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return changed.getvalue()


def test_a_shapefile_packed_on_a_mac_is_read(tmp_path):
    packed = as_shapefile(sample(), tmp_path)
    more = {"__MACOSX/._places.shp": b"x", "__MACOSX/._places.dbf": b"x"}
    loaded = load_table(rezipped(packed, more=more), "x.zip")
    assert told(loaded.frame) == told(load_table(packed, "x.zip").frame)


@pytest.mark.parametrize(
    ("title", "encoding", "noted"),
    [("Täbris", "UTF-8", False), ("Тебриз", "UTF-8", False), ("Рёшт", "CP1251", True)],
)
def test_a_shapefile_that_names_no_encoding_is_utf_8_or_its_reader_is_told(
    tmp_path, title, encoding, noted
):
    frame = sample().assign(name=title)
    frame.to_file(tmp_path / "places.shp", encoding=encoding)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in tmp_path.glob("places.*"):
            content = path.read_bytes()
            if path.suffix == ".dbf":
                content = content[:29] + b"\0" + content[30:]
            archive.writestr(path.name, content)
    loaded = load_table(rezipped(packed.getvalue(), without=(".cpg",)), "x.zip")
    assert any(".cpg" in note for note in loaded.notes) == noted
    assert (set(loaded.frame["name"]) == {title}) != noted


@pytest.mark.parametrize(
    "name", ["[Content_Types].xml", "doc.kml"], ids=["a spreadsheet", "a packed KML"]
)
def test_other_archives_are_told_what_to_become(name):
    with pytest.raises(GeoError, match="a spreadsheet is saved as CSV, a KMZ is unpacked"):
        load_table(packed(**{name: "x"}), "x")


def test_a_comma_at_the_end_of_a_line_is_nothing_and_a_cell_too_many_is_told():
    lines = CSV.splitlines()
    lines[1] += ",,"
    assert load_table("\n".join(lines).encode(), "x.csv").notes == ()
    lines[1] += "saw"
    (note,) = load_table("\n".join(lines).encode(), "x.csv").notes
    assert note == "line 2: has 8 cells, expected 6"


def test_dates_as_gdal_writes_them_where_a_format_has_none():
    frame = sample().assign(**{"from": ["1850/01/31 00:00:00", "1906/08/05", "1916/01/01"]})
    assert [one.properties["begin_edtf"] for one in geo.explore(frame).features] == [
        "1850-01-31",
        "1906-08-05",
        "1916-01-01",
    ]


def test_a_fault_names_no_folder_of_ours():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for kind in ("shp", "shx", "dbf"):
            archive.writestr(f"layer.{kind}", b"broken")
    with pytest.raises(GeoError, match=r"'layer\.shp'") as caught:
        load_table(content.getvalue(), "layer.zip")
    assert tempfile.gettempdir() not in str(caught.value)


def test_a_quotation_mark_that_is_not_closed_is_told_with_its_line():
    loaded = load_table(b'name,lon,lat,year\nA,1,2,1900\n"B,3,4,1901\nC,5,6,1902\n', "x.csv")
    assert list(loaded.frame["name"]) == ["A"]
    assert loaded.notes == ("line 3: a quotation mark opens there and is not closed",)
    with pytest.raises(GeoError, match="line 2: a quotation mark opens there and is not closed"):
        load_table(b'name,lon,lat,year\n"A,1,2,1900\nC,5,6,1902\n', "x.csv")
    # Inches are no quotation, and doubled marks close.
    whole = b'name,lon,lat,year\n5" gun,1,2,1900\n"a ""b"" c",3,4,1901\n6" gun,5,6,1902\n'
    assert load_table(whole, "x.csv").notes == ()
    assert len(load_table(whole, "x.csv").frame) == 3


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Pont", "coordinates": [50, 36]},
        {"type": "Point", "coordinates": ["a", "b"]},
        {"type": "Point", "coordinates": [50]},
    ],
)
def test_a_geometry_that_is_none_is_quoted(geometry):
    content = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"year": 1900}, "geometry": geometry},
            {
                "type": "Feature",
                "properties": {"year": 1900},
                "geometry": {"type": "Point", "coordinates": [50, 36]},
            },
        ],
    }
    (note,) = load_table(json.dumps(content).encode(), "x.geojson").notes
    assert note == f"row 1: found {json.dumps(geometry)}, expected a GeoJSON geometry"


@pytest.mark.parametrize(
    ("shape", "found"),
    [
        ("<Point><coordinates> east,north </coordinates></Point>", "east,north"),
        ("<Point><coordinates>50</coordinates></Point>", "50"),
        ("<LineString><coordinates>50,36</coordinates></LineString>", "50,36"),
        (
            "<Polygon><outerBoundaryIs><LinearRing><coordinates>50,36\n 51,x 52,37</coordinates>"
            "</LinearRing></outerBoundaryIs></Polygon>",
            "50,36 51,x 52,37",
        ),
    ],
)
def test_coordinates_of_kml_that_are_none_are_quoted(shape, found):
    good = "<Placemark><Point><coordinates>50,36,0</coordinates></Point></Placemark>"
    bad = f"<Placemark><name>A</name>{shape}</Placemark>"
    none = "<Placemark><name>B</name></Placemark>"
    text = f'<kml xmlns="{KML}"><Document>{good}{bad}{none}</Document></kml>'
    loaded = load_table(text.encode(), "x.kml")
    expected = "as many longitude,latitude as the shape needs, such as 49.47,37.47"
    (note,) = loaded.notes
    assert note == f"row 2 (A): found coordinates {found!r}, expected {expected}"
    assert loaded.frame.geometry.notna().tolist() == [True, False, False]


def test_a_broken_part_of_a_placemark_takes_no_other_with_it():
    mark = (
        "<Placemark><name>Two  wells</name><MultiGeometry>"
        "<Point><coordinates>50,36</coordinates></Point>"
        "<Point><coordinates>here</coordinates></Point>"
        "<Point><coordinates>there</coordinates></Point></MultiGeometry></Placemark>"
    )
    loaded = load_table(f"<kml><Document>{mark}</Document></kml>".encode(), "wells.kml")
    assert [one.wkt for one in loaded.frame.geometry] == ["POINT (50 36)"]
    told = [note.partition(", expected")[0] for note in loaded.notes]
    assert told == [f"row 1 (Two wells): found coordinates {text!r}" for text in ("here", "there")]
