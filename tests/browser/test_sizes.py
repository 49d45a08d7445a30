"""The document at 400 % zoom, in low frames, with large or spaced text: nothing is cut or lost."""

import pytest
from helpers import DESKTOP, LISTED, PHONE, READY
from layout import find_faults

ERA = "1941-invasion"
CARD = "event-invasion-date-1941"

ZOOMED = {"width": 320, "height": 256}
"""A window of 1280 × 1024 at 400 %."""

NARROW = {"width": 320, "height": 640}
FRAME = {"width": 700, "height": 300}

SPACED = """() => {
  const style = new CSSStyleSheet();
  style.replaceSync(`* { line-height: 1.5 !important;
    letter-spacing: .12em !important; word-spacing: .16em !important; }
    p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [style];
}"""
"""WCAG 1.4.12."""


OWN_SPACING = """() => [...document.querySelectorAll(".now .labels text")].map((text) => {
  const own = text.getAttribute("letter-spacing");
  return [...text.querySelectorAll("*"), text].every((part) => {
    const { letterSpacing, wordSpacing } = getComputedStyle(part);
    const wanted = own ? `${Number(own)}px` : "normal";
    return letterSpacing === wanted && ["0px", "normal"].includes(wordSpacing);
  });
})"""
"""Whether each name on the map is spaced as the map wants it."""


@pytest.fixture
def opened(open_page, document):
    def open_at(more, size, **options):
        page, watch = open_page(f"{document}?era={ERA}{more}", viewport=size, **options)
        page.wait_for_selector(READY, state="attached")
        page.wait_for_selector(LISTED, state="attached")
        assert watch.errors == []
        return page

    return open_at


@pytest.mark.parametrize(
    "size", [ZOOMED, NARROW, FRAME, PHONE], ids=lambda size: f"{size['width']}x{size['height']}"
)
@pytest.mark.parametrize(
    "more",
    ["", "&gestures=polite", "&ui=compact", "&ui=map", "&compare=1907-spheres", f"&select={CARD}"],
)
def test_nothing_is_cut_or_lost_in_small_windows(opened, size, more):
    assert find_faults(opened(more, size)) == []


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    "more",
    ["", "&gestures=polite", "&ui=compact", "&ui=map", "&compare=1907-spheres", f"&select={CARD}"],
)
def test_text_of_twice_the_size_fits(opened, size, more):
    page = opened(more, size)
    page.evaluate("document.documentElement.style.fontSize = '32px'")
    assert find_faults(page) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
@pytest.mark.parametrize("more", ["", "&ui=compact", "&ui=map", f"&select={CARD}"])
def test_spaced_text_fits(opened, size, more):
    page = opened(more, size)
    page.evaluate(SPACED)
    assert find_faults(page) == []
    own = page.evaluate(OWN_SPACING)  # names are laid out by their width
    assert len(own) > 3
    assert all(own)


def test_nothing_moves_for_who_wants_no_motion(opened):
    page = opened("", DESKTOP, reduced_motion="reduce")
    page.evaluate(
        """() => { window.moved = 0; const own = Element.prototype.animate;
          Element.prototype.animate = function (...given) { window.moved += 1;
            return own.apply(this, given); }; }"""
    )
    page.click("#era-next")
    page.wait_for_selector(f"html:not([data-atlas-era='{ERA}'])", state="attached")
    page.click("#play")
    page.wait_for_selector("#play.playing")
    page.click("#play")
    assert page.evaluate("[window.moved, document.getAnimations().length]") == [0, 0]
