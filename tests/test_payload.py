import gzip
import json
import re
from itertools import chain

import pytest

from geo.document.folium_map import AtlasElement
from geo.model.features import select_features
from geo.model.wording import load_wording
from geo.payload.build import build_payload
from geo.payload.packing import to_inert_json
from geo.payload.topology import to_positions


def test_a_document_of_one_era_holds_only_what_it_needs(catalogue, features, symbology, payload):
    era = catalogue.era("1907-spheres")
    one = build_payload(
        catalogue, features, eras=[era], symbology=symbology, wording=load_wording()
    )
    assert {feature["id"] for feature in one["features"]} == {
        feature.id for feature in select_features(features, era)
    }
    assert len(to_inert_json(one)) < 0.7 * len(to_inert_json(payload))
    assert set(one["sources"]) < set(payload["sources"])


def test_everything_a_feature_refers_to_is_there(payload):
    for feature in payload["features"]:
        assert feature["kind"] in payload["kinds"]
        assert feature.get("actor", "none") in payload["actors"]
        assert set(feature["sources"]) <= set(payload["sources"])
        assert set(feature.get("claims", [])) <= set(payload["claims"])


def test_features_come_in_drawing_order(payload, symbology):
    orders = [symbology.kind(feature["kind"]).order for feature in payload["features"]]
    assert orders == sorted(orders)


def test_a_spheres_own_edge_is_the_treaty_line_not_the_frontier(payload):
    sphere = next(item for item in payload["features"] if item["id"] == "sphere-russian-1907")
    whole = {abs_arc(number) for polygon in sphere["shape"] for ring in polygon for number in ring}
    own = {abs_arc(number) for line in sphere["own"] for number in line}
    ground = {
        abs_arc(number)
        for border in payload["base"]["borders"]
        for line in border["shape"]
        for number in line
    }
    assert own
    assert own < whole
    assert not own & ground


def test_a_littoral_states_edge_is_its_shore(payload):
    by_id = {item["id"]: item for item in payload["features"]}
    sea = {
        abs_arc(n) for polygon in by_id["sea-caspian"]["shape"] for ring in polygon for n in ring
    }
    for state in ("iran", "russia", "kazakhstan", "turkmenistan", "azerbaijan"):
        own = {abs_arc(n) for line in by_id[f"littoral-{state}"]["own"] for n in line}
        assert own
        assert own <= sea


def test_inert_json_cannot_leave_its_block():
    text = to_inert_json({"</script><script>": "<!-- & \u2028\u2029 -->"})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"</script><script>": "<!-- & \u2028\u2029 -->"}


def abs_arc(number):
    return number if number >= 0 else ~number


def test_places_keep_every_name_and_spelling_to_be_searched(payload, everything):
    known = set()
    for place in payload["base"]["places"]:
        changes = place["names"] if isinstance(place["names"], list) else [(0, place["names"])]
        names = [name for _, name in changes]
        known |= {*names, *(name[0] for name in place.get("others", []))}
    shown = {tuple(place["at"]) for place in payload["base"]["places"]}
    for feature in everything:
        if feature.kind == "place" and tuple(feature.geometry["coordinates"]) in shown:
            assert {name["name"] for name in feature.properties["names"]} <= known
            assert set(feature.properties["also"]) <= known


def test_names_that_changed_say_from_when_to_when(payload):
    anzali = next(p for p in payload["base"]["places"] if "Bandar Pahlavi" in str(p["names"]))
    assert anzali["others"] == [
        ["Enzeli", "", "1925-03-28"],
        ["Bandar Pahlavi", "1925-03-28", "1979"],
        ["Bandar-e Anzali", "1979", ""],
    ]
    abadan = next(place for place in payload["base"]["places"] if place["names"] == "Abadan")
    assert "others" not in abadan


def test_every_state_can_be_found_even_if_no_map_names_it(payload, everything):
    listed = {item["name"] for item in [*payload["base"]["names"], *payload["base"]["more"]]}
    assert {
        feature.properties["title"] for feature in everything if feature.kind == "state"
    } <= listed


def test_what_search_and_citations_need_is_small(payload):
    places = payload["base"]["places"]
    slim = [{key: value for key, value in place.items() if key != "o"} for place in places]
    added = {key: payload[key] for key in ("authors", "credits", "license", "version")}
    more = [payload["base"]["more"], payload["paragraphs"], added]
    size = [len(gzip.compress(to_inert_json({"": part}).encode())) for part in (places, slim, more)]
    assert size[0] - size[1] + size[2] < 3000


def test_paragraphs_are_those_that_features_tell_of(payload):
    told = {claim.split("-")[0] for item in payload["features"] for claim in item.get("claims", [])}
    assert set(payload["paragraphs"]) == told


@pytest.fixture(scope="module")
def alone(catalogue, features, symbology):
    era = catalogue.era("1907-spheres")
    return build_payload(
        catalogue, features, eras=[era], symbology=symbology, wording=load_wording()
    )


def test_a_single_era_has_only_icons_actors_and_places_of_its_own(alone, payload):
    icons = {kind["icon"] for kind in alone["kinds"].values() if "icon" in kind}
    assert set(alone["icons"]) == icons < set(payload["icons"])
    actors = {feature.get("actor", "none") for feature in alone["features"]}
    assert set(alone["actors"]) == actors | {"none"}
    assert len(alone["base"]["places"]) < len(payload["base"]["places"])
    assert alone["overlaps"] == []


def test_a_single_era_leaves_out_the_texts_that_only_a_comparison_says(alone, payload, symbology):
    left_out = {name for name in payload["ui"] if name not in alone["ui"]}
    assert {"changed-new", "compare", "compared", "divider", "control-status"} <= left_out
    script = AtlasElement(alone, symbology).script
    said = set(re.findall(r"\bui\.(\w+)|\bui\[\"([\w-]+)\"\]", script))
    assert left_out.isdisjoint(set(chain.from_iterable(said)))


def test_a_single_era_is_exact_where_it_opens_and_coarser_elsewhere(alone, payload, catalogue):
    west, south, east, north = catalogue.era("1907-spheres").bounds

    def vertices(document, *, inside):
        positions = [place for arc in document["arcs"] for place in to_positions(arc)]
        return sum((west < x < east and south < y < north) == inside for x, y in positions)

    far = vertices(alone, inside=False) / vertices(payload, inside=False)
    near = vertices(alone, inside=True) / vertices(payload, inside=True)
    assert far < near  # how far off lines are, tests/test_thinning.py measures


def test_a_single_era_keeps_the_treaty_line_as_its_own_edge(alone):
    sphere = next(item for item in alone["features"] if item["id"] == "sphere-russian-1907")
    whole = {abs_arc(number) for polygon in sphere["shape"] for ring in polygon for number in ring}
    own = {abs_arc(number) for line in sphere["own"] for number in line}
    assert own
    assert own < whole


def test_actors_are_called_what_they_were_called(payload, alone):
    called = {
        era["id"]: set(era["who"]["russia"].values())
        for era in payload["eras"]
        if "russia" in era["who"]
    }
    assert called["1901-inroads"] == {"Russian Empire"}
    assert alone["eras"][0]["who"]["russia"]["sphere"] == "Russian Empire"
    assert called["1941-invasion"] == {"USSR"}
    assert called["2015-syria"] == {"Russia"}
    assert alone["actors"]["iran"]["title"] == "Persia"
    whole = "Russian Empire / Soviet Russia / USSR / Russia"
    assert payload["actors"]["russia"]["title"] == whole
    axis = next(item for item in payload["features"] if item["id"] == "axis-soviet-tabriz")
    assert axis["who"] == "USSR"
