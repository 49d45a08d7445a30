"""Faults around a document, in a real browser: no network, no storage, slow, narrow, odd clocks."""

import pytest
from helpers import DESKTOP, LISTED, READY

from geo import load_catalogue

ERAS = [era.id for era in load_catalogue().eras]

NO_STORAGE = """
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
  const get = () => { throw new DOMException("denied", "SecurityError"); };
  Object.defineProperty(window, name, { get });
}
Object.defineProperty(Document.prototype, "cookie", {
  get() { throw new DOMException("denied", "SecurityError"); },
  set() { throw new DOMException("denied", "SecurityError"); },
});
"""

NO_HISTORY = """
for (const name of ["pushState", "replaceState"]) {
  history[name] = () => { throw new DOMException("denied", "SecurityError"); };
}
"""


@pytest.fixture
def atlas(open_page, document):
    def open_at(query="", **options):
        page, watch = open_page(f"{document}{query}", **options)
        page.wait_for_selector(READY, state="attached")
        return page, watch

    return open_at


def at_era(page, era):
    page.wait_for_selector(f"html[data-atlas-era='{era}']", state="attached")


def step_through(page):
    """Step to the last era and one back, with keys."""
    page.focus("#era-slider")
    for era in ERAS[1:]:
        page.keyboard.press("ArrowRight")
        at_era(page, era)
    page.keyboard.press("ArrowLeft")
    at_era(page, ERAS[-2])
    page.wait_for_selector(LISTED, state="attached")


@pytest.mark.slow
@pytest.mark.parametrize("before", [NO_STORAGE, NO_HISTORY], ids=["storage", "history"])
def test_what_a_browser_refuses_is_not_missed(atlas, before):
    page, watch = atlas(before=before)
    step_through(page)
    page.locator("#features button").first.click()
    page.wait_for_selector("#card:visible")
    page.click("#share")
    assert f"era={ERAS[-2]}" in page.input_value("#share-link")
    assert watch.errors == []
    assert watch.requests == []


@pytest.mark.slow
def test_it_goes_on_when_the_network_goes(atlas):
    page, watch = atlas()
    page.context.set_offline(True)
    step_through(page)
    page.fill("#search", "Enzeli")
    page.wait_for_selector("#search-results [role=option]")
    page.locator("#search-results [role=option]").first.click()
    assert watch.errors == []
    assert watch.requests == []


@pytest.mark.slow
def test_on_a_slow_processor_a_held_key_ends_where_it_should(atlas):
    page, watch = atlas(throttle=6)
    page.focus("#era-slider")
    for _ in range(2 * len(ERAS)):
        page.keyboard.press("ArrowRight")
    at_era(page, ERAS[-1])
    page.wait_for_function("era => location.search.includes(era)", arg=ERAS[-1])
    assert watch.errors == []


def test_at_280_pixels_all_of_it_can_be_used(atlas):
    page, watch = atlas(viewport={"width": 280, "height": 653})
    assert page.evaluate("document.documentElement.scrollWidth") == 280
    page.click("#era-next")
    at_era(page, ERAS[1])
    page.locator("#features button").first.click()
    card = page.locator("#card")
    card.wait_for()
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 280
    card.locator(".close").click()
    card.wait_for(state="hidden")
    page.fill("#search", "oil")
    page.wait_for_selector("#search-results [role=option]")
    assert page.evaluate("document.documentElement.scrollWidth") == 280
    assert watch.errors == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("locale", "zone"),
    [
        ("tr-TR", "Europe/Istanbul"),
        ("fa-IR", "Asia/Tehran"),
        ("en-US", "America/Los_Angeles"),
        ("ar-EG", "Pacific/Kiritimati"),
    ],
)
def test_zones_and_locales_change_no_day_and_no_search(atlas, locale, zone):
    query = "?era=1941-invasion&day=1941-08-25"
    shown = []
    for options in ({}, {"locale": locale, "timezone_id": zone}):
        page, watch = atlas(query, **options)
        page.fill("#search", "IRAN")
        page.wait_for_selector("#search-results [role=option]")
        shown.append(
            [
                page.inner_text("#moment-text"),
                page.inner_text("#features"),
                page.inner_text("#search-results"),
                page.evaluate("location.search"),
            ]
        )
        assert watch.errors == []
    assert "25" in shown[0][0]
    assert shown[0] == shown[1]


@pytest.mark.slow
@pytest.mark.parametrize("year", [1970, 2037, 2100])
def test_a_wrong_clock_changes_only_the_day_of_a_citation(open_page, document, year):
    page, watch = open_page("about:blank")
    page.clock.install(time=f"{year}-01-02T00:00:30Z")
    page.unroute("**/*")
    page.goto(document)
    page.clock.run_for(3000)
    page.wait_for_selector(READY, state="attached")
    page.click("#share")
    assert str(year) in page.input_value("#share-citation")
    assert watch.errors == []


ABSURD = [
    "?era=" + "9" * 50_000,
    "?view=NaN,NaN,NaN",
    "?view=1e309,1,1",
    "?view=" + ",".join(["1"] * 5000),
    "?layers=frontier-1813-81~" + "~".join(f"layer-{number}" for number in range(3000)),
    "?select=__proto__",
    "?era=constructor&compare=toString",
    "?actor=" + "~" * 5000,
    "?only=" + "~".join(["x"] * 2000),
    "?day=9999-99-99",
    "?day=-271821-04-20",
    "?points=" + "~".join(["35,51,,x"] * 3000),
    "?points=" + "1" * 20_000,
    "?points=35,51,," + "x" * 20_000,
    "?title=" + "%F0%9F%98%80" * 3000,
    "?title=%00%ff%fe",
    "?title=%E2%80%AEabc&caption=%3Cscript%3Edocument.title=1%3C/script%3E",
    "?&&&===&%",
    "?era&view&select&points",
    "?" + "&".join(f"a{number}=1" for number in range(5000)),
    "#" + "x" * 50_000,
]


@pytest.mark.parametrize("query", ABSURD, ids=[query[:24] for query in ABSURD])
def test_an_absurd_address_opens_a_map(atlas, query):
    page, watch = atlas(query)
    assert page.locator(".now .f").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") == DESKTOP["width"]
    assert page.locator("#notice").bounding_box() is None or (
        page.locator("#notice").bounding_box()["height"] < DESKTOP["height"]
    )
    page.focus("#era-slider")
    page.keyboard.press("End")
    at_era(page, ERAS[-1])
    assert watch.errors == []
    assert watch.requests == []
