"""Faults of the app's server, in real processes: broken layers, kills, two tabs, Back."""

import signal
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from pages import PATIENCE
from servers import (
    CHOSEN,
    ERAS,
    at_era,
    at_state,
    copied,
    free_port,
    keeps_view_and_layers,
    ready,
    server,
    slider,
    slider_at,
    step,
)


def open_app(open_page, address, query=""):
    page, watch = open_page(f"{address}{query}", allowed=(address, address.replace("http", "ws")))
    return page, ready(page), watch


@pytest.mark.slow
def test_the_map_goes_on_while_the_server_is_away_and_the_page_comes_back(open_page):
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    with server(port) as process:
        page, inner, watch = open_app(open_page, address, f"?era={ERAS[4]}&{CHOSEN}")
        at_era(page, inner, ERAS[4])
        children = children_of(process.pid)
        assert children  # the one that renders documents
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        at_state(page, ":not([data-test-connection-state=CONNECTED])")
        inner.locator("#era-next").dispatch_event("click")
        at_era(page, inner, ERAS[5])  # nobody answers, and the map steps
        wait_for(lambda: not any(map(runs, children)))  # none of its processes stays behind
    with server(port):
        at_state(page, "[data-test-connection-state=CONNECTED]")
        slider_at(page, ERAS[5])
        at_era(page, inner, ERAS[5])
        assert keeps_view_and_layers(page, inner)
        step(page, inner, ERAS[6])
        page.reload()
        inner = ready(page)
        at_era(page, inner, ERAS[6])
        assert keeps_view_and_layers(page, inner)
        assert watch.requests == []


@pytest.mark.slow
def test_layers_that_cannot_be_read_are_named_and_the_rest_shows(open_page, tmp_path):
    layers = copied(tmp_path)
    (layers / "bushehr.geojson").unlink()
    whole = (layers / "caspian.geojson").read_bytes()
    (layers / "caspian.geojson").write_bytes(whole[: len(whole) // 2])
    (layers / "arms.geojson").write_bytes(b"")
    (layers / "corridor.geojson").write_text('{"type": "Topology", "objects": {}, "arcs": []}')
    for aid in ("variants", "callouts"):  # maps can do without: the server's log tells of them
        (layers / f"{aid}.toml").write_text("[", encoding="utf-8")
    port = free_port()
    with server(port, tmp_path):
        page, inner, watch = open_app(open_page, f"http://127.0.0.1:{port}/")
        warnings = page.locator(".st-key-faults [data-testid=stAlert]")
        warnings.nth(3).wait_for()
        told = warnings.all_inner_texts()
        assert len(told) == 4
        most = 0.4 * page.viewport_size["height"]
        assert page.locator(".st-key-faults").bounding_box()["height"] <= most
        for text in told:
            assert "could not be read and is left out" in text
            assert str(tmp_path) not in text
        assert inner.locator(".now .f").count() > 0
        step(page, inner, ERAS[1])
        assert watch.errors == []


@pytest.mark.slow
def test_a_broken_catalogue_is_said_plainly_and_the_server_stays_up(open_page, tmp_path):
    (copied(tmp_path) / "catalogue.toml").write_text("title = 5")
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    with server(port, tmp_path):
        page, _ = open_page(address, allowed=(address, address.replace("http", "ws")))
        page.get_by_text("could not be read").first.wait_for()
        assert "Traceback" not in page.inner_text("body")
        assert str(tmp_path) not in page.inner_text("body")
        with pytest.raises(HTTPError, match="503"):
            urlopen(f"{address}health", timeout=10)


@pytest.mark.slow
def test_two_tabs_are_two_readers(open_page, app):
    one, first, _ = open_app(open_page, app)
    two = one.context.new_page()
    two.goto(f"{app}?era={ERAS[3]}")
    second = ready(two)
    at_era(two, second, ERAS[3])
    step(one, first, ERAS[1])
    step(two, second, ERAS[4])
    at_era(one, first, ERAS[1])
    one.reload()
    at_era(one, ready(one), ERAS[1])
    at_era(two, second, ERAS[4])


@pytest.mark.slow
def test_back_after_a_reload_is_the_era_before(open_page, app):
    page, inner, watch = open_app(open_page, app)
    for era in ERAS[1:3]:
        step(page, inner, era)
    page.reload()
    inner = ready(page)
    at_era(page, inner, ERAS[2])
    page.go_back()
    at_era(page, inner, ERAS[1])
    slider_at(page, ERAS[1])
    page.go_forward()
    at_era(page, inner, ERAS[2])
    slider_at(page, ERAS[2])
    for _ in range(2):  # the map steps back to where it has been told to be before
        step(page, inner, ERAS[3])
        inner.locator("#era-previous").dispatch_event("click")
        at_era(page, inner, ERAS[2])
        slider_at(page, ERAS[2])
    assert watch.errors == []


@pytest.mark.slow
def test_who_moves_the_slider_before_the_host_is_there_finds_the_map_at_it(open_page, app):
    held, answers = [], []
    page, watch = open_page("about:blank", allowed=(app, app.replace("http", "ws")))
    page.route("**/host/*", lambda route: held.append(route))
    page.on("websocket", lambda socket: socket.on("framereceived", lambda it: answers.append(it)))
    page.goto(app)
    inner = ready(page)
    wait_for(lambda: held or page.evaluate("0"))  # while it is asked, what else happened is heard
    before = len(answers)
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    wait_for(lambda: len(answers) > before or page.evaluate("0"))
    slider_at(page, ERAS[1])
    held[0].continue_()
    at_era(page, inner, ERAS[1])
    slider_at(page, ERAS[1])
    step(page, inner, ERAS[2])
    assert watch.errors == []


@pytest.mark.slow
def test_who_goes_back_before_the_host_is_there_finds_the_map_there(open_page, app):
    page, inner, watch = open_app(open_page, app)
    for era in ERAS[1:3]:
        step(page, inner, era)
    held = []
    page.route("**/host/*", lambda route: held.append(route))
    page.reload()
    inner = ready(page)
    wait_for(lambda: held or page.evaluate("0"))
    page.go_back()
    page.wait_for_function("era => location.search.includes(`era=${era}`)", arg=ERAS[1])
    held[0].continue_()
    at_era(page, inner, ERAS[1])
    slider_at(page, ERAS[1])
    assert watch.errors == []


@pytest.mark.slow
def test_who_looks_at_sources_before_the_host_is_there_finds_the_map_as_it_was(open_page, app):
    held = []
    page, watch = open_page("about:blank", allowed=(app, app.replace("http", "ws")))
    page.route("**/host/*", lambda route: held.append(route))
    page.goto(f"{app}?era={ERAS[3]}")
    inner = ready(page)
    wait_for(lambda: held or page.evaluate("0"))
    page.get_by_role("link", name="Sources").click()
    page.locator(".record").wait_for()
    page.get_by_role("link", name="Atlas", exact=True).click()
    slider_at(page, ERAS[3])
    for route in held:
        route.continue_()
    page.wait_for_function("era => location.search.includes(`era=${era}`)", arg=ERAS[3])
    at_era(page, inner, ERAS[3])
    slider_at(page, ERAS[3])
    assert watch.errors == []


@pytest.mark.slow
def test_an_answer_right_after_a_key_undoes_no_step(open_page, app):
    page, inner, watch = open_app(open_page, app)
    step(page, inner, ERAS[1])
    page.evaluate(
        """() => {
          const slider = document.querySelector("[data-testid=stSlider] input[type=range]");
          const before = slider.getAttribute("value");
          // What an answer to an older step does to the slider, as soon as the key has moved it.
          new MutationObserver((_, seen) => {
            seen.disconnect();
            setTimeout(() => {
              slider.setAttribute("value", before);
              setTimeout(() => {
                addEventListener("message", ({ data }) => {
                  if (data.type === "state") document.body.dataset.told = data.era;
                });
                const frame = document.getElementById("atlas-frame").contentWindow;
                frame.postMessage({ atlas: 1, type: "getState" }, "*");
              });
            });
          }).observe(slider, { attributes: true, attributeFilter: ["value"] });
        }"""
    )
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("body[data-told]", state="attached")
    assert page.get_attribute("body", "data-told") == ERAS[2]
    at_era(page, inner, ERAS[2])
    slider_at(page, ERAS[2])
    assert watch.errors == []


@pytest.mark.slow
def test_server_and_reader_elsewhere_have_the_same_map(open_page, app):
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    allowed = (address, address.replace("http", "ws"))
    elsewhere = {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr", "TZ": "Pacific/Kiritimati"}
    releases = []
    with server(port, environment=elsewhere):
        for place in (app, address):
            with urlopen(f"{place}embed/latest.html", timeout=60) as answer:
                releases.append(answer.url.removeprefix(place))
        assert releases[0] == releases[1]
        options = {"locale": "fa-IR", "timezone_id": "Asia/Tehran"}
        page, watch = open_page(f"{address}?era={ERAS[4]}", allowed=allowed, **options)
        inner = ready(page)
        slider_at(page, ERAS[4])
        step(page, inner, ERAS[5])
        assert watch.errors == []


ABSURD = [
    "?era=" + "9" * 20_000,
    "?view=NaN,1e309,&layers=%00&select=%ff",
    "?title=%3Cimg%20src=x%20onerror=document.title=1%3E&points=~~~",
    "?" + "&".join(f"a{number}=1" for number in range(500)),
    "?embed=maybe&embed_options=%3Cscript%3E",
    "?era=constructor&compare=__proto__&layers=toString~valueOf",
    "?moment=-1e9&day=9999-99-99&zoom=Infinity#%00%ff",
]


@pytest.mark.slow
def test_absurd_addresses_open_the_app(open_page, app):
    page, inner, watch = open_app(open_page, app)
    for query in ABSURD:
        page.goto(f"{app}{query}")
        inner = ready(page)
        step(page, inner, ERAS[1])
    assert watch.errors == []
    assert watch.requests == []


def children_of(pid):
    """Return the processes that a process has started."""
    running = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [number for number in running if state_of(number)[1] == pid]


def runs(pid):
    return state_of(pid)[0] not in ("", "Z")


def state_of(pid):
    """Return the state and the parent of a process; neither when it is gone."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "", 0
    state, parent = told.rpartition(")")[2].split()[:2]
    return state, int(parent)


def wait_for(done):
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not done():
        assert time.monotonic() < deadline
