"""Own data: one GeoDataFrame with dates as a page, by geo.explore and by what stands beside it.

Run alone by `python -m bench --only own-data`: it then renews its own part of docs/benchmarks.md.
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from urllib.parse import urlsplit

import geopandas
from playwright.async_api import Browser, Error

from bench.apart import python_apart
from bench.browser import chromium, probed, until
from bench.contestants import FIRST_ERA, OWN_ERA, Entry
from bench.figures import Target, median, p95
from bench.opening import Opening, open_once, watch_opening
from bench.own_tables import TABLES
from bench.packages import fetch_files
from bench.pages.own_page import LAST, LATER, SPANS
from bench.report import machine_facts
from bench.results import at_most
from bench.server import HOST, Site, serve
from bench.servers import ROOT
from bench.stepping import Steps, measure_steps
from bench.table import write_milliseconds, write_table
from geo import explore
from geo.document.folium_map import AtlasElement

__all__ = ["FULL", "HEADING", "QUICK", "Plan", "measure_own_data"]

HEADING: Final = "## Own data"

SCRIPT: Final = ROOT / "bench" / "pages" / "own_page.py"

OURS: Final = "geo.explore"

DRAWN: Final = ".leaflet-overlay-pane path, .leaflet-marker-pane img"
COUNT: Final = f"document.querySelectorAll('{DRAWN}').length"
ALL: Final = f"({COUNT} ? 'all' : undefined)"

METHOD: Final = Path(__file__).with_name("own_data.md")

CANVAS: Final = "(document.querySelector('canvas') ? 'all' : undefined)"

PLUGIN_DATE: Final = "document.querySelector('.timecontrol-date').textContent"
PLUGIN_TIME: Final = f"({COUNT} && {PLUGIN_DATE})"
PLUGIN_YEAR: Final = f"parseInt({PLUGIN_DATE}, 10)"
BUTTONS: Final = {
    "forward": ".timecontrol-forward",
    "back": ".timecontrol-backward",
    "clicks": True,
    "ready": COUNT,
}

LOADED: Final = re.compile(r"""(?:src|href)=["'](https://[^"']+\.(?:js|css))["']""")
"""Addresses of files that a page asks for."""

PATIENCE: Final = 3.0
"""Seconds a page is given to show a moment."""


@dataclass(frozen=True)
class Way:
    """How a table becomes a page, and how that page is asked what it shows."""

    name: str
    apart: bool = False
    """Whether it is installed in the rivals' own environment."""
    read: str = ALL
    """A JavaScript expression: the moment that is shown, once something is drawn."""
    count: str = COUNT
    year: str = ""
    """A JavaScript expression: the year that is shown, or our era's id; empty: it has no time."""
    snaps: bool = False
    """Whether it steps to whatever begins or ends, instead of by years or eras."""
    keys: Mapping[str, Any] = field(default_factory=dict)
    """How an Entry of it is stepped."""


WAYS: Final = (
    Way(
        OURS,
        read=FIRST_ERA,
        count="document.querySelectorAll('.now .f:not([display=none])').length",
        year=OWN_ERA,
        keys={
            "forward": "ArrowRight",
            "back": "ArrowLeft",
            "focus": "#era-slider",
            "live": OWN_ERA,
            "ready": "document.querySelector('html[data-atlas-state=ready][data-atlas-prepared]')",
        },
    ),
    Way("gdf.explore", apart=True),
    Way(
        "Folium Timeline",
        read=f"({COUNT} && document.querySelector('.time-slider').value)",
        year="new Date(Number(document.querySelector('.time-slider').value)).getUTCFullYear()",
        snaps=True,
        keys={"forward": "ArrowRight", "back": "ArrowLeft", "ready": COUNT},
    ),
    Way("Folium TimestampedGeoJson", read=PLUGIN_TIME, year=PLUGIN_YEAR, keys=BUTTONS),
    Way(
        "the same, 120 years later",
        read=PLUGIN_TIME,
        year=f"{PLUGIN_YEAR} - {LATER}",
        keys=BUTTONS,
    ),
    Way("leafmap", apart=True),
    Way("lonboard", apart=True, read=CANVAS, count="document.querySelectorAll('canvas').length"),
)


@dataclass(frozen=True)
class Plan:
    """How often things are done."""

    builds: int
    openings: int
    steps: int
    moments: int
    """Steps of which it is asked whether they show what held."""


FULL: Final = Plan(builds=2, openings=3, steps=30, moments=15)
QUICK: Final = Plan(builds=1, openings=1, steps=6, moments=5)


@dataclass
class Figures:
    """What was measured of one way with one table."""

    way: Way
    entry: Entry
    seconds: list[float]
    """From starting Python to its end."""
    opening: Opening = field(default_factory=Opening)
    offline: int = 0
    """Features drawn where every host but the page's own is cut off."""
    right: int = 0
    moments: int = 0
    """Moments looked at, and how many of them showed just what held."""
    steps: Steps = field(default_factory=Steps)
    fault: str = ""


async def measure_own_data(plan: Plan) -> str:
    """Make, open and step all pages; return the part of the report, under its heading."""
    parts = [f"{HEADING}\n", METHOD.read_text(encoding="utf-8")]
    targets: list[Target] = []
    apart = python_apart()
    for name, make in TABLES.items():
        frame = make()
        with tempfile.TemporaryDirectory() as folder:
            made = [_make(way, frame, Path(folder), plan, apart) for way in WAYS]
        pages = {f"{HOST}/{one.entry.path}": one.entry.page.encode() for one in made}
        pages[f"{HOST}/blank.html"] = b"<!doctype html><title>blank</title>"
        asked = {url for one in made for url in LOADED.findall(one.entry.page)}
        loaded = fetch_files(sorted(asked), ROOT / "build" / "bench-packages")
        for url, body in loaded.items():
            pages[f"{urlsplit(url).hostname}{urlsplit(url).path}"] = body
        with serve(pages) as site:
            async with chromium(site) as browser:
                for one in made:
                    if one.entry.page:
                        await _measure(browser, site, one, frame, plan)
                version = browser.version
        targets += _targets(name, made[0], len(frame))
        parts += [f"\n**{name}**\n", write_table(HEAD, [_row(one) for one in made])]
        parts += [f"- {one.way.name}: {one.fault}" for one in made if one.fault]
    told = [[one.promise, one.measured, "yes" if one.met else "**no**"] for one in targets]
    parts.insert(1, f"Measured {machine_facts(version)[0]}.\n")
    parts.insert(3, "\n" + write_table(["target", "measured", "met"], told))
    return "\n".join(parts) + "\n"


def _make(way: Way, frame: geopandas.GeoDataFrame, folder: Path, plan: Plan, apart: str) -> Figures:
    """Make a page several times; the first compiles modules and is not counted."""
    table, page = folder / "table.geojson", folder / "page.html"
    frame.to_file(table, driver="GeoJSON")
    python = apart if way.apart else sys.executable
    seconds, fault = [], "" if python else "its packages could not be installed"
    environment = {**os.environ, "PYTHONPATH": "" if way.apart else str(ROOT)}
    for number in range(plan.builds + 1) if python else ():
        begun = perf_counter()
        command = [python, SCRIPT, way.name, table, page]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if done.returncode:
            fault = done.stderr.strip().splitlines()[-1][:200]
            break
        if number:
            seconds.append(perf_counter() - begun)
    content = page.read_text(encoding="utf-8") if page.exists() and not fault else ""
    page.unlink(missing_ok=True)
    eras = list(_moments(way, frame)) if way.year else ["all"]
    if way.snaps:
        begin, end = next(pair for pair in SPANS if pair[0] in frame.columns)
        eras = [*map(str, frame[begin].unique()), *map(str, frame[end].fillna(LAST).unique())]
    keys = {"forward": "", "back": "", **way.keys}
    entry = Entry(way.name, content, way.read, eras, **keys)
    return Figures(way, entry, seconds, fault=fault)


def _moments(way: Way, frame: geopandas.GeoDataFrame) -> dict[str, int]:
    """Return how many features each moment should show, by what the page calls it."""
    begin, end = next(pair for pair in SPANS if pair[0] in frame.columns)
    first, last = frame[begin].astype(int), frame[end].fillna(9999).astype(int)
    if way.name == OURS:
        children = explore(frame).to_folium()._children.values()
        (atlas,) = (child for child in children if isinstance(child, AtlasElement))
        return {
            era["id"]: int(((first < int(era["end"][:4])) & (last >= int(era["begin"][:4]))).sum())
            for era in atlas.payload["eras"]
        }
    ending = int(frame[end].fillna(LAST).max())
    return {
        str(year): int(((first <= year) & (last >= year)).sum())
        for year in range(int(first.min()), ending + 1)
    }


async def _measure(
    browser: Browser, site: Site, one: Figures, frame: geopandas.GeoDataFrame, plan: Plan
) -> None:
    print(f"{len(frame):,} features: {one.entry.name}", file=sys.stderr, flush=True)
    one.opening = await watch_opening(browser, site, one.entry)
    one.offline = await _count_offline(browser, one)
    for _ in range(plan.openings):
        first = one.opening.first.setdefault((1, 0), [])
        first.append(await open_once(browser, site, one.entry, 1, 0))
    if not one.way.year:
        return
    await _check_moments(browser, one, _moments(one.way, frame), plan)
    try:
        one.steps = await measure_steps(browser, one.entry, 1, plan.steps)
    except (Error, RuntimeError) as err:
        one.fault = str(err).splitlines()[0].removeprefix(f"{one.way.name}: ")[:200]


async def _count_offline(browser: Browser, one: Figures) -> int:
    async with probed(browser, one.entry.read_era) as (context, page, _):
        await context.route(
            re.compile(f"^https?://(?!{re.escape(HOST)})"), lambda route: route.abort()
        )
        await page.goto(one.entry.url, wait_until="load")
        await until(page, one.way.count, PATIENCE)
        return int(await page.evaluate(one.way.count))


async def _check_moments(
    browser: Browser, one: Figures, expected: Mapping[str, int], plan: Plan
) -> None:
    """Step through the first moments; each must be another, and show just what held."""
    async with probed(browser, one.entry.read_era) as (_, page, _session):
        await page.goto(one.entry.url)
        await until(page, one.entry.ready, 10)
        if one.entry.focus:
            await page.focus(one.entry.focus)
        one.moments = min(len(one.entry.eras), plan.moments)
        more = ">=" if one.way.name == OURS else "==="
        held = f"{one.way.count} {more} ({json.dumps(expected)})[{one.way.year}]"
        last = None
        for number in range(one.moments):
            if number:
                press = page.click if one.entry.clicks else page.keyboard.press
                with suppress(Error):
                    await press(one.entry.forward)
            told = f"String({one.way.read}) !== {json.dumps(last)}"
            one.right += await until(page, f"{told} && {held}", PATIENCE)
            last = await page.evaluate(f"String({one.way.read})")


HEAD: Final = (
    *("page", "file kB", "requests", "hosts", "all gzip kB", "made in s", "first picture ms"),
    *("step p50 ms", "step p95 ms", "moments right, all before 1970", "drawn offline"),
)


def _row(one: Figures) -> Sequence[str]:
    if not one.entry.page:
        return [one.way.name, *["–"] * (len(HEAD) - 1)]
    own = one.opening
    right = f"{one.right} of {one.moments}" if one.way.year else "has no time"
    return [
        one.way.name,
        f"{len(one.entry.page.encode()) / 1000:,.0f}",
        str(own.requests),
        str(own.hosts),
        f"{own.packed / 1000:,.0f}",
        f"{median(one.seconds):.1f}",
        write_milliseconds(median([t for t in own.first.get((1, 0), []) if not math.isnan(t)]), 0),
        write_milliseconds(median(one.steps.total)),
        write_milliseconds(p95(one.steps.total)),
        right,
        str(one.offline) if one.offline else "nothing",
    ]


def _targets(name: str, one: Figures, count: int) -> Iterable[Target]:
    yield at_most(f"{name}: requests beyond the file", one.opening.requests, 0, "")
    if count < 1000:
        return
    size = len(one.entry.page.encode()) / 1e6
    yield at_most(f"{name}: page made in", median(one.seconds), 10, " s")
    yield at_most(f"{name}: file", size, 3, " MB")
    yield at_most(f"{name}: a step, p95", p95(one.steps.total), 50, " ms")
