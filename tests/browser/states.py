"""States of the document: how a reader reaches them, and what is to be seen of them."""

from helpers import LISTED, OTHER

STATE = r"""() => ({
  era: document.documentElement.dataset.atlasEra,
  compare: document.documentElement.dataset.compare || "",
  other: document.getElementById("compare-with").value,
  moment: document.getElementById("moment-text").textContent,
  card: document.getElementById("card").hidden
    ? "" : document.getElementById("card-title").textContent,
  layers: [...document.querySelectorAll("#layers input:checked")]
    .map((box) => box.closest("li").textContent),
  shown: [...document.querySelectorAll(".now .f:not([display=none]):not(.going)")]
    .filter((node) => node.closest(".folium-map").offsetWidth)
    .map((node) => node.dataset.id).sort(),
  view: (({ x, y }) => [map_atlas.getZoom(), x, y])(map_atlas.project(map_atlas.getCenter(), 8)),
})"""


def visit_everything(page, keyboard):
    """Reach states as a reader does; yields a name for each."""
    page.click("#era-next")
    yield "an era"
    page.get_by_label("The Caspian").check()
    yield "a layer added"
    page.click(".leaflet-control-zoom-in")
    yield "a view"
    page.locator("[data-row]").first.click()
    yield "a card"
    keyboard.press("Escape")
    yield "no card"
    page.select_option("#compare-with", label=OTHER)
    yield "two eras"
    page.click("#compare-mode")
    yield "side by side"
    page.select_option("#compare-with", "-1")
    yield "one era again"
    page.focus("#moment")
    keyboard.press("ArrowLeft")
    yield "a moment"


def next_address(page, before):
    """Return the query of a page's address once it is another than `before` and stays."""
    page.wait_for_function(
        "before => location.search !== before && (window.read === location.search"
        " || !(window.read = location.search))",
        arg=before,
        polling=400,  # more than the document lets pass between a change and its address
    )
    return page.evaluate("location.search")


def differences(one, other):
    """Return in what two documents (pages or frames) differ for their readers."""
    for page in (one, other):
        page.wait_for_selector(LISTED, state="attached")
    found, expected = other.evaluate(STATE), one.evaluate(STATE)
    # An address names the view to a hundred metres; a map stands on whole pixels.
    views = zip(found.pop("view"), expected.pop("view"), strict=True)
    moved = ["view"] if any(abs(a - b) > 1 for a, b in views) else []
    return moved + [key for key in found if found[key] != expected[key]]
