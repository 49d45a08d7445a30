"""The app's page *Your layer*, without a browser: what it makes of files."""

import pytest
import test_tables
from hostile_tables import INPUTS
from streamlit.testing.v1 import AppTest

ODD = {
    "a grid beside the data": False,
    "a system's file within a file": False,
    "a heading twice": False,
    "names of Python and of JavaScript": True,
    "a quotation without end": False,
    "dates of many kinds": True,
    "a star that crosses itself two million times": True,
    "metres that are none": True,
    "a table with a name like SQL": True,
    "lengths that are none": False,
    "folders 50,000 deep": False,
    "20,000 rows of nothing": False,
}
"""Inputs of tests/hostile_tables.py, and whether the page has a map of each."""


@pytest.fixture(scope="module")
def drop():
    """Drop a file on the page; returns its map (or nothing), its faults and its messages."""
    page = AppTest.from_file("../geo/app/own_layer_page.py", default_timeout=60)
    page.session_state["own_eras"] = "own"
    page.run()

    def dropped(name, content):
        page.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
        assert not page.exception
        document, faults, _ = (
            page.session_state["own_made"][1]
            if "own_made" in page.session_state
            else ("", [], False)
        )
        return document, faults, [error.value for error in page.error]

    return dropped


@pytest.mark.slow
def test_the_same_table_gives_the_same_map_in_every_format(drop, tmp_path):
    expected = drop("x.csv", test_tables.CSV.encode())
    document, faults, errors = expected
    assert "Gamma" in document
    assert not faults
    assert not errors
    for form, content in test_tables.in_all_forms(test_tables.sample(), tmp_path).items():
        assert drop(f"x.{form}", content) == expected, form


@pytest.mark.slow
def test_odd_and_hostile_files_are_maps_or_sentences(drop):
    for name, shown in ODD.items():
        document, _, errors = drop("x.csv", INPUTS[name][0])
        assert bool(errors) != shown, name
        if shown:
            assert document.startswith("<!doctype html>"), name


def test_columns_of_positions_are_chosen_by_name():
    page = AppTest.from_file("../geo/app/own_layer_page.py", default_timeout=60)
    page.run()
    content = b"name,ost,nord,from\nAlpha,49.47,37.47,1899\nBeta,51 E,35.69,1906\n"
    page.file_uploader[0].set_value(("x.csv", content, "text/csv")).run()
    assert not page.error
    assert "longitude" in page.info[0].value
    for what in ("longitude", "latitude"):
        assert page.selectbox(f"own_column_{what}").options == ["–", "name", "ost", "nord", "from"]
    page.selectbox("own_column_longitude").set_value("ost").run()
    assert page.info
    page.selectbox("own_column_latitude").set_value("nord").run()
    assert not page.exception
    assert not page.info
    document, faults, off = page.session_state["own_made"][1]
    assert "Alpha" in document
    assert not off
    assert faults[0] == "row 2: found '51 E', '35.69', expected degrees such as 49.47, 37.47"
    page.selectbox("own_column_latitude").set_value("ost").run()
    assert page.info  # one column cannot be both


def test_who_has_geometries_is_not_asked_for_columns_of_positions(tmp_path):
    page = AppTest.from_file("../geo/app/own_layer_page.py", default_timeout=60)
    page.run()
    content = test_tables.in_all_forms(test_tables.sample(), tmp_path)["geojson"]
    page.file_uploader[0].set_value(("x.geojson", content, "application/json")).run()
    asked = {box.key.removeprefix("own_column_") for box in page.selectbox}
    assert asked == {"begin", "end", "title", "category"}


def test_a_file_off_the_atlas_has_eras_of_its_own_and_notes_are_kept():
    page = AppTest.from_file("../geo/app/own_layer_page.py", default_timeout=60)
    page.run()
    europe = b"name,lon,lat,from\nParis,2.35,48.86,1900\nRome,12.5,41.9,1910\n"
    page.file_uploader[0].set_value(("x.csv", europe, "text/csv")).run()
    document, faults, off = page.session_state["own_made"][1]
    assert off
    assert "Paris" in document
    assert not faults
    assert not page.error
    assert "eras of its own" in page.info[0].value
    odd = b"name,lon,lat,from\nParis,2 east,48 north,1900\n"
    page.file_uploader[0].set_value(("x.csv", odd, "text/csv")).run()
    _, faults, _ = page.session_state["own_made"][1]
    assert faults[0].startswith("row 1: found '2 east', '48 north', expected degrees")
    assert page.error
