"""The list of an era as a table: on request, sorted by its heads, by keyboard, on paper."""

import pypdfium2
import pytest
from helpers import DESKTOP, PHONE
from layout import find_faults
from test_axe import found_by_axe

ERA = "1941-invasion"
HEADS = ["When", "Features", "Kind", "Actor", "Certainty"]

COLUMN = """(column) => [...document.querySelectorAll("#table-dialog tbody tr")]
  .map((row) => row.cells[column].textContent)"""
SORTED = """() => [...document.querySelectorAll("#table-dialog thead th")]
  .map((head) => head.getAttribute("aria-sort") || "")"""
FOCUS = "document.activeElement.id || document.activeElement.textContent"


def open_by_key(page):
    page.focus("#map_atlas")
    page.keyboard.press("t")
    page.wait_for_selector("#table-dialog[open] tbody tr")


def test_a_table_is_sorted_by_its_heads(atlas, payload):
    page = atlas(f"?era={ERA}")
    rows = page.locator("#features .row-title").all_inner_texts()
    page.focus("#table-open")
    page.keyboard.press("Enter")
    page.wait_for_selector("#table-dialog[open]")
    assert page.locator("#table-dialog thead th").all_inner_texts() == HEADS
    assert page.get_by_role("table").get_by_role("columnheader").count() == len(HEADS)
    assert page.get_by_role("table").get_by_role("rowheader").all_inner_texts() == rows
    assert page.evaluate(SORTED) == ["ascending", "", "", "", ""]
    for column in (1, 2, 3, 4):
        head = page.get_by_role("columnheader", name=HEADS[column]).get_by_role("button")
        head.focus()
        page.keyboard.press("Enter")
        told = page.evaluate(COLUMN, column)
        assert told == sorted(told, key=lambda text: text.replace(",", "").lower()), column
        assert page.evaluate(SORTED)[column] == "ascending"
        page.keyboard.press("Enter")
        assert page.evaluate(COLUMN, column) == told[::-1] or column > 1
        assert page.evaluate(SORTED).count("descending") == 1
        assert HEADS[column] in page.evaluate(FOCUS)
    kinds = {kind["title"] for kind in payload["kinds"].values()}
    assert set(page.evaluate(COLUMN, 2)) <= kinds
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUS) == "table-open"


@pytest.mark.slow
@pytest.mark.parametrize("ui", ["full", "compact", "map"])
def test_the_table_leads_from_the_map_to_a_card_and_back(atlas, ui):
    page = atlas(f"?era={ERA}&ui={ui}")
    open_by_key(page)
    assert "Features shown: 73" in page.inner_text("#table-title")
    assert page.get_by_role("dialog").get_attribute("aria-labelledby") == "table-title"
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUS) == "map_atlas"
    page.keyboard.press("t")
    row = page.locator("tbody button").nth(3)
    title = row.inner_text()
    row.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#card:not([hidden])")
    assert page.inner_text("#card-title") == title
    assert page.evaluate(FOCUS) == "card"
    page.keyboard.press("Escape")
    page.wait_for_selector("#table-dialog[open]")
    assert page.evaluate(FOCUS) == title  # one goes on where one was
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUS) == "map_atlas"


def test_on_a_phone_no_head_that_has_the_focus_is_under_the_column_that_stays(atlas):
    page = atlas(f"?era={ERA}", viewport=PHONE)
    open_by_key(page)
    names = []
    for _ in HEADS:
        page.keyboard.press("Tab")
        names.append(page.evaluate(FOCUS))
        seen = """() => {
          const { left, right, top, bottom } = document.activeElement.getBoundingClientRect();
          return [left + 2, right - 2].every((x) =>
            document.elementFromPoint(x, (top + bottom) / 2) === document.activeElement);
        }"""
        assert page.evaluate(seen), names[-1]
        page.keyboard.press("Enter")
        assert page.evaluate(seen), names[-1]
    assert names == HEADS


def test_in_large_type_on_a_phone_a_row_that_has_the_focus_is_in_view(atlas):
    page = atlas(f"?era={ERA}", viewport=PHONE)
    page.evaluate("document.documentElement.style.fontSize = '32px'")
    open_by_key(page)
    for button in page.locator("#table-dialog tbody button").all()[:12]:
        button.focus()
        left, right, width = button.evaluate(
            """button => { const rows = button.closest('.rows').getBoundingClientRect();
              const { left, right, width } = button.getBoundingClientRect();
              return [left - rows.left, rows.right - right, width]; }"""
        )
        assert left > -2
        assert right > -2 or width > PHONE["width"] * 0.8


def test_by_mouse_a_card_leaves_the_table_closed(atlas):
    page = atlas(f"?era={ERA}")
    open_by_key(page)
    page.locator("tbody button").nth(3).click()
    page.keyboard.press("Escape")
    page.wait_for_selector("#card", state="hidden")
    assert not page.is_visible("#table-dialog")


def test_on_a_phone_names_stay_whole_beside_columns_that_are_scrolled(atlas):
    page = atlas(f"?era={ERA}", viewport=PHONE)
    open_by_key(page)
    page.get_by_role("columnheader", name="Certainty").get_by_role("button").focus()
    rows = page.locator(".rows").bounding_box()
    for number in (0, 5, 20):
        row = page.locator("tbody button").nth(number)
        row.focus()
        box = row.bounding_box()
        assert rows["x"] <= box["x"]
        assert box["x"] + box["width"] <= rows["x"] + rows["width"]


def test_the_table_holds_what_is_shown_and_hides_with_the_list(atlas):
    page = atlas(f"?era={ERA}&actor=britain&hide=list")
    page.focus("#map_atlas")
    page.keyboard.press("t")
    assert not page.is_visible("#table-dialog")
    page = atlas(f"?era={ERA}&actor=britain")
    open_by_key(page)
    assert set(page.evaluate(COLUMN, 3)) == {"Britain"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "size", [DESKTOP, PHONE, {"width": 320, "height": 256}], ids=["desktop", "phone", "small"]
)
def test_the_table_fits_and_axe_finds_nothing(atlas, size):
    page = atlas(f"?era={ERA}&ui=compact", viewport=size, bypass_csp=True)
    open_by_key(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert [fault for fault in find_faults(page) if fault[0] in ("cut", "wider")] == []
    row = page.locator("tbody button").last
    row.focus()
    box, head = row.bounding_box(), page.locator("thead th").first.bounding_box()
    assert box["y"] >= head["y"] + head["height"] - 1
    page.keyboard.press("Shift+Tab")
    assert found_by_axe(page) == []


@pytest.mark.slow
def test_the_open_table_is_what_is_printed(atlas, tmp_path):
    page = atlas(f"?era={ERA}")
    open_by_key(page)
    titles = page.locator("tbody button").all_inner_texts()
    page.pdf(path=tmp_path / "table.pdf", format="A4")
    pages = pypdfium2.PdfDocument(tmp_path / "table.pdf")
    texts = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in pages]
    assert len(texts) > 1
    assert all("Certainty" in text for text in texts)  # the heads stand on each page
    assert [title for title in titles if "".join(title.split()) not in "".join(texts)] == []
    assert "Legend" not in "".join(texts)
    page.keyboard.press("Escape")
    page.pdf(path=tmp_path / "map.pdf", format="A4")
    assert len(pypdfium2.PdfDocument(tmp_path / "map.pdf")) == 1
