"""Placemarks of KML, in whatever namespace; for :mod:`geo.tables.worker` alone, which limits it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as Xml

import shapely

__all__ = ["find_placemarks", "geometry_of", "read_cells", "tell_unread"]


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


def geometry_of(mark: Xml.Element) -> Any:
    """Return the geometry of a placemark as shapely has it; None for what is none."""
    parts: list[Any] = []
    try:
        for element in mark.iter():
            if element.tag in ("Point", "LineString"):
                make = shapely.Point if element.tag == "Point" else shapely.LineString
                places = _positions(element.findtext("coordinates"))
                parts.append(make(places[0]) if make is shapely.Point else make(places))
            elif element.tag == "Polygon":
                edge = "LinearRing/coordinates"
                shell = _positions(element.findtext(f"outerBoundaryIs/{edge}"))
                holes = element.iterfind(f"innerBoundaryIs/{edge}")
                parts.append(shapely.Polygon(shell, [_positions(hole.text) for hole in holes]))
    except (ValueError, IndexError, shapely.errors.ShapelyError):
        return None
    if len(parts) < 2:
        return parts[0] if parts else None
    kinds = {part.geom_type for part in parts}
    several = {
        "Point": shapely.MultiPoint,
        "LineString": shapely.MultiLineString,
        "Polygon": shapely.MultiPolygon,
    }
    make = several[kinds.pop()] if len(kinds) == 1 else shapely.GeometryCollection
    return make(parts)


def tell_unread(marks: Sequence[Xml.Element], geometries: Sequence[Any]) -> list[str]:
    """Return what was found instead of coordinates, by row, of those without a geometry."""
    found = [" ".join((mark.findtext(".//coordinates") or "").split()) for mark in marks]
    return [
        f"row {at}: found coordinates {text[:60]!r}, expected as many longitude,latitude as the "
        "shape needs, such as 49.47,37.47"
        for at, (text, read) in enumerate(zip(found, geometries, strict=True), start=1)
        if text and read is None
    ]


def _positions(text: str | None) -> list[tuple[float, ...]]:
    return [tuple(float(part) for part in place.split(",")[:2]) for place in (text or "").split()]
