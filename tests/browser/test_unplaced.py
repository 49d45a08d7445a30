"""What has no place on the map: listed, searched and read, never drawn."""

import pytest
from helpers import LISTED, READY

from geo import build_map, load_catalogue, load_features, render_document
from geo.model.features import Feature
from geo.model.symbology import load_symbology
from geo.model.wording import load_wording
from geo.payload.build import build_payload
from geo.plate import Engine, render_plate

CATALOGUE = load_catalogue()
ERAS = [CATALOGUE.era(name) for name in ("1907-spheres", "1941-invasion")]
TITLE = "A rumour that nobody placed"
EVENT = {
    "id": "rumour-1941",
    "title": TITLE,
    "kind": "political-event",
    "begin": "1941-08-26",
    "end": "1941-08-27",
    "begin_edtf": "1941-08-26",
    "end_edtf": "1941-08-26",
    "certainty": "uncertain",
    "sources": ["playfair-1956"],
    "claims": [],
    "context": "For a test.",
    "note": "It was heard everywhere.",
}


@pytest.fixture(scope="module")
def features():
    return [*load_features(CATALOGUE), Feature("invasion-1941", {}, EVENT)]


@pytest.fixture(scope="module")
def address(features, tmp_path_factory):
    path = tmp_path_factory.mktemp("unplaced") / "atlas.html"
    path.write_text(render_document(build_map(CATALOGUE, features, eras=ERAS)))
    return path.as_uri()


@pytest.mark.slow
def test_it_is_in_list_strip_search_and_card_and_never_on_the_map(open_page, address, features):
    page, watch = open_page(f"{address}?era=1941-invasion")
    page.wait_for_selector(READY, state="attached")
    page.wait_for_selector(LISTED, state="attached")
    row = page.locator("[data-row=rumour-1941]")
    when = row.locator(".row-when").text_content()
    assert when == "26 August 1941 not on the map"
    in_time = sum(ERAS[1].begin <= f.properties["begin"] < ERAS[1].end for f in features)
    dated = page.locator(".strip-era title").last.text_content()
    assert dated.endswith(f"; dated events: {in_time}")
    before = page.locator(".leaflet-map-pane").get_attribute("style")
    for choose in ("row", "search"):
        if choose == "row":
            row.click()
        else:
            page.fill("#search", "rumour")
            page.keyboard.press("Enter")
        assert page.inner_text("#card-title") == TITLE
        assert "not on the map" in page.inner_text("#card .facts")
        assert page.locator(".leaflet-map-pane").get_attribute("style") == before
        assert page.locator("[data-id=rumour-1941], [data-label=rumour-1941]").count() == 0
        page.click("#card .close")
    assert watch.errors == []


def test_a_link_opens_its_card_in_its_era(open_page, address):
    page, watch = open_page(f"{address}?select=rumour-1941")
    page.wait_for_selector(READY, state="attached")
    assert page.get_attribute("html", "data-atlas-era") == "1941-invasion"
    assert page.inner_text("#card-title") == TITLE
    assert watch.errors == []


def test_a_plate_neither_draws_it_nor_explains_it(features):
    symbology = load_symbology()
    alone = [feature for feature in features if feature.id == "rumour-1941"]
    payload = build_payload(
        CATALOGUE, alone, eras=ERAS[1:], symbology=symbology, wording=load_wording()
    )
    plate = render_plate(Engine(payload, symbology), "1941-invasion")
    assert "rumour-1941" not in plate
    assert symbology.kind(alone[0].kind).title not in plate
