"""What a page holds ready of the eras behind the one that is shown."""

import golden
from helpers import DESKTOP, READY
from layout import AT_REST

from geo import load_catalogue

ERAS = [era.id for era in load_catalogue().eras]
NEAR = 3
"""Eras to either side whose sheets stay painted."""

PAINTED = """() => [...document.querySelectorAll(".sheet")]
  .filter((sheet) => sheet.firstElementChild.checkVisibility())
  .map((sheet) => sheet.dataset.era)"""
PUT_AWAY = "() => document.querySelectorAll('.far').length > 20"


def open_at_rest(open_page, document, era):
    page, watch = open_page(
        f"{document}?era={era}",
        viewport=DESKTOP,
        reduced_motion="reduce",
    )
    page.wait_for_selector(f"{READY}[data-atlas-prepared]", state="attached")
    page.wait_for_function(AT_REST)
    page.wait_for_function(PUT_AWAY)
    return page, watch


def shoot(page, era):
    page.wait_for_selector(f"html[data-atlas-era='{era}']", state="attached")
    return page.locator(".folium-map").screenshot(animations="disabled")


def test_sheets_of_eras_near_by_stay_painted_and_no_others(open_page, document):
    page, watch = open_at_rest(open_page, document, "1914-neutral")
    shown = ERAS.index("1914-neutral")
    for step in (0, 1):
        if step:
            page.click("#era-next")
            page.wait_for_selector(f"html[data-atlas-era='{ERAS[shown + 1]}']", state="attached")
            page.wait_for_function(PUT_AWAY)
            page.wait_for_function(AT_REST)
        here = shown + step
        near = set(ERAS[max(0, here - NEAR) : here + NEAR + 1])
        assert set(page.evaluate(PAINTED)) == near
    assert watch.errors == []


def test_an_era_far_off_looks_as_where_a_map_opens_with_it(open_page, document):
    first, last = ERAS[0], ERAS[-1]
    straight, _ = open_page(f"{document}?era={last}", reduced_motion="reduce")
    straight.wait_for_selector(READY, state="attached")
    opened = shoot(straight, last)
    page, watch = open_at_rest(open_page, document, first)
    page.locator(f".tick[data-era='{last}']").dispatch_event("click")
    _, count = golden.differing_cells(golden.read(opened), golden.read(shoot(page, last)))
    assert count <= golden.ALLOWED
    assert watch.errors == []
