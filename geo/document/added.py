"""What a user adds to the atlas's Folium map, as data for our own script.

Folium's elements render themselves by templates in which text becomes code. So a self-contained
document does not render them: what they say is read, and ``geo/assets/js/map/added.js`` draws it,
texts as text. What would load files from elsewhere cannot be drawn and is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from math import isfinite
from typing import Any, Final

import folium
import numpy as np
import shapely
from branca.element import Element, Html
from folium.elements import ElementAddToElement
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError, show, suggest

__all__ = ["read_added"]

COLOUR: Final = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]{1,30}|(?:rgb|hsl)a?\([\d.,%/ ]{1,40}\)")

DASHES: Final = re.compile(r"[\d., ]{1,60}")

PATH: Final = {
    "stroke": bool,
    "color": COLOUR,
    "weight": float,
    "opacity": float,
    "fill": bool,
    "fillColor": COLOUR,
    "fillOpacity": float,
    "dashArray": DASHES,
    "radius": float,
}
"""Options of Leaflet's paths that are taken over, and what each must be."""

EXPECTED: Final = {
    bool: "True or False",
    float: "a number",
    COLOUR: "a colour such as '#a03020'",
    DASHES: "lengths such as '6 4'",
}

FARTHEST: Final = (90, 360)
"""Latitude and longitude, degrees either way: a map may go around the Earth."""

UNHEARD: Final = {
    "marker": "its points are pins; CircleMarker draws dots",
    "highlight": "what is pointed at is not drawn otherwise",
    "zoom_on_click": "a click opens the popup",
    "draggable": "it stays where it is",
}
"""What elements may be asked for and a self-contained document does not do, by attribute."""

OUTLINES: Final = (folium.Rectangle, folium.Polygon, folium.PolyLine)

ALTERNATIVES: Final = {
    "TileLayer": "it loads tiles from another host; the map brings its own land along",
    "WmsTileLayer": "it loads tiles from another host; the map brings its own land along",
    "ImageOverlay": "it loads a picture; draw its content by GeoJson",
    "VideoOverlay": "it loads a film",
    "LayerControl": "the map's panel has the list of layers; FeatureGroups are always shown",
    "CustomIcon": "it loads a picture; folium.Icon(color=…) takes a colour",
    "Html": "it is markup; set texts by Popup or Tooltip",
    "Element": "it is markup or a script; set texts by Popup or Tooltip, a title by `opening`",
    "JavascriptLink": "it loads a script from another host",
    "CssLink": "it loads a style sheet from another host",
}
"""Why elements are refused, and what does instead, by class name."""

PLUGIN: Final = (
    "it loads its script from another host; Marker, CircleMarker, PolyLine and GeoJson need none"
)

KNOWN: Final = (
    "Marker, CircleMarker, Circle, PolyLine, Polygon, Rectangle, GeoJson, FeatureGroup, Popup and "
    "Tooltip"
)

Drawn = dict[str, Any]
"""One thing as the script draws it."""


def read_added(elements: Mapping[str, Element]) -> list[Drawn]:
    """Return what the elements of a map draw; raises GeoError that names all that cannot be."""
    faults: list[str] = []
    drawn = [entry for element in elements.values() for entry in _read(element, faults)]
    if faults:
        raise GeoError("\n".join(dict.fromkeys(faults)))
    return drawn


def _read(element: Element, faults: list[str]) -> Iterator[Drawn]:
    if type(element) is ElementAddToElement:
        return  # rendering leaves it behind: it says again what stands on what
    if isinstance(element, folium.FeatureGroup) and _is_folium(element):
        for child in element._children.values():
            yield from _read(child, faults)
        return
    if not _is_folium(element) or not isinstance(
        element, (folium.Marker, folium.Circle, *OUTLINES, folium.GeoJson)
    ):
        faults.append(_refusal(element))
        return
    name = type(element).__name__
    faults += [
        f"found {name} with {what}: {reason}"
        for what, reason in UNHEARD.items()
        if getattr(element, what, None) or getattr(element, "options", {}).get(what)
    ]
    said = _texts(element, faults)
    if isinstance(element, folium.GeoJson):
        yield from _shapes(element, said, faults)
        return
    place = element.locations if isinstance(element, OUTLINES) else element.location
    if not _is_on_earth(place):
        faults.append(
            f"found {name} at {show(place)}, expected latitude within ±{FARTHEST[0]} and longitude "
            f"within ±{FARTHEST[1]}, in degrees and in this order"
        )
    if type(element) is folium.Marker:
        yield {"t": "marker", "at": _rounded(place), "o": {"color": _icon_colour(element)}, **said}
        return
    kinds = {folium.PolyLine: "polyline", folium.Circle: "circle", folium.CircleMarker: "dot"}
    kind = kinds.get(type(element), "polygon")
    options = _options(element.options, name, faults)
    yield {"t": kind, "at": _rounded(place), "o": options, **said}


def _is_folium(element: Element) -> bool:
    """Tell whether an element is Folium's own: subclasses may render whatever they like."""
    module = type(element).__module__
    return module.startswith("folium.") and not module.startswith("folium.plugins")


def _refusal(element: Element) -> str:
    name = type(element).__name__
    if type(element).__module__.startswith("folium.plugins"):
        reason = PLUGIN
    else:
        reason = ALTERNATIVES.get(name, f"a self-contained document can draw {KNOWN}")
    return f"found {name} on the map: {reason}"


def _texts(element: Element, faults: list[str]) -> Drawn:
    """Return popup and tooltip of an element as text."""
    said: Drawn = {}
    for child in element._children.values():
        if isinstance(child, (folium.GeoJsonTooltip, folium.GeoJsonPopup)):
            continue
        if isinstance(child, folium.Popup):
            parts = child.html._children.values()
            faults += [
                f"found {type(part).__name__} in a popup: a popup holds text"
                for part in parts
                if not isinstance(part, Html)
            ]
            said["pop"] = "\n".join(_plain(_source(part)) for part in parts)
        elif isinstance(child, folium.Tooltip):
            said["tip"] = _plain(child.text)
        elif type(child) not in (folium.Icon, ElementAddToElement):
            faults.append(_refusal(child))
    return {key: text for key, text in said.items() if text}


def _source(element: Any) -> str:
    text = str(getattr(element, "data", None) or element._template_str or "")
    return text.replace("\\`", "`")  # Folium writes it so for its template


class _Plain(HTMLParser):
    """Collects the text of some markup; parts that are set apart are lines of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002  # the parser's own
        if tag in ("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"):
            self.parts.append("\n")


def _plain(markup: str) -> str:
    if "<" not in markup:
        return unescape(markup).strip()
    parser = _Plain()
    parser.feed(markup)
    parser.close()
    return "".join(parser.parts).strip()


def _icon_colour(marker: Any) -> str:
    icon = next((child for child in marker._children.values() if type(child) is folium.Icon), None)
    colour = str(icon.options.get("marker_color", "")) if icon else ""
    return colour if COLOUR.fullmatch(colour) else "blue"


def _options(given: Mapping[str, Any], name: str, faults: list[str]) -> Drawn:
    """Return the options of a path that are what they should be; other values are faults."""
    options: Drawn = {}
    for key, wanted in PATH.items():
        value = given.get(key)
        if value is None:
            continue
        if isinstance(wanted, re.Pattern):
            fits = bool(wanted.fullmatch(str(value)))
        elif wanted is float:
            fits = isinstance(value, int | float) and isfinite(value)
        else:
            fits = isinstance(value, bool)
        if fits:
            options[key] = value
        else:
            faults.append(f"found {name} with {key} {show(value)}, expected {EXPECTED[wanted]}")
    return options


def _is_on_earth(place: Any) -> bool:
    """Tell whether all latitudes and longitudes, however deep they are nested, are degrees."""
    pairs = np.reshape(np.asarray(_flattened(place), dtype=float), (-1, 2))
    return bool((np.abs(pairs) <= FARTHEST).all())


def _flattened(place: Any) -> list[float]:
    if isinstance(place, int | float):
        return [place]
    return [number for part in place for number in _flattened(part)]


def _rounded(place: Any) -> Any:
    """Return latitudes and longitudes with 5 decimals, however deep they are nested."""
    if isinstance(place, int | float):
        return round(float(place), 5)
    return [_rounded(part) for part in place]


def _shapes(element: Any, said: Drawn, faults: list[str]) -> Iterator[Drawn]:
    """Yield the features of a GeoJson element, each with its style and texts."""
    if not element.embed or not isinstance(element.data, dict):
        faults.append(
            "found GeoJson with an address: it loads a file; read it first, give its content"
        )
        return
    features = element.data.get("features", [element.data])
    details = [
        child
        for child in element._children.values()
        if isinstance(child, (folium.GeoJsonTooltip, folium.GeoJsonPopup))
    ]
    there = {name for each in features for name in each.get("properties") or ()}
    faults += [
        f"found {type(detail).__name__} of {show(name)}, which no feature has; "
        f"{suggest(name, there)}"
        for detail in details
        for name in detail.fields
        if there and name not in there
    ]
    for feature in features:
        whole = feature if feature.get("type") == "Feature" else {"geometry": feature}
        if not whole.get("geometry"):
            continue
        try:
            parts = list(_parts(shapely.geometry.shape(whole["geometry"])))
        except (ShapelyError, AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            faults.append(f"found GeoJson whose geometry cannot be drawn: {error}")
            continue
        given = element.style_function(whole) if element.style else {}
        texts = dict(said)
        for detail in details:
            key = "tip" if isinstance(detail, folium.GeoJsonTooltip) else "pop"
            texts[key] = _table(detail, whole.get("properties") or {})
        for part in parts:
            yield {"t": "shape", "g": part, "o": _options(given, "GeoJson", faults), **texts}


def _table(detail: Any, properties: Mapping[str, Any]) -> str:
    rows = (
        (str(alias), str(properties.get(name, "")))
        for name, alias in zip(detail.fields, detail.aliases, strict=True)
    )
    return "\n".join(f"{alias}: {value}" if detail.labels else value for alias, value in rows)


def _parts(shape: BaseGeometry) -> Iterator[Drawn]:
    """Yield what a geometry is made of; Leaflet binds no tooltip to a group within a group."""
    if isinstance(shape, shapely.GeometryCollection | shapely.MultiPoint):
        for part in shape.geoms:
            yield from _parts(part)
    elif not shape.is_empty:
        if not np.isfinite(shape.bounds).all():
            raise ValueError("its coordinates are not all numbers")
        written = shapely.geometry.mapping(shapely.force_2d(shape))
        if not _is_on_earth([at[::-1] for at in shapely.get_coordinates(shape).tolist()]):
            raise ValueError("its positions are no degrees, longitude before latitude")
        yield {"type": written["type"], "coordinates": _rounded(written["coordinates"])}
