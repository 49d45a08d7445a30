"""What axe finds in document, site and app: nothing, by WCAG 2.0 to 2.2 and best practice."""

from importlib.resources import files
from itertools import combinations, product

import pytest
from helpers import LISTED, READY
from site_files import ADDRESS, ERA

from geo import load_catalogue

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
"""By their tags."""

OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules among them that see a difference between one theme and another."""

RUN = """async ([besides, runOnly]) => {
  const where = { include: [["html"]], exclude: besides.map((place) => [place]) };
  const { violations } = await axe.run(where, { runOnly, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]);
}"""

ERAS = [era.id for era in load_catalogue().eras]

THEMES = ("light", "dark")
SURROUNDINGS = ("full", "compact", "map")
STATES = {
    "card": "",
    "list": "&gestures=polite",
    "search": "",
    "swipe": "&compare={other}",
    "side": "&compare={other}&mode=side",
}


def look(number):
    """Return theme, surroundings and state: of fifteen, any two are seen together."""
    return (
        THEMES[number % len(THEMES)],
        SURROUNDINGS[number % len(SURROUNDINGS)],
        list(STATES)[number % len(STATES)],
    )


def reach(page, ui, state):
    """Do what a reader does to come to a state."""
    if state in ("card", "search"):
        page.focus("#map_atlas")
        page.keyboard.press("Enter")
        page.wait_for_selector(".map-status:not(:empty)")
    if state == "card":
        page.keyboard.press("Enter")
        page.wait_for_selector("#card:not([hidden])")
    elif ui == "full" and state == "search":
        page.fill("#search", "Tabriz")
        page.wait_for_selector("[role=option]")
    elif ui == "full" and state == "list":
        page.click("#drawer")


def found_by_axe(page, *besides, rules=RULES):
    page.add_script_tag(content=AXE)
    return page.evaluate(RUN, [besides, rules])


BY_THEME = {"light": RULES, "dark": OF_COLOURS}
"""A page that is another in nothing but its colours is looked at for everything once."""


LOOKS = len(SURROUNDINGS) * len(STATES)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(LOOKS))
def test_axe_finds_nothing_in_the_document(open_page, document, number):
    theme, ui, state = look(number)
    era = len(ERAS) * number // LOOKS
    more = STATES[state].format(other=ERAS[era - 1])
    address = f"{document}?era={ERAS[era]}&theme={theme}&ui={ui}{more}"
    page, _ = open_page(address, bypass_csp=True)
    page.wait_for_selector(READY, state="attached")
    page.wait_for_selector(LISTED, state="attached")
    reach(page, ui, state)
    assert found_by_axe(page) == []


def test_any_two_of_theme_surroundings_and_state_are_seen_together():
    looks = [look(number) for number in range(LOOKS)]
    for one, other in combinations((THEMES, SURROUNDINGS, STATES), 2):
        places = [(THEMES, SURROUNDINGS, STATES).index(part) for part in (one, other)]
        assert {tuple(found[place] for place in places) for found in looks} == {
            *product(one, other)
        }


@pytest.mark.slow
@pytest.mark.parametrize(("theme", "rules"), BY_THEME.items(), ids=THEMES)
def test_axe_finds_nothing_on_the_site(visit, theme, rules):
    found = visit("", color_scheme=theme, bypass_csp=True)
    for path in ("", f"{ERA}/", "atlas/", "sources/", "data/", "404.html"):
        found.page.goto(ADDRESS + path)
        assert found_by_axe(found.page, "iframe", rules=rules) == [], path


STREAMLITS = ("[data-testid=stFileUploaderDropzone]", "[data-testid=stCode]")
"""Parts of the app's pages that are Streamlit's own: docs/accessibility.md says what axe finds."""


@pytest.mark.slow
@pytest.mark.parametrize(("theme", "rules"), BY_THEME.items(), ids=THEMES)
@pytest.mark.parametrize("path", ["", "embed", "your-layer", "data", "sources"])
def test_axe_finds_nothing_of_ours_in_the_app(open_page, app, path, theme, rules):
    page, _ = open_page(
        f"{app}{path}",
        allowed=(app, app.replace("http", "ws")),
        color_scheme=theme,
        bypass_csp=True,
    )
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    # While a page runs anew, as when the preview has come to rest, Streamlit pales what may change.
    page.wait_for_function(
        "() => !document.querySelector('[data-stale=true]') && !document.getAnimations().length"
    )
    assert found_by_axe(page, "iframe", *STREAMLITS, rules=rules) == []
