"""Whether the maps can be read, in figures: names, signs and legends in views of all sizes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from typing import Any, Final

import shapely

from geo.geometry.mercator import to_unit
from geo.model.features import Feature
from geo.payload.build import shown_features
from geo.plate import Engine

__all__ = ["CLOSE_UPS", "LIMITS", "WINDOWS", "Tally", "measure_era", "views_of"]

WINDOWS: Final = {
    "1280×800": (934, 693),
    "1920×1080": (1402, 973),
    "2560×1440": (1869, 1333),
    "390×844": (390, 523),
    "768×1024": (468, 887),
}
"""Width and height of a document's map in windows of some sizes, pixels."""

CONTROLS: Final = ((10, 10, 32, 62), (10, 82, 32, 32))
"""What a document's controls cover: left, top, width, height."""

SCALE: Final = (5, 40, 111, 35)
"""Its scale bar: left, top from the lower edge, width, height."""

CLOSE_UPS: Final = (3, 2)
"""An era is seen closer in so many columns and rows."""

CURVED: Final = 0.2 / 360
"""How far a curve through a line's vertices may stray from the line, of the world's width."""

STATES: Final = {"home", "power", "pointer"}
"""Styles of the names of those who act."""

Box = Mapping[str, float]


@dataclass(frozen=True)
class Tally:
    """What was counted in some views."""

    views: int = 0
    labels: int = 0
    over_label: int = 0
    """Labels over another."""
    cut: int = 0
    """Labels cut by the map's edge."""
    under_control: int = 0
    points: int = 0
    """Signs in view that are drawn at full strength: no dots, and not only hinted at."""
    nameless: int = 0
    """Those that nothing on the map names: neither a label, nor a badge's list, nor their town."""
    hinted: int = 0
    """Dots, and signs that are only hinted at."""
    on_line: int = 0
    """Labels of features over a line of their own layer."""
    legend: int = 0
    """Rows of the legend."""
    legend_unseen: int = 0
    """Those without anything in view."""
    powers_missing: int = 0
    """States of those who act that an era's own view does not name."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            *(getattr(self, each.name) + getattr(other, each.name) for each in fields(Tally))
        )

    @property
    def faults(self) -> dict[str, float]:
        """What is limited, by its name in `LIMITS`."""
        return {
            "label over label": self.over_label,
            "label cut": self.cut,
            "label under controls": self.under_control,
            "signs without name or key": self.nameless / max(1, self.points),
            "label over a line of its layer": self.on_line / max(1, self.labels),
            "legend row without anything in view": self.legend_unseen,
            "state of an acting power not named": self.powers_missing,
        }


LIMITS: Final = {
    "label over label": 0,
    "label cut": 0,
    "label under controls": 0,
    "signs without name or key": 0.05,
    "label over a line of its layer": 0.02,
    "legend row without anything in view": 0,
    "state of an acting power not named": 0,
}
"""What there may be of each fault: a count, or a share."""


def views_of(bounds: Sequence[float]) -> Iterator[tuple[bool, Sequence[float]]]:
    """Yield an era's own view and its close-ups: whether it is its own, and its bounds."""
    yield True, bounds
    west, south, east, north = bounds
    columns, rows = CLOSE_UPS
    width, height = (east - west) / columns, (north - south) / rows
    for column in range(columns):
        for row in range(rows):
            left, low = west + column * width, south + row * height
            yield False, (left, low, left + width, low + height)


def measure_era(
    engine: Engine, era_id: str, features: Iterable[Feature], window: str, *, own_only: bool = False
) -> Tally:
    """Count the faults of an era's views in a window; raises UnknownIdError."""
    by_kind: dict[str, list[shapely.Geometry]] = {}
    era = engine.era(era_id)
    for feature in features:
        if feature.geometry and feature.layer in era["layers"]:
            shape = shapely.geometry.shape(feature.geometry)
            # As it is drawn: a long line that is straight there is not so in degrees.
            by_kind.setdefault(feature.kind, []).append(shapely.transform(shape, to_unit))
    views = [view for view in views_of(era["bounds"]) if view[0] or not own_only]
    tallies = (_measure_view(engine, era_id, by_kind, window, *view) for view in views)
    return sum(tallies, Tally())


def _measure_view(  # noqa: PLR0913, PLR0917  # what is seen, of what, and how large
    engine: Engine,
    era_id: str,
    by_kind: Mapping[str, Sequence[shapely.Geometry]],
    window: str,
    own: bool,
    bounds: Sequence[float],
) -> Tally:
    size = WINDOWS[window]
    left, up, width, height = SCALE
    boxes = (*CONTROLS, (left, size[1] - up, width, height))
    covered = [dict(zip("xywh", box, strict=True)) for box in boxes]
    map_ = engine.measure(era_id, size=size, bounds=bounds, covered=covered)
    labels = map_["labels"]
    signs = [point for point in map_["points"] if point["form"] != "dot" and not point["quiet"]]
    ground = shapely.transform(shapely.box(*map_["ground"]), to_unit).buffer(CURVED)
    unseen = sum(
        not any(shape.intersects(ground) for shape in by_kind[kind]) for kind in map_["legend"]
    )
    return Tally(
        views=1,
        labels=len(labels),
        over_label=_overlapping(labels),
        cut=sum(not _inside(box, map_["view"]) for label in labels for box in label["boxes"]),
        under_control=sum(
            _meet(box, other) for label in labels for box in label["boxes"] for other in covered
        ),
        points=len(signs),
        nameless=sum(not (point["named"] or point["beside"]) for point in signs),
        hinted=len(map_["points"]) - len(signs),
        on_line=sum(label["onLine"] for label in labels),
        legend=len(map_["legend"]),
        legend_unseen=unseen,
        powers_missing=_missing_powers(engine, era_id, labels) if own else 0,
    )


def _missing_powers(engine: Engine, era_id: str, labels: Sequence[Mapping[str, Any]]) -> int:
    """Return how many states of those who act in an era have no name on its map."""
    era = engine.era(era_id)
    acting = {feature.get("actor") for feature in shown_features(engine.payload, era)} - {None}
    day = era["day"]
    needed = {
        state["name"].upper()
        for state in engine.payload["base"]["names"]
        if state.get("actor") in acting | {"iran", "russia"}
        and (not state.get("begin") or state["begin"] <= day)
        and (not state.get("end") or day < state["end"])
    }
    named = {label["text"].upper() for label in labels if label["style"] in STATES}
    return len(needed - named)


def _overlapping(labels: Sequence[Mapping[str, Any]]) -> int:
    return sum(
        any(_meet(a, b) for a in one["boxes"] for b in other["boxes"])
        for one, other in combinations(labels, 2)
    )


def _meet(one: Box, other: Box) -> bool:
    return (
        one["x"] < other["x"] + other["w"]
        and other["x"] < one["x"] + one["w"]
        and one["y"] < other["y"] + other["h"]
        and other["y"] < one["y"] + one["h"]
    )


def _inside(box: Box, view: Box) -> bool:
    return (
        box["x"] >= view["x"]
        and box["y"] >= view["y"]
        and box["x"] + box["w"] <= view["x"] + view["w"]
        and box["y"] + box["h"] <= view["y"] + view["h"]
    )
