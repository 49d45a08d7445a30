"""`python -m geo check` and `build` read every file, and tell all its faults at once."""

import pytest
from helpers import ROOT

from geo.checks.atlas import check_root
from geo.errors import CatalogueError, SketchError
from geo.model.catalogue import load_catalogue
from geo.model.layers import find_aid_faults
from geo.model.symbology import load_symbology
from geo.model.variants import survey_variants
from geo.model.wording import load_wording
from geo.payload.build import build_payload
from geo.recipes.base import build_base
from geo.recipes.build import build_layers
from geo.recipes.sums import find_stale, forget_sums, write_sums
from geo.recipes.survey import GROUND

SKETCHES = {
    "layers/sketches/places.toml": ("place = [", "place = [ { id = 'Oslo' },", "place"),
    "layers/sketches/states.toml": ('members = ["IRN"]', "members = []", "state-persia-1881"),
    "layers/sketches/base.toml": ("extent = [25.0,", 'extent = ["a",', "extent.1 'a', expected a"),
    "layers/sketches/bushehr.toml": ("[[feature]]", "[[feture]]", "unknown table 'feture'"),
    "layers/sketches/caspian.toml": ("spacing_m = 1500", "spacing_m = nan", "spacing_m nan"),
    "layers/sketches/jcpoa.toml": ("certainty =", "certianty =", "has unknown key certianty"),
    "layers/sketches/spheres-1907.toml": ("offset_km = 5", "ofset_km = 5", "lacks offset_km"),
}
"""A file, what to write into it instead of what, and what is told of it."""

OTHERS = {
    "layers/symbology.toml": ("[palette.light]", "[palette.bright]", "palette light"),
    "layers/variants.toml": ("[places]", "[palaces]", "unknown table 'palaces'"),
    "layers/callouts.toml": ("[[callout]]", "[[calout]]", "unknown table [[calout]]"),
    "layers/checks.toml": ("at_most = ", "at_least = ", "has unknown key at_least"),
    "layers/jcpoa.geojson": ('"FeatureCollection"', '"Topology"', "FeatureCollection"),
}


ALONE = ("symbology.toml", "variants.toml", "checks.toml", "jcpoa.geojson")
"""Of these what can be read without a catalogue."""


def damage(root, faults):
    for name, (old, new, _) in faults.items():
        text = (root / name).read_text(encoding="utf-8")
        assert old in text, name
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def told(message, faults):
    """Return the files of which a message tells what is wrong with them."""
    lines = message.splitlines()
    return {
        name
        for name, (*_, words) in faults.items()
        if any(name in line and words in line for line in lines)
    }


def test_check_tells_the_faults_of_all_files_at_once(copy):
    faults = SKETCHES | OTHERS
    damage(copy, faults)
    with pytest.raises(CatalogueError) as caught:
        check_root(copy)
    assert told(str(caught.value), faults) == faults.keys()


def test_check_tells_which_sketches_changed_since_the_layers_were_built(copy):
    sketches = copy / "layers" / "sketches"
    text = (sketches / "bushehr.toml").read_text(encoding="utf-8")
    (sketches / "bushehr.toml").write_text(f"{text}\n# more\n", encoding="utf-8")
    (sketches / "places.csv").write_text("a,b\n")
    assert sorted(find_stale(copy)) == [
        "layers/sketches/bushehr.toml: the layers were built before it was changed; "
        "build anew (`python -m geo build`)",
        "layers/sketches/places.csv: the layers were built before it was changed; "
        "build anew (`python -m geo build`)",
    ]
    (sketches / "places.csv").unlink()
    write_sums(copy)
    assert list(find_stale(copy)) == []
    forget_sums(copy)
    (fault,) = find_stale(copy)
    assert "the layers were never built" in fault


def test_the_layers_are_those_of_the_sketches():
    assert list(find_stale(ROOT)) == []


def test_check_goes_on_where_the_catalogue_is_at_fault(copy):
    faults = {
        "layers/catalogue.toml": ("[atlas]", "[atlass]", "unknown table 'atlass'"),
        **{f"layers/{name}": OTHERS[f"layers/{name}"] for name in ALONE},
        **{name: SKETCHES[name] for name in SKETCHES if name.split("/")[-1][:-5] in GROUND},
        "layers/sketches/bushehr.toml": ("[[feature]]", "[[feature]", "bushehr.toml"),
        "layers/callouts.toml": ("[[callout]]", "[[callout]", "callouts.toml"),
    }
    damage(copy, faults)
    with pytest.raises(CatalogueError) as caught:
        check_root(copy)
    assert told(str(caught.value), faults) == faults.keys()


@pytest.mark.slow
@pytest.mark.parametrize("ground", [True, False], ids=["with the ground", "without it"])
def test_build_tells_the_faults_of_all_sketches_at_once(copy, ground):
    base = ("places", "states", "base")
    faults = {
        name: fault
        for name, fault in SKETCHES.items()
        if ground or name.split("/")[-1].removesuffix(".toml") not in base
    }
    damage(copy, faults)
    with pytest.raises(SketchError) as caught:
        build_layers(load_catalogue(copy))
    assert told(str(caught.value), faults) == faults.keys()
    assert "has no geometry" not in str(caught.value)


@pytest.mark.parametrize("text", ["[places", "places = 5", "place = 1", "[places]\naden = 5"])
def test_broken_spellings_cost_no_more_than_themselves(copy, text):
    path = copy / "layers" / "variants.toml"
    path.write_text(f"{text}\n[[word]]\nof = 'oil'\nalso = ['neft']\n", encoding="utf-8")
    found, faults = survey_variants(copy)
    assert faults
    assert all("layers/variants.toml" in fault for fault in faults)
    assert "aden" not in found.places
    assert list(found.words) == ([] if text == "[places" else ["oil"])


def test_maps_are_made_without_spellings_and_callouts_that_cannot_be_read(copy, features):
    for name in ("variants", "callouts"):
        (copy / "layers" / f"{name}.toml").write_text("[", encoding="utf-8")
    catalogue = load_catalogue(copy)
    eras = catalogue.eras[:1]
    payload = build_payload(
        catalogue, features, eras=eras, symbology=load_symbology(copy), wording=load_wording()
    )
    assert payload["features"]
    assert not payload["words"]
    assert [fault.split(".toml")[0][-8:] for fault in find_aid_faults(catalogue)] == [
        "callouts",
        "variants",
    ]


def test_what_binds_files_is_checked_beside_what_is_wrong_in_one(copy):
    damage(copy, {"layers/variants.toml": OTHERS["layers/variants.toml"]})
    path = copy / "layers" / "jcpoa.geojson"
    path.write_text(
        path.read_text("utf-8").replace('"sources":["', '"sources":["no-such-'), "utf-8"
    )
    with pytest.raises(CatalogueError) as caught:
        check_root(copy)
    assert "palaces" in str(caught.value)
    assert "source 'no-such-" in str(caught.value)


BASE_FAULTS = {
    "inputz": (r"[inputs.asia]", "[inputz.asia]", ("unknown key inputz", "lacks inputs.asia")),
    "an input less": ("[inputs.asia]", "[inputs.africa2]", ("lacks inputs.asia", "africa2")),
    "a number": ("projection = ", "projection = 7 # ", ("projection 7, expected a text",)),
    "no projection": ("+proj=lcc", "+proj=nosuch", ("a coordinate system that PROJ knows",)),
    "no end": ("latitudes = [-56.0,", "latitudes = [inf,", ("world.latitudes.1 inf",)),
    "no weights": ("weights = [1.5, 0.25]", "weights = []", ("relief.weights []",)),
    "lists": ("label_at = [45.3,", "label_at = [[45.3],", ("label_at.1 [45.3], expected",)),
    "several": (
        "extent = [",
        'generalisation = 5\nextent = "x"#',
        ("extent 'x'", "generalisation"),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", BASE_FAULTS)
def test_a_wrong_base_is_told_by_check_and_by_who_cuts_it(copy, kind):
    old, new, expected = BASE_FAULTS[kind]
    damage(copy, {"layers/sketches/base.toml": (old, new, "")})
    with pytest.raises(CatalogueError) as checked:
        check_root(copy)
    with pytest.raises(SketchError) as cut:
        build_base(copy, copy / "layers" / "sketches")
    for words in expected:
        assert words in str(checked.value)
        assert words in str(cut.value)


def test_build_tells_every_state_that_is_made_of_what_is_not_there(copy):
    path = copy / "layers" / "sketches" / "states.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('members = ["IRN"]', 'members = ["XXX"]'), encoding="utf-8")
    with pytest.raises(SketchError) as caught:
        build_layers(load_catalogue(copy))
    lines = str(caught.value).splitlines()
    assert len(lines) > 2
    assert all("states.toml: state 'state-" in line for line in lines[:5])
    assert "unknown country or province 'XXX'" in lines[0]
