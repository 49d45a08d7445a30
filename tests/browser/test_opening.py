"""The first moments of the document: the picture of its first era, then the map in its place."""

from math import dist

import pytest
from helpers import DESKTOP, PHONE, READY

from geo import load_catalogue

FIRST, SECOND = [era.id for era in load_catalogue().eras][:2]

HELD = """
const later = window.setTimeout;
window.requestAnimationFrame = () => 0;
window.setTimeout = (run, wait) => {
  if (wait !== 300) return later(run, wait);
  window.start = run;
  document.documentElement.setAttribute("data-held", "");
  return 0;
};
"""
"""Keeps the document in its first moment until ``start()`` is called."""

NO_FRAMES = "window.requestAnimationFrame = () => 0;"

PLACES = """(selector) => Object.fromEntries(
  [...document.querySelectorAll(selector)].map((node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    return [node.getAttribute("data-id"), [(left + right) / 2, (top + bottom) / 2]];
  }))"""

FRAME = """() => [".folium-map", "#timeline", "#panel", "h1"].map((selector) => {
  const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();
  return selector === "#panel" ? [x, y, width] : [x, y, width, height];
})"""

LOW = {"width": 700, "height": 420}
LARGE = {"width": 1920, "height": 1080}


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE, LOW, LARGE])
def test_the_picture_lies_exactly_where_the_map_will_be(open_page, document, viewport):
    page, watch = open_page(document, viewport=viewport, before=HELD)
    page.wait_for_selector("html[data-held]", state="attached")
    assert page.get_attribute("html", "data-atlas-picture") == FIRST
    assert page.get_attribute("html", "data-atlas-state") == "loading"
    assert page.get_attribute("html", "data-atlas-era") is None
    before, around = page.evaluate(PLACES, "#picture [data-id]"), page.evaluate(FRAME)
    page.evaluate("start()")
    page.wait_for_selector(READY, state="attached")
    assert page.locator("#picture").count() == 0
    assert page.evaluate(FRAME) == around
    after = page.evaluate(PLACES, ".now .f:not([display=none])")
    assert before.keys() == after.keys()
    icons = page.eval_on_selector_all(
        ".now .f:has(.icon-fill):not([display=none])", "nodes => nodes.map((n) => n.dataset.id)"
    )
    # Icons at one place stand beside each other, in a picture of another scale at another distance.
    alone = [
        one
        for one in icons
        if all(dist(after[one], after[other]) > 30 for other in {*icons} - {one})
    ]
    assert len(alone) > 2
    for icon in alone:
        assert dist(before[icon], after[icon]) < 4
    assert watch.errors == []


def test_the_map_waits_for_the_picture_only_as_long_as_frames_come(open_page, document):
    page, watch = open_page(document, before=NO_FRAMES)
    page.wait_for_selector(READY, state="attached")
    assert page.get_attribute("html", "data-atlas-era") == FIRST
    assert watch.errors == []


@pytest.mark.parametrize(
    "asked", [f"?era={FIRST}", "?ui=map", "?theme=dark", "?ui=compact&theme=light"]
)
def test_the_picture_is_for_its_era_in_any_dress(open_page, document, asked):
    page, _ = open_page(f"{document}{asked}", viewport=PHONE | {"height": 560}, before=HELD)
    page.wait_for_selector("html[data-held]", state="attached")
    assert page.is_visible("#picture")
    assert page.is_hidden("#picture text >> nth=0")
    for name in ("ui", "theme"):
        if name in asked:
            assert f"{name}={page.get_attribute('html', f'data-{name}')}" in asked


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked",
    [
        f"?era={SECOND}",
        "?layers=",
        "?view=33,53,6",
        "?select=bushehr",
        "?compare=1991",
        "?c=certain",
    ],
)
def test_nothing_false_is_shown_first(open_page, document, asked):
    page, watch = open_page(f"{document}{asked}", before=HELD)
    page.wait_for_selector(READY, state="attached")  # at once, with no frame drawn
    assert page.evaluate("window.start") is None
    assert page.locator("#picture").count() == 0
    assert watch.errors == []


def test_a_map_too_wide_for_the_picture_starts_without(open_page, document):
    wide = {"width": 2000, "height": 500}
    page, _ = open_page(f"{document}?ui=map", viewport=wide, before=HELD)
    page.wait_for_selector(READY, state="attached")
    assert page.evaluate("window.start") is None
