"""Time under the reader's hand: stepping, playing, comparing, and links to all of it."""

import re
from datetime import datetime

import pytest
from helpers import LISTED, OTHER, PHONE, READY
from states import differences, next_address, visit_everything

from geo import load_catalogue, load_features
from geo.geometry.geodesic import area_km2
from geo.model.features import select_features
from geo.model.symbology import load_symbology
from geo.model.wording import load_wording
from geo.payload.build import build_payload

CATALOGUE = load_catalogue()
FEATURES = load_features(CATALOGUE)
ERAS = [era.id for era in CATALOGUE.eras]


def at_era(page, era):
    page.wait_for_selector(f"html[data-atlas-era='{era}']", state="attached")
    page.wait_for_selector(LISTED, state="attached")


def drawn(page, inside="#map_atlas"):
    return set(
        page.eval_on_selector_all(
            f"{inside} .now .f:not([display=none]):not(.going)",
            "nodes => nodes.map((node) => node.dataset.id)",
        )
    )


@pytest.fixture
def atlas(open_page, served):
    def open_atlas(query="", **options):
        page, watch = open_page(f"{served}{query}", **options)
        page.wait_for_selector(READY, state="attached")
        return page, watch

    return open_atlas


@pytest.mark.slow
def test_arrow_keys_step_from_anywhere_on_the_page_and_others_on_the_slider(atlas):
    page, watch = atlas()
    for key, era in [
        ("ArrowRight", ERAS[1]),
        ("ArrowRight", ERAS[2]),
        ("PageUp", ERAS[2]),  # these scroll
        ("PageDown", ERAS[2]),
        ("End", ERAS[2]),
        ("Home", ERAS[2]),
        ("ArrowLeft", ERAS[1]),
        ("ArrowLeft", ERAS[0]),
        ("ArrowLeft", ERAS[0]),
    ]:
        page.keyboard.press(key)
        at_era(page, era)
    page.focus("#era-slider")
    for key, era in [("PageUp", ERAS[1]), ("End", ERAS[-1]), ("PageDown", ERAS[-2])]:
        page.keyboard.press(key)
        at_era(page, era)
    assert watch.errors == []


def test_arrow_keys_on_the_map_pan_and_do_not_step(atlas):
    page, _ = atlas()
    page.focus("#map_atlas")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('view=')")
    at_era(page, ERAS[0])


def test_a_swipe_on_the_timeline_steps(atlas):
    page, _ = atlas(viewport=PHONE, has_touch=True)
    box = page.locator("#ticks").bounding_box()
    x, y = box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)

    def swipe(to):
        for kind, points in [
            ("touchStart", [{"x": x, "y": y}]),
            ("touchMove", [{"x": (x + to) / 2, "y": y}]),
            ("touchMove", [{"x": to, "y": y}]),
            ("touchEnd", []),
        ]:
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    swipe(x - 120)
    at_era(page, ERAS[1])
    swipe(x - 120)
    at_era(page, ERAS[2])
    swipe(x + 90)
    at_era(page, ERAS[1])


def test_the_strip_shows_true_lengths_and_leads_to_each_era(atlas):
    page, _ = atlas()
    widths = page.eval_on_selector_all(
        "#strip .reach", "nodes => nodes.map((node) => Number(node.getAttribute('width')))"
    )
    days = [(era.timespan.end - era.timespan.begin).days for era in CATALOGUE.eras]
    scale = sum(widths) / sum(days)
    assert widths == pytest.approx([length * scale for length in days], rel=0.01, abs=0.01)
    assert page.locator("#strip .bars").get_attribute("d").count("M") > 60
    page.locator("#strip .strip-era").nth(6).locator(".reach").click()
    at_era(page, ERAS[6])
    assert page.locator("#strip .current title").text_content().startswith(CATALOGUE.eras[6].label)


def test_presses_faster_than_frames_end_on_the_right_era(atlas):
    page, watch = atlas()
    page.evaluate(
        """() => { for (let i = 0; i < 150; i += 1) {
          const slider = document.getElementById("era-slider");
          const up = Math.floor(i / 10) % 2 === 0;
          slider.value = String(Number(slider.value) + (up ? 1 : -1));
          slider.dispatchEvent(new Event("input"));
        } }"""
    )
    at_era(page, ERAS[10])
    page.wait_for_function("era => location.search.startsWith(`?era=${era}`)", arg=ERAS[10])
    assert page.locator("#era-slider").input_value() == "10"
    shown = select_features(FEATURES, CATALOGUE.eras[10])
    layers = CATALOGUE.eras[10].layers
    assert drawn(page) == {f.id for f in shown if f.layer in layers and f.geometry}
    assert watch.errors == []


STEP = """(eras) => {
  const slider = document.getElementById("era-slider");
  for (const era of eras) {
    slider.value = String(era);
    slider.dispatchEvent(new Event("input"));
  }
}"""

VIEW = "() => [map_atlas.getCenter().lat, map_atlas.getCenter().lng, map_atlas.getZoom()]"


def test_where_one_arrives_does_not_depend_on_speed(atlas):
    walk = [*range(1, 11), *range(9, 1, -1)]
    slow, _ = atlas()
    views = []
    for era in walk:
        slow.evaluate(STEP, [era])
        slow.wait_for_selector(f"html[data-atlas-era='{ERAS[era]}']", state="attached")
        views.append(slow.evaluate(VIEW))
    assert len({str(view) for view in views}) > 1  # eras do bring views of their own
    quick, _ = atlas()
    quick.evaluate(STEP, walk)
    at_era(quick, ERAS[2])
    assert quick.evaluate(VIEW) == views[-1]


def stop_the_clock(page):
    """From now on time passes only when a test lets it: playing must not depend on the machine."""
    page.clock.pause_at(datetime.fromtimestamp(page.evaluate("Date.now()") / 1000 + 1))


def let_be(page, told, steps=25):
    """Let a little time pass until something is drawn; returns how much, milliseconds."""
    for passed in range(steps):
        if told():
            return passed * 20
        page.clock.run_for(20)
    raise AssertionError("it is not drawn")


@pytest.mark.slow
def test_august_1941_is_played_day_by_day(open_page, served):
    page, watch = open_page("about:blank", allowed=(served,), reduced_motion="reduce")
    page.clock.install()
    page.goto(f"{served}?era=1941-invasion")
    page.wait_for_selector(READY, state="attached")
    stop_the_clock(page)
    assert page.inner_text("#moment-text") == "Whole era"
    assert page.get_attribute("#play", "aria-label") == "Play"
    whole = page.locator(".now [data-id=axis-soviet-tabriz] .axis").bounding_box()
    page.select_option("#play-what", "dates")
    page.click("#play")
    assert page.get_attribute("#play", "aria-label") == "Pause"
    assert page.inner_text("#moment-text") == "25 August 1941"
    sizes = []
    spent = 0

    def size():
        box = page.locator(".now [data-id=axis-soviet-tabriz] .axis").bounding_box()
        return box["width"] * box["height"]

    told = {
        26: lambda: "axis-soviet-gorgan" not in drawn(page),  # its troops had not moved yet
        27: lambda: "axis-soviet-gorgan" in drawn(page),
        31: lambda: size() == whole["width"] * whole["height"],
    }
    for day in (26, 27, 28, 29, 30, 31):
        page.clock.run_for(1000 - spent)
        assert page.inner_text("#moment-text") == f"{day} August 1941"
        spent = let_be(page, told.get(day, lambda: True))
        sizes.append(size())
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1]
    page.clock.run_for(300)
    assert page.evaluate("location.search").endswith("day=1941-08-31")
    page.clock.run_for(18_000)
    assert page.inner_text("#moment-text") == "Whole era"
    assert page.get_attribute("#play", "aria-label") == "Play"
    assert watch.errors == []


def test_playing_goes_through_eras_faster_when_asked_and_stops_when_the_reader_acts(
    open_page, served
):
    page, _ = open_page("about:blank", allowed=(served,))
    page.clock.install()
    page.goto(served)
    page.wait_for_selector(READY, state="attached")
    stop_the_clock(page)
    page.clock.run_for(20_000)
    at_era(page, ERAS[0])  # it never starts by itself
    page.select_option("#play-speed", "4")
    page.click("#play")
    for era in ERAS[1:3]:
        steps = 0
        while page.get_attribute("html", "data-atlas-era") != era:
            page.clock.run_for(100)
            steps += 1
            assert steps <= 20  # an era's second, and frames that a slow machine draws late
    page.locator("#map_atlas").click(position={"x": 30, "y": 300})
    page.clock.run_for(100)
    assert page.get_attribute("#play", "aria-label") == "Play"
    page.clock.run_for(20_000)
    at_era(page, ERAS[2])


def test_the_crisis_is_stepped_by_months(atlas):
    page, _ = atlas("?era=1946-withdrawal&day=1946-05-01")
    assert page.inner_text("#moment-text") == "May 1946"
    page.focus("#moment")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.search.includes('day=1946-06-01')")
    assert page.inner_text("#moment-text") == "June 1946"
    shown = drawn(page)
    assert "axis-iran-tabriz-1946" not in shown
    assert page.locator(".now [data-id=withdrawal-azerbaijan-1946]").evaluate(
        "node => node.getAttribute('opacity') === '0.5'"
    )
    page.keyboard.press("End")
    page.wait_for_function("() => !location.search.includes('day=')")
    assert "axis-iran-tabriz-1946" in drawn(page)


def test_what_was_held_ends_with_its_time(atlas):
    page, _ = atlas("?era=1923-new-dynasty&day=1930-01-01")
    shown = drawn(page)
    by_id = {feature.id: feature for feature in FEATURES}
    for name in shown:
        feature = by_id[name]
        assert feature.properties["begin"] < "1931-01-01"
        if feature.geometry_type.endswith(("Polygon", "LineString")) and (
            feature.kind not in ("axis", "axis-naval", "axis-withdrawal", "axis-air")
        ):
            assert (feature.properties["end"] or "9999") > "1930-01-01", name


def in_both(era, other, *, placed=True, added=frozenset(), taken=frozenset()):
    """Return what each of two eras shows: its own layers, but for those added and taken away."""
    return [
        {
            f.id
            for f in select_features(FEATURES, CATALOGUE.era(name))
            if f.layer in {*CATALOGUE.era(name).layers, *added} - taken
            and (f.geometry or not placed)
        }
        for name in (era, other)
    ]


@pytest.mark.parametrize("mode", ["swipe", "side"])
def test_two_eras_are_compared_in_linked_maps(atlas, mode):
    query = f"?era=1907-spheres&compare=1946-withdrawal{'&mode=side' if mode == 'side' else ''}"
    page, watch = atlas(query, reduced_motion="reduce")
    before, after = in_both("1907-spheres", "1946-withdrawal")
    assert drawn(page) == before
    assert drawn(page, "#map-compare") == after
    first, second = (page.locator(name).bounding_box() for name in ("#map_atlas", "#map-compare"))
    if mode == "side":
        assert first["width"] == pytest.approx(second["width"], abs=1)
        assert second["x"] == pytest.approx(first["x"] + first["width"], abs=1)
    else:
        assert first == second
    places = """() => ["#map_atlas", "#map-compare"].map((name) => {
      const map = document.querySelector(name).getBoundingClientRect();
      const land = document.querySelector(`${name} .now .base path:nth-child(2)`);
      const sea = land.getBoundingClientRect();
      return [sea.x - map.x, sea.y - map.y, sea.width].map(Math.round);
    })"""
    at_first = page.evaluate(places)
    box = second if mode == "side" else {**first, "x": first["x"] + 250}
    page.mouse.move(box["x"] + 300, box["y"] + 500)
    page.mouse.down()
    page.mouse.move(box["x"] + 240, box["y"] + 420, steps=4)
    page.mouse.up()
    for zoom in (False, True):
        if zoom:
            page.click(".leaflet-control-zoom-in")
        one, other = page.evaluate(places)
        assert one == pytest.approx(other, abs=1)
        assert one != at_first[0]
    page.wait_for_function("() => location.search.includes('view=')")
    assert watch.errors == []


def test_each_side_shows_its_own_layers_and_what_the_reader_adds_or_takes_away(atlas):
    eras = ("1890-tobacco", "1900-loans")
    page, _ = atlas("?era=1890-tobacco&compare=1900-loans", reduced_motion="reduce")
    assert [drawn(page), drawn(page, "#map-compare")] == in_both(*eras)
    listed = {f.layer for f in select_features(FEATURES, CATALOGUE.era(eras[0]))}
    ids = [layer.id for layer in CATALOGUE.layers if layer.id in listed]
    own = [layer for era in eras for layer in CATALOGUE.era(era).layers]
    taken = next(layer for layer in ids if own.count(layer) == 2)
    added = next(layer for layer in ids if layer not in own)
    for layer in (taken, added):
        page.locator("#layers input").nth(ids.index(layer)).click()
    shown = in_both(*eras, added={added}, taken={taken})
    assert [drawn(page), drawn(page, "#map-compare")] == shown


def test_the_divider_moves_by_mouse_and_by_keys(atlas):
    page, _ = atlas("?era=1907-spheres&compare=1946-withdrawal")
    handle = page.get_by_role("slider", name="Divider between 1907 and 1946")
    handle.focus()
    page.keyboard.press("ArrowLeft")
    assert handle.get_attribute("aria-valuenow") == "46"
    box = page.locator("#map_atlas").bounding_box()
    grip = page.locator(".divider .grip").bounding_box()
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.25, 300, steps=3)
    page.mouse.up()
    assert int(handle.get_attribute("aria-valuenow")) == pytest.approx(25, abs=1)
    clip = page.locator("#map-compare").evaluate("node => node.style.clipPath")
    assert float(re.search(r"([\d.]+)%", clip).group(1)) == pytest.approx(25, abs=1)


def titles(page, heading):
    """Return the features named under a heading of the list of changes."""
    return page.evaluate(
        """(heading) => [...document.querySelectorAll("#changes-list h3")]
          .filter((node) => node.firstChild.textContent.trim() === heading)
          .flatMap((node) => [...node.nextElementSibling.querySelectorAll("[data-change]")]
            .map((button) => button.dataset.change))""",
        heading,
    )


def test_the_list_of_changes_is_what_the_features_say(atlas):
    from shapely.geometry import shape

    page, _ = atlas("?era=1907-spheres&compare=1946-withdrawal")
    before, after = in_both("1907-spheres", "1946-withdrawal", placed=False)
    changed = {*titles(page, "Changed status"), *titles(page, "Changed extent")}
    in_1907, in_1946 = (
        {f.id for f in select_features(FEATURES, CATALOGUE.era(name))}
        for name in ("1907-spheres", "1946-withdrawal")
    )
    assert set(titles(page, "New")) == after - in_1907 - changed
    assert set(titles(page, "Gone")) == before - in_1946 - changed
    assert changed == {"sphere-russian-1907", "zone-oil-company-1946"}
    by_id = {feature.id: feature for feature in FEATURES}
    sphere, zone = (shape(by_id[name].geometry) for name in sorted(changed))
    figures = [round(area_km2(area)) for area in (sphere, zone, sphere & zone)]
    text = page.inner_text("#changes-list li:has([data-change=sphere-russian-1907]) > small")
    assert "influence → claim" in text
    found = [int(number) for number in re.findall(r"[\d]+", text.replace("\u202f", ""))]
    assert found[:3] == pytest.approx(figures, rel=0.01)
    assert "Soviet Union" in page.inner_text("#changes-list")
    page.locator("#changes-list [data-change=zone-oil-company-1946]").first.click()
    assert by_id["zone-oil-company-1946"].properties["title"] in page.inner_text("#card")
    at_era(page, "1907-spheres")  # it is to be seen beside it, so nothing moves


def test_overlaps_are_between_areas_of_one_actor_that_follow_each_other():
    payload = build_payload(
        CATALOGUE,
        FEATURES,
        eras=CATALOGUE.eras,
        symbology=load_symbology(CATALOGUE.root),
        wording=load_wording(),
    )
    assert len(payload["overlaps"]) > 20
    for one, other, km2 in payload["overlaps"]:
        a, b = payload["features"][one], payload["features"][other]
        assert a["actor"] == b["actor"]
        sizes = [item["km2"] for item in (a, b) if "km2" in item]  # coasts and claims have none
        assert 0 < km2 <= 1.02 * min(sizes, default=km2)


@pytest.mark.slow
def test_comparing_and_stopping_leave_nothing_behind(atlas):
    page, watch = atlas(reduced_motion="reduce")
    page.wait_for_selector("html[data-atlas-prepared]", state="attached")
    count = """async () => {
      const next = () => new Promise((done) => setTimeout(done, 25));
      const slider = document.getElementById("era-slider");
      const other = document.getElementById("compare-with");
      for (let i = 0; i < 44; i += 1) {
        const to = [i % 11, 10 - (i % 11)][Math.floor(i / 11) % 2];
        slider.value = String(to);
        slider.dispatchEvent(new Event("input"));
        await next();
        if (i % 4 === 0) {
          other.value = String((to + 3) % 11);
          other.dispatchEvent(new Event("change"));
          await next();
          other.value = "-1";
          other.dispatchEvent(new Event("change"));
          await next();
        }
      }
      return document.querySelectorAll("*").length;
    }"""
    page.evaluate(count)  # sheets are made when they are first needed
    first = page.evaluate(count)
    assert page.evaluate(count) == pytest.approx(first, rel=0.01)
    assert watch.errors == []


def test_back_and_forward_go_through_eras_and_comparisons(atlas):
    page, watch = atlas("?era=1907-spheres")
    page.click("#era-next")
    page.wait_for_function("() => location.search.startsWith('?era=1908-tabriz')")
    page.select_option("#compare-with", label=OTHER)
    page.wait_for_function("() => location.search.includes('compare=1941-invasion')")
    page.go_back()
    at_era(page, "1908-tabriz")
    page.wait_for_selector("#changes", state="hidden")
    page.go_back()
    at_era(page, "1907-spheres")
    page.go_forward()
    at_era(page, "1908-tabriz")
    page.go_forward()
    page.wait_for_selector("#changes", state="visible")
    assert page.locator("#compare-with").input_value() == str(ERAS.index("1941-invasion"))
    assert watch.errors == []


@pytest.mark.slow
def test_every_state_survives_being_copied_into_a_new_browser(atlas, open_page, served):
    page, _ = atlas(reduced_motion="reduce")
    search = ""
    for name in visit_everything(page, page.keyboard):
        search = next_address(page, search)
        other, watch = open_page(page.url, allowed=(served,), reduced_motion="reduce")
        other.wait_for_selector(READY, state="attached")
        compared = page.get_attribute("html", "data-compare")
        alone = "html:not([data-compare]), html[data-compare='']"
        beside = f"html[data-compare='{compared}']" if compared else alone
        other.wait_for_selector(beside, state="attached")
        assert differences(page, other) == [], name
        assert other.is_hidden("#notice")
        assert watch.errors == []
        other.context.close()
