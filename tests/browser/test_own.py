"""Maps of one's own data in a browser: they ask for nothing, run nothing of the data, and step."""

import folium
import own_data
import pytest
from helpers import LISTED, READY

import geo
from geo.tables.words import clean


def opened(open_page, path, map_):
    map_.save(path)
    page, watch = open_page(path.as_uri())
    page.wait_for_selector(READY)
    return page, watch


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
    legend = page.locator("#legend .legend-group:visible")
    empty = "(heading) => !heading.nextElementSibling || heading.nextElementSibling.hidden"
    assert not [text for text in legend.all() if text.evaluate(empty)]
    assert page.title().endswith("A map in time")
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
    assert page.title().endswith("A map in time")
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
