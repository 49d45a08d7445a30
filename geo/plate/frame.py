"""What stands beside the map on a plate: title, caption, legend, credits; and its scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from geo.plate.ink import Ink, tag
from geo.plate.map import DrawnMap, drawn_features
from geo.plate.projection import Sheet
from geo.plate.swatches import legend_entries, swatch
from geo.plate.type import attributes, text_width, wrapped
from geo.symbology import Symbology, TypeStyle

__all__ = ["Frame", "scale_bar"]

WIDTH: Final = 346
"""Pixels; what the document's panel has on a desktop screen."""

MARGIN: Final = 20
BESIDE: Final = 5
"""Between a legend's entry and its actors, pixels."""

SAMPLES: Final = 62
"""Width of the legend's column of samples, pixels: two beside each other."""

MILE: Final = 1.609344
"""Kilometres in a statute mile."""

SCALES: Final = (10, 20, 50, 100, 200, 500, 1000, 2000)
LONGEST: Final = 120
"""Longest scale bar, pixels."""

NAME: Final = TypeStyle("sans", 11, 15, "ink-soft", "panel", spacing=0.9, weight=600)
TITLE: Final = TypeStyle("serif", 24, 28, "ink", "panel", weight=600)
DATES: Final = TypeStyle("serif", 15, 22, "ink-soft", "panel", italic=True)
CAPTION: Final = TypeStyle("serif", 15, 21, "ink", "panel")
HEADING: Final = TypeStyle("sans", 12, 16, "ink-soft", "panel", weight=600)
ENTRY: Final = TypeStyle("sans", 13, 17, "ink", "panel")
WHO: Final = TypeStyle("sans", 11, 14, "ink-soft", "panel")
CREDIT: Final = TypeStyle("sans", 11, 15, "ink-soft", "panel")


@dataclass(frozen=True)
class Row:
    """A row of the legend."""

    height: float
    samples: Sequence[tuple[str, str]]
    """Kind and actor; something of the base when there is no actor."""
    lines: Sequence[str]
    who: Sequence[str] = ()
    beside: float = 0
    """How far right of the line its actors stand, pixels; 0 when they stand below."""


class Frame:
    """The panel of one era: laid out when made, drawn once the map is."""

    width = WIDTH

    def __init__(
        self,
        payload: Mapping[str, Any],
        era: Mapping[str, Any],
        ink: Ink,
        *,
        outside: bool,
    ) -> None:
        """Lay out; `outside` says that land beyond the map's subject is seen."""
        self._payload = payload
        self._names: Mapping[str, Mapping[str, str]] = era["who"]
        self._ink = ink
        room = WIDTH - 2 * MARGIN
        self._texts = [
            (NAME, [payload["title"].upper()], 0),
            (TITLE, wrapped(era["title"], TITLE, room), 10),
            (DATES, [era["dates"]], 0),
            (CAPTION, wrapped(era["caption"], CAPTION, room), 8),
            (HEADING, [payload["ui"]["legend"]], 16),
        ]
        shown = drawn_features(payload, era)
        self._rows = [self._row(kind, actors) for kind, actors in legend_entries(payload, shown)]
        kinds = {feature["k"] for feature in shown}
        if any(payload["kinds"][kind].get("halo") for kind in kinds):
            self._rows.append(self._remark(payload["ui"]["uncertain-halo"]))
        if any(payload["base"]["borders"][index].get("u") for index in era["borders"]):
            self._rows.append(self._remark(payload["ui"]["unsettled-border"], "border"))
        if outside:
            self._rows.append(self._remark(payload["ui"]["no-data"], "outside"))
        self._credits = wrapped(payload["attribution"], CREDIT, room)
        self.height: int = round(
            2 * MARGIN
            + sum(gap + style.leading * len(lines) for style, lines, gap in self._texts)
            + sum(row.height for row in self._rows)
            + CREDIT.leading * len(self._credits)
            + 24
        )
        """What the panel needs at least, pixels."""

    def draw(self, drawn: DrawnMap, *, left: float) -> str:
        """Return the panel as SVG, `left` pixels from the plate's edge."""
        height = drawn.sheet.height
        parts = [
            tag("rect", x=left, width=WIDTH, height=height, fill=self._ink.base("panel")),
            tag("path", d=f"M{left + 0.5} 0V{height}", stroke=self._ink.base("line")),
        ]
        x, y = left + MARGIN, float(MARGIN)
        for style, lines, gap in self._texts:
            y += gap
            parts.append(self._block(x, y, style, lines))
            y += style.leading * len(lines)
        y += 4
        for row in self._rows:
            parts.append(self._samples(x, y, row, drawn))
            text = ENTRY.leading * len(row.lines)
            below = 0 if row.beside else WHO.leading * len(row.who)
            top = y + (row.height - text - below) / 2
            parts.append(self._block(x + SAMPLES + 10, top, ENTRY, row.lines))
            who_top = top + 2 if row.beside else top + text
            parts.append(self._block(x + SAMPLES + 10 + row.beside, who_top, WHO, row.who))
            y += row.height
        below = height - MARGIN - CREDIT.leading * len(self._credits)
        parts.append(self._block(x, below, CREDIT, self._credits))
        return "".join(parts)

    def _row(self, kind: str, actors: Sequence[str]) -> Row:
        room = WIDTH - 2 * MARGIN - SAMPLES - 10
        samples = [(kind, actor) for actor in actors]
        lines = wrapped(self._payload["kinds"][kind]["title"], ENTRY, room)
        names = ", ".join(
            filter(
                None,
                (
                    self._names.get(who, {}).get(kind) or self._payload["actors"][who]["title"]
                    for who in actors
                ),
            )
        )
        who = wrapped(names, WHO, room) if names else []
        if len(lines) == len(who) == 1:
            beside = text_width(lines[0], ENTRY) + BESIDE
            if beside + text_width(who[0], WHO) <= room:
                return Row(max(22, 20 * ((len(actors) + 1) // 2) + 3), samples, lines, who, beside)
        text = ENTRY.leading * len(lines) + WHO.leading * len(who)
        height = max(text, 20 * ((len(actors) + 1) // 2)) + 3
        return Row(height, samples, lines, who)

    def _remark(self, text: str, sample: str = "") -> Row:
        lines = wrapped(text, ENTRY, WIDTH - 2 * MARGIN - SAMPLES - 10)
        return Row(max(20, ENTRY.leading * len(lines) + 3), [(sample, "")] if sample else [], lines)

    def _samples(self, left: float, top: float, row: Row, drawn: DrawnMap) -> str:
        parts = []
        samples = row.samples
        top += (row.height - 20 * ((len(samples) + 1) // 2)) / 2 + 1
        for number, (kind, actor) in enumerate(samples):
            column = number % 2 if len(samples) > 1 and number < len(samples) // 2 * 2 else 1
            x, y = left + 32 * column, top + 20 * (number // 2)
            picture = self._base_sample(kind, drawn) if not actor else ""
            picture = picture or swatch(self._payload, drawn.symbols, self._ink, kind, actor)
            parts.append(tag("g", picture, transform=f"translate({x:g} {y:g})"))
        return "".join(parts)

    def _base_sample(self, name: str, drawn: DrawnMap) -> str:
        """Return the sample of something of the base."""
        if name == "outside":
            return tag("path", d="M2 2H28V16H2Z", fill=drawn.symbols.outside())
        return tag(
            "path",
            d="M0 9H30",
            stroke=self._ink.base("border"),
            stroke_width=1.6,
            stroke_dasharray="1 4",
            stroke_linecap="round",
        )

    def _block(self, x: float, y: float, style: TypeStyle, lines: Sequence[str]) -> str:
        spans = "".join(
            tag("tspan", escape(line), x=x, y=round(y + style.leading * (number + 0.76), 1))
            for number, line in enumerate(lines)
        )
        fill = self._ink.base(style.ink)
        return tag("text", spans, fill=fill, **attributes(style)) if lines else ""


def scale_bar(
    payload: Mapping[str, Any],
    era: Mapping[str, Any],
    symbology: Symbology,
    ink: Ink,
    *,
    size: tuple[int, int],
) -> tuple[str, tuple[float, float, float, float]]:
    """Return a scale in km and miles for the map's bottom left corner, and the box it takes.

    It is right at the middle of the map: Web Mercator's scale grows towards the poles.
    """
    sheet = Sheet(era["bounds"], size, payload["arcs"])
    per_km = sheet.per_km((era["bounds"][1] + era["bounds"][3]) / 2)
    style = symbology.type["town"]
    parts = []
    left, bottom = 8.0, size[1] - 10.0
    right = left
    for per_unit, unit, step in ((per_km, "km", -1), (per_km * MILE, "mi", 1)):
        length = max(n for n in SCALES if n * per_unit <= LONGEST or n == SCALES[0])
        end = left + length * per_unit
        right = max(right, end)
        middle = bottom - 17
        edge = middle + 16 * step
        parts.append(
            tag(
                "path",
                d=f"M{left:g} {edge:g}V{middle:g}H{end:.1f}V{edge:g}",
                fill="none",
                stroke=ink.base("ink-soft"),
                stroke_width=1.3,
            )
        )
        text = f"{length} {unit}"
        y = middle - 5 if step < 0 else middle + 13
        parts.append(tag("text", text, x=left + 5, y=y, fill=ink.base("ink"), **attributes(style)))
        right = max(right, left + 10 + text_width(text, style))
    return "".join(parts), (0, bottom - 36, right + 6, size[1])
