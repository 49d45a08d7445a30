"""The document in Firefox: every era, its steps, and its manners in an article."""

import json
from contextlib import suppress

import pytest
from articles import BEGIN, MAP, WINDOWS, write_article
from firefox import CTRL, firefox, needs_firefox
from hosts import serving
from layout import HIDDEN

from geo import load_catalogue

pytestmark = needs_firefox

CATALOGUE = load_catalogue()
READY = "document.documentElement.dataset.atlasState === 'ready'"
PREPARED = "'atlasPrepared' in document.documentElement.dataset"
VIEW = f"[{MAP}.getZoom(), {MAP}.getCenter().lat, {MAP}.getCenter().lng]"
PAST = "document.querySelector('iframe').getBoundingClientRect().bottom < 0"


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with firefox(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.mark.slow
def test_every_era_opens_and_steps(window, served):
    window.logs.clear()
    window.open(served, 1280, 800)
    window.wait(READY)
    for era in CATALOGUE.eras[1:]:
        window.keys("keyDown", "\ue014")
        window.keys("keyUp", "\ue014")
        window.wait(f"document.documentElement.dataset.atlasEra === '{era.id}'")
        assert window.run("document.getElementById('era-title').textContent") == era.title
        # Something of the era is drawn, and has a place on the screen.
        assert window.run(
            "[...document.querySelectorAll('.now .f')].some((node) => {"
            " const { width, height } = node.getBoundingClientRect(); return width + height > 4; })"
        )
    assert [text for level, text in window.logs if level == "error"] == []


@pytest.fixture(scope="module")
def place(page_of, tmp_path_factory):
    folder = tmp_path_factory.mktemp("article")
    era = CATALOGUE.era("1907-spheres")
    write_article(folder, page_of(era.id), era.caption)
    with serving(folder) as base:
        yield base


@pytest.fixture
def article(window, place):
    """Open the article in a window; returns the frame and the middle of its map in the page."""

    def visit(size):
        # A frame may be given another process, and with it another context, while it is on its way.
        for _ in range(2):
            with suppress(RuntimeError, TimeoutError):
                return opened(size)
        return opened(size)

    def opened(size):
        window.open(f"{place}article.html", *size)
        window.run(f"scrollTo(0, {BEGIN})")
        frame = window.frame()
        window.wait(f"{READY} && {PREPARED}", frame)
        window.run(f"scrollTo(0, {BEGIN})")  # again: the page was not as long before
        window.wait(f"scrollY === {BEGIN}")
        left, top = window.run(
            "(({ x, y }) => [x, y])(document.querySelector('iframe').getBoundingClientRect())"
        )
        x, y = window.run(
            f"(({{ x, y, width, height }}) => [x + width / 2, y + height / 2])"
            f"({MAP}.getContainer().getBoundingClientRect())",
            frame,
        )
        return frame, (round(left + x), round(top + y))

    return visit


@pytest.mark.parametrize("size", WINDOWS)
def test_thirty_notches_over_the_map_bring_the_page_past_the_frame(window, article, size):
    frame, middle = article(size)
    view = window.run(VIEW, frame)
    window.wheel(*middle, 30)
    window.wait(PAST)
    assert window.run(VIEW, frame) == view
    window.wheel(*middle, 60)  # and on, to the article's end
    window.wait("scrollY + innerHeight >= document.documentElement.scrollHeight - 2")


@pytest.mark.parametrize("size", WINDOWS)
def test_with_ctrl_the_wheel_zooms_the_map_and_whole_era_brings_the_era_back(window, article, size):
    frame, middle = article(size)
    view = window.run(VIEW, frame)
    window.keys("keyDown", CTRL)
    window.wheel(*middle, 4, -100)
    window.keys("keyUp", CTRL)
    window.wait(f"{MAP}.getZoom() > {view[0]}", frame)
    assert window.run("[scrollY, visualViewport.scale]") == [BEGIN, 1]
    window.run("document.getElementById('whole').click()", frame)
    # The zoom may still be on its way.
    window.wait(f"JSON.stringify({VIEW}) === JSON.stringify({json.dumps(view)})", frame)


def test_two_fingers_move_the_map_and_one_does_not(window, article):
    frame, (x, y) = article(WINDOWS[1])
    view = window.run(VIEW, frame)
    window.touch([(x, y - 20 * step) for step in range(6)])
    assert window.run(VIEW, frame) == view
    window.touch(
        [(x - 20 - 10 * step, y - 8 * step) for step in range(6)],
        [(x + 20 + 10 * step, y - 8 * step) for step in range(6)],
    )
    window.wait(f"{MAP}.getZoom() > {view[0]}", frame)


@pytest.mark.slow
def test_its_own_search_meets_names_in_front_alone(window, served):
    window.open(f"{served}?era=1907-spheres", 1280, 800)
    window.wait(PREPARED)
    told = window.wait(f"({HIDDEN})()")
    assert told["hidden"] > 20
    assert told["seen"] == told["found"] > 10
    assert told["met"] == told["taken"] == []
