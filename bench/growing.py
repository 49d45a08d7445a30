"""What thousands of steps leave behind in a browser: heap, nodes, listeners."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import monotonic
from typing import Final

from playwright.async_api import Browser, CDPSession, Page

from bench.app import SLIDER
from bench.browser import read_heap, until
from bench.stepping import walk

__all__ = ["APP_PARTS", "DOCUMENT", "Growth", "Weight", "grow_app", "grow_document", "weigh"]

DOCUMENT: Final = "document"

APP_PARTS: Final = ("page of the app", "map in the app")

PATIENCE: Final = 180_000
"""Milliseconds for a page to be ready."""

PREPARED: Final = "document.querySelector('html[data-atlas-state=ready][data-atlas-prepared]')"

UNPAINTED: Final = "document.documentElement.style.opacity = 0"
"""Nothing is painted: that takes time and leaves nothing in the heap."""

STEP_ON = """async ([steps, first, seconds]) => {
  const slider = document.getElementById("era-slider");
  const last = Number(slider.max);
  const end = performance.now() + 1000 * seconds;
  for (let step = 1; step <= steps; step += 1) {
    const place = (first + step) % (2 * last);
    slider.value = place <= last ? place : 2 * last - place;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
    if (performance.now() > end) return step;
  }
  return steps;
}"""
"""Step to and fro, one era a frame; returns how many steps there was time for."""


@dataclass(frozen=True)
class Weight:
    """What a page holds once its garbage is collected."""

    heap: float
    """MB of JavaScript."""
    nodes: int
    listeners: int


@dataclass(frozen=True)
class Growth:
    """A page before and after many steps."""

    steps: int
    before: Weight
    after: Weight

    def per_thousand(self, name: str) -> float:
        """Return the growth of one figure by 1,000 steps."""
        return 1000 * float(getattr(self.after, name) - getattr(self.before, name)) / self.steps


async def weigh(session: CDPSession) -> Weight:
    """Weigh a page that has come to rest."""
    await asyncio.sleep(2)  # what it does once its reader rests is no growth
    heap = await read_heap(session) / 1e6
    told = await session.send("Memory.getDOMCounters")
    return Weight(heap, told["nodes"], told["jsEventListeners"])


async def grow_document(
    browser: Browser, address: str, *, steps: int, warm: int, seconds: float
) -> dict[str, Growth]:
    """Step the document as fast as it draws, a frame each, no longer than some seconds."""
    context = await browser.new_context()
    try:
        page = await context.new_page()
        session = await context.new_cdp_session(page)
        await page.goto(address)
        if not await until(page, PREPARED, PATIENCE / 1000):
            raise RuntimeError("the document does not start")
        await page.evaluate(UNPAINTED)
        begun = monotonic()
        done = await page.evaluate(STEP_ON, [warm, 0, seconds])
        before = await weigh(session)
        left = seconds - (monotonic() - begun)
        more = await page.evaluate(STEP_ON, [steps, done, left])
        return {DOCUMENT: Growth(more, before, await weigh(session))}
    finally:
        await context.close()


async def grow_app(browser: Browser, address: str, *, steps: int, warm: int) -> dict[str, Growth]:
    """Step the app by its page's slider; returns the growth of the page, and of the map in it."""
    context = await browser.new_context()
    try:
        page = await context.new_page()
        await page.goto(address)
        await page.wait_for_selector(SLIDER, state="attached", timeout=PATIENCE)
        started = page.frame_locator("iframe").locator("html[data-atlas-state=ready]")
        await started.wait_for(state="attached", timeout=PATIENCE)
        inner = next(frame for frame in page.frames if frame is not page.main_frame)
        sessions = [await context.new_cdp_session(part) for part in (page, inner)]
        for part in (page, inner):
            await part.evaluate(UNPAINTED)
        await page.focus(SLIDER)
        count = int(await inner.evaluate("document.querySelectorAll('.tick').length"))
        path = list(walk(count, warm + steps))
        await _press(page, [forward for _, forward in path[:warm]])
        if not await until(inner, PREPARED, PATIENCE / 1000):
            raise RuntimeError("the map in the app does not come to rest")
        before = [await weigh(session) for session in sessions]
        await _press(page, [forward for _, forward in path[warm:]])
        at = int(await page.evaluate(f"document.querySelector('{SLIDER}').value"))
        if at != path[-1][0]:
            raise RuntimeError(f"the slider is at era {at}, not {path[-1][0]}")
        after = [await weigh(session) for session in sessions]
        grown = (Growth(steps, *pair) for pair in zip(before, after, strict=True))
        return dict(zip(APP_PARTS, grown, strict=True))
    finally:
        await context.close()


async def _press(page: Page, forward: list[bool]) -> None:
    """Press a key for each step, and leave the server the time of an answer."""
    for on in forward:
        await page.keyboard.press("ArrowRight" if on else "ArrowLeft")
        await asyncio.sleep(0.02)
