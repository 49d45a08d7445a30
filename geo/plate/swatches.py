"""Samples for a plate's legend: what a kind looks like for an actor, 30 by 18 pixels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from geo.plate.arrows import arrow_path, arrowhead_path, smooth
from geo.plate.ink import Ink, tag
from geo.plate.symbols import Symbols, dashes

__all__ = ["legend_entries", "swatch"]

BOX: Final = "M2 2H28V16H2Z"


def legend_entries(
    payload: Mapping[str, Any], shown: Sequence[Mapping[str, Any]]
) -> list[tuple[str, list[str]]]:
    """Return the kinds that can be seen, in drawing order, each with its actors."""
    actors = list(payload["actors"])
    seen: dict[str, set[str]] = {}
    for feature in shown:
        seen.setdefault(feature["k"], set()).add(feature.get("a", "") or "none")
    return [
        (kind, sorted(seen[kind], key=actors.index)) for kind in payload["kinds"] if kind in seen
    ]


def swatch(payload: Mapping[str, Any], symbols: Symbols, ink: Ink, kind_id: str, actor: str) -> str:
    """Return the sample of a kind for an actor."""
    kind = payload["kinds"][kind_id]
    colour = ink.actor(actor)
    if kind["form"] == "area":
        return _area(kind, symbols, ink, actor)
    if kind["form"] == "line":
        width = kind["width"]
        parts = [
            tag(
                "path",
                d="M1 9H29",
                stroke=colour,
                stroke_width=width,
                stroke_dasharray=dashes(kind),
            )
        ]
        if kind.get("pattern") == "rail":
            inner = {"stroke": ink.base("home"), "stroke_width": width - 1.4}
            parts.append(tag("path", d="M1 9H29", stroke_dasharray="6 6", **inner))
        if kind.get("arrow"):
            parts.append(tag("path", d=arrowhead_path([(1, 9), (29, 9)], 8), fill=colour))
        return "".join(parts)
    if kind["form"] == "axis":
        return _axis(kind, payload["actors"][actor]["axis"], ink, colour)
    icon = symbols.icon(kind, colour, min(16, kind["size"] + 2))
    return tag("g", icon, transform="translate(15 9)")


def _area(kind: Mapping[str, Any], symbols: Symbols, ink: Ink, actor: str) -> str:
    colour = ink.actor(actor)
    parts = []
    if kind["fill"]:
        parts.append(tag("path", d=BOX, fill=colour, fill_opacity=kind["fill"]))
    if kind.get("hatch"):
        parts.append(tag("path", d=BOX, fill=symbols.hatch(actor, kind["hatch"])))
    stroke: dict[str, Any] = {"fill": "none", "stroke": colour}
    if kind["edge"] == "fade":
        parts.append(tag("path", d="M2 13H28V16H2Z", fill=colour, fill_opacity=0.35))
    elif kind["edge"] == "coast":
        parts.append(tag("path", d="M2 16Q10 8 28 12", stroke_width=kind["edge_width"], **stroke))
    elif kind["edge"] == "line":
        if kind.get("halo"):
            parts.append(tag("path", d="M2 16H28", stroke_width=7, stroke_opacity=0.16, **stroke))
        parts.append(
            tag(
                "path",
                d="M2 16H28" if kind.get("halo") else BOX,
                stroke_width=kind["edge_width"],
                stroke_dasharray=dashes(kind),
                **stroke,
            )
        )
    elif not parts:
        parts.append(tag("path", d=BOX, fill=ink.base("water"), stroke=ink.base("coast")))
    return "".join(parts)


def _axis(kind: Mapping[str, Any], form: str, ink: Ink, colour: str) -> str:
    outline = arrow_path(smooth([(2, 12), (15, 10), (28, 7)])[0], 6)
    paper = ink.base("home")
    if form == "open" or "dash" in kind:
        return tag(
            "path",
            d=outline,
            fill=paper,
            stroke=colour,
            stroke_width=1.3,
            stroke_dasharray=dashes(kind),
        )
    core = tag("path", d="M2 12L22 8.5", stroke=paper, stroke_width=1.3) if form == "cored" else ""
    return tag("path", d=outline, fill=colour) + core
