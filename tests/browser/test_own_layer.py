"""The app's page for a visitor's own file."""

import pytest
from helpers import READY

TABLE = (
    "name,longitude,latitude,from,to,kind\n"
    "Alpha *depot* <img src=x>,49.47,37.47,1899,1918,depot\n"
    "Beta,51.42,35.69,1941-08-05,1946-12-24,post\n"
    "Delta,,27.18,1907,1914,wharf\n"
    "Epsilon ![x](https://elsewhere.test/x.png),59.6,36.3,25.08.1941,,camp\n"
)

CHOSEN = "document.querySelector('[role=radio][aria-checked=true]')?.innerText == 'Eras of its own'"


@pytest.fixture
def page_with(open_page, app):
    """Open the page and drop a file on it; returns the page, its map and what it asked for."""

    def drop(content):
        page, watch = open_page(f"{app}your-layer", allowed=(app, app.replace("http", "ws")))
        page.locator("input[type=file]").wait_for(state="attached")
        page.set_input_files(
            "input[type=file]",
            {"name": "x.csv", "mimeType": "text/csv", "buffer": content.encode()},
        )
        return page, page.frame_locator("[data-testid=stIFrame]").frame_locator("iframe"), watch

    return drop


@pytest.mark.slow
def test_a_table_is_shown_in_the_atlas_s_eras_and_in_its_own(page_with):
    page, inner, watch = page_with(TABLE)
    inner.locator(READY).wait_for()
    frame = inner.locator("html")
    assert frame.get_attribute("data-atlas-era") == "1890-tobacco"
    features = inner.locator("#features", has_text="Alpha *depot* <img src=x>")
    features.wait_for(state="attached")  # in a frame this low the list is in the drawer
    page.get_by_text("Eras of its own").click()
    inner.locator("html[data-atlas-era=era-1]").wait_for()
    assert inner.locator("#features img").count() == 0
    faults = page.locator("[data-testid=stExpander] [data-testid=stText]", has_text="row 3")
    faults.wait_for(state="attached")  # folded away, where something can be shown
    told = faults.text_content()
    assert "row 3 (Delta): has no geometry" in told
    assert "row 4 (Epsilon ![x](https://elsewhere.test/x.png)): begin '25.08.1941'" in told
    assert watch.requests == []


@pytest.mark.slow
def test_a_file_that_is_no_table_is_one_sentence(page_with):
    page, _, watch = page_with("<html>404 ![x](https://elsewhere.test/x.png)</html>")
    page.get_by_text("The file cannot be shown.").wait_for()
    said = page.locator("[data-testid=stText]").inner_text()
    assert said.startswith("the file: it is XML or HTML, and no KML")
    assert watch.requests == []


@pytest.mark.slow
def test_the_page_tells_of_the_last_file_alone(page_with):
    """A file that is too large is refused in the browser: the server never hears of it."""
    page, inner, _ = page_with("<html>404</html>")
    unreadable = page.get_by_text("The file cannot be shown.")
    unreadable.wait_for()
    refused = page.locator("[data-testid=stFileChip][aria-invalid=true]:visible")
    large = {"name": "large.csv", "mimeType": "text/csv", "buffer": b"a,b\n" * (3 * 2**20)}
    for name, content in (("y.csv", TABLE), ("z.csv", "<html>")):
        page.set_input_files("input[type=file]", large)
        refused.wait_for()
        unreadable.wait_for(state="hidden")
        assert not page.locator("[data-testid=stIFrame]:visible").count()
        assert page.locator("[data-testid=stFileChip]:visible").count() == 1
        buffer = content.encode()
        page.set_input_files(
            "input[type=file]", {"name": name, "mimeType": "text/csv", "buffer": buffer}
        )
        refused.wait_for(state="hidden")
        if name == "y.csv":
            inner.locator(READY).wait_for()
            assert not unreadable.count()
    unreadable.wait_for()
    assert page.locator("[data-testid=stFileChip]:visible").count() == 1


@pytest.mark.slow
def test_the_switch_says_what_the_map_shows_when_another_file_comes(page_with):
    page, inner, _ = page_with(TABLE)
    inner.locator(READY).wait_for()
    own = page.get_by_role("radio", name="Eras of its own")
    own.click()
    inner.locator("html[data-atlas-era=era-1]").wait_for()
    again = TABLE.replace("Alpha", "Gamma").encode()
    page.set_input_files(
        "input[type=file]", {"name": "y.csv", "mimeType": "text/csv", "buffer": again}
    )
    inner.locator("#features", has_text="Gamma").wait_for(state="attached")
    assert inner.locator("html").get_attribute("data-atlas-era") == "era-1"
    page.wait_for_function(CHOSEN)
    own.click()
    page.wait_for_function(CHOSEN)
