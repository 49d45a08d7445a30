"""States of each period and the frontiers between them, from base pieces and sketched edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.geometry.coverage import dissolve, polygons_of, round_coordinates, shared_border
from geo.geometry.wedge import cut_wedge, stretch_of
from geo.model.catalogue import read_toml
from geo.model.timespan import timespan_from_edtf, timespan_from_iso
from geo.recipes.ground import Ground
from geo.recipes.properties import timed_properties

__all__ = ["build_borders", "build_states"]


def build_states(ground: Ground, sketches: Path) -> list[dict[str, Any]]:
    """Return a feature for each state and period."""
    sketch = read_toml(sketches / "states.toml")
    wedges = {
        entry["id"]: cut_wedge(
            ground.piece(entry["of"]), ground.piece(entry["border_with"]), entry["chain"]
        )
        for entry in sketch["wedge"]
    }
    return [_state(entry, _extent(entry, ground, wedges)) for entry in sketch["state"]]


def build_borders(
    states: Sequence[Mapping[str, Any]], ground: Ground, sketches: Path
) -> list[dict[str, Any]]:
    """Return a line for each frontier two states shared, split where styles change."""
    sketch = read_toml(sketches / "states.toml")
    stretches = [(entry, _stretch(entry, ground)) for entry in sketch["stretch"]]
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


def _extent(
    entry: Mapping[str, Any], ground: Ground, wedges: Mapping[str, BaseGeometry]
) -> BaseGeometry:
    without = set(entry.get("without", []))
    pieces = [
        area
        for member in entry["members"]
        for name, area in ground.pieces_of(member).items()
        if name not in without
    ]
    plus = [wedges[name] for name in entry.get("plus", [])]
    area = shapely.union_all([dissolve(pieces), *plus]) if plus else dissolve(pieces)
    for name in entry.get("minus", []):
        area = area.difference(wedges[name])
    return shapely.MultiPolygon(polygons_of(round_coordinates(area)))


def _state(entry: Mapping[str, Any], area: BaseGeometry) -> dict[str, Any]:
    properties = {
        **timed_properties(entry),
        "id": entry["id"],
        "title": entry["title"],
        "kind": "state",
        "certainty": entry.get("certainty", "certain"),
        "precision_km": 2,
        "sources": entry.get("sources", ["natural-earth-410"]),
        "note": entry.get("note", ""),
        "label_rank": entry["rank"],
        "label_at": entry.get("at", _middle(area)),
    }
    return {
        "type": "Feature",
        "id": entry["id"],
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


def _stretch(entry: Mapping[str, Any], ground: Ground) -> BaseGeometry:
    one, other = (ground.piece(code) for code in entry["between"])
    line = shared_border(one, other)
    return stretch_of(line, entry["from"], entry["to"]) if "from" in entry else line


def _styled(
    line: BaseGeometry,
    together: tuple[str, str],
    names: Sequence[str],
    stretches: Sequence[tuple[Mapping[str, Any], BaseGeometry]],
) -> list[dict[str, Any]]:
    span = timespan_from_iso(*together)
    borders = []
    for entry, stretch in stretches:
        held = timespan_from_edtf(entry.get("begin", ""), entry.get("end", ""))
        part = line.intersection(stretch) if held.overlaps(span) else shapely.LineString()
        part = _lines_of(part)
        if part.is_empty:
            continue
        # The frontier was settled when the stretch ends: from then on the plain line is drawn.
        line = _lines_of(line.difference(part))
        end = min(filter(None, (held.end, span.end)), default=None)
        borders.append(
            _border(part, names, entry["style"], (str(span.begin or ""), str(end or "")))
        )
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
