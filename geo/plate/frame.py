"""What stands under or beside the map on a plate: title, caption, legend, sources, credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geo.model.symbology import TypeStyle
from geo.payload.schema import EraEntry
from geo.plate.engine import DrawnMap, Engine
from geo.plate.keys import badge_keys, told_sources
from geo.plate.tags import tag
from geo.plate.type import balanced, set_block, wrapped

__all__ = ["Frame"]

MARGIN: Final = 22
GUTTER: Final = 22
"""Between columns, and between the caption and a legend below it, pixels."""

READING: Final = (325, 460, 0.35)
"""Width of the column with title and caption: from and to, pixels, and its share of the foot."""

COLUMN: Final = 180
"""Least width of a column of the legend, pixels."""

SAMPLES: Final = 62
"""Width of the legend's column of samples, pixels: two beside each other."""

LINE: Final = 20
"""Height of a line of samples, pixels."""

SOURCE_LINES: Final = (2, 7)
"""Lines there are for sources under a map, and beside one."""

NAME: Final = TypeStyle("sans", 11, 15, "ink-soft", "panel", spacing=0.9, weight=600)
TITLE: Final = TypeStyle("serif", 24, 28, "ink", "panel", weight=600)
DATES: Final = TypeStyle("serif", 15, 22, "ink-soft", "panel", italic=True)
CAPTION: Final = TypeStyle("serif", 14, 19, "ink", "panel")
HEADING: Final = TypeStyle("sans", 12, 18, "ink-soft", "panel", weight=600)
ENTRY: Final = TypeStyle("sans", 12.5, 16, "ink", "panel")
KEY: Final = TypeStyle("sans", 11, 14, "ink", "panel")
CREDIT: Final = TypeStyle("sans", 10, 13, "ink-soft", "panel")


@dataclass(frozen=True)
class Row:
    """A row of the legend, laid out; a heading is kept with the row that follows."""

    height: float
    lines: Sequence[str]
    style: TypeStyle = ENTRY
    samples: Sequence[str] = ()
    indent: float = 0
    heading: bool = False


class Frame:
    """The foot of one era's plate, or the side of a wide one: laid out when made."""

    def __init__(  # noqa: PLR0913  # what it tells of, how it looks, and the room it has
        self,
        engine: Engine,
        era_id: str,
        drawn: DrawnMap,
        *,
        theme: str,
        width: float,
        beside: bool = False,
    ) -> None:
        """Lay out the foot under a map, `width` pixels wide, or the side `beside` one."""
        payload, era = engine.payload, engine.era(era_id)
        self._colours = engine.symbology.colours(theme)
        self._width = width
        self._turned = payload["direction"] == "rtl"
        self._beside = beside
        wide = width - 2 * MARGIN
        least, most, share = READING
        self._first = wide if beside else min(most, max(least, share * width))
        self._reading = [
            (NAME, [payload["title"].upper()], 0),
            (TITLE, balanced(era["title"], TITLE, self._first), 8),
            (DATES, wrapped(_dates(engine, era), DATES, self._first), 0),
            (CAPTION, wrapped(era["caption"], CAPTION, self._first), 6),
        ]
        room = wide if beside else wide - self._first - GUTTER
        count = max(1, int((room + GUTTER) // (COLUMN + GUTTER)))
        self._column = (room - GUTTER * (count - 1)) / count
        rows = [*_legend(drawn, self._column), *_keys(engine, era_id, drawn, self._column)]
        self._columns = _balanced(rows, count)
        self._notes = [
            *told_sources(
                payload,
                engine.shown(era_id),
                lambda text: wrapped(text, CREDIT, wide),
                lines=SOURCE_LINES[beside],
            ),
            *wrapped(f"{payload['attribution']} {_projection(engine, drawn)}", CREDIT, wide),
        ]
        reading = sum(gap + style.leading * len(lines) for style, lines, gap in self._reading)
        legend = max(sum(row.height for row in column) for column in self._columns)
        beside_caption = (MARGIN + self._first + GUTTER, MARGIN)
        self._legend_at = (MARGIN, MARGIN + reading + GUTTER) if beside else beside_caption
        above = reading + GUTTER + legend if beside else max(reading, legend)
        self._notes_top = MARGIN + above + 10
        self._notes_height = CREDIT.leading * len(self._notes) + MARGIN * 0.7
        self.height: int = round(self._notes_top + self._notes_height)
        """What it needs, pixels."""

    def draw(self, at: tuple[float, float], *, height: float) -> str:
        """Return it as SVG, `height` pixels high, with its upper left corner at a place."""
        edge = f"M0.5 0V{height:g}" if self._beside else f"M0 0.5H{self._width:g}"
        parts = [
            tag("rect", width=self._width, height=f"{height:g}", fill=self._colours["panel"]),
            tag("path", d=edge, stroke=self._colours["line"]),
        ]
        y = float(MARGIN)
        for style, lines, gap in self._reading:
            y += gap
            parts.append(self._text(MARGIN, y, style, lines))
            y += style.leading * len(lines)
        x, top = self._legend_at
        for column in self._columns:
            y = float(top)
            for row in column:
                parts += self._row(x, y, row)
                y += row.height
            x += self._column + GUTTER
        foot = height - self._notes_height if self._beside else self._notes_top
        parts.append(self._text(MARGIN, foot, CREDIT, self._notes))
        return tag("g", "".join(parts), transform=f"translate({at[0]:g} {at[1]:g})")

    def _row(self, x: float, y: float, row: Row) -> list[str]:
        top = y + (row.height - row.style.leading * len(row.lines)) / 2
        return [
            *([self._samples(x, y, row)] if row.samples else []),
            self._text(x + row.indent, top, row.style, row.lines),
        ]

    def _text(self, x: float, y: float, style: TypeStyle, lines: Sequence[str]) -> str:
        """Set lines `x` pixels from the side that texts begin at."""
        if not self._turned:
            return set_block(x, y, style, lines, self._colours)
        return set_block(self._width - x, y, style, lines, self._colours, "end")

    def _samples(self, x: float, top: float, row: Row) -> str:
        """Return samples two beside each other; a last one alone stands beside its text."""
        left = self._width - x - SAMPLES if self._turned else x
        alone = 0 if self._turned else 1
        count = len(row.samples)
        top += (row.height - LINE * ((count + 1) // 2)) / 2 + 1
        parts = []
        for number, sample in enumerate(row.samples):
            column = number % 2 if number < count // 2 * 2 else alone
            x, y = left + 32 * column, top + LINE * (number // 2)
            parts.append(tag("g", sample, transform=f"translate({x:g} {y:g})"))
        return "".join(parts)


def _dates(engine: Engine, era: EraEntry) -> str:
    """Return an era's dates, and the day by which it is shown, where that is not all of it."""
    if not engine.day:
        return era["dates"]
    day = engine.wording.describe_date(engine.day)
    return f"{era['dates']}, {engine.payload['ui']['by-day'].replace('{0}', day)}"


def _projection(engine: Engine, drawn: DrawnMap) -> str:
    if not drawn.conic or not engine.symbology.parallels:
        return engine.wording.plate["mercator"]
    parallels = (f"{latitude:g}" for latitude in engine.symbology.parallels)
    return engine.wording.plate["lambert"].format(*parallels)


def _legend(drawn: DrawnMap, width: float) -> list[Row]:
    rows: list[Row] = []
    group = ""
    for entry in drawn.legend:
        if entry.group != group:
            group = entry.group
            rows.append(_heading(group, width, above=6 if rows else 0))
        indent = SAMPLES + 8
        lines = wrapped(entry.title, ENTRY, width - indent)
        tall = LINE * ((len(entry.samples) + 1) // 2) + 1
        rows.append(
            Row(max(ENTRY.leading * len(lines) + 4, tall), lines, ENTRY, entry.samples, indent)
        )
    return rows


def _heading(text: str, width: float, above: float) -> Row:
    lines = wrapped(text, HEADING, width)
    return Row(HEADING.leading * len(lines) + above, lines, HEADING, heading=True)


def _keys(engine: Engine, era_id: str, drawn: DrawnMap, width: float) -> list[Row]:
    """Return what the badges on the map stand for: dates and titles, by their place."""
    rows: list[Row] = []
    for place, told in badge_keys(engine.payload, engine.number(era_id), drawn.keys):
        rows.append(_heading(f"{engine.wording.plate['at-one-place']}: {place}", width, above=6))
        for text in told:
            lines = wrapped(text, KEY, width)
            rows.append(Row(KEY.leading * len(lines) + 2, lines, KEY))
    return rows


def _balanced(rows: Sequence[Row], count: int) -> list[list[Row]]:
    """Return rows in columns as even as they get: the least height at which they have room."""
    heights = [row.height for row in rows] or [0.0]
    # A heading is as high as the row that it stands over with it.
    kept = [
        a + b * row.heading for row, a, b in zip(rows, heights, [*heights[1:], 0.0], strict=False)
    ]
    least = max(sum(heights) / count, *kept, 0.0)
    while len(columns := _filled(rows, least)) > count:
        least += 6
    return columns


def _filled(rows: Sequence[Row], height: float) -> list[list[Row]]:
    columns: list[list[Row]] = [[]]
    used = 0.0
    for number, row in enumerate(rows):
        following = rows[number + 1].height if row.heading and number + 1 < len(rows) else 0
        if columns[-1] and used + row.height + following > height:
            columns.append([])
            used = 0
        columns[-1].append(row)
        used += row.height
    return columns
