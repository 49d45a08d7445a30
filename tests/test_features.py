import json

import pytest

from geo.errors import FeatureError
from geo.model.features import read_features, select_features, to_geojson

GOOD = {
    "id": "a-line",
    "title": "A line",
    "kind": "axis",
    "begin": "1941-08-25",
    "end": "1941-08-26",
    "certainty": "certain",
    "precision_km": 2,
    "sources": ["x"],
}
LINE = {"type": "LineString", "coordinates": [[51.0, 35.0], [52.0, 36.0]]}


def write(tmp_path, geometry=LINE, **changes):
    properties = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    path = tmp_path / "x.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return path


def test_a_good_feature_is_read(tmp_path):
    (feature,) = read_features(write(tmp_path), "layer")
    assert feature.id == "a-line"
    assert feature.layer == "layer"
    assert str(feature.timespan.end) == "1941-08-26"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"certainty": "sure"}, "certainty 'sure', expected one of"),
        ({"id": "A_Line"}, "id 'A_Line', expected an id in kebab-case"),
        ({"sources": None}, "lacks sources"),
        ({"precision_km": -1}, "precision_km -1, expected at least 0"),
        ({"begin": "1941"}, "begin '1941', expected a day, YYYY-MM-DD"),
        ({"end": "1941-08-01"}, "end 1941-08-01 is not after begin 1941-08-25"),
        ({"status": "maybe"}, "status 'maybe', expected one of"),
    ],
)
def test_a_wrong_property_is_named(tmp_path, changes, message):
    with pytest.raises(FeatureError, match=message):
        read_features(write(tmp_path, **changes), "layer")


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        (None, "geometry type null"),
        ({"type": "Circle", "coordinates": []}, "geometry type 'Circle'"),
        ({"type": "LineString", "coordinates": [[51, 35]]}, "fewer than 2 positions"),
        ({"type": "LineString", "coordinates": [[5100, 35], [52, 36]]}, "not in degrees"),
        ({"type": "LineString", "coordinates": [["51", 35], [52, 36]]}, "longitude, latitude"),
        ({"type": "LineString", "coordinates": [[51.1234567, 35], [52, 36]]}, "5 decimals"),
        ({"type": "LineString", "coordinates": "no"}, "not nested as a LineString needs"),
        ({"type": "Polygon", "coordinates": [[[1, 1], [2, 2], [3, 1]]]}, "not closed"),
    ],
)
def test_a_wrong_geometry_is_named(tmp_path, geometry, message):
    with pytest.raises(FeatureError, match=message):
        read_features(write(tmp_path, geometry=geometry), "layer")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not valid JSON: .*line 1"),
        (" \n", "not valid JSON: found nothing"),
        ("[]", "expected a GeoJSON FeatureCollection"),
        ('{"type": "Feature"}', "found 'Feature', expected a GeoJSON FeatureCollection"),
    ],
)
def test_a_file_that_is_no_collection_is_named(tmp_path, text, message):
    path = tmp_path / "x.geojson"
    path.write_text(text)
    with pytest.raises(FeatureError, match=message):
        read_features(path, "layer")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FeatureError, match=r"none\.geojson: cannot be read"):
        read_features(tmp_path / "none.geojson", "layer")


def test_a_feature_without_a_place_has_no_geometry(tmp_path):
    path = write(tmp_path, geometry=None, precision_km=None)
    (feature,) = read_features(path, "layer")
    assert feature.geometry_type == ""
    assert "precision_km" not in feature.properties
    assert to_geojson([feature])["features"][0]["geometry"] is None
    text = path.read_text().replace('"geometry": null', '"geometry": {}')
    path.write_text(text)
    with pytest.raises(FeatureError, match=r"lacks precision_km[\s\S]*geometry type null"):
        read_features(path, "layer")


def test_an_era_selects_by_overlap(catalogue, features):
    era = catalogue.era("1941-invasion")
    ids = {feature.id for feature in select_features(features, era)}
    assert "axis-soviet-tabriz" in ids
    assert "sphere-russian-1907" not in ids
    assert "zone-mahabad-core-1946" not in ids


def test_features_come_back_as_the_geojson_they_were(catalogue, features):
    layer = catalogue.layer("bushehr")
    own = [feature for feature in features if feature.layer == "bushehr"]
    assert to_geojson(own) == json.loads(catalogue.path(layer).read_text())
