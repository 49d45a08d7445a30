"""What a page holds ready of the eras behind the one that is shown."""

import golden
import pytest
from helpers import READY

from geo import load_catalogue

ERAS = [era.id for era in load_catalogue().eras]

PAINTED = """() => [...document.querySelectorAll(".sheet")]
  .filter((sheet) => sheet.firstElementChild.checkVisibility())
  .map((sheet) => sheet.dataset.era).join()"""


def open_prepared(open_page, document, era):
    page, watch = open_page(f"{document}?era={era}", reduced_motion="reduce")
    page.wait_for_selector(f"{READY}[data-atlas-prepared]", state="attached")
    return page, watch


def shoot(page, era):
    page.wait_for_selector(f"html[data-atlas-era='{era}']", state="attached")
    return page.locator(".folium-map").screenshot(animations="disabled")


@pytest.mark.slow
def test_of_all_eras_made_ready_only_the_one_shown_is_painted(open_page, document):
    page, watch = open_prepared(open_page, document, "1914-neutral")
    made = {sheet.get_attribute("data-era") for sheet in page.locator(".sheet").all()}
    assert made == set(ERAS)
    page.wait_for_function(f"({PAINTED})() === '1914-neutral'")  # the last made ready is put away
    page.click("#era-next")
    page.wait_for_selector("html[data-atlas-era='1915-baratov']", state="attached")
    page.wait_for_function(f"({PAINTED})() === '1915-baratov'")
    assert watch.errors == []


@pytest.mark.slow
def test_an_era_made_ready_looks_as_where_a_map_opens_with_it(open_page, document):
    first, last = ERAS[0], ERAS[-1]
    straight, _ = open_page(f"{document}?era={last}", reduced_motion="reduce")
    straight.wait_for_selector(READY, state="attached")
    opened = shoot(straight, last)
    page, watch = open_prepared(open_page, document, first)
    page.locator(f".tick[data-era='{last}']").dispatch_event("click")
    _, count = golden.differing_cells(golden.read(opened), golden.read(shoot(page, last)))
    assert count <= golden.ALLOWED
    assert watch.errors == []


@pytest.mark.slow
def test_the_style_of_a_sheet_is_contained_whether_it_is_put_away_or_not(open_page, document):
    """Else each step makes the browser count the list items of the whole page anew."""
    page, watch = open_prepared(open_page, document, ERAS[0])
    contained = """() => [...document.querySelectorAll(".sheet")]
      .map((sheet) => getComputedStyle(sheet.parentElement).contain)"""
    assert set(page.evaluate(contained)) == {"style"}
    assert watch.errors == []


APART = """() => [...document.querySelectorAll("#legend, #layers, #features, #changes-list")]
  .map((list) => getComputedStyle(list).isolation).join()"""


@pytest.mark.slow
def test_each_list_of_the_panel_is_painted_apart(open_page, document):
    """Else each step paints all rows anew."""
    page, watch = open_prepared(open_page, document, "1914-neutral")
    assert page.evaluate(APART) == ",".join(["isolate"] * 4)
    assert watch.errors == []
