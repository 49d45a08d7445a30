"""The Embed page in a real browser, what is copied from it, and the app in a frame."""

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread
from urllib.request import urlopen

import pytest
from helpers import DESKTOP, PHONE, READY
from PIL import Image

ERA = "1907-spheres"
REST = "html[data-atlas-state=ready]"


@pytest.fixture
def author(open_page, app):
    """The Embed page, with the era of an address; the page, the map in it, and its watch."""

    def open_embed(era=ERA, **options):
        page, watch = open_page(
            f"{app}?era={era}", allowed=(app, app.replace("http", "ws")), **options
        )
        page.frame_locator("iframe").locator(READY).wait_for(state="attached")
        if options.get("viewport") == PHONE:
            page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_role("link", name="Embed").click()
        page.get_by_role("heading", name="Embed").wait_for()
        inner = preview(page)
        inner.locator(f"html[data-atlas-era='{era}']").wait_for(state="attached")
        return page, inner, watch

    return open_embed


def preview(page):
    inner = page.frame_locator("iframe[title^='Iran and Russia']")
    inner.locator(READY).wait_for(state="attached")
    return inner


def snippet(page):
    return wait_for_snippet(page, "</iframe>")


def wait_for_snippet(page, text):
    code = page.get_by_test_id("stCode").first.locator("code", has_text=text)
    code.wait_for()
    return code.text_content()


def open_tab(page, name):
    # By the keyboard: a click right after scrolling may still land in the frame of the map.
    page.get_by_role("tab", name=name, exact=True).press("Enter")
    page.get_by_role("tab", name=name, exact=True, selected=True).wait_for()


def move(page, inner):
    inner.locator("#map_atlas").focus()
    page.keyboard.press("ArrowRight")


class Article(BaseHTTPRequestHandler):
    """Serves one page with some markup in it."""

    def do_GET(self):
        page = (
            "<!doctype html><html lang=en><meta charset=utf-8><title>An article</title>"
            f'<link rel=icon href="data:,"><h1>An article</h1>{self.server.markup}'
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_):
        pass


@pytest.fixture
def paste(open_page, app):
    """Put markup into a clean page on another port of this machine; opens it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Article) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()

        def paste_at(markup, allowed=(f"{app}embed", f"{app}card"), **options):
            server.markup = markup
            address = f"http://127.0.0.1:{server.server_port}/"
            return open_page(address, allowed=allowed, **options)

        yield paste_at
        server.shutdown()
        thread.join()


@pytest.mark.slow
def test_the_frame_to_copy_follows_the_preview_without_loading_it_anew(author):
    page, inner, watch = author()
    assert "view=" not in snippet(page)
    frame = page.locator("iframe:not(#atlas-frame)").element_handle()
    node = inner.locator("#map_atlas").element_handle()
    move(page, inner)
    text = wait_for_snippet(page, "view=")
    view = re.search(r"view=([-\d.]+),([-\d.]+),([\d.]+)", text)
    assert 20 < float(view[1]) < 45
    # It is in the drawer; the map is not moved for what it shows.
    inner.locator("[data-row=vertex-1907-isfahan]").dispatch_event("click")
    text = wait_for_snippet(page, "select=")
    assert f"view={view[1]},{view[2]},{view[3]}" in text
    assert (
        page.locator("iframe:not(#atlas-frame)")
        .element_handle()
        .evaluate("(a, b) => a === b", frame)
    )
    assert inner.locator("#map_atlas").element_handle().evaluate("(a, b) => a === b", node)
    assert watch.requests == []
    assert watch.errors == []


@pytest.mark.slow
def test_more_eras_another_look_and_other_layers_reach_map_and_frame(author):
    page, inner, watch = author()
    move(page, inner)
    wait_for_snippet(page, "view=")
    page.get_by_test_id("stButtonGroup").get_by_text("1941", exact=True).click()
    text = wait_for_snippet(page, f"{ERA}~1941-invasion.html")
    assert "view=" in text
    inner = preview(page)
    inner.locator("#era-next").click()
    wait_for_snippet(page, "era=1941-invasion")
    page.get_by_text("Compact", exact=True).click()
    wait_for_snippet(page, "ui=compact")
    preview(page).locator("html[data-ui=compact][data-atlas-era='1941-invasion']").wait_for(
        state="attached"
    )
    page.get_by_text("Dark", exact=True).click()
    wait_for_snippet(page, "theme=dark")
    inner = preview(page)
    inner.locator("html[data-theme=dark]").wait_for(state="attached")
    node = inner.locator("#map_atlas").element_handle()
    page.get_by_role("button", name="Layers").click()
    page.get_by_role("button", name="The Caspian").click()
    wait_for_snippet(page, "layers=invasion-1941~caspian")
    assert inner.locator("#map_atlas").element_handle().evaluate("(a, b) => a === b", node)
    assert watch.requests == []
    assert watch.errors == []


@pytest.mark.slow
def test_the_preview_has_the_size_that_was_chosen(author):
    page, _, _ = author()
    page.get_by_text("Pixels", exact=True).click()
    width = page.get_by_label("Width, pixels")
    width.fill("320")
    width.press("Enter")
    wait_for_snippet(page, 'width="320"')
    height = page.get_by_label("Height, pixels")
    height.fill("400")
    height.press("Enter")
    wait_for_snippet(page, 'height="400"')
    box = page.locator("iframe:not(#atlas-frame)").bounding_box()
    assert (round(box["width"]), round(box["height"])) == (320, 400)


def test_the_copied_frame_works_in_a_clean_page(author, paste):
    page, inner, _ = author()
    move(page, inner)
    markup = wait_for_snippet(page, "view=")
    article, watch = paste(markup)
    framed = article.frame_locator("iframe")
    framed.locator(f"{REST}[data-atlas-era='{ERA}']").wait_for(state="attached")
    assert article.locator("iframe").bounding_box()["height"] == 560
    assert framed.locator(".now [data-id=sphere-russian-1907]").count()
    assert watch.requests == []
    assert watch.errors == []


@pytest.mark.slow
def test_the_copied_frame_with_its_script_works_in_a_clean_page(author, paste):
    page, _, _ = author("1946-withdrawal")
    open_tab(page, "Frame, own height")
    markup = page.get_by_test_id("stCode").locator("visible=true").locator("code").text_content()
    article, watch = paste(markup)
    framed = article.frame_locator("iframe")
    framed.locator(f"{REST}[data-atlas-era='1946-withdrawal']").wait_for(state="attached")
    assert "/embed.js" in markup
    assert article.evaluate("performance.getEntriesByName(document.scripts[0].src).length") == 1
    assert watch.requests == []
    assert watch.errors == []


@pytest.mark.slow
def test_where_frames_are_taken_out_a_picture_leads_to_the_map(author, paste, app):
    page, _, _ = author()
    markup = re.sub(r"<iframe.*?</iframe>", "", snippet(page))
    article, watch = paste(markup, allowed=(app,))
    article.wait_for_function(
        "() => document.images[0].complete && document.images[0].naturalWidth"
    )
    box = article.locator("img").bounding_box()
    assert box["height"] >= 200
    assert article.locator("img").get_attribute("alt").startswith("Persia")
    article.locator("a").click()
    article.wait_for_url(f"{app}map/{ERA}")
    assert watch.requests == []


@pytest.mark.slow
def test_own_texts_points_and_features_reach_map_and_frame(author, paste):
    page, inner, watch = author("1941-invasion")
    page.get_by_role("button", name="Your own texts and points").click()
    title = page.get_by_role("textbox", name="Title")
    title.fill("Four <b>days</b>")
    title.press("Enter")
    wait_for_snippet(page, "title=Four")
    points = page.get_by_role("textbox", name="Points, one a line")
    points.fill("35.70, 51.42, 1941-08-28, Here & there\nnowhere")
    points.press("Control+Enter")
    wait_for_snippet(page, "points=35.70")
    inner = page.frame_locator("iframe:not(#atlas-frame)")  # it has the author's title by now
    inner.locator("[data-row=added-1]").wait_for(state="attached")
    inner.locator("#notice", has_text="The point “nowhere” cannot be read").wait_for()
    told = page.get_by_test_id("stText").filter(has_text="The point “nowhere” cannot be read")
    told.wait_for()  # beside the field, too
    assert inner.locator("#era-title").text_content() == "Four <b>days</b>"
    points.fill("35.70, 51.42, 1941-08-28, Here & there")
    points.press("Control+Enter")
    page.get_by_test_id("stCode").first.locator("code", has_not_text="nowhere").wait_for()
    told.wait_for(state="hidden")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Features", exact=True).click()
    actors = (
        page.get_by_test_id("stMultiSelect").filter(has_text="Of these actors").locator("input")
    )
    actors.fill("Brit")
    actors.press("Enter")
    text = wait_for_snippet(page, "actor=britain")
    article, seen = paste(text)
    framed = article.frame_locator("iframe")
    framed.locator("[data-row=added-1]").wait_for(state="attached")
    assert framed.locator("#era-title").text_content() == "Four <b>days</b>"
    rows = framed.locator("#features li")
    assert rows.count() == inner.locator("#features li").count()
    assert watch.requests == seen.requests == []
    assert watch.errors == seen.errors == []


@pytest.mark.slow
def test_the_downloads_are_what_they_say(author):
    page, _, watch = author()
    open_tab(page, "Files")

    def take(name):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name, exact=True).press("Enter")
        found = waiting.value
        return found.suggested_filename, found.path().read_bytes()

    name, document = take("The map as one HTML file")
    assert name == f"iran-russia-{ERA}.html"
    address = page.locator("iframe:not(#atlas-frame)").get_attribute("src").split("?")[0]
    with urlopen(address) as answer:
        assert answer.read() == document
    name, svg = take("SVG")
    assert name == f"iran-russia-{ERA}.svg"
    width, height = map(int, re.search(rb'viewBox="0 0 (\d+) (\d+)"', svg).groups())
    for button, ending, scale in (("PNG", "", 1), ("PNG, twice as fine", "-2x", 2)):
        name, png = take(button)
        assert name == f"iran-russia-{ERA}{ending}.png"
        assert Image.open(BytesIO(png)).size == (width * scale, height * scale)
    name, pdf = take("PDF")
    assert name == f"iran-russia-{ERA}.pdf"
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert watch.errors == []


@pytest.mark.slow
def test_a_map_in_words_can_be_copied(author, catalogue):
    page, _, _ = author()
    open_tab(page, "In words")
    words = page.get_by_role("tabpanel", name="In words")
    words.get_by_text(catalogue.era(ERA).alt).wait_for()


@pytest.mark.slow
def test_on_a_phone_the_page_does_not_run_over_its_edge(author):
    page, _, watch = author(viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.locator("iframe:not(#atlas-frame)").bounding_box()["width"] > 300
    assert watch.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_a_maps_own_page_shows_it_and_leads_into_the_atlas(open_page, app, viewport):
    page, watch = open_page(
        f"{app}map/{ERA}?view=33.000,52.000,6",
        allowed=(app, app.replace("http", "ws")),
        viewport=viewport,
    )
    page.frame_locator("iframe").locator(REST).wait_for(state="attached")
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert watch.requests == []
    assert watch.errors == []
    page.get_by_role("link", name="Open in the atlas").click()
    inner = page.frame_locator("iframe")
    inner.locator(f"html[data-atlas-era='{ERA}']").wait_for(state="attached")
    assert "view=33.000,52.000,6" in page.url


def test_the_live_app_works_in_a_small_frame(paste, app):
    article, watch = paste(
        f'<iframe src="{app}?embed=true&era=1941-invasion" title="The atlas" width="700" '
        'height="600"></iframe>',
        allowed=(app, app.replace("http", "ws")),
    )
    framed = article.frame_locator("iframe")
    inner = framed.frame_locator("iframe")
    inner.locator(f"{REST}[data-atlas-era='1941-invasion']").wait_for(state="attached")
    outer = article.locator("iframe").bounding_box()
    shown = framed.locator("iframe").bounding_box()
    assert shown["width"] > 600
    assert shown["height"] >= 400
    assert shown["y"] + shown["height"] <= outer["y"] + outer["height"]
    inner.locator("#era-slider").focus()  # in a frame, the document's own
    article.keyboard.press("ArrowRight")
    inner.locator("html[data-atlas-era='1942-supply']").wait_for(state="attached")
    assert framed.locator("[data-testid=stSlider]:visible").count() == 0
    assert watch.requests == []
    assert watch.errors == []
