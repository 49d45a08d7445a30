"""The document: size, requests, the work of one era step."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from bench.browser import VIEWPORT, percentile

STEPS = 100

WATCH_STEPS = """() => {
  window.steps = [];
  let pressed = 0;
  addEventListener("keydown", () => { pressed = performance.now(); }, true);
  new MutationObserver(() => { steps.push(performance.now() - pressed); })
    .observe(document.documentElement, { attributes: true, attributeFilter: ["data-atlas-era"] });
}"""


def measure_document(browser: Browser, file: Path) -> Iterator[tuple[str, str]]:
    """Yield names and values measured on a document file."""
    content = file.read_bytes()
    yield "document, raw", f"{len(content) / 1000:.0f} kB"
    yield "document, gzip -9", f"{len(gzip.compress(content, 9)) / 1000:.0f} kB"
    page = browser.new_page(viewport=VIEWPORT)
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-atlas-state=ready]", state="attached")
    ready = page.evaluate("performance.now()")
    page.wait_for_selector("html[data-atlas-prepared]", state="attached")
    prepared = page.evaluate("performance.now()")
    page.evaluate(WATCH_STEPS)
    page.focus("#era-slider")
    last = int(page.get_attribute("#era-slider", "max") or 0)
    for number in range(STEPS):
        page.keyboard.press("ArrowRight" if number // last % 2 == 0 else "ArrowLeft")
    steps = page.evaluate("steps")
    others = [url for url in requests if not url.startswith((file.as_uri(), "data:"))]
    yield "opened to ready", f"{ready:.0f} ms"
    yield "ready to all eras prepared", f"{prepared - ready:.0f} ms"
    yield "requests beyond the file", str(len(others))
    yield "console errors", str(len(errors))
    yield f"era step, key to DOM, median of {len(steps)}", f"{percentile(steps, 0.5):.1f} ms"
    yield "era step, key to DOM, p95", f"{percentile(steps, 0.95):.1f} ms"
    page.close()
