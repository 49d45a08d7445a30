"""Data in everybody's formats: what `python -m geo export --format …` writes.

Each file says its licence, attribution and version, and the sources of every feature.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from geo.errors import UnknownIdError
from geo.files import write_bytes
from geo.model.catalogue import Catalogue, Era
from geo.model.features import Feature, select_features
from geo.model.layers import load_features
from geo.publish.documents import to_jsonfg, to_kml, to_linked_places, to_plain_geojson
from geo.publish.references import to_bibtex, to_csl
from geo.publish.table import Table, make_table
from geo.publish.tabular import to_csv, to_geopackage, to_geoparquet

__all__ = ["FILES", "FORMATS", "export_data", "write_format"]

FORMATS: Final[dict[str, Callable[[Table], bytes]]] = {
    "geojson": to_plain_geojson,
    "lpf": to_linked_places,
    "jsonfg": to_jsonfg,
    "gpkg": to_geopackage,
    "kml": to_kml,
    "csv": to_csv,
    "parquet": to_geoparquet,
    "csl": to_csl,
    "bibtex": to_bibtex,
}
"""Writers by the name of their format."""


FILES: Final[dict[str, tuple[str, str]]] = {
    "geojson": ("atlas.geojson", "application/geo+json"),
    "lpf": ("atlas-places.json", "application/ld+json"),
    "jsonfg": ("atlas-fg.json", "application/geo+json"),
    "gpkg": ("atlas.gpkg", "application/geopackage+sqlite3"),
    "kml": ("atlas.kml", "application/vnd.google-earth.kml+xml"),
    "csv": ("atlas.csv", "text/csv; charset=utf-8"),
    "parquet": ("atlas.parquet", "application/vnd.apache.parquet"),
    "csl": ("atlas-sources.json", "application/vnd.citationstyles.csl+json"),
    "bibtex": ("atlas-sources.bib", "application/x-bibtex"),
}
"""What the file of all features is called, and its media type, by the name of its format."""


def export_data(catalogue: Catalogue, eras: Sequence[Era], name: str, output: Path) -> None:
    """Write the features of some eras in a format; raises UnknownIdError for another format."""
    write_bytes(output, write_format(catalogue, eras, name))


def write_format(
    catalogue: Catalogue,
    eras: Sequence[Era],
    name: str,
    features: Iterable[Feature] | None = None,
) -> bytes:
    """Return the features of some eras in a format; raises UnknownIdError for another format.

    All thematic features are read when none are given.
    """
    if name not in FORMATS:
        raise UnknownIdError("format", name, FORMATS)
    everything = load_features(catalogue) if features is None else list(features)
    kept = {feature.id for era in eras for feature in select_features(everything, era)}
    chosen = [feature for feature in everything if feature.id in kept]
    return FORMATS[name](make_table(catalogue, chosen))
