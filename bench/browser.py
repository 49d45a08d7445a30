"""The browser: one Chromium for all, a fresh profile a page, the probe in every frame."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from playwright.async_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Frame,
    Page,
    async_playwright,
)

from bench.server import Site

__all__ = ["ARGUMENTS", "KEYS", "chromium", "hold", "probed", "read_heap", "throttle", "until"]

OFF: Final = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "AimEnabled"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "OmniboxEverywhere"),
)
"""What Chromium leaves off: what Playwright turns off, as only the last such list counts; and the
list under the address bar, a page of its own that every new window loaded beside the page in
question, for half a second of processor time."""

ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(OFF)}",
)

VIEWPORT: Final = {"width": 1280, "height": 800}

PROBE: Final = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")

KEYS: Final = {"ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
"""Keys by their virtual key code, as the browser's protocol wants them."""


@asynccontextmanager
async def chromium(site: Site, *more: str) -> AsyncIterator[Browser]:
    """Start Debian's Chromium, or Playwright's own, to which every far host is the site.

    More arguments go to the browser.
    """
    rules = f"MAP * 127.0.0.1:{site.port}, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[
                *ARGUMENTS,
                *more,
                f"--host-resolver-rules={rules}",
                f"--ignore-certificate-errors-spki-list={site.key_hash}",
            ],
        )
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def probed(
    browser: Browser, read_era: str, *, always: bool = False
) -> AsyncIterator[tuple[BrowserContext, Page, CDPSession]]:
    """Open an empty tab with a cold cache; `always` keeps the probe looking after the first era."""
    context = await browser.new_context(viewport=VIEWPORT, ignore_https_errors=False)
    script = PROBE.replace("READ_ERA", read_era).replace("ALWAYS", "true" if always else "false")
    await context.add_init_script(script)
    page = await context.new_page()
    try:
        yield context, page, await context.new_cdp_session(page)
    finally:
        await context.close()


async def until(page: Page | Frame, expression: str, seconds: float = 30.0) -> bool:
    """Ask a page until an expression is true; false when it has not become so in time.

    Playwright's own waiting evaluates in the page's world, which a strict policy refuses.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while loop.time() < deadline:
        if await page.evaluate(f"Boolean({expression})"):
            return True
        await asyncio.sleep(0.03)
    return False


async def throttle(session: CDPSession, rate: int) -> None:
    """Make the page's processor so many times slower."""
    await session.send("Emulation.setCPUThrottlingRate", {"rate": rate})


async def read_heap(session: CDPSession) -> float:
    """Return the bytes of JavaScript in use after the garbage is collected."""
    for _ in range(2):
        await session.send("HeapProfiler.collectGarbage")
    return float((await session.send("Runtime.getHeapUsage"))["usedSize"])


async def hold(session: CDPSession, keys: list[str], every: float) -> None:
    """Press keys at a fixed pace, in seconds, as a keyboard does: without waiting for the page."""
    loop = asyncio.get_running_loop()
    begun = loop.time()
    sent: list[Any] = []
    for number, key in enumerate(keys):
        await asyncio.sleep(max(0.0, begun + number * every - loop.time()))
        repeated = number > 0 and keys[number - 1] == key
        sent += [
            asyncio.ensure_future(session.send("Input.dispatchKeyEvent", event))
            for event in _events(key, repeated=repeated)
        ]
    await asyncio.gather(*sent)


def _events(key: str, *, repeated: bool) -> list[dict[str, Any]]:
    event = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS[key]}
    return [{"type": "rawKeyDown", "autoRepeat": repeated, **event}]
