"""The tests of the scorecard: each looks at a page in the browser and writes down what it found."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.async_api import Browser, Page, Request, Route

from bench.browser import until
from bench.contest import Contest
from bench.contestants import DOCUMENT, Entry
from bench.figures import median
from bench.stepping import measure_steps

__all__ = ["DRAWN", "HOSTILE", "Card", "score_pages"]

HOSTILE: Final = (
    "<script>canary(0)</script>",
    '<img src="x:" onerror="canary(1)">',
    "</script><script>canary(2)</script>",
    '<svg onload="canary(3)">',
    '<details open ontoggle="canary(4)">x</details>',
    '" onmouseover="canary(5)" x="',
    "</style><script>canary(6)</script>",
    "`+canary(7)+`",
    "${canary(8)}",
    "'-canary(9)-'",
    "<input autofocus onfocus=canary(10)>",
    "<style onload=canary(11)></style>",
)
"""Titles that run a function where they are taken for markup or code."""

CANARY: Final = "window.ran = new Set(); window.canary = (number) => { window.ran.add(number); };"

READ_ALL: Final = """() => {
  const names = Object.getOwnPropertyNames(window).filter((name) => /^map_/.test(name));
  const map = names.map((name) => window[name]).find((value) => value && value.eachLayer);
  // As a mouse does: a tooltip or popup of a group belongs to whichever of its layers is under it.
  const open = (layer) => {
    const latlng = layer.getLatLng ? layer.getLatLng() : layer.getBounds().getCenter();
    for (const event of ["mouseover", "click"]) layer.fire(event, { latlng }, true);
  };
  if (map) map.eachLayer((layer) => { if (layer.getElement && !layer.eachLayer) open(layer); });
}"""
"""Open the tooltip and popup of every layer of a Leaflet map."""

DRAWN: Final = "document.querySelectorAll('.leaflet-container path, .now .f').length"

WITHIN: Final = "document.documentElement.scrollWidth <= innerWidth"

LISTED: Final = "document.querySelector('#lists:not([aria-busy])')"

FOCUSED: Final = """(titles) => {
  const nodes = document.querySelectorAll("a[href], button, input, select, summary, [tabindex]");
  const reached = [...nodes]
    .filter((node) => node.tabIndex >= 0 && !node.closest("[hidden], [inert]"))
    .map((node) => [node.textContent, node.ariaLabel, node.title].join(" "));
  return titles.filter((title) => reached.some((text) => text.includes(title))).length;
}"""
"""How many titles what the keyboard reaches has as its text or name."""

SINCE: Final = "1970"
"""Where the clocks of computers begin."""

STEPS: Final = 30

LONGEST: Final = 90
"""Seconds for one test of one page."""

WAIT: Final = 15_000
"""Milliseconds a page has to draw something."""


@dataclass
class Card:
    """A page and what was found of it, by test."""

    entry: Entry
    hostile: str
    """The same page with hostile titles."""
    found: dict[str, str] = field(default_factory=dict)

    @property
    def hostile_path(self) -> str:
        """Where the server has the hostile one."""
        return self.entry.path.replace(".html", "-hostile.html")


async def score_pages(browser: Browser, cards: list[Card], contest: Contest) -> None:
    """Run every test on every page; one that fails is named and the others go on."""
    tests: list[Callable[[Browser, Card], Awaitable[None]]] = [weigh, cut_off, attack, read]
    tests_of_eras: list[Callable[[Browser, Card, Contest], Awaitable[None]]] = [reach, step]
    for card in cards:
        for test in tests:
            await tried(card, test.__name__, test(browser, card))
        for of_eras in tests_of_eras:
            await tried(card, of_eras.__name__, of_eras(browser, card, contest))


async def tried(card: Card, name: str, running: Awaitable[None]) -> None:
    """Await a test; its failure is a finding."""
    print(f"{card.entry.name}: {name}", file=sys.stderr, flush=True)
    try:
        await asyncio.wait_for(running, LONGEST)
    except Exception as err:
        reason = (str(err) or type(err).__name__).splitlines()[0]
        card.found[f"failed: {name}"] = reason[:120]


async def opened(browser: Browser, address: str, **options: Any) -> Page:
    """Open a page in a profile of its own, with the canary in it."""
    context = await browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
    await context.add_init_script(CANARY)
    page = await context.new_page()
    page.set_default_timeout(WAIT)
    await page.goto(address, wait_until="domcontentloaded")
    return page


async def drawn(page: Page) -> int:
    """Return how much of a map is drawn, once something is or cannot be any more."""
    await until(page, f"{DRAWN} > 0", WAIT / 1000)
    return int(await page.evaluate(DRAWN))


async def weigh(browser: Browser, card: Card) -> None:
    """Find what it weighs and asks for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    context = await browser.new_context()
    page = await context.new_page()
    page.on("request", note)
    await page.goto(card.entry.url)
    await drawn(page)
    others = [url for url in asked if url.startswith("http") and url != card.entry.url]
    hosts = {urlsplit(url).hostname for url in others}
    card.found["the file, kB gzipped"] = f"{card.entry.sizes[1] / 1000:,.0f}"
    card.found["asks for"] = f"{len(others)} files of {len(hosts)} hosts" if others else "nothing"
    await context.close()


async def cut_off(browser: Browser, card: Card) -> None:
    """Look at it with every host but its own cut off, and without JavaScript."""

    async def only_itself(route: Route) -> None:
        own = route.request.url == card.entry.url
        await (route.continue_() if own else route.abort())

    context = await browser.new_context()
    page = await context.new_page()
    await page.route("**/*", only_itself)
    await page.goto(card.entry.url, wait_until="domcontentloaded")
    count = await drawn(page)
    card.found["offline"] = f"{count} shapes drawn" if count else "blank"
    await context.close()
    page = await opened(browser, card.entry.url, java_script_enabled=False)
    pictures = await page.locator("svg path:visible").count()
    words = len((await page.inner_text("body")).split())
    card.found["without JavaScript"] = (
        f"a picture and {words} words" if pictures else f"{words} words" if words else "blank"
    )
    await page.context.close()


async def attack(browser: Browser, card: Card) -> None:
    """Count the hostile titles that run once every tooltip, popup and card was opened."""
    page = await opened(browser, card.entry.url.replace(card.entry.path, card.hostile_path))
    shown = await drawn(page)
    if card.entry.name == DOCUMENT:
        await until(page, LISTED)
    await page.evaluate(READ_ALL)
    for row in (await page.locator("[data-row]").all())[: 2 * len(HOSTILE)]:
        await row.dispatch_event("click")
    await page.mouse.move(640, 400)
    await asyncio.sleep(1)  # a picture that cannot be had says so later
    ran = await page.evaluate("window.ran.size")
    policy = await page.locator("meta[http-equiv=Content-Security-Policy]").count()
    card.found["hostile titles that ran"] = (
        f"{ran} of {len(HOSTILE)}" if shown or ran else "none, but they break it: it draws nothing"
    )
    card.found["policy against scripts"] = "by hashes" if policy else "none"
    await page.context.close()


async def read(browser: Browser, card: Card) -> None:
    """Look at it on a narrow screen, and ask a checker of accessibility."""
    page = await opened(browser, card.entry.url, viewport={"width": 280, "height": 653})
    await drawn(page)
    fits = await page.evaluate(WITHIN)
    card.found["280 pixels wide"] = "fits" if fits else "runs out of the page"
    await page.context.close()
    page = await opened(browser, card.entry.url)
    await drawn(page)
    await page.evaluate(Path(AXE_FILE_PATH).read_text(encoding="utf-8"))
    told: Mapping[str, Any] = await page.evaluate("axe.run()")
    kinds = len(told["violations"])
    card.found["axe finds"] = f"{kinds} kinds of fault" if kinds else "nothing"
    await page.context.close()


async def reach(browser: Browser, card: Card, contest: Contest) -> None:
    """Count the first era's features that the keyboard reaches by name."""
    page = await opened(browser, card.entry.url)
    await drawn(page)
    if card.entry.name == DOCUMENT:
        await until(page, LISTED)
    era = contest.eras[0]
    features = contest.shown[era]["features"][contest.frontiers[era] :]
    titles = [feature["properties"]["title"] for feature in features]
    count = await page.evaluate(FOCUSED, titles)
    card.found["first era's features that Tab reaches by name"] = f"{count} of {len(titles)}"
    await page.context.close()


async def step(browser: Browser, card: Card, contest: Contest) -> None:
    """Count the eras that its own keys or buttons reach, and time a step."""
    entry = card.entry
    if not entry.eras:
        card.found["eras that can be stepped to"] = "none: it has no time"
        return
    page = await opened(browser, entry.url)
    await until(page, entry.ready)
    if entry.focus:
        await page.focus(entry.focus)
    seen = {await shown_era(page, entry)}
    act = page.click if entry.clicks else page.keyboard.press
    for _ in entry.eras[1:]:
        await act(entry.forward)
        await asyncio.sleep(0.5)  # longer than any of them takes to draw one
        seen.add(await shown_era(page, entry))
    await page.context.close()
    begins = dict(zip(entry.eras, contest.begins, strict=True))
    old = {era for era, day in begins.items() if day < SINCE}
    card.found["eras that can be stepped to"] = f"{len(seen & set(begins))} of {len(begins)}"
    card.found[f"of those that begin before {SINCE}"] = f"{len(seen & old)} of {len(old)}"
    card.found["stepped by"] = "mouse alone" if entry.clicks else "keys"
    if seen & set(begins):
        steps = await measure_steps(browser, entry, 1, STEPS)
        card.found["a step, median"] = f"{median(steps.total):.0f} ms"


async def shown_era(page: Page, entry: Entry) -> str:
    """Return the era that a page shows; nothing when it shows none."""
    expression = f"(() => {{ try {{ return {entry.read_era}; }} catch {{ return ''; }} }})()"
    return str(await page.evaluate(expression) or "")
