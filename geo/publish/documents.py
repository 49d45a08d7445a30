"""Features as documents: flat GeoJSON, Linked Places Format, JSON-FG, KML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final
from xml.etree import ElementTree as Xml

from shapely import LinearRing

from geo.model.bibliography import DOI_ADDRESS, cite
from geo.model.catalogue import Source
from geo.model.features import Feature
from geo.model.timespan import timespan_from_edtf
from geo.publish.table import DATES, Table

__all__ = ["to_jsonfg", "to_kml", "to_linked_places", "to_plain_geojson"]

LPF_CONTEXT: Final = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"

JSONFG_CORE: Final = "http://www.opengis.net/spec/json-fg-1/0.2/conf/core"

KML: Final = "http://www.opengis.net/kml/2.2"

UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold."""


def to_plain_geojson(table: Table) -> bytes:
    """Return RFC 7946 GeoJSON whose properties are flat: one text, number or null each."""
    features = [
        {
            "type": "Feature",
            "id": feature.id,
            "properties": _with_iso_dates(row),
            "geometry": _geometry(feature),
        }
        for feature, row in zip(table.features, table.rows, strict=True)
    ]
    return _collection(features, **table.about)


def _geometry(feature: Feature) -> dict[str, Any] | None:
    """Return a geometry whose outer rings run counterclockwise (RFC 7946, section 3.1.6).

    Some readers take an area for the rest of the world otherwise.
    """
    if not feature.geometry:
        return None
    kind, places = feature.geometry_type, feature.geometry["coordinates"]
    if kind == "Polygon":
        places = _turned(places)
    elif kind == "MultiPolygon":
        places = [_turned(rings) for rings in places]
    return {"type": kind, "coordinates": places}


def _turned(rings: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    outwards = [LinearRing(ring).is_ccw for ring in rings]
    return [
        ring if outward == (number == 0) else ring[::-1]
        for number, (ring, outward) in enumerate(zip(rings, outwards, strict=True))
    ]


def to_jsonfg(table: Table) -> bytes:
    """Return OGC Features and Geometries JSON: GeoJSON with `time`, ends inclusive."""
    features = [
        {
            "type": "Feature",
            "id": feature.id,
            "time": _time(feature),
            "place": None,
            "geometry": _geometry(feature),
            "properties": _with_iso_dates(row),
        }
        for feature, row in zip(table.features, table.rows, strict=True)
    ]
    return _collection(features, conformsTo=[JSONFG_CORE], **table.about)


def to_linked_places(table: Table) -> bytes:
    """Return Linked Places Format 1.3 (GeoJSON-LD): when, names, types and their citations."""
    features = [_linked_place(feature, table) for feature in table.features]
    return _collection(features, **{"@context": LPF_CONTEXT}, **table.about)


def to_kml(table: Table) -> bytes:
    """Return KML 2.2: a folder for each layer, each time span as exact as its source has it."""
    Xml.register_namespace("", KML)
    root = Xml.Element(f"{{{KML}}}kml")
    document = _child(root, "Document")
    _child(document, "name", table.about["title"])
    about = "\n".join(f"{name}: {text}" for name, text in table.about.items())
    _child(document, "description", about)
    folders: dict[str, Xml.Element] = {}
    for feature, row in zip(table.features, table.rows, strict=True):
        if feature.layer not in folders:
            folders[feature.layer] = _child(document, "Folder")
            title = table.catalogue.layer(feature.layer).title
            _child(folders[feature.layer], "name", title)
        _placemark(folders[feature.layer], feature, row)
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _collection(features: Iterable[Mapping[str, Any]], **members: Any) -> bytes:
    """Return a FeatureCollection, one feature a line."""
    head = json.dumps({"type": "FeatureCollection", **members}, ensure_ascii=False)
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        for feature in features
    )
    return f'{head[:-1]},"features":[\n{lines}\n]}}\n'.encode()


def _with_iso_dates(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, **{name: row[name] and row[name].isoformat() for name in DATES}}


def _time(feature: Feature) -> dict[str, Any] | None:
    first, last = _days(feature)
    if first is None and last is None:
        return None
    if first == last:
        return {"date": str(first)}
    return {"interval": [str(first or ".."), str(last or "..")]}


def _days(feature: Feature) -> tuple[date | None, date | None]:
    """Return the first and the last day."""
    held = feature.timespan
    return held.begin, held.end and held.end - timedelta(days=1)


def _linked_place(feature: Feature, table: Table) -> dict[str, Any]:
    own = feature.properties
    placed = _geometry(feature)
    citations = [
        _citation(table.catalogue.sources[name])
        for name in feature.sources
        if name in table.catalogue.sources
    ]
    when = {"timespans": [dict(_ends(own))], "certainty": own["certainty"]}
    place: dict[str, Any] = {
        "@id": f"#{feature.id}",
        "type": "Feature",
        "properties": {
            "title": own["title"],
            "fid": feature.id,
            "precision_km": own.get("precision_km"),
            # The format's own dates cannot say "about" or "perhaps".
            "begin_edtf": own["begin_edtf"],
            "end_edtf": own["end_edtf"],
        },
        "when": when,
        "names": [{"toponym": own["title"], "citations": citations}],
        "types": [{"identifier": own["kind"], "label": own["kind"]}],
        "geometry": placed and {**placed, "certainty": own["certainty"]},
    }
    told = [own[key] for key in ("note", "dispute") if own.get(key)]
    if told:
        place["descriptions"] = [{"value": text, "lang": "en"} for text in told]
    return place


def _ends(own: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield start and end: `in` where the source has a day, else the earliest and the latest."""
    for name, edtf in (("start", own["begin_edtf"]), ("end", own["end_edtf"])):
        if edtf:
            held = timespan_from_edtf(edtf, edtf)
            latest = held.end and held.end - timedelta(days=1)
            exact = held.begin == latest
            yield (
                name,
                (
                    {"in": str(held.begin)}
                    if exact
                    else {"earliest": str(held.begin), "latest": str(latest)}
                ),
            )


def _citation(source: Source) -> dict[str, str]:
    address = f"{DOI_ADDRESS}{source.doi}" if source.doi else source.url
    return {"label": cite(source), "@id": address or f"#{source.id}"}


def _placemark(folder: Xml.Element, feature: Feature, row: Mapping[str, Any]) -> None:
    mark = _child(folder, "Placemark", id=feature.id)
    _child(mark, "name", row["title"])
    _child(mark, "description", row["note"] or "")
    begin, end = _kml_date(row["begin_edtf"], last=False), _kml_date(row["end_edtf"], last=True)
    if begin and begin == end:
        _child(_child(mark, "TimeStamp"), "when", begin)
    elif begin or end:
        span = _child(mark, "TimeSpan")
        for name, day in (("begin", begin), ("end", end)):
            if day:
                _child(span, name, day)
    extended = _child(mark, "ExtendedData")
    for name, value in _with_iso_dates(row).items():
        if value not in (None, "") and name not in ("title", "note"):
            _child(_child(extended, "Data", name=name), "value", str(value))
    if feature.geometry:
        _kml_geometry(mark, feature.geometry)


def _kml_date(edtf: str | None, *, last: bool) -> str:
    """Return a date as KML has it: a year, a month or a day, as the source has it."""
    if not edtf:
        return ""
    if plain := re.fullmatch(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)[~?%]?", edtf):
        return plain[1]
    held = timespan_from_edtf(edtf, edtf)
    return str(held.end - timedelta(days=1) if last and held.end else held.begin)


def _kml_geometry(parent: Xml.Element, geometry: Mapping[str, Any]) -> None:
    kind, places = geometry["type"], geometry["coordinates"]
    if kind.startswith("Multi"):
        several = _child(parent, "MultiGeometry")
        for part in places:
            _kml_geometry(several, {"type": kind.removeprefix("Multi"), "coordinates": part})
    elif kind == "Point":
        _child(_child(parent, kind), "coordinates", _positions([places]))
    elif kind == "LineString":
        _child(_child(parent, kind), "coordinates", _positions(places))
    else:
        polygon = _child(parent, kind)
        for number, ring in enumerate(places):
            edge = _child(polygon, "innerBoundaryIs" if number else "outerBoundaryIs")
            _child(_child(edge, "LinearRing"), "coordinates", _positions(ring))


def _positions(places: Sequence[Sequence[float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)


def _child(parent: Xml.Element, tag: str, text: str = "", **attributes: str) -> Xml.Element:
    made = Xml.SubElement(parent, f"{{{KML}}}{tag}", attributes)
    made.text = UNSEEN.sub("", text) or None
    return made
