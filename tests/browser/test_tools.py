"""The document's tools in a real browser: search, filter, measuring, sharing and citing."""

import json
import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from helpers import LISTED, PHONE, READY
from pyproj import Geod

import geo
from geo import load_catalogue, load_features
from geo.assets import join_modules
from geo.model.features import select_features

CATALOGUE = load_catalogue()
FEATURES = load_features(CATALOGUE)
HOSTILE = 'A {b} \\ 100% & #1_x $ ~^ {0} </script><img src=x onerror="document.title=1">'


def results(page, query):
    """Search; the results as [sort, text]."""
    page.fill("#search", query)
    return page.eval_on_selector_all(
        "#search-results [role=option]",
        """options => options.map((option) => [
            option.parentElement.firstChild.textContent,
            [...option.children].map((part) => part.textContent).join(" — "),
        ])""",
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Enzeli", "Bandar-e Anzali — Enzeli until 1925"),
        ("bandar pahlavi", "Bandar-e Anzali — Bandar Pahlavi 1925–1978"),
        ("ANZALI", "Bandar-e Anzali — since 1979"),
        ("bandare anzali", "Bandar-e Anzali — since 1979"),
        ("Meshed", "Mashhad — Meshed until 1949"),
        ("Téhéran", "Tehran — Teheran until 1949"),
        ("abersij", "Abarsij — Abersij"),
        ("garabogazkol", None),
        ("Soviet Russia", "Soviet Russia — 1920–1922"),
        ("persian gulf", "Persian Gulf"),
    ],
)
def test_places_are_found_by_any_name_in_any_spelling(atlas, query, expected):
    page = atlas("?era=1907-spheres")
    found = results(page, query)
    if expected is None:
        assert not [text for sort, text in found if sort == "Places"]
    else:
        assert ["Places", expected] in found
        assert found[0][0] == "Places"


@pytest.mark.slow
def test_every_typed_word_must_begin_a_word(atlas):
    page = atlas()
    assert results(page, "nzeli") == []
    page.locator("#search-status", has_text="Nothing found.").wait_for()
    assert results(page, "enzeli xyz") == []
    assert len(results(page, "railway")) == 8
    page.locator("#search-status", has_text=re.compile(r"^The best 8 of \d+$")).wait_for()
    assert all("railway" in text.lower() for sort, text in results(page, "railway"))
    assert len(results(page, "orumiyeh")) == 1
    page.locator("#search-status", has_text=re.compile("^Found: 1$")).wait_for()


def test_how_much_was_found_is_said_once_at_rest(atlas):
    page = atlas()
    said = """() => { window.said = []; new MutationObserver(() =>
      said.push(document.getElementById("search-status").textContent))
      .observe(document.getElementById("search-status"), { childList: true, subtree: true }); }"""
    page.evaluate(said)
    page.locator("#search").press_sequentially("railway")
    page.locator("#search-status", has_text="The best 8").wait_for()
    assert [text for text in page.evaluate("said") if text] == [page.inner_text("#search-status")]


def test_a_place_is_shown_in_the_era_of_its_name(atlas):
    page = atlas(f"?era={CATALOGUE.eras[-1].id}")
    results(page, "enzeli")
    page.keyboard.press("Enter")
    era = CATALOGUE.era(page.get_attribute("html", "data-atlas-era"))
    assert era.as_of < "1925-03-28"
    assert era.as_of == max(other.as_of for other in CATALOGUE.eras if other.as_of < "1925-03-28")
    assert page.locator(".place-ring").is_visible()
    ring = page.locator(".place-ring").bounding_box()
    map_box = page.locator(".folium-map").bounding_box()
    assert abs(ring["x"] + ring["width"] / 2 - map_box["x"] - map_box["width"] / 2) < 3
    assert "Enzeli" in page.text_content(".now .labels")
    assert page.evaluate("document.activeElement.classList.contains('folium-map')")
    page.keyboard.press("Escape")
    assert page.locator(".place-ring").count() == 0


def test_a_feature_is_found_and_opens_in_its_era(atlas):
    page = atlas()
    assert ["Features", "The invasion begins: 25 August, not 26 — 25 August 1941"] in results(
        page, "25 august not"
    )
    page.locator("[role=option]", has_text="25 August, not 26").click()
    assert page.get_attribute("html", "data-atlas-era") == "1941-invasion"
    assert page.inner_text("#card-title") == "The invasion begins: 25 August, not 26"
    assert page.evaluate("document.activeElement.id") == "card"
    page.keyboard.press("Escape")
    assert page.is_hidden("#card")
    assert page.evaluate("document.activeElement.id") == "search"


def test_a_source_lists_the_features_that_cite_it(atlas):
    page = atlas()
    source = next(iter(CATALOGUE.sources[i] for i in FEATURES[0].properties["sources"]))
    results(page, source.citation[:60])
    page.locator("[role=option]", has_text=source.citation).click()
    finding = {claim.id for claim in CATALOGUE.claims.values() if source.id in claim.sources}
    citing = {
        feature.properties["title"]
        for era in CATALOGUE.eras
        for feature in select_features(FEATURES, era)
        if source.id in feature.sources or finding & {*feature.properties["claims"]}
    }
    buttons = page.locator("#card .citing button")
    shown = buttons.evaluate_all("nodes => nodes.map((node) => node.firstChild.textContent)")
    assert set(shown) == citing
    title = shown[0]
    buttons.first.click()
    assert page.inner_text("#card-title") == title
    page.click("#card .close")
    assert page.evaluate("document.activeElement.id") == "search"


def test_the_search_is_a_combobox_for_the_keyboard(atlas):
    page = atlas()
    page.focus("#map_atlas")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("tabriz/")
    assert page.input_value("#search") == "tabriz/"
    assert page.get_attribute("#search", "aria-expanded") == "true"
    page.keyboard.press("ArrowUp")
    count = page.locator("[role=option]").count()
    assert count > 1
    chosen = page.get_attribute("#search", "aria-activedescendant")
    assert chosen == f"search-option-{count - 1}"
    page.keyboard.press("ArrowDown")
    assert (
        page.locator("[role=option][aria-selected=true]").get_attribute("id") == "search-option-0"
    )
    page.keyboard.press("Escape")
    assert page.get_attribute("#search", "aria-expanded") == "false"
    assert page.input_value("#search") == "tabriz/"
    page.keyboard.press("Escape")
    assert page.input_value("#search") == ""


def test_the_filter_leaves_what_passes_and_is_in_the_address(open_page, served):
    page, watch = open_page(f"{served}?era=1941-invasion")
    page.wait_for_selector(READY, state="attached")
    era = CATALOGUE.era("1941-invasion")
    whole = [f for f in select_features(FEATURES, era) if f.layer in era.layers]
    page.click("#filter summary")
    page.select_option("#filter-actor", "russia")
    page.select_option("#filter-paragraph", "P10")
    left = {
        f.id
        for f in whole
        if f.properties.get("actor") == "russia"
        and any(claim.startswith("P10-") for claim in f.properties["claims"])
    }
    assert 0 < len(left) < len(whole)
    drawn = "nodes => nodes.map((node) => node.dataset.id)"
    placed = {f.id for f in whole if f.geometry}
    for _ in range(2):
        page.wait_for_function("() => document.querySelectorAll('.going').length === 0")
        page.wait_for_selector(LISTED, state="attached")
        assert set(page.eval_on_selector_all(".now .f:not([display=none])", drawn)) == left & placed
        rows = "nodes => nodes.map((node) => node.dataset.row)"
        assert set(page.eval_on_selector_all("#features [data-row]", rows)) == left
        assert page.inner_text("#filter summary") == f"Filter {len(left)} of {len(whole)}"
        assert "Britain" not in page.inner_text("#legend")
        page.wait_for_function(
            "() => location.search === '?era=1941-invasion&actor=russia&paragraph=P10'"
        )
        page.reload()
        page.wait_for_selector(READY, state="attached")
    page.click("text=Clear filter")
    page.wait_for_selector(LISTED, state="attached")
    assert page.locator("#features [data-row]").count() == len(whole)
    page.wait_for_function("() => location.search === '?era=1941-invasion'")
    assert watch.errors == []


def test_the_filter_offers_only_values_that_occur(atlas):
    page = atlas()
    page.click("#filter summary")
    page.wait_for_selector("#filter-actor option", state="attached")
    shown = {f.id: f for era in CATALOGUE.eras for f in select_features(FEATURES, era)}.values()
    for name, values in {
        "actor": {f.properties.get("actor") or "none" for f in shown},
        "kind": {f.kind for f in shown},
        "certainty": {f.properties["certainty"] for f in shown},
        "paragraph": {claim.split("-")[0] for f in shown for claim in f.properties["claims"]},
    }.items():
        options = "nodes => nodes.map((node) => node.value)"
        offered = page.eval_on_selector_all(f"#filter-{name} option", options)
        assert offered[0] == ""
        assert set(offered[1:]) == values


def test_a_filter_nobody_passes_is_told_and_ignored(atlas):
    page = atlas("?era=1907-spheres&actor=atlantis&certainty=certain")
    assert page.inner_text("#notice") == "Actor: nothing here has “atlantis”."
    assert page.input_value("#filter-certainty") == "certain"
    assert page.input_value("#filter-actor") == ""


def test_what_is_searched_for_is_shown_whatever_the_filter(atlas):
    page = atlas("?era=1941-invasion&actor=britain")
    results(page, "25 august not")
    page.keyboard.press("Enter")
    assert page.inner_text("#card-title") == "The invasion begins: 25 August, not 26"
    assert page.locator(".now .f.selected").get_attribute("data-id") == "event-invasion-date-1941"


GEOD = Geod(ellps="WGS84")
START = (51.4, 35.7)


def evaluate(page, call):
    """Run the geodesy module, joined as in the document, in a blank page."""
    script = join_modules("util/geodesy", call.split("(")[0])
    return page.evaluate(f"(() => {{ {script} return {call}; }})()")


@pytest.fixture
def blank(chromium):
    page = chromium.new_page()
    yield page
    page.close()


def test_distances_are_those_of_the_ellipsoid(blank):
    targets = [
        GEOD.fwd(*START, azimuth, metres)[:2]
        for azimuth in range(0, 360, 40)
        for metres in (5e3, 4e4, 3e5, 1e6, 5e6)
    ]
    found = [evaluate(blank, f"distance({list(START)}, {list(to)})") for to in targets]
    for target, metres in zip(targets, found, strict=True):
        assert metres == pytest.approx(GEOD.inv(*START, *target)[2], rel=1e-4)
    assert evaluate(blank, f"distance({list(START)}, {list(START)})") == 0


@pytest.mark.parametrize("radius", [2e3, 5e4, 4e5, 1.5e6])
@pytest.mark.parametrize("corners", [3, 4, 7])
def test_areas_are_those_of_the_ellipsoid(blank, radius, corners):
    ring = [
        GEOD.fwd(*START, 20 + 360 / corners * corner, radius * (1 - 0.3 * (corner % 2)))[:2]
        for corner in range(corners)
    ]
    expected = abs(GEOD.polygon_area_perimeter(*zip(*ring, strict=True))[0])
    assert evaluate(blank, f"area({json.dumps(ring)})") == pytest.approx(expected, rel=1e-3)
    assert evaluate(blank, f"area({json.dumps(ring[::-1])})") == pytest.approx(expected, rel=1e-3)


def corners_on_map(page):
    """Positions [longitude, latitude] and pixels of three corners of a triangle."""
    box = page.locator(".folium-map").bounding_box()
    parts = ((0.4, 0.2), (0.7, 0.3), (0.5, 0.6))
    pixels = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in parts]
    positions = page.evaluate(
        """pixels => pixels.map(([x, y]) => {
            const point = map_atlas.mouseEventToLatLng({ clientX: x, clientY: y });
            return [point.lng, point.lat];
        })""",
        pixels,
    )
    return positions, pixels


def numbers(text):
    return [float(part.replace("\u202f", "")) for part in re.findall(r"\d[\d.\u202f]*", text)]


def test_clicks_measure_and_choose_nothing(atlas):
    page = atlas("?era=1907-spheres", reduced_motion="reduce")
    page.click("[aria-label^=Measure]")
    positions, pixels = corners_on_map(page)
    for x, y in pixels:
        page.mouse.click(x, y)
    lines = [GEOD.inv(*positions[i], *positions[(i + 1) % 3])[2] / 1000 for i in range(3)]
    read = page.locator(".measure [role=status]")
    assert numbers(read.inner_text()) == pytest.approx(
        [sum(lines[:2]), sum(lines[:2]) / 1.609344], rel=2e-3
    )
    page.mouse.click(*pixels[0])
    square = abs(GEOD.polygon_area_perimeter(*zip(*positions, strict=True))[0]) / 1e6
    km2, miles2, km, _ = numbers(read.inner_text())
    assert (km2, miles2, km) == pytest.approx((square, square / 1.609344**2, sum(lines)), rel=2e-3)
    assert "km²" in read.inner_text()
    assert page.is_hidden("#card")
    before = page.locator(".measure-drawing circle").first.bounding_box()
    page.mouse.move(*pixels[2])
    page.mouse.down()
    page.mouse.move(pixels[2][0] + 60, pixels[2][1] + 30, steps=4)
    page.mouse.up()
    after = page.locator(".measure-drawing circle").first.bounding_box()
    assert after["x"] - before["x"] == pytest.approx(60, abs=6)
    assert page.locator(".measure-drawing circle").count() == 3
    page.keyboard.press("Backspace")
    assert "km²" not in read.inner_text()
    page.keyboard.press("Escape")
    assert page.get_attribute("[aria-label^=Measure]", "aria-pressed") == "false"
    assert page.locator(".measure-drawing").count() == 0
    page.locator(".now [data-id=vertex-1907-kerman] .hit-area").click()
    assert page.is_visible("#card")
    assert page.watch.errors == []


def test_measuring_goes_by_keyboard_alone(atlas):
    page = atlas("?era=1907-spheres")
    page.focus("[aria-label^=Measure]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('folium-map')")
    assert page.locator(".measure-cross").is_visible()
    centre = "(() => { const { lng, lat } = map_atlas.getCenter(); return [lng, lat]; })()"
    positions = []
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        positions.append(page.evaluate(centre))
        page.keyboard.press(" " if key == "ArrowRight" else "Enter")
        page.evaluate("window.moved = new Promise((done) => map_atlas.once('moveend', done)); 0")
        page.keyboard.press(key)
        page.evaluate("window.moved")
    page.keyboard.press("Enter")
    positions.append(page.evaluate(centre))
    page.keyboard.press("Enter")
    square = abs(GEOD.polygon_area_perimeter(*zip(*positions, strict=True))[0]) / 1e6
    read = page.locator(".measure [role=status]")
    assert numbers(read.inner_text())[0] == pytest.approx(square, rel=3e-3)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "false"


def test_the_link_opens_this_state(open_page, served):
    page, watch = open_page(f"{served}?era=1907-spheres")
    page.wait_for_selector(READY, state="attached")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("[data-row=sphere-british-1907]")
    page.click("#era-next")
    page.click("#filter summary")
    page.select_option("#filter-certainty", "certain")
    page.click("#share")
    page.click("text=Copy link")
    page.wait_for_function(
        "() => document.querySelector('#share-dialog [role=status]').textContent"
    )
    assert page.inner_text("#share-dialog [role=status]") == "Copied."
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{served}?")
    asked = dict(parse_qsl(urlsplit(link).query))
    asked.pop("view", None)
    ids = [era.id for era in CATALOGUE.eras]
    assert asked == {"era": ids[ids.index("1907-spheres") + 1], "certainty": "certain"}
    page.keyboard.press("Escape")
    assert page.is_hidden("#share-dialog")
    assert page.evaluate("document.activeElement.id") == "share"
    copy, _ = open_page(link)
    copy.wait_for_selector(READY, state="attached")
    assert copy.inner_text("#era-title") == CATALOGUE.era(asked["era"]).title
    assert copy.input_value("#filter-certainty") == "certain"
    assert watch.errors == []


def test_where_nothing_may_be_copied_the_text_is_left_selected(atlas):
    page = atlas()
    page.evaluate(
        """() => {
            Object.defineProperty(navigator, 'clipboard', { value: undefined });
            document.execCommand = () => false;
        }"""
    )
    page.click("#share")
    page.click("text=Copy citation")
    page.wait_for_function(
        "() => document.querySelector('#share-dialog [role=status]').textContent"
    )
    assert "press Ctrl+C" in page.inner_text("#share-dialog [role=status]")
    assert page.evaluate("getSelection().toString()") == page.input_value("#share-citation")


def test_in_a_sandbox_the_link_is_copied_or_left_selected(open_page, document, tmp_path):
    article = tmp_path / "article.html"
    article.write_text(
        '<!doctype html><title>Article</title><iframe title="Map" sandbox="allow-scripts" '
        f'src="{document}" width="900" height="600"></iframe>'
    )
    page, watch = open_page(article.as_uri(), allowed=(document,))
    page.wait_for_selector("iframe")
    frame = page.frames[1]
    frame.wait_for_selector(READY, state="attached")
    frame.click("#drawer")
    frame.click("#share")
    frame.click("text=Copy link")
    frame.wait_for_selector("#share-dialog [role=status]:not(:empty)")
    said = frame.inner_text("#share-dialog [role=status]")
    assert said == "Copied." or "press Ctrl+C" in said
    assert frame.evaluate("getSelection().toString()") == frame.input_value("#share-link")
    assert frame.input_value("#share-link").startswith(f"{document}?era=")
    assert watch.requests == []


def cited(page, form):
    page.check(f"[name=share-form][value={form}]")
    return page.input_value("#share-citation")


def test_citations_name_version_era_date_and_whose_data(atlas):
    page = atlas("?era=1907-spheres")
    page.click("#share")
    era = CATALOGUE.era("1907-spheres")
    works = page.evaluate(
        "Object.keys(JSON.parse(document.getElementById('atlas-data').textContent).sources).length"
    )
    told = (
        *(CATALOGUE.authors, era.title, era.dates, CATALOGUE.title, geo.__version__, "CC BY 4.0"),
        *(
            "Natural Earth",
            "GeoNames",
            f"works, see Sources: {works}",
            page.input_value("#share-link"),
        ),
    )
    for form in ("plain", "bibtex", "csl"):
        text = cited(page, form)
        for part in told:
            assert part in text, (form, part)
    assert date.today().isoformat() in cited(page, "bibtex")
    (item,) = json.loads(cited(page, "csl"))
    assert item["type"] == "map"
    assert item["accessed"] == {
        "date-parts": [[date.today().year, date.today().month, date.today().day]]
    }


def test_hostile_titles_stay_text_in_citations_and_results(open_page, tmp_path, page):
    start = page.index('id="atlas-data">') + len('id="atlas-data">')
    end = page.index("</script>", start)
    payload = json.loads(page[start:end])
    payload["eras"][0]["title"] = HOSTILE
    payload["features"]["title"][0] = f"Zzyzx {HOSTILE}"
    payload["base"]["places"][0].update(names=f"Zzyzx {HOSTILE}", others=[])
    source = list(payload["sources"])[payload["features"]["sources"][0][0]]
    payload["sources"][source] = {
        "citation": f"Zzyzx {HOSTILE}",
        "url": "javascript:document.title=2",
    }
    path = tmp_path / "hostile.html"
    path.write_text(
        page[:start] + json.dumps(payload).replace("<", "\\u003c") + page[end:], encoding="utf-8"
    )
    hostile, watch = open_page(path.as_uri())
    hostile.wait_for_selector(READY, state="attached")
    hostile.wait_for_function("() => document.title.includes(' – ')")  # it follows the era
    title = hostile.title()
    found = results(hostile, "zzyzx")
    assert [text.split(" — ")[0] for _, text in found] == [f"Zzyzx {HOSTILE}"] * 3
    hostile.locator("[role=option]").last.click()
    assert hostile.locator("#card a, #card img").count() == 0
    hostile.click("#card .close")
    hostile.click("#share")
    assert HOSTILE in cited(hostile, "plain")
    assert json.loads(cited(hostile, "csl"))[0]["title"].startswith(HOSTILE)
    bibtex = cited(hostile, "bibtex")
    line = next(line for line in bibtex.splitlines() if line.startswith("  title"))
    assert line.startswith(
        "  title = {A \\textbraceleft{}b\\textbraceright{} \\textbackslash{} 100\\% "
        "\\& \\#1\\_x \\$ "
        "\\textasciitilde{}\\textasciicircum{} \\textbraceleft{}0\\textbraceright{} </script>"
    )
    depth = 0
    for sign in bibtex:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert hostile.title() == title
    assert watch.requests == []
    assert watch.errors == []


def test_tools_fit_a_phone(atlas):
    page = atlas("?era=1941-invasion", viewport=PHONE)
    width = PHONE["width"]
    page.click("#filter summary")
    page.click("#share")
    box = page.locator("#share-dialog").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Escape")
    results(page, "bandar")
    for selector in (".tools input, .tools select, .tools button, .tools summary, [role=option]",):
        for target in page.locator(selector).all():
            box = target.bounding_box()
            assert box["height"] >= 24
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
