"""Maps of one's own data in a browser: they ask for nothing, run nothing of the data, and step."""

import itertools
import re

import folium
import geopandas
import own_data
import pytest
from helpers import LISTED, READY

import geo
from geo.tables.words import clean

BOUNDS = """() => {
  const { _southWest: low, _northEast: high } = map_atlas.getBounds();
  return [low.lng, low.lat, high.lng, high.lat];
}"""

TICKS = """() => [...document.querySelectorAll(".tick:not(.unlabelled)")].map((tick) => {
  const text = document.createRange();
  text.selectNodeContents(tick);
  const { left, right } = text.getBoundingClientRect();
  return [left, right];
})"""


def opened(open_page, path, map_):
    map_.save(path)
    page, watch = open_page(path.as_uri())
    page.wait_for_selector(READY)
    return page, watch


@pytest.mark.slow
@pytest.mark.parametrize("name", own_data.SETS)
def test_it_steps_and_asks_for_nothing(open_page, tmp_path, name):
    page, watch = opened(open_page, tmp_path / "map.html", geo.explore(own_data.SETS[name]()))
    seen = []
    page.focus("#era-slider")
    for step in range(min(int(page.get_attribute("#era-slider", "max")), 9) + 1):
        page.wait_for_selector(f"html[data-atlas-era=era-{step + 1}]")
        seen.append(page.locator(".now .features [data-id]").count())
        page.keyboard.press("ArrowRight")
    assert all(seen), seen
    page.wait_for_selector(LISTED, state="attached")
    legend = page.locator("#legend h3:visible")
    assert legend.count()
    for heading in legend.all():
        assert heading.locator("xpath=following-sibling::*[1]").locator("li:visible").count()
    page.wait_for_function("() => document.title.endsWith('A map in time')")
    assert watch.requests == []
    assert watch.errors == []


def test_text_is_shown_as_text(open_page, tmp_path):
    """Each string stands in title, category, note, source: 39 strings at 156 places."""
    map_ = geo.explore(own_data.marked_up())
    page, watch = opened(open_page, tmp_path / "map.html", map_)
    page.focus("#era-slider")
    page.keyboard.press("End")
    count = len(own_data.MARKUP)
    page.wait_for_selector(f"#features li:nth-child({count})")
    shown = set(page.locator("#features .row-title").all_text_contents())
    expected = {clean(text, 300) for text in own_data.MARKUP}
    assert shown == expected
    for row in page.locator("#features button").all():
        row.evaluate("button => button.click()")
    inner = "#card :is(img, script, iframe, svg[onload], form, base, link, style)"
    assert page.locator(f"{inner}, #features :is(img, script, iframe, form)").count() == 0
    page.wait_for_function("() => document.title.endsWith('A map in time')")
    assert watch.requests == []
    assert watch.errors == []


def test_it_stands_in_a_notebook_s_frame(open_page, tmp_path):
    """As ``srcdoc`` with an opaque origin, as notebooks show what a value says of itself."""
    path = tmp_path / "notebook.html"
    path.write_text(
        f"<!doctype html><title>Notebook</title>{geo.explore(own_data.years())._repr_html_()}"
    )
    page, watch = open_page(path.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator(READY).wait_for()
    frame.locator("#era-next").click()
    frame.locator("html[data-atlas-era=era-2]").wait_for()
    assert watch.requests == []
    assert watch.errors == []


@pytest.mark.slow
def test_what_is_added_by_folium_is_drawn_and_says_its_texts(open_page, tmp_path):
    catalogue = geo.load_catalogue()
    eras = [catalogue.era("1907-spheres")]
    atlas_map = geo.build_map(catalogue, geo.load_features(catalogue), eras=eras)
    popup = folium.Popup("<b>Teheran</b><br>a`${document.title='ran'}")
    folium.Marker([35.7, 51.4], popup=popup, icon=folium.Icon(color="red")).add_to(atlas_map)
    folium.PolyLine([[29, 50], [31, 54]], color="#dd0000", weight=6).add_to(atlas_map)
    path = tmp_path / "map.html"
    path.write_text(geo.render_document(atlas_map))
    page, watch = open_page(path.as_uri())
    page.wait_for_selector(READY)
    line = page.locator(".leaflet-added-pane path[stroke='#dd0000']")
    assert line.bounding_box()["width"] > 50
    pin = page.locator(".added-pin")
    assert pin.locator("path").get_attribute("fill") == "red"
    pin.click()
    assert (
        page.locator(".leaflet-popup-content").inner_text() == "Teheran\na`${document.title='ran'}"
    )
    assert "ran" not in page.title().split()
    assert watch.requests == []
    assert watch.errors == []


@pytest.mark.slow
def test_every_geometry_of_geojson_is_drawn_and_bears_a_tooltip(open_page, tmp_path):
    area = {"type": "Polygon", "coordinates": [[[50, 30], [52, 30], [51, 32], [50, 30]]]}
    geometries = [
        {"type": "Point", "coordinates": [51, 35, 1200]},
        {"type": "MultiPoint", "coordinates": [[46, 38], [47, 39]]},
        {"type": "MultiLineString", "coordinates": [[[50, 36], [52, 36]], [[53, 36], [54, 36]]]},
        {
            "type": "GeometryCollection",
            "geometries": [area, {"type": "Point", "coordinates": [56, 27]}],
        },
        {"type": "GeometryCollection", "geometries": []},
    ]
    catalogue = geo.load_catalogue()
    eras = [catalogue.era("1907-spheres")]
    atlas_map = geo.build_map(catalogue, geo.load_features(catalogue), eras=eras)
    for geometry in geometries:
        folium.GeoJson(geometry, tooltip="Shown").add_to(atlas_map)
    path = tmp_path / "map.html"
    path.write_text(geo.render_document(atlas_map))
    page, watch = open_page(path.as_uri())
    page.wait_for_selector(READY)
    assert page.locator(".added-pin").count() == 4
    assert page.locator(".leaflet-added-pane path.leaflet-interactive").count() == 2
    page.locator(".added-pin").first.hover()
    assert page.locator(".leaflet-tooltip").inner_text() == "Shown"
    assert watch.errors == []


def places(*positions):
    """Return a map of points that all last from 1850 to 1880."""
    count = len(positions)
    rows = {
        "title": [f"Place {number + 1}" for number in range(count)],
        "from": [1850] * count,
        "to": [1880] * count,
    }
    geometry = geopandas.points_from_xy(*zip(*positions, strict=True), crs=4326)
    return geo.explore(geopandas.GeoDataFrame(rows, geometry=geometry))


def test_a_place_alone_is_told_by_the_shores_around_it_and_has_nothing_to_play(open_page, tmp_path):
    page, watch = opened(open_page, tmp_path / "map.html", places((-77, -12)))
    west, south, east, north = page.evaluate(BOUNDS)
    assert min(east - west, north - south) > 5
    assert page.is_disabled("#play")
    assert page.is_disabled("#play-speed")
    assert page.is_hidden("#moment")
    assert watch.errors == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("positions", "degrees"),
    [([(-77, -12), (139, 35)], 10), ([(44, 33), (56, 39)], 5), ([(-170, -50), (170, 70)], 30)],
)
def test_meridians_and_parallels_are_no_closer_than_a_map_can_bear(
    open_page, tmp_path, positions, degrees
):
    page, watch = opened(open_page, tmp_path / "map.html", places(*positions))
    read = "all => all.map((one) => one.getAttribute('d'))"
    paths = page.eval_on_selector_all(".now .base path[d]", read)
    [lines] = [path for path in paths if re.fullmatch(r"(M[-\d.]+ [-\d.]+[VH][-\d.]+)+", path)]
    meridians = sorted(float(x) for x in re.findall(r"M([-\d.]+) [-\d.]+V", lines))
    world = 256 * 2 ** page.evaluate("map_atlas.getZoom()")
    gaps = [b - a for a, b in itertools.pairwise(meridians)]
    assert gaps == pytest.approx([world * degrees / 360] * len(gaps), abs=0.2)
    assert min(gaps) >= 40
    assert watch.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("count", [5, 6, 7, 8])
def test_labels_of_eras_with_long_names_do_not_meet_at_either_end(open_page, tmp_path, count):
    years = [str(1900 + number) for number in range(0, 2 * count, 2)]
    dates = [*years, "1941-08-25", "1941-09-01", "1941-09-18"]
    frame = geopandas.GeoDataFrame(
        {"begin": dates, "end": dates},
        geometry=geopandas.points_from_xy(range(40, 40 + len(dates)), [35] * len(dates)),
        crs=4326,
    )
    map_ = geo.explore(frame, begin="begin", end="end", eras="breaks")
    page, _ = opened(open_page, tmp_path / "map.html", map_)
    for width in (1600, 1280, 1100, 900, 600, 390):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        texts = page.evaluate(TICKS)
        assert texts
        for (_, right), (left, _) in itertools.pairwise(sorted(texts)):
            assert right <= left, width
