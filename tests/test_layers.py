"""Contracts that hold for every real layer and feature."""

import json

import pytest
import shapely

from geo import load_catalogue, load_features
from geo.recipes.build import build_layers

CATALOGUE = load_catalogue()
FEATURES = load_features(CATALOGUE)

SMALLEST = {
    "spheres-1907": 17,
    "invasion-1941": 54,
    "crisis-1945-46": 30,
    "bushehr": 10,
    "caspian": 43,
}


@pytest.fixture(scope="module")
def built():
    return dict(build_layers(CATALOGUE))


@pytest.mark.parametrize("layer", CATALOGUE.layers, ids=lambda layer: layer.id)
def test_a_layer_says_where_it_comes_from(layer):
    assert layer.sources
    assert layer.lineage.startswith("python -m geo build")
    assert layer.license in ("CC BY 4.0", "public domain")
    assert CATALOGUE.path(layer).is_file()


def test_building_changes_no_byte(built):
    for path, features in built.items():
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0] == '{"type":"FeatureCollection","features":['
        expected = [
            json.dumps(feature, ensure_ascii=False, separators=(",", ":")) for feature in features
        ]
        assert [line.rstrip(",") for line in lines[1:-1]] == expected, path.name


def test_every_derived_file_is_a_layer(built):
    assert {CATALOGUE.path(layer) for layer in CATALOGUE.layers} >= set(built)


@pytest.mark.parametrize(("layer", "count"), SMALLEST.items())
def test_the_five_families_are_complete(layer, count):
    assert sum(feature.layer == layer for feature in FEATURES) >= count


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.id)
def test_a_feature_can_be_trusted(feature):
    own = feature.properties
    assert own["sources"]
    assert all(source in CATALOGUE.sources for source in own["sources"])
    assert own["certainty"] in ("certain", "less-certain", "uncertain")
    assert own["note"]
    assert not feature.geometry or shapely.from_geojson(json.dumps(feature.geometry)).is_valid


@pytest.mark.parametrize(
    "feature",
    [feature for feature in FEATURES if "dates" in feature.properties],
    ids=lambda feature: feature.id,
)
def test_dated_stops_go_forward_in_time(feature):
    own = feature.properties
    dates = [date for date in own["dates"] if date]
    assert len(own["dates"]) == len(feature.geometry["coordinates"]) == len(own["places"])
    assert dates == sorted(dates)
    assert own["begin_edtf"] <= dates[0]
    assert dates[-1] <= own["end_edtf"]
