"""Finding and going: what is chosen is seen, beside its card, and binds no later era."""

import pytest
from helpers import DESKTOP, LISTED, PHONE, READY

from geo import load_catalogue, load_features

CATALOGUE = load_catalogue()

# Middle of a feature in the window, and the card and the map as boxes: left, top, right, bottom.
SEEN = """(id) => {
  const box = (node) => (({ left, top, right, bottom }) => [left, top, right, bottom])(
    node.getBoundingClientRect());
  const [left, top, right, bottom] = box(document.querySelector(`.now [data-id="${id}"]`));
  return { at: [(left + right) / 2, (top + bottom) / 2],
    card: box(document.getElementById("card")), map: box(map_atlas.getContainer()) };
}"""


def inside(point, box):
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


@pytest.fixture
def atlas(open_page, document):
    def open_at(query, **options):
        page, watch = open_page(f"{document}{query}", reduced_motion="reduce", **options)
        page.wait_for_selector(READY, state="attached")
        return page, watch

    return open_at


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_feature_chosen_in_the_list_is_brought_into_view_beside_its_card(atlas, size):
    page, watch = atlas("?era=1941-invasion&view=38,46,8", viewport=size)
    page.wait_for_selector(LISTED, state="attached")
    names = page.eval_on_selector_all("[data-row]", "rows => rows.map((row) => row.dataset.row)")
    for name in [names[0], names[len(names) // 2], names[-1]]:
        page.locator(f"[data-row={name}]").evaluate("row => { row.focus(); row.click(); }")
        page.wait_for_selector("#card:not([hidden])")
        if not page.locator(f".now [data-id={name}]").count():
            continue  # it has no place
        seen = page.evaluate(SEEN, name)
        assert inside(seen["at"], seen["map"])
        assert not inside(seen["at"], seen["card"])
        assert page.locator(f".now [data-id={name}].selected").count()
        assert page.locator(".now .selected[data-id]").count() == 1
    assert watch.errors == []


def test_a_view_brought_for_a_feature_binds_no_later_era(atlas):
    page, _ = atlas("?era=1941-invasion")
    own = page.evaluate("map_atlas.getZoom()")
    page.fill("#search", "Enzeli")
    page.keyboard.press("Enter")
    assert page.evaluate("map_atlas.getZoom()") > own
    assert page.locator(".place-ring").count() == 1
    page.locator("[data-row]").first.click()
    assert page.locator(".place-ring").count() == 0
    page.keyboard.press("Escape")
    page.click("#era-next")
    west, south, east, north = CATALOGUE.era(page.get_attribute("html", "data-atlas-era")).bounds
    box = page.evaluate("map_atlas.getBounds().toBBoxString()")
    seen = [float(part) for part in box.split(",")]
    assert seen[0] <= west
    assert seen[1] <= south
    assert seen[2] >= east
    assert seen[3] >= north


@pytest.mark.parametrize(
    ("typed", "era"),
    [("1907", "1907-spheres"), ("۱۹۰۷", "1907-spheres"), ("two spheres", "1907-spheres")],
)
def test_the_search_knows_eras(atlas, typed, era):
    page, _ = atlas("")
    page.fill("#search", typed)
    assert page.locator("[role=option]").first.inner_text().startswith(CATALOGUE.era(era).label)
    page.keyboard.press("Enter")
    page.wait_for_selector(f"html[data-atlas-era='{era}']", state="attached")
    title = CATALOGUE.era(era).title
    page.wait_for_function("title => document.title.startsWith(title)", arg=title)


@pytest.mark.slow
@pytest.mark.parametrize("year", ["1921", "1951", "2006"])
def test_a_year_finds_what_happened_then(atlas, year):
    happened = {
        item["title"]
        for item in (feature.properties for feature in load_features(CATALOGUE))
        for dates in [
            [item["begin_edtf"], item["end_edtf"], *(e["on"] for e in item.get("history", []))]
        ]
        if any(year in date for date in [*dates, item["title"], item.get("label", "")])
    }
    page, _ = atlas("")
    page.fill("#search", year)
    found = page.locator("[aria-labelledby=search-feature] [role=option] span").all_inner_texts()
    assert len(found) > 2
    assert set(found) <= happened


def test_the_search_knows_actors(atlas):
    page, _ = atlas("?era=1907-spheres")
    page.fill("#search", "Britain")
    page.locator("[aria-labelledby=search-actor] [role=option]").click()
    page.wait_for_function("() => filter.textContent.includes(' of ')")
    page.wait_for_selector(LISTED, state="attached")
    assert page.locator(".now [data-id=sphere-british-1907]:not([display=none])").count()
    assert not page.locator(".now [data-id=sphere-russian-1907]:not([display=none])").count()
