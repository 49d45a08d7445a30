"""The app in a real browser: the slider, the map it hosts, the address."""

from io import BytesIO
from itertools import pairwise

import pytest
from helpers import OTHER, PHONE, READY
from PIL import Image
from states import differences, next_address, visit_everything

from geo import load_catalogue

ERAS = [era.id for era in load_catalogue().eras]


@pytest.fixture
def atlas(open_page, app):
    def open_app(query="", **options):
        page, watch = open_page(
            f"{app}{query}", allowed=(app, app.replace("http", "ws")), **options
        )
        inner = page.frame_locator("#atlas-frame")
        inner.locator(READY).wait_for(state="attached")
        page.wait_for_function(
            r"/\(.*\d{4}.*\)/.test(document.title)"
        )  # the host has heard of the map
        if "embed=true" not in query:
            slider(page).wait_for(state="attached")
            slider(page).element_handle().wait_for_element_state("stable")
        return page, inner, watch

    return open_app


def slider(page):
    return page.locator("[data-testid=stSlider] input[type=range]")


def document_of(page):
    return next(frame for frame in page.frames if "/embed/" in frame.url)


def at_era(inner, era):
    inner.locator(f"html[data-atlas-era='{era}']").wait_for(state="attached")


@pytest.mark.slow
def test_the_slider_steps_the_map_through_every_era(atlas):
    page, inner, watch = atlas()
    at_era(inner, ERAS[0])
    slider(page).focus()
    for era in ERAS[1:]:
        page.keyboard.press("ArrowRight")
        at_era(inner, era)
        page.wait_for_function("era => location.search.includes(`era=${era}`)", arg=era)
    for era in ERAS[-2::-1]:
        page.keyboard.press("ArrowLeft")
        at_era(inner, era)
    assert watch.requests == []
    assert watch.errors == []


def test_the_map_steps_the_slider(atlas):
    page, inner, _ = atlas()
    inner.locator("#era-next").click()
    at_era(inner, ERAS[1])
    page.wait_for_function("era => location.search.includes(`era=${era}`)", arg=ERAS[1])
    label = load_catalogue().eras[1].label
    page.wait_for_function(
        "label => document.querySelector('[data-testid=stSlider] input[type=range]')"
        ".getAttribute('aria-valuetext').startsWith(label)",
        arg=label,
    )
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    at_era(inner, ERAS[2])


def test_arrows_step_where_nothing_has_the_focus(atlas):
    page, inner, watch = atlas(f"?era={ERAS[1]}")
    at_era(inner, ERAS[1])
    for key, era in [("ArrowRight", 2), ("ArrowRight", 3), ("ArrowLeft", 2)]:
        assert page.evaluate("document.activeElement === document.body")
        page.keyboard.press(key)
        at_era(inner, ERAS[era])
    page.wait_for_function("era => location.search.includes(`era=${era}`)", arg=ERAS[2])
    page.wait_for_function(
        "label => document.querySelector('[data-testid=stSlider] input[type=range]')"
        ".getAttribute('aria-valuetext').startsWith(label)",
        arg=load_catalogue().eras[2].label,
    )
    page.keyboard.press("Control+ArrowRight")
    page.get_by_role("link", name="Sources").focus()
    page.keyboard.press("ArrowRight")  # a link has the focus: the key is its page's
    page.get_by_role("link", name="Sources").click()
    page.get_by_role("heading", name="Sources").wait_for()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowRight")  # the map is not seen here
    page.go_back()
    at_era(inner, ERAS[2])
    assert watch.errors == []


def test_map_view_and_layers_survive_fifty_steps_and_a_reload(atlas):
    page, inner, watch = atlas("?view=33.500,51.000,6&layers=spheres-1907~caspian")
    frame = page.locator("#atlas-frame").element_handle()
    map_node = inner.locator("#map_atlas").element_handle()
    slider(page).focus()
    last = len(ERAS) - 1
    for number in range(50):
        page.keyboard.press("ArrowRight" if number // last % 2 == 0 else "ArrowLeft")
    steps = 50 % (2 * last)
    expected = ERAS[steps if steps <= last else 2 * last - steps]
    at_era(inner, expected)
    page.wait_for_function("era => location.search.includes(`era=${era}`)", arg=expected)
    assert page.locator("#atlas-frame").element_handle().evaluate("(a, b) => a === b", frame)
    assert inner.locator("#map_atlas").element_handle().evaluate("(a, b) => a === b", map_node)
    assert inner.locator(".now [data-id=sea-caspian]").get_attribute("display") is None
    address = page.url
    assert "view=33.500,51.000,6" in address
    page.reload()
    inner.locator(READY).wait_for(state="attached")
    at_era(inner, expected)
    assert inner.locator(".now [data-id=sea-caspian]").get_attribute("display") is None
    assert "view=33.500,51.000,6" in page.url
    assert watch.errors == []


def test_panning_is_written_into_the_address(atlas):
    page, inner, _ = atlas()
    inner.locator("#map_atlas").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('view=')")


def test_the_sources_page_and_back_keeps_the_era(atlas):
    page, inner, watch = atlas("?era=1946-withdrawal")
    page.get_by_role("link", name="Sources").click()
    page.get_by_role("heading", name="Sources").wait_for()
    page.get_by_text("They invaded on 25 August 1941.").first.wait_for()
    page.get_by_role("link", name="Atlas", exact=True).click()
    inner.locator(READY).wait_for(state="attached")
    at_era(inner, "1946-withdrawal")
    assert watch.requests == []


def test_the_embed_file_and_the_layers_can_be_downloaded(atlas, page, catalogue):
    tab, _, _ = atlas("?era=1941-invasion")
    tab.get_by_role("link", name="Data", exact=True).click()
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="The map of all eras").click()
    assert waiting.value.path().read_text(encoding="utf-8") == page
    link = tab.locator(".record a[href$='/caspian.geojson']")
    answer = tab.request.get(link.evaluate("node => node.href"))
    assert answer.body() == catalogue.path(catalogue.layer("caspian")).read_bytes()


SHARES = [((1280, 800), 0.60), ((1440, 900), 0.61), ((390, 844), 0.46)]


def box(locator):
    found = locator.bounding_box()
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


@pytest.mark.slow
@pytest.mark.parametrize(("size", "least"), SHARES)
def test_the_map_has_its_share_of_the_window_and_nothing_overlaps(atlas, size, least):
    width, height = size
    page, inner, watch = atlas("?era=1941-invasion", viewport={"width": width, "height": height})
    inner.locator("html[style*='--track-left']").wait_for(state="attached")
    left, top, right, bottom = box(inner.locator("#map_atlas"))
    assert (right - left) * (min(bottom, height) - top) >= least * width * height
    # One thin bar: navigation, slider, menu beside each other, and the map's frame below.
    parts = [box(page.locator(".st-key-era [data-orientation]").first)]
    for name in ("stTopNavLink", "stExpandSidebarButton", "stMainMenuButton"):
        parts += [box(part) for part in page.get_by_test_id(name).all() if part.is_visible()]
    assert len(parts) >= 3
    parts.sort()
    for one, other in pairwise(parts):
        assert one[2] <= other[0]
    frame = box(page.locator("#atlas-frame"))
    assert frame[1] <= 56
    assert all(part[3] <= frame[1] for part in parts)
    assert frame == (0, frame[1], width, height)
    # The outer page does not scroll.
    assert page.evaluate(
        "[document.scrollingElement, document.querySelector('[data-testid=stMain]')]"
        ".map((node) => node.scrollHeight - node.clientHeight)"
    ) == [0, 0]
    # One era slider, its thumb above the tick of the era.
    assert not inner.locator("#era-slider").is_visible()
    thumb = box(page.get_by_test_id("stSliderThumbValue"))
    tick = box(inner.locator(".tick.current"))
    assert abs((thumb[0] + thumb[2]) / 2 - (tick[0] + tick[2]) / 2) < 2
    assert watch.errors == []


def test_on_a_phone_the_years_hide_what_is_scrolled_under_them(atlas):
    page, inner, _ = atlas("?era=1941-invasion", viewport=PHONE)
    inner.locator("html[style*='--track-left']").wait_for(state="attached")
    inner.locator("#share").scroll_into_view_if_needed()
    inner.locator("#share").focus()
    _, top, _, bottom = box(inner.locator("#track"))
    paper = inner.locator("#track").evaluate("track => getComputedStyle(track).backgroundColor")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    beside = [
        picture.getpixel((x, y))
        for x in (*range(2, 40, 3), *range(PHONE["width"] - 40, PHONE["width"], 3))
        for y in range(round(top) + 2, round(bottom) - 2, 3)
    ]
    assert {f"rgb{colour}" for colour in beside} == {paper}


def test_a_tick_steps_map_and_slider(atlas):
    page, inner, _ = atlas()
    inner.locator("html[style*='--track-left']").wait_for(state="attached")
    tick = inner.locator(".tick:not(.unlabelled)").last.bounding_box()  # wide by its text alone
    page.mouse.click(tick["x"], tick["y"] + tick["height"] / 2)
    at_era(inner, ERAS[-1])
    label = load_catalogue().eras[-1].label
    page.wait_for_function(
        "label => document.querySelector('[data-testid=stSlider] input[type=range]')"
        ".getAttribute('aria-valuetext').startsWith(label)",
        arg=label,
    )


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_of_the_menu_reaches_the_map(atlas, scheme):
    page, inner, _ = atlas(color_scheme=scheme)
    inner.locator(f"html[data-theme={scheme}]").wait_for(state="attached")
    for name in ("Dark", "Light"):
        page.get_by_test_id("stMainMenuButton").click()
        page.get_by_test_id(f"stMainMenuItem-theme-{name}").click()
        page.keyboard.press("Escape")
        inner.locator(f"html[data-theme={name.lower()}]").wait_for(state="attached")
    assert "theme=" not in page.url


@pytest.mark.slow
def test_sources_and_back_keep_the_state_and_the_frame(atlas):
    page, inner, watch = atlas("?era=1946-withdrawal&view=37.000,46.500,7")
    frame = page.locator("#atlas-frame").element_handle()
    page.get_by_role("link", name="Sources").click()
    page.locator(".record").wait_for()
    assert not page.locator("#atlas-frame").is_visible()
    page.get_by_role("link", name="Atlas", exact=True).click()
    page.wait_for_function("location.search.includes('view=37.000,46.500,7')")
    page.wait_for_function("!document.querySelector('#atlas-frame').hasAttribute('data-away')")
    at_era(inner, "1946-withdrawal")
    assert page.locator("#atlas-frame").element_handle().evaluate("(a, b) => a === b", frame)
    page.reload()
    inner.locator(READY).wait_for(state="attached")
    at_era(inner, "1946-withdrawal")
    assert "view=37.000,46.500,7" in page.url
    assert watch.errors == []


def test_a_claim_leads_to_its_feature_on_the_map(atlas):
    page, inner, _ = atlas()
    page.get_by_role("link", name="Sources").click()
    page.locator(".record a[href*='select=sphere-russian-1907']").first.click()
    inner.locator(READY).wait_for(state="attached")
    at_era(inner, "1907-spheres")
    assert "Russian sphere" in inner.locator("#card").inner_text()


def test_the_title_of_the_page_names_the_era(atlas):
    page, _, _ = atlas("?era=1907-spheres")
    page.wait_for_function("document.title.startsWith('Two spheres')", polling=100)
    page.evaluate("() => { document.title = 'Iran and Russia' }")  # as a run of the page does
    page.wait_for_function("document.title.startsWith('Two spheres')", polling=100)
    page.get_by_role("link", name="Data", exact=True).first.click()
    page.wait_for_function("document.title.startsWith('Data')", polling=100)
    page.go_back()
    page.wait_for_function("document.title.startsWith('Two spheres')", polling=100)


def test_the_title_follows_back_and_forward(atlas):
    page, _, _ = atlas("?era=1907-spheres")
    slider(page).press("ArrowRight")
    page.wait_for_function("document.title.startsWith('Two marches')", polling=100)
    page.wait_for_function("location.search.includes('era=1908')", polling=100)
    page.go_back()
    page.wait_for_function("document.title.startsWith('Two spheres')", polling=100)
    page.go_forward()
    page.wait_for_function("document.title.startsWith('Two marches')", polling=100)


@pytest.mark.slow
@pytest.mark.parametrize("size", [PHONE, {"width": 600, "height": 844}])
def test_two_maps_share_a_narrow_window(atlas, size):
    _, inner, _ = atlas("?era=1946-withdrawal&compare=1907-spheres&mode=side", viewport=size)
    left, top, right, bottom = box(inner.locator("#map-compare"))
    whole = box(inner.locator("#map_atlas"))
    assert right - left == pytest.approx(size["width"] / 2, abs=2)
    assert (top, bottom) == pytest.approx((whole[1], whole[3]), abs=2)


def test_in_forced_colours_the_map_keeps_the_readers_scheme_and_the_slider_is_seen(atlas):
    page, inner, _ = atlas(forced_colors="active", color_scheme="light")
    inner.locator("html[data-theme=light]").wait_for(state="attached")
    picture = Image.open(BytesIO(page.screenshot())).convert("L")
    left, top, right, bottom = slider(page).evaluate(
        """input => { const { left, top, right, bottom } =
          input.closest('[data-orientation]').parentElement.getBoundingClientRect();
          return [left, top, right, bottom]; }"""
    )
    track = [picture.getpixel((round((left + right) / 2), y)) for y in range(int(top), int(bottom))]
    assert min(track) < 60
    assert max(track) > 200


@pytest.mark.slow
@pytest.mark.parametrize("name", ["treaty-1907", "bibliography"])
def test_an_address_leads_to_its_source(open_page, app, name):
    page, _ = open_page(f"{app}sources#{name}", allowed=(app, app.replace("http", "ws")))
    page.wait_for_function(
        """name => { const found = document.getElementById(name);
          return found?.matches(':target') && found.getBoundingClientRect().top < innerHeight
            && found.getBoundingClientRect().top >= 0; }""",
        arg=name,
    )


def test_on_a_phone_the_map_is_there(atlas):
    page, inner, watch = atlas(viewport=PHONE)
    assert page.locator("#atlas-frame").bounding_box()["width"] > 300
    inner.locator("#era-next").click()
    at_era(inner, ERAS[1])
    assert watch.errors == []


def test_a_held_key_ends_on_the_right_era_everywhere(atlas):
    page, inner, watch = atlas()
    slider(page).focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    at_era(inner, ERAS[5])
    label = load_catalogue().eras[5].label
    page.wait_for_function("era => location.search.includes(`era=${era}`)", arg=ERAS[5])
    page.wait_for_load_state("networkidle")
    assert slider(page).get_attribute("aria-valuetext").startswith(label)
    at_era(inner, ERAS[5])
    assert watch.errors == []


def test_the_map_follows_the_slider_without_waiting_for_the_server(atlas):
    page, inner, _ = atlas()
    inner.locator("html:not([data-theme=auto])").wait_for(state="attached")  # the host has come
    server = page.context.new_cdp_session(page)
    slider(page).focus()
    # Nothing from the server gets through any more, and the map still follows.
    server.send("Network.enable")
    server.send(
        "Network.emulateNetworkConditions",
        {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0},
    )
    for era in ERAS[1:4]:
        page.keyboard.press("ArrowRight")
        at_era(inner, era)


def test_dragging_the_slider_takes_the_map_along(atlas):
    """The thumb is held, moved over the eras between, and let go at the nineteenth."""
    page, inner, _ = atlas()
    slider(page).hover(force=True)
    thumb = slider(page).bounding_box()
    track = page.locator("[data-testid=stSlider]").bounding_box()
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] * 0.6, thumb["y"] + thumb["height"] / 2, steps=12)
    page.mouse.up()
    era = ERAS[round(0.6 * (len(ERAS) - 1))]
    page.wait_for_function("era => location.search.includes(`era=${era}`)", arg=era)
    at_era(inner, era)


def test_back_and_forward_step_map_and_slider(atlas):
    page, inner, watch = atlas()
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("era => location.search.includes(`era=${era}`)", arg=ERAS[1])
    inner.locator("#compare-with").select_option(label=OTHER)
    page.wait_for_function("() => location.search.includes('compare=1941-invasion')")
    page.go_back()
    inner.locator("html[data-compare='']").wait_for(state="attached")
    page.go_back()
    at_era(inner, ERAS[0])
    label = load_catalogue().eras[0].label
    page.wait_for_function(
        "label => document.querySelector('[data-testid=stSlider] input[type=range]')"
        ".getAttribute('aria-valuetext').startsWith(label)",
        arg=label,
    )
    page.go_forward()
    at_era(inner, ERAS[1])
    assert watch.errors == []


def test_who_moves_the_slider_stops_the_player(atlas):
    page, inner, watch = atlas("?era=1941-notes")
    inner.locator("#play").click()
    inner.locator("#play.playing").wait_for()
    slider(page).focus()
    page.keyboard.press("ArrowLeft")
    at_era(inner, "1923-new-dynasty")
    assert inner.locator("#play.playing").count() == 0
    assert watch.errors == []


def test_a_low_window_has_the_buttons_that_step(atlas):
    page, inner, watch = atlas("?era=1941-notes", viewport={"width": 844, "height": 390})
    boxes = []
    for name in ("more-time", "era-previous", "era-next"):
        box = inner.locator(f"#{name}").bounding_box()
        assert min(box["width"], box["height"]) >= 24, name
        assert box["y"] + box["height"] <= 391, name
        boxes.append((box["x"], box["x"] + box["width"]))
    assert all(one[1] <= next[0] for one, next in pairwise(sorted(boxes)))
    inner.locator("#era-next").click()
    at_era(inner, "1941-invasion")
    page.wait_for_function("() => location.search.includes('era=1941-invasion')")
    assert watch.errors == []


@pytest.mark.slow
def test_every_state_survives_being_copied_into_a_new_browser(atlas, app):
    page, _, _ = atlas(reduced_motion="reduce")
    search = ""
    for name in visit_everything(document_of(page), page.keyboard):
        search = next_address(page, search)
        other, _, watch = atlas(page.url.removeprefix(app), reduced_motion="reduce")
        assert differences(document_of(page), document_of(other)) == [], name
        assert watch.errors == []
        other.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("path", ["embed", "your-layer", "data", "sources"])
def test_a_page_opened_directly_finds_its_server_at_once(open_page, app, path):
    page, watch = open_page(f"{app}{path}", allowed=(app, app.replace("http", "ws")))
    refused = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    page.reload()
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.wait_for_selector(".stMain :is(h1, h2)")
    assert refused == []
    assert watch.errors == []


def test_a_copied_link_says_nothing_of_the_apps_own_wiring(atlas):
    page, inner, _ = atlas()
    inner.locator("#era-next").dispatch_event("click")
    at_era(inner, ERAS[1])
    inner.locator("#share").click()
    link = inner.locator("#share-link").input_value()
    assert link == f"{page.url.split('?')[0]}?era={ERAS[1]}"
