import pytest

from geo.errors import CatalogueError, UnknownIdError
from geo.model.symbology import load_symbology, to_css


def test_every_kind_drawn_is_declared(features, symbology):
    for feature in features:
        assert symbology.kind(feature.kind)
        assert feature.properties.get("actor", "none") in symbology.actors


def test_every_kind_declared_is_drawn(features, symbology):
    declared = {kind for kind in symbology.kinds if not kind.startswith("own-")}
    assert declared == {feature.kind for feature in features}


def test_an_unknown_kind_names_the_nearest(symbology):
    with pytest.raises(UnknownIdError, match="did you mean 'sphere'"):
        symbology.kind("spere")


def test_both_themes_have_the_same_colours(symbology):
    assert symbology.palette["light"].keys() == symbology.palette["dark"].keys()


def test_colours_become_custom_properties_for_both_themes(symbology):
    css = to_css(symbology)
    assert f"--russia:{symbology.actors['russia'].light}" in css
    assert (
        "@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;" in css
    )
    assert ":root[data-theme=dark]{color-scheme:dark;" in css
    assert ".a-russia{--c:var(--russia)}" in css


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('light = "#a42a1f"', 'light = "red"', "actor 'russia' light 'red', expected #rrggbb"),
        ('icon = "anchor"', 'icon = "boat"', "icon 'boat' is not declared"),
        ('form = "axis"', 'form = "arrow"', "form 'arrow', expected one of area"),
        ('edge = "fade"', 'edge = "soft"', "kind 'sphere' edge 'soft', expected one of"),
        ('hatch_form = "dots"', 'hatch_form = "waves"', "hatch_form 'waves', expected one of lin"),
        ('axis = "cored"', 'axis = "striped"', "axis 'striped', expected one of solid"),
        ("[27.0, 39.0]", "[39.0, 27.0]", "parallels .* expected a southern and a northern one"),
        ("[27.0, 39.0]", "[27.0, 91.0]", "parallels.2 91.0, expected at most 80"),
        ('dot = "M8', 'dot = "<script>M8', "icon dot: found something that is not SVG path data"),
    ],
)
def test_a_wrong_entry_is_named(copy, old, new, message):
    path = copy / "layers" / "symbology.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(CatalogueError, match=message):
        load_symbology(copy)
