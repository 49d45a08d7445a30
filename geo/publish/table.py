"""Features as rows of a table: one value a cell, as spreadsheets and GIS files have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo import __version__
from geo.model.bibliography import cite
from geo.model.catalogue import Catalogue
from geo.model.features import Feature

__all__ = ["DATES", "NUMBERS", "Table", "make_table"]

PLAIN: Final = (
    *("id", "title", "kind", "actor", "status", "begin", "end", "begin_edtf", "end_edtf"),
    *("certainty", "precision_km", "note", "dispute", "context"),
)
"""Properties that are one value, in the order of the columns."""

DATES: Final = ("begin", "end")
"""Half-open: `end` is the first day on which something no longer held."""

NUMBERS: Final = ("precision_km",)

SEVERAL: Final = "; "
"""Between values of a cell."""


@dataclass(frozen=True)
class Table:
    """Features to be written, and what each format says of them."""

    features: Sequence[Feature]
    rows: Sequence[Mapping[str, Any]]
    """One for each feature."""
    about: Mapping[str, str]
    """Title, licence, attribution and version."""
    catalogue: Catalogue

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [*PLAIN, "layer", "sources", "citations", "claims"]


def make_table(catalogue: Catalogue, features: Iterable[Feature]) -> Table:
    """Return features as rows; open dates and missing values are None."""
    chosen = list(features)
    about = {
        "title": catalogue.title,
        "license": catalogue.license,
        "attribution": catalogue.attribution,
        "version": __version__,
    }
    return Table(chosen, [_row(feature, catalogue) for feature in chosen], about, catalogue)


def _row(feature: Feature, catalogue: Catalogue) -> dict[str, Any]:
    own = feature.properties
    row: dict[str, Any] = {name: own.get(name) for name in PLAIN}
    for name in DATES:
        row[name] = date.fromisoformat(row[name]) if row[name] else None
    cited = [catalogue.sources[name] for name in feature.sources if name in catalogue.sources]
    return {
        **row,
        "layer": feature.layer,
        "sources": SEVERAL.join(feature.sources),
        "citations": SEVERAL.join(cite(source) for source in cited),
        "claims": SEVERAL.join(own.get("claims", [])),
    }
