"""The document in the test language: longer words, from right to left, and nothing is cut."""

import shutil

import pytest
from helpers import DESKTOP, LISTED, PHONE, READY, ROOT
from layout import find_faults
from mirrored import MIRRORED, add_mirrored, stretched

from geo import load_catalogue
from geo.publish.export import export_document

ERAS = ["1907-spheres", "1941-invasion", "2001-caspian"]


@pytest.fixture(scope="session")
def mirrored(tmp_path_factory):
    """The address of a document in the test language."""
    root = tmp_path_factory.mktemp("mirrored")
    for name in ("layers", "seeds"):
        shutil.copytree(ROOT / name, root / name)
    add_mirrored(root)
    catalogue = load_catalogue(root)
    path = root / "atlas.html"
    export_document(catalogue, [*map(catalogue.era, ERAS)], path, language=MIRRORED)
    return path.as_uri()


@pytest.fixture
def opened(open_page, mirrored):
    def open_at(query, **options):
        page, watch = open_page(f"{mirrored}?{query}", reduced_motion="reduce", **options)
        page.wait_for_selector(READY, state="attached")
        page.wait_for_selector(LISTED, state="attached")
        assert watch.errors == watch.requests == []
        return page

    return open_at


@pytest.mark.parametrize("size", [DESKTOP, PHONE, {"width": 320, "height": 640}])
@pytest.mark.parametrize("more", ["", "&compare=1941-invasion", "&gestures=polite"])
def test_longer_words_from_right_to_left_fit(opened, size, more):
    page = opened(f"era=1907-spheres{more}", viewport=size)
    assert page.evaluate("[document.dir, document.documentElement.lang]") == ["rtl", MIRRORED]
    assert page.inner_text("#era-title") == stretched(load_catalogue().era(ERAS[0]).title)
    assert find_faults(page) == []


def test_panel_ticks_and_strip_turn_and_the_map_does_not(opened):
    page = opened("era=1907-spheres")
    panel, place = (page.locator(at).bounding_box() for at in ("#panel", "#map_atlas"))
    assert panel["x"] == 0
    assert place["x"] == pytest.approx(panel["width"], abs=1)
    ticks = [page.locator(f".tick[data-era='{era}']").bounding_box()["x"] for era in ERAS]
    assert ticks == sorted(ticks, reverse=True)
    strips = page.locator(".strip-era .band").evaluate_all(
        "nodes => nodes.map((node) => node.getBoundingClientRect().x)"
    )
    assert strips == sorted(strips, reverse=True)
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.now .labels text')).direction"
    ) == ("ltr")


def test_keys_go_to_where_later_is(opened):
    page = opened("era=1907-spheres")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector(f"html[data-atlas-era='{ERAS[1]}']", state="attached")
    page.focus("#era-slider")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector(f"html[data-atlas-era='{ERAS[2]}']", state="attached")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(f"html[data-atlas-era='{ERAS[1]}']", state="attached")


@pytest.mark.parametrize("mode", ["swipe", "side"])
def test_the_divider_names_the_era_on_either_side(opened, mode):
    page = opened(f"era=1907-spheres&compare=1941-invasion&mode={mode}")
    tags = {
        tag.inner_text(): tag.bounding_box()["x"] for tag in page.locator(".divider .tag").all()
    }
    one, other = (page.locator(at).bounding_box()["x"] for at in ("#map_atlas", "#map-compare"))
    if mode == "swipe":  # the second map lies to the right of the line
        one, other = 0, 1
    assert (tags["1907"] < tags["1941"]) == (one < other)
