"""Iran and Russia, 1880s to 2017: a sourced historical map on Folium.

catalogue = load_catalogue()
atlas_map = build_map(catalogue, load_features(catalogue))
page = render_document(atlas_map)

explore(geodataframe, begin="from", end="to").save("map.html")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from geo.document.folium_map import build_map
    from geo.document.page import render_document
    from geo.errors import GeoError
    from geo.model.catalogue import Catalogue, load_catalogue
    from geo.model.features import Feature
    from geo.model.layers import load_features
    from geo.model.timespan import Timespan
    from geo.own.explore import explore

__all__ = [
    "Catalogue",
    "Feature",
    "GeoError",
    "Timespan",
    "build_map",
    "explore",
    "load_catalogue",
    "load_features",
    "render_document",
]

_HOMES = {
    "Catalogue": "model.catalogue",
    "Feature": "model.features",
    "GeoError": "errors",
    "Timespan": "model.timespan",
    "build_map": "document.folium_map",
    "explore": "own.explore",
    "load_catalogue": "model.catalogue",
    "load_features": "model.layers",
    "render_document": "document.page",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for; most commands need no Folium."""
    if name not in _HOMES:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    value = getattr(import_module(f"geo.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
