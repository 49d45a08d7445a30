"""The document in the hands of tools and hosts: the map, or else the whole still. Never less."""

import base64
import hashlib
import re
from html import escape

import golden
import minify
import pypdfium2
import pytest
from helpers import PHONE, with_blanks_at_line_ends
from hosts import frame, serving
from PIL import ImageChops, ImageStat

from geo import load_catalogue
from geo.model.wording import load_wording

ERA = load_catalogue().era("1907-spheres")
NOTE = load_wording().ui["still"]
ENDED = "html:is([data-atlas-state=ready], [data-atlas-state=error])"
SCRIPT = re.compile(r'(<script(?: type="text/plain" class="later")?>)(.*?)(</script>)', re.DOTALL)
STYLE = re.compile(r"(<style>)(.*?)(</style>)", re.DOTALL)
DATA = re.compile(r'(<script type="application/json" id="atlas-data">)(.*?)(</script>)', re.DOTALL)

NARROW = {"width": 552, "height": 900}
"""Where the still's picture is as large as it was drawn."""

DRAWN = (520, 470)


@pytest.fixture(scope="module")
def whole(page_of):
    """The document of one era."""
    return page_of(ERA.id)


@pytest.fixture
def opened(open_page, tmp_path):
    """Open a changed document; returns the page once it has come to an end, and the watch."""

    def open_text(text, query="", **options):
        path = tmp_path / "map.html"
        path.write_bytes(text.encode())
        page, watch = open_page(f"{path.as_uri()}{query}", **{"viewport": NARROW, **options})
        page.wait_for_selector(ENDED, state="attached")
        return page, watch

    return open_text


@pytest.fixture(scope="module")
def good(chromium, whole, tmp_path_factory):
    """The still's picture as a reader without JavaScript sees it."""
    path = tmp_path_factory.mktemp("good") / "map.html"
    path.write_text(whole, encoding="utf-8")
    context = chromium.new_context(viewport=NARROW, java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    picture = picture_of(page)
    context.close()
    assert picture.size == DRAWN
    assert len(picture.quantize(64).getcolors()) > 20  # in colours
    assert max(ImageStat.Stat(picture).stddev) > 20
    return picture


def picture_of(page):
    """Return the still's picture as drawn, without what its element leaves free beside it."""
    box = page.locator("#picture").bounding_box()
    left = box["x"] + (box["width"] - DRAWN[0]) / 2
    clip = {"x": left, "y": box["y"], "width": DRAWN[0], "height": DRAWN[1]}
    return golden.read(page.screenshot(clip=clip, full_page=True))


def differing(one, other):
    """Return the share of cells of two pictures that differ to the eye."""
    mask, count = golden.differing_cells(one, other)
    return count / (mask.width * mask.height)


def check_still(page, good, *, may_differ=0.002):
    """Check that a page is the whole still: picture, names, list, sentence, state, nothing else."""
    assert page.get_attribute("html", "data-atlas-state") == "error"
    assert page.inner_text("#era-title") == ERA.title
    for text in (ERA.dates, NOTE):
        assert page.locator(f"text={text}").locator("visible=true").count() == 1
    assert page.inner_text("#era-caption") == ERA.caption
    assert page.locator("#still li:visible").count() > 10
    assert page.locator("#picture text:visible").count() > 10
    for part in ("#timeline", ".tools", "#lists", "#notice", "#card"):
        assert page.is_hidden(part), part
    assert not page.locator(".folium-map").evaluate("map => map.offsetHeight")
    text = page.inner_text("body")
    assert text.count(ERA.title) == text.count(NOTE) == text.count("Natural Earth") == 1
    assert not re.search(r'[{}]|function|"features"|base64', text)
    assert differing(picture_of(page), good) <= may_differ


def check_map(page, watch):
    assert page.get_attribute("html", "data-atlas-state") == "ready"
    assert page.locator("#still").count() == 0
    assert page.locator(".now .f").count() > 10
    assert page.is_visible("#legend li >> nth=0")
    assert watch.errors == []


# ---- one part broken --------------------------------------------------------------------------


def changed(match):
    return f"{match[1]}{match[2]} {match[3]}"


def removed(_):
    return ""


def broken(match):
    return f"{match[1]}throw new Error('broken');{match[3]}"


def only(number, change):
    """Return what changes one of several matches."""
    counted = iter(range(100))
    return lambda match: change(match) if next(counted) == number else match[0]


def allowed(page):
    """Return a page whose policy lets all its scripts run."""
    digests = [hashlib.sha256(text.encode()).digest() for _, text, _ in SCRIPT.findall(page)]
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return re.sub(r"script-src [^;]*", f"script-src {hashes}", page, count=1)


@pytest.mark.parametrize("number", range(4), ids=["opening", "Leaflet", "runtime", "start"])
@pytest.mark.parametrize("change", [changed, removed, broken])
def test_a_script_that_does_not_run_leaves_the_still(opened, whole, good, number, change):
    text, scripts = SCRIPT.subn(only(number, change), whole)
    assert scripts == 4
    page, watch = opened(allowed(text) if change is broken else text)
    check_still(page, good)
    assert (watch.errors != []) == (change is not removed or number not in (0, 3))
    assert watch.requests == []


def cut(match):
    return f"{match[1]}{match[2][1:]}{match[3]}"


@pytest.mark.parametrize("change", [removed, broken, cut])
def test_so_do_data_that_cannot_be_read(opened, whole, good, change):
    page, _ = opened(DATA.sub(change, whole), "?ui=map&theme=light")
    check_still(page, good)


@pytest.mark.parametrize("until", ['id="atlas-data">{"', "/*!", "startAtlas=", "L.map("])
def test_so_does_a_file_that_ends_too_early(opened, whole, good, until):
    page, _ = opened(whole[: whole.rindex(until) + len(until)])
    check_still(page, good)


@pytest.mark.parametrize("missing", ["MutationObserver", "URLSearchParams"])
def test_so_does_a_browser_without_something_we_use(opened, whole, good, missing):
    page, _ = opened(whole, before=f"window.{missing} = undefined;")
    check_still(page, good)


def test_a_start_that_fails_late_takes_everything_back(opened, whole, good):
    """The panel shows another day, the map has its controls, when the last module fails."""
    late = 'window.ResizeObserver = class { constructor() { throw new Error("late"); } };'
    page, _ = opened(whole, "?view=30,50,7&ui=compact", before=late)
    check_still(page, good)


def test_the_era_in_the_title_is_that_of_the_picture(open_page, document):
    last = load_catalogue().eras[-1]
    late = 'window.ResizeObserver = class { constructor() { throw new Error("late"); } };'
    page, _ = open_page(f"{document}?era={last.id}", before=late)
    page.wait_for_selector(ENDED, state="attached")
    assert page.inner_text("#era-title") == load_catalogue().eras[0].title
    assert page.is_visible("#picture")


# ---- no style ---------------------------------------------------------------------------------


def test_without_any_style_sheet_it_is_a_plain_page(opened, whole, good):
    page, _ = opened(STYLE.sub("", whole), viewport=NARROW)
    check_still(page, good, may_differ=0.08)  # its names are set in other fonts


def test_a_feed_reader_shows_the_still(opened, whole, good):
    page, _ = opened(SCRIPT.sub("", STYLE.sub("", whole)), viewport=NARROW)
    check_still(page, good, may_differ=0.08)


def test_on_a_phone_without_style_nothing_is_wider_than_the_page(opened, whole):
    page, _ = opened(STYLE.sub("", whole), viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_rewritten_file_is_the_still(opened, whole, good):
    """As after a minifier: no script and no style is what the policy allows."""
    page, watch = opened(STYLE.sub(changed, SCRIPT.sub(changed, whole)))
    check_still(page, good, may_differ=0.08)
    assert watch.requests == []


def test_a_page_whose_policy_refuses_our_style_shows_the_still(open_page, whole, good, tmp_path):
    source = frame("", width=str(NARROW["width"]), height="1400").replace(
        'src=""', f'srcdoc="{escape(whole)}"'
    )
    (tmp_path / "article.html").write_text(f"<!doctype html><title>Article</title>{source}")
    policy = {"Content-Security-Policy": "style-src 'self'"}
    with serving(tmp_path, policy) as address:
        page, watch = open_page(f"{address}article.html", viewport={"width": 700, "height": 1500})
        inner = page.frames[1]
        inner.wait_for_selector(ENDED, state="attached")
        assert inner.get_attribute("html", "data-atlas-state") == "error"
        assert inner.is_visible(f"text={NOTE}")
        picture = golden.read(inner.locator("#picture").screenshot())
        assert differing(centre(picture), good) <= 0.15  # the fonts are refused, too
        assert watch.requests == []


def centre(picture):
    left = (picture.width - DRAWN[0]) // 2
    return picture.crop((left, 0, left + DRAWN[0], DRAWN[1]))


# ---- tools that change nothing ----------------------------------------------------------------


def test_trimming_changes_nothing(whole, page):
    assert with_blanks_at_line_ends(whole) == with_blanks_at_line_ends(page) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace(
            "</body>", '<script src="https://x.example/a.js"></script></body>'
        ),
    ],
    ids=["CRLF", "byte order mark", "analytics"],
)
def test_what_tools_may_do_leaves_the_map(opened, whole, change):
    page, watch = opened(change(whole))
    watch.errors[:] = [error for error in watch.errors if "x.example" not in error]
    check_map(page, watch)
    assert watch.requests == []


def test_a_minifier_leaves_the_map_or_the_still(opened, whole, good):
    page, watch = opened(str(minify.string("text/html", whole)))
    # The map goes on in the reader's fonts, where those of the file have been rewritten.
    watch.errors[:] = [error for error in watch.errors if "inline style" not in error]
    if page.get_attribute("html", "data-atlas-state") == "ready":
        check_map(page, watch)
    else:
        check_still(page, good, may_differ=0.08)


# ---- at the edge ------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False])
def test_no_word_makes_the_page_wide(opened, whole, scripts):
    text = whole.replace(escape(ERA.title, quote=False), "a" * 4000)
    small = {"width": 280, "height": 600}
    page, _ = opened(text, viewport=small, java_script_enabled=scripts)
    assert page.locator("#era-title").bounding_box()["height"] > 1000
    assert page.evaluate("document.documentElement.scrollWidth") == small["width"]


def test_the_still_prints_on_one_page(opened, whole, tmp_path):
    page, _ = opened(whole.replace("noConflict", "noConflict_"))
    page.evaluate("document.fonts.ready")
    path = tmp_path / "still.pdf"
    page.pdf(path=path, format="A4", print_background=True)
    printed = pypdfium2.PdfDocument(path)
    assert len(printed) == 1
    text = "".join(printed[0].get_textpage().get_text_range().split())
    for part in (
        ERA.title,
        "nine points",
        "TTaabbrriizz",
        "Neutral zone (31 August",
        "Natural Earth",
    ):
        assert "".join(part.split()) in text
    picture = printed[0].render(scale=1).to_pil().convert("RGB")
    dark = ImageChops.invert(picture.convert("L")).point(lambda value: 255 if value > 200 else 0)
    assert 0.001 < ImageStat.Stat(dark).mean[0] / 255 < 0.1  # letters and lines, no black land
