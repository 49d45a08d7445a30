"""docs/benchmarks.md: the tables, the machine, and how it was measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from bench.contest import Contest
from bench.measure import Plan
from bench.results import Run
from bench.table import render_tables

__all__ = ["machine_facts", "put_part", "render_report"]

METHOD_HEADING = "## How it was measured"

METHOD = Path(__file__).with_name("method.md")

PACKAGES = ("folium", "branca", "streamlit", "streamlit-folium", "playwright")


def render_report(
    run: Run, contest: Contest, plan: Plan, *, browser: str, missing: Iterable[str]
) -> str:
    """Return the whole page. `missing` are the addresses that were answered with an empty file."""
    counts = [contest.count(era) for era in contest.eras]
    empty = ", ".join(
        f"`{urlsplit(f'//{name}').path.rpartition('/')[2]}`" for name in sorted(missing)
    )
    method = Template(METHOD.read_text(encoding="utf-8")).substitute(
        eras=len(counts),
        fewest=min(counts),
        most=max(counts),
        ground=len(contest.ground["features"]),
        empty=empty or "none",
        openings=plan.openings,
        steps=plan.rounds * plan.steps,
        heap_steps=f"{plan.heap_steps:,}",
        heap_warm=f"{plan.heap_warm:g}",
        app_steps=plan.app_rounds * plan.app_steps,
        exports=plan.exports,
    )
    facts = "\n".join(f"- {fact}" for fact in machine_facts(browser))
    head = f"# Benchmarks\n\nMade by `make bench`; do not edit.\n\n{facts}\n\n"
    return f"{head}{render_tables(run)}\n{method}"


def put_part(report: str, heading: str, part: str) -> str:
    """Return a report with a part anew; one that was not there comes before the method."""
    before, found, rest = report.partition(f"{heading}\n")
    if found:
        after = rest.partition("\n## ")
        return f"{before}{part}\n## {after[2]}" if after[1] else f"{before}{part}"
    before, found, rest = report.partition(f"{METHOD_HEADING}\n")
    return f"{before}{part}\n{found}{rest}"


def machine_facts(browser: str) -> list[str]:
    """Return what a reader must know of the machine to judge the figures."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = names[0].partition(":")[2].strip() if names else cpu
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; load averages when it ended: {load}",
        f"{cpu}, {os.cpu_count()} cores, no graphics card; {platform.system()}",
        f"Chromium {browser}, Python {platform.python_version()}, {packages}",
    ]
