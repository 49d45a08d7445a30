"""Shared arcs: every border once, however many features and periods it belongs to.

Lines and areas of a document become one topology as in TopoJSON, its arcs delta-encoded whole
numbers. What is shared stays shared, so borders cannot come apart, and a document with all periods
is little larger than one with a single period.

Geometries of this atlas share their vertices exactly (see geo/geometry/coverage.py). So the join
looks at edges alone: a line may be cut only where a vertex does not have exactly two of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, Final, NamedTuple

import numpy as np

__all__ = [
    "DECIMALS",
    "Arcs",
    "encode_geometries",
    "pack_arc",
    "to_deltas",
    "to_positions",
]

DECIMALS: Final = 3
"""Decimals of a degree kept in a document: 0.001° is at most 111 m, below a pixel at zoom 9."""

DIGITS: Final = "".join(map(chr, range(35, 127))).translate(dict.fromkeys(map(ord, "&<>\\")))
"""Printable characters that neither JSON nor HTML has to escape."""

SMALL: Final = 72
"""Numbers below this take one digit."""

Position = tuple[float, float]

Vertex = tuple[int, int]
"""Longitude and latitude in whole numbers of 0.001°."""


@dataclass(frozen=True)
class Arcs:
    """The topology of some geometries."""

    arcs: list[list[int]]
    """Each arc as x0, y0, dx, dy, …; whole numbers of 0.001°."""
    references: list[list[Any]]
    """For each geometry: a list of lines, or of polygons that are lists of rings.

    A line or ring is a list of arc numbers; ``~n`` is arc n backwards.
    """

    def numbers(self, index: int) -> set[int]:
        """Return the numbers of the arcs a geometry uses, in whichever direction."""
        return {number if number >= 0 else ~number for number in _flat(self.references[index])}


class _Path(NamedTuple):
    """A line, or a ring, which ends where it begins."""

    vertices: list[Vertex]
    closed: bool


def encode_geometries(geometries: Sequence[Mapping[str, Any]]) -> Arcs:
    """Return the topology of GeoJSON lines and areas (no points).

    Coordinates are rounded to 3 decimals first; rings and lines that vanish by it are left out.
    Every edge is then in one arc only, whichever geometries have it and in whichever direction.
    """
    shapes = [_on_grid(geometry) for geometry in geometries]
    junctions = _find_junctions(path for shape in shapes for path in _paths(shape))
    arcs: dict[tuple[Vertex, ...], int] = {}
    references = [_referring(shape, junctions, arcs) for shape in shapes]
    return Arcs([_deltas(arc) for arc in arcs], references)


def to_deltas(arc: Sequence[Sequence[float]]) -> list[int]:
    """Return longitudes and latitudes as x0, y0, dx, dy, …; whole numbers of 0.001°."""
    whole = np.rint(np.asarray(arc) * 10**DECIMALS).astype(np.int64)
    return _deltas((x, y) for x, y in whole.tolist())


def to_positions(deltas: Sequence[int]) -> list[Position]:
    """Return the longitudes and latitudes of an arc, degrees."""
    scale = 10**DECIMALS
    xs, ys = accumulate(deltas[::2]), accumulate(deltas[1::2])
    return [(x / scale, y / scale) for x, y in zip(xs, ys, strict=True)]


def pack_arc(deltas: Iterable[int]) -> str:
    """Return deltas as text: small numbers take one character, larger ones two or five.

    Numbers alternate, 0, -1, 1, -2, …, and are written to the base of :data:`DIGITS`. The first
    ``SMALL`` digits stand for themselves; the next begin a number of two digits, the last one a
    number of five. Compressed, arcs are 7 % smaller than in Google's encoded polylines, whose
    characters carry five bits each.
    """
    return "".join(_digits(~(delta << 1) if delta < 0 else delta << 1) for delta in deltas)


@lru_cache(maxsize=4096)
def _digits(number: int) -> str:
    base, medium = len(DIGITS), len(DIGITS) - SMALL - 1
    if number < SMALL:
        return DIGITS[number]
    number -= SMALL
    if number < medium * base:
        return DIGITS[SMALL + number // base] + DIGITS[number % base]
    number -= medium * base
    rest = (DIGITS[number // base**place % base] for place in (3, 2, 1, 0))
    return DIGITS[-1] + "".join(rest)


def _on_grid(geometry: Mapping[str, Any]) -> list[Any]:
    """Return the lines of a geometry, or its polygons as lists of rings, in whole numbers."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    parts = coordinates if kind.startswith("Multi") else [coordinates]
    if kind.endswith("LineString"):
        lines = (_Path(_rounded(part), closed=False) for part in parts)
        return [line for line in lines if len(line.vertices) > 1]
    polygons = ([_Path(_rounded(ring), closed=True) for ring in part] for part in parts)
    whole = ([ring for ring in rings if len(ring.vertices) > 3] for rings in polygons)
    return [rings for rings in whole if rings]


def _rounded(positions: Sequence[Sequence[float]]) -> list[Vertex]:
    """Return positions in whole numbers, without those that repeat the one before."""
    whole = np.rint(np.asarray(positions) * 10**DECIMALS).astype(np.int64)
    fresh = np.append(True, (np.diff(whole, axis=0) != 0).any(axis=1))
    return [(x, y) for x, y in whole[fresh].tolist()]


def _deltas(vertices: Iterable[Vertex]) -> list[int]:
    numbers: list[int] = []
    last_x = last_y = 0
    for x, y in vertices:
        numbers += (x - last_x, y - last_y)
        last_x, last_y = x, y
    return numbers


def _paths(shape: Iterable[Any]) -> Iterator[_Path]:
    for part in shape:
        yield from [part] if isinstance(part, _Path) else part


def _find_junctions(paths: Iterable[_Path]) -> set[Vertex]:
    """Return the vertices where arcs end: where a line does, and where edges fork."""
    neighbours: dict[Vertex, set[Vertex]] = defaultdict(set)
    ends: set[Vertex] = set()
    for vertices, closed in paths:
        if not closed:
            ends |= {vertices[0], vertices[-1]}
        for one, other in pairwise(vertices):
            neighbours[one].add(other)
            neighbours[other].add(one)
    return ends | {vertex for vertex, others in neighbours.items() if len(others) != 2}


def _referring(
    part: Any, junctions: AbstractSet[Vertex], arcs: dict[tuple[Vertex, ...], int]
) -> list[Any]:
    """Return the arc numbers of a shape, a polygon or a path; `arcs` takes up what is new."""
    if not isinstance(part, _Path):
        return [_referring(smaller, junctions, arcs) for smaller in part]
    vertices = _turned(part.vertices, junctions) if part.closed else part.vertices
    last = len(vertices) - 1
    inner = (n for n in range(1, last) if vertices[n] in junctions)
    return [
        _number(tuple(vertices[one : other + 1]), arcs)
        for one, other in pairwise([0, *inner, last])
    ]


def _turned(ring: list[Vertex], junctions: AbstractSet[Vertex]) -> list[Vertex]:
    """Return a ring that begins at a junction; without one, where every copy of it begins."""
    start = next((n for n, vertex in enumerate(ring) if vertex in junctions), None)
    if start is None:
        start = ring.index(min(ring))
    return [*ring[start:-1], *ring[: start + 1]]


def _number(arc: tuple[Vertex, ...], arcs: dict[tuple[Vertex, ...], int]) -> int:
    """Return the number of an arc, ``~n`` when it is known in the other direction."""
    if arc in arcs:
        return arcs[arc]
    if (backwards := arc[::-1]) in arcs:
        return ~arcs[backwards]
    return arcs.setdefault(arc, len(arcs))


def _flat(references: Sequence[Any]) -> Iterator[int]:
    for item in references:
        if isinstance(item, int):
            yield item
        else:
            yield from _flat(item)
