"""The document as a guest in an article: the page scrolls, and nothing is out of reach."""

import pypdfium2
import pytest
from articles import BEGIN, WINDOWS, write_article
from helpers import READY
from hosts import serving
from PIL import Image

from geo import load_catalogue

CATALOGUE = load_catalogue()
ERA = CATALOGUE.era("1907-spheres")
VIEW = "[map_atlas.getZoom(), map_atlas.getCenter().lat, map_atlas.getCenter().lng]"


@pytest.fixture(scope="session")
def one_era(page_of):
    return page_of(ERA.id)


@pytest.fixture
def article(open_page, one_era, tmp_path):
    """Open the article in a window; returns the page, the frame and where the map's middle is."""
    write_article(tmp_path, one_era, ERA.caption)
    with serving(tmp_path) as base:

        def visit(size, **options):
            width, height = size
            page, watch = open_page(
                f"{base}article.html",
                allowed=(base,),
                viewport={"width": width, "height": height},
                **options,
            )
            page.evaluate(f"scrollTo(0, {BEGIN})")
            page.frame_locator("iframe").locator(READY).wait_for(state="attached")
            frame = page.frames[1]
            box = page.frame_locator("iframe").locator("#map_atlas").bounding_box()
            middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            return page, frame, middle, watch

        yield visit


def turn(page, notches, down=100):
    for _ in range(notches):
        page.mouse.wheel(0, down)
        page.evaluate("new Promise(requestAnimationFrame)")


@pytest.mark.slow
@pytest.mark.parametrize("size", WINDOWS)
def test_thirty_notches_over_the_map_bring_the_page_past_the_frame(article, size):
    page, frame, middle, watch = article(size)
    view = frame.evaluate(VIEW)
    page.mouse.move(*middle)
    turn(page, 2)
    assert "zooms the map" in frame.inner_text("#gesture-hint")
    frame.wait_for_selector("#gesture-hint", state="hidden")
    turn(page, 28)
    assert frame.is_hidden("#gesture-hint")  # it is said once
    page.wait_for_function("document.querySelector('iframe').getBoundingClientRect().bottom < 0")
    assert frame.evaluate(VIEW) == view
    assert watch.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("size", WINDOWS)
def test_thirty_notches_over_the_panel_do_so_too(article, size):
    page, frame, _, _ = article(size)
    title = page.frame_locator("iframe").locator("#era-title").bounding_box()
    page.mouse.move(title["x"] + 5, title["y"] + 5)
    turn(page, 30)
    page.wait_for_function("document.querySelector('iframe').getBoundingClientRect().bottom < 0")
    assert frame.evaluate("document.scrollingElement.scrollTop + panel.scrollTop") == 0


@pytest.mark.parametrize("size", WINDOWS)
def test_with_ctrl_the_wheel_zooms_the_map_and_not_the_page(article, size):
    page, frame, middle, _ = article(size)
    zoom = frame.evaluate("map_atlas.getZoom()")
    page.mouse.move(*middle)
    page.keyboard.down("Control")
    turn(page, 4, -100)
    page.keyboard.up("Control")
    frame.wait_for_function(f"() => map_atlas.getZoom() > {zoom}")
    assert page.evaluate("[scrollY, devicePixelRatio, visualViewport.scale]") == [BEGIN, 1, 1]


def test_after_a_click_the_wheel_is_the_maps_until_the_pointer_leaves_or_escape(article):
    page, frame, middle, _ = article(WINDOWS[0])
    zoom = frame.evaluate("map_atlas.getZoom()")
    page.mouse.click(*middle)
    turn(page, 2, -100)
    frame.wait_for_function(f"() => map_atlas.getZoom() > {zoom}")
    assert page.evaluate("scrollY") == BEGIN
    page.keyboard.press("Escape")
    turn(page, 2)
    page.wait_for_function(f"scrollY > {BEGIN}")


def test_whole_era_brings_the_era_back_from_anywhere(article):
    page, frame, middle, _ = article(WINDOWS[0])
    view = frame.evaluate(VIEW)
    for undo in (lambda: frame.click("#whole"), lambda: frame.press("#map_atlas", "0")):
        page.mouse.move(*middle)
        page.mouse.down()
        page.mouse.move(middle[0] - 300, middle[1] + 120, steps=6)
        page.mouse.up()
        for _ in range(5):
            frame.click(".leaflet-control-zoom-in")
        undo()  # even of a zoom that is still on its way
        frame.wait_for_function(
            f"view => !map_atlas._animatingZoom && `${{{VIEW}}}` === `${{view}}`",
            arg=view,
            polling=100,  # a map at rest may get no frame
        )


def test_a_view_asked_for_after_a_zoom_is_brought_though_both_come_within_a_frame(article):
    """Leaflet begins a zoom with the next frame, when the view is there already."""
    _, frame, _, _ = article(WINDOWS[0])
    view = frame.evaluate(VIEW)
    frame.evaluate("""() => {
      const map = document.querySelector("#map_atlas");
      map.focus();
      document.querySelector(".leaflet-control-zoom-in").click();
      map.dispatchEvent(new KeyboardEvent("keydown", { key: "0", bubbles: true }));
    }""")
    frame.evaluate("""() => new Promise((resolve) => {
      const look = () => (map_atlas._animatingZoom ? requestAnimationFrame(look) : resolve());
      requestAnimationFrame(() => requestAnimationFrame(look));
    })""")
    assert frame.evaluate(VIEW) == view
    frame.press("#map_atlas", "+")  # a zoom that is asked for later begins as ever
    frame.wait_for_function("before => map_atlas.getZoom() > before", arg=view[0], polling=100)


def test_the_map_cannot_be_dragged_or_zoomed_into_the_void(article):
    page, frame, middle, _ = article(WINDOWS[0])
    zoom = frame.evaluate("map_atlas.getZoom()")
    page.mouse.move(*middle)
    page.keyboard.down("Control")
    turn(page, 30)
    page.keyboard.up("Control")
    assert frame.evaluate("map_atlas.getZoom()") == zoom
    for _ in range(6):
        page.mouse.move(*middle)
        page.mouse.down()
        page.mouse.move(middle[0] - 300, middle[1] - 150, steps=4)
        page.mouse.up()
    seen = frame.evaluate("map_atlas.getBounds().toBBoxString()").split(",")
    data = "JSON.parse(document.getElementById('atlas-data').textContent)"
    west, south, east, north = frame.evaluate(f"{data}.extent")
    wide, high = (east - west) / 10, (north - south) / 10
    assert float(seen[2]) <= east + wide + 0.1
    assert float(seen[1]) >= south - high - 0.1


def fingers(page, *ways):
    """Move fingers at once, each along its way, as the browser gets them from a screen."""
    session = page.context.new_cdp_session(page)

    def send(kind, places):
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    steps = list(zip(*ways, strict=True))
    send("touchStart", steps[0])
    for places in steps[1:]:
        send("touchMove", places)
        page.evaluate("new Promise(requestAnimationFrame)")
    send("touchEnd", [])


def test_one_finger_moves_the_page_and_two_the_map(article):
    page, frame, (x, y), _ = article(WINDOWS[1], has_touch=True, is_mobile=True)
    view = frame.evaluate(VIEW)
    page.evaluate("addEventListener('scrollend', () => { rested = true }, { once: true })")
    # One that let go in motion would push the page, and no script may stop what the next ones do.
    fingers(page, [(x, y - 12 * min(step, 11)) for step in range(24)])
    page.wait_for_function("window.rested")
    assert page.evaluate("scrollY") > BEGIN + 60
    assert frame.evaluate(VIEW) == view
    page.evaluate(f"scrollTo({{ top: {BEGIN}, behavior: 'instant' }})")
    fingers(
        page,
        [(x - 20 - 6 * step, y - 5 * step) for step in range(8)],
        [(x + 20 + 6 * step, y - 5 * step) for step in range(8)],
    )
    frame.wait_for_function(f"() => map_atlas.getZoom() > {view[0]}")
    assert page.evaluate("scrollY") == BEGIN


@pytest.mark.slow
@pytest.mark.parametrize("size", WINDOWS)
def test_everything_is_behind_one_button(article, size):
    page, frame, _, watch = article(size)
    assert not frame.is_visible("#search")
    frame.click("#drawer")
    for part in ("#search", "#legend", "#layers", "#features", "#share"):
        frame.locator(part).scroll_into_view_if_needed()
        assert frame.is_visible(part)
    assert frame.evaluate("panel.scrollTop") > 0
    assert frame.evaluate("document.scrollingElement.scrollTop") == 0
    frame.locator("[data-row=site-masjed-soleyman-1908], [data-row]").first.click()
    assert frame.is_visible("#card")
    page.keyboard.press("Escape")
    assert not frame.is_visible("#card")
    assert watch.errors == []


def test_a_card_opened_by_key_is_brought_into_the_window(article):
    page, frame, _, _ = article((390, 844))
    page.evaluate("scrollBy(0, document.querySelector('iframe').getBoundingClientRect().top - 700)")
    frame.focus("#map_atlas")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    frame.wait_for_selector("#card:focus")
    page.wait_for_function(
        "document.querySelector('iframe').getBoundingClientRect().bottom <= innerHeight + 1"
    )
    assert page.evaluate("document.querySelector('iframe').getBoundingClientRect().top") > 0


def test_greedy_takes_all_and_alone_the_map_needs_no_ctrl(open_page, one_era, tmp_path):
    path = tmp_path / "one.html"
    path.write_text(one_era, encoding="utf-8")
    for query, wanted in (("", "greedy"), ("?gestures=polite", "polite")):
        page, _ = open_page(f"{path.as_uri()}{query}")
        page.wait_for_selector(READY, state="attached")
        assert page.get_attribute("html", "data-gestures") == wanted
        zoom = page.evaluate("map_atlas.getZoom()")
        page.mouse.move(400, 300)
        turn(page, 3, -100)
        if wanted == "greedy":
            page.wait_for_function(f"() => map_atlas.getZoom() > {zoom}")
        else:
            assert page.evaluate("map_atlas.getZoom()") == zoom
            assert page.is_visible("#drawer")


def test_on_paper_no_picture_behind_the_frame_shows_through(open_page, one_era, tmp_path):
    Image.new("RGB", (8, 8), "red").save(tmp_path / "behind.png")
    (tmp_path / "map.html").write_text(one_era)
    (tmp_path / "article.html").write_text(
        "<!doctype html><body style='margin:0'>"
        "<img src='behind.png' style='position:absolute;left:0;top:0;width:600px;height:700px'>"
        "<iframe src='map.html' style='position:relative;border:0;width:600px;height:560px'>"
    )
    with serving(tmp_path) as base:
        page, _ = open_page(f"{base}article.html", allowed=(base,))
        page.frame_locator("iframe").locator(READY).wait_for(state="attached")
        page.pdf(path=tmp_path / "article.pdf", width="600px", height="800px")
    [paper, *_] = pypdfium2.PdfDocument(tmp_path / "article.pdf")
    picture = paper.render(scale=1).to_pil().convert("RGB").resize((600, 800))
    assert picture.getpixel((300, 650)) == (255, 0, 0)  # it is behind
    inside = picture.crop((4, 4, 596, 550))
    colours = {colour for _, colour in inside.getcolors(maxcolors=1 << 24)}
    assert (255, 0, 0) not in colours
    assert len(colours) > 200
