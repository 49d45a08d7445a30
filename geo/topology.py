"""Shared arcs: every border once, however many features and periods it belongs to.

Lines and areas of a document become one TopoJSON topology (the `topojson` package), its arcs
delta-encoded whole numbers. What is shared stays shared, so borders cannot come apart, and a
document with all periods is little larger than one with a single period.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from topojson.core.topology import Topology

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

Position = tuple[float, float]


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


def encode_geometries(geometries: Sequence[Mapping[str, Any]]) -> Arcs:
    """Return the topology of GeoJSON lines and areas (no points).

    Coordinates are rounded to 3 decimals first; rings and lines that vanish by it are left out.
    """
    features = [
        {"type": "Feature", "id": number, "properties": {}, "geometry": _rounded(geometry)}
        for number, geometry in enumerate(geometries)
    ]
    # shared_coords=True would be faster and loses the order of arcs in some lines (topojson 2.2).
    topology = Topology(
        {"type": "FeatureCollection", "features": features}, prequantize=False, shared_coords=False
    ).to_dict()
    shapes = topology["objects"]["data"]["geometries"]
    return Arcs(
        arcs=[to_deltas(arc) for arc in topology["arcs"]],
        references=[
            shape["arcs"] if shape["type"].startswith("Multi") else [shape["arcs"]]
            for shape in shapes
        ],
    )


def to_deltas(arc: Iterable[Sequence[float]]) -> list[int]:
    """Return longitudes and latitudes as x0, y0, dx, dy, …; whole numbers of 0.001°."""
    scale = 10**DECIMALS
    numbers: list[int] = []
    last_x = last_y = 0
    for longitude, latitude in arc:
        x, y = round(longitude * scale), round(latitude * scale)
        numbers += [x - last_x, y - last_y]
        last_x, last_y = x, y
    return numbers


def to_positions(deltas: Sequence[int]) -> list[Position]:
    """Return the longitudes and latitudes of an arc, degrees."""
    scale = 10**DECIMALS
    xs, ys = accumulate(deltas[::2]), accumulate(deltas[1::2])
    return [(x / scale, y / scale) for x, y in zip(xs, ys, strict=True)]


def pack_arc(deltas: Iterable[int]) -> str:
    """Return deltas as text, five bits a character, small numbers in one.

    Source: Google's encoded polyline algorithm, with three decimals and longitude first.
    """
    text = []
    for delta in deltas:
        value = ~(delta << 1) if delta < 0 else delta << 1
        while value >= 0x20:
            text.append(chr((0x20 | value & 0x1F) + 63))
            value >>= 5
        text.append(chr(value + 63))
    return "".join(text)


def _rounded(geometry: Mapping[str, Any]) -> dict[str, Any]:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    parts = coordinates if kind.startswith("Multi") else [coordinates]
    if kind.endswith("LineString"):
        kept: list[Any] = [line for line in map(_thinned, parts) if len(line) > 1]
    else:
        kept = [
            rings
            for rings in ([ring for ring in map(_thinned, part) if len(ring) > 3] for part in parts)
            if rings
        ]
    return {"type": f"Multi{kind.removeprefix('Multi')}", "coordinates": kept}


def _thinned(positions: Sequence[Sequence[float]]) -> list[Position]:
    thinned: list[Position] = []
    for longitude, latitude in positions:
        position = (round(longitude, DECIMALS), round(latitude, DECIMALS))
        if not thinned or position != thinned[-1]:
            thinned.append(position)
    return thinned


def _flat(references: Sequence[Any]) -> Iterator[int]:
    for item in references:
        if isinstance(item, int):
            yield item
        else:
            yield from _flat(item)
