"""Opening a page: its bytes and requests, and when its first era is on the screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Browser, Request

from bench.browser import probed, throttle, until
from bench.contestants import Entry
from bench.server import HOST, Site

__all__ = ["Opening", "check_drawn", "open_once", "watch_opening"]

PATIENCE = 30_000
"""Milliseconds a page is given to draw its first era."""


@dataclass
class Opening:
    """What opening a page took."""

    raw: int = 0
    packed: int = 0
    requests: int = 0
    """Beyond the page itself."""
    hosts: int = 0
    first: dict[tuple[int, int], list[float]] = field(default_factory=dict)
    """Milliseconds to the first era, by processor throttle and milliseconds added a request."""
    live: dict[tuple[int, int], list[float]] = field(default_factory=dict)
    """The same to the map that can be used, where that comes later."""


async def watch_opening(browser: Browser, site: Site, entry: Entry) -> Opening:
    """Open a page once and count what it asks for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):
            asked.append(request.url)

    async with probed(browser, entry.read_era) as (_, page, _session):
        page.on("request", note)
        await page.goto(entry.url, wait_until="networkidle")
    parts = [urlsplit(url) for url in asked if not url.endswith("/favicon.ico")]
    raw, packed = site.sizes([f"{part.hostname}{part.path}" for part in parts])
    others = [part for part in parts if f"{part.hostname}{part.path}" != f"{HOST}/{entry.path}"]
    return Opening(raw, packed, len(others), len({part.hostname for part in others}))


async def open_once(browser: Browser, site: Site, entry: Entry, rate: int, delay: int) -> float:
    """Open a page with a cold cache; return milliseconds to its first era, nan when it has none.

    The processor is throttled before the page is asked for: a blank page of the same host comes
    first, so that the page opens in the process that is throttled.
    """
    async with probed(browser, entry.read_era) as (_, page, session):
        site.delay = 0.0
        await page.goto(f"https://{HOST}/blank.html")
        await throttle(session, rate)
        site.delay = delay / 1000
        try:
            await page.goto(entry.url, wait_until="commit", timeout=PATIENCE)
            drawn = await page.evaluate(f"bench.wait(1, {PATIENCE})")
            opened = await page.evaluate("bench.opened")
        finally:
            site.delay = 0.0
    return float(drawn[0]["at"] - opened) if drawn else float("nan")


async def check_drawn(browser: Browser, entry: Entry, counts: list[int]) -> str:
    """Step through all eras; return what is wrong with a page, or nothing when all are drawn."""
    faults: list[str] = []
    async with probed(browser, entry.read_era) as (_, page, _session):
        await page.goto(entry.url)
        started = await until(page, entry.ready, 10)
        if entry.focus and started:
            await page.focus(entry.focus)
        for number, (era, count) in enumerate(zip(entry.eras, counts, strict=True)):
            if number:
                await (page.click if entry.clicks else page.keyboard.press)(entry.forward)
            drawn = f"bench.now() === {era!r} && ({entry.features}) >= {count}"
            if not await until(page, drawn, 3 if started else 0.3):
                found = await page.evaluate(f"[bench.now(), {entry.features}]")
                faults.append(f"era {number}: shows {found[0]!r}, {found[1]} of {count} features")
    if faults:
        return f"{len(faults)} of {len(counts)} eras are not shown ({faults[0]})"
    return ""
