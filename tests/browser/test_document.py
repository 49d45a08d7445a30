"""The document in a real browser: alone, from disk, framed, by keyboard, told by a host."""

import json

import pytest
import shapely
from helpers import DESKTOP, LISTED, PHONE, READY
from pages import opening

from geo import load_catalogue, load_features
from geo.model.features import select_features
from geo.model.symbology import load_symbology

CATALOGUE = load_catalogue()
FEATURES = load_features(CATALOGUE)
SYMBOLOGY = load_symbology()
KINDS = {kind.title for kind in SYMBOLOGY.kinds.values()}
ERAS = [era.id for era in CATALOGUE.eras]


def listed(era):
    """Ids of what an era shows at first, on the map and beside it."""
    shown = select_features(FEATURES, CATALOGUE.era(era))
    return {feature.id for feature in shown if feature.layer in CATALOGUE.era(era).layers}


def expected(era):
    """Ids of what an era draws at first."""
    return listed(era) & {feature.id for feature in FEATURES if feature.geometry}


def drawn(page):
    return set(
        page.eval_on_selector_all(
            ".now .f:not([display=none]):not(.going)",
            "nodes => nodes.map((node) => node.dataset.id)",
        )
    )


def all_drawn(page):
    return page.eval_on_selector_all(
        ".now .f:not([display=none])", "nodes => nodes.map((node) => node.dataset.id)"
    )


def kinds_of(ids):
    return {SYMBOLOGY.kind(feature.kind).title for feature in FEATURES if feature.id in ids}


def subject(era):
    """What an era's own view surely shows: titles of the kinds within its bounds.

    What is one place may be a dot there, or in a badge, and has no sign of its own to explain.
    """
    window, ids = shapely.box(*era.bounds), expected(era.id)
    shown = [feature for feature in FEATURES if feature.id in ids]
    wide = (feature for feature in shown if feature.geometry["type"] != "Point")
    inside = (f for f in wide if shapely.geometry.shape(f.geometry).intersects(window))
    return kinds_of({feature.id for feature in inside})


def legend(page):
    return set(page.locator("#legend li:visible").all_inner_texts())


def at_era(page, era):
    page.wait_for_selector(f"html[data-atlas-era='{era}']", state="attached")
    page.wait_for_selector(LISTED, state="attached")


def test_stepping_with_the_keyboard_shows_every_era(open_page, document):
    page, watch = open_page(document)
    page.wait_for_selector(READY, state="attached")
    page.focus("#era-slider")
    for number, era in enumerate(ERAS):
        if number:
            page.keyboard.press("ArrowRight")
        at_era(page, era)
        declared = CATALOGUE.era(era)
        assert drawn(page) == expected(era)
        assert page.inner_text("#era-title") == declared.title
        assert page.inner_text("#era-caption").replace("\u00a0", " ") == declared.caption
        rows = page.eval_on_selector_all(
            "[data-row]", "nodes => nodes.map((node) => node.dataset.row)"
        )
        assert set(rows) == listed(era)
        assert subject(declared) <= legend(page) & KINDS <= kinds_of(expected(era))
    page.keyboard.press("Home")
    at_era(page, ERAS[0])
    page.keyboard.press("End")
    at_era(page, ERAS[-1])
    page.keyboard.press("ArrowLeft")
    at_era(page, ERAS[-2])
    assert watch.requests == []
    assert watch.errors == []


def test_the_era_is_announced_once_it_has_settled(open_page, document):
    page, _ = open_page(document)
    page.wait_for_selector(READY, state="attached")
    page.click("#era-next")
    era = CATALOGUE.era(ERAS[1])
    page.wait_for_function(
        "text => document.getElementById('status').textContent === text",
        arg=f"{era.label}: {era.title}. Features shown: {len(listed(era.id))}",
    )
    assert page.get_attribute("#era-slider", "aria-valuetext") == f"{era.label}: {era.title}"


def test_a_feature_chosen_in_the_list_is_explained_and_lit_on_the_map(open_page, document):
    page, watch = open_page(f"{document}?era=1941-invasion")
    page.wait_for_selector(READY, state="attached")
    page.click("[data-row=event-invasion-date-1941]")
    card = page.inner_text("#card")
    for text in (
        "25 August, not 26",
        "The source text says 26 August",
        "P10-2",
        "FRUS 1941, vol. III",
        "certain",
    ):
        assert text in card, text
    assert page.locator(".now .f.selected").get_attribute("data-id") == "event-invasion-date-1941"
    assert page.get_attribute("[data-row=event-invasion-date-1941]", "aria-current") == "true"
    page.keyboard.press("Escape")
    assert page.is_hidden("#card")
    assert page.evaluate("document.activeElement.dataset.row") == "event-invasion-date-1941"
    assert watch.errors == []


def test_a_feature_clicked_on_the_map_opens_its_card(open_page, document):
    page, _ = open_page(f"{document}?era=1991-arms-reactor")
    page.wait_for_selector(READY, state="attached")
    page.locator(".now [data-id=site-bushehr-npp] .hit-area").click()
    assert "Bushehr nuclear power plant" in page.inner_text("#card")
    assert "8 January 1995" in page.inner_text("#card")


def test_hovering_the_list_lights_up_the_map_and_back(open_page, document):
    page, _ = open_page(f"{document}?era=1907-spheres")
    page.wait_for_selector(READY, state="attached")
    page.hover("[data-row=sphere-british-1907]")
    assert page.locator(".now .f.hovered").get_attribute("data-id") == "sphere-british-1907"
    page.hover(".now [data-id=vertex-1907-kerman] .hit-area")
    assert page.locator("#features .hovered").get_attribute("data-row") == "vertex-1907-kerman"


def test_layers_can_be_added_and_stay_when_the_era_changes(open_page, document):
    page, _ = open_page(document)
    page.wait_for_selector(READY, state="attached")
    page.get_by_label("The Caspian").check()
    assert "sea-caspian" in drawn(page)
    page.click("#era-next")
    at_era(page, ERAS[1])
    assert "sea-caspian" in drawn(page)
    page.get_by_label("The Caspian").uncheck()
    assert drawn(page) == expected(ERAS[1])


def test_the_address_opens_what_it_says_and_follows(open_page, served):
    address = f"{served}?era=1945-takeover&view=37.000,46.000,7&select=halt-qazvin-1945"
    page, _ = open_page(address)
    page.wait_for_selector(READY, state="attached")
    at_era(page, "1945-takeover")
    assert "Soviet troops bar the way" in page.inner_text("#card")
    page.click("#era-previous")
    at_era(page, "1944-oil")
    page.wait_for_function("() => location.search === '?era=1944-oil&view=37.000,46.000,7'")


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("era=1914", "There is no era “1914” here"),
        ("lang=xx", "This map is not to be had in “xx” here."),
        ("view=91,0,3", "The view “91,0,3” cannot be read"),
        ("layers=nothing", "There is no layer “nothing” here"),
        ("select=nobody", "There is no feature “nobody” here"),
        (
            "era=%3Cscript%3Ealert(1)%3C/script%3E",
            "There is no era “<script>alert(1)</script>” here",
        ),
    ],
)
def test_a_bad_address_falls_back_with_a_notice(open_page, document, query, notice):
    page, watch = open_page(f"{document}?{query}")
    page.wait_for_selector(READY, state="attached")
    assert notice in page.inner_text("#notice")
    assert page.locator(".now .f").count() > 3  # not an empty map
    assert watch.errors == []


def test_unknown_parameters_are_ignored(open_page, document):
    page, _ = open_page(f"{document}?utm_source=x&fbclid=y")
    page.wait_for_selector(READY, state="attached")
    assert page.is_hidden("#notice")


def test_the_readers_view_survives_fifty_steps(open_page, served):
    page, _ = open_page(f"{served}?era=2006-sanctions&view=33.500,51.000,6")
    page.wait_for_selector(READY, state="attached")
    map_node = page.locator("#map_atlas").element_handle()
    page.focus("#era-slider")
    here = ERAS.index("2006-sanctions")
    for number in range(50):
        back = number // (len(ERAS) - 1) % 2 == 0
        page.keyboard.press("ArrowLeft" if back else "ArrowRight")
        here = min(max(here + (-1 if back else 1), 0), len(ERAS) - 1)
    # The address is written from where the map is, so it tells whether the view was kept.
    page.wait_for_function(
        "era => location.search === `?era=${era}&view=33.500,51.000,6`", arg=ERAS[here]
    )
    assert page.locator("#map_atlas").element_handle().evaluate("(a, b) => a === b", map_node)


WATCH_SHEETS = """() => {
  window.redrawn = new Set();
  const note = (changes) => {
    for (const { target } of changes) redrawn.add(target.closest(".sheet").dataset.era);
  };
  for (const sheet of document.querySelectorAll(".sheet")) {
    new MutationObserver(note).observe(sheet, { childList: true, subtree: true });
  }
}"""

VIEW = """() => {
  const { lat, lng } = map_atlas.getCenter();
  return [lat.toFixed(3), lng.toFixed(3), map_atlas.getZoom()];
}"""


@pytest.mark.parametrize("viewport", [None, pytest.param(PHONE, marks=pytest.mark.slow)])
def test_a_step_brings_an_eras_own_view_which_was_drawn_before(open_page, document, viewport):
    page, _ = open_page(document, viewport=viewport)
    page.wait_for_selector("html[data-atlas-prepared]", state="attached")
    page.evaluate(WATCH_SHEETS)
    page.focus("#era-slider")
    seen = {}
    for number, era in enumerate(ERAS):
        if number:
            page.keyboard.press("ArrowRight")
        at_era(page, era)
        seen[era] = page.evaluate(VIEW)
    assert page.evaluate("[...redrawn]") == []
    for era in ("1908-tabriz", "1947-stakes", "1996-united-front", "2001-caspian"):
        page.goto(f"{document}?era={era}")
        page.wait_for_selector(READY, state="attached")
        assert seen[era] == page.evaluate(VIEW)


def test_a_view_lent_within_a_frame_of_a_zoom_is_still_lent(open_page, document):
    """The era stepped to brings its own view again, as after any view lent for a card."""
    page, _ = open_page(f"{document}?era=1941-invasion")
    page.wait_for_selector(READY, state="attached")
    page.wait_for_selector(LISTED, state="attached")
    brought = page.evaluate("""async () => {
      const frame = () => new Promise(requestAnimationFrame);
      for (const { dataset } of document.querySelectorAll("[data-row]")) {
        const before = map_atlas.getCenter();
        document.querySelector(".leaflet-control-zoom-in").click();
        document.querySelector(`[data-row="${dataset.row}"]`).click();
        if (!map_atlas.getCenter().equals(before)) {
          do await frame(); while (map_atlas._animatingZoom);
          await frame();
          return dataset.row;
        }
        do await frame(); while (map_atlas._animatingZoom);
        document.querySelector("#whole").click();
      }
    }""")
    assert brought, "no row brings a view"
    page.focus("#era-slider")
    page.keyboard.press("ArrowRight")
    at_era(page, ERAS[ERAS.index("1941-invasion") + 1])
    page.wait_for_function("() => !map_atlas._animatingZoom", polling=100)
    own = page.evaluate(VIEW)
    page.goto(f"{document}?era={ERAS[ERAS.index('1941-invasion') + 1]}")
    page.wait_for_selector(READY, state="attached")
    assert own == page.evaluate(VIEW)


def test_an_era_that_would_be_off_screen_moves_the_view(open_page, document):
    page, _ = open_page(f"{document}?era=2006-sanctions&view=28.800,50.900,9")
    page.wait_for_selector(READY, state="attached")
    page.focus("#era-slider")
    for _ in range(ERAS.index("2006-sanctions") - ERAS.index("1946-withdrawal")):
        page.keyboard.press("ArrowLeft")
    at_era(page, "1946-withdrawal")
    box = page.locator(".now [data-id=event-soviet-garmsar-1946]").bounding_box()
    assert 0 < box["x"] < 950
    assert 0 < box["y"] < 750


def test_on_a_phone_the_map_comes_first_and_nothing_scrolls_sideways(open_page, document):
    page, _ = open_page(document, viewport=PHONE)
    page.wait_for_selector(READY, state="attached")
    tops = [
        page.locator(name).bounding_box()["y"] for name in ("#map_atlas", "#timeline", "#panel")
    ]
    assert tops == sorted(tops)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for button in page.locator("button:visible, input[type=checkbox]:visible").all()[:20]:
        box = button.bounding_box()
        assert box["height"] >= 13
        assert box["width"] >= 13


# A name along a line is taken letter by letter: the box around all of it is mostly empty.
LABEL_FAULTS = """() => {
  const view = document.getElementById("map_atlas").getBoundingClientRect();
  const labels = [...document.querySelectorAll(".now .labels text")].map((text) => {
    const whole = text.getBoundingClientRect();
    const path = text.querySelector("textPath");
    if (!path) return { text: text.textContent, boxes: [whole] };
    const from = text.getScreenCTM();
    const boxes = [...text.textContent].map((_, i) => {
      const { x, y, width, height } = text.getExtentOfChar(i);
      return DOMRect.fromRect({ x: x + from.e, y: y + from.f, width, height });
    });
    return { text: text.textContent, boxes };
  });
  const faults = labels.filter(({ boxes }) => boxes.some((box) =>
    box.left < view.left - 1 || box.right > view.right + 1
    || box.top < view.top - 1 || box.bottom > view.bottom + 1)).map(({ text }) => `cut: ${text}`);
  const meet = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  labels.forEach((a, i) => labels.slice(i + 1).forEach((b) => {
    if (a.boxes.some((one) => b.boxes.some((other) => meet(one, other)))) {
      faults.push(`overlap: ${a.text} / ${b.text}`);
    }
  }));
  for (const dot of document.querySelectorAll(".now .town-dot")) {
    const box = dot.getBoundingClientRect();
    for (const { text, boxes } of labels) {
      if (boxes.some((other) => meet(box, other))) faults.push(`on a town's dot: ${text}`);
    }
  }
  return labels.length ? faults : ["no labels"];
}"""


def label_faults(page):
    """Return labels that the map's edge cuts, or that lie over another or a town's dot by 1 px."""
    return page.evaluate(LABEL_FAULTS)


# Whether a name could stand at some point of the line it is set along.
HAS_ROOM = """(path) => {
  const view = map_atlas.getContainer().getBoundingClientRect();
  return path.some(([longitude, latitude]) => {
    const { x, y } = map_atlas.latLngToContainerPoint([latitude, longitude]);
    return x > 75 && y > 90 && x < view.width - 75 && y < view.height - 60;
  });
}"""

WATER_NAMES = """() => [...document.querySelectorAll(".label.water")].map((text) =>
  [...text.children].map((part) => part.textContent).join(" "))"""


@pytest.fixture(
    scope="module",
    params=[(era, size) for era in ERAS for size in (DESKTOP, PHONE)],
    ids=[f"{era}-{size}" for era in ERAS for size in ("desktop", "phone")],
)
def era_page(request, chromium, document):
    """The document opened at an era, for all tests that look at how it opens and closes in."""
    era, viewport = request.param
    with opening(chromium) as open_at:
        page, _ = open_at(f"{document}?era={era}", viewport=viewport, reduced_motion="reduce")
        page.wait_for_selector(READY, state="attached")
        yield page


def test_the_two_seas_of_the_story_are_always_named(era_page, by_id):
    for sea in ("water-caspian", "water-persian-gulf"):
        if era_page.evaluate(HAS_ROOM, by_id[sea].properties["label_path"]):
            assert by_id[sea].properties["title"] in era_page.evaluate(WATER_NAMES)


def test_labels_neither_overlap_nor_are_cut(era_page):
    assert label_faults(era_page) == []
    for _ in range(2):
        for _ in range(3):  # half a level each
            era_page.click(".leaflet-control-zoom-in")
        assert label_faults(era_page) in ([], ["no labels"])  # the open sea, or an empty desert


STEP_AND_LOOK = """() => {
  document.getElementById("era-next").click();
  const [from, to] = [document.querySelector(".leaving"), document.querySelector(".now")];
  const waiting = document.querySelectorAll(".waiting").length;
  return [from && [from.dataset.era, from.style.opacity], to.dataset.era, waiting];
}"""

PLAY_AND_WATCH = """() => new Promise((done) => {
  const [came, sheet] = [[], () => document.querySelector(".now")];
  new MutationObserver((changes) => {
    for (const { target, oldValue } of changes) {
      const waits = /waiting/.test(target.getAttribute("class"));
      if (/waiting/.test(oldValue) && !waits) came.push(target.dataset.id);
    }
    if (came.length && !sheet().querySelector(".waiting")) done(came);
  }).observe(document.getElementById("map_atlas"), {
    subtree: true, attributeFilter: ["class"], attributeOldValue: true,
  });
  document.getElementById("play-speed").value = "4";
  document.getElementById("play").click();
})"""


SAME_VIEW = ("1945-takeover", "1946-withdrawal")
"""Two eras with one view: nothing fades between two."""


@pytest.mark.slow
def test_what_goes_fades_over_the_next_era(open_page, document):
    one, next_one = SAME_VIEW
    page, _ = open_page(f"{document}?era={one}")
    page.wait_for_selector("html[data-atlas-prepared]", state="attached")
    assert page.evaluate(STEP_AND_LOOK) == [[one, "0.5"], next_one, 0]
    assert drawn(page) == expected(next_one)
    page.wait_for_function("() => !document.querySelector('.leaving, .going')")
    assert page.get_attribute(".sheet >> nth=0", "style").count("opacity") == 0
    assert set(all_drawn(page)) == expected(next_one)


@pytest.mark.slow
def test_while_time_plays_what_comes_appears_in_its_order(open_page, document, features):
    page, _ = open_page(document)
    page.wait_for_selector("html[data-atlas-prepared]", state="attached")
    came = page.evaluate(PLAY_AND_WATCH)
    assert set(came) == expected(ERAS[1]) - expected(ERAS[0])
    begins = {feature.id: str(feature.timespan.begin or "") for feature in features}
    assert [begins[id_] for id_ in came] == sorted(begins[id_] for id_ in came)


def test_nothing_moves_for_who_wants_no_motion(open_page, document):
    page, _ = open_page(document, reduced_motion="reduce")
    page.wait_for_selector(READY, state="attached")
    page.wait_for_function("() => performance.now() > 1000")
    assert page.evaluate(STEP_AND_LOOK) == [None, ERAS[1], 0]
    assert set(all_drawn(page)) == expected(ERAS[1])


def test_a_locator_shows_where_a_close_view_is(open_page, document):
    page, _ = open_page(f"{document}?era=1907-spheres", reduced_motion="reduce")
    page.wait_for_selector(READY, state="attached")
    assert page.is_hidden(".locator")
    for _ in range(3):
        page.click(".leaflet-control-zoom-in")
    assert page.is_visible(".locator")
    small = page.locator(".locator-view").bounding_box()["width"]
    page.click(".leaflet-control-zoom-in")
    assert page.locator(".locator-view").bounding_box()["width"] < small


SEEN = ".inset:not([hidden])"
"""Those of other eras are made ready behind it."""


def test_an_eras_inset_stands_in_the_corner_while_there_is_room(open_page, document):
    page, _ = open_page(f"{document}?era=2006-sanctions&ui=map", reduced_motion="reduce")
    page.wait_for_selector(READY, state="attached")
    assert page.locator(SEEN).count() == 1
    box = page.locator(SEEN).bounding_box()
    scale = page.locator(".leaflet-control-scale").bounding_box()
    assert 0 < box["x"] < 20
    assert box["y"] + box["height"] <= scale["y"]
    assert "Qatar: no, 2006" in page.text_content(SEEN)
    under = page.evaluate(
        """() => {
          const inset = document.querySelector(".inset:not([hidden])").getBoundingClientRect();
          return [...document.querySelectorAll(".sheet.now .label")].filter((name) => {
            const box = name.getBoundingClientRect();
            return box.left < inset.right && box.right > inset.left &&
              box.top < inset.bottom && box.bottom > inset.top;
          }).map((name) => name.textContent);
        }"""
    )
    assert under == []
    for _ in range(4):
        page.click(".leaflet-control-zoom-in")
    page.wait_for_selector(SEEN, state="detached")
    page.focus(".folium-map")
    page.keyboard.press("0")
    page.wait_for_selector(SEEN)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_selector(SEEN, state="detached")
    page.goto(f"{document}?era=2001-caspian&ui=map")
    page.wait_for_selector(READY, state="attached")
    page.wait_for_selector(SEEN, state="detached")


def test_an_inset_gives_way_to_what_is_chosen(open_page, document):
    there = f"{document}?era=2006-sanctions&view=34.0,60.0,5.25"
    page, _ = open_page(there)
    page.wait_for_selector(READY, state="attached")
    assert page.locator(SEEN).count() == 1
    page.goto(f"{there}&select=site-bushehr-npp")
    page.wait_for_selector(READY, state="attached")
    page.wait_for_selector(SEEN, state="detached")


def test_an_inset_shows_what_its_map_shows(open_page, document):
    for asked, texts, lines in (
        ("era=1901-inroads", 6, 2),
        ("era=1901-inroads&actor=britain", 6, 0),
        ("era=2006-sanctions", 7, 0),
        ("era=2006-sanctions&day=2008-06-01", 4, 0),
    ):
        page, _ = open_page(f"{document}?{asked}&ui=map")
        page.wait_for_selector(READY, state="attached")
        inset = page.locator(SEEN)
        assert inset.locator("circle.town-dot").count() == texts, asked
        assert inset.locator("svg > g").count() == lines, asked
        page.close()


def test_no_length_is_measured_on_an_inset(open_page, document):
    page, _ = open_page(f"{document}?era=2006-sanctions")
    page.wait_for_selector(READY, state="attached")
    page.click("[aria-label^=Measure]")
    page.mouse.click(500, 400)
    page.click(SEEN, position={"x": 80, "y": 80})
    page.mouse.click(500, 450)
    assert page.locator(".measure-drawing circle").count() == 2


def test_no_name_lies_under_the_locator_after_a_change_of_size(open_page, document):
    page, _ = open_page(f"{document}?era=2014-vienna&ui=map")
    page.wait_for_selector(READY, state="attached")
    page.set_viewport_size({"width": 900, "height": 1440})
    page.wait_for_selector(".locator:not([data-away])")
    under = """() => {
      const small = document.querySelector(".locator").getBoundingClientRect();
      return [...document.querySelectorAll(".sheet.now .label")].filter((name) => {
        const box = name.getBoundingClientRect();
        return box.right > small.left && box.bottom > small.top;
      }).length === 0;
    }"""
    page.wait_for_function(under)


def test_land_outside_the_subject_is_explained_when_it_is_seen(open_page, document):
    page, _ = open_page(f"{document}?era=1907-spheres")
    page.wait_for_selector(READY, state="attached")
    assert page.is_hidden("#legend-outside")
    page.goto(f"{document}?era=1907-spheres&view=48.0,16.0,4")
    page.wait_for_selector(READY, state="attached")
    assert page.is_visible("#legend-outside")


def test_without_javascript_the_first_era_can_be_read(open_page, document):
    page, watch = open_page(document, java_script_enabled=False)
    assert CATALOGUE.eras[0].title in page.inner_text("body")
    assert page.locator("#picture").bounding_box()["width"] > 400
    assert page.is_visible("#picture text >> nth=0")
    assert page.is_visible("#still li >> nth=0")
    assert page.is_hidden("#timeline")
    assert page.is_hidden("#search")
    assert watch.requests == []


FRAME = """<!doctype html><title>Article</title><iframe title="Map" sandbox="{sandbox}"
  width="{width}" height="520" src="{source}"></iframe>
<script>
  window.heard = [];
  addEventListener("message", (event) => {{
    if (event.source === document.querySelector("iframe").contentWindow) heard.push(event.data);
  }});
  window.tell = (message) => document.querySelector("iframe").contentWindow
    .postMessage({{ atlas: 1, ...message }}, "*");
</script>"""


@pytest.fixture
def framed(open_page, page_file, tmp_path):
    """Open an article that frames the document; returns the page, its frame and the watch."""

    def frame(sandbox="allow-scripts", width=700, query=""):
        article = tmp_path / "article.html"
        source = f"{page_file.as_uri()}{query}"
        article.write_text(FRAME.format(sandbox=sandbox, width=width, source=source))
        page, watch = open_page(article.as_uri(), allowed=(page_file.as_uri(),))
        inner = page.frame_locator("iframe")
        inner.locator(READY).wait_for(state="attached")
        return page, inner, watch

    return frame


@pytest.mark.slow
def test_in_a_sandbox_it_works_and_asks_for_nothing(framed):
    _, inner, watch = framed()
    for era in ERAS[1:]:
        inner.locator("#era-next").click()
        inner.locator(f"html[data-atlas-era='{era}']").wait_for(state="attached")
    assert watch.requests == []
    assert watch.errors == []


def test_a_host_is_told_and_can_ask(framed):
    page, inner, watch = framed()
    ready = page.evaluate("heard.find((message) => message.type === 'ready')")
    assert ready["eras"] == ERAS
    assert ready["atlas"] == 1
    for message in (
        {"type": "setEra", "era": "1946-withdrawal"},
        {"type": "setView", "view": "37.5,46.0,7"},
        {"type": "select", "id": "zone-mahabad-core-1946"},
        {"type": "setLayers", "layers": ["crisis-1945-46", "caspian", "no-such-layer"]},
        {"type": "getState"},
    ):
        page.evaluate("message => tell(message)", message)
    page.wait_for_function("() => heard.some((message) => message.type === 'state')")
    state = page.evaluate("heard.find((message) => message.type === 'state')")
    assert state["era"] == "1946-withdrawal"
    assert state["select"] == "zone-mahabad-core-1946"
    assert state["layers"] == ["crisis-1945-46", "caspian"]
    assert state["view"] == "37.500,46.000,7"
    assert "Kurdish Republic of Mahabad" in inner.locator("#card").inner_text()
    heard = page.evaluate("heard.map((message) => message.type)")
    assert {"ready", "erachange", "viewchange", "select", "layerschange", "state"} <= set(heard)
    assert watch.errors == []


@pytest.mark.parametrize(
    "message",
    [
        None,
        5,
        "setEra",
        {"type": "setEra"},
        {"type": "setEra", "era": 7},
        {"type": "setEra", "era": "1914"},
        {"type": "setView", "view": {"a": 1}},
        {"type": "setLayers", "layers": "all"},
        {"type": "constructor"},
        {"type": "select", "id": {"toString": "x"}},
        {"atlas": 2, "type": "setEra", "era": "1946-withdrawal"},
    ],
    ids=json.dumps,
)
def test_nonsense_from_a_host_changes_nothing(framed, message):
    page, inner, watch = framed()
    page.evaluate(
        "message => document.querySelector('iframe').contentWindow.postMessage("
        "message && typeof message === 'object' ? { atlas: 1, ...message } : message, '*')",
        message,
    )
    page.evaluate("tell({ type: 'getState' })")
    page.wait_for_function("() => heard.some((message) => message.type === 'state')")
    assert inner.locator(f"html[data-atlas-era='{ERAS[0]}']").count() == 1
    assert watch.errors == []


@pytest.mark.parametrize("ui", ["compact", "map"])
def test_less_can_be_shown(open_page, document, ui):
    page, _ = open_page(f"{document}?ui={ui}", viewport={"width": 420, "height": 320})
    page.wait_for_selector(READY, state="attached")
    assert page.is_hidden("#panel")
    assert page.is_visible("#timeline") == (ui == "compact")
    assert page.locator("#map_atlas").bounding_box()["height"] > 200


def test_hostile_data_neither_run_nor_ask(open_page, catalogue, features, tmp_path):
    from geo import build_map, render_document
    from geo.model.features import Feature

    marks = [
        "<img src=https://evil.example/x onerror=window.ran=1>",
        "</script><script>window.ran=1</script>",
        "javascript:window.ran=1",
        "{{ 7 * 191 }}${window.ran=1}`",
    ]
    first, *others = features
    own = {**first.properties, "title": marks[0], "label": marks[1], "note": marks[2]}
    own |= {"dispute": marks[3], "figures": marks}
    changed = [Feature(first.layer, first.geometry, own), *others]
    path = tmp_path / "hostile.html"
    path.write_text(render_document(build_map(catalogue, changed)), encoding="utf-8")
    page, watch = open_page(f"{path.as_uri()}?select={first.id}")
    page.wait_for_selector(READY, state="attached")
    assert marks[2] in page.inner_text("#card")
    page.hover(f"[data-row={first.id}]")
    assert page.evaluate("window.ran") is None
    assert page.locator("#card img, #card script, #features img").count() == 0
    assert watch.requests == []
    assert watch.errors == []


def test_the_legend_tells_of_what_is_in_view_under_its_headings(open_page, document):
    page, _ = open_page(f"{document}?era=1907-spheres")
    page.wait_for_selector(READY, state="attached")
    at_era(page, "1907-spheres")
    headings = page.locator("#legend h3").all_inner_texts()
    assert headings == ["Who", "Ground", "Lines and movements", "Places"]
    assert {"Russian Empire", "Sphere of influence", "Oil or gas field"} <= legend(page)
    page.goto(f"{document}?era=1907-spheres&view=27.5,60.5,8")
    page.wait_for_selector(READY, state="attached")
    at_era(page, "1907-spheres")
    assert "Britain" in legend(page)
    assert not {"Russian Empire", "Oil or gas field"} & legend(page)


SIGNS = """() => {
  const map = document.querySelector(".folium-map");
  const { left, top, right, bottom } = map.getBoundingClientRect();
  const found = { whole: [], touching: [], dots: [] };
  for (const node of document.querySelectorAll(".now .f:not([display=none]):not(.going)")) {
    const sign = node.querySelector(":scope > .icon-casing");
    if (!sign || node.querySelector(".badge-number")) continue;
    const box = sign.getBoundingClientRect();
    const sure = box.left > left && box.right < right && box.top > top && box.bottom < bottom;
    const near = box.left < right && box.right > left && box.top < bottom && box.bottom > top;
    if (sign.matches("circle")) { if (sure) found.dots.push(node.dataset.id); continue; }
    if (sure) found.whole.push(node.dataset.id);
    if (near) found.touching.push(node.dataset.id);
  }
  return found;
}"""
POINTS = {kind.title for kind in SYMBOLOGY.kinds.values() if kind.form == "point"}


@pytest.mark.parametrize(
    "size",
    [
        pytest.param((1920, 1080), id="wide"),
        pytest.param((390, 844), id="phone", marks=pytest.mark.slow),
    ],
)
def test_the_legend_has_each_sign_on_the_map_and_no_other(open_page, document, size):
    page, watch = open_page(
        f"{document}?ui=full", viewport=dict(zip(("width", "height"), size, strict=True))
    )
    page.wait_for_selector(READY, state="attached")
    page.focus("#era-slider")
    dots = 0
    for number, era in enumerate(ERAS):
        if number:
            page.keyboard.press("ArrowRight")
        at_era(page, era)
        signs = page.evaluate(SIGNS)
        told = set(page.locator("#legend li").all_text_contents())
        assert kinds_of(signs["whole"]) <= told & POINTS <= kinds_of(signs["touching"]), era
        if signs["dots"]:
            assert "Named at a larger scale" in told, era
        dots += len(signs["dots"])
    assert dots
    assert watch.errors == []


def test_a_badge_opens_its_key_on_the_map(open_page, document):
    page, watch = open_page(f"{document}?era=1890-tobacco")
    page.wait_for_selector(READY, state="attached")
    badge = page.locator(".now .badge-number").first
    count = int(badge.text_content())
    box = badge.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    entries = page.locator(".badge-key:visible button")
    assert entries.count() == count
    title = entries.nth(1).evaluate("button => button.lastChild.textContent")
    entries.nth(1).click()
    assert page.inner_text("#card-title") == title
    page.keyboard.press("Escape")
    assert page.locator(".badge-key:visible").count() == 0
    assert watch.errors == []


def test_a_map_answers_to_the_pointer_before_the_reader_has_come_to_rest(open_page, document):
    never = """{
      const later = window.setTimeout;
      window.setTimeout = (run, after) => later(run, after < 100 ? after : 1e6);
    }"""
    page, _ = open_page(f"{document}?era=1890-tobacco", before=never)
    page.wait_for_selector(READY, state="attached")
    for keys in ((), ("ArrowRight", "ArrowLeft")):
        page.focus("#era-slider")
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_selector("html[data-atlas-era='1890-tobacco']", state="attached")
        badge = page.locator(".now .badge-number").first
        box = badge.bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert page.locator(".badge-key:visible button").count() == int(badge.text_content())
        page.keyboard.press("Escape")


def test_title_and_years_stand_on_a_map_without_a_panel(open_page, document):
    page, _ = open_page(f"{document}?era=1907-spheres&ui=map")
    page.wait_for_selector(READY, state="attached")
    era = CATALOGUE.era("1907-spheres")
    assert page.locator(".map-title:visible").inner_text().split("\n") == [era.title, era.dates]
    frame = page.locator(".map-title").bounding_box()
    for name in page.locator(".now .labels text").all():
        box = name.bounding_box()
        apart = box["x"] + box["width"] <= frame["x"] or box["y"] >= frame["y"] + frame["height"]
        assert apart or box["y"] + box["height"] <= 0, name.text_content()
    page.goto(f"{document}?era=1907-spheres")
    page.wait_for_selector(READY, state="attached")
    assert page.is_hidden(".map-title")


def test_names_and_boxes_that_the_swipes_line_would_cut_fade(open_page, document):
    viewport = {"width": 390, "height": 844}
    page, _ = open_page(f"{document}?era=1907-spheres&compare=1941-invasion", viewport=viewport)
    page.wait_for_selector(READY, state="attached")
    for part in ("text", "rect"):
        page.wait_for_selector(f".now .labels {part}.cut", state="attached")
    line = page.locator(".divider-handle").bounding_box()["x"]
    crossing = page.eval_on_selector_all(
        ".now .labels :is(text, rect)",
        """(parts, line) => parts.map((part) => [part.getBoundingClientRect(), part.classList])
          .map(([{ left, right }, classes]) =>
            [left < line - 2 && right > line + 3, classes.contains("cut")])""",
        line,
    )
    assert any(crosses for crosses, _ in crossing)
    assert all(cut for crosses, cut in crossing if crosses)


def test_names_under_the_eras_of_a_comparison_fade_with_their_pointers(open_page, document):
    page, _ = open_page(f"{document}?era=1890-tobacco&compare=1900-loans&mode=side")
    page.wait_for_selector(READY, state="attached")
    page.wait_for_function(
        """() => {
          const cut = document.querySelector(".now .labels text.cut");
          return cut && getComputedStyle(cut).opacity === "0";
        }"""
    )
    told = page.evaluate(
        """() => {
          const tags = [...document.querySelectorAll(".divider .tag")]
            .map((tag) => tag.getBoundingClientRect());
          const seen = (node) => getComputedStyle(node).opacity !== "0";
          return [...document.querySelectorAll(".now .labels text")].map((name) => {
            const box = name.getBoundingClientRect();
            const under = tags.some((tag) => box.left < tag.right && box.right > tag.left
              && box.top < tag.bottom && box.bottom > tag.top);
            const pointer = name.previousElementSibling;
            const its = pointer?.matches(".leader") ? [pointer] : [];
            return [name.textContent, under, [name, ...its].map(seen)];
          });
        }"""
    )
    under = {name: seen for name, covered, seen in told if covered}
    assert under == {"St Petersburg: the lender": [False, False]}
    assert all(all(seen) for _, covered, seen in told if not covered)


@pytest.mark.parametrize("width", [390, 1280])
def test_each_half_of_a_comparison_has_its_own_ring_and_hint(open_page, document, width):
    page, _ = open_page(
        f"{document}?era=1907-spheres&compare=1941-invasion",
        viewport={"width": width, "height": 800},
    )
    page.wait_for_selector(READY, state="attached")
    line = page.locator(".divider-handle").bounding_box()["x"]
    whole = page.locator("#map_atlas").bounding_box()["width"]
    for place, (left, right) in {"#map_atlas": (0, line), "#map-compare": (line, whole)}.items():
        page.focus(place)
        page.keyboard.press("Shift")  # by keyboard
        ring = page.eval_on_selector(
            place,
            """(map) => {
              const { left, right } = getComputedStyle(map, "::after");
              return [parseFloat(left), map.clientWidth - parseFloat(right)];
            }""",
        )
        assert ring == pytest.approx([left, right], abs=2)
        hint = page.locator(f"{place} > .map-status").bounding_box()
        assert hint["width"] > 100
        assert left <= hint["x"]
        assert hint["x"] + hint["width"] <= right


@pytest.mark.slow
@pytest.mark.parametrize("era", [0, 14, 29])
def test_labels_of_neighbours_that_are_compared_stand_side_by_side(open_page, document, era):
    one, other = (entry.id for entry in CATALOGUE.eras[era : era + 2])
    viewport = {"width": 390, "height": 844}
    for first, second in ((one, other), (other, one)):
        page, _ = open_page(f"{document}?era={first}&compare={second}", viewport=viewport)
        page.wait_for_selector(READY, state="attached")
        left, right = (
            page.evaluate(
                """(era) => {
                  const range = document.createRange();
                  range.selectNodeContents(document.querySelector(`.tick[data-era="${era}"]`));
                  const { left, right } = range.getBoundingClientRect();
                  return [left, right];
                }""",
                name,
            )
            for name in (one, other)
        )
        assert left[1] + 4 <= right[0]
        assert left[0] > 0
        assert right[1] < 390


@pytest.mark.parametrize("size", [(640, 400), (530, 300), (720, 480), (760, 420), (390, 844)])
def test_side_by_side_has_two_halves_at_every_size(open_page, document, size):
    viewport = dict(zip(("width", "height"), size, strict=True))
    query = "?era=1941-invasion&compare=1907-spheres&mode=side"
    page, _ = open_page(f"{document}{query}", viewport=viewport)
    page.wait_for_selector(READY, state="attached")
    one, other = (page.locator(name).bounding_box() for name in ("#map_atlas", "#map-compare"))
    assert one["width"] == pytest.approx(other["width"], abs=2)
    assert one["x"] + one["width"] == pytest.approx(other["x"], abs=2)
    assert one["width"] > 120
    assert one["height"] == other["height"] > 150
    assert page.is_hidden(".divider .grip")


@pytest.mark.slow
def test_the_line_of_what_is_marked_covers_neither_it_nor_stands_under_a_card(open_page, document):
    for size in ((390, 844), (1280, 800), (720, 560)):
        viewport = dict(zip(("width", "height"), size, strict=True))
        page, _ = open_page(f"{document}?era=1941-invasion", viewport=viewport)
        page.wait_for_selector(READY, state="attached")
        page.focus("#map_atlas")
        for keys in (("Enter",), ("n",), ("Enter",), ("n", "n"), ("n",)):
            page.focus("#map_atlas")
            for key in keys:
                page.keyboard.press(key)
            if not page.locator("#map_atlas .map-status").inner_text():
                continue  # the card has the focus
            line = page.locator("#map_atlas .map-status").bounding_box()
            ring = page.locator(".place-ring").bounding_box()
            assert apart(line, ring), (size, keys, line, ring)
            if page.is_visible("#card"):
                assert apart(line, page.locator("#card").bounding_box()), (size, keys)


def apart(one, other):
    """Tell whether two boxes lie beside each other."""
    return any(
        a[at] + a[length] <= b[at] + 1
        for a, b in ((one, other), (other, one))
        for at, length in (("x", "width"), ("y", "height"))
    )


def test_a_message_tells_whether_reader_or_host_wanted_it(framed):
    page, inner, watch = framed()
    told = "() => heard.filter(({ type }) => type === 'erachange').map(({ era, by }) => [era, by])"
    page.evaluate("tell({ type: 'setState', search: '?era=1946-withdrawal' })")
    inner.locator("html[data-atlas-era='1946-withdrawal']").wait_for(state="attached")
    page.evaluate("tell({ type: 'select', id: 'site-vienna' })")
    inner.locator("html[data-atlas-era='2014-vienna']").wait_for(state="attached")
    # In the same era nothing has changed.
    page.evaluate("tell({ type: 'setState', search: '?era=2014-vienna&view=33,50,5' })")
    page.evaluate("tell({ type: 'getState' })")
    page.wait_for_function("() => heard.some(({ type }) => type === 'state')")
    assert page.evaluate(told) == [["1946-withdrawal", "host"], ["2014-vienna", "host"]]
    inner.locator("#era-next").click()
    page.wait_for_function(f"() => ({told})().length === 3")
    assert page.evaluate(told)[-1] == ["2015-syria", "reader"]
    assert watch.errors == []


UNDER_CARD = """() => {
  const card = document.getElementById("card");
  const parts = [...document.querySelectorAll(".timeline :is(input, select, button)")];
  return parts.filter((part) => part.checkVisibility()).flatMap((part) => {
    const { left, top, width, height } = part.getBoundingClientRect();
    const spots = [0.05, 0.5, 0.95].map((x) => [left + x * width, top + 0.5 * height]);
    return spots.some(([x, y]) => card.contains(document.elementFromPoint(x, y))) ? [part.id] : [];
  });
}"""


@pytest.mark.parametrize(
    "size",
    [(1280, 800), (1920, 1080), (768, 1024), (844, 390), (1024, 600), (700, 420)],
    ids=lambda size: f"{size[0]}x{size[1]}",
)
def test_a_long_card_leaves_the_eras_free(open_page, document, size):
    page, watch = open_page(
        f"{document}?era=2014-vienna&select=event-resolution-2231-2015",
        viewport=dict(zip(("width", "height"), size, strict=True)),
    )
    page.wait_for_selector(READY, state="attached")
    card = page.locator("#card")
    assert card.evaluate("card => card.scrollHeight > card.clientHeight")
    assert page.evaluate(UNDER_CARD) == []
    assert watch.errors == []


def test_on_paper_two_eras_have_the_legend_of_the_one_that_is_printed(open_page, document):
    page, watch = open_page(f"{document}?era=1907-spheres&compare=1914-neutral")
    page.wait_for_selector(READY, state="attached")
    page.wait_for_selector(LISTED, state="attached")
    both = set(page.locator("#legend li").all_text_contents())
    assert "Ottoman Empire" in both
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = set(page.locator("#legend li").all_text_contents())
    assert "Sphere of influence" in printed
    ids = page.eval_on_selector_all("#print .f", "all => all.map((f) => f.dataset.id)")
    drawn_kinds = kinds_of(ids)
    assert drawn_kinds
    assert printed & KINDS <= drawn_kinds
    assert "Ottoman Empire" not in printed
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert set(page.locator("#legend li").all_text_contents()) == both
    assert watch.errors == []


def test_a_filter_leaves_no_caption_of_what_it_hides(open_page, document):
    page, watch = open_page(f"{document}?era=1946-withdrawal")
    page.wait_for_selector(READY, state="attached")
    told = "() => document.querySelector('.now .labels').textContent"
    assert "Qavam's talks" in page.evaluate(told)
    page.goto(f"{document}?era=1946-withdrawal&kind=garrison")
    page.wait_for_selector(READY, state="attached")
    assert "Qavam's talks" not in page.evaluate(told)
    assert "Soviet troops leave" not in page.evaluate(told).replace("leaveby", "leave by")
    assert watch.errors == []


def test_a_press_on_the_map_draws_no_frame_of_the_keyboard(open_page, document):
    page, watch = open_page(document)
    page.wait_for_selector(READY, state="attached")
    shown = "() => document.querySelector('.folium-map').matches(':focus-visible')"
    box = page.locator(".folium-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.3)
    assert page.evaluate("() => document.activeElement.matches('.folium-map')")
    assert not page.evaluate(shown)
    page.mouse.click(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.3)
    assert not page.evaluate(shown)
    page.keyboard.press("+")
    page.focus("#era-slider")
    page.keyboard.press("Shift+Tab")
    page.focus(".folium-map")
    assert page.evaluate(shown)
    assert watch.errors == []


def test_numbers_are_not_broken(open_page, document):
    page, watch = open_page(f"{document}?era=1911-garrisons&select=garrison-tabriz-1909")
    page.wait_for_selector(READY, state="attached")
    assert "12\u00a0400 men" in page.text_content("#era-caption")
    assert "about 4\u00a0000" in page.text_content("#card")
    assert watch.errors == []


def test_unlike_things_are_no_change_of_each_other(open_page, document):
    page, watch = open_page(f"{document}?era=1907-spheres&compare=1914-neutral")
    page.wait_for_selector(READY, state="attached")
    page.wait_for_selector("#changes-list h3", state="attached")
    # What is doubted of 1907 and what was promised in 1915 are two things.
    extent = page.locator("#changes-list ul").filter(has_text="districts of Isfahan and Yezd")
    assert (
        extent.locator("li", has_text="Land that published areas")
        .filter(has_text="districts of Isfahan")
        .count()
        == 0
    )
    assert page.locator("#changes-list li", has_text="districts of Isfahan and Yezd").count()
    assert watch.errors == []


def test_stops_of_one_day_are_told_once(open_page, document):
    page, watch = open_page(f"{document}?era=1941-invasion&select=axis-british-qasr-shaikh")
    page.wait_for_selector(READY, state="attached")
    card = page.text_content("#card")
    assert "25 August 1941 → 28 August 1941" in card
    assert "25 August 1941 → 25 August 1941" not in card
    assert watch.errors == []


def test_no_name_stands_on_a_leader_line(open_page, document):
    page, watch = open_page(f"{document}?era=2014-vienna")
    page.wait_for_selector(READY, state="attached")
    struck = page.evaluate(
        """() => {
          const leaders = [...document.querySelectorAll(".now .labels path.leader")];
          const texts = [...document.querySelectorAll(".now .labels text")];
          const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
          return leaders.flatMap((leader) => {
            const matrix = leader.getScreenCTM();
            const length = leader.getTotalLength();
            const along = [0.1, 0.3, 0.5, 0.7, 0.9].map((share) =>
              leader.getPointAtLength(share * length).matrixTransform(matrix));
            return boxes.filter(([, box]) => along.some(({ x, y }) =>
              x > box.left + 1 && x < box.right - 1 && y > box.top + 3 && y < box.bottom - 3))
              .map(([text]) => text);
          });
        }"""
    )
    assert page.locator(".now .labels path.leader").count()
    assert struck == []
    assert watch.errors == []
