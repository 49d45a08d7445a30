"""Data in everybody's formats, each read back by a reader of other people's."""

import csv
import io
import json
import re
import sqlite3
import subprocess
import sys
from datetime import date, timedelta

import bibtexparser
import geopandas
import pandas
import pyogrio
import pytest
import shapely
from fastkml import KML
from fastkml.times import TimeSpan
from pyarrow import parquet
from shapely.geometry import shape

from geo.errors import GeoError
from geo.publish.formats import FORMATS, write_format
from geo.publish.tabular import safe_cell


@pytest.fixture(scope="module")
def written(catalogue, tmp_path_factory):
    """Return the path of all eras' features in a format."""
    folder = tmp_path_factory.mktemp("formats")

    def write(name, ending=None):
        path = folder / f"atlas.{ending or name}"
        if not path.exists():
            path.write_bytes(write_format(catalogue, catalogue.eras, name))
        return path

    return write


@pytest.fixture(scope="module")
def expected(features):
    return {feature.id: feature for feature in features}


def same_place(found, feature):
    if not feature.geometry:
        return found is None or found.is_empty
    return shapely.normalize(found).equals_exact(
        shapely.normalize(_alike(shape(feature.geometry), found)), 1e-5
    )


def _alike(place, found):
    if found.geom_type.startswith("Multi") and not place.geom_type.startswith("Multi"):
        return type(found)([place])
    return place


def compare(rows, expected):
    """Compare rows (id, begin, end, certainty, sources, geometry) with the features, one by one."""
    rows = list(rows)
    assert {row[0] for row in rows} == set(expected)
    assert len(rows) == len(expected)
    for name, begin, end, certainty, sources, place in rows:
        feature = expected[name]
        own = feature.properties
        assert (str(begin or ""), str(end or "")) == (own["begin"], own["end"]), name
        assert certainty == own["certainty"], name
        assert sources.split("; ") == list(feature.sources), name
        assert same_place(place, feature), name


def test_geojson_is_flat_and_the_same(written, expected):
    content = json.loads(written("geojson").read_text(encoding="utf-8"))
    for item in content["features"]:
        assert all(not isinstance(value, dict | list) for value in item["properties"].values())
    rows = (
        (
            item["id"],
            *(item["properties"][key] for key in ("begin", "end", "certainty", "sources")),
            shape(item["geometry"]) if item["geometry"] else None,
        )
        for item in content["features"]
    )
    compare(rows, expected)
    assert content["license"]
    assert content["version"]


@pytest.mark.parametrize("name", ["geojson", "jsonfg", "lpf"])
def test_areas_run_to_the_left_of_their_outer_rings(written, name):
    content = json.loads(written(name).read_text(encoding="utf-8"))
    areas = [
        part
        for item in content["features"]
        if item["geometry"]
        for part in getattr(shape(item["geometry"]), "geoms", [shape(item["geometry"])])
        if part.geom_type == "Polygon"
    ]
    assert len(areas) > 100
    assert all(area.exterior.is_ccw for area in areas)
    assert not any(ring.is_ccw for area in areas for ring in area.interiors)


def table(frame):
    for row in frame.itertuples():
        begin, end = (None if pandas.isna(day) else day for day in (row.begin, row.end))
        days = (day.date() if hasattr(day, "date") else day for day in (begin, end))
        place = getattr(row, "geometry", None)
        yield (row.id, *days, row.certainty, row.sources, place)


def test_geopackage_has_real_dates_styles_and_the_same_features(written, expected):
    path = written("gpkg")
    layers = dict(pyogrio.list_layers(path))
    assert layers == {
        "points": "Point",
        "lines": "MultiLineString",
        "areas": "MultiPolygon",
        "unplaced": None,
        "layer_styles": None,
    }
    rows = []
    for layer in ("points", "lines", "areas", "unplaced"):
        info = pyogrio.read_info(path, layer=layer)
        assert dict(zip(info["fields"], info["dtypes"], strict=True))["begin"] == "datetime64[D]"
        assert info["layer_metadata"]["license"].startswith("CC BY 4.0")
        rows += table(pyogrio.read_dataframe(path, layer=layer))
    compare(rows, expected)
    with sqlite3.connect(path) as base:
        styles = base.execute("SELECT f_table_name, styleQML FROM layer_styles").fetchall()
    assert {name for name, _ in styles} == {"points", "lines", "areas"}
    assert all('value="russia"' in qml for _, qml in styles)


def test_geoparquet_is_the_same(written, expected):
    path = written("parquet")
    frame = geopandas.read_parquet(path)
    assert frame.crs.to_epsg() in (4326, None) or frame.crs.to_authority() == ("OGC", "CRS84")
    compare(table(frame), expected)
    schema = parquet.read_schema(path)
    assert str(schema.field("begin").type) == "date32[day]"
    assert schema.metadata[b"license"].startswith(b"CC BY 4.0")


def test_json_fg_is_read_with_its_times(written, expected):
    path = written("jsonfg")
    frame = pyogrio.read_dataframe(f"JSONFG:{path}")
    assert set(frame["id"]) == set(expected)
    content = json.loads(path.read_text(encoding="utf-8"))
    for item in content["features"]:
        own = expected[item["id"]].properties
        last = own["end"] and str(date.fromisoformat(own["end"]) - timedelta(days=1))
        time = item["time"] or {"interval": ["..", ".."]}
        ends = (time["date"],) * 2 if "date" in time else time["interval"]
        assert list(ends) == [own["begin"] or "..", last or ".."]


def test_kml_has_times_as_exact_as_the_source(written, expected):
    kml = KML.parse(written("kml"), strict=False)
    (document,) = kml.features
    marks = [mark for folder in document.features for mark in folder.features]
    assert {mark.id for mark in marks} == set(expected)
    assert "CC BY 4.0" in document.description
    for mark in marks:
        feature = expected[mark.id]
        own = feature.properties
        told = {item.name: item.value for item in mark.extended_data.elements}
        assert told["certainty"] == own["certainty"]
        assert told["sources"].split("; ") == list(feature.sources)
        place = shape(mark.geometry) if mark.geometry else None
        assert same_place(place, feature) or place.geom_type == "GeometryCollection"
        times = mark.times
        if isinstance(times, TimeSpan):
            for when, edtf in ((times.begin, own["begin_edtf"]), (times.end, own["end_edtf"])):
                if re.fullmatch(r"\d{4}(-\d\d){0,2}[~?]?", edtf):
                    assert str(when) == edtf.rstrip("~?")


def test_csv_is_the_same_and_no_cell_is_a_formula(written, expected):
    text = written("csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    compare(
        (
            (
                *(row[key] for key in ("id", "begin", "end", "certainty", "sources")),
                shapely.from_wkt(row["wkt"]) if row["wkt"] else None,
            )
            for row in rows
        ),
        expected,
    )
    assert all(row["license"].startswith("CC BY 4.0") for row in rows)
    numbers = {"longitude", "latitude"}
    for row in rows:
        assert not any(
            cell[:1] in "=+-@" for key, cell in row.items() if key not in numbers and cell
        )


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_cells_that_begin_like_formulas_are_made_safe(cell):
    assert safe_cell(cell) == f"'{cell}"


def test_linked_places_say_when_and_by_what_source(written, expected):
    content = json.loads(written("lpf").read_text(encoding="utf-8"))
    assert content["@context"].endswith(".jsonld")
    assert {item["properties"]["fid"] for item in content["features"]} == set(expected)
    for item in content["features"]:
        feature = expected[item["properties"]["fid"]]
        own = feature.properties
        (span,) = item["when"]["timespans"]
        assert ("start" in span) == bool(own["begin_edtf"])
        assert ("end" in span) == bool(own["end_edtf"])
        if re.fullmatch(r"\d{4}-\d\d-\d\d", own["begin_edtf"]):
            assert span["start"] == {"in": own["begin_edtf"]}
        elif "start" in span:
            assert span["start"].get("earliest", span["start"].get("in")) == own["begin"]
        assert item["properties"]["begin_edtf"] == own["begin_edtf"]
        assert item["properties"]["end_edtf"] == own["end_edtf"]
        assert [one["value"] for one in item.get("descriptions", [])] == [
            own[key] for key in ("note", "dispute") if own.get(key)
        ]
        assert item["when"]["certainty"] == own["certainty"]
        assert len(item["names"][0]["citations"]) == len(feature.sources)
        assert same_place(shape(item["geometry"]) if item["geometry"] else None, feature)
    assert len(pyogrio.read_dataframe(written("lpf"))) == len(expected)


def test_the_bibliography_goes_to_reference_managers(written, features, catalogue):
    cited = {name for feature in features for name in feature.sources}
    items = json.loads(written("csl").read_text(encoding="utf-8"))
    assert {item["id"] for item in items} == cited
    for item in items:
        source = catalogue.sources[item["id"]]
        assert item["title"] == source.title
        assert item.get("DOI", "") == source.doi
    library = bibtexparser.parse_file(str(written("bibtex", "bib")))
    assert not library.failed_blocks
    assert {entry.key for entry in library.entries} == cited
    assert "CC BY 4.0" in written("bibtex", "bib").read_text(encoding="utf-8")[:400]


@pytest.mark.sampled
@pytest.mark.parametrize("name", FORMATS)
def test_the_same_atlas_gives_the_same_bytes(catalogue, name):
    eras = [catalogue.era("1907-spheres")]
    assert write_format(catalogue, eras, name) == write_format(catalogue, eras, name)


def test_an_unknown_format_names_the_nearest(catalogue):
    with pytest.raises(GeoError, match="unknown format 'geopackage'; "):
        write_format(catalogue, catalogue.eras, "geopackage")


@pytest.mark.sampled
@pytest.mark.parametrize("ending", ["geojson", "html", "png", "kml"])
def test_a_format_that_the_ending_contradicts_is_refused(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    command = [sys.executable, "-m", "geo", "export", "--format", "csv", "-o", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == f"error: {path}: found --format csv, expected what the ending says\n"
    assert not path.exists()


@pytest.mark.parametrize(
    "arguments",
    [["-o", "a.csv"], ["--format", "lpf", "-o", "a.json"], ["--format", "lpf", "-o", "a.geojson"]],
)
def test_the_command_line_writes_data_of_an_era(tmp_path, arguments):
    command = [sys.executable, "-m", "geo", "export", "--era", "1907-spheres", *arguments]
    command[-1] = str(tmp_path / command[-1])
    subprocess.run(command, check=True, capture_output=True)
    text = (tmp_path / arguments[-1]).read_text(encoding="utf-8-sig")
    assert "sphere-russian-1907" in text
    assert "sphere-allotted" not in text or "1915" in text
