"""Sketches: what a person draws, and what is said when it cannot be."""

from pathlib import Path

import pytest
import shapely

from geo.errors import GeoError, SketchError, raise_faults
from geo.model.schema import Declarations
from geo.recipes.ground import Ground
from geo.recipes.sketch import build_sketch

GROUND = Ground(
    pieces={"AAA/North": shapely.box(0, 5, 10, 10), "AAA/South": shapely.box(0, 0, 10, 5)},
    areas={"country-aaa": shapely.box(0, 0, 10, 10)},
    places={"town": (5.0, 6.0), "port": (0.0, 1.0)},
    edge=shapely.box(-100, -80, 100, 80).boundary,
)

BASE = {
    "id": "a-thing",
    "title": "A thing",
    "kind": "axis",
    "certainty": "certain",
    "precision_km": 1,
    "sources": ["x"],
    "context": "because",
}


def build(*features, shapes=(), claims=None, without=()):
    base = {key: value for key, value in BASE.items() if key not in without}
    sketch = {"feature": [{**base, **feature} for feature in features], "shape": list(shapes)}
    declared = Declarations(Path("sketch.toml"), "sketch.toml", sketch, faults=[])
    built = build_sketch(declared, GROUND, derived={}, claims=claims or {})
    raise_faults(SketchError, "", declared.faults)
    return built


def test_a_line_keeps_its_dated_stops():
    (feature,) = build(
        {
            "line": [
                {"at": "port", "on": "1941-08-25"},
                [2, 2],
                {"at": "town", "on": "1941-08-26"},
            ],
            "begin": "1941-08-25",
            "end": "1941-08-26",
        }
    )
    own = feature["properties"]
    assert feature["geometry"]["coordinates"] == ((0.0, 1.0), (2.0, 2.0), (5.0, 6.0))
    assert own["dates"] == ["1941-08-25", "", "1941-08-26"]
    assert own["places"] == ["port", "", "town"]
    assert (own["begin"], own["end"]) == ("1941-08-25", "1941-08-27")
    assert own["length_km"] == pytest.approx(802, abs=2)  # 248.6 + 553.8 on a sphere


@pytest.mark.parametrize(
    ("area", "size"),
    [
        ({"provinces": ["AAA"]}, 100),
        ({"provinces": ["AAA/North"]}, 50),
        ({"base": ["country-aaa"], "without": ["corner"]}, 99),
        ({"ring": [[-5, 4], [5, 4], [5, 6], [-5, 6]], "within": ["country-aaa"]}, 10),
        ({"rings": [[[0, 0], [1, 0], [1, 1]], [[2, 0], [3, 0], [3, 1]]]}, 1),
        ({"features": ["corner"]}, 1),
        ({"base": ["country-aaa"], "side": {"of": [[-1, 4], [11, 4]], "holding": "town"}}, 60),
    ],
)
def test_areas_are_put_together(area, size):
    corner = {"id": "corner", "area": {"ring": [[0, 0], [1, 0], [1, 1], [0, 1]]}}
    (feature,) = build({"area": area}, shapes=[corner])
    assert shapely.geometry.shape(feature["geometry"]).area == pytest.approx(size)
    assert feature["properties"]["area_km2"] > 0


def test_a_label_stands_where_the_area_is_widest():
    ring = [[0, 0], [9, 0], [9, 9], [1, 1], [0, 1]]
    (feature,) = build({"area": {"ring": ring}, "label": "here"})
    x, y = feature["properties"]["label_at"]
    assert x > 5
    assert 1 < y < 5
    assert feature["properties"]["label_room"] > 1.5


def test_what_the_edge_of_the_base_cuts_is_not_measured():
    (feature,) = build({"area": {"ring": [[-100, 0], [0, 0], [0, 50]]}})
    assert "area_km2" not in feature["properties"]


def test_a_claim_replaces_the_reason():
    (feature,) = build({"at": "town", "context": ""}, claims={"a-thing": ["P01-1"]})
    assert feature["properties"]["claims"] == ["P01-1"]


def test_all_faults_of_a_sketch_come_at_once_with_the_nearest_name():
    with pytest.raises(SketchError) as caught:
        build(
            {"id": "one", "at": "twon"},
            {"id": "two", "line": ["town", 5]},
            {"id": "three"},
            {"id": "four", "at": "town", "hue": "red"},
            {"id": "five", "at": "town", "context": ""},
            {"id": "six", "at": "town", "on": "1941-14"},
            {"id": "seven", "area": {"provinces": ["AAA/Nord"]}},
            {"id": "eight", "area": {"ring": [[0, 0], [1, 1], [1, 0], [0, 1]]}},
            {"id": "nine", "area": {"shape": "round"}},
        )
    message = str(caught.value)
    assert "sketch.toml: feature 'one': unknown place 'twon'; did you mean 'town'?" in message
    assert "'two': line.2 5, expected a place id or [longitude, latitude]" in message
    assert "'three': has no geometry" in message
    assert "'four': has unknown key hue" in message
    assert "'five': no claim names it" in message
    assert "'six': on '1941-14', expected an EDTF date" in message
    assert "'seven': unknown country or province 'AAA/Nord'; did you mean 'AAA/North'?" in message
    assert "'eight': its geometry is not valid: Self-intersection" in message
    assert "'nine': has unknown key area.shape" in message


def test_what_has_no_place_is_a_feature_all_the_same():
    (feature,) = build({"unplaced": True, "on": "1941-08-25"}, without=["precision_km"])
    assert feature["geometry"] is None
    assert "precision_km" not in feature["properties"]
    with pytest.raises(SketchError) as caught:
        build(
            {"id": "one", "unplaced": True, "at": "town", "label": "Here"},
            {"id": "two", "unplaced": False},
        )
    message = str(caught.value)
    assert "'one': is unplaced and has at, precision_km, label: expected one or the" in message
    assert "'two': unplaced false, expected true or nothing" in message


def test_a_feature_may_only_use_what_stands_before_it():
    with pytest.raises(GeoError, match="must stand earlier in the file"):
        build({"area": {"features": ["later"]}}, {"id": "later", "area": {"provinces": ["AAA"]}})


def test_the_base_refuses_other_downloads(tmp_path):
    from geo import load_catalogue
    from geo.recipes.build import rebuild_base

    root = load_catalogue().root
    with pytest.raises(SketchError, match=r"world_map\.gpkg: not found, expected Natural Earth"):
        list(rebuild_base(root, tmp_path))
    (tmp_path / "world_map.gpkg").write_bytes(b"other")
    with pytest.raises(SketchError, match=r"sha256 is .*, expected ff5cceef"):
        list(rebuild_base(root, tmp_path))
