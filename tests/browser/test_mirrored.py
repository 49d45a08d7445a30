"""Document, app and site in the test language: longer words, from right to left; nothing is cut."""

import json
import re
import shutil
from contextlib import contextmanager
from dataclasses import replace
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from helpers import DESKTOP, LISTED, PHONE, READY, ROOT
from layout import find_faults
from mirrored import MIRRORED, add_mirrored, stretched
from site_files import ADDRESS
from visits import Visit

from geo import load_catalogue
from geo.model.editions import load_edition
from geo.payload.build import build_payload
from geo.publish.export import export_document
from geo.site import build, build_sites
from geo.site.address import read_address
from geo.site.renderings import SHEETS, THEMES, Drawing

ERAS = ["1907-spheres", "1941-invasion", "2001-caspian"]


@pytest.fixture(scope="session")
def root(tmp_path_factory):
    """The project in two languages: English and the test language."""
    root = tmp_path_factory.mktemp("mirrored")
    leave = shutil.ignore_patterns("__pycache__")
    for name in ("layers", "seeds", "geo", ".streamlit"):
        shutil.copytree(ROOT / name, root / name, ignore=leave)
    shutil.copy(ROOT / "streamlit_app.py", root)
    add_mirrored(root)
    return root


@pytest.fixture(scope="session")
def mirrored(root):
    """The address of a document in the test language."""
    catalogue = load_catalogue(root)
    path = root / "atlas.html"
    export_document(catalogue, [*map(catalogue.era, ERAS)], path, language=MIRRORED)
    return path.as_uri()


@pytest.fixture
def opened(open_page, mirrored):
    def open_at(query, **options):
        page, watch = open_page(f"{mirrored}?{query}", reduced_motion="reduce", **options)
        page.wait_for_selector(READY, state="attached")
        page.wait_for_selector(LISTED, state="attached")
        assert watch.errors == watch.requests == []
        return page

    return open_at


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESKTOP, PHONE, {"width": 320, "height": 640}])
@pytest.mark.parametrize("more", ["", "&compare=1941-invasion", "&gestures=polite"])
def test_longer_words_from_right_to_left_fit(opened, size, more):
    page = opened(f"era=1907-spheres{more}", viewport=size)
    assert page.evaluate("[document.dir, document.documentElement.lang]") == ["rtl", MIRRORED]
    assert page.inner_text("#era-title") == stretched(load_catalogue().era(ERAS[0]).title)
    assert find_faults(page) == []


def test_panel_ticks_and_strip_turn_and_the_map_does_not(opened):
    page = opened("era=1907-spheres")
    panel, place = (page.locator(at).bounding_box() for at in ("#panel", "#map_atlas"))
    assert panel["x"] == 0
    assert place["x"] == pytest.approx(panel["width"], abs=1)
    ticks = [page.locator(f".tick[data-era='{era}']").bounding_box()["x"] for era in ERAS]
    assert ticks == sorted(ticks, reverse=True)
    strips = page.locator(".strip-era .band").evaluate_all(
        "nodes => nodes.map((node) => node.getBoundingClientRect().x)"
    )
    assert strips == sorted(strips, reverse=True)
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.now .labels text')).direction"
    ) == ("ltr")


def test_keys_go_to_where_later_is(opened):
    page = opened("era=1907-spheres")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector(f"html[data-atlas-era='{ERAS[1]}']", state="attached")
    page.focus("#era-slider")
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector(f"html[data-atlas-era='{ERAS[2]}']", state="attached")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(f"html[data-atlas-era='{ERAS[1]}']", state="attached")


@pytest.mark.parametrize("mode", ["swipe", "side"])
def test_the_divider_names_the_era_on_either_side(opened, mode):
    page = opened(f"era=1907-spheres&compare=1941-invasion&mode={mode}")
    tags = {
        tag.inner_text(): tag.bounding_box()["x"] for tag in page.locator(".divider .tag").all()
    }
    one, other = (page.locator(at).bounding_box()["x"] for at in ("#map_atlas", "#map-compare"))
    if mode == "swipe":  # the second map lies to the right of the line
        one, other = 0, 1
    assert (tags["1907"] < tags["1941"]) == (one < other)


@pytest.mark.slow
def test_a_card_leaves_the_maps_own_buttons_free(opened):
    for size in (DESKTOP, {"width": 700, "height": 300}):
        for ui in ("full", "compact", "map"):
            page = opened(f"era=1907-spheres&ui={ui}&select=sphere-british-1907", viewport=size)
            card = page.locator("#card").bounding_box()
            for button in page.locator(".leaflet-control-zoom a, .map-button button").all():
                if button.is_visible():
                    box = button.bounding_box()
                    assert box["x"] + box["width"] <= card["x"] or box["x"] > card["x"] + 300, ui
            page.context.close()


STREAMLITS_OWN = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("header, [data-testid=stSidebar], [data-testid=stSkipLink] { display: none }");
  document.adoptedStyleSheets = [sheet];
  for (const link of document.querySelectorAll("a")) {
    if (link.textContent === "Skip to main content") link.remove();
  }
}"""
"""Takes away what is Streamlit's own around the pages: it knows no other language."""


def faults_at_rest(page, **options):
    """Return the faults that stay when a page of the app, which comes in parts, is whole."""
    for _ in range(60):
        faults = find_faults(page, **options)
        if not faults:
            break
        page.evaluate("new Promise(requestAnimationFrame)")
    return faults


IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"


@pytest.fixture(scope="session")
def mirrored_app(root, serve_app):
    with serve_app(root) as address:
        yield address


@pytest.mark.slow
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_apps_pages_fit(open_page, mirrored_app, size):
    allowed = (mirrored_app, mirrored_app.replace("http", "ws"))
    query = f"?lang={MIRRORED}&era=1941-invasion"
    page, watch = open_page(f"{mirrored_app}{query}", viewport=size, allowed=allowed)
    frame = page.frame_locator("#atlas-frame")
    frame.locator(f"{READY}[dir=rtl][lang={MIRRORED}] {LISTED}").wait_for(state="attached")
    for path in ("", "embed", "your-layer", "data", "sources"):
        if path:
            page.goto(f"{mirrored_app}{path}{query}")
        page.wait_for_selector(IDLE)
        assert page.evaluate("[document.dir, document.documentElement.lang]") == ["rtl", MIRRORED]
        if size == DESKTOP and not path:
            bar = page.locator(".st-key-era").bounding_box()
            pages = page.locator("header a").evaluate_all(
                "links => links.map((link) => link.getBoundingClientRect().x)"
            )
            assert bar["x"] + bar["width"] <= min(pages)
        page.evaluate(STREAMLITS_OWN)
        assert faults_at_rest(page, covered=path in ("", "data")) == [], path
    page.goto(f"{mirrored_app}map/1907-spheres?lang={MIRRORED}")
    assert find_faults(page) == []
    assert watch.requests == []


@pytest.mark.slow
def test_the_apps_slider_and_its_time_strip_run_the_same_way(open_page, mirrored_app):
    allowed = (mirrored_app, mirrored_app.replace("http", "ws"))
    page, _ = open_page(f"{mirrored_app}?lang={MIRRORED}&era=1907-spheres", allowed=allowed)
    frame = page.frame_locator("#atlas-frame")
    frame.locator(f"{READY} {LISTED}").wait_for(state="attached")
    frame.locator("html[style*='--track-left']").wait_for(state="attached")
    places = (page.get_by_test_id("stSliderThumbValue"), frame.locator(".tick.current"))
    thumb, tick = (box["x"] + box["width"] / 2 for box in (at.bounding_box() for at in places))
    assert thumb == pytest.approx(tick, abs=2)
    page.locator(".st-key-era input[type=range]").press("ArrowLeft")
    frame.locator("html[data-atlas-era='1908-tabriz']").wait_for(state="attached")
    page.wait_for_url(re.compile(rf"\?era=1908-tabriz&.*lang={MIRRORED}"), wait_until="commit")


@pytest.mark.slow
def test_every_page_of_the_app_keeps_the_language_in_its_address(open_page, mirrored_app):
    allowed = (mirrored_app, mirrored_app.replace("http", "ws"))
    page, _ = open_page(f"{mirrored_app}?lang={MIRRORED}", allowed=allowed)
    for path in ("embed", "sources"):
        page.locator(f"a[href$='/{path}']").first.click()
        page.wait_for_url(f"**/{path}?lang={MIRRORED}", wait_until="commit")
    page.reload()
    page.get_by_role("heading", level=1).filter(has_text="oo").first.wait_for()


@pytest.mark.slow
def test_a_visitors_own_layer_speaks_the_language(open_page, mirrored_app):
    allowed = (mirrored_app, mirrored_app.replace("http", "ws"))
    page, watch = open_page(f"{mirrored_app}your-layer?lang={MIRRORED}", allowed=allowed)
    page.locator("input[type=file]").wait_for(state="attached")
    table = b"name,longitude,latitude,from,to\nEnzeli,49.5,37.5,1899,1918\nNowhere,,27,1907,1914\n"
    file = {"name": "x.csv", "mimeType": "text/csv", "buffer": table}
    page.set_input_files("input[type=file]", file)
    inner = page.frame_locator("[data-testid=stIFrame]").frame_locator("iframe")
    title = stretched(load_catalogue().era("1890-tobacco").title)
    inner.locator(f"{READY}[dir=rtl][lang={MIRRORED}]").wait_for()
    inner.locator("#era-title", has_text=title).wait_for(state="attached")
    page.get_by_text(stretched("Eras of its own")).click()
    inner.locator("html[data-atlas-era=era-1]").wait_for()
    inner.locator("#era-caption", has_text=stretched("1 feature.")).wait_for(state="attached")
    said = page.locator("[data-testid=stExpander] [data-testid=stText]", has_text="Nowhere")
    said.wait_for(state="attached")
    assert stretched("has no geometry") in said.text_content()
    assert watch.requests == []


def test_scale_bar_and_zoom_speak_the_language(opened):
    page = opened("era=1907-spheres")
    bars = page.locator(".leaflet-control-scale-line").all_inner_texts()
    assert [re.sub(r"\d+", "{0}", bar) for bar in bars] == ["{0} km", "{0} mii"]
    buttons = page.locator(".leaflet-control-zoom a")
    named = buttons.evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert named == [stretched("Zoom in"), stretched("Zoom out")]


def read(address):
    """Return status and text of an answer of the app."""
    try:
        with urlopen(address, timeout=60) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except HTTPError as err:
        return err.code, err.read().decode()


@pytest.mark.slow
def test_addresses_of_the_app_take_a_language(mirrored_app):
    title = load_catalogue().era("1907-spheres").title
    _, page = read(f"{mirrored_app}map/1907-spheres?lang={MIRRORED}")
    assert f'<html lang="{MIRRORED}" dir="rtl">' in page
    assert stretched(title) in page
    links = re.findall('hreflang="(.*?)" href="(.*?)"', page)
    address = f"{mirrored_app}map/1907-spheres"
    assert links == [
        *(("en", address), (MIRRORED, f"{address}?lang={MIRRORED}"), ("x-default", address))
    ]
    for _, other in links:
        assert read(other)[0] == 200
    wanted = quote(f"{mirrored_app}map/1907-spheres?lang={MIRRORED}", safe="")
    _, answer = read(f"{mirrored_app}oembed?url={wanted}")
    told = json.loads(answer)
    assert stretched(title) in told["title"]
    assert f"lang={MIRRORED}" in told["html"]
    assert f"lang={MIRRORED}" in told["thumbnail_url"]
    _, document = read(f"{mirrored_app}embed/latest/1907-spheres.html?lang={MIRRORED}")
    assert f'<html lang="{MIRRORED}" dir="rtl"' in document
    one, other = (
        read(f"{mirrored_app}card/1907-spheres.png{q}")[1] for q in ("", f"?lang={MIRRORED}")
    )
    assert one != other
    refused = 404, f"no such language; there are: en, {MIRRORED}"
    assert read(f"{mirrored_app}map/1907-spheres?lang=xx") == refused
    assert read(f"{mirrored_app}card/1907-spheres.png?lang=xx") == refused
    assert read(f"{mirrored_app}oembed?url={wanted.replace(MIRRORED, 'xx')}") == refused
    status, document = read(f"{mirrored_app}embed/latest/1907-spheres.html?lang=xx")
    assert status == 200
    assert '<html lang="en" dir="ltr"' in document


def draw_nothing(told):
    """Stand in for what takes a minute to draw: pages need its texts and sizes alone."""

    def drawing(eras):
        payload = build_payload(
            told.catalogue, told.features, eras=eras, symbology=told.symbology, wording=told.wording
        )
        pictures = {
            (sheet, theme): b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 6"/>'
            for sheet in SHEETS
            for theme in THEMES
        }
        plates = dict.fromkeys(("svg", "png", "pdf"), b"")
        return Drawing(payload, b"<!doctype html>", b"", pictures, plates)

    eras = [None, *told.catalogue.eras]
    drawn = [(era, drawing([era] if era else told.catalogue.eras)) for era in eras]

    @contextmanager
    def draw(*_):
        yield drawn

    return draw


@pytest.mark.slow
def test_the_sites_pages_fit_and_lead_to_each_other(root, chromium, monkeypatch):
    catalogue = load_catalogue(root)
    small = replace(catalogue, eras=tuple(map(catalogue.era, ERAS)))
    told = load_edition(small, MIRRORED)
    monkeypatch.setattr(build, "draw_maps", draw_nothing(told))
    monkeypatch.setattr(build, "write_format", lambda *_: b"")
    files = build_sites(small, read_address(ADDRESS), ("en", MIRRORED))
    folder = f"{MIRRORED}/"
    for size in (DESKTOP, PHONE):
        found = Visit(chromium.new_context(viewport=size, reduced_motion="reduce"), files)
        for path in ("", f"{ERAS[0]}/", "atlas/", "sources/", "data/"):
            found.page.goto(ADDRESS + folder + path)
            assert found.page.evaluate("document.dir") == "rtl"
            assert find_faults(found.page, covered=path != "sources/") == [], path
            links = found.page.locator("link[hreflang]").evaluate_all(
                "links => links.map(({ hreflang, href }) => [hreflang, href])"
            )
            places = {"en": ADDRESS + path, MIRRORED: ADDRESS + folder + path}
            assert dict(links) == {**places, "x-default": places["en"]}
        assert found.strangers == found.errors == []
        found.page.context.close()
    assert f"Sitemap: {ADDRESS}{folder}sitemap.xml" in files["robots.txt"].decode()
    assert folder + "robots.txt" not in files
