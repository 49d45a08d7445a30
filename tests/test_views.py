"""Views: read, checked, and told wherever a feature or a statement is."""

from dataclasses import replace

import pytest

from geo.checks.atlas import check_atlas
from geo.errors import CatalogueError
from geo.model.features import Feature
from geo.model.schema import find_faults
from geo.model.views import View, read_views
from geo.model.wording import load_wording
from geo.payload.build import build_payload

SOVIET = {"whose": "Soviet", "says": "They were invited.", "sources": ["playfair-1956"]}


def test_views_in_order_are_read():
    assert find_faults(list[View], [SOVIET]) == []
    (view,) = read_views([SOVIET])
    assert (view.whose, view.sources) == ("Soviet", ("playfair-1956",))


def test_all_faults_of_views_come_at_once():
    wrong = [{**SOVIET, "whose": " "}, {**SOVIET, "sources": []}, {"says": "x"}]
    assert find_faults(list[View], wrong) == [
        "1.whose ' ', expected a text that is not empty",
        "2.sources [], expected at least 1 of them",
        "lacks 3.whose",
        "lacks 3.sources",
    ]
    assert find_faults(list[View], "Soviet") == ["'Soviet', expected a list"]


@pytest.fixture(scope="module")
def told(catalogue, features):
    """The atlas with a view on a feature and one on a claim it shows."""
    feature = next(item for item in features if item.properties["claims"])
    claim = catalogue.claims[feature.properties["claims"][0]]
    views = read_views([{**SOVIET, "whose": "Iranian", "sources": ["frus-1941-v3"]}])
    claims = {**catalogue.claims, claim.id: replace(claim, views=views)}
    own = {**feature.properties, "views": [SOVIET]}
    changed = Feature(feature.layer, feature.geometry, own)
    others = [changed if item is feature else item for item in features]
    return replace(catalogue, claims=claims), others, changed, claim.id


def test_a_document_holds_views_with_their_sources(told, symbology):
    catalogue, features, feature, claim = told
    payload = build_payload(
        catalogue, features, eras=catalogue.eras, symbology=symbology, wording=load_wording()
    )
    (entry,) = (item for item in payload["features"] if item["id"] == feature.id)
    assert entry["views"] == [["Soviet", "They were invited.", ["playfair-1956"]]]
    assert payload["claims"][claim]["views"][0][0] == "Iranian"
    assert {"playfair-1956", "frus-1941-v3"} <= set(payload["sources"])


def test_a_view_of_an_unknown_source_is_a_fault(told, everything, symbology):
    catalogue, _, feature, _ = told
    own = {**feature.properties, "views": [{**SOVIET, "sources": ["nor-this"]}]}
    changed = Feature(feature.layer, feature.geometry, own)
    features = [changed if item.id == feature.id else item for item in everything]
    with pytest.raises(CatalogueError) as caught:
        check_atlas(catalogue, features, symbology)
    assert f"feature {feature.id}: source 'nor-this' does not exist" in str(caught.value)
