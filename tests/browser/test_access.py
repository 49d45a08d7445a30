"""The document without a mouse: by keyboard, by ear, in small windows, in other colours."""

import re

import pytest
from helpers import LISTED, PHONE, READY
from layout import COVERED, HIDDEN

from geo import load_catalogue

ERAS = [era.id for era in load_catalogue().eras]

FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"

FOCUS = "() => document.activeElement.id || document.activeElement.className"


@pytest.fixture
def at_era(open_page, document):
    """Open the document at an era, with more of an address; returns the page."""

    def open_era(era, more="", **options):
        page, watch = open_page(f"{document}?era={era}{more}", **options)
        page.wait_for_selector(READY, state="attached")
        assert watch.errors == watch.requests == []
        return page

    return open_era


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
        page.evaluate(FRAME)


def tab_to(page, name):
    """Press Tab until what has this id or class has the focus; tells how often."""
    for number in range(1, 40):
        press(page, "Tab")
        if page.evaluate(FOCUS) == name:
            return number
    raise AssertionError(f"{name} is not reached")


def marked(page):
    """Number of the feature marked on the map, and of how many."""
    text = page.inner_text(".map-status")
    return tuple(int(number) for number in re.search(r"(\d+) / (\d+)$", text).groups())


@pytest.mark.slow
@pytest.mark.parametrize("ui", ["full", "compact", "map"])
def test_a_source_of_1941_is_reached_by_few_keys(at_era, ui):
    page = at_era("1941-invasion", f"&ui={ui}")
    pressed = []
    while page.evaluate(FOCUS) != "map_atlas":
        pressed.append("Tab")
        press(page, "Tab")
    press(page, "Enter", "Enter")
    assert len(pressed) + 2 <= 12
    assert page.evaluate(FOCUS) == "card"
    assert "Sources" in page.inner_text("#card")
    press(page, "Escape")
    assert page.is_hidden("#card")
    page.wait_for_function("() => document.activeElement.id === 'map_atlas'")
    assert marked(page)[0] == 1


def test_reading_a_card_breaks_no_walk_through_the_map(at_era):
    page = at_era("1881-frontier")
    page.focus("#map_atlas")
    press(page, "Enter", *"nnnnnnnn")
    place = marked(page)
    view = page.evaluate("map_atlas.getZoom() + map_atlas.getCenter().toString()")
    press(page, "Enter")
    page.wait_for_selector("#card:not([hidden])")
    assert page.evaluate("map_atlas.getZoom() + map_atlas.getCenter().toString()") != view
    press(page, "Escape")
    page.wait_for_function("() => document.activeElement.id === 'map_atlas'")
    assert marked(page) == place
    assert page.evaluate("map_atlas.getZoom() + map_atlas.getCenter().toString()") == view
    page.wait_for_function("() => !location.search.includes('view=')")


@pytest.mark.parametrize("size", [(390, 844), (320, 256), (640, 300)])
def test_nothing_lies_over_what_is_marked_on_the_map(at_era, size):
    page = at_era(
        "2015-syria", "&ui=map", viewport=dict(zip(("width", "height"), size, strict=True))
    )
    page.focus("#map_atlas")
    press(page, "Enter")
    _, last = marked(page)
    over = """() => {
      const ring = document.querySelector(".place-ring").getBoundingClientRect();
      return document.elementsFromPoint(ring.left + ring.width / 2, ring.top + ring.height / 2)
        .map((one) => one.closest(".leaflet-control, .map-status"))
        .filter((one) => one && getComputedStyle(one).opacity !== "0")
        .map((one) => one.className);
    }"""
    put_aside = set()
    for _ in range(last):
        assert page.evaluate(over) == [], page.inner_text(".map-status")
        put_aside.add(page.locator(".leaflet-control[data-aside]").count())
        press(page, "n")
    assert max(put_aside) > 0
    press(page, "Escape")
    assert page.locator(".leaflet-control[data-aside]").count() == 0


def test_a_notice_gives_way_to_what_has_the_focus(at_era):
    page = at_era("nope", "&ui=map", viewport={"width": 390, "height": 844})
    assert page.is_visible("#notice")
    tab_to(page, "leaflet-control-zoom-in")
    assert page.evaluate("getComputedStyle(document.getElementById('notice')).opacity") == "0"


def test_every_feature_in_view_is_reached_without_a_list(at_era):
    page = at_era("1907-spheres", "&ui=map")
    page.focus("#map_atlas")
    press(page, "Enter")
    number, last = marked(page)
    assert number == 1
    assert last > 10
    told = set()
    for number in range(1, last + 1):
        assert marked(page) == (number, last)
        told.add(page.inner_text(".map-status"))
        press(page, "n")
    assert marked(page) == (1, last)
    assert len(told) == last
    press(page, "p")
    assert marked(page) == (last, last)


def test_arrows_go_to_the_nearest_and_pan_again_after_escape(at_era):
    page = at_era("1907-spheres", "&ui=map")
    page.focus("#map_atlas")
    press(page, "Enter")
    ring = "document.querySelector('.place-ring').getBoundingClientRect().toJSON()"
    before = page.evaluate(ring)
    view = page.evaluate("map_atlas.getCenter().toString()")
    press(page, "ArrowDown")
    assert page.evaluate(ring)["y"] > before["y"]
    assert page.evaluate("map_atlas.getCenter().toString()") == view
    press(page, "Escape")
    assert page.locator(".place-ring").count() == 0
    assert page.inner_text(".map-status") == ""
    page.evaluate("map_atlas.once('moveend', () => { document.title = 'panned'; })")
    press(page, "ArrowDown")
    page.wait_for_function("() => document.title === 'panned'")


def test_a_place_found_is_said_and_marked_alone(at_era):
    page = at_era("1907-spheres")
    page.focus("#map_atlas")
    press(page, "Enter")
    page.wait_for_function("() => document.querySelector('.place-ring')")
    page.focus("#search")
    page.fill("#search", "Kermanshah")
    page.wait_for_selector("#search-results [role=option]")
    press(page, "ArrowDown", "Enter")
    page.wait_for_function(
        "() => document.getElementById('status').textContent.startsWith("
        "'Kermanshah is in the middle of the map. ')"
    )
    assert page.evaluate(FOCUS) == "map_atlas"
    assert page.locator(".place-ring").count() == 1
    assert page.inner_text(".map-status") == ""


def test_the_map_says_its_name_description_and_keys(at_era):
    page = at_era("1907-spheres")
    era = load_catalogue().era("1907-spheres")
    assert page.get_attribute("#map_atlas", "aria-label") == f"Map of {era.title}"
    description = page.get_attribute("#map_atlas", "aria-description")
    assert description.startswith(era.alt)
    assert "Escape goes back" in description
    assert page.get_attribute("#map_atlas", "role") == "application"


def test_the_map_shows_that_it_has_the_focus(at_era):
    page = at_era("1907-spheres")
    before = page.screenshot()
    press(page, "Tab", "Tab")
    assert page.evaluate(FOCUS) == "map_atlas"
    assert "Enter" in page.evaluate(
        "getComputedStyle(document.querySelector('.map-status'), '::before').content"
    ) or page.get_attribute(".map-status", "data-hint")
    corner = {"x": 0, "y": 100, "width": 3, "height": 3}
    assert page.screenshot(clip=corner) != before
    border = page.evaluate(
        "getComputedStyle(document.getElementById('map_atlas'), '::after').borderTopWidth"
    )
    assert border == "3px"


def test_a_link_leads_past_the_map(at_era):
    page = at_era("1907-spheres")
    press(page, "Tab")
    assert page.evaluate(FOCUS) == "skip"
    assert page.locator("#skip").bounding_box()["width"] > 50
    press(page, "Enter")
    assert page.evaluate(FOCUS) == "era-title"


def test_the_link_past_the_map_is_seen_in_an_article_of_the_same_host(open_page, served):
    page, _ = open_page(served.replace("atlas.html", "nothing.html"), allowed=(served,))
    page.set_content(
        "<p style='height: 1200px'>An article.</p>"
        "<iframe src='atlas.html' style='width: 100%; height: 300px'></iframe>"
    )
    frame = page.frame_locator("iframe")
    frame.locator(READY).wait_for(state="attached")
    press(page, "Tab")
    document = page.frames[-1]
    while document.evaluate(FOCUS) != "skip":
        press(page, "Tab")
    page.wait_for_function("() => scrollY > 0")
    link = frame.locator("#skip").bounding_box()
    assert 0 <= link["y"] <= link["y"] + link["height"] <= page.viewport_size["height"]


def test_a_row_opens_its_card_and_the_focus_comes_back_in_view(at_era):
    page = at_era("1941-invasion")
    page.wait_for_selector(LISTED, state="attached")
    row = page.locator("[data-row]").nth(40)
    row.focus()
    wanted = row.get_attribute("data-row")
    press(page, "Enter")
    assert page.evaluate(FOCUS) == "card"
    press(page, "Escape")
    assert page.evaluate("document.activeElement.dataset.row") == wanted
    box = page.locator(f"[data-row={wanted}]").bounding_box()
    assert 0 <= box["y"] <= 800 - box["height"]


def test_a_card_that_an_address_opens_leaves_the_focus_alone(at_era):
    page = at_era("1907-spheres", "&select=sphere-british-1907")
    assert page.is_visible("#card")
    assert page.evaluate("document.activeElement === document.body")


def test_a_step_that_closes_a_card_leaves_the_focus_on_the_slider(at_era):
    page = at_era("1907-spheres", "&select=sphere-british-1907")
    page.focus("#era-slider")
    press(page, "End")
    page.wait_for_selector(f"html[data-atlas-era='{ERAS[-1]}']", state="attached")
    assert page.is_hidden("#card")
    assert page.evaluate(FOCUS) == "era-slider"


@pytest.mark.slow
@pytest.mark.parametrize("size", [(640, 512), (640, 400), (320, 256), (844, 390), (1280, 800)])
@pytest.mark.parametrize(
    ("era", "card"),
    [("1907-spheres", "sphere-british-1907"), ("1881-frontier", "ceded-turkmanchay-1828")],
)
def test_nothing_that_has_the_focus_is_covered(at_era, size, era, card):
    page = at_era(
        era,
        f"&select={card}",
        viewport=dict(zip(("width", "height"), size, strict=True)),
    )
    page.wait_for_selector(LISTED, state="attached")
    covered = page.evaluate(COVERED)
    assert covered == []


UNDER = """() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const { left, top, width, height } = one.getBoundingClientRect();
  const seen = document.elementFromPoint(left + width / 2, top + height / 2);
  return [one.id || one.dataset.row || one.textContent, Boolean(seen && one.contains(seen))];
}"""
"""What has the focus, and whether its middle is seen; null at the page's end."""


@pytest.mark.slow
@pytest.mark.parametrize("size", [(390, 844), (320, 256), (1280, 800)])
def test_nothing_is_covered_on_the_way_back(at_era, size):
    page = at_era("1941-invasion", viewport=dict(zip(("width", "height"), size, strict=True)))
    page.wait_for_selector(LISTED, state="attached")
    met = []
    press(page, "Shift+Tab")
    while (at := page.evaluate(UNDER)) and len(met) < 200:
        met.append(at)
        press(page, "Shift+Tab")
    assert 60 < len(met) < 200
    assert [name for name, seen in met if not seen] == []


@pytest.mark.slow
def test_a_layer_that_is_ticked_keeps_the_focus_and_the_list_its_heading(at_era):
    page = at_era("1907-spheres")
    page.wait_for_selector(LISTED, state="attached")
    boxes = page.locator("#layers input")
    for number in range(boxes.count()):
        box = boxes.nth(number)
        box.focus()
        press(page, "Space")
        page.wait_for_selector(LISTED, state="attached")
        assert box.evaluate("box => box === document.activeElement")
        assert box.get_attribute("aria-description")
        if box.is_checked():  # the last: nothing of this era is left on the map
            press(page, "Space")
            page.wait_for_selector(LISTED, state="attached")
    page.locator("#features", has_text="Nothing found.").wait_for()
    assert page.get_by_role("heading", name="On this map 0").is_visible()


@pytest.mark.slow
@pytest.mark.parametrize(("button", "end"), [("era-next", ERAS[-1]), ("era-previous", ERAS[0])])
def test_at_the_last_era_its_button_keeps_the_focus(at_era, button, end):
    page = at_era(ERAS[-2] if button == "era-next" else ERAS[1])
    page.focus(f"#{button}")
    press(page, "Enter")
    page.wait_for_selector(f"html[data-atlas-era='{end}']", state="attached")
    page.wait_for_selector(f"#{button}[aria-disabled=true]")
    press(page, "Enter")
    assert page.evaluate(FOCUS) == button
    assert page.get_attribute("html", "data-atlas-era") == end


def test_two_eras_that_are_compared_are_both_told(at_era):
    page = at_era("1907-spheres", "&compare=1946-withdrawal")
    eras = {era.id: era for era in load_catalogue().eras}
    one, other = eras["1907-spheres"], eras["1946-withdrawal"]
    for place, era in (("map_atlas", one), ("map-compare", other)):
        told = page.get_attribute(f"#{place}", "aria-description")
        assert told.startswith(era.alt)
    changes = page.inner_text("#changes-list")
    assert changes.startswith(other.title)
    assert other.caption in changes
    divider = page.get_by_role("slider", name="Divider between 1907 and 1946")
    divider.focus()
    for key, share in (("ArrowRight", 54), ("Home", 0), ("End", 100)):
        press(page, key)
        value = f"{one.label}: {share}%, {other.label}: {100 - share}%"
        assert divider.get_attribute("aria-valuetext") == value


@pytest.mark.parametrize(
    ("more", "size"),
    [
        ("", (640, 400)),
        ("", (320, 256)),
        ("", (844, 390)),
        ("&gestures=polite", (700, 300)),
        ("&gestures=polite&slider=host", (700, 300)),
        ("&ui=compact", (600, 300)),
    ],
)
def test_low_windows_keep_play_dates_and_compare(at_era, more, size):
    page = at_era("1941-invasion", more, viewport=dict(zip(("width", "height"), size, strict=True)))
    page.focus("#more-time")
    press(page, "Enter")
    assert page.get_attribute("#more-time", "aria-expanded") == "true"
    for part in ("#play", "#play-what", "#play-speed", "#moment", "#compare-with"):
        box = page.locator(part).bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= size[0], part
        assert 0 <= box["y"] <= box["y"] + box["height"] <= size[1], part
    page.focus("#play")
    press(page, "Escape")
    assert page.evaluate(FOCUS) == "more-time"
    assert page.is_hidden("#play")


@pytest.mark.slow
@pytest.mark.parametrize("back", [False, True])
def test_the_menu_of_a_low_window_closes_behind_the_focus(at_era, back):
    page = at_era("1941-invasion", viewport={"width": 320, "height": 256})
    page.focus("#more-time")
    press(page, "Enter")
    if back:
        press(page, "Shift+Tab")
    else:
        page.focus("#compare-with")
        assert page.get_attribute("#more-time", "aria-expanded") == "true"
        press(page, "Tab")
    assert page.get_attribute("#more-time", "aria-expanded") == "false"
    name, seen = page.evaluate(UNDER)
    assert seen, name


def test_the_drawers_button_is_in_sight_when_it_has_opened_it(at_era):
    page = at_era("1941-invasion", "&gestures=polite", viewport={"width": 600, "height": 300})
    page.focus("#drawer")
    press(page, "Enter")
    assert page.evaluate(UNDER) == ["drawer", True]


def test_clearing_the_filter_keeps_the_focus(at_era):
    page = at_era("1941-invasion", "&actor=britain")
    clear = page.get_by_role("button", name="Clear filter")
    clear.focus()
    press(page, "Enter")
    page.wait_for_function("() => !location.search.includes('actor=')")
    assert clear.evaluate("clear => clear === document.activeElement")
    assert clear.get_attribute("aria-disabled") == "true"


def test_all_type_follows_the_size_a_reader_has_set(at_era):
    page = at_era("1907-spheres")
    sizes = """() => ["body", "h1", "#era-caption", ".legend", "#search", "[data-row]"]
      .map((at) => parseFloat(getComputedStyle(document.querySelector(at)).fontSize))"""
    before = page.evaluate(sizes)
    page.evaluate("document.documentElement.style.fontSize = '32px'")
    assert page.evaluate(sizes) == [2 * size for size in before]


@pytest.mark.parametrize("size", [(700, 300), (640, 400), (1280, 800)])
def test_signs_on_buttons_of_time_stay_inside_them_in_large_type(at_era, size):
    page = at_era("1979-two-refusals", viewport=dict(zip(("width", "height"), size, strict=True)))
    page.evaluate("document.documentElement.style.fontSize = '32px'")
    page.evaluate(FRAME)
    high = """() => [...document.querySelectorAll("#timeline > button")]
      .filter((button) => button.checkVisibility())
      .filter((button) => button.scrollHeight > button.clientHeight + 1)
      .map((button) => button.id)"""
    assert page.evaluate(high) == []
    over = """() => ["era-previous", "era-next"].filter((id) => {
      const { left, right, top, bottom } = document.getElementById(id).getBoundingClientRect();
      return [...document.querySelectorAll(".tick:not(.unlabelled)")].some((tick) => {
        const range = document.createRange();
        range.selectNodeContents(tick);
        const text = range.getBoundingClientRect();
        return text.width && text.right > left && text.left < right && text.bottom > top
          && text.top < bottom;
      });
    })"""
    assert page.evaluate(over) == []


def test_in_forced_colours_play_is_a_triangle(at_era):
    page = at_era("1907-spheres", forced_colors="active")
    style = "getComputedStyle(document.getElementById('play'), '::before').{}"
    assert page.evaluate(style.format("borderTopColor")) == "rgba(0, 0, 0, 0)"
    assert page.evaluate(style.format("borderLeftColor")) == "rgb(0, 0, 0)"


@pytest.mark.slow
def test_playing_is_said_once_and_where_it_ended(at_era):
    page = at_era("1941-invasion")
    page.wait_for_function("() => document.getElementById('status').textContent")
    page.evaluate(
        """() => {
          window.said = [];
          const status = document.getElementById("status");
          new MutationObserver(() => window.said.push(status.textContent))
            .observe(status, { childList: true });
        }"""
    )
    page.select_option("#play-what", "dates")
    page.select_option("#play-speed", "4")
    page.click("#play")
    page.wait_for_function("() => document.getElementById('moment').value > 3")
    page.click("#play")
    page.wait_for_function("() => window.said.length > 1")
    said = page.evaluate("window.said")
    assert said[0] == "Playing"
    assert len(said) == 2
    assert re.fullmatch(r".+, \d+ (August|September) 1941\. Features shown: \d+", said[1])
    assert page.get_attribute("#moment-text", "aria-live") == "off"


@pytest.mark.slow
def test_select_all_takes_no_names_of_eras_behind(at_era):
    page = at_era("1941-invasion")
    page.wait_for_selector("html[data-atlas-prepared]", state="attached")
    press(page, "Control+a")
    selected = page.evaluate("getSelection().toString()")
    assert load_catalogue().era("1941-invasion").caption in selected
    assert page.evaluate("document.querySelector('.atlas-surface').textContent.length") > 1000
    assert "Ottoman" not in selected
    assert "OTTOMAN" not in selected


@pytest.mark.slow
@pytest.mark.parametrize("more", ["", "&compare=1941-invasion"])
def test_the_browsers_own_search_meets_names_in_front_alone(at_era, more):
    page = at_era("1907-spheres", more)
    page.wait_for_selector("html[data-atlas-prepared]", state="attached")
    for _ in range(2):
        told = page.wait_for_function(HIDDEN).json_value()
        assert told["hidden"] > 20
        assert told["seen"] == told["found"] > 10
        assert told["met"] == told["taken"] == []
        page.click("#era-next")
        page.wait_for_selector("html:not([data-atlas-era='1907-spheres'])", state="attached")
        page.wait_for_function("() => !document.querySelector('.leaving')")


def test_keys_of_one_character_act_on_the_map_alone(at_era):
    page = at_era("1907-spheres", "&view=38,46,8")
    state = """() => [document.activeElement.id, map_atlas.getZoom(),
      map_atlas.getCenter().toString(), document.querySelector('.map-status').textContent]"""
    for focus in ("document.activeElement.blur()", "document.getElementById('share').focus()"):
        page.evaluate(focus)
        before = page.evaluate(state)
        press(page, "/", "0", "n", "p", "+", "-")
        assert page.evaluate(state) == before
    page.focus("#map_atlas")
    zoom = page.evaluate("map_atlas.getZoom()")
    press(page, "0")
    page.wait_for_function(f"() => map_atlas.getZoom() < {zoom}")
    press(page, "/")
    assert page.evaluate(FOCUS) == "search"


def test_a_link_is_copied_by_keyboard_from_the_map_alone(at_era):
    page = at_era("1941-invasion", "&ui=map", permissions=["clipboard-read", "clipboard-write"])
    pressed = tab_to(page, "share-map")
    press(page, "Enter")
    assert page.is_visible("#share-dialog")
    pressed += 1 + tab_to(page, "share-link")
    press(page, "Tab", "Enter")
    page.wait_for_function(
        "() => document.querySelector('#share-dialog [role=status]').textContent"
    )
    assert page.evaluate("document.activeElement.textContent") == "Copy link"
    assert pressed + 2 <= 12
    assert "era=1941-invasion" in page.evaluate("navigator.clipboard.readText()")
    press(page, "Escape")
    assert page.evaluate(FOCUS) == "share-map"


@pytest.mark.slow
@pytest.mark.parametrize("ui", ["compact", "map"])
def test_two_eras_are_compared_by_keyboard(at_era, ui):
    page = at_era("1907-spheres", f"&ui={ui}&compare=1941-invasion")
    tab_to(page, "divider-handle")
    page.evaluate("() => { window.left = document.activeElement.getBoundingClientRect().left; }")
    press(page, "ArrowRight", "ArrowRight")
    assert page.evaluate("document.activeElement.getBoundingClientRect().left > window.left")
    assert page.get_attribute(".divider-handle", "aria-valuenow") == "58"
    assert "1907 and 1941" in page.get_attribute(".divider-handle", "aria-label")
    titles = [load_catalogue().era(era).title for era in ("1907-spheres", "1941-invasion")]
    for place, title in zip(("map_atlas", "map-compare"), titles, strict=True):
        page.focus(f"#{place}")
        press(page, "Enter")
        assert re.search(r"1 / \d+$", page.inner_text(f"#{place} .map-status"))
        assert page.get_attribute(f"#{place}", "aria-label") == f"Map of {title}"


@pytest.mark.slow
@pytest.mark.parametrize("type_size", ["16px", "32px"])
def test_on_a_phone_the_line_about_what_is_marked_leaves_it_free(at_era, type_size):
    page = at_era("1941-invasion", viewport=PHONE)
    page.evaluate(f"document.documentElement.style.fontSize = '{type_size}'")
    page.focus("#map_atlas")
    press(page, "Enter")
    for _ in range(marked(page)[1]):
        press(page, "n")
        line, ring = (page.locator(part).bounding_box() for part in (".map-status", ".place-ring"))
        beside = line["y"] >= ring["y"] + ring["height"] or line["y"] + line["height"] <= ring["y"]
        assert beside, page.inner_text(".map-status")


def test_an_era_found_by_search_brings_the_map_that_has_the_focus(at_era):
    page = at_era("1907-spheres", viewport=PHONE)
    page.focus("#search")
    page.keyboard.type("1941")
    page.wait_for_selector("#search-results [role=option]")
    press(page, "Enter")
    page.wait_for_selector("html[data-atlas-era='1941-invasion']", state="attached")
    assert page.evaluate(FOCUS) == "map_atlas"
    top, bottom = page.evaluate(
        "() => { const b = map_atlas.getContainer().getBoundingClientRect();"
        " return [b.top, b.bottom]; }"
    )
    assert top > -100
    assert bottom < 900
