"""All measurements of one run, the contestants in turns so that all meet the same machine."""

from __future__ import annotations

import sys
from collections.abc import Awaitable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
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


@dataclass(frozen=True)
class Plan:
    """How often things are done."""

    openings: int
    rounds: int
    steps: int
    """In each round, at each throttle."""
    heap_steps: int
    app_rounds: int
    app_steps: int


FULL: Final = Plan(openings=5, rounds=2, steps=40, heap_steps=1000, app_rounds=2, app_steps=20)
QUICK: Final = Plan(openings=1, rounds=1, steps=12, heap_steps=80, app_rounds=1, app_steps=6)


async def measure_pages(
    browser: Browser, site: Site, contest: Contest, entries: list[Entry], plan: Plan
) -> Run:
    """Open, step, hold and watch all pages."""
    run = Run({entry.name: PageFigures(entry) for entry in entries})
    counts = [contest.count(era) for era in contest.eras]
    for page in run.pages.values():
        _say(f"{page.entry.name}: what it draws")
        page.opening = await watch_opening(browser, site, page.entry)
        if page.entry.name != EMPTY:
            page.fault = await check_drawn(browser, page.entry, counts)
    working = [page for page in run.pages.values() if not page.fault]
    for number in range(plan.openings):
        _say(f"opening, round {number + 1} of {plan.openings}")
        for delay in (0, 100):
            for rate in RATES:
                for page in working:
                    time = await open_once(browser, site, page.entry, rate, delay)
                    page.opening.first.setdefault((rate, delay), []).append(time)
    for number in range(plan.rounds):
        for rate in RATES:
            _say(f"stepping at {rate}×, round {number + 1} of {plan.rounds}")
            for page in working:
                found = await _try(run, measure_steps(browser, page.entry, rate, plan.steps))
                _extend(page.steps[rate], found)
    for page in working:
        _say(f"{page.entry.name}: held key and memory")
        if not page.entry.clicks:
            page.held = await _try(run, measure_held(browser, page.entry))
        if page.entry.name in HEAPS:
            page.heap = await _try(run, measure_heap(browser, page.entry, plan.heap_steps))
    return run


async def measure_apps(
    browser: Browser, contest: Contest, folder: Path, file: Path, plan: Plan, run: Run
) -> None:
    """Step the app and its rivals; those start in an empty folder, with Streamlit's defaults."""
    numbers = [str(number) for number in range(len(contest.eras))]
    scripts = {
        app.APP: (ROOT / "streamlit_app.py", ROOT),
        app.BARE: (PAGES / "bare_page.py", folder),
        app.GROUP: (PAGES / "group_page.py", folder),
        app.NAIVE: (PAGES / "naive_page.py", folder),
    }
    with ExitStack() as stack:
        for name, (script, started_in) in scripts.items():
            _say(f"{name}: starting")
            scripts[name] = stack.enter_context(streamlit(script, started_in, file))
        run.apps.update((name, app.AppFigures()) for name in scripts)
        for number in range(plan.app_rounds):
            for name, address in scripts.items():
                _say(f"{name}: round {number + 1} of {plan.app_rounds}")
                eras = numbers if name == app.BARE else contest.eras
                await _try(run, _measure_app(browser, run, name, address, eras, plan, number))


async def _measure_app(
    browser: Browser, run: Run, name: str, address: str, eras: list[str], plan: Plan, number: int
) -> None:
    total = run.apps[name]
    async with app.open_app(browser, name, address, eras) as opened:
        own = opened.figures
        try:
            await opened.run(plan.app_steps)
            total.steps += own.steps
            total.traffic += own.traffic
            total.requests += own.requests
            total.remounts += own.remounts
            if number == 0 and name != app.BARE:
                await opened.check_view()
                total.view_kept = own.view_kept
                total.held = await opened.hold()
            if name == app.APP:
                if number == 0:
                    total.held_on_map = await opened.hold(on_map=True)
                await opened.run_on_map(plan.steps)
                _extend(total.on_map, own.on_map)
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


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
