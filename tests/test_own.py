"""Layers of one's own: tables with dates become maps."""

import json
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import geopandas
import numpy as np
import own_data
import pandas
import pytest
import shapely
from shapely import (
    GeometryCollection,
    LinearRing,
    LineString,
    MultiPoint,
    MultiPolygon,
    Point,
    Polygon,
    box,
)

import geo
from geo.errors import GeoError
from geo.model.timespan import timespan_from_edtf, timespan_from_iso
from geo.payload.base import read_globe
from geo.recipes.globe import build_globe
from geo.tables.dates import read_date
from geo.tables.words import clean


def at(rows, geometry=None, crs=4326):
    """Return a GeoDataFrame of rows (begin, end), all at one place."""
    begin, end = zip(*rows, strict=True)
    places = geometry or [Point(10, 10)] * len(rows)
    return geopandas.GeoDataFrame({"begin": begin, "end": end}, geometry=places, crs=crs)


def payload_of(map_):
    (atlas,) = map_.to_folium()._children.values()
    return atlas.payload


@pytest.mark.parametrize(
    ("value", "edtf", "first", "last"),
    [
        (1850, "1850", date(1850, 1, 1), date(1850, 12, 31)),
        (1850.0, "1850", date(1850, 1, 1), date(1850, 12, 31)),
        ("843", "0843", date(843, 1, 1), date(843, 12, 31)),
        ("1907-08", "1907-08", date(1907, 8, 1), date(1907, 8, 31)),
        (pandas.Timestamp("1812-06-24"), "1812-06-24", date(1812, 6, 24), date(1812, 6, 24)),
        (datetime(1941, 8, 25, 4), "1941-08-25", date(1941, 8, 25), date(1941, 8, 25)),
        (date(1941, 8, 25), "1941-08-25", date(1941, 8, 25), date(1941, 8, 25)),
        ("1941-08-25T04:30:00Z", "1941-08-25", date(1941, 8, 25), date(1941, 8, 25)),
        ("1916?", "1916?", date(1916, 1, 1), date(1916, 12, 31)),
        ("190X", "190X", date(1900, 1, 1), date(1909, 12, 31)),
        ("1900-21", "1900-03-01/1900-05-31", date(1900, 3, 1), date(1900, 5, 31)),
        (float("nan"), "", None, None),
        (pandas.NaT, "", None, None),
        (pandas.NA, "", None, None),
        (np.array([1850]), "1850", date(1850, 1, 1), date(1850, 12, 31)),
        (None, "", None, None),
        ("..", "", None, None),
    ],
)
def test_dates_are_read_as_tables_have_them(value, edtf, first, last):
    when = read_date(value)
    assert (when.edtf, when.first, when.last) == (edtf, first, last)


RARE = [
    *("1900-21", "1900-24", "1900-33", "1900-41", "1900/1905", "1900~/1905?", "19XX", "1907-XX"),
    *("1900-08-XX", "156X-12-25", "[1667,1668,1670..1672]", "1900?-05"),
    *("{1667, 1668-03}", "1907-08~/1909", "190X/1912-05-31"),
]


@pytest.mark.parametrize("text", RARE)
def test_rare_forms_are_read_as_a_parser_of_edtf_reads_them(text):
    """Without that parser, which takes so long that thousands of them would be a wait."""
    when, held = read_date(text), timespan_from_edtf(text, text)
    assert (when.first, when.last) == (held.begin, held.end - timedelta(days=1))


@pytest.mark.parametrize(
    "value",
    [
        "25.08.1941",
        "soon",
        "1941-13",
        True,
        "1941-02-30",
        12345,
        "../1905",
        "{..1907}",
        "[]",
        "1900-20",
    ],
)
def test_other_dates_are_refused(value):
    with pytest.raises(GeoError):
        read_date(value)


def test_a_point_layer_gets_an_era_wherever_something_begins_or_ends():
    map_ = geo.explore(own_data.years(), begin="from", end="to", title="name")
    payload = payload_of(map_)
    assert payload["eras"][0]["dates"] == "1850 – 1854"
    assert payload["eras"][-1]["dates"].startswith("since")
    assert not map_.faults
    assert [feature["title"] for feature in payload["features"]] == [f"Town {n}" for n in range(8)]


def test_columns_are_recognised():
    assert repr(geo.explore(own_data.years())) == repr(
        geo.explore(own_data.years(), begin="from", end="to", title="name")
    )


def test_an_unknown_column_is_named_with_the_nearest():
    with pytest.raises(GeoError, match=r"unknown column for begin 'form'; did you mean 'from'"):
        geo.explore(own_data.years(), begin="form")


def test_a_table_without_dates_is_told_so():
    frame = own_data.years()[["name", "geometry"]]
    with pytest.raises(GeoError, match=r"no column with dates.*The columns are: name"):
        geo.explore(frame)


def test_as_many_rows_as_any_table_may_have_and_no_more():
    row = own_data.years().iloc[[0]]
    with pytest.raises(GeoError, match="found 20,001 rows, expected at most 20,000"):
        geo.explore(row.loc[row.index.repeat(20_001)])


def test_any_crs_and_any_place():
    features = geo.explore(own_data.european(), "since", "until", "land").features
    west, south = features[0].geometry["coordinates"][0][0]
    assert 7.9 < west < 13.1
    assert 49.9 < south < 54.1
    (event, _) = geo.explore(own_data.southern()).features
    assert event.geometry["coordinates"] == pytest.approx((-57.6, -25.3), abs=1e-5)
    assert event.properties["begin_edtf"] == event.properties["end_edtf"] == "1864"


def test_metres_without_a_crs_are_refused():
    frame = own_data.european().set_crs(None, allow_override=True)
    with pytest.raises(GeoError, match=r"no CRS.*set_crs"):
        geo.explore(frame, "since", "until")


def test_what_cannot_be_shown_is_listed_and_the_rest_is_shown():
    map_ = geo.explore(own_data.broken())
    assert [feature.properties["title"] for feature in map_.features] == ["Sound"]
    assert [fault.split(": ", 1)[0] for fault in map_.faults] == [
        f"row {n} ({name})"
        for n, name in enumerate(own_data.broken()["title"], start=1)
        if name != "Sound"
    ]
    assert "Self-intersection" in map_.faults[2]
    assert "expected a year from 1 on, a date such as 1907-08-31, or EDTF" in map_.faults[4]
    assert "ends (1880) before it begins (1890)" in map_.faults[5]


def test_nothing_to_show_is_one_message_with_all_reasons():
    with pytest.raises(GeoError, match=r"(?s)nothing can be shown.*row 1 .*row 6 "):
        geo.explore(own_data.broken().iloc[1:].assign(begin="x"))
    with pytest.raises(GeoError, match="found no rows"):
        geo.explore(own_data.years().iloc[:0])


@pytest.mark.parametrize(
    ("eras", "labels"),
    [
        ("years", [str(year) for year in range(1898, 1913)]),
        ("decades", ["1890s", "1900s", "1910s"]),
        ("centuries", ["1800–1899", "1900–1999"]),
        ("breaks", ["1898", "1903", "1905"]),
        ([("before", 1890, 1899), ("after", "1900-01-01", 1912)], ["before", "after"]),
    ],
)
def test_eras_are_given_or_made(eras, labels):
    map_ = geo.explore(at([(1898, 1904), (1903, 1912)]), eras=eras)
    assert [era["label"] for era in payload_of(map_)["eras"]] == labels


def test_eras_that_hold_nothing_are_refused():
    with pytest.raises(GeoError, match="nothing of the table falls into them"):
        geo.explore(at([(1900, 1905)]), begin="begin", end="end", eras=[("A", 1700, 1750)])
    with pytest.raises(GeoError, match="eras: found 5, expected a list or one of"):
        geo.explore(at([(1900, 1905)]), begin="begin", end="end", eras=5)


def test_two_columns_of_one_name_are_refused():
    frame = at([(1900, 1905)])
    frame.insert(0, "end", [1901], allow_duplicates=True)
    with pytest.raises(GeoError, match="found several columns called end, expected one of each"):
        geo.explore(frame, begin="begin")


def test_a_ring_is_a_line_and_no_date_is_a_fault():
    ring = LineString([(10, 10), (11, 10), (11, 11), (10, 10)])
    frame = at([(1900, 1905), (None, None)], geometry=[LinearRing(ring.coords), Point(10, 10)])
    map_ = geo.explore(frame, begin="begin", end="end")
    (feature,) = map_.features
    assert feature.geometry["type"] == "LineString"
    assert map_.faults == ("row 2 (1): has no date",)


def test_a_shape_across_the_date_line_is_told_and_the_whole_earth_is_not():
    across = [LineString([(178, -17), (-178, -17)]), box(-180, -90, 180, 90), Point(179, 1)]
    map_ = geo.explore(at([(1900, 1905)] * 3, geometry=across), begin="begin", end="end")
    assert len(map_.features) == 2
    (fault,) = map_.faults
    assert fault.startswith("row 1 (0): goes more than half around the Earth")


def test_the_heading_says_the_years_of_the_data():
    map_ = geo.explore(at([(1789, 1800), (1815, 1866)]), begin="begin", end="end")
    assert payload_of(map_)["subtitle"] == "1789 – 1866"


def test_rows_off_the_atlas_s_maps_are_told():
    far = at([(1900, 1905)] * 2, geometry=[Point(6.96, 50.94), Point(50, 36)])
    map_ = geo.explore(far, begin="begin", end="end")
    (told,) = map_.off_atlas()
    assert told == "row 1 (0): lies off the atlas's maps; eras of its own show it"
    with pytest.raises(GeoError, match="take eras of its own"):
        geo.explore(far[:1], begin="begin", end="end").off_atlas()


def test_the_atlas_s_own_dates_are_recognised_as_it_writes_them():
    frame = at([("1907-08-31", "1918-01-22")])
    frame["begin_edtf"], frame["end_edtf"] = ["1907-08-31"], ["1918-01-21"]
    (feature,) = geo.explore(frame).features
    assert feature.properties["end"] == "1918-01-22"


def test_eras_follow_each_other_without_a_gap():
    for eras in ("years", "decades", "breaks"):
        made = payload_of(geo.explore(at([(1898, 1904), (1903, 1912)]), eras=eras))["eras"]
        assert all(one["end"] == other["begin"] for one, other in pairwise(made))


def test_given_eras_have_captions_and_inclusive_ends():
    eras = [("war", 1914, "1918-11-11", "Four years.")]
    (era,) = payload_of(geo.explore(at([(1916, 1920)]), eras=eras))["eras"]
    assert (era["begin"], era["end"]) == ("1914-01-01", "1918-11-12")
    assert era["caption"] == "Four years."


@pytest.mark.parametrize(
    ("eras", "message"),
    [
        ("months", "expected a list or one of breaks, years"),
        ([("a", 1900)], "era 1: .*expected \\(label, begin, end\\)"),
        ([("a", 1910, 1900)], "the end not before the begin"),
        ([], "expected at least one"),
        ([("b", 1890, 1899), ("a", 1880, 1889)], "era 2: found 'a', which begins before 'b'"),
        ("years", "found 405 years from 1500 to 1904, expected 120 at most: take a longer unit"),
    ],
)
def test_eras_that_cannot_be_are_refused(eras, message):
    with pytest.raises(GeoError, match=message):
        geo.explore(at([(1500, 1904)]), eras=eras)


def test_an_era_without_a_label_is_called_by_its_dates():
    (era,) = payload_of(geo.explore(at([(1916, 1920)]), eras=[("", 1914, 1918)]))["eras"]
    assert era["label"] == "1914 – 1918"


def test_early_years_have_no_zeros():
    (era,) = payload_of(geo.explore(at([(44, 44)]), eras="years"))["eras"]
    assert (era["label"], era["dates"]) == ("44", "44")
    (feature,) = payload_of(geo.explore(at([("0044-03-15", "0044-03-15")])))["features"]
    assert feature["when"] == "15 March 44"


def test_long_times_get_long_eras():
    labels = [
        era["label"]
        for era in payload_of(geo.explore(at([(y, y) for y in range(1000, 2000)])))["eras"]
    ]
    assert labels[0] == "1000s"
    assert len(labels) == 100


def test_half_open_ends():
    frame = at([("1900-01-01", "1908-01-01"), (1900, 1908)])
    ends = [f.properties["end"] for f in geo.explore(frame, inclusive=False).features]
    assert ends == ["1908-01-01", "1908-01-01"]
    ends = [f.properties["end"] for f in geo.explore(frame).features]
    assert ends == ["1908-01-02", "1909-01-01"]


def test_mixed_and_small_geometries():
    frame = at(
        [(1900, 1900)] * 4,
        [
            MultiPoint([(1, 1), (2, 2)]),
            GeometryCollection([Point(3, 3), LineString([(3, 3), (5, 5)]), box(3, 3, 4, 4)]),
            box(6, 6, 6.0001, 6.0001),
            Point(7, 7, 120),
        ],
    )
    found = [(f.id, f.geometry["type"]) for f in geo.explore(frame).features]
    assert found == [
        ("row-1", "Point"),
        ("row-1-2", "Point"),
        ("row-2", "Point"),
        ("row-2-2", "LineString"),
        ("row-2-3", "Polygon"),
        ("row-3", "Point"),
        ("row-4", "Point"),
    ]


def test_colours_come_from_a_safe_list():
    frame = at([(1900, 1900)] * 3).assign(colour=["red", "url(https://x)", None])
    map_ = geo.explore(frame)
    assert [f.properties["colour"] for f in map_.features] == ["red", "blue", "blue"]
    assert map_.faults == (
        "row 2 (1): colour 'url(https://x)', expected one of blue, red, green, amber, purple, "
        "pink, teal, olive, black, grey",
    )


def test_categories_have_colours_and_the_rarest_share_one():
    frame = at([(1900, 1900)] * 24).assign(category=[f"c{n % 12}" for n in range(24)])
    map_ = geo.explore(frame)
    assert len({f.properties["colour"] for f in map_.features}) == 10
    assert payload_of(map_)["kinds"]["own-point-10"]["title"] == "Other"


def test_text_is_one_line_and_holds_nothing_unseen():
    assert clean("a\x00\n b\u2028c\ud800") == "a b c"
    assert clean(float("nan")) == ""
    assert clean("x" * 9000).endswith("…")


@pytest.mark.parametrize("data", [own_data.marked_up, own_data.broken, own_data.southern])
def test_the_page_lets_nothing_in(data):
    page = geo.explore(data()).page
    assert "<script>document" not in page
    assert "<img" not in page
    head = page[: page.index("<body>")]
    assert "default-src 'none'" in head
    assert "unsafe" not in head


def test_the_page_says_of_itself_what_it_is():
    page = geo.explore(own_data.southern(), heading="Two sieges", credit="My notes.").page
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page).group(1))
    assert data["name"].startswith("Two sieges")
    assert data["license"] == "The licence is that of the data."
    assert data["creditText"] == "My notes. Land: Natural Earth (public domain), at 1:110 000 000."
    south, west, north, east = map(float, data["spatialCoverage"]["geo"]["box"].split())
    assert -27 < south < north < -19
    assert -72 < west < east < -56


def test_a_notebook_shows_it_in_a_frame_that_may_do_nothing_else():
    shown = geo.explore(own_data.broken())._repr_html_()
    assert shown.startswith('<iframe srcdoc="&lt;!doctype html&gt;')
    assert 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"' in shown
    assert "row 2 (Empty): has no geometry" in shown
    assert "&lt;b&gt;" not in shown.split("</iframe>")[1]


def test_it_is_saved_and_the_same_bytes_again(tmp_path):
    geo.explore(own_data.years()).save(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text() == geo.explore(own_data.years()).page


def test_the_caspian_is_water_and_its_shores_are_land(catalogue):
    land = shapely.geometry.shape(read_globe(catalogue)["land"][0].geometry)
    places = {"Enzeli": (49.4, 37.2), "Teheran": (51.4, 35.7), "the pole": (0, -83)}
    waters = {"Caspian": (51, 41.5), "Black Sea": (34, 43), "Pacific": (-179.9, 0)}
    assert land.is_valid
    assert [name for name, at in places.items() if not land.contains(shapely.Point(at))] == []
    assert [name for name, at in waters.items() if land.contains(shapely.Point(at))] == []


def test_a_hole_goes_with_its_continent_across_the_meridian(tmp_path):
    ring = [(170, 0), (-170, 0), (-170, 20), (170, 20), (170, 0)]  # runs on beyond the meridian
    hole = [(-176, 5), (-174, 5), (-174, 8), (-176, 8), (-176, 5)]
    frame = geopandas.GeoDataFrame(geometry=[MultiPolygon([Polygon(ring, [hole])])], crs=4326)
    frame.to_file(tmp_path / "land.geojson", layer="land")
    rules = {"layer": "land", "extent": (-180, -84, 180, 84)}
    land = build_globe(tmp_path / "land.geojson", rules)["land"]
    assert land.contains(shapely.Point(175, 10))
    assert land.contains(shapely.Point(-178, 10))
    assert not land.contains(shapely.Point(-175, 6))


def test_eras_are_told_by_years_where_only_one_side_is_a_day():
    rows = [("1880", "1900"), ("1901", "1907-08-30"), ("1907-08-31", "1907-12-01")]
    dates = [era["dates"] for era in payload_of(geo.explore(at(rows), eras="breaks"))["eras"]]
    assert dates == [
        "1880 – 1900",
        "1901 – 30 August 1907",
        "31 August 1907 – 1 December 1907",
    ]


def test_nothing_turns_the_direction_of_what_follows():
    frame = at([(1900, 1901)]).assign(title="a\u202eb\u2066c")
    (feature,) = geo.explore(frame).features
    assert feature.properties["title"] == "abc"


@pytest.mark.parametrize("kind", ["object", "string", "string[pyarrow]", "category"])
@pytest.mark.parametrize(
    "column", ["title", "note", "category", "actor", "certainty", "source", "link", "colour"]
)
def test_what_is_missing_in_any_type_of_pandas_is_no_text(kind, column):
    frame = at([(1850, 1860)] * 2)
    frame[column] = pandas.Series([None, None], dtype=kind)
    empty = geo.explore(at([(1850, 1860)] * 2).assign(**{column: None}))
    map_ = geo.explore(frame)
    assert map_.faults == ()
    assert [f.properties for f in map_.features] == [f.properties for f in empty.features]


def test_what_is_missing_in_any_type_of_pandas_is_an_open_end():
    frame = at([(1, 1)] * 3)
    frame["begin"] = pandas.array([1850, None, 1900], dtype="Int64")
    frame["end"] = pandas.array(["1860", "1870", None], dtype="string")
    frame["title"] = pandas.array([True, None, False], dtype="boolean")
    map_ = geo.explore(frame)
    assert map_.faults == ()
    told = [f.properties for f in map_.features]
    assert [one["begin_edtf"] for one in told] == ["1850", "", "1900"]
    assert [one["end_edtf"] for one in told] == ["1860", "1870", ""]
    assert [one["title"] for one in told] == ["True", "1", "False"]


SQUARES = [box(0, 0, 1, 1), box(2, 2, 3, 3)]


@pytest.mark.parametrize(
    ("nested", "flat"),
    [
        ([MultiPolygon(SQUARES)], SQUARES),
        ([MultiPoint([(1, 1), (2, 2)]), SQUARES[0]], [Point(1, 1), Point(2, 2), SQUARES[0]]),
        ([GeometryCollection([GeometryCollection([Point(1, 1)])])], [Point(1, 1)]),
        (
            [GeometryCollection([LinearRing([(0, 0), (1, 0), (1, 1)])]), Point()],
            [LineString([(0, 0), (1, 0), (1, 1), (0, 0)])],
        ),
        (
            [GeometryCollection([MultiPolygon(SQUARES), MultiPoint([(5, 5)])])],
            [*SQUARES, Point(5, 5)],
        ),
    ],
)
def test_collections_in_collections_are_shown_like_flat_ones(nested, flat):
    shown = [
        geo.explore(at([(1900, 1900)], [GeometryCollection(parts)])) for parts in (nested, flat)
    ]
    assert [map_.faults for map_ in shown] == [(), ()]
    assert [f.geometry for f in shown[0].features] == [f.geometry for f in shown[1].features]


def test_large_areas_of_a_collection_may_overlap():
    discs = [Point(x, 0).buffer(1, 1000) for x in (0, 0.5)]
    map_ = geo.explore(at([(1900, 1900)], [GeometryCollection(discs)]))
    assert [f.geometry["type"] for f in map_.features] == ["Polygon"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (["a", None, "b"], "a; b"),
        (np.array(["a", "b"]), "a; b"),
        (np.array([[1, 2], [3, 4]]), "1; 2; 3; 4"),
        (np.array([]), ""),
        ({"b", "a"}, "a; b"),
        (Decimal("sNaN"), "sNaN"),
        (10**5000, "<int>"),
    ],
    ids=["list", "array", "table", "empty", "set", "no number", "too long"],
)
def test_cells_of_any_type_are_texts(cell, text):
    assert clean(cell) == text
    for column in ("note", "title", "precision_km", "begin"):
        frame = at([("1850", "1860")] * 2)
        cells = [cell, "1850"]
        frame[column] = pandas.Series(cells, dtype=object)
        map_ = geo.explore(frame)
        kept = len(map_.features)  # without its precision, a row is still shown
        assert kept == 2 if column == "precision_km" else kept + len(map_.faults) == 2
        if column == "note":
            assert map_.features[0].properties.get("note", "") == text


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (lambda frame: frame.geometry, "found GeoSeries, expected a GeoDataFrame"),
        (pandas.DataFrame, "found DataFrame, expected a GeoDataFrame"),
        (
            lambda frame: geopandas.GeoDataFrame({"begin": frame["begin"]}),
            r"no geometry column set.*frame\.set_geometry",
        ),
        (
            lambda frame: frame.rename(columns={"geometry": "place"}),
            r"no geometry column set.*frame\.set_geometry",
        ),
        (lambda _: None, "found NoneType, expected a GeoDataFrame"),
    ],
)
def test_what_is_no_table_with_places_is_told(given, message):
    with pytest.raises(GeoError, match=message):
        geo.explore(given(at([(1900, 1905)])))


def test_a_column_in_place_of_its_name_is_told():
    frame = at([(1900, 1905)])
    with pytest.raises(GeoError, match="column for begin: found Series, expected the name of a"):
        geo.explore(frame, begin=frame["begin"])


@pytest.mark.parametrize(
    ("crs", "name"),
    [
        ('LOCAL_CS["site grid",UNIT["metre",1]]', "site grid"),
        ("IAU_2015:30100", r"Moon \(2015\)"),
        ("+proj=longlat +R=1737400 +no_defs", r"\+proj=longlat \+R=1737400"),
        ("EPSG:5773", "EGM96 height"),
    ],
)
def test_a_crs_that_is_not_of_the_earth_is_named(crs, name):
    with pytest.raises(GeoError, match=f"the CRS '{name}.*expected a CRS of the Earth"):
        geo.explore(at([(1900, 1905)], crs=crs))


def test_the_table_given_is_left_as_it_was():
    frame = at([(1900, 1905)] * 2, [Point(1e10, 1), Point(1, 1)])
    geo.explore(frame)
    assert list(frame.geometry) == [Point(1e10, 1), Point(1, 1)]


@pytest.mark.parametrize("row", [(9999, 9999), ("9999-12-31", None), ("9999-05", "9999-12-31")])
@pytest.mark.parametrize("eras", [None, "breaks", "decades"])
def test_a_row_that_begins_when_the_calendar_ends_is_listed_and_the_rest_is_shown(row, eras):
    map_ = geo.explore(at([row, (1850, 1855), (1860, None)]), eras=eras)
    assert [f.id for f in map_.features] == ["row-2", "row-3"]
    (fault,) = map_.faults
    assert fault.startswith("row 1 (0): begins in 9999")
    assert payload_of(map_)["eras"]


@pytest.mark.parametrize("end", [9999, "9999-12-31", "9999-12"])
@pytest.mark.parametrize("inclusive", [True, False])
def test_an_end_in_the_year_9999_is_open(end, inclusive):
    shown = [
        payload_of(geo.explore(at([(1850, last), (1860, None)]), inclusive=inclusive))["eras"]
        for last in (end, None)
    ]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("eras", [None, "breaks", "years", "decades", "centuries"])
def test_what_ended_before_all_else_began_has_an_era(eras):
    for rows in ([(None, 1900)], [(None, "1900-01-01"), (1950, 1960)]):
        map_ = geo.explore(at(rows), eras=eras)
        (first, *_) = map_.features
        begin = timespan_from_iso(payload_of(map_)["eras"][0]["begin"], "").begin
        assert first.timespan.contains(begin)


@pytest.mark.sampled
@pytest.mark.parametrize("caption", [None, float("nan"), pandas.NA, ""])
def test_a_caption_that_is_missing_is_none(caption):
    told = [
        payload_of(geo.explore(at([(1916, 1920)]), eras=[era]))["eras"][0]["caption"]
        for era in (("war", 1914, 1918, caption), ("war", 1914, 1918))
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    "entry",
    [
        ("x", 1851, 1862, 5),
        ("x", 1851, 1862, ["a"]),
        ("x", 1851, 1862, "a", "b"),
        ({"a": 1}, 1851, 1862),
        ("x", np.array([1851, 1852]), 1862),
        ("x", "9999-12-31", "9999-12-31"),
        "x12",
        None,
        5,
    ],
)
def test_an_era_of_other_types_is_told_with_what_was_expected(entry):
    with pytest.raises(GeoError, match=r"era 1: found .*expected \(label, begin, end\) or"):
        geo.explore(at([(1850, 1860)]), eras=[entry])


def test_all_columns_that_are_not_there_are_named_at_once():
    with pytest.raises(GeoError) as caught:
        geo.explore(at([(1900, 1901)]), begin="yeer", title="nam")
    assert "column for begin" in str(caught.value)
    assert "column for title" in str(caught.value)


def test_an_end_that_is_its_begin_is_told_in_the_tables_own_words():
    frame = at([(1900, 1900), (1901, 1903)])
    map_ = geo.explore(frame, begin="begin", end="end", inclusive=False)
    assert map_.faults == (
        "row 1 (0): begins and ends at 1900, where an end is the first moment after it",
    )


def test_degrees_in_a_crs_of_metres_are_refused():
    frame = at([("1850", "1860")], [Point(51.4, 35.7)], crs=3857)
    with pytest.raises(
        GeoError, match=r"counts in metres, and \[51.4, 35.7, 51.4, 35.7\] look like"
    ):
        geo.explore(frame)
    assert geo.explore(frame.set_crs(4326, allow_override=True)).faults == ()


@pytest.mark.parametrize("written", ["5 km", "x", -3, "inf", "nan km"])
def test_a_precision_that_is_no_number_is_told(written):
    frame = at([("1850", "1860")])
    frame["precision_km"] = [written]
    map_ = geo.explore(frame)
    assert len(map_.features) == 1
    assert map_.features[0].properties["precision_km"] == 0
    (fault,) = map_.faults
    assert f"precision {str(written)!r}, expected a number of kilometres" in fault


def test_on_the_atlas_eras_are_those_of_what_lies_on_its_maps():
    frame = at([("1946", "1947"), ("1885", "1990")], [Point(51.4, 35.7), Point(120, -40)])
    (atlas,) = geo.explore(frame).on_atlas()._children.values()
    held = [era["id"] for era in atlas.payload["eras"]]
    assert held == ["1945-takeover", "1946-withdrawal", "1947-stakes"]


def test_a_map_is_saved_as_html_alone(tmp_path):
    map_ = geo.explore(at([("1850", "1860")]))
    with pytest.raises(GeoError, match=r"found '\.svg', expected \.html"):
        map_.save(tmp_path / "x.svg")
    with pytest.raises(GeoError, match="language: found null, expected a tag"):
        geo.explore(at([("1850", "1860")]), language=None)
