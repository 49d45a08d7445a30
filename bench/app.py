"""The app: from the slider's key to the painted era, beside a bare Streamlit page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Frame, Page

from bench.browser import ROOT, VIEWPORT, percentile, streamlit

STEPS = 60

SLIDER = "[data-testid=stSlider] input[type=range]"

# Times are taken on the clock all frames of a page share: timeOrigin + now.
WATCH_KEYS = """() => { addEventListener("keydown", () => {
  window.pressed = performance.timeOrigin + performance.now(); }, true); }"""

WATCH_ERA = """() => {
  window.painted = 0;
  new MutationObserver(() => requestAnimationFrame(() => requestAnimationFrame(() => {
    window.painted = performance.timeOrigin + performance.now(); })))
    .observe(document.documentElement, { attributes: true, attributeFilter: ["data-atlas-era"] });
}"""

WATCH_TEXT = """() => {
  window.painted = 0;
  const value = "[data-testid=stMarkdown]";
  const shows = (node) =>
    (node.parentElement || node).closest?.(value) || node.querySelector?.(value);
  new MutationObserver((changes) => {
    if (!changes.some(({ target }) => shows(target))) return;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      window.painted = performance.timeOrigin + performance.now(); }));
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def measure_app(browser: Browser) -> Iterator[tuple[str, str]]:
    """Yield names and values measured on the app and on a bare page, in turns."""
    with (
        streamlit(ROOT / "streamlit_app.py") as app,
        streamlit(Path(__file__).with_name("bare_page.py")) as bare,
    ):
        page, frame, traffic = _open_app(browser, app)
        rival = browser.new_page(viewport=VIEWPORT)
        rival.goto(bare)
        rival.wait_for_selector(SLIDER)
        for tab in (page, rival):
            tab.evaluate(WATCH_KEYS)
            tab.focus(SLIDER)
        frame.evaluate(WATCH_ERA)
        rival.evaluate(WATCH_TEXT)
        last = int(page.get_attribute(SLIDER, "max") or 0)
        node = page.locator("iframe").element_handle()
        ours: list[float] = []
        theirs: list[float] = []
        traffic.clear()
        for number in range(STEPS):
            key = "ArrowRight" if number // last % 2 == 0 else "ArrowLeft"
            ours.append(_step(page, frame, key))
            theirs.append(_step(rival, rival, key))
        same = page.locator("iframe").element_handle().evaluate("(a, b) => a === b", node)
        view = frame.evaluate("document.querySelector('.leaflet-container') !== null")
        bytes_a_step = sum(traffic) / STEPS
    median, bare_median = percentile(ours, 0.5), percentile(theirs, 0.5)
    yield "app, slider key to painted era, median", f"{median:.0f} ms"
    yield "app, slider key to painted era, p95", f"{percentile(ours, 0.95):.0f} ms"
    yield "bare Streamlit page, key to painted value, median", f"{bare_median:.0f} ms"
    yield "bare Streamlit page, key to painted value, p95", f"{percentile(theirs, 0.95):.0f} ms"
    yield "ratio of medians (target ≤ 1.5)", f"{median / bare_median:.2f}"
    yield "socket, both ways, a step (target ≤ 2 KB)", f"{bytes_a_step:.0f} bytes"
    yield "map remounts", "0" if same and view else "1 or more"


def _open_app(browser: Browser, address: str) -> tuple[Page, Frame, list[int]]:
    page = browser.new_page(viewport=VIEWPORT)
    traffic: list[int] = []

    def watch(socket: object) -> None:
        for event in ("framesent", "framereceived"):
            socket.on(event, lambda data: traffic.append(len(data)))  # type: ignore[attr-defined]

    page.on("websocket", watch)
    page.goto(address)
    inner = page.frame_locator("iframe")
    inner.locator("html[data-atlas-state=ready]").wait_for(state="attached", timeout=60_000)
    frame = next(frame for frame in page.frames if "/embed/" in frame.url)
    return page, frame, traffic


def _step(page: Page, painted_in: Page | Frame, key: str) -> float:
    painted_in.evaluate("() => { window.painted = 0; }")
    page.keyboard.press(key)
    painted_in.wait_for_function("() => window.painted > 0")
    page.wait_for_load_state("load")
    return float(painted_in.evaluate("window.painted")) - float(page.evaluate("window.pressed"))
