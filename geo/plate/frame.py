"""What stands beside the map on a plate: title, caption, legend, credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.model.symbology import TypeStyle
from geo.plate.engine import Engine, LegendRow
from geo.plate.tags import tag
from geo.plate.type import set_block, text_width, wrapped

__all__ = ["Frame"]

WIDTH: Final = 346
"""Pixels; what the document's panel has on a desktop screen."""

MARGIN: Final = 20
BESIDE: Final = 5
"""Between a legend's entry and its actors, pixels."""

SAMPLES: Final = 62
"""Width of the legend's column of samples, pixels: two beside each other."""

LINE: Final = 20
"""Height of a line of samples, pixels."""

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
    """A row of the legend, laid out."""

    height: float
    samples: Sequence[str]
    lines: Sequence[str]
    who: Sequence[str]
    beside: float = 0
    """How far right of the line its actors stand, pixels; 0 when they stand below."""


class Frame:
    """The panel of one era: laid out when made."""

    width: Final = WIDTH

    def __init__(
        self, engine: Engine, era_id: str, legend: Sequence[LegendRow], theme: str
    ) -> None:
        """Lay out the panel beside a map that has some legend."""
        payload, era = engine.payload, engine.era(era_id)
        self._colours = engine.symbology.colours(theme)
        room = WIDTH - 2 * MARGIN
        self._texts = [
            (NAME, [payload["title"].upper()], 0),
            (TITLE, wrapped(era["title"], TITLE, room), 10),
            (DATES, [era["dates"]], 0),
            (CAPTION, wrapped(era["caption"], CAPTION, room), 8),
            (HEADING, [payload["ui"]["legend"]], 16),
        ]
        self._rows = [_lay_out(row) for row in legend]
        self._credits = wrapped(payload["attribution"], CREDIT, room)
        self.height: int = round(
            2 * MARGIN
            + sum(gap + style.leading * len(lines) for style, lines, gap in self._texts)
            + sum(row.height for row in self._rows)
            + CREDIT.leading * len(self._credits)
            + 24
        )
        """What the panel needs at least, pixels."""

    def draw(self, *, left: float, height: float) -> str:
        """Return the panel as SVG, `left` pixels from the plate's edge."""
        parts = [
            tag("rect", x=left, width=WIDTH, height=height, fill=self._colours["panel"]),
            tag("path", d=f"M{left + 0.5} 0V{height}", stroke=self._colours["line"]),
        ]
        x, y = left + MARGIN, float(MARGIN)
        for style, lines, gap in self._texts:
            y += gap
            parts.append(set_block(x, y, style, lines, self._colours))
            y += style.leading * len(lines)
        y += 4
        for row in self._rows:
            parts += self._row(x, y, row)
            y += row.height
        below = height - MARGIN - CREDIT.leading * len(self._credits)
        parts.append(set_block(x, below, CREDIT, self._credits, self._colours))
        return "".join(parts)

    def _row(self, x: float, y: float, row: Row) -> list[str]:
        text = ENTRY.leading * len(row.lines)
        below = 0 if row.beside else WHO.leading * len(row.who)
        top = y + (row.height - text - below) / 2
        who_top = top + 2 if row.beside else top + text
        x_text = x + SAMPLES + 10
        return [
            _place_samples(x, y, row),
            set_block(x_text, top, ENTRY, row.lines, self._colours),
            set_block(x_text + row.beside, who_top, WHO, row.who, self._colours),
        ]


def _lay_out(row: LegendRow) -> Row:
    room = WIDTH - 2 * MARGIN - SAMPLES - 10
    lines = wrapped(row.title, ENTRY, room)
    who = wrapped(", ".join(row.who), WHO, room) if row.who else []
    tall = LINE * ((len(row.samples) + 1) // 2) + 3
    if len(lines) == len(who) == 1:
        beside = text_width(lines[0], ENTRY) + BESIDE
        if beside + text_width(who[0], WHO) <= room:
            return Row(max(22, tall), row.samples, lines, who, beside)
    text = ENTRY.leading * len(lines) + WHO.leading * len(who)
    return Row(max(text + 3, tall), row.samples, lines, who)


def _place_samples(left: float, top: float, row: Row) -> str:
    """Return samples two beside each other; a last one alone stands on the right."""
    count = len(row.samples)
    top += (row.height - LINE * ((count + 1) // 2)) / 2 + 1
    parts = []
    for number, sample in enumerate(row.samples):
        column = number % 2 if number < count // 2 * 2 else 1
        x, y = left + 32 * column, top + LINE * (number // 2)
        parts.append(tag("g", sample, transform=f"translate({x:g} {y:g})"))
    return "".join(parts)
