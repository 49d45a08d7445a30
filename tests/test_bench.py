"""The benchmarks' pure parts: percentiles, tables, where a file of Folium's lies."""

import pytest

from bench.contest import Contest
from bench.contestants import loaded_addresses
from bench.figures import median, p95, percentile
from bench.own_data import HEADING, WAYS
from bench.own_tables import TABLES
from bench.packages import Place, locate
from bench.pages import own_page
from bench.plain import build_folium
from bench.report import put_part
from bench.selection import build_contest
from bench.stepping import walk, work_of
from bench.table import write_table


def test_percentiles_are_values_that_were_measured():
    values = list(range(1, 101))
    assert median(values) == 50
    assert p95(values) == 95
    assert percentile(values, 1) == 100
    assert p95([3.0]) == 3.0
    assert median([9, 1, 5]) == 5


def test_a_table_has_a_row_for_each_line_and_escapes_bars():
    table = write_table(["page", "ms"], [["a|b", "1"], ["c", "2"]])
    assert table.splitlines() == ["| page | ms |", "| --- | --- |", "| a\\|b | 1 |", "| c | 2 |"]


HOSTED = "https://files.example"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/npm/leaflet@1.9.3/dist/leaflet.js", Place("leaflet", "1.9.3", "dist/leaflet.js")),
        (
            "/npm/@fortawesome/fontawesome-free@6.2.0/css/all.min.css",
            Place("@fortawesome/fontawesome-free", "6.2.0", "css/all.min.css"),
        ),
        (
            "/ajax/libs/moment.js/2.18.1/moment.min.js",
            Place("moment", "2.18.1", "moment.min.js"),
        ),
        ("/jquery-3.7.1.min.js", Place("jquery", "3.7.1", "jquery-3.7.1.min.js")),
        ("/gh/someone/something/file.css", None),
    ],
)
def test_an_address_names_a_package_its_version_and_a_file(path, place):
    assert locate(HOSTED + path) == place


def test_leaflet_is_found_among_what_folium_loads():
    places = [locate(address) for address in loaded_addresses()]
    assert {"leaflet", "jquery", "bootstrap", "leaflet.timeline", "leaflet-timedimension"} <= {
        place.package for place in places if place
    }


def test_every_step_of_a_walk_moves_and_stays_within():
    eras = [era for era, _ in walk(11, 150, turn=9)]
    assert all(0 <= era <= 10 for era in eras)
    assert all(abs(a - b) == 1 for a, b in zip([0, *eras], eras, strict=False))


def test_work_counts_no_time_twice():
    key = {"from": 100.0, "handling": 30.0}  # the task that ends the handling ran after the frame
    assert work_of(key, {"frame": 110.0, "at": 125.0}) == 25.0
    key = {"from": 100.0, "handling": 4.0}  # and here the page waited 6 ms for its frame
    assert work_of(key, {"frame": 110.0, "at": 125.0}) == 19.0


def test_rivals_get_the_features_each_era_shows(catalogue, features):
    contest = build_contest(catalogue, features)
    for era in catalogue.eras:
        shown = {feature["id"] for feature in contest.shown[era.id]["features"]}
        own = {
            f.id
            for f in features
            if f.geometry and f.layer in era.layers and f.timespan.overlaps(era.timespan)
        }
        assert own <= shown
        assert all(
            set(f["properties"]) == {"title", "when"} for f in contest.shown[era.id]["features"]
        )


def test_plain_folium_has_a_group_for_each_era():
    point = {
        "type": "Feature",
        "id": "a",
        "properties": {"title": "A", "when": "1907"},
        "geometry": {"type": "Point", "coordinates": [51.4, 35.7]},
    }
    some = {"type": "FeatureCollection", "features": [point]}
    contest = Contest(
        eras=["one", "two"],
        begins=["1890-01-01", "1907-08-31"],
        bounds=[[25, 44], [40, 63]],
        ground=some,
        shown={"one": some, "two": some},
        frontiers={"one": 0, "two": 0},
    )
    page = build_folium(contest).get_root().render()
    assert "era-one" in page
    assert "era-two" in page
    assert page.count("L.featureGroup(") == 2


def test_a_part_is_put_before_the_method_and_renewed_where_it_stands():
    report = "# Benchmarks\n\n## Apps\n\nx\n\n## How it was measured\n\ny\n"
    one = put_part(report, HEADING, f"{HEADING}\n\none\n")
    assert one == report.replace("## How", f"{HEADING}\n\none\n\n## How")
    other = put_part(one, HEADING, f"{HEADING}\n\nother\n")
    assert other == one.replace("one\n", "other\n")


def test_each_way_of_own_data_has_a_script():
    assert {way.name for way in WAYS} == set(own_page.WAYS)


def test_the_timeline_s_page_has_the_table(tmp_path):
    frame = TABLES["8 points, 1850–1920"]()
    frame.to_file(tmp_path / "table.geojson", driver="GeoJSON")
    own_page.by_timeline(tmp_path / "table.geojson", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count('"Town ') == len(frame)
    assert '"1939-12-31"' in page  # the end of what has none
