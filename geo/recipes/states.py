"""States of each period and the frontiers between them, from base pieces and sketched edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any, Final

import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError, SketchError, raise_faults
from geo.geometry.coverage import dissolve, polygons_of, round_coordinates, shared_border
from geo.geometry.wedge import cut_wedge, stretch_of
from geo.model.features import Certainty, Rank
from geo.model.schema import (
    Declarations,
    EdtfText,
    Id,
    Name,
    Named,
    Position,
    Record,
    Text,
    read_record,
)
from geo.model.timespan import timespan_from_edtf, timespan_from_iso
from geo.recipes.ground import Ground
from geo.recipes.properties import read_sketch, timed_properties

__all__ = ["build_borders", "build_states", "read_states"]

NAME: Final = "layers/sketches/states.toml"


@dataclass(frozen=True)
class Wedge:
    """A piece of today's neighbour that was on the other side: cut off along an old frontier."""

    __pydantic_config__ = Record

    id: Id
    of: Text
    border_with: Text
    chain: Annotated[tuple[Position, ...], Field(min_length=2)]
    note: Text = ""


@dataclass(frozen=True)
class State:
    """A state in one period, from pieces of today's base."""

    __pydantic_config__ = Record

    id: Id
    title: Named
    members: Annotated[tuple[Text, ...], Field(min_length=1)]
    rank: Rank
    begin: EdtfText = ""
    end: EdtfText = ""
    without: tuple[Text, ...] = ()
    plus: tuple[Id, ...] = ()
    minus: tuple[Id, ...] = ()
    at: Position | None = None
    sources: tuple[Id, ...] = ("natural-earth-410",)
    certainty: Certainty = "certain"
    note: Text = ""


@dataclass(frozen=True)
class Stretch:
    """A part of a frontier that was drawn otherwise for a time."""

    __pydantic_config__ = Record

    between: tuple[Text, Text]
    style: Name
    start: Annotated[Position | None, Field(validation_alias="from")] = None
    to: Position | None = None
    """Both ends, or none: then it is the whole frontier."""
    begin: EdtfText = ""
    end: EdtfText = ""
    note: Text = ""


@dataclass(frozen=True)
class Sketch:
    """What ``states.toml`` says."""

    wedges: tuple[Wedge, ...]
    states: tuple[State, ...]
    stretches: tuple[Stretch, ...]


def build_states(ground: Ground, sketches: Path) -> list[dict[str, Any]]:
    """Return a feature for each state and period."""
    sketch = read_states(sketches)
    wedges = {
        wedge.id: cut_wedge(
            ground.piece(wedge.of),
            ground.piece(wedge.border_with),
            [list(at) for at in wedge.chain],
        )
        for wedge in sketch.wedges
    }
    built, faults = [], []
    for state in sketch.states:
        try:
            built.append(_state(state, _extent(state, ground, wedges)))
        except GeoError as err:
            faults.append(f"{NAME}: state {state.id!r}: {err}")
    raise_faults(SketchError, "", faults)
    return built


def build_borders(
    states: Sequence[Mapping[str, Any]], ground: Ground, sketches: Path
) -> list[dict[str, Any]]:
    """Return a line for each frontier two states shared, split where styles change."""
    stretches = [(entry, _stretch(entry, ground)) for entry in read_states(sketches).stretches]
    areas = [shapely.geometry.shape(state["geometry"]) for state in states]
    borders: list[dict[str, Any]] = []
    for one, other in combinations(range(len(states)), 2):
        together = _together(states[one]["properties"], states[other]["properties"])
        if together is None or not areas[one].intersects(areas[other]):
            continue
        line = shared_border(areas[one], areas[other])
        if line.is_empty:
            continue
        names = [states[index]["id"].removeprefix("state-") for index in (one, other)]
        borders += _styled(line, together, names, stretches)
    return borders


def read_states(sketches: Path) -> Sketch:
    """Read ``states.toml``; raises SketchError with every fault found."""
    faults: list[str] = []
    path = sketches / "states.toml"
    declared = Declarations(path, NAME, read_sketch(path), faults)
    declared.expect_keys(("wedge", "state", "stretch"))
    wedges = declared.records(Wedge, "wedge")
    states = declared.records(State, "state")
    stretches = []
    for number, entry in enumerate(declared.tables("stretch"), start=1):
        stretch, problems = read_record(Stretch, entry)
        for problem in problems:
            declared.add("stretch", number, f"stretch number {number} {problem}")
        stretches += [stretch] if stretch else []
    for state in states.values():
        faults += [
            f"{declared.name}: state {state.id!r}: wedge {name!r} does not exist"
            for name in (*state.plus, *state.minus)
            if name not in wedges
        ]
    raise_faults(SketchError, "", faults)
    return Sketch(tuple(wedges.values()), tuple(states.values()), tuple(stretches))


def _extent(state: State, ground: Ground, wedges: Mapping[str, BaseGeometry]) -> BaseGeometry:
    pieces = [
        area
        for member in state.members
        for name, area in ground.pieces_of(member).items()
        if name not in state.without
    ]
    plus = [wedges[name] for name in state.plus]
    area = shapely.union_all([dissolve(pieces), *plus]) if plus else dissolve(pieces)
    for name in state.minus:
        area = area.difference(wedges[name])
    return shapely.MultiPolygon(polygons_of(round_coordinates(area)))


def _state(state: State, area: BaseGeometry) -> dict[str, Any]:
    properties = {
        **timed_properties({"begin": state.begin, "end": state.end}),
        "id": state.id,
        "title": state.title,
        "kind": "state",
        "certainty": state.certainty,
        "precision_km": 2,
        "sources": list(state.sources),
        "note": state.note,
        "label_rank": state.rank,
        "label_at": list(state.at) if state.at else _middle(area),
    }
    return {
        "type": "Feature",
        "id": state.id,
        "properties": properties,
        "geometry": shapely.geometry.mapping(area),
    }


def _middle(area: BaseGeometry) -> list[float]:
    point = polygons_of(area)[0].representative_point()
    return [round(point.x, 2), round(point.y, 2)]


def _together(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the ISO begin and end of the time two states existed side by side."""
    begin = max(one["begin"], other["begin"])
    ends = [end for end in (one["end"], other["end"]) if end]
    end = min(ends) if ends else ""
    return None if begin and end and end <= begin else (begin, end)


def _stretch(stretch: Stretch, ground: Ground) -> BaseGeometry:
    one, other = (ground.piece(code) for code in stretch.between)
    line = shared_border(one, other)
    if stretch.start is None or stretch.to is None:
        return line
    return stretch_of(line, list(stretch.start), list(stretch.to))


def _styled(
    line: BaseGeometry,
    together: tuple[str, str],
    names: Sequence[str],
    stretches: Sequence[tuple[Stretch, BaseGeometry]],
) -> list[dict[str, Any]]:
    span = timespan_from_iso(*together)
    borders = []
    for entry, stretch in stretches:
        held = timespan_from_edtf(entry.begin, entry.end)
        part = line.intersection(stretch) if held.overlaps(span) else shapely.LineString()
        part = _lines_of(part)
        if part.is_empty:
            continue
        # The frontier was settled when the stretch ends: from then on the plain line is drawn.
        line = _lines_of(line.difference(part))
        end = min(filter(None, (held.end, span.end)), default=None)
        borders.append(_border(part, names, entry.style, (str(span.begin or ""), str(end or ""))))
        if held.end and (span.end is None or held.end < span.end):
            later = (str(held.end), str(span.end or ""))
            borders.append(_border(part, [*names, "stretch"], "settled", later))
    if not line.is_empty:
        borders.append(_border(line, names, "settled", together))
    return borders


def _border(
    line: BaseGeometry, names: Sequence[str], style: str, together: tuple[str, str]
) -> dict[str, Any]:
    begin, end = together
    settled = style == "settled"
    border_id = "-".join(["border", *names, *(begin[:4].split() if settled else [style])])
    properties = {
        "id": border_id,
        "title": " – ".join(names[:2]),
        "kind": "border" if settled else f"border-{style}",
        "begin": begin,
        "end": end,
        "certainty": "certain" if settled else "uncertain",
        "precision_km": 2 if settled else 20,
        "sources": ["natural-earth-410"],
    }
    geometry = shapely.geometry.mapping(line)
    return {"type": "Feature", "id": border_id, "properties": properties, "geometry": geometry}


def _lines_of(geometry: BaseGeometry) -> BaseGeometry:
    parts = [
        part
        for part in (geometry.geoms if hasattr(geometry, "geoms") else [geometry])
        if part.geom_type == "LineString" and not part.is_empty
    ]
    return shapely.line_merge(shapely.MultiLineString(parts)) if parts else shapely.LineString()
