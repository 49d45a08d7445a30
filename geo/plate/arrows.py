"""Axes of advance: a smooth line through stops, as a ribbon that widens to its head.

The same drawing as geo/assets/js/arrows.js; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot, sqrt

__all__ = ["arrow_path", "arrowhead_path", "smooth"]

Point = tuple[float, float]

STEP = 5
"""Distance between points of the smoothed line, pixels."""


def smooth(given: Sequence[Point]) -> tuple[list[Point], list[int]]:
    """Return a centripetal Catmull-Rom line through points, and the index of each point on it.

    Source of the formula: Barry and Goldman, "A recursive evaluation algorithm for a class of
    Catmull-Rom splines" (1988), with knots at the square root of the chords.
    """
    line, at = [given[0]], [0]
    for index in range(len(given) - 1):
        b, c = given[index], given[index + 1]
        a = given[index - 1] if index else (2 * b[0] - c[0], 2 * b[1] - c[1])
        d = given[index + 2] if index + 2 < len(given) else (2 * c[0] - b[0], 2 * c[1] - b[1])
        count = max(2, int(hypot(c[0] - b[0], c[1] - b[1]) / STEP + 0.5))
        line += [_between((a, b, c, d), step / count) for step in range(1, count + 1)]
        at.append(len(line) - 1)
    return line, at


def arrow_path(line: Sequence[Point], width: float) -> str:
    """Return SVG path data of an arrow along a line, `width` pixels wide before its head."""
    length = sum(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(line))
    shaft = _shortened(line, min(width * 2.6, length * 0.6))
    (tip_x, tip_y), (neck_x, neck_y) = line[-1], shaft[-1]
    left, right = [], []
    for index, (x, y) in enumerate(shaft):
        normal_x, normal_y = _normal(shaft, index)
        half = width / 2 * (0.35 + 0.65 * index / max(1, len(shaft) - 1))
        left.append((x + normal_x * half, y + normal_y * half))
        right.append((x - normal_x * half, y - normal_y * half))
    along = hypot(tip_x - neck_x, tip_y - neck_y) or 1
    ux, uy = (tip_x - neck_x) / along, (tip_y - neck_y) / along
    barb, back = width * 1.25, width * 0.4
    wings = [
        (neck_x - uy * side * barb - ux * back, neck_y + ux * side * barb - uy * back)
        for side in (1, -1)
    ]
    outline = [*left, wings[0], (tip_x, tip_y), wings[1], *reversed(right)]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in outline) + "Z"


def arrowhead_path(line: Sequence[Point], size: float) -> str:
    """Return SVG path data of a small head at the end of a line, `size` pixels long."""
    tip_x, tip_y = line[-1]
    from_x, from_y = _shortened(line, size)[-1]
    along = hypot(tip_x - from_x, tip_y - from_y) or 1
    ux, uy = (tip_x - from_x) / along, (tip_y - from_y) / along
    half = size * 0.42
    corners = [
        (tip_x - ux * size - uy * side * half, tip_y - uy * size + ux * side * half)
        for side in (1, -1)
    ]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in [(tip_x, tip_y), *corners]) + "Z"


def _between(points: tuple[Point, Point, Point, Point], share: float) -> Point:
    a, b, c, d = points
    t1 = _knot(a, b)
    t2 = t1 + _knot(b, c)
    t3 = t2 + _knot(c, d)
    t = t1 + (t2 - t1) * share

    def mix(p: Point, q: Point, start: float, end: float) -> Point:
        part = (t - start) / (end - start)
        return p[0] + (q[0] - p[0]) * part, p[1] + (q[1] - p[1]) * part

    ab, bc, cd = mix(a, b, 0, t1), mix(b, c, t1, t2), mix(c, d, t2, t3)
    return mix(mix(ab, bc, 0, t2), mix(bc, cd, t1, t3), t1, t2)


def _knot(p: Point, q: Point) -> float:
    return sqrt(hypot(q[0] - p[0], q[1] - p[1])) or 1e-6


def _shortened(line: Sequence[Point], off: float) -> list[Point]:
    kept, left = list(line), off
    while len(kept) > 2:
        (px, py), (qx, qy) = kept[-2], kept[-1]
        part = hypot(qx - px, qy - py)
        if part > left:
            break
        left -= part
        kept.pop()
    return kept


def _normal(line: Sequence[Point], index: int) -> Point:
    (px, py), (qx, qy) = line[max(0, index - 1)], line[min(len(line) - 1, index + 1)]
    along = hypot(qx - px, qy - py) or 1
    return -(qy - py) / along, (qx - px) / along
