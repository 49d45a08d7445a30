"""Soft edges, bands of uncertainty and hatching, as the drawing core writes them."""

import io
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from geo.plate import render_map
from geo.plate.convert import convert_plate

SVG = "{http://www.w3.org/2000/svg}"
SIZE = (1000, 620)


@pytest.fixture(scope="module")
def drawn(engine):
    known = {}

    def draw(era):
        if era not in known:
            known[era] = render_map(engine, era, size=SIZE, theme="light")
        return known[era]

    return draw


def pixels(svg):
    return np.asarray(
        Image.open(io.BytesIO(convert_plate(svg, "png", scale=1))).convert("RGB"), dtype=int
    )


def without(svg, drop):
    """Return an SVG without the elements that `drop` names."""
    root = ElementTree.fromstring(svg)
    for parent in root.iter():
        for child in list(parent):
            if drop(child):
                parent.remove(child)
    return ElementTree.tostring(root, encoding="unicode")


def test_a_sphere_fades_inwards_in_ten_strokes_that_its_own_area_clips(drawn):
    root = ElementTree.fromstring(drawn("1907-spheres"))
    sphere = next(g for g in root.iter(f"{SVG}g") if g.get("data-id") == "sphere-russian-1907")
    clipped = next(g for g in sphere.iter(f"{SVG}g") if g.get("clip-path"))
    widths = [float(path.get("stroke-width")) for path in clipped]
    assert len(widths) == 10
    assert widths == sorted(widths)
    assert sphere.find(f"{SVG}clipPath").get("id") == clipped.get("clip-path")[5:-1]


def test_a_fading_edge_has_no_step_that_can_be_seen(drawn):
    svg = drawn("1907-spheres")
    plain = without(svg, lambda element: element.tag == f"{SVG}g" and element.get("clip-path"))
    change = np.abs(pixels(svg) - pixels(plain)).max(axis=2)
    deepest = change.max()
    assert deepest > 30
    tones = np.unique(change[change > 0])
    assert len(tones) >= 9
    assert np.diff(tones).max() <= 0.25 * deepest


def bands(svg):
    root = ElementTree.fromstring(svg)
    return next(g for g in root.iter(f"{SVG}g") if g.get("class") == "bands")


def test_bands_do_not_add_up(drawn, symbology):
    group = bands(drawn("1946-withdrawal"))
    strokes = list(group.iter(f"{SVG}path"))
    assert len(strokes) >= 2
    assert float(group.get("opacity")) == symbology.styles["band"]["stroke-opacity"]
    assert not any(path.get("stroke-opacity") for path in strokes)


def test_bands_of_land_held_end_at_the_coast(drawn, symbology):
    svg = drawn("1918-revolution")
    assert any(path.get("clip-path") for path in bands(svg).iter(f"{SVG}path"))
    ways = {path for path in bands(svg).iter(f"{SVG}path") if not path.get("clip-path")}
    unclipped = {path.get("d") for path in ways}
    with_land_only = without(
        svg, lambda element: element.tag == f"{SVG}path" and element.get("d") in unclipped
    )
    bare = without(with_land_only, lambda element: element.get("class") == "bands")
    shown, plain = pixels(with_land_only), pixels(bare)
    water = np.array([int(symbology.palette["light"]["water"][i : i + 2], 16) for i in (1, 3, 5)])
    at_sea = (np.abs(plain - water) <= 1).all(axis=2)
    changed = (np.abs(shown - plain) > 3).any(axis=2)
    assert changed.sum() > 500
    assert (changed & at_sea).sum() <= 0.02 * changed.sum(), "a pixel at the coast is half sea"


def test_one_hatching_for_one_meaning(symbology):
    claimed = {kind.id for kind in symbology.kinds.values() if _form(kind) == "lines"}
    disputed = {kind.id for kind in symbology.kinds.values() if _form(kind) == "dots"}
    assert disputed == {"extent-disputed", "area-contested"}
    assert "occupation" not in claimed, "armies are the subject of 1941, not the zone they were in"
    assert {"sphere-allotted", "claim-area", "area-demanded"} <= claimed


def _form(kind):
    return kind.drawing.get("hatch_form", "lines") if kind.drawing.get("hatch") else ""
