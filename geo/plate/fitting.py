"""Where a name fits: beside its point, within its area, or along a line.

The same rules as geo/assets/js/fitting.js.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, ceil, cos, hypot, sin
from typing import Final

__all__ = ["Ground", "fit_along", "fit_block"]

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels."""

GAP: Final = 2
"""Clear space kept around a block of lines, pixels."""

SAMPLE: Final = 8
"""Distance between samples along a line, pixels."""

BEND: Final = 1.1
"""A line that turns more than this over a name cannot carry it, radians."""


@dataclass
class Ground:
    """A sheet and the places taken on it so far; pixels."""

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)
    edge: float = 0
    """Pixels along each side where nothing may stand."""

    def is_free(self, boxes: Sequence[Box]) -> bool:
        """Tell whether boxes lie on the sheet and overlap nothing."""
        least, right, bottom = self.edge, self.width - self.edge, self.height - self.edge
        return all(
            x0 >= least and y0 >= least and x1 <= right and y1 <= bottom for x0, y0, x1, y1 in boxes
        ) and not any(
            x0 < c and a < x1 and y0 < d and b < y1
            for x0, y0, x1, y1 in boxes
            for a, b, c, d in self.taken
        )


def fit_block(
    at: Point, spots: Sequence[tuple[float, float, str]], size: tuple[float, float], ground: Ground
) -> tuple[float, float, str] | None:
    """Return left, top and side of the first free spot for a block of `size`; takes it."""
    width, height = size
    for dx, dy, side in spots:
        x, y = at[0] + dx, at[1] + dy
        left = {"start": x, "end": x - width}.get(side, x - width / 2)
        top = {"above": y - height, "below": y}.get(side, y - height / 2)
        box = (left - GAP, top - GAP, left + width + GAP, top + height + GAP)
        if ground.is_free([box]):
            ground.taken.append(box)
            return left, top, side
    return None


def fit_along(
    line: Sequence[Point], width: float, height: float, lift: float, ground: Ground
) -> list[Point] | None:
    """Return the line on which a name's letters stand, `lift` pixels above `line`; takes it."""
    samples = _sampled(line)
    count = ceil(width / SAMPLE) + 1
    if len(samples) < count + 2:
        return None
    last = len(samples) - count
    for share in (0.5, 0.36, 0.64, 0.22, 0.78, 0.1, 0.9):
        start = int(last * share)
        letters = _lifted(_upright(samples[start : start + count]), lift)
        if _bend(letters) > BEND:
            continue
        half = height / 2 + 1
        boxes = [(x - half, y - half, x + half, y + half) for x, y in letters]
        if ground.is_free(boxes):
            ground.taken.extend(boxes)
            return letters
    return None


def _sampled(line: Sequence[Point]) -> list[Point]:
    points = [line[0]]
    left: float = SAMPLE
    for (x0, y0), (x1, y1) in pairwise(line):
        length = hypot(x1 - x0, y1 - y0)
        along = left
        while along <= length:
            points.append((x0 + (x1 - x0) * along / length, y0 + (y1 - y0) * along / length))
            along += SAMPLE
        left = along - length
    return points


def _upright(points: Sequence[Point]) -> Sequence[Point]:
    return points if points[-1][0] >= points[0][0] else points[::-1]


def _lifted(points: Sequence[Point], lift: float) -> list[Point]:
    lifted = []
    for index, (x, y) in enumerate(points):
        (px, py), (qx, qy) = points[max(0, index - 1)], points[min(len(points) - 1, index + 1)]
        along = hypot(qx - px, qy - py) or 1
        lifted.append((x + (qy - py) / along * lift, y - (qx - px) / along * lift))
    return lifted


def _bend(points: Sequence[Point]) -> float:
    """Return how much a line turns in all, radians."""
    courses = [atan2(y1 - y0, x1 - x0) for (x0, y0), (x1, y1) in pairwise(points)]
    return sum(abs(atan2(sin(b - a), cos(b - a))) for a, b in pairwise(courses))
