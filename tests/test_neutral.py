"""Kinds and colours that any atlas has."""

import pytest

import geo
from geo.errors import GeoError
from geo.files import write_features
from geo.model.neutral import colour_faults, colour_table
from geo.plate import Engine
from geo.recipes.build import build_layers
from geo.recipes.new import make_atlas

SKETCH = "layers/sketches/canals.toml"


@pytest.fixture
def small(tmp_path):
    """A small atlas with an area, whose sketch a test may change; returns how to build it."""
    make_atlas(tmp_path / "small")
    path = tmp_path / "small" / SKETCH
    text = path.read_text(encoding="utf-8")
    area = text[text.index("\n[[feature]]") :].replace("way-to-india", "basin")
    area = area.replace("own-line", "own-area").partition("line = [")[0]
    text += f"\n{area}area.ring = [[33.0, 12.0], [50.0, 12.0], [50.0, 25.0]]\n"

    def build(**colours):
        changed = text
        for kind, added in colours.items():
            named = f'kind = "{kind.replace("_", "-")}"'
            assert named in text
            changed = changed.replace(named, f"{named}\n{added}")
        path.write_text(changed, encoding="utf-8")
        catalogue = geo.load_catalogue(tmp_path / "small")
        for layer, features in build_layers(catalogue).items():
            write_features(layer, features)
        (atlas,) = geo.build_map(catalogue, geo.load_features(catalogue))._children.values()
        return atlas

    return build


def test_points_lines_and_areas_have_colours_of_their_own(small):
    atlas = small(
        own_point='colour = "teal"', own_line='colour = "red"', own_area='colour = "olive"'
    )
    wanted = {f"hue-{name}" for name in ("teal", "red", "olive")}
    assert set(atlas.payload["actors"]) == {"none", *wanted}
    engine = Engine(atlas.payload, atlas.symbology)
    for theme in ("light", "dark"):
        drawn = engine.draw("two-oceans", size=(900, 600), theme=theme)
        legend = str([row.samples for row in drawn.legend])
        for name in wanted:
            assert colour_table()[name][theme] in drawn.content
            assert colour_table()[name][theme] in legend
    assert "--hue-teal:" in atlas.style
    assert "--hue-pink:" not in atlas.style
    assert {feature.get("who", "") for feature in atlas.payload["features"]} == {""}


def test_what_asks_for_no_colour_brings_none(page):
    assert "hue-" not in page


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ('colour = "mauve"', "colour 'mauve', expected one of blue, red, green, amber"),
        ('colour = "#ff0000"', "colour '#ff0000', expected"),
        ("colour = 5", "colour 5, expected"),
        ('colour = "red"\nactor = "iran"', "has actor and colour, expected one or the other"),
    ],
)
def test_other_colours_are_refused(small, added, message):
    with pytest.raises(GeoError, match=message):
        small(own_line=added)


def test_what_has_a_subject_has_its_actor_s_colour():
    (fault,) = colour_faults({"kind": "treaty-line", "colour": "red"})
    assert fault.startswith("has a colour: 'treaty-line' has its actor's, only own-area, own-line")
