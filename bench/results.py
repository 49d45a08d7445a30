"""What a run found, and whether it is what was promised."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from time import monotonic

from bench.app import APP, BARE, NAIVE, AppFigures
from bench.contestants import DOCUMENT, EMPTY, FOLIUM, Entry
from bench.exporting import Exports
from bench.figures import Target, median, p95
from bench.opening import Opening
from bench.stepping import Heap, Held, Steps

__all__ = ["RATES", "PageFigures", "Run", "at_most", "check_targets", "describe_held"]

RATES = (1, 4)
"""How many times slower the processor is made."""


@dataclass
class PageFigures:
    """What was measured on a page."""

    entry: Entry
    opening: Opening = field(default_factory=Opening)
    fault: str = ""
    """Why it does not work, if it does not."""
    steps: dict[int, Steps] = field(default_factory=lambda: {rate: Steps() for rate in RATES})
    held: Held | None = None
    heap: Heap | None = None

    def first(self, rate: int, delay: int) -> float:
        """Return the median time to the first era, milliseconds."""
        return median(self.opening.first.get((rate, delay), []))

    def live(self, rate: int, delay: int) -> float:
        """Return the median time to the map that can be used, milliseconds."""
        return median(self.opening.live.get((rate, delay), []))

    @property
    def growth(self) -> float:
        """Growth of the heap in per cent."""
        return self.heap.growth if self.heap else math.nan


@dataclass
class Run:
    """Everything a run found."""

    pages: dict[str, PageFigures]
    apps: dict[str, AppFigures] = field(default_factory=dict)
    exports: Exports = field(default_factory=Exports)
    failures: list[str] = field(default_factory=list)
    begun: float = field(default_factory=monotonic)
    """When it began, seconds of the machine's own clock."""

    def added(self, name: str, rate: int, share: float = 0.95) -> float:
        """Return what a page's step adds over the empty page's at a percentile, milliseconds."""
        measure = p95 if share > 0.5 else median
        own = measure(self.pages[name].steps[rate].total)
        return own - measure(self.pages[EMPTY].steps[rate].total)


def check_targets(run: Run) -> list[Target]:
    """Return every target with what was measured."""
    return [*_of_document(run), *_of_app(run)]


def _of_document(run: Run) -> list[Target]:
    own, folium = run.pages[DOCUMENT], run.pages[FOLIUM]
    near, far = (own.first(1, delay) / folium.first(1, delay) for delay in (0, 100))
    in_use = {rate: own.live(rate, 0) / folium.first(rate, 0) for rate in RATES}
    return [
        at_most("document: a step adds, p95", run.added(DOCUMENT, 1), 16.7, " ms"),
        at_most("document: a step adds at 4× throttle, p95", run.added(DOCUMENT, 4), 50, " ms"),
        at_most("document: first era, of plain Folium's time", near, 0.3, ""),
        at_most("document: the same with 100 ms a request", far, 0.4, ""),
        at_most("document: map in use, of plain Folium's time", in_use[1], 0.6, ""),
        at_most("document: the same at 4× throttle", in_use[4], 0.75, ""),
        at_most("document: requests beyond the file", own.opening.requests, 0, ""),
        _held("document: held key", own.held),
        at_most("document: heap growth by 1,000 steps", own.growth, 2, " %"),
        at_most("export of all eras, of plain Folium's time", run.exports.ratio, 1.5, ""),
    ]


def _of_app(run: Run) -> list[Target]:
    own = run.apps.get(APP, AppFigures())
    step = median(own.steps)
    bare = median(run.apps.get(BARE, AppFigures()).steps)
    naive = median(run.apps.get(NAIVE, AppFigures()).steps)
    picture = median(own.first) / median(run.apps.get(BARE, AppFigures()).first)
    on_map = p95(own.on_map.total) - p95(run.pages[EMPTY].steps[1].total)
    a_step = own.traffic / len(own.steps) if own.steps else math.nan
    return [
        at_most("app: first picture, of a bare Streamlit page's first paint", picture, 1.5, ""),
        at_most("app: slider key to era, of a bare Streamlit page's", step / bare, 0.5, ""),
        at_most("app: slider key to era, of naive st_folium's", step / naive, 0.1, ""),
        at_most("app: over the socket a step", a_step, 2000, " bytes"),
        at_most("app: a step on the map adds, p95", on_map, 16.7, " ms"),
        Target("app: steps on the map that drew another era: 0", str(own.strays), own.strays == 0),
        at_most("app: remounts of the map", own.remounts if own.steps else math.nan, 0, ""),
        Target("app: the view is kept", _yes(own.view_kept), own.view_kept is True),
        _held("app: held key on the page's slider", own.held),
        _held("app: held key on the map's slider", own.held_on_map),
    ]


def at_most(name: str, value: float, limit: float, unit: str) -> Target:
    """Return a target that a value must not exceed."""
    digits = 2 if not unit and limit not in (0,) else 0 if limit in (0, 2000) else 1
    return Target(
        f"{name} ≤ {limit:,}{unit}",
        "not measured" if math.isnan(value) else f"{value:,.{digits}f}{unit}",
        value <= limit,
    )


def _held(name: str, held: Held | None) -> Target:
    promise = f"{name}: right era, no error, drawn ≤ 100 ms after the last press"
    if held is None:
        return Target(promise, "not measured", False)
    measured = describe_held(held)
    return Target(promise, measured, held.right and not held.errors and held.backlog <= 100)


def describe_held(held: Held | None) -> str:
    """Return in words how a held key ended."""
    if held is None:
        return "–"
    if not held.drawn:
        return "nothing drawn"
    errors = f", {held.errors} errors" if held.errors else ""
    era = "right era" if held.right else "wrong era"
    return f"{era}, {held.backlog:.0f} ms, {held.drawn} drawn{errors}"


def _yes(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "not measured"}[value]
