"""Names on a plate: candidates in order of rank, placed where nothing overlaps or is cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from math import hypot
from typing import Any, Final

from geo.plate.ink import Ink, tag
from geo.plate.projection import Sheet

__all__ = ["View", "place_labels"]

SERIF: Final = "Palatino Linotype, Palatino, Noto Serif, Georgia, DejaVu Serif, serif"
SANS: Final = "Source Sans 3, Noto Sans, Helvetica Neue, Arial, DejaVu Sans, sans-serif"


@dataclass(frozen=True)
class Style:
    """How a class of names is set."""

    family: str
    size: float
    ink: str
    """Colour of the base palette; empty for the actor's own."""
    paper: str
    """Colour behind the letters."""
    spacing: float = 0
    italic: bool = False
    bold: bool = False
    width: float = 0.56
    """Mean width of a letter in ems; plates are set without measuring, so on the wide side."""


STYLES: Final[Mapping[str, Style]] = {
    "water": Style(SERIF, 15, "sea-ink", "water", spacing=1, italic=True),
    "state": Style(SERIF, 12, "state-ink", "land", spacing=3.4, width=0.7),
    "home": Style(SERIF, 17, "state-ink", "home", spacing=7, width=0.7),
    "area": Style(SERIF, 14, "", "halo", italic=True, bold=True, width=0.6),
    "city": Style(SANS, 12.5, "ink", "halo", bold=True, width=0.64),
    "town": Style(SANS, 12, "ink", "halo"),
    "line": Style(SANS, 11.5, "", "halo", bold=True, width=0.64),
    "point": Style(SANS, 11.5, "ink", "halo"),
}


@dataclass(frozen=True)
class Candidate:
    """A name that would like a place."""

    lines: tuple[str, ...]
    style: str
    order: float
    x: float
    y: float
    reach: float
    """Distance from its point at which it may stand beside it; 0 for names set in the middle."""
    actor: str = ""
    dot: float = 0
    room: float = 60


@dataclass
class Boxes:
    """The places taken so far: x0, y0, x1, y1."""

    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def free(self, box: tuple[float, float, float, float]) -> bool:
        """Tell whether a box overlaps nothing."""
        x0, y0, x1, y1 = box
        return not any(x0 < b and a < x1 and y0 < d and c < y1 for a, c, b, d in self.taken)


@dataclass(frozen=True)
class View:
    """What is on a plate: one era of a payload on a sheet."""

    payload: Mapping[str, Any]
    era: Mapping[str, Any]
    shown: Sequence[Mapping[str, Any]]
    """The era's features, in drawing order."""
    sheet: Sheet
    ink: Ink
    offsets: Mapping[str, tuple[float, float]]
    """Where icons in a stack stand, pixels right and down, by feature id."""
    rank: int = 2
    """The lowest rank that is labelled."""


def place_labels(view: View) -> str:
    """Return the SVG texts of an era."""
    payload, era, shown = view.payload, view.era, view.shown
    sheet, ink, offsets = view.sheet, view.ink, view.offsets
    boxes = Boxes()
    for feature in shown:
        if "at" in feature:
            x, y = sheet.point(feature["at"])
            dx, dy = offsets.get(feature["id"], (0, 0))
            half = payload["kinds"][feature["k"]]["size"] / 2
            boxes.taken.append((x + dx - half, y + dy - half, x + dx + half, y + dy + half))
    candidates = [
        *_feature_names(payload, sheet, shown, offsets, view.rank),
        *_base_names(payload, era, sheet, view.rank),
        *_place_names(payload, era, sheet, view.rank),
    ]
    parts = [
        _placed(candidate, boxes, sheet, ink)
        for candidate in sorted(candidates, key=lambda c: c.order)
    ]
    return "".join(parts)


def _feature_names(
    payload: Mapping[str, Any],
    sheet: Sheet,
    shown: Iterable[Mapping[str, Any]],
    offsets: Mapping[str, tuple[float, float]],
    lowest: int,
) -> Iterable[Candidate]:
    for feature in shown:
        at = feature.get("at") or feature.get("at_label")
        if not feature.get("n") or not at or not 0 < feature.get("r", 0) <= lowest:
            continue
        kind = payload["kinds"][feature["k"]]
        x, y = sheet.point(at)
        dx, dy = offsets.get(feature["id"], (0, 0))
        style = {"area": "area", "point": "point"}.get(kind["form"], "line")
        rank = {"area": 0, "line": 2, "point": 3}[style]
        reach = {"area": 0.0, "line": 9.0, "point": kind.get("size", 0) / 2 + 3}[style]
        room = feature.get("room", 0) / 360 * sheet.scale if style == "area" else 60
        yield Candidate(
            _wrapped(feature["n"]),
            style,
            feature["r"] * 10 + rank,
            x + dx,
            y + dy,
            reach,
            actor=feature.get("a", ""),
            room=room,
        )


def _base_names(
    payload: Mapping[str, Any], era: Mapping[str, Any], sheet: Sheet, lowest: int
) -> Iterable[Candidate]:
    for name in payload["base"]["names"]:
        begin, end = name.get("b", ""), name.get("e", "")
        if name["r"] > lowest or (begin and begin > era["day"]) or (end and era["day"] >= end):
            continue
        x, y = sheet.point(name["at"])
        if name.get("water"):
            order = -2 if name["r"] == 1 else name["r"] * 10 + 1
            yield Candidate(tuple(name["n"].split("\n")), "water", order, x, y, 0)
        else:
            style = "home" if name.get("home") else "state"
            order = 9 if name.get("home") else name["r"] * 10 + 5
            yield Candidate(_wrapped(name["n"].upper(), 12), style, order, x, y, 0)


def _place_names(
    payload: Mapping[str, Any], era: Mapping[str, Any], sheet: Sheet, lowest: int
) -> Iterable[Candidate]:
    index = [entry["id"] for entry in payload["eras"]].index(era["id"])
    for place in payload["base"]["places"]:
        name = place["n"] if isinstance(place["n"], str) else place["n"][index]
        if name and place["r"] <= lowest:
            x, y = sheet.point(place["at"])
            first = place["r"] == 1
            yield Candidate(
                (name,),
                "city" if first else "town",
                place["r"] * 10 + 4,
                x,
                y,
                5,
                dot=2.6 if first else 2,
            )


def _placed(candidate: Candidate, boxes: Boxes, sheet: Sheet, ink: Ink) -> str:
    style = STYLES[candidate.style]
    width = max(len(line) * (style.size * style.width + style.spacing) for line in candidate.lines)
    line_height = style.size * 1.18
    height = line_height * len(candidate.lines)
    for left, top, anchor in _spots(candidate, width, height):
        box = (left - 2, top - 2, left + width + 2, top + height + 2)
        inside = box[0] >= 0 and box[1] >= 0 and box[2] <= sheet.width and box[3] <= sheet.height
        if not inside or not boxes.free(box):
            continue
        boxes.taken.append(box)
        x = {"start": left, "end": left + width, "middle": left + width / 2}[anchor]
        spans = "".join(
            tag(
                "tspan", escape(line), x=round(x, 1), y=round(top + line_height * (number + 0.8), 1)
            )
            for number, line in enumerate(candidate.lines)
        )
        return _dot(candidate, boxes, ink) + _text(spans, style, candidate, anchor, ink)
    return ""


def _text(spans: str, style: Style, candidate: Candidate, anchor: str, ink: Ink) -> str:
    common: dict[str, Any] = {
        "font_family": style.family,
        "font_size": style.size,
        "font_style": "italic" if style.italic else None,
        "font_weight": 600 if style.bold else None,
        "letter_spacing": style.spacing or None,
        "text_anchor": anchor,
    }
    # Two texts, the halo first: not every program that reads SVG knows paint-order.
    halo = tag(
        "text",
        spans,
        fill="none",
        stroke=ink.base(style.paper),
        stroke_width=3,
        stroke_linejoin="round",
        **common,
    )
    colour = ink.base(style.ink) if style.ink else ink.actor(candidate.actor)
    return halo + tag("text", spans, fill=colour, **common)


def _dot(candidate: Candidate, boxes: Boxes, ink: Ink) -> str:
    if not candidate.dot:
        return ""
    x, y = candidate.x, candidate.y
    boxes.taken.append((x - 3, y - 3, x + 3, y + 3))
    return tag(
        "circle",
        cx=x,
        cy=y,
        r=candidate.dot,
        fill=ink.base("ink"),
        stroke=ink.base("halo"),
        stroke_width=1.2,
    )


def _spots(candidate: Candidate, width: float, height: float) -> Iterable[tuple[float, float, str]]:
    x, y, reach = candidate.x, candidate.y, candidate.reach
    if not reach:
        shifts: list[tuple[float, float]] = [
            (0, 0),
            (0, 20),
            (0, -20),
            (34, 0),
            (-34, 0),
            (0, 42),
            (0, -42),
        ]
        for right, down in shifts:
            if hypot(right, down) <= max(0, candidate.room - 8):
                yield x + right - width / 2, y + down - height / 2, "middle"
        return
    slant = reach * 0.75
    yield x + reach, y - height / 2, "start"
    yield x - reach - width, y - height / 2, "end"
    yield x - width / 2, y - reach - height, "middle"
    yield x - width / 2, y + reach, "middle"
    for dx, dy in ((slant, -slant), (slant, slant)):
        yield x + dx, y + dy - height / 2, "start"
    for dx, dy in ((-slant, -slant), (-slant, slant)):
        yield x + dx - width, y + dy - height / 2, "end"


def _wrapped(text: str, longest: int = 20) -> tuple[str, ...]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= longest:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines)
