"""The document's fonts in browsers: texts are as wide as we say, and nothing waits or jumps."""

import json
import shutil
import subprocess
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Event, Thread

import pytest
from helpers import DESKTOP, PHONE, READY
from test_faces import embedded

from geo import load_catalogue
from geo.fonts.faces import FACES, FAMILIES, Face, family_list
from geo.model.symbology import load_symbology
from geo.payload.letters import names_of_document
from geo.plate import Engine, render_plate
from geo.plate.type import text_width

ERAS = [era.id for era in load_catalogue().eras]

NOTED = """
window.measured = [];
const measure = CanvasRenderingContext2D.prototype.measureText;
CanvasRenderingContext2D.prototype.measureText = function (text) {
  const found = measure.call(this, text);
  window.measured.push([this.font, text, found.width]);
  return found;
};
"""
"""Notes every text that a page measures."""

WRONG = """() => {
  const context = document.createElement("canvas").getContext("2d");
  context.textRendering = "geometricPrecision";
  return window.measured.filter(([font, text, width]) => {
    context.font = font;
    return Math.abs(context.measureText(text).width - width) > 0.01;
  });
}"""
"""The texts that would be another width if they were measured now."""

REFUSED = 'FontFace.prototype.load = () => Promise.reject(new Error("refused"));'
PENDING = "FontFace.prototype.load = () => new Promise(() => {});"

WAITING = f"""
{PENDING}
document.fonts.addEventListener("loadingdone", (event) => event.stopImmediatePropagation());
const later = window.setTimeout;
window.setTimeout = (run, wait) => {{
  if (wait !== 3000) return later(run, wait);
  window.losePatience = run;
  return 0;
}};
"""
"""Keeps a page waiting for its fonts until ``losePatience()`` is called."""

STATES = "[...document.fonts].map((face) => face.status)"

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) {
    window.shifts.push([value, ...sources.map(({ node }) => node?.id || node?.className)]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""

LOOK = """
window.seen = {};
window.look = () => {
  const note = (node, text) => {
    const { fontFamily, fontWeight, fontStyle, textTransform } = getComputedStyle(node);
    const key = [fontFamily.split(",")[0].replace(/["']/g, ""), fontWeight, fontStyle].join("|");
    const shown = textTransform === "uppercase" ? text.toUpperCase() : text;
    window.seen[key] = [...new Set((window.seen[key] || "") + shown)].join("");
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!node.closest("script, style, noscript, title, desc")) note(node, walker.currentNode.data);
  }
  for (const field of document.querySelectorAll("input:not([type=range]), textarea")) {
    note(field, field.value + (field.placeholder || ""));
  }
};
"""
"""Notes all characters of a page by family, weight and style."""

OPEN_CARDS = """() => {
  for (const row of [...document.querySelectorAll("#features button")]) {
    row.click();
    look();
  }
}"""

STEP = """(era) => {
  const slider = document.getElementById("era-slider");
  slider.value = era;
  slider.dispatchEvent(new Event("input"));
}"""


def names(payload, symbology):
    """Return every name with its style and our width."""
    found = sorted({(style, text) for style, text in names_of_document(payload) if text})
    return [(style, text, text_width(text, symbology.type[style])) for style, text in found]


def measuring_page(fonts, wanted):
    """Return a page that measures names in its own fonts and sends the widths to its server."""
    families = {key: family_list(key) for key in FAMILIES}
    table = json.dumps(
        [
            [
                f"{style.cut.style} {style.weight} {style.size}px {families[style.face]}",
                style.spacing,
                text,
            ]
            for style, text in wanted
        ]
    )
    return f"""<!doctype html><meta charset="utf-8"><style>{fonts}</style><script>
      const context = document.createElement("canvas").getContext("2d");
      context.textRendering = "geometricPrecision";
      Promise.all([...document.fonts].map((face) => face.load())).then(() => {{
        const widths = {table}.map(([font, spacing, text]) => {{
          context.font = font;
          return context.measureText(text).width + spacing * text.length;
        }});
        fetch("/widths", {{ method: "POST", body: JSON.stringify(widths) }});
      }});</script>"""


def widths_in(command, page):
    """Return what a browser measures on a page; it is ended by its own process."""
    arrived, widths = Event(), []

    class Answer(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            self._send(page.encode() if self.path == "/" else b"")

        def do_POST(self):
            widths.extend(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._send(b"")
            arrived.set()

        def _send(self, content):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        process = subprocess.Popen(
            [*command, address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            assert arrived.wait(90), "the browser sent nothing"
        finally:
            process.terminate()
            process.wait(timeout=20)
            server.shutdown()
    return widths


@pytest.mark.slow
@pytest.mark.parametrize("browser", ["chromium", "firefox-esr"])
def test_names_are_as_wide_as_we_say(payload, symbology, page, tmp_path, browser):
    program = shutil.which(browser)
    if not program:
        pytest.skip(f"there is no {browser} on this machine")
    options = {
        "chromium": ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}"),
        "firefox-esr": ("--headless", "--no-remote", "--profile", str(tmp_path)),
    }
    ours = names(payload, symbology)
    fonts = page[page.index("@font-face") :].partition("</style>")[0]
    wanted = [(symbology.type[style], text) for style, text, _ in ours]
    theirs = widths_in([program, *options[browser]], measuring_page(fonts, wanted))
    differing = [
        (text, width, found)
        for (_, text, width), found in zip(ours, theirs, strict=True)
        if abs(width - found) > 0.3
    ]
    assert len(ours) > 500
    assert differing == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(3))
def test_nothing_is_measured_before_the_fonts_are_there(open_page, served, start):
    page, watch = open_page(f"{served}?start={start}", before=NOTED)
    page.wait_for_selector(READY, state="attached")
    assert page.evaluate(STATES) == ["loaded"] * len(FACES)
    page.wait_for_selector("html[data-atlas-prepared]", state="attached")
    assert page.evaluate("measured.length") > 400
    assert page.evaluate(WRONG) == []
    assert watch.errors == []


@pytest.mark.slow
@pytest.mark.parametrize("why", [REFUSED, PENDING])
def test_fonts_that_never_come_are_done_without(open_page, document, why):
    page, watch = open_page(document, before=why)
    page.wait_for_selector(READY, state="attached")
    assert page.get_attribute("html", "data-atlas-fonts") is None
    assert page.is_visible("h1")
    assert page.locator(".now .label").count() > 10
    assert watch.errors == []


def test_names_are_laid_out_anew_when_fonts_come_late(open_page, document):
    anew = "document.fonts.addEventListener('loadingdone', () => { measured.length = 0; });"
    page, watch = open_page(f"{document}?era={ERAS[3]}", before=REFUSED + NOTED + anew)
    page.wait_for_selector(READY, state="attached")
    page.wait_for_function("measured.length > 10 && [...document.fonts][3].status === 'loaded'")
    assert page.evaluate(STATES) == ["loaded"] * len(FACES)
    assert page.evaluate(WRONG) == []
    assert watch.errors == []


@pytest.fixture
def slowly():
    """Serve a page in pieces, so that a browser draws what it has in between; give its address."""
    servers = []

    def serve(page):
        content = page.encode()
        marks = ('<svg id="picture"', "<nav", "<main", "</header>", "@font-face", 'id="atlas-data"')
        cuts = sorted({*map(page.index, marks), *range(40_000, 160_000, 40_000), len(content)})

        class Slow(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                for start, end in pairwise([0, *cuts]):
                    self.wfile.write(content[start:end])
                    time.sleep(0.15)  # several frames, which is what is tested

        server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("asked", ["", f"?era={ERAS[4]}", "?ui=map"])
def test_nothing_jumps_while_the_page_arrives(open_page, page, slowly, viewport, asked):
    shown, watch = open_page(f"{slowly(page)}{asked}", viewport=viewport, before=SHIFTS, throttle=4)
    shown.wait_for_selector(READY, state="attached")
    shown.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert shown.evaluate("shifts") == []
    assert watch.errors == []


def test_texts_of_panel_and_picture_appear_together(open_page, document):
    page, _ = open_page(document, before=WAITING)
    page.wait_for_selector("html[data-atlas-fonts=loading]", state="attached")
    assert page.is_visible("#picture")
    shown = "node => getComputedStyle(node).visibility"
    texts = ("h1", "#era-caption", "#picture text >> nth=0")
    assert {page.locator(text).evaluate(shown) for text in texts} == {"hidden"}
    assert page.get_attribute("html", "data-atlas-state") == "loading"
    page.evaluate("losePatience()")
    page.wait_for_selector(READY, state="attached")
    assert page.is_visible("h1")


@pytest.mark.slow
def test_no_letter_that_a_reader_sees_is_in_another_font(open_page, document, page):
    shown, watch = open_page(document, before=LOOK)
    shown.wait_for_selector(READY, state="attached")
    shown.click("#share")
    shown.evaluate("look()")
    shown.keyboard.press("Escape")
    shown.evaluate("document.getElementById('filter').open = true")
    for asked in ("an", "FRUS", "xyz"):
        shown.fill("#search", asked)
        shown.evaluate("look()")
    shown.fill("#search", "FRUS")
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("Enter")
    for number, era in enumerate(ERAS):
        shown.evaluate(STEP, number)
        shown.wait_for_selector(f"html[data-atlas-era='{era}']", state="attached")
        shown.evaluate(OPEN_CARDS)
    shown.select_option("#compare-with", index=3)
    shown.evaluate("look()")
    families = {family.name: key for key, family in FAMILIES.items()}
    fonts = embedded(page)
    seen = {
        Face(families[family], int(weight), style == "italic"): {*filter(str.isprintable, text)}
        for (family, weight, style), text in (
            (key.split("|"), text) for key, text in shown.evaluate("seen").items()
        )
        if family in families
    }
    assert set(seen) <= set(fonts)  # no text asks for another face
    missing = {face: letters - fonts[face] for face, letters in seen.items()}
    assert not any(missing.values()), missing
    assert len(seen) == len(fonts)
    assert watch.errors == []


def test_a_plate_looks_the_same_where_no_font_of_ours_is(open_page, payload, tmp_path):
    path = tmp_path / "plate.svg"
    path.write_text(render_plate(Engine(payload, load_symbology()), ERAS[1]), encoding="utf-8")
    page, watch = open_page(path.as_uri())
    page.evaluate("document.fonts.ready")
    assert set(page.evaluate(STATES)) == {"loaded"}
    assert watch.errors == []
