"""The app and its rivals: from the slider's key to the painted era, bytes, remounts, the view."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.async_api import Browser, CDPSession, ElementHandle, Frame, Page, Request, WebSocket

from bench.browser import hold, probed
from bench.contestants import CLASS_ERA, FIRST_ERA, OWN_ERA
from bench.stepping import PACE, PATIENCE, Held, Steps, read_held, walk, work_of

__all__ = ["APP", "BARE", "GROUP", "NAIVE", "App", "AppFigures", "first_picture", "open_app"]

APP: Final = "atlas app"
NAIVE: Final = "st_folium, map built anew"
GROUP: Final = "st_folium, feature_group_to_add"
BARE: Final = "bare Streamlit page"

SLIDER: Final = "[data-testid=stSlider] input[type=range]"

TEXT_ERA: Final = (
    "(document.querySelector('[data-testid=stMarkdown]').textContent.match(/^value (\\S+)/)[1])"
)

IN_ARTICLE: Final = "?embed=true"
"""The app in an article's frame: there the map has its own slider, and the page has none."""

FIRST_PAINT: Final = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"

READ_ERA: Final = {APP: OWN_ERA, NAIVE: CLASS_ERA, GROUP: CLASS_ERA, BARE: TEXT_ERA}

ASK_VIEW: Final = """(frame) => new Promise((resolve) => {
  addEventListener("message", ({ data }) => {
    if (data?.atlas === 1 && data.type === "state") resolve(data.view);
  });
  frame.contentWindow.postMessage({ atlas: 1, type: "getState" }, "*");
  setTimeout(() => resolve(""), 3000);
})"""
"""The view by the document's message API."""


@dataclass
class AppFigures:
    """What stepping an app took."""

    first: list[float] = field(default_factory=list)
    """Milliseconds to the first era's picture; of the bare page, to its first paint."""
    steps: list[float] = field(default_factory=list)
    """Milliseconds from the slider's key to the painted era."""
    on_map: Steps = field(default_factory=Steps)
    """Steps by the document's own slider inside the app."""
    traffic: int = 0
    """Bytes over the socket, both ways."""
    requests: int = 0
    remounts: int = 0
    """Documents loaded into frames while stepping."""
    view_kept: bool | None = None
    held: Held | None = None
    held_on_map: Held | None = None
    strays: int = 0
    """Steps on the map that drew another era than the key asked for."""
    errors: list[str] = field(default_factory=list)


@dataclass
class App:
    """An open app."""

    name: str
    page: Page
    session: CDPSession
    eras: list[str]
    figures: AppFigures

    def map_frame(self) -> Frame | Page:
        """Return the frame that holds the map; the page itself when it has none."""
        frames = [f for f in self.page.frames if f is not self.page.main_frame and f.url]
        return frames[-1] if frames else self.page

    async def run(self, steps: int) -> None:
        """Step to and fro with the slider's keys; an even number of steps of whole rounds."""
        await self.page.bring_to_front()
        await self.page.focus(SLIDER)
        await self.page.evaluate("bench.start()")
        if self.name != BARE:
            await self.map_frame().evaluate("bench.start()")
        for era, forward in walk(len(self.eras), steps):
            await self.settle()
            drawn, pressed = await self.press("ArrowRight" if forward else "ArrowLeft", era)
            self.figures.steps.append(drawn["at"] - pressed["at"])
        await self.settle()
        for frame in self.page.frames:
            await frame.evaluate("window.bench && bench.stop()")

    async def press(self, key: str, era: int) -> tuple[Any, Any]:
        """Press a key and return the frame that shows the era, and the key."""
        await self.page.evaluate("bench.clear()")
        await self.page.keyboard.press(key)
        drawn = []
        while not any(entry["era"] == self.eras[era] for entry in drawn):
            count = len(drawn)
            drawn = await self.page.evaluate(f"bench.wait({count + 1}, {PATIENCE})")
            if len(drawn) == count:
                raise RuntimeError(f"{self.name}: era {era} was not drawn ({drawn})")
        pressed = await self.page.evaluate("bench.keys")
        return next(e for e in drawn if e["era"] == self.eras[era]), pressed[0]

    async def settle(self, quiet: float = 0.25) -> None:
        """Wait until the socket, the network and the frames have been quiet for a while."""
        before = None
        for _ in range(80):
            now = (self.figures.traffic, self.figures.requests, self.figures.remounts)
            if now == before:
                return
            before = now
            await asyncio.sleep(quiet)

    async def view(self) -> str:
        """Return where the map looks."""
        if self.name == APP:
            return str(await self.page.evaluate(ASK_VIEW, await self._frame_element()))
        return str(await self.map_frame().evaluate("bench.view()"))

    async def _focus_map(self) -> None:
        """Focus the map's own slider; the page gives its focus up first."""
        frame = self.map_frame()
        await self.page.evaluate("document.activeElement.blur()")
        await (await self._frame_element()).focus()
        await frame.focus("#era-slider")

    async def _rewind(self) -> None:
        """Go back to the first era; an app may need to be told more than once."""
        for _ in range(5):
            for _ in self.eras:
                await self.page.keyboard.press("ArrowLeft")
            await self.settle(0.6)
            if await self.map_frame().evaluate("bench.now()") == self.eras[0]:
                return
        raise RuntimeError(f"{self.name} does not go back to its first era")

    async def _frame_element(self) -> ElementHandle:
        frame = self.map_frame()
        if not isinstance(frame, Frame):
            raise TypeError(f"{self.name} has no map")
        return await frame.frame_element()

    async def check_view(self) -> None:
        """Drag the map a little, step there and back, and see whether it still looks there."""
        await self.page.focus(SLIDER)
        await self._rewind()
        box = await (await self._frame_element()).bounding_box() or {"x": 0.0, "y": 0.0}
        await self.page.mouse.move(box["x"] + 420, box["y"] + 300)
        await self.page.mouse.down()
        await self.page.mouse.move(box["x"] + 360, box["y"] + 270, steps=4)
        await asyncio.sleep(0.3)  # or the map would glide on
        await self.page.mouse.up()
        await self.settle(0.8)
        before = await self.view()
        await self.page.evaluate("bench.start()")
        await self.map_frame().evaluate("bench.start()")
        await self.page.focus(SLIDER)
        await self.press("ArrowRight", 1)
        await self.settle()
        self.figures.view_kept = before != "" and before == await self.view()
        await self.press("ArrowLeft", 0)
        await self.settle()

    async def run_on_map(self, steps: int) -> None:
        """Step with the document's own slider inside the app, to and fro from where it stands."""
        frame = self.map_frame()
        await self._focus_map()
        await self._rewind()
        await frame.evaluate("bench.start()")
        await self.page.evaluate("bench.start()")
        forward = True
        for number in range(steps):
            await asyncio.sleep(0.4 if number % 3 == 0 else 0.08)
            era = self.eras.index(await frame.evaluate("bench.now()"))
            forward = era == 0 or (forward and era < len(self.eras) - 1)
            await frame.evaluate("bench.clear()")
            await self.page.evaluate("bench.clear()")
            await self.page.keyboard.press("ArrowRight" if forward else "ArrowLeft")
            drawn = await self.page.evaluate(f"bench.wait(1, {PATIENCE})")
            pressed = await frame.evaluate("bench.keys")
            if not drawn or not pressed:
                raise RuntimeError(f"{self.name}: a step on the map was not drawn")
            self.figures.on_map.total.append(drawn[0]["at"] - pressed[0]["at"])
            self.figures.on_map.work.append(work_of(pressed[0], drawn[0]))
            wanted = self.eras[era + (1 if forward else -1)]
            self.figures.strays += drawn[0]["era"] != wanted

    async def hold(self, *, on_map: bool = False) -> Held:
        """Hold an arrow key on the slider of the page, or of the map."""
        await self.settle()
        keys = [forward for _, forward in walk(len(self.eras), 150, turn=len(self.eras) - 2)]
        end = list(walk(len(self.eras), 150, turn=len(self.eras) - 2))[-1][0]
        frame = self.map_frame()
        target = frame if on_map else self.page
        await (self._focus_map() if on_map else self.page.focus(SLIDER))
        await self._rewind()
        await frame.evaluate("bench.start()")
        await self.page.evaluate("bench.start()")
        await hold(self.session, ["ArrowRight" if on else "ArrowLeft" for on in keys], PACE)
        return await read_held(self.page, target, self.eras[end], self.figures.errors, quiet=2500)


async def first_picture(browser: Browser, name: str, address: str) -> float:
    """Open an app with a cold cache; return milliseconds to its first era's picture.

    A bare page has none: what counts there is its first paint of anything.
    """
    read = {**READ_ERA, APP: FIRST_ERA}[name]
    async with probed(browser, read) as (_, page, _session):
        await page.goto(address, wait_until="commit")
        drawn = await page.evaluate("bench.wait(1, 60000)")
        if not drawn:
            raise RuntimeError(f"{name} shows no era")
        if name == BARE:
            return float(await page.evaluate(FIRST_PAINT))
        return float(drawn[0]["at"] - await page.evaluate("bench.opened"))


@asynccontextmanager
async def open_app(
    browser: Browser, name: str, address: str, eras: list[str]
) -> AsyncIterator[App]:
    """Open an app and wait until it shows its first era."""
    figures = AppFigures()

    def listen(socket: WebSocket) -> None:
        for event in ("framesent", "framereceived"):
            socket.on(event, count)

    def count(data: str | bytes) -> None:
        figures.traffic += len(data)

    def asked(request: Request) -> None:
        # The icon is asked for again whenever the address changes; that is no part of a step.
        figures.requests += request.resource_type != "other"
        figures.remounts += (
            request.is_navigation_request() and request.frame.parent_frame is not None
        )

    async with probed(browser, READ_ERA[name], always=True) as (_, page, session):
        page.on("websocket", listen)
        page.on("request", asked)
        page.on("pageerror", lambda error: figures.errors.append(str(error)))
        await page.goto(address)
        drawn = await page.evaluate("bench.wait(1, 60000)")
        if not drawn:
            raise RuntimeError(f"{name} shows no era")
        app = App(name, page, session, eras, figures)
        await app.settle(1.0)
        if name == APP:
            await page.locator("iframe").element_handle(timeout=10_000)
            inner = page.frame_locator("iframe").locator("html[data-atlas-prepared]")
            await inner.wait_for(state="attached", timeout=60_000)
        figures.traffic = figures.requests = figures.remounts = 0
        yield app
