"""The document as authors use it: in six kinds of pages, at any size, on paper, saved, archived."""

import json
import re
import shutil

import pypdfium2
import pytest
from helpers import DESKTOP, PHONE, READY, ROOT
from hosts import LISTENER, article, frame, serving

from geo import load_catalogue

CATALOGUE = load_catalogue()
ERAS = [era.id for era in CATALOGUE.eras]
STRICT = {"Content-Security-Policy": "default-src 'self'"}
EMBED_SCRIPT = ROOT / "geo" / "assets" / "embed.js"


@pytest.fixture
def place(page_file, tmp_path):
    """A folder with the document, our host script, and the listener."""
    shutil.copy(page_file, tmp_path / "atlas.html")
    shutil.copy(EMBED_SCRIPT, tmp_path / "embed.js")
    (tmp_path / "host.js").write_text(LISTENER)
    return tmp_path


@pytest.fixture
def visit(open_page, place):
    """Write an article into the folder, serve it, open it; all that lies elsewhere is refused."""
    servers = []

    def visit_page(text, *, headers=None, disk=False, **options):
        (place / "article.html").write_text(text, encoding="utf-8")
        if disk:
            base = f"{place.as_uri()}/"
        else:
            server = serving(place, headers)
            servers.append(server)
            base = server.__enter__()
        page, watch = open_page(f"{base}article.html", allowed=(base,), **options)
        return page, watch

    yield visit_page
    for server in servers:
        server.__exit__(None, None, None)


def started(page, number=0):
    inner = page.frame_locator("iframe").nth(number)
    inner.locator(READY).wait_for(state="attached")
    return inner


def step_through(inner):
    for era in ERAS[1:4]:
        inner.locator("#era-next").click()
        inner.locator(f"html[data-atlas-era='{era}']").wait_for(state="attached")


SOURCE = "atlas.html?childId=map-1#?secret=a1B2c3D4e5"

PAGES = {
    "plain": {"text": article(frame(SOURCE, sandbox=None))},
    "sandbox": {"text": article(frame(SOURCE))},
    "strict host": {"text": article(frame(SOURCE)), "headers": STRICT},
    "from disk": {"text": article(frame(SOURCE)), "disk": True},
    "narrow column": {"text": article(frame(SOURCE, width="280"))},
    "twice": {"text": article(frame(SOURCE), frame(SOURCE))},
}


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_in_every_kind_of_page_it_steps_asks_for_nothing_and_tells_its_height(visit, name):
    page, watch = visit(**PAGES[name])
    for number in range(page.locator("iframe").count()):
        step_through(started(page, number))
        page.wait_for_function("number => heights(number).length > 0", arg=number)
        height = page.evaluate("number => heights(number)[0]", number)
        assert 200 <= height <= 5000
        told = page.evaluate(
            "number => heard.filter(([index]) => index === number).map(([, data]) => data)", number
        )
        assert {"datawrapper-height": {"atlas": height}} in told
        assert {"sentinel": "amp", "type": "embed-size", "height": height} in told
        medium = [json.loads(text) for text in told if isinstance(text, str) and text[0] == "{"]
        assert medium[0]["context"] == "iframe.resize"
        assert medium[0]["height"] == height
        assert medium[0]["src"].endswith(SOURCE)
        assert f"pymxPYMxmap-1xPYMxheightxPYMx{height}" in told
        wordpress = {"message": "height", "value": min(height, 1000), "secret": "a1B2c3D4e5"}
        assert wordpress in told
    assert watch.requests == []
    # A blocked inline style of the host's own page is the host's policy at work, not ours.
    assert [error for error in watch.errors if "inline style" not in error] == []


def test_wordpress_and_pym_are_told_again_when_they_ask(visit):
    page, _ = visit(article(frame(SOURCE)))
    started(page)
    page.wait_for_function("() => heights().length > 0")
    page.evaluate("heard.length = 0")
    page.evaluate(
        """() => {
          const map = document.querySelector("iframe").contentWindow;
          map.postMessage({ message: "ready", secret: "another" }, "*");
          map.postMessage({ message: "ready", secret: "a1B2c3D4e5" }, "*");
          map.postMessage("pymxPYMxmap-1xPYMxwidthxPYMx700", "*");
          map.postMessage({ atlas: 1, type: "getHeight" }, "*");
        }"""
    )
    page.wait_for_function("() => heights().length > 0")
    told = [data for _, data in page.evaluate("heard")]
    assert sum(isinstance(data, dict) and data.get("message") == "height" for data in told) == 2
    assert sum(isinstance(data, str) and data.startswith("pymxPYMx") for data in told) == 2


def test_without_secret_or_child_id_nobody_is_addressed(visit):
    page, _ = visit(article(frame("atlas.html")))
    started(page)
    page.wait_for_function("() => heights().length > 0")
    told = [data for _, data in page.evaluate("heard")]
    assert not any(isinstance(data, str) and data.startswith("pym") for data in told)
    assert not any(isinstance(data, dict) and "secret" in data for data in told)


# Two frames in a row: what follows from a new height has been laid out and observed by then.
SETTLED = """() => new Promise((done) => {
  let count = -1;
  const look = () => {
    if (heard.length === count) { done(heights().at(-1)); return; }
    count = heard.length;
    setTimeout(look, 150);
  };
  look();
})"""


@pytest.mark.slow
@pytest.mark.parametrize("ui", ["full", "compact", "map"])
@pytest.mark.parametrize("width", [280, 390, 600, 700, 1000])
def test_the_height_depends_on_the_width_alone_and_settles(visit, ui, width):
    maps = [
        frame(f"atlas.html?era=1907-spheres&ui={ui}", width=width, height=height)
        for height in (200, 1000)
    ]
    page, _ = visit(article(*maps, '<script src="embed.js"></script>'), viewport=DESKTOP)
    for number in (0, 1):
        started(page, number)
    page.wait_for_function("() => heights(0).length > 0 && heights(1).length > 0")
    # A frame too low for its caption first asks for room to lay it out; rounding may differ by one.
    page.wait_for_function("() => Math.abs(heights(0).at(-1) - heights(1).at(-1)) <= 1")
    page.evaluate(SETTLED)
    heights = page.evaluate("[heights(0), heights(1)]")
    assert abs(heights[0][-1] - heights[1][-1]) <= 1
    assert all(len(told) <= 3 for told in heights)
    boxes = [page.locator("iframe").nth(number).bounding_box() for number in (0, 1)]
    assert [box["height"] for box in boxes] == [told[-1] for told in heights]
    if ui == "full" and width <= 700:
        caption = started(page).locator("#era-caption").bounding_box()
        end = caption["y"] + caption["height"]
        assert boxes[0]["y"] < end <= boxes[0]["y"] + boxes[0]["height"]


@pytest.mark.slow
@pytest.mark.parametrize("early", [True, False], ids=["script first", "maps first"])
def test_one_host_script_serves_any_number_of_maps_in_any_order(visit, early):
    maps = frame("atlas.html", width="300"), frame("atlas.html?ui=map", width="500")
    script = '<script src="embed.js" async></script>'
    page, watch = visit(article(*((script, *maps) if early else maps)))
    for number in (0, 1):
        started(page, number)
    if not early:
        page.add_script_tag(url="embed.js")
    page.wait_for_function(
        """() => [...document.querySelectorAll("iframe")]
          .every((frame, i) => frame.style.height === `${heights(i).at(-1)}px`)"""
    )
    assert page.evaluate("heights(0).at(-1) !== heights(1).at(-1)")
    assert watch.errors == []


def test_the_host_script_is_small_and_minds_who_speaks(visit):
    assert len(EMBED_SCRIPT.read_bytes()) <= 1024
    page, _ = visit(article(frame("atlas.html"), '<script src="embed.js"></script>'))
    started(page)
    page.wait_for_function("() => document.querySelector('iframe').style.height !== ''")
    before = page.evaluate("document.querySelector('iframe').style.height")
    page.evaluate(
        """() => {
          postMessage({ atlas: 1, type: "height", height: 4000 }, "*");
          postMessage("last", "*");
        }"""
    )
    page.wait_for_function("() => heard.some(([, data]) => data === 'last')")
    assert page.evaluate("document.querySelector('iframe').style.height") == before


SIZES = [(280, 480), (320, 200), (390, 844), (700, 200), (700, 400), (1000, 200), (1000, 1000)]


@pytest.mark.slow
@pytest.mark.parametrize("ui", ["full", "compact", "map"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_at_any_size_the_map_and_its_time_can_be_used(visit, ui, width, height):
    page, watch = visit(
        article(frame(f"atlas.html?ui={ui}", width=width, height=height)),
        viewport={"width": width + 40, "height": height + 40},
    )
    inner = started(page)
    left, top = (page.locator("iframe").bounding_box()[key] for key in ("x", "y"))
    box = inner.locator("#map_atlas").bounding_box()
    assert box["width"] >= min(280, 0.5 * width)
    assert box["height"] >= min(150, 0.5 * height)
    assert inner.locator("html").evaluate("node => node.scrollWidth") <= width
    if ui != "map":
        button = inner.locator("#era-next").bounding_box()
        assert button["height"] >= 24
        assert left <= button["x"] <= left + width - button["width"]
        assert top <= button["y"] <= top + height - button["height"]
        inner.locator("#era-next").click()
        inner.locator(f"html[data-atlas-era='{ERAS[1]}']").wait_for(state="attached")
    assert watch.errors == []


@pytest.mark.parametrize("gestures", ["greedy", "polite"])
def test_a_print_has_its_credits_and_a_frame_all_around(open_page, document, gestures):
    """Even right after the start, when the panel is not whole yet, and as a guest of an article."""
    page, _ = open_page(f"{document}?era=1941-invasion&gestures={gestures}")
    page.wait_for_selector(READY, state="attached")
    (sheet,) = pypdfium2.PdfDocument(page.pdf(format="A4"))
    text = re.sub(r"\s+", " ", sheet.get_textpage().get_text_range())
    assert CATALOGUE.attribution in text
    picture = sheet.render(scale=3).to_pil().convert("L")
    middle = [picture.getpixel((x, picture.height * 4 // 10)) for x in range(picture.width)]
    inked = [x for x, light in enumerate(middle) if light < 250]
    for edge, inward in ((inked[0], 1), (inked[-1], -1)):
        assert min(middle[edge - 1 : edge + 2]) < 170, "the frame's line"
        assert middle[edge + 6 * inward] > 170, "a map inside it, not a black page"
        assert middle[edge - 6 * inward] > 250, "paper outside"


@pytest.mark.parametrize("landscape", [False, True], ids=["portrait", "landscape"])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("era", ["1907-spheres", "2001-caspian"])
def test_an_era_prints_on_one_page(open_page, document, era, paper, landscape):
    page, watch = open_page(f"{document}?era={era}&theme=dark", viewport=PHONE)
    page.wait_for_selector(READY, state="attached")
    printed = pypdfium2.PdfDocument(page.pdf(format=paper, landscape=landscape))
    assert len(printed) == 1
    sheet = printed[0]
    assert (sheet.get_width() > sheet.get_height()) == landscape
    text = re.sub(r"\s+", " ", sheet.get_textpage().get_text_range())
    picture = sheet.render(scale=40 / 72).to_pil()
    printed.close()
    declared = CATALOGUE.era(era)
    assert declared.title in text
    assert declared.dates in text
    assert declared.caption in text
    assert "Point a treaty names" in text
    assert "Natural Earth" in text
    assert ("more, named on screen" in text) == (era == "2001-caspian")
    assert " km" in text
    assert len(picture.getcolors(1_000_000)) > 200  # the map is there, not a blank
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.locator("#print").count() == 0
    assert page.locator("#map_atlas").bounding_box()["width"] == PHONE["width"]
    assert watch.errors == []


def test_a_page_saved_by_the_browser_starts_again(open_page, document, tmp_path):
    page, _ = open_page(document)
    page.wait_for_selector(READY, state="attached")
    for era in ERAS[1:3]:
        page.click("#era-next")
        page.wait_for_selector(f"html[data-atlas-era='{era}']", state="attached")
    shown = drawn(page)
    saved = tmp_path / "saved.html"
    saved.write_text(f"<!doctype html>{page.evaluate('document.documentElement.outerHTML')}")
    again, watch = open_page(saved.as_uri())
    again.wait_for_selector(READY, state="attached")
    assert again.get_attribute("html", "data-atlas-era") == ERAS[2]
    assert drawn(again) == shown
    assert again.locator("#map_atlas .leaflet-map-pane").count() == 1
    assert again.locator("#map_atlas .leaflet-control-zoom").count() == 1
    again.click("#era-next")
    again.wait_for_selector(f"html[data-atlas-era='{ERAS[3]}']", state="attached")
    assert again.inner_text("#era-title") == CATALOGUE.era(ERAS[3]).title
    assert watch.requests == []
    # The saved page carries the style attributes of the last run; our policy refuses those, and
    # the new run sets its own.
    assert [error for error in watch.errors if "inline style" not in error] == []


def drawn(page):
    return set(
        page.eval_on_selector_all(
            ".now .f:not([display=none]):not(.going)",
            "nodes => nodes.map((node) => node.dataset.id)",
        )
    )


ARCHIVED = "web/20261125000000/https://atlas.example/"
INJECTED = '<script src="http://{host}/replay.js"></script><link rel="stylesheet" href="/bar.css">'


@pytest.mark.slow
@pytest.mark.parametrize("rewritten", [False, True], ids=["as it was", "rewritten"])
def test_an_archive_can_replay_it(open_page, place, page_file, rewritten):
    """Archives put scripts of their own before ours; some also wrap ours and disarm the policy."""
    folder = place / ARCHIVED
    folder.mkdir(parents=True)
    (place / "replay.js").write_text("window.replayed = true;")
    (place / "bar.css").write_text("")
    with serving(place) as base, serving(place) as other:
        host = other.removeprefix("http://").rstrip("/")
        text = page_file.read_text(encoding="utf-8")
        if rewritten:
            text = text.replace('http-equiv="Content-Security-Policy" content', "_content")
            text = re.sub(
                r"<script>(.*?)</script>",
                lambda found: f"<script>{{ let self = window; {found[1]}\n}}</script>",
                text,
                flags=re.DOTALL,
            )
        text = text.replace("<head>", f"<head>{INJECTED.format(host=host)}", 1)
        (folder / "atlas.html").write_text(text, encoding="utf-8")
        address = f"{base}{ARCHIVED}atlas.html?era=1946-withdrawal"
        page, watch = open_page(address, allowed=(base, other))
        page.wait_for_selector(READY, state="attached")
        assert page.get_attribute("html", "data-atlas-era") == "1946-withdrawal"
        page.click("#era-next")
        page.wait_for_selector("html[data-atlas-era='1947-stakes']", state="attached")
        assert page.evaluate("window.replayed")
        assert watch.requests == []
        assert [error for error in watch.errors if "Content Security Policy" not in error] == []


@pytest.mark.slow
@pytest.mark.parametrize("era", ["1907-spheres", "2015-syria"])
def test_a_document_of_one_era_works_alone(open_page, page_of, features, tmp_path, era):
    declared = CATALOGUE.era(era)
    path = tmp_path / "one.html"
    path.write_text(page_of(era))
    page, watch = open_page(path.as_uri())
    page.wait_for_selector(READY, state="attached")
    expected = {
        feature.id
        for feature in features
        if feature.layer in declared.layers
        and feature.timespan.overlaps(declared.timespan)
        and feature.geometry
    }
    assert drawn(page) == expected
    assert page.is_hidden("#era-slider")
    assert page.is_hidden("#compare-with")
    page.click(".leaflet-control-zoom-in")
    page.wait_for_selector(".leaflet-control-zoom-out:not(.leaflet-disabled)")
    page.click("#whole")
    # There is nothing to see beyond what the era needs.
    page.wait_for_selector(".leaflet-control-zoom-out.leaflet-disabled")
    page.locator("[data-row]").first.click()
    assert page.is_visible("#card")
    assert watch.requests == []
    assert watch.errors == []
