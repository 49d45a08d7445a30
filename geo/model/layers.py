"""The layers of the atlas: read, and checked against what drawing them rests on.

:func:`load_features` raises all faults at once; :func:`survey_layers` leaves out the layers that
are at fault and says why, for a server that shows what can be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import shapely
import shapely.geometry

from geo.errors import FeatureError, GeoError, list_faults, raise_faults, suggest
from geo.model.callouts import find_positions, survey_callouts
from geo.model.catalogue import Catalogue, Layer
from geo.model.features import Feature, Features, read_features
from geo.model.neutral import colour_faults
from geo.model.symbology import Symbology, load_symbology
from geo.model.variants import survey_variants

__all__ = [
    "find_aid_faults",
    "find_misfits",
    "load_features",
    "read_layers",
    "survey_base",
    "survey_layers",
]

GEOMETRIES: Final[Mapping[str, tuple[str, ...]]] = {
    "area": ("Polygon", "MultiPolygon"),
    "line": ("LineString", "MultiLineString"),
    "axis": ("LineString", "MultiLineString"),
    "point": ("Point",),
}
"""What the forms of symbology are drawn from."""

GROUND: Final = ("base-land", "base-states")
"""Layers of the base without which there is no map: how far it reaches, and where home is."""

PLACES: Final = "base-places"
"""The layer of the base that has the gazetteer."""

SAID: Final = ("claims", "begin_edtf", "end_edtf")
"""What a feature of a theme has and one of the base need not have."""


def load_features(catalogue: Catalogue, layers: Iterable[Layer] | None = None) -> Features:
    """Read the features of some layers (all thematic ones when None), in the catalogue's order.

    Raises FeatureError with every fault of all files.

    Examples
    --------
    >>> import geo
    >>> catalogue = geo.load_catalogue()
    >>> features = geo.load_features(catalogue, [catalogue.layer("spheres-1907")])
    >>> features[0]
    <Feature sphere-russian-1907: Russian sphere of influence, 1907-08-31 to 1918-01-22>
    >>> frame = features.to_geodataframe()
    >>> frame.loc[0, "begin"].date()
    datetime.date(1907, 8, 31)
    """
    features, faults = survey_layers(catalogue, layers)
    raise_faults(FeatureError, "", [fault for found in faults.values() for fault in found])
    return Features(features)


def survey_layers(
    catalogue: Catalogue, layers: Iterable[Layer] | None = None
) -> tuple[list[Feature], dict[str, list[str]]]:
    """Return the features of all layers that are in order, and the faults of the others by id."""
    chosen = list(catalogue.themes if layers is None else layers)
    read, faults = read_layers(catalogue, chosen)
    themes = {layer.id for layer in chosen if not layer.base}
    thematic = [feature for feature in read if feature.layer in themes]
    symbology = load_symbology(catalogue.root)
    for feature, fault in find_misfits(thematic, catalogue, symbology):
        where = f"layers/{catalogue.layer(feature.layer).file}: feature {feature.id}"
        faults.setdefault(feature.layer, []).append(f"{where}: {fault}")
    faults = {name: list_faults(found) for name, found in faults.items()}
    return [feature for feature in read if feature.layer not in faults], faults


def read_layers(
    catalogue: Catalogue, layers: Iterable[Layer]
) -> tuple[list[Feature], dict[str, list[str]]]:
    """Return the features of the files that can be read, and the faults of the others by layer."""
    read: list[Feature] = []
    faults: dict[str, list[str]] = {}
    for layer in layers:
        try:
            read += read_features(catalogue.path(layer), layer.id)
        except GeoError as err:
            faults[layer.id] = str(err).splitlines()
    return read, faults


def survey_base(catalogue: Catalogue) -> tuple[Catalogue, dict[str, list[str]]]:
    """Return the catalogue without layers of the base that are at fault, and their faults by id.

    Raises FeatureError when no map can do without one of them.
    """
    base = [layer for layer in catalogue.layers if layer.base]
    faults = read_layers(catalogue, base)[1]
    needed = [fault for name, found in faults.items() if name in GROUND for fault in found]
    raise_faults(FeatureError, "", needed)
    return replace(catalogue, unread=frozenset(faults)), faults


def find_aid_faults(catalogue: Catalogue) -> list[str]:
    """Return what is wrong with what maps can do without: callouts, and spellings for the search.

    Maps show those that are in order.
    """
    gazetteer = [layer for layer in catalogue.layers if layer.id == PLACES]
    places, unread = read_layers(catalogue, gazetteer)
    spellings = survey_variants(catalogue.root)[1]
    if unread:  # callouts name places by their ids
        return spellings
    return [*survey_callouts(catalogue, find_positions(places))[1], *spellings]


def find_misfits(
    features: Sequence[Feature], catalogue: Catalogue, symbology: Symbology
) -> Iterator[tuple[Feature, str]]:
    """Yield what of thematic features no map can draw or say, each with its feature.

    Features at fault may lack kind and sources: that has been told.
    """
    times = Counter(feature.id for feature in features)
    drawn = {feature.id for feature in features if feature.geometry}
    for feature in features:
        own = feature.properties
        if times[feature.id] > 1:
            yield feature, f"its id is used {times[feature.id]} times"
        for key in SAID:
            if key not in own:
                yield feature, f"lacks {key}"
        if own.get("actor", "none") not in symbology.actors:
            known = suggest(own["actor"], symbology.actors)
            yield feature, f"actor {own['actor']!r} is not in layers/symbology.toml; {known}"
        if own.get("along") and own["along"] not in drawn:
            yield feature, f"along {own['along']!r} does not exist"
        yield from ((feature, fault) for fault in _link_faults(feature, catalogue))
        if "kind" in own:
            yield from ((feature, fault) for fault in colour_faults(own))
            yield from ((feature, fault) for fault in _form_faults(feature, symbology))


def _link_faults(feature: Feature, catalogue: Catalogue) -> Iterator[str]:
    if not feature.properties.get("sources", True):
        yield "has no source"
    for source in feature.sources:
        if source not in catalogue.sources:
            yield f"source {source!r} does not exist; {suggest(source, catalogue.sources)}"
    for claim in feature.properties.get("claims", []):
        if claim not in catalogue.claims:
            yield f"claim {claim!r} does not exist"


def _form_faults(feature: Feature, symbology: Symbology) -> Iterator[str]:
    if feature.kind not in symbology.kinds:
        known = suggest(feature.kind, symbology.kinds)
        yield f"kind {feature.kind!r} is not in layers/symbology.toml; {known}"
        return
    if not feature.geometry:
        return
    expected = GEOMETRIES[symbology.kinds[feature.kind].form]
    if feature.geometry_type not in expected:
        yield f"is a {feature.geometry_type}, expected {' or '.join(expected)} for {feature.kind!r}"
    elif feature.geometry_type.endswith("Polygon"):
        shape = shapely.geometry.shape(feature.geometry)
        if not shape.is_valid:
            yield f"geometry is not valid: {shapely.is_valid_reason(shape)}"
    dates = feature.properties.get("dates", [])
    if dates and len(dates) != len(feature.geometry["coordinates"]):
        yield f"has {len(dates)} dates, expected one for each position"
