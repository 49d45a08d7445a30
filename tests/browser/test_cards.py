"""Cards tell the views of the sides, and cite sources with what identifies them."""

from dataclasses import replace

import pytest
from helpers import LISTED, READY

from geo import build_map, load_catalogue, load_features, render_document
from geo.model.features import Feature
from geo.model.views import read_views

CATALOGUE = load_catalogue()
FEATURES = load_features(CATALOGUE)
SOVIET = {"whose": "Soviet", "says": "The staff knew of nothing.", "sources": ["playfair-1956"]}
IRANIAN = {"whose": "Iranian", "says": "The notes were an answer.", "sources": ["frus-1941-v3"]}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    plain = next(item for item in FEATURES if item.id == "event-invasion-date-1941")
    own = {**plain.properties, "views": [SOVIET]}
    told = Feature(plain.layer, plain.geometry, own)
    claim = own["claims"][0]
    views = replace(CATALOGUE.claims[claim], views=read_views([IRANIAN]))
    work = replace(CATALOGUE.sources["playfair-1956"], doi="10.1000/182", isbn="0-306-40615-2")
    work = replace(work, locator="p. 252", citation="Playfair, The Mediterranean.")
    catalogue = replace(
        CATALOGUE,
        claims={**CATALOGUE.claims, claim: views},
        sources={**CATALOGUE.sources, work.id: work},
    )
    features = [told if item is plain else item for item in FEATURES]
    era = catalogue.era("1941-invasion")
    path = tmp_path_factory.mktemp("cards") / "atlas.html"
    path.write_text(render_document(build_map(catalogue, features, eras=[era])))
    return path.as_uri()


def test_a_card_tells_whose_view_says_what(open_page, address):
    page, watch = open_page(f"{address}?select=event-invasion-date-1941")
    page.wait_for_selector(READY, state="attached")
    views = page.locator("#card .view").all_inner_texts()
    assert [view.split("\n")[0] for view in views] == [
        "Soviet view: The staff knew of nothing.",
        "Iranian view: The notes were an answer.",
    ]
    cited = page.locator("#card .view").first.locator("small")
    assert "The Mediterranean, p. 252. doi:10.1000/182 ISBN 0-306-40615-2" in cited.inner_text()
    doi = cited.locator("a", has_text="doi:")
    assert doi.get_attribute("href") == "https://doi.org/10.1000/182"
    assert "noopener" in doi.get_attribute("rel")
    assert watch.errors == []


def test_a_source_found_by_search_leads_to_what_has_it_in_a_view(open_page, address):
    page, watch = open_page(address)
    page.wait_for_selector(READY, state="attached")
    page.fill("#search", "Playfair")
    page.keyboard.press("Enter")
    assert page.locator("#card-title a").get_attribute("href") == "https://doi.org/10.1000/182"
    assert page.locator("#card .citing button").count() >= 1
    assert watch.errors == []


def test_legends_and_cards_call_actors_what_they_were_called(open_page, document):
    page, watch = open_page(f"{document}?era=1901-inroads&compare=2014-syria-jcpoa")
    page.wait_for_selector(READY, state="attached")
    page.wait_for_selector(LISTED, state="attached")
    legend = page.text_content("#legend")
    assert "Russian Empire / Russia" in legend
    assert "USSR" not in legend
    page.select_option("#compare-with", "-1")
    page.wait_for_function(
        "() => !document.getElementById('legend').textContent.includes('Empire / Russia')"
    )
    assert "Russian Empire" in page.text_content("#legend")
    page, watch = open_page(f"{document}?select=axis-soviet-tabriz")
    page.wait_for_selector(READY, state="attached")
    assert "USSR" in page.inner_text("#card .facts")
    assert watch.errors == []
