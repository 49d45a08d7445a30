"""Placemarks of KML, in whatever namespace; for :mod:`geo.tables.worker` alone, which limits it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from xml.etree import ElementTree as Xml

import shapely

__all__ = ["find_placemarks", "read_cells", "read_geometry", "tell_unread"]


def find_placemarks(text: str) -> list[Xml.Element]:
    """Return the placemarks, all tags without namespace; raises SyntaxError for what is no XML.

    The declaration may name the encoding that the file had before it became text.
    """
    root = Xml.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return list(root.iter("Placemark"))


def read_cells(mark: Xml.Element, longest: int) -> dict[str, str]:
    """Return what a placemark says, each text no longer than so many characters."""
    cells: dict[str, str | None] = {
        "name": mark.findtext("name"),
        "description": mark.findtext("description"),
    }
    for data in mark.iter("Data"):
        cells[data.get("name", "")] = data.findtext("value")
    for data in mark.iter("SimpleData"):
        cells[data.get("name", "")] = data.text
    when = mark.findtext("TimeStamp/when")
    for name in ("begin", "end"):
        cells.setdefault(name, mark.findtext(f"TimeSpan/{name}") or when)
    return {name: text.strip()[:longest] for name, text in cells.items() if name and text}


def read_geometry(mark: Xml.Element) -> tuple[Any, list[str]]:
    """Return a placemark's geometry as shapely has it, None for none, and what else stood there.

    A part that cannot be read is left out: its coordinates are told, as they were written.
    """
    parts: list[Any] = []
    unread: list[str] = []
    for element in mark.iter():
        if make := _MAKERS.get(element.tag):
            try:
                parts.append(make(element))
            except (ValueError, IndexError, shapely.errors.ShapelyError):
                unread.append(" ".join((element.findtext(".//coordinates") or "").split()))
    if len(parts) < 2:
        return parts[0] if parts else None, unread
    kinds = {part.geom_type for part in parts}
    several = {
        "Point": shapely.MultiPoint,
        "LineString": shapely.MultiLineString,
        "Polygon": shapely.MultiPolygon,
    }
    gather = several[kinds.pop()] if len(kinds) == 1 else shapely.GeometryCollection
    return gather(parts), unread


def tell_unread(marks: Sequence[Xml.Element], unread: Sequence[Sequence[str]]) -> list[str]:
    """Return a sentence for each of the coordinates that could not be read, by placemark."""
    return [
        f"row {at}{_named(mark)}: found coordinates {text[:60]!r}, expected as many "
        "longitude,latitude as the shape needs, such as 49.47,37.47"
        for at, (mark, texts) in enumerate(zip(marks, unread, strict=True), start=1)
        for text in texts
        if text
    ]


def _named(mark: Xml.Element) -> str:
    name = " ".join((mark.findtext("name") or "").split())
    return f" ({name[:40]})" if name else ""


def _polygon(element: Xml.Element) -> Any:
    edge = "LinearRing/coordinates"
    holes = element.iterfind(f"innerBoundaryIs/{edge}")
    return shapely.Polygon(
        _positions(element.findtext(f"outerBoundaryIs/{edge}")),
        [_positions(hole.text) for hole in holes],
    )


def _positions(text: str | None) -> list[tuple[float, ...]]:
    return [tuple(float(part) for part in place.split(",")[:2]) for place in (text or "").split()]


_MAKERS: Final[Mapping[str, Callable[[Xml.Element], Any]]] = {
    "Point": lambda element: shapely.Point(_positions(element.findtext("coordinates"))[0]),
    "LineString": lambda element: shapely.LineString(_positions(element.findtext("coordinates"))),
    "Polygon": _polygon,
}
