"""Fewer vertices where nobody can tell: arcs generalised by what can be seen of them.

Arcs are thinned one by one (Douglas-Peucker in Web Mercator, ends kept), so whatever was shared
stays shared. How far a line may be off is said for each ground that is looked at; it grows with the
distance from there, slowly enough that no line strays into ground where it would be too far off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
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

Indices = NDArray[np.int64]


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

    def allowed(self, points: Points, firsts: Indices) -> NDArray[np.float64]:
        """Return for each vertex of some lines how far its line may be off there.

        `firsts` are the numbers of the vertices that lines begin with. It holds for the edges at a
        vertex, so it is the least along them.
        """
        low, high = np.minimum(points[:-1], points[1:]), np.maximum(points[:-1], points[1:])
        edges = np.full(len(points) + 1, np.inf)
        between = edges[1:-1]
        for view, limit in self.views:
            gap = np.maximum(np.maximum(low - view.middle, view.middle - high), 0)
            outside = np.hypot(*np.maximum(gap - view.reach, 0).T)
            # What strays into the view comes from as far outside as it may be off there.
            np.minimum(between, limit * (1 - FARTHER) + FARTHER * outside, out=between)
        edges[firsts] = np.inf  # from one line to the next
        least: NDArray[np.float64] = np.minimum(edges[:-1], edges[1:])
        return least


def grow_bounds(bounds: Sequence[float], *, share: float) -> tuple[float, float, float, float]:
    """Return bounds grown to a share of their own size (1 leaves them as they are)."""
    west, south, east, north = bounds
    dx, dy = (east - west) * (share - 1) / 2, (north - south) * (share - 1) / 2
    return west - dx, south - dy, east + dx, north + dy


def thin_arcs(
    arcs: Sequence[Sequence[int]], detail: Detail, *, exact: AbstractSet[int] = frozenset()
) -> list[list[int]]:
    """Return delta-coded arcs with fewer vertices; those in `exact` keep theirs."""
    loose = [arc for number, arc in enumerate(arcs) if number not in exact]
    thinned = iter(_thinned(loose, detail))
    return [
        _to_deltas(_on_grid(_vertices(arc), detail.step)) if number in exact else next(thinned)
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


def _thinned(
    arcs: Sequence[Sequence[int]], detail: Detail, shares: Sequence[float] | None = None
) -> list[list[int]]:
    """Return arcs of which no vertex lies farther off than allowed, or than an arc's share of that.

    A ring stays a ring, unless all of it lies so near its beginning.
    """
    if not arcs:
        return []
    lines = [_vertices(arc) for arc in arcs]
    lengths = np.array([len(line) for line in lines])
    lasts = np.cumsum(lengths) - 1
    firsts = lasts - lengths + 1
    vertices = np.concatenate(lines)
    snapped = _on_grid(vertices, detail.step)
    points, moved = to_unit(vertices / 10**DECIMALS), to_unit(snapped / 10**DECIMALS)
    allowed = detail.allowed(points, firsts)
    if shares is not None:
        allowed *= np.repeat(shares, lengths)
    closed = (vertices[firsts] == vertices[lasts]).all(axis=1)
    thinned: list[Vertices] = [np.empty((0, 2), dtype=np.int64)] * len(lines)
    pending = np.arange(len(lines))
    for closer in SHARES:
        ends = firsts[pending], lasts[pending]
        kept = _kept_vertices(points, moved, allowed * closer, *ends)
        flat = []
        for number, first, last in zip(
            pending.tolist(), *(end.tolist() for end in ends), strict=True
        ):
            stays = kept[first : last + 1]
            thinned[number] = line = _without_repeats(snapped[first : last + 1][stays])
            if closed[number] and stays.sum() > 2 and len(line) <= 3:
                flat.append(number)
        pending = np.array(flat, dtype=np.int64)
        if not flat:
            break
    return [_to_deltas(line) for line in thinned]


def _kept_vertices(
    points: Points, moved: Points, allowed: NDArray[np.float64], firsts: Indices, lasts: Indices
) -> NDArray[np.bool_]:
    """Tell which vertices of some lines stay, so that each other is no farther off than allowed.

    Lines run from the vertices `firsts` to `lasts`; the new ones have the kept vertices where they
    are `moved` to. All lines are split where they are farthest off, all their parts again, and so
    on.
    """
    kept = np.zeros(len(points), dtype=bool)
    kept[firsts] = kept[lasts] = True
    while (long := lasts - firsts > 1).any():
        firsts, lasts = firsts[long], lasts[long]
        counts = lasts - firsts - 1
        starts = np.cumsum(counts) - counts
        part = np.repeat(np.arange(len(counts)), counts)
        between = np.arange(len(part)) + (firsts + 1 - starts)[part]
        off = _distances(points[between], moved[firsts][part], moved[lasts][part])
        limits = allowed[between]
        excess = np.where(off > limits, off / (limits + 1e-12), 0)
        most = np.maximum.reduceat(excess, starts)
        farthest = np.where(excess == most[part], between, len(points))
        splits = np.minimum.reduceat(farthest, starts)[most > 0]
        kept[splits] = True
        firsts, lasts = firsts[most > 0], lasts[most > 0]
        firsts, lasts = np.append(firsts, splits), np.append(splits, lasts)
    return kept


def _distances(points: Points, starts: Points, ends: Points) -> NDArray[np.float64]:
    """Return how far each point lies from its segment, in the units of their coordinates."""
    along = ends - starts
    off = points - starts
    length = (along**2).sum(axis=1)
    share = np.zeros(len(points))
    np.divide((off * along).sum(axis=1), length, out=share, where=length > 0)
    off -= np.clip(share, 0, 1)[:, None] * along
    distances: NDArray[np.float64] = np.hypot(off[:, 0], off[:, 1])
    return distances


def _uncross(
    topology: Arcs, arcs: list[list[int]], detail: Detail, exact: AbstractSet[int]
) -> None:
    """Give arcs vertices back where thinning made rings cross; the grid may still do so."""
    tried = dict.fromkeys(range(len(arcs)), 0)
    lines = [_vertices(arc) for arc in arcs]
    polygons = list(_polygons(topology.references))
    while polygons:
        crossing = sorted(
            number
            for number in _crossing_arcs(polygons, lines) - exact
            if tried[number] < len(SHARES) - 1
        )
        for number in crossing:
            tried[number] += 1
        shares = [SHARES[tried[number]] for number in crossing]
        again = _thinned([topology.arcs[number] for number in crossing], detail, shares)
        for number, arc in zip(crossing, again, strict=True):
            arcs[number], lines[number] = arc, _vertices(arc)
        changed = set(crossing)
        polygons = [rings for rings in polygons if not changed.isdisjoint(_numbers(rings))]


def _crossing_arcs(
    polygons: Iterable[Sequence[Sequence[int]]], lines: Sequence[Vertices]
) -> set[int]:
    """Return the arcs of polygons that cross others of the same, or lie flat between two ends."""
    crossing: set[int] = set()
    for rings in polygons:
        solid = []
        for ring in rings:
            if sum(len(lines[max(number, ~number)]) - 1 for number in ring) > 2:
                solid.append(ring)
            elif len(ring) > 1 or not _is_speck(_to_deltas(lines[max(ring[0], ~ring[0])])):
                crossing |= _numbers([ring])
        if solid and not _polygon(solid, lines).is_valid:
            crossing |= _with_crossing_edges(_numbers(solid), lines)
    return crossing


def _numbers(rings: Iterable[Sequence[int]]) -> set[int]:
    return {max(number, ~number) for ring in rings for number in ring}


def _with_crossing_edges(numbers: Iterable[int], lines: Sequence[Vertices]) -> set[int]:
    """Return the lines of which an edge crosses another within both."""
    numbers = list(numbers)
    of_line = np.repeat(numbers, [len(lines[number]) - 1 for number in numbers])
    starts = np.concatenate([lines[number][:-1] for number in numbers])
    ends = np.concatenate([lines[number][1:] for number in numbers])
    edges = shapely.linestrings(np.stack((starts, ends), axis=1))
    one, other = shapely.STRtree(edges).query(edges)
    one, other = one[one < other], other[one < other]
    apart = [
        _side(starts[a], ends[a], starts[b]) * _side(starts[a], ends[a], ends[b])
        for a, b in ((one, other), (other, one))
    ]
    crossing = (apart[0] < 0) & (apart[1] < 0)
    return set(of_line[np.append(one[crossing], other[crossing])].tolist())


def _side(starts: Vertices, ends: Vertices, points: Vertices) -> NDArray[np.int64]:
    """Return on which side of its edge each point lies: -1, 1, or 0 for none."""
    (dx, dy), (x, y) = (ends - starts).T, (points - starts).T
    sides: NDArray[np.int64] = np.sign(dx * y - dy * x)
    return sides


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
