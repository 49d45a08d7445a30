"""A run as Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from bench.app import AppFigures
from bench.contestants import EMPTY
from bench.figures import median, p95
from bench.results import RATES, PageFigures, Run, check_targets, describe_held

__all__ = ["render_tables", "write_milliseconds", "write_table"]

DELAYS = (0, 100)


def render_tables(run: Run) -> str:
    """Return the tables of a run under their headings."""
    targets = [
        [target.promise, target.measured, "yes" if target.met else "**no**"]
        for target in check_targets(run)
    ]
    working = [page for page in run.pages.values() if not page.fault]
    parts = [
        "## Targets\n",
        write_table(["target", "measured", "met"], targets),
        "\n## Opening a page\n",
        "Milliseconds to the first painted era are medians; cold cache.\n",
        write_table(
            _opening_head(), [row for page in run.pages.values() for row in _opening(page)]
        ),
        "\n## Stepping a page\n",
        "What a step adds over the empty page; the empty page's own row is its whole time.\n",
        write_table(_step_head(), [_steps(run, page) for page in working]),
        "\n## Making the file\n",
        write_table(["export of all eras", "seconds", "times"], _exports(run)),
        "\n## Apps\n",
        write_table(_app_head(), [_app(name, figures) for name, figures in run.apps.items()]),
    ]
    faults = [page for page in run.pages.values() if page.fault]
    if faults or run.failures:
        parts += ["\n## What does not work\n"]
        parts += [f"- {p.entry.name}: {p.fault}. {p.entry.note.capitalize()}" for p in faults]
        parts += [f"- not measured: {failure}" for failure in run.failures]
        parts += [""]
    return "\n".join(parts)


def write_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; a bar inside a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines
    )


def _opening_head() -> list[str]:
    times = [f"{_rate(rate)}, {_delay(delay)}" for delay in DELAYS for rate in RATES]
    return ["page", "raw kB", "gzip kB", "requests", "hosts", *times]


def _opening(page: PageFigures) -> list[list[str]]:
    own = page.opening
    if page.fault:
        times = ["does not work"] * len(DELAYS) * len(RATES)
    else:
        times = [
            write_milliseconds(page.first(rate, delay), 0) for delay in DELAYS for rate in RATES
        ]
    sizes = [f"{own.raw / 1000:,.0f}", f"{own.packed / 1000:,.0f}"]
    rows = [[page.entry.name, *sizes, str(own.requests), str(own.hosts), *times]]
    if own.live:
        times = [
            write_milliseconds(page.live(rate, delay), 0) for delay in DELAYS for rate in RATES
        ]
        rows.append([f"{page.entry.name}: map in use", "", "", "", "", *times])
    return rows


def _step_head() -> list[str]:
    times = [f"{_rate(rate)} {name}" for rate in RATES for name in ("p50", "p95", "own work p95")]
    shown = [f"{_rate(rate)} browser's p95" for rate in RATES]
    return ["page", *times, *shown, "held key, 5 s", "heap MB: eras seen → warm → after", "growth"]


def _steps(run: Run, page: PageFigures) -> list[str]:
    name, cells = page.entry.name, []
    for rate in RATES:
        steps = page.steps[rate]
        if name == EMPTY:
            cells += [write_milliseconds(median(steps.total)), write_milliseconds(p95(steps.total))]
        else:
            cells += [
                write_milliseconds(run.added(name, rate, 0.5)),
                write_milliseconds(run.added(name, rate)),
            ]
        cells += [write_milliseconds(p95(steps.work))]
    cells += [write_milliseconds(p95(page.steps[rate].browser), 0) for rate in RATES]
    own = page.heap
    heap = f"{own.first:.2f} → {own.before:.2f} → {own.after:.2f}" if own else "–"
    growth = f"{page.growth:+.2f} %" if page.heap else "–"
    held = "no keys" if page.entry.clicks else describe_held(page.held)
    return [name, *cells, held, heap, growth]


def _exports(run: Run) -> list[list[str]]:
    of = {"atlas, `python -m geo export`": run.exports.own, "plain Folium": run.exports.plain}
    return [
        [name, f"{median(times):.2f}", " ".join(f"{time:.2f}" for time in sorted(times))]
        for name, times in of.items()
    ]


def _app_head() -> list[str]:
    return [
        *(
            "app",
            "first picture ms",
            "key to era p50 ms",
            "p95 ms",
            "socket bytes a step",
            "requests a step",
        ),
        *("remounts a step", "view kept", "held key, 5 s"),
    ]


def _app(name: str, figures: AppFigures) -> list[str]:
    count = len(figures.steps) or 1
    kept = {True: "yes", False: "no", None: "–"}[figures.view_kept]
    return [
        name,
        write_milliseconds(median(figures.first), 0),
        *(write_milliseconds(median(figures.steps), 0), write_milliseconds(p95(figures.steps), 0)),
        *(f"{figures.traffic / count:,.0f}", f"{figures.requests / count:.1f}"),
        *(f"{figures.remounts / count:.1f}", kept, describe_held(figures.held)),
    ]


def _rate(rate: int) -> str:
    return f"{rate}×"


def _delay(delay: int) -> str:
    return f"+{delay} ms a request" if delay else "loopback"


def write_milliseconds(value: float, digits: int = 1) -> str:
    """Return a time, or a dash where there is none."""
    return "–" if math.isnan(value) else f"{value:,.{digits}f}"
