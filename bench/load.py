"""`make load`: how the app holds with many readers at once; writes docs/load.md in ten minutes.

Sessions over sockets, documents for frames beside a crowd that asks for choices, the same documents
from nginx, and what thousands of steps leave behind in a browser.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import sys
import tempfile
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import isnan, nan
from pathlib import Path
from string import Template
from time import monotonic, sleep
from typing import Final
from urllib.parse import urlsplit
from urllib.request import urlopen

from bench.browser import chromium
from bench.embeds import CLIENTS, Embeds, Seen, choosers, fetch, measure_embeds
from bench.figures import Target, median
from bench.growing import APP_PARTS, DOCUMENT, Growth, grow_app, grow_document
from bench.nginx import NGINX, nginx
from bench.processes import list_children
from bench.replicas import in_front_of
from bench.report import machine_facts
from bench.server import serve
from bench.servers import ROOT, free_port, process_of, streamlit
from bench.sessions import Crowd, Session, measure_crowd
from bench.table import write_table
from geo.files import write_text
from geo.model.catalogue import load_catalogue

__all__ = ["atlas_server", "main"]

LATEST: Final = "/embed/latest/{}.html"

LONGEST: Final = 280
"""Seconds for the pages in the browser, which are stepped at the same time."""

UNLIMITED: Final = ("--disable-frame-rate-limit", "--disable-gpu-vsync")
"""For Chromium: frames follow as fast as they are made. The app's two pages have no such use."""


@dataclass(frozen=True)
class Plan:
    """How long things are done."""

    sessions: int
    warm: float
    """Seconds of stepping before steps are counted."""
    seconds: float
    choosing: float
    """Seconds beside each kind of crowd."""
    document: int
    warm_document: int
    app: int
    warm_app: int
    browser: float
    """Seconds that the document's steps may take."""


FULL: Final = Plan(150, 5, 40, 8, 10_000, 1000, 1000, 240, 240)
QUICK: Final = Plan(20, 2, 6, 4, 500, 120, 120, 60, 20)


@dataclass
class Load:
    """What a run found."""

    crowds: dict[str, Crowd] = field(default_factory=dict)
    """By what they met."""
    embeds: dict[str, Embeds] = field(default_factory=dict)
    answers: dict[str, Seen] = field(default_factory=dict)
    growth: dict[str, Growth] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    browser: str = ""


@contextmanager
def atlas_server(eras: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Run the app as it is in the repository; yields address and process once all is made."""
    with streamlit(ROOT / "streamlit_app.py", ROOT) as address:
        pid = process_of(address)
        for era in eras:
            with urlopen(address + LATEST.format(era)[1:], timeout=120) as answer:
                answer.read()
        deadline = monotonic() + 30  # the process that made them ends then
        while any("spawn_main" in child for child in list_children(pid)):
            if monotonic() > deadline:
                raise TimeoutError("the server does not end its workshop")
            sleep(0.2)
        yield address, pid


def run(plan: Plan) -> Load:
    """Start the server and put all kinds of load on it, one after the other."""
    eras = [era.id for era in load_catalogue().eras]
    with atlas_server(eras) as (address, pid):
        load = Load()
        load.crowds["one server"] = gather(address, [pid], eras, plan)
        if NGINX:
            with atlas_server(eras) as (second, its), in_front_of([address, second]) as front:
                load.crowds["two servers"] = gather(front, [pid, its], eras, plan)
        paths = own_paths(address, eras)
        _say("documents of one era")
        load.embeds["alone"] = measure_embeds(address, paths, plan.choosing / 2)
        for manner in ("polite", "rude"):
            _say(f"the same beside {CLIENTS} {manner} clients who choose")
            with choosers(address, eras, polite=manner == "polite") as seen:
                found = measure_embeds(address, paths, plan.choosing)
            _say(f"p95 {found.most:.0f} ms, {found.refused} refused")
            load.embeds[f"beside {CLIENTS} {manner} clients"] = found
            load.answers[manner] = seen
        if NGINX:
            _say("the same from nginx")
            load.embeds["files, by nginx"] = measure_files(address, paths, plan.choosing / 2)
        _say("what steps leave behind in a browser")
        asyncio.run(grow(load, address, plan))
    return load


def gather(address: str, pids: Sequence[int], eras: Sequence[str], plan: Plan) -> Crowd:
    """Let sessions step, each from a network of its own: nginx sorts readers by these."""
    _say(f"{plan.sessions} sessions on {len(pids)} server(s)")
    readers = [
        Session(address, eras, own=f"127.0.{number % 256}.{1 + number // 256}")
        for number in range(plan.sessions)
    ]
    crowd = asyncio.run(measure_crowd(readers, pids, seconds=plan.seconds, warm=plan.warm))
    _say(f"{len(crowd.steps):,} steps, p95 {crowd.most:.0f} ms, {crowd.work_per_step:.1f} ms work")
    return crowd


def own_paths(address: str, eras: Sequence[str]) -> list[str]:
    """Return the addresses of single eras' documents in the release that the server shows."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    paths = []
    for era in eras:
        connection.request("GET", LATEST.format(era))
        with connection.getresponse() as answer:
            answer.read()
            paths.append(f"/embed/{(answer.headers['Location'] or '').removeprefix('../')}")
    connection.close()
    return paths


def measure_files(address: str, paths: Sequence[str], seconds: float) -> Embeds:
    """Put the server's documents into a folder and ask nginx for them."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        for path in paths:
            file = folder / "files" / f"{path[1:]}.gz"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(fetch(connection, path)[1])
        connection.close()
        folder.chmod(0o755)
        site = (
            f"server {{ listen 127.0.0.1:{port}; root {folder}/files; default_type text/html; "
            "gzip_static always; }"
        )
        with nginx(folder, site, port) as front:
            return measure_embeds(front, paths, seconds)


async def grow(load: Load, address: str, plan: Plan) -> None:
    """Step app and document at the same time: nothing here is timed."""
    with serve({}) as nowhere:
        async with chromium(nowhere) as paced, chromium(nowhere, *UNLIMITED) as fast:
            load.browser = paced.version
            parts = {
                "app": grow_app(paced, address, steps=plan.app, warm=plan.warm_app),
                "document": grow_document(
                    fast,
                    f"{address}embed/latest.html",
                    steps=plan.document,
                    warm=plan.warm_document,
                    seconds=plan.browser,
                ),
            }

            async def tried(name: str, growing: Awaitable[dict[str, Growth]]) -> None:
                try:
                    load.growth |= await asyncio.wait_for(growing, LONGEST)
                except Exception as err:  # what fails is named, and the other goes on
                    reason = (str(err) or type(err).__name__).splitlines()[0]
                    load.failures.append(f"{name}: {reason}")

            await asyncio.gather(*(tried(name, growing) for name, growing in parts.items()))


def check_targets(load: Load) -> list[Target]:
    """Return every target with what was measured."""
    stepping = [
        target
        for name, crowd in load.crowds.items()
        for target in (
            _at_most(f"{crowd.sessions} sessions, {name}: a step, p95", crowd.most, 100, " ms"),
            _at_most(f"{crowd.sessions} sessions, {name}: errors", len(crowd.errors), 0, ""),
            _at_most(f"{name}: memory for a session", crowd.per_session, 0.5, " MB", 2),
            _at_most(f"{name}: memory by 1,000 steps", crowd.growth, 5, " MB", 2),
        )
    ]
    grown = [
        _at_most(
            f"{name}: heap by 1,000 steps",
            load.growth[name].per_thousand("heap") if name in load.growth else nan,
            *(2, " MB", 2),
        )
        for name in (DOCUMENT, *APP_PARTS)
    ]
    beside = [
        target
        for name, found in load.embeds.items()
        if name.startswith("beside")
        for target in (
            _at_most(f"document of one era {name}, p95", found.most, 200, " ms"),
            _at_most(f"document of one era {name}, refused", found.refused, 0, ""),
        )
    ]
    return [*stepping, *beside, *grown]


def _at_most(promise: str, value: float, most: float, unit: str, digits: int = 0) -> Target:
    measured = "not measured" if isnan(value) else f"{value:,.{digits}f}{unit}"
    return Target(f"{promise} ≤ {most:g}{unit}", measured, value <= most)


def render(load: Load, plan: Plan) -> str:
    """Return the page."""
    facts = "\n".join(f"- {fact}" for fact in machine_facts(load.browser))
    targets = [
        [target.promise, target.measured, "yes" if target.met else "**no**"]
        for target in check_targets(load)
    ]
    crowds = load.crowds.values()
    sessions = [
        ["sessions", *(f"{crowd.sessions}" for crowd in crowds)],
        ["steps", *(f"{len(crowd.steps):,} in {crowd.seconds:.0f} s" for crowd in crowds)],
        ["a step, p50 and p95", *(f"{crowd.half:.0f} and {crowd.most:.0f} ms" for crowd in crowds)],
        [
            "bytes of the answer",
            *(f"{crowd.traffic / max(1, crowd.counted):,.0f}" for crowd in crowds),
        ],
        [
            "the servers' own work for a step",
            *(f"{crowd.work_per_step:.1f} ms of a processor" for crowd in crowds),
        ],
        ["opening a session, median", *(f"{median(crowd.openings):.0f} ms" for crowd in crowds)],
        [
            "the servers' memory: before, all open, in the end",
            *(f"{crowd.before:.0f}, {crowd.opened:.0f}, {crowd.after:.0f} MB" for crowd in crowds),
        ],
        ["errors", *("; ".join(crowd.errors[:5]) or "none" for crowd in crowds)],
    ]
    embeds = [
        [
            name,
            f"{len(found.times):,}",
            f"{found.half:.1f}",
            f"{found.most:.1f}",
            f"{max(found.times):.1f}",
            f"{found.refused}",
        ]
        for name, found in load.embeds.items()
    ]
    growth = [
        [
            name,
            f"{growth.steps:,}",
            f"{growth.before.heap:.2f} → {growth.after.heap:.2f}",
            *(f"{growth.per_thousand(part):+.2f}" for part in ("heap", "nodes", "listeners")),
        ]
        for name, growth in load.growth.items()
    ]
    answered = "; ".join(
        f"{manner} ones "
        + ", ".join(f"{count:,} × {status}" for status, count in sorted(seen.answers.items()))
        for manner, seen in load.answers.items()
    )
    method = Template((ROOT / "bench" / "load.md").read_text(encoding="utf-8")).substitute(
        {name: f"{value:,g}" for name, value in vars(plan).items()}, clients=CLIENTS
    )
    return "\n".join(
        [
            "# Load\n\nMade by `make load`; do not edit.\n",
            f"{facts}\n\n## Targets\n",
            write_table(["target", "measured", "met"], targets),
            "## Sessions\n",
            write_table(["", *load.crowds], sessions),
            "## Documents of one era\n",
            write_table(["", "asked for", "p50 ms", "p95 ms", "slowest ms", "refused"], embeds),
            f"What the clients who choose were answered, by status: {answered}.\n",
            "## Growth\n",
            write_table(
                ["", "steps", "heap MB", "MB by 1,000", "nodes by 1,000", "listeners by 1,000"],
                growth,
            ),
            *(f"Not measured: {failure}\n" for failure in load.failures),
            method,
        ]
    )


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a short run; prints, writes nothing")
    quick = parser.parse_args().quick
    plan = QUICK if quick else FULL
    page = render(run(plan), plan)
    print(page)
    if not quick:
        write_text(ROOT / "docs" / "load.md", page)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
