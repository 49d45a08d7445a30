"""Iran and Russia, 1880s to 2017: a sourced historical map on Folium.

catalogue = load_catalogue()
atlas_map = build_map(catalogue, load_features(catalogue))
page = render_document(atlas_map)
"""

__version__ = "0.1.0"

from geo.cartography import build_map
from geo.catalogue import Catalogue, load_catalogue
from geo.document import render_document
from geo.errors import GeoError
from geo.features import Feature, load_features
from geo.timespan import Timespan

__all__ = [
    "Catalogue",
    "Feature",
    "GeoError",
    "Timespan",
    "build_map",
    "load_catalogue",
    "load_features",
    "render_document",
]
