"""By keyboard alone from the top of a page of app and site to a source of a feature of 1941."""

import pytest
from helpers import DESKTOP, LISTED, PHONE, READY
from site_files import CROWDED

MOST = 12
"""Key presses, the era being chosen."""

FOCUS = """() => {
  const { tagName, id, href } = document.activeElement;
  const inCard = Boolean(document.activeElement.closest("#card"));
  return { id, lead: tagName === "A" && inCard ? href : "" };
}"""


def press_to_source(page, frame, most):
    """Go from where the focus is by Tab to the map, open a card, go on to its first source.

    Returns how many keys were pressed.
    """
    pressed = 0

    def press(key):
        nonlocal pressed
        pressed += 1
        assert pressed <= most, frame.evaluate(FOCUS)
        page.keyboard.press(key)

    while frame.evaluate(FOCUS)["id"] != "map_atlas":
        press("Tab")
    press("Enter")
    press("Enter")
    frame.wait_for_selector("#card:not([hidden])")
    while not frame.evaluate(FOCUS)["lead"]:
        press("Tab")
    return pressed


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_in_the_app(open_page, app, size):
    allowed = (app, app.replace("http", "ws"))
    page, _ = open_page(f"{app}?era={CROWDED}", viewport=size, allowed=allowed)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    frame = page.frame_locator("#atlas-frame")
    frame.locator(f"{READY} {LISTED}").wait_for(state="attached")
    page.locator(".st-key-era input[type=range]").wait_for()
    document = page.frames[-1]
    # Streamlit's first stop skips its bar; the era's slider is the next.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    press_to_source(page, document, MOST - 2)
    page.keyboard.press("Escape")
    document.wait_for_function("() => document.activeElement.id === 'map_atlas'")
    # From the slider, where a reader has chosen another era.
    page.locator(".st-key-era input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    frame.locator(f"{READY}:not([data-atlas-era='{CROWDED}'])").wait_for(state="attached")
    assert press_to_source(page, document, MOST) <= MOST


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_on_the_site(visit, size):
    found = visit(f"{CROWDED}/", viewport=size, reduced_motion="reduce")
    page = found.page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the content
    pressed = 2
    summary = page.locator("details:has(iframe) > summary")
    if summary.count():
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        pressed += 2
    (frame,) = (other for other in page.frames if other != page.main_frame)
    frame.wait_for_selector(f"{READY} {LISTED}", state="attached")
    press_to_source(page, frame, MOST - pressed)
    assert found.errors == []
