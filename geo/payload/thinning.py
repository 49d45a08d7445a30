"""Fewer vertices where nobody can tell: arcs generalised by what can be seen of them.

Arcs are thinned one by one (Douglas-Peucker in Web Mercator, ends kept), so whatever was shared
stays shared. How far a line may be off is said for each ground that is looked at; it grows with the
distance from there, slowly enough that no line strays into ground where it would be too far off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from math import cos, hypot, radians
from typing import Any, Final, Self

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.geometry.mercator import Points, to_unit
from geo.payload.topology import DECIMALS, Arcs
from geo.payload.viewports import View

__all__ = ["Detail", "grow_bounds", "thin_arcs", "thin_topology"]

FARTHER: Final = 0.1
"""How much more a line may be off, as a share of its distance from the ground that is seen."""

ROUNDING: Final = 0.9
"""The share of what a line may be off that rounding its vertices may take up.

A coarse grid makes a file smaller than leaving out vertices does.
"""

SHARES: Final = (1, 1 / 2, 1 / 4, 1 / 8, 0)
"""Where thinning made a ring cross itself, its arcs may be off by ever less, then not at all."""

Vertices = NDArray[np.int64]
"""Longitude and latitude in whole numbers of 0.001°, one vertex a row."""


@dataclass(frozen=True)
class Detail:
    """How exact arcs stay."""

    views: Sequence[tuple[View, float]]
    """Ground that is seen, and how far a line may be off there; on the unit square."""
    step: int = 1
    """Arcs keep to a grid of so many 0.001°."""

    @classmethod
    def in_pixels(cls, views: Iterable[tuple[View, float]], latitude: float) -> Self:
        """Return the detail that keeps lines within so many pixels in each view.

        `latitude` is the highest of the ground that is seen most closely: rounding counts most
        there.
        """
        allowed = [(view, pixels / view.scale) for view, pixels in views]
        unit = 10**-DECIMALS / 360 * hypot(1, 1 / cos(radians(latitude)))
        # An odd grid: it moves what lies on whole numbers by less than half its own width.
        step = 2 * int(ROUNDING * min(limit for _, limit in allowed) / unit) + 1
        return cls(allowed, step)

    def allowed(self, points: Points) -> NDArray[np.float64]:
        """Return for each vertex of a line how far the line may be off there.

        It holds for the edges at a vertex, so it is the least along them.
        """
        low, high = np.minimum(points[:-1], points[1:]), np.maximum(points[:-1], points[1:])
        middles, reaches, limits = self._views
        gap = np.maximum(np.maximum(low - middles, middles - high), 0)
        outside = np.maximum(gap - reaches, 0)
        # What strays into the view comes from as far outside as it may be off there.
        there = limits * (1 - FARTHER) + FARTHER * np.hypot(outside[..., 0], outside[..., 1])
        edges = there.min(axis=0)
        least: NDArray[np.float64] = np.minimum(
            np.append(edges, edges[-1]), np.insert(edges, 0, edges[0])
        )
        return least

    @cached_property
    def _views(self) -> tuple[Points, Points, NDArray[np.float64]]:
        """Middles and reaches (views × 1 × 2), and how far a line may be off (views × 1)."""
        middles = np.array([view.middle for view, _ in self.views])[:, None]
        reaches = np.array([view.reach for view, _ in self.views])[:, None]
        return middles, reaches, np.array([limit for _, limit in self.views])[:, None]


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
        _to_deltas(_on_grid(_vertices(arc), detail.step))
        if number in exact
        else _thinned(arc, detail)
        for number, arc in enumerate(arcs)
    ]


def thin_topology(
    topology: Arcs, detail: Detail, *, exact: AbstractSet[int], lasting: AbstractSet[int]
) -> Arcs:
    """Return a topology with fewer vertices, without the rings that have become a speck.

    Arcs in `exact` stay as they are, those in `lasting` stay something to see. No ring
    comes to cross itself or another of its polygon by more than the grid's width.
    """
    arcs = thin_arcs(topology.arcs, detail, exact=exact)
    for number in lasting:
        if _is_speck(arcs[number]):
            arcs[number] = _to_deltas(_on_grid(_vertices(topology.arcs[number]), detail.step))
    _uncross(topology, arcs, detail, exact)
    specks = {number for number, arc in enumerate(arcs) if _is_speck(arc)}
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


def _thinned(arc: Sequence[int], detail: Detail, share: float = 1) -> list[int]:
    """Return an arc of which no vertex lies farther off than a share of what is allowed.

    A ring stays a ring, unless all of it lies so near its beginning.
    """
    vertices = _vertices(arc)
    closed = (vertices[0] == vertices[-1]).all()
    snapped = _on_grid(vertices, detail.step)
    points, moved = to_unit(vertices / 10**DECIMALS), to_unit(snapped / 10**DECIMALS)
    allowed = detail.allowed(points) * share
    for closer in SHARES:
        kept = _kept_vertices(points, moved, allowed * closer)
        thinned = _without_repeats(snapped[kept])
        if not closed or len(kept) == 2 or len(thinned) > 3:
            break
    return _to_deltas(thinned)


def _kept_vertices(points: Points, moved: Points, allowed: NDArray[np.float64]) -> list[int]:
    """Return the vertices of a line that has every other one no farther off than allowed.

    The new line has the kept vertices where they are `moved` to.
    """
    kept = {0, len(points) - 1}
    pending = [(0, len(points) - 1)]
    while pending:
        first, last = pending.pop()
        between = slice(first + 1, last)
        off = _distances(points[between], moved[first], moved[last])
        beyond = off > allowed[between]
        if not beyond.any():
            continue
        index = first + 1 + int(np.argmax(np.where(beyond, off / (allowed[between] + 1e-12), 0)))
        kept.add(index)
        pending += [(first, index), (index, last)]
    return sorted(kept)


def _distances(points: Points, start: Points, end: Points) -> NDArray[np.float64]:
    """Return how far points lie from a segment, in the units of their coordinates."""
    along = end - start
    off = points - start
    if length := along @ along:
        off = off - np.minimum(np.maximum(off @ along / length, 0), 1)[:, None] * along
    distances: NDArray[np.float64] = np.hypot(off[:, 0], off[:, 1])
    return distances


def _uncross(
    topology: Arcs, arcs: list[list[int]], detail: Detail, exact: AbstractSet[int]
) -> None:
    """Give arcs vertices back where thinning made rings cross; the grid may still do so."""
    tried = dict.fromkeys(range(len(arcs)), 0)
    polygons = list(_polygons(topology.references))
    while polygons:
        crossing = {
            number
            for number in _crossing_arcs(polygons, arcs) - exact
            if tried[number] < len(SHARES) - 1
        }
        for number in crossing:
            tried[number] += 1
            arcs[number] = _thinned(topology.arcs[number], detail, SHARES[tried[number]])
        polygons = [rings for rings in polygons if not crossing.isdisjoint(_numbers(rings))]


def _crossing_arcs(
    polygons: Iterable[Sequence[Sequence[int]]], arcs: Sequence[Sequence[int]]
) -> set[int]:
    """Return the arcs of polygons that cross others of the same, or lie flat between two ends."""
    lines = [_vertices(arc) for arc in arcs]
    crossing: set[int] = set()
    for rings in polygons:
        solid = []
        for ring in rings:
            if sum(len(lines[max(number, ~number)]) - 1 for number in ring) > 2:
                solid.append(ring)
            elif len(ring) > 1 or not _is_speck(arcs[max(ring[0], ~ring[0])]):
                crossing |= _numbers([ring])
        if solid and not _polygon(solid, lines).is_valid:
            crossing |= _with_crossing_edges(_numbers(solid), lines)
    return crossing


def _numbers(rings: Iterable[Sequence[int]]) -> set[int]:
    return {max(number, ~number) for ring in rings for number in ring}


def _with_crossing_edges(numbers: Iterable[int], lines: Sequence[Vertices]) -> set[int]:
    of_arc = np.concatenate([np.full(len(lines[number]) - 1, number) for number in numbers])
    edges = np.concatenate([shapely.linestrings(_edges(lines[number])) for number in numbers])
    pairs = shapely.STRtree(edges).query(edges, predicate="crosses")
    return set(of_arc[pairs[0]].tolist())


def _edges(line: Vertices) -> NDArray[np.int64]:
    return np.stack((line[:-1], line[1:]), axis=1)


def _polygon(rings: Sequence[Sequence[int]], lines: Sequence[Vertices]) -> shapely.Polygon:
    shell, *holes = (_joined(ring, lines) for ring in rings)
    return shapely.Polygon(shell, holes)


def _joined(ring: Sequence[int], lines: Sequence[Vertices]) -> Vertices:
    parts = [lines[number] if number >= 0 else lines[~number][::-1] for number in ring]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _polygons(references: Iterable[Any]) -> Iterator[list[list[int]]]:
    for reference in references:
        yield from (part for part in reference if not isinstance(part[0], int))


def _vertices(deltas: Sequence[int]) -> Vertices:
    return np.cumsum(np.reshape(np.asarray(deltas, dtype=np.int64), (-1, 2)), axis=0)


def _to_deltas(vertices: Vertices) -> list[int]:
    deltas: list[int] = np.diff(vertices, axis=0, prepend=[[0, 0]]).ravel().tolist()
    return deltas


def _on_grid(vertices: Vertices, step: int) -> Vertices:
    return np.rint(vertices / step).astype(np.int64) * step


def _without_repeats(vertices: Vertices) -> Vertices:
    """Return a line without vertices that repeat the one before, but with both its ends."""
    fresh = np.append(True, (np.diff(vertices, axis=0) != 0).any(axis=1))
    kept = vertices[fresh]
    return kept if len(kept) > 1 else vertices[[0, -1]]


def _is_speck(arc: Sequence[int]) -> bool:
    """Tell whether an arc is a ring without an inside."""
    return len(arc) < 8 and sum(arc[2::2]) == sum(arc[3::2]) == 0


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
