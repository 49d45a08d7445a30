"""Leaflet without what a page does not use."""

import re
from pathlib import Path

import pytest
from xstatic.pkg import leaflet

from geo.assets import join_modules
from geo.leaflet import read_leaflet, read_leaflet_style

WHOLE = (Path(leaflet.BASE_DIR) / "leaflet.js").read_text(encoding="utf-8")
OURS = (join_modules("main", "startAtlas"), "L.map(x, { crs: L.CRS.EPSG3857 })")


def test_what_our_pages_use_is_about_half_of_it():
    assert len(read_leaflet(OURS)) < 0.55 * len(WHOLE)


def test_the_licence_notice_stays():
    assert "(c) 2010-2022 Vladimir Agafonkin" in read_leaflet(OURS)
    assert "Leaflet 1.9.3" in read_leaflet(OURS)


def test_a_page_that_uses_more_gets_more():
    ours = read_leaflet(OURS)
    assert "leaflet-popup" not in ours
    more = read_leaflet((*OURS, "L.popup()", "L.marker([1, 2]).bindPopup('x')"))
    assert "leaflet-popup" in more
    assert len(more) > len(ours) + 5000


@pytest.mark.parametrize("method", ["flyTo", "locate", "fitWorld"])
def test_a_method_is_kept_when_a_script_names_it(method):
    assert not re.search(rf"\b{method}\b", read_leaflet(OURS))
    assert re.search(rf"\b{method}\b", read_leaflet((*OURS, f"map.{method}()")))


def test_everything_public_is_given_when_everything_is_used():
    names = ["Marker", "Polygon", "GeoJSON", "TileLayer.WMS", "control.layers", "canvas"]
    script = read_leaflet([*(f"L.{name}" for name in names), "L.map"])
    given = re.search(r"\{([^{}]*)\}\}\(\);?\s*$", script).group(1)
    assert {entry.split(":")[0] for entry in given.split(",")} == {
        *("Marker", "Polygon", "GeoJSON", "TileLayer", "control", "canvas", "map"),
    }


def test_the_style_sheet_has_what_a_map_without_tiles_needs():
    style = read_leaflet_style()
    for kept in (
        "leaflet-map-pane",
        "leaflet-overlay-pane",
        "leaflet-control-scale",
        "leaflet-bar",
    ):
        assert kept in style
    for gone in ("popup", "tooltip", "url(", "behavior"):
        assert gone not in style
