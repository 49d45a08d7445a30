"""All measurements of one run, the contestants in turns so that all meet the same machine."""

from __future__ import annotations

import math
import sys
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path
from time import monotonic
from typing import Final, TypeVar

from playwright.async_api import Browser

from bench import app
from bench.contest import Contest
from bench.contestants import DOCUMENT, EMPTY, FOLIUM, Entry
from bench.opening import check_drawn, open_once, watch_opening
from bench.results import RATES, PageFigures, Run
from bench.server import Site
from bench.servers import ROOT, streamlit
from bench.stepping import Steps, measure_heap, measure_held, measure_steps

__all__ = ["FULL", "QUICK", "Plan", "measure_apps", "measure_pages"]

T = TypeVar("T")

HEAPS: Final = (DOCUMENT, FOLIUM, "Folium Timeline")
"""Pages whose memory is watched: those that keys step."""

PAGES: Final = Path(__file__).parent / "pages"

DELAYS: Final = (0, 100)
"""Milliseconds added to every request."""

SCRIPTS: Final = {
    app.APP: ROOT / "streamlit_app.py",
    app.BARE: PAGES / "bare_page.py",
    app.GROUP: PAGES / "group_page.py",
    app.NAIVE: PAGES / "naive_page.py",
}


@dataclass(frozen=True)
class Plan:
    """How often things are done."""

    openings: int
    rounds: int
    steps: int
    """In each round, at each throttle."""
    heap_steps: int
    heap_warm: float
    """Seconds a page is stepped before its memory is compared."""
    app_rounds: int
    app_steps: int
    exports: int


FULL: Final = Plan(
    openings=5,
    rounds=2,
    steps=30,
    heap_steps=1000,
    heap_warm=30,
    app_rounds=2,
    app_steps=20,
    exports=5,
)
QUICK: Final = Plan(
    openings=1, rounds=1, steps=12, heap_steps=80, heap_warm=1, app_rounds=1, app_steps=6, exports=1
)


@dataclass(frozen=True)
class Server:
    """A running app."""

    name: str
    address: str
    eras: list[str]
    """What it calls the eras."""


async def measure_pages(
    browser: Browser, site: Site, contest: Contest, entries: list[Entry], plan: Plan
) -> Run:
    """Open, step, hold and watch all pages."""
    run = Run({entry.name: PageFigures(entry) for entry in entries})
    counts = [contest.count(era) - contest.frontiers[era] for era in contest.eras]
    for page in run.pages.values():
        _say(f"{page.entry.name}: what it draws")
        page.opening = await watch_opening(browser, site, page.entry)
        if page.entry.name != EMPTY:
            page.fault = await check_drawn(browser, page.entry, counts)
    working = [page for page in run.pages.values() if not page.fault]
    for number in range(plan.openings):
        if number and _late(run, 330, f"openings from round {number + 1}"):
            break
        _say(f"opening, round {number + 1} of {plan.openings}")
        for rate, delay, page in product(RATES, DELAYS, working):
            await _open(page, partial(open_once, browser, site), run, rate=rate, delay=delay)
    for number, rate in product(range(plan.rounds), RATES):
        if number and _late(run, 650, f"steps at {rate}× of round {number + 1}"):
            break
        _say(f"stepping at {rate}×, round {number + 1} of {plan.rounds}")
        for page in working:
            found = await _try(run, measure_steps(browser, page.entry, rate, plan.steps))
            _extend(page.steps[rate], found)
    for page in working:
        _say(f"{page.entry.name}: held key and memory")
        await _hold_and_watch(browser, run, page, plan)
    return run


async def _open(
    page: PageFigures, opened: Callable[..., Awaitable[float]], run: Run, *, rate: int, delay: int
) -> None:
    own = page.opening
    for times, read in ((own.first, page.entry.read_era), (own.live, page.entry.live)):
        if read:
            time = await _try(run, opened(replace(page.entry, read_era=read), rate, delay))
            times.setdefault((rate, delay), []).append(time or math.nan)


async def _hold_and_watch(browser: Browser, run: Run, page: PageFigures, plan: Plan) -> None:
    if not page.entry.clicks:
        page.held = await _try(run, measure_held(browser, page.entry))
    if page.entry.name in HEAPS:
        page.heap = await _try(
            run, measure_heap(browser, page.entry, plan.heap_steps, plan.heap_warm)
        )


async def measure_apps(
    browser: Browser, contest: Contest, file: Path, plan: Plan, run: Run
) -> None:
    """Step the app and its rivals; those start beside the contest's file, where no settings are."""
    numbers = [str(number) for number in range(len(contest.eras))]
    with ExitStack() as stack:
        servers = []
        for name, script in SCRIPTS.items():
            _say(f"{name}: starting")
            started_in = ROOT if name == app.APP else file.parent
            address = stack.enter_context(streamlit(script, started_in, file))
            eras = numbers if name == app.BARE else contest.eras
            servers.append(Server(name, address, eras))
            run.apps[name] = app.AppFigures()
        for _, server in product(range(plan.openings), servers):
            first = await _try(run, app.first_picture(browser, server.name, server.address))
            run.apps[server.name].first.append(first or math.nan)
        for number, server in product(range(plan.app_rounds), servers):
            if number and _late(run, 960, f"apps from round {number + 1}"):
                break
            _say(f"{server.name}: round {number + 1} of {plan.app_rounds}")
            total = run.apps[server.name]
            await _try(run, _measure_app(browser, server, total, plan, first=number == 0))


async def _measure_app(
    browser: Browser, server: Server, total: app.AppFigures, plan: Plan, *, first: bool
) -> None:
    async with app.open_app(browser, server.name, server.address, server.eras) as opened:
        own = opened.figures
        try:
            await opened.run(plan.app_steps)
            total.steps += own.steps
            total.traffic += own.traffic
            total.requests += own.requests
            total.remounts += own.remounts
            if first and server.name != app.BARE:
                await opened.check_view()
                total.view_kept = own.view_kept
                total.held = await opened.hold()
        finally:
            total.errors += own.errors
    if server.name != app.APP:
        return
    address = f"{server.address}{app.IN_ARTICLE}"
    async with app.open_app(browser, server.name, address, server.eras) as opened:
        own = opened.figures
        try:
            if first:
                total.held_on_map = await opened.hold(on_map=True)
            await opened.run_on_map(plan.steps)
            _extend(total.on_map, own.on_map)
            total.strays += own.strays
        finally:
            total.errors += own.errors


def _extend(steps: Steps, more: Steps | None) -> None:
    if more:
        steps.total += more.total
        steps.work += more.work
        steps.browser += more.browser


async def _try(run: Run, measurement: Awaitable[T]) -> T | None:
    """Await a measurement; what fails is listed in the report, and the others go on."""
    try:
        return await measurement
    except Exception as err:
        run.failures.append(f"{type(err).__name__}: {str(err).splitlines()[0][:200]}")
        return None


def _late(run: Run, seconds: float, what: str) -> bool:
    """Tell whether a run has taken longer than it may by now, and note what is left out for it."""
    if monotonic() - run.begun < seconds:
        return False
    run.failures.append(f"{what}: left out, the machine was too slow")
    return True


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
