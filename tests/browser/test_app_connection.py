"""The app's connection: answers that come late undo no step, and who was away for long goes on."""

import time

import pytest
from pages import PATIENCE
from servers import (
    CHOSEN,
    ERAS,
    at_era,
    free_port,
    keeps_view_and_layers,
    ready,
    server,
    slider,
    slider_at,
    step,
)
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

NOTE = """(node, name) => {
  window.seen = [];
  const note = () => {
    const value = node.getAttribute(name);
    if (window.seen.at(-1) !== value) window.seen.push(value);
  };
  note();
  new MutationObserver(note).observe(node, { attributeFilter: [name] });
}"""
"""Write down every value that an attribute takes."""

SEE = """(node) => {
  window.seen = [];
  const look = () => {
    if (window.seen.at(-1) !== node.value) window.seen.push(node.value);
    requestAnimationFrame(look);
  };
  look();
}"""
"""Write down every value of a field that is painted: nobody sees one that is put right before."""


class Socket:
    """The page's socket: its answers can be held back, and it can be cut."""

    def __init__(self, page):
        self._page = page
        self._held = []
        self._holding = self._down = False
        page.route_web_socket("**/_stcore/stream", self._join)

    def _join(self, socket):
        if self._down:
            socket.close()
            return
        self._socket = socket
        self._server = socket.connect_to_server()
        socket.on_message(self._server.send)
        self._server.on_message(self._answer)

    def _answer(self, message):
        if self._holding:
            self._held.append(message)
        else:
            self._socket.send(message)

    def hold(self):
        self._holding = True

    def wait(self, runs):
        """Wait until the server has answered so often, which the page does not know yet."""
        deadline = time.monotonic() + PATIENCE / 1000
        while (
            sum(ForwardMsg.FromString(it).HasField("script_finished") for it in self._held) < runs
        ):
            assert time.monotonic() < deadline
            self._page.evaluate("new Promise(requestAnimationFrame)")

    def release(self):
        self._holding = False
        for message in self._held:
            self._socket.send(message)
        self._held.clear()

    def cut(self):
        self._down = True
        for end in (self._server, self._socket):
            end.close()

    def mend(self):
        self._down = False


@pytest.fixture
def slow(open_page, app):
    """Open the app; returns its page, the map's frame, the socket, and what the page did."""
    page, watch = open_page("about:blank", allowed=(app, app.replace("http", "ws")))
    socket = Socket(page)
    page.goto(app)
    inner = ready(page)
    slider_at(page, ERAS[0])
    inner.locator("html").evaluate(NOTE, "data-atlas-era")
    slider(page).evaluate(SEE)
    return page, inner, socket, watch


def on_map(_, inner):
    inner.locator("#era-next").dispatch_event("click")


def on_slider(page, _):
    slider(page).focus()
    page.keyboard.press("ArrowRight")


WALKS = {
    "the slider, then the map": (on_slider, on_map),
    "the map, then the slider": (on_map, on_slider, on_slider),
    "the map twice": (on_map, on_map),
    "to and fro": (on_slider, on_map, on_slider, on_map),
}


@pytest.mark.slow
@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_an_answer_that_comes_late_undoes_no_step(slow, walk):
    page, inner, socket, watch = slow
    socket.hold()
    for number, move in enumerate(walk, start=1):
        move(page, inner)
        at_era(page, inner, ERAS[number])
        socket.wait(number)
    place = str(len(walk))
    page.wait_for_selector(f".st-key-era input[value='{place}']", state="attached")
    socket.release()
    slider_at(page, ERAS[len(walk)])
    at_era(page, inner, ERAS[len(walk)])
    assert inner.locator("html").evaluate("seen") == ERAS[: len(walk) + 1]
    assert slider(page).evaluate("seen") == [str(at) for at in range(len(walk) + 1)]
    # The server has come to the same era: from another page the slider comes back as it knows it.
    page.get_by_role("link", name="Sources").click()
    page.get_by_role("heading", name="Sources").wait_for()
    page.get_by_role("link", name="Atlas", exact=True).click()
    slider_at(page, ERAS[len(walk)])
    at_era(page, inner, ERAS[len(walk)])
    assert watch.errors == []


CONNECTED = "[data-testid=stApp][data-test-connection-state=CONNECTED]"


@pytest.mark.slow
def test_a_session_past_its_life_is_begun_anew_where_the_reader_is(open_page):
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    allowed = (address, address.replace("http", "ws"))
    with server(port, options=("--server.disconnectedSessionTTL", "1")):
        page, watch = open_page("about:blank", allowed=allowed)
        socket = Socket(page)
        page.goto(f"{address}?era={ERAS[4]}&{CHOSEN}")
        inner = ready(page)
        step(page, inner, ERAS[5])
        socket.cut()
        page.wait_for_selector(f"body:not(:has({CONNECTED}))", state="attached")
        on_map(page, inner)
        at_era(page, inner, ERAS[6])
        page.wait_for_timeout(3000)  # the server forgets a session after a second
        socket.mend()
        page.wait_for_selector(CONNECTED, state="attached")
        slider_at(page, ERAS[6])
        step(page, inner, ERAS[7])
        assert keeps_view_and_layers(page, inner)
        assert watch.requests == []


HOLD = """{
  const held = [];
  const hold = (event) => {
    if (!window.holding || event.data?.atlas !== 1) return;
    event.stopImmediatePropagation();
    held.push(event);
  };
  window.addEventListener("message", hold, true);
  window.release = () => {
    window.holding = false;
    for (const { data, source, origin } of held.splice(0)) {
      window.dispatchEvent(new MessageEvent("message", { data, source, origin }));
    }
  };
}"""
"""Lets the page hear later of what the map tells it."""


@pytest.mark.slow
def test_a_step_of_which_the_page_has_not_heard_outlasts_a_new_connection(open_page, app):
    page, watch = open_page(
        f"{app}?era={ERAS[3]}", allowed=(app, app.replace("http", "ws")), before=HOLD
    )
    inner = ready(page)
    at_era(page, inner, ERAS[3])
    slider_at(page, ERAS[3])
    inner.locator("html").evaluate(NOTE, "data-atlas-era")
    page.evaluate("window.holding = true")
    on_map(page, inner)
    inner.locator(f"html[data-atlas-era='{ERAS[4]}']").wait_for(state="attached")
    app_node = page.locator("[data-testid=stApp]")
    for state in ("DISCONNECTED_FROM_SERVER", "CONNECTED"):
        app_node.evaluate("(app, it) => app.setAttribute('data-test-connection-state', it)", state)
    page.evaluate("new Promise(requestAnimationFrame)")
    page.evaluate("window.release()")
    at_era(page, inner, ERAS[4])
    slider_at(page, ERAS[4])
    step(page, inner, ERAS[5])
    assert inner.locator("html").evaluate("seen") == ERAS[3:6]
    assert watch.errors == []
