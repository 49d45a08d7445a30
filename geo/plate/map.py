"""The map of one era on a sheet: base, features, names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.plate.fitting import Ground
from geo.plate.ink import Ink, tag
from geo.plate.labels import place_labels
from geo.plate.names import View
from geo.plate.projection import MARGIN, Sheet
from geo.plate.stacking import stack_offsets
from geo.plate.symbols import Symbols
from geo.symbology import Symbology

__all__ = ["DrawnMap", "draw_map", "drawn_features", "visible_features"]

GRATICULE = 5
"""Degrees between meridians and parallels."""


@dataclass(frozen=True)
class DrawnMap:
    """A map, and what is needed to draw its legend beside it."""

    content: str
    """SVG elements."""
    symbols: Symbols
    """Holds the definitions the content refers to."""
    sheet: Sheet
    shown: Sequence[Mapping[str, Any]]


def draw_map(  # noqa: PLR0913  # a map has a size, a theme, a detail, and room around
    payload: Mapping[str, Any],
    symbology: Symbology,
    era: Mapping[str, Any],
    *,
    ink: Ink,
    size: tuple[int, int],
    thin: float,
    around: int = 0,
    keep_free: Sequence[tuple[float, float, float, float]] = (),
) -> DrawnMap:
    """Draw an era; no name stands on the boxes of `keep_free` (left, top, right, bottom).

    The sheet goes on for `around` pixels on every side of `size`, without names there.
    """
    shown = drawn_features(payload, era)
    whole = (size[0] + 2 * around, size[1] + 2 * around)
    sheet = Sheet(era["bounds"], whole, payload["arcs"], margin=MARGIN + around, thin=thin)
    symbols = Symbols(payload, sheet, ink)
    offsets = stack_offsets(payload, sheet, shown)
    forms = [payload["kinds"][feature["k"]]["form"] for feature in shown]
    drawn = [symbols.draw(feature, offsets.get(feature["id"], (0, 0))) for feature in shown]
    areas = "".join(text for text, form in zip(drawn, forms, strict=True) if form == "area")
    marks = "".join(text for text, form in zip(drawn, forms, strict=True) if form != "area")
    view = View(payload, era, shown, sheet, offsets)
    labels = place_labels(view, ink, symbology, Ground(*whole, list(keep_free), edge=around))
    ground, over = _base(payload, era, sheet, ink, symbols)
    return DrawnMap(ground + areas + over + marks + labels, symbols, sheet, shown)


def visible_features(payload: Mapping[str, Any], era: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the features an era shows at first, in drawing order: its layers, its timespan."""
    return [
        feature
        for feature in payload["features"]
        if feature["l"] in era["layers"]
        and (not feature.get("b") or feature["b"] < era["end"])
        and (not feature.get("e") or era["begin"] < feature["e"])
    ]


def drawn_features(payload: Mapping[str, Any], era: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the features an era shows at first that have a place on the map."""
    return [feature for feature in visible_features(payload, era) if feature.keys() & {"at", "g"}]


def _base(
    payload: Mapping[str, Any], era: Mapping[str, Any], sheet: Sheet, ink: Ink, symbols: Symbols
) -> tuple[str, str]:
    """Return what lies under areas and what lies over them."""
    base = payload["base"]

    def every(name: str) -> list[Any]:
        return [part for shape in base[name] for part in shape]

    def frontiers(unsettled: int) -> str:
        lines = [base["borders"][index] for index in era["borders"]]
        return sheet.lines(
            line for entry in lines if entry.get("u", 0) == unsettled for line in entry["g"]
        )

    land: dict[str, Any] = {
        "fill": ink.base("land"),
        "stroke": ink.base("land"),
        "stroke_width": 0.6,
    }
    stroke: dict[str, Any] = {"fill": "none", "stroke_linejoin": "round"}
    ground = (
        tag("rect", width=sheet.width, height=sheet.height, fill=ink.base("water"))
        + tag("path", d=sheet.polygons(every("world")), fill=symbols.outside())
        + tag("path", d=sheet.polygons(every("land")), **land)
        + tag("path", d=sheet.polygons(base["homes"][era["home"]]), fill=ink.base("home"))
        + tag(
            "path",
            d=_graticule(sheet),
            fill="none",
            stroke=ink.base("graticule"),
            stroke_width=0.5,
            stroke_opacity=0.6,
        )
    )
    over = (
        tag(
            "path",
            d=sheet.polygons(every("lakes")),
            fill=ink.base("water"),
            stroke=ink.base("coast"),
            stroke_width=0.6,
        )
        + tag(
            "path",
            d=sheet.lines(every("rivers")),
            stroke=ink.base("river"),
            stroke_width=0.8,
            **stroke,
        )
        + tag("path", d=frontiers(0), stroke=ink.base("border"), stroke_width=1, **stroke)
        + tag(
            "path",
            d=frontiers(1),
            stroke=ink.base("border"),
            stroke_width=1.6,
            stroke_dasharray="1 4",
            stroke_linecap="round",
            **stroke,
        )
        + tag(
            "path",
            d=sheet.lines(every("coast")),
            stroke=ink.base("coast"),
            stroke_width=0.8,
            **stroke,
        )
    )
    return ground, over


def _graticule(sheet: Sheet) -> str:
    lines = [((longitude, -60), (longitude, 75)) for longitude in range(-180, 181, GRATICULE)]
    lines += [((-180, latitude), (180, latitude)) for latitude in range(-60, 76, GRATICULE)]
    paths = []
    for start, end in lines:
        (x0, y0), (x1, y1) = sheet.point(start), sheet.point(end)
        if (x0 == x1 and 0 <= x0 <= sheet.width) or (y0 == y1 and 0 <= y0 <= sheet.height):
            # Cut at the sheet's edge: lines round the whole world would only make the file larger.
            paths.append(
                f"M{max(x0, 0):g} {min(y0, sheet.height):g}L{min(x1, sheet.width):g} {max(y1, 0):g}"
            )
    return "".join(paths)
