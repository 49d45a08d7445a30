"""Fewer vertices where nobody looks: arcs generalised by how far they lie from a subject.

Arcs are thinned one by one (Douglas-Peucker, ends kept), so whatever was shared stays shared. A
vertex may be off by a fixed distance within the subject's surroundings, and by the more the
farther out it lies: far land stays land, only coarser.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import cos, hypot, inf, radians
from typing import Any

from geo.topology import DECIMALS, Arcs, to_deltas, to_positions

__all__ = ["Detail", "grow_bounds", "thin_arcs", "thin_topology"]

Position = tuple[float, float]


@dataclass(frozen=True)
class Detail:
    """How exact arcs stay around a subject."""

    bounds: tuple[float, float, float, float]
    """The surroundings: west, south, east, north; degrees."""
    near: float
    """How far a line may be off within them, degrees of latitude."""
    farther: float
    """How much more it may be off for each degree outside."""

    step: int = 1
    """Arcs keep to a grid of so many 0.001°."""

    def allowed(self, position: Position) -> float:
        """Return how far a line may be off at a place, degrees of latitude."""
        west, south, east, north = self.bounds
        x, y = position
        outside = hypot(max(west - x, x - east, 0), max(south - y, y - north, 0))
        return self.near + self.farther * outside


def grow_bounds(bounds: Sequence[float], *, share: float) -> tuple[float, float, float, float]:
    """Return bounds grown to a share of their own size (1 leaves them as they are)."""
    west, south, east, north = bounds
    dx, dy = (east - west) * (share - 1) / 2, (north - south) * (share - 1) / 2
    return west - dx, south - dy, east + dx, north + dy


def thin_arcs(
    arcs: Sequence[Sequence[int]], detail: Detail, *, exact: AbstractSet[int] = frozenset()
) -> list[list[int]]:
    """Return delta-coded arcs with fewer vertices; those in `exact` keep theirs."""
    return [
        _snapped(to_positions(arc), detail.step, whole=True)
        if number in exact
        else _snapped(_thinned(to_positions(arc), detail), detail.step, whole=False)
        for number, arc in enumerate(arcs)
    ]


def thin_topology(
    topology: Arcs, detail: Detail, *, exact: AbstractSet[int], lasting: AbstractSet[int]
) -> Arcs:
    """Return a topology with fewer vertices, without the rings that have become a speck.

    Arcs in `exact` stay as they are, those in `lasting` stay something to see.
    """
    arcs = thin_arcs(topology.arcs, detail, exact=exact)
    for number in lasting:
        if len(arcs[number]) < 8:
            arcs[number] = _snapped(to_positions(topology.arcs[number]), detail.step, whole=True)
    specks = {
        number
        for number, arc in enumerate(arcs)
        if len(arc) < 8 and sum(arc[2::2]) == sum(arc[3::2]) == 0
    }
    references = [_without(reference, specks) for reference in topology.references]
    used = sorted(
        {
            number
            for index in range(len(references))
            for number in Arcs(arcs, references).numbers(index)
        }
    )
    renumbered = {old: new for new, old in enumerate(used)}
    return Arcs([arcs[number] for number in used], _renumbered(references, renumbered))


def _snapped(positions: Sequence[Position], step: int, *, whole: bool) -> list[int]:
    """Return deltas of positions on the grid, with or without those that fall together."""
    grid = step / 10**DECIMALS
    snapped = [(round(x / grid) * grid, round(y / grid) * grid) for x, y in positions]
    if not whole:
        last = len(snapped) - 1
        snapped = [
            position
            for number, position in enumerate(snapped)
            if number in (0, last) or position != snapped[number - 1]
        ]
    return to_deltas(snapped)


def _without(reference: list[Any], specks: AbstractSet[int]) -> list[Any]:
    """Return lines, or polygons, without the rings that are one of some arcs."""

    def stays(line: list[int]) -> bool:
        return len(line) > 1 or max(line[0], ~line[0]) not in specks

    kept = []
    for part in reference:
        if isinstance(part[0], int):
            if stays(part):
                kept.append(part)
        elif stays(part[0]):
            kept.append([ring for ring in part if stays(ring)])
    return kept


def _renumbered(reference: Any, numbers: dict[int, int]) -> Any:
    if isinstance(reference, int):
        return numbers[reference] if reference >= 0 else ~numbers[~reference]
    return [_renumbered(part, numbers) for part in reference]


def _thinned(positions: Sequence[Position], detail: Detail) -> list[Position]:
    """Return the vertices that no line drawn without them would miss by more than allowed."""
    _, south, _, north = detail.bounds
    shrink = cos(radians((south + north) / 2))
    points = [(x * shrink, y) for x, y in positions]
    limits = [detail.allowed(position) for position in positions]
    kept = {0, len(points) - 1}
    pending = [(0, len(points) - 1)]
    while pending:
        first, last = pending.pop()
        worst, index = -inf, first
        for number in range(first + 1, last):
            off = _distance(points[number], points[first], points[last]) / (limits[number] or 1e-9)
            if off > worst:
                worst, index = off, number
        if worst > 1:
            kept.add(index)
            pending += [(first, index), (index, last)]
    return [positions[number] for number in sorted(kept)]


def _distance(point: Position, start: Position, end: Position) -> float:
    """Return how far a point lies from a segment, in the units of its coordinates."""
    (x, y), (x0, y0), (x1, y1) = point, start, end
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    share = max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / length)) if length else 0.0
    return hypot(x - x0 - share * dx, y - y0 - share * dy)
