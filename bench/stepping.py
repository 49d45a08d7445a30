"""Stepping a page through eras: time to the next frame, a held key, memory."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from time import monotonic

from playwright.async_api import Browser, Frame, Page

from bench.browser import hold, probed, read_heap, throttle, until
from bench.contestants import Entry

__all__ = [
    "Heap",
    "Held",
    "Steps",
    "held_keys",
    "measure_heap",
    "measure_held",
    "measure_steps",
    "walk",
    "work_of",
]

PAUSES = (0.04, 0.12)
"""Seconds between quick steps."""
LOOKS = (0.35, 0.45)
"""Seconds a reader looks who takes time: what fades, fades."""
PACE = 1 / 30
"""Seconds between the presses of a held key."""
PATIENCE = 10_000


@dataclass
class Steps:
    """Milliseconds, one a step."""

    total: list[float] = field(default_factory=list)
    """From the key to the frame with the new era done."""
    work: list[float] = field(default_factory=list)
    """Of these, what the page itself took: handling the key, and that frame."""
    browser: list[float] = field(default_factory=list)
    """From the key to the picture, as the browser tells it, in steps of 8."""


@dataclass(frozen=True)
class Held:
    """What a held key did."""

    right: bool
    """Whether it ended on the right era."""
    backlog: float
    """Milliseconds from the last press to the last frame."""
    errors: int
    drawn: int
    """How many eras were drawn on the way."""


@dataclass(frozen=True)
class Heap:
    """Megabytes of JavaScript in use after garbage collection."""

    first: float
    """When all eras were shown twice, to and fro."""
    before: float
    """After as much stepping as the page could do in the time of the warm-up."""
    after: float
    """After the steps that are to leave no growth."""

    @property
    def growth(self) -> float:
        """What the steps have added, per cent."""
        return (self.after / self.before - 1) * 100


def walk(count: int, steps: int, *, turn: int = 0) -> Iterator[tuple[int, bool]]:
    """Yield the era after each step and whether the step is forward: to and fro, each one moves."""
    turn = turn or count - 1
    era, forward = 0, True
    for number in range(steps):
        if number and number % turn == 0:
            forward = not forward
        era += 1 if forward else -1
        yield era, forward


def held_keys(entry: Entry, seconds: float = 5.0) -> tuple[list[str], int]:
    """Return the presses of a held key, turning so that each moves, and the era they end on."""
    path = list(walk(len(entry.eras), round(seconds / PACE), turn=len(entry.eras) - 2))
    return [entry.forward if forward else entry.back for _, forward in path], path[-1][0]


async def measure_steps(browser: Browser, entry: Entry, rate: int, steps: int) -> Steps:
    """Time steps; random pauses let keys fall anywhere between two frames."""
    result = Steps()
    async with probed(browser, entry.read_era) as (_, page, session):
        await _prepare(page, entry)
        await throttle(session, rate)
        target = page.click if entry.clicks else page.keyboard.press
        chance = random.Random(steps)
        await page.evaluate("bench.start()")
        for number, (_, forward) in enumerate(walk(len(entry.eras), steps)):
            await asyncio.sleep(chance.uniform(*(LOOKS if number % 3 == 0 else PAUSES)))
            await page.evaluate("bench.clear()")
            await target(entry.forward if forward else entry.back)
            drawn = await page.evaluate(f"bench.wait(1, {PATIENCE})")
            pressed = await page.evaluate("bench.keys")
            if not drawn or not pressed:
                raise RuntimeError(f"{entry.name}: step {number} was not drawn")
            result.total.append(drawn[0]["at"] - pressed[0]["at"])
            result.work.append(work_of(pressed[0], drawn[0]))
            shown = await page.evaluate("bench.shown")
            result.browser.append(max((entry["duration"] for entry in shown), default=16))
    return result


def work_of(key: Mapping[str, float], drawn: Mapping[str, float]) -> float:
    """Return milliseconds a page took: handling a key until its frame began, and that frame.

    When the frame follows at once, the task that ends the handling runs only after it.
    """
    handled = min(key["from"] + key["handling"], max(drawn["frame"], key["from"]))
    return handled - key["from"] + drawn["at"] - max(drawn["frame"], key["from"])


async def measure_held(browser: Browser, entry: Entry) -> Held:
    """Hold an arrow key: 30 presses a second for 5 s."""
    async with probed(browser, entry.read_era) as (_, page, session):
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        await _prepare(page, entry)
        keys, end = held_keys(entry)
        await page.evaluate("bench.start()")
        await hold(session, keys, PACE)
        return await read_held(page, page, entry.eras[end], errors)


async def read_held(
    page: Page, pressed_in: Page | Frame, end: str, errors: list[str], *, quiet: int = 700
) -> Held:
    """Wait until nothing moves any more and read how a held key ended."""
    await page.evaluate("bench.wait(1, 15000)")
    drawn = await page.evaluate(f"bench.settled({quiet}, 20000)")
    last = await pressed_in.evaluate("bench.keys.at(-1)")
    right = bool(drawn) and drawn[-1]["era"] == end
    backlog = max(0.0, drawn[-1]["at"] - last["at"]) if drawn and last else float("nan")
    return Held(right, backlog, len(errors), len(drawn))


async def measure_heap(browser: Browser, entry: Entry, steps: int, warm: float) -> Heap:
    """Weigh a page's JavaScript: all eras shown twice, warmed up, and many steps later."""
    async with probed(browser, entry.read_era) as (_, page, session):
        await _prepare(page, entry)
        around = 2 * (len(entry.eras) - 1)
        weights = []
        for rounds, seconds in ((2, 0.0), (0, warm), (max(1, steps // around), 0.0)):
            begun, done = monotonic(), 0
            while done < rounds or monotonic() - begun < seconds:
                await _run(page, entry, around)
                done += 1
            await asyncio.sleep(1)  # what the page does once its reader rests is no growth
            weights.append(await read_heap(session) / 1e6)
    return Heap(*weights)


async def _run(page: Page, entry: Entry, steps: int) -> None:
    """Step as fast as the page handles keys; ends where it began when steps are whole rounds."""
    target = page.click if entry.clicks else page.keyboard.press
    for _, forward in walk(len(entry.eras), steps):
        await target(entry.forward if forward else entry.back)


async def _prepare(page: Page, entry: Entry) -> None:
    await page.goto(entry.url)
    if not await until(page, entry.ready):
        raise RuntimeError(f"{entry.name} does not start")
    await page.evaluate("bench.stop()")
    if entry.focus:
        await page.focus(entry.focus)
