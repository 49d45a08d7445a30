"""Web Mercator (EPSG:3857) on a sheet of pixels, and arcs unpacked onto it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, log, log2, pi, radians, tan
from typing import Final

from geo.topology import DECIMALS

__all__ = ["MARGIN", "Sheet", "zoom_factor"]

Point = tuple[float, float]

MARGIN: Final = 8
"""Pixels around the bounds of a sheet, if not said otherwise."""


class Sheet:
    """A rectangle of pixels that shows some bounds, and whatever else fits beside them."""

    def __init__(
        self,
        bounds: Sequence[float],
        size: tuple[int, int],
        arcs: Sequence[Sequence[int]],
        *,
        margin: float = MARGIN,
        thin: float = 0.8,
    ) -> None:
        """Fit `bounds` (west, south, east, north; degrees) into `size` (width, height; pixels).

        Vertices closer than `thin` pixels to the last one drawn are left out.
        """
        west, south, east, north = bounds
        (left, bottom), (right, top) = _unit(west, south), _unit(east, north)
        self.width, self.height = size
        self.scale = min(
            (self.width - 2 * margin) / (right - left), (self.height - 2 * margin) / (bottom - top)
        )
        """Pixels per unit square."""
        self._x = (left + right) / 2 * self.scale - self.width / 2
        self._y = (top + bottom) / 2 * self.scale - self.height / 2
        self._arcs = arcs
        self._thin = thin
        # Steps are rounded no finer than vertices lie apart.
        self._grain = 10 if thin < 1 else 2
        self._pixels: dict[int, list[Point]] = {}

    @property
    def zoom(self) -> float:
        """The zoom of a web map at this scale (256 pixels around the world are zoom 0)."""
        return log2(self.scale / 256)

    def point(self, position: Sequence[float]) -> Point:
        """Return the pixels of a longitude and latitude."""
        x, y = _unit(position[0], position[1])
        return round(x * self.scale - self._x, 1), round(y * self.scale - self._y, 1)

    def per_km(self, latitude: float) -> float:
        """Return pixels per kilometre on the ground at a latitude."""
        return self.scale / (40075.017 * cos(radians(latitude)))

    def line(self, numbers: Sequence[int]) -> list[Point]:
        """Return the pixels of a line made of arcs (``~n`` is arc n backwards)."""
        points: list[Point] = []
        for number in numbers:
            arc = self._arc(number if number >= 0 else ~number)
            ordered = arc if number >= 0 else arc[::-1]
            points += ordered[1:] if points else ordered
        return points

    def vertices(self, numbers: Sequence[int]) -> list[Point]:
        """Return the pixels of a line with every vertex, also those close together."""
        points: list[Point] = []
        for number in numbers:
            arc = [self.point(at) for at in _unpacked(self._arcs[max(number, ~number)])]
            ordered = arc if number >= 0 else arc[::-1]
            points += ordered[1:] if points else ordered
        return points

    def lines(self, lines: Iterable[Sequence[int]], *, close: bool = False) -> str:
        """Return SVG path data of lines, leaving out those that lie beside the sheet."""
        return "".join(self.path(self.line(line), close=close) for line in lines)

    def polygons(self, polygons: Iterable[Iterable[Sequence[int]]]) -> str:
        """Return SVG path data of polygons."""
        return "".join(self.lines(rings, close=True) for rings in polygons)

    def path(self, points: Sequence[Point], *, close: bool = False) -> str:
        """Return SVG path data through points, as relative steps of a tenth or half a pixel."""
        if len(points) < 2 or not self._touches(points):
            return ""
        points = self._near(_thinned(list(points), self._thin))
        grain = self._grain
        x, y = (round(value * grain) for value in points[0])
        steps = [f"M{x / grain:g} {y / grain:g}l"]
        for px, py in points[1:]:
            nx, ny = round(px * grain), round(py * grain)
            steps.append(f"{(nx - x) / grain:g} {(ny - y) / grain:g} ")
            x, y = nx, ny
        return "".join(steps).rstrip() + ("z" if close else "")

    def exceeds(self, extent: Sequence[float]) -> bool:
        """Tell whether the sheet shows what lies beyond some bounds."""
        west, south, east, north = extent
        (left, bottom), (right, top) = self.point((west, south)), self.point((east, north))
        return left > 0 or top > 0 or right < self.width or bottom < self.height

    def holds(self, point: Point, margin: float = 0) -> bool:
        """Tell whether a point lies on the sheet."""
        x, y = point
        return margin <= x <= self.width - margin and margin <= y <= self.height - margin

    def _near(self, points: Sequence[Point]) -> list[Point]:
        """Leave out vertices that lie off the sheet on the same side as both their neighbours."""
        sides = [self._side(x, y) for x, y in points]
        kept = [points[0]]
        last = sides[0]
        for index in range(1, len(points) - 1):
            if last & sides[index] & sides[index + 1]:
                continue
            kept.append(points[index])
            last = sides[index]
        return [*kept, points[-1]]

    def _side(self, x: float, y: float) -> int:
        """Return on which sides of the sheet a point lies, as bits; strokes have room of 40 px."""
        room = 40
        across = (x < -room) | (x > self.width + room) << 1
        return across | (y < -room) << 2 | (y > self.height + room) << 3

    def _touches(self, points: Sequence[Point]) -> bool:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return max(xs) >= 0 and min(xs) <= self.width and max(ys) >= 0 and min(ys) <= self.height

    def _arc(self, number: int) -> list[Point]:
        if number not in self._pixels:
            points = [self.point(at) for at in _unpacked(self._arcs[number])]
            self._pixels[number] = _thinned(points, self._thin)
        return self._pixels[number]


def zoom_factor(zoom: float) -> float:
    """Return how much smaller or larger icons and arrows are at a zoom."""
    return max(0.7, min(1.15, 0.7 + (zoom - 4.2) * 0.28))


def _unpacked(deltas: Sequence[int]) -> Iterable[Point]:
    longitude = latitude = 0
    scale = 10**DECIMALS
    for dx, dy in zip(deltas[::2], deltas[1::2], strict=True):
        longitude, latitude = longitude + dx, latitude + dy
        yield longitude / scale, latitude / scale


def _thinned(points: list[Point], thin: float) -> list[Point]:
    kept = [points[0]]
    for x, y in points[1:-1]:
        if abs(x - kept[-1][0]) >= thin or abs(y - kept[-1][1]) >= thin:
            kept.append((x, y))
    return [*kept, points[-1]]


def _unit(longitude: float, latitude: float) -> Point:
    phi = radians(max(-85.0, min(85.0, latitude)))
    return (longitude + 180) / 360, 0.5 - log(tan(phi) + 1 / cos(phi)) / (2 * pi)
