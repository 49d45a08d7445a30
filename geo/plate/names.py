"""Which names an era would like to show, in what style, in what order.

The same rules as geo/assets/js/names.js; nothing is chosen here, so nobody's name comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from geo.plate.arrows import smooth
from geo.plate.projection import Sheet, zoom_factor

__all__ = ["Name", "View", "collect_names"]

Point = tuple[float, float]
Spot = tuple[float, float, str]


@dataclass(frozen=True)
class Name:
    """A name that would like a place."""

    lines: tuple[str, ...]
    style: str
    order: float
    """Lower first."""
    at: Point
    spots: Sequence[Spot]
    """Where it may stand, from its point: right, down, side."""
    path: Sequence[Point] = ()
    """A line it may stand along instead."""
    lift: float = 0
    """How far above that line, pixels."""
    elsewhere: Sequence[Point] = ()
    """Other points it may stand at."""
    actor: str = ""
    dot: float = 0
    """Radius of a town's dot, pixels."""


@dataclass(frozen=True)
class View:
    """What is on a plate: one era of a payload on a sheet."""

    payload: Mapping[str, Any]
    era: Mapping[str, Any]
    shown: Sequence[Mapping[str, Any]]
    """The era's features, in drawing order."""
    sheet: Sheet
    offsets: Mapping[str, Point]
    """Where icons in a stack stand, pixels right and down, by feature id."""


def collect_names(view: View) -> list[Name]:
    """Return all names of a view, first come first served."""
    lowest = _lowest_rank(view.sheet.zoom)
    names = [
        *(name for feature in view.shown for name in _feature_names(view, feature, lowest)),
        *_water_and_states(view, lowest),
        *_places(view, lowest),
    ]
    return sorted(names, key=lambda name: name.order)


def _lowest_rank(zoom: float) -> int:
    """Return the lowest rank labelled at a zoom."""
    return 1 + sum(zoom >= step for step in (3.3, 5, 6, 7.25))


def _feature_names(view: View, feature: Mapping[str, Any], lowest: int) -> Iterable[Name]:
    sheet = view.sheet
    kind = view.payload["kinds"][feature["k"]]
    if kind["form"] == "axis" and lowest >= 3:
        yield from _stop_dates(sheet, feature, kind)
    at = feature.get("at") or feature.get("at_label")
    if not feature.get("n") or not at or not 0 < feature.get("r", 0) <= lowest:
        return
    x, y = sheet.point(at)
    dx, dy = view.offsets.get(feature["id"], (0, 0))
    factor = zoom_factor(sheet.zoom)
    style = {"area": "area", "point": "point"}.get(kind["form"], "line")
    common: dict[str, Any] = {
        "lines": _broken(feature["n"]),
        "style": style,
        "order": feature["r"] * 10 + {"area": 0, "line": 2, "point": 3}[style],
        "at": (x + dx, y + dy),
        "actor": feature.get("a", ""),
    }
    if style == "area":
        yield Name(**common, spots=_centred(feature.get("room", 0) / 360 * sheet.scale))
    elif style == "point":
        yield Name(**common, spots=_around(kind["size"] / 2 * factor + 3))
    else:
        path = sheet.vertices(max(feature["g"], key=len))
        if kind["form"] == "axis" or kind.get("curve"):
            path = smooth(path)[0]
        force = feature.get("force", 0)
        thickness = kind["width"] * (max(1, force) if kind["form"] == "axis" else force or 1)
        yield Name(**common, spots=_around(9), path=path, lift=thickness / 2 + 9)


def _stop_dates(
    sheet: Sheet, feature: Mapping[str, Any], kind: Mapping[str, Any]
) -> Iterable[Name]:
    """Return dates beside the stops of an axis."""
    vertices = sheet.vertices(feature["g"][0])
    reach = kind["width"] * max(1, feature.get("force", 0)) / 2 + 5
    for index, stop in enumerate(feature.get("stops", [])):
        if stop and index:
            yield Name(
                (stop[2],),
                "date",
                36,
                vertices[index],
                _around(reach),
                actor=feature.get("a", ""),
            )


def _water_and_states(view: View, lowest: int) -> Iterable[Name]:
    day = view.era["day"]
    for name in view.payload["base"]["names"]:
        begin, end = name.get("b", ""), name.get("e", "")
        if name["r"] > lowest or (begin and begin > day) or (end and day >= end):
            continue
        at = view.sheet.point(name["at"])
        if name.get("water"):
            order = -2 if name["r"] == 1 else name["r"] * 10 + 1
            corners = [view.sheet.point(corner) for corner in name.get("path", [])]
            path = smooth(corners)[0] if corners else []
            yield Name(
                tuple(name["n"].split("\n")),
                "water",
                order,
                at,
                _centred(),
                path=path,
                elsewhere=path[::5],
            )
        else:
            style = "home" if name.get("home") else "state"
            order = 9 if name.get("home") else name["r"] * 10 + 5
            yield Name(_broken(name["n"].upper(), 12), style, order, at, _centred())


def _places(view: View, lowest: int) -> Iterable[Name]:
    index = [entry["id"] for entry in view.payload["eras"]].index(view.era["id"])
    for place in view.payload["base"]["places"]:
        name = place["n"] if isinstance(place["n"], str) else place["n"][index]
        if name and place["r"] <= lowest:
            first = place["r"] == 1
            yield Name(
                (name,),
                "city" if first else "town",
                place["r"] * 10 + 4,
                view.sheet.point(place["at"]),
                _around(5),
                dot=2.6 if first else 2,
            )


def _broken(text: str, longest: int = 20) -> tuple[str, ...]:
    """Break a long label into two or three lines."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= longest:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines)


def _around(reach: float) -> list[Spot]:
    """Return places around a point: right, left, above, below, then the corners."""
    slant = reach * 0.75
    return [
        (reach, 0, "start"),
        (-reach, 0, "end"),
        (0, -reach, "above"),
        (0, reach, "below"),
        (slant, -slant, "start"),
        (slant, slant, "start"),
        (-slant, -slant, "end"),
        (-slant, slant, "end"),
    ]


def _centred(room: float = 60) -> list[Spot]:
    """Return the middle, then some way up, down and aside, as far as there is room (pixels)."""
    shifts = [(0, 0), (0, 20), (0, -20), (34, 0), (-34, 0), (0, 42), (0, -42)]
    return [(x, y, "middle") for x, y in shifts if hypot(x, y) <= max(0, room - 8)]
