"""The contest's features, from the atlas: what its document shows in each era, no more, no less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bench.contest import Contest
from geo.model.catalogue import Catalogue
from geo.model.features import Feature, read_features, select_features
from geo.payload.build import BASE_SHAPES, HOME
from geo.payload.topology import DECIMALS

__all__ = ["build_contest"]

TEMPLATE_MARKS: Final = ("{{", "{%", "{#")
"""What Folium's templates would run as code; the rivals get our own texts only, and checked."""


def build_contest(catalogue: Catalogue, features: Sequence[Feature]) -> Contest:
    """Return what the document shows, as plain GeoJSON with the document's own precision."""
    base = {
        layer.id.removeprefix("base-"): read_features(catalogue.path(layer), layer.id)
        for layer in catalogue.layers
        if layer.base
    }
    homes = [state for state in base["states"] if state.id.startswith(HOME)]
    states = {
        era.id: [f for f in (*homes, *base["borders"]) if f.timespan.contains(era.day)]
        for era in catalogue.eras
    }
    shown = {
        era.id: [
            *states[era.id],
            *(f for f in select_features(features, era) if f.layer in era.layers),
        ]
        for era in catalogue.eras
    }
    west, south, east, north = zip(*(era.bounds for era in catalogue.eras), strict=True)
    return Contest(
        eras=[era.id for era in catalogue.eras],
        begins=[era.begin for era in catalogue.eras],
        bounds=[[min(south), min(west)], [max(north), max(east)]],
        ground=_collection(feature for name in BASE_SHAPES for feature in base[name]),
        shown={era: _collection(chosen) for era, chosen in shown.items()},
        frontiers={era: len(of_states) for era, of_states in states.items()},
    )


def _collection(features: Iterable[Feature]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [_plain(feature) for feature in features if feature.geometry],
    }


def _plain(feature: Feature) -> dict[str, Any]:
    """Return a feature with a title and its dates, for a tooltip, and nothing else."""
    own = feature.properties
    when = f"{own.get('begin_edtf', '')} – {own.get('end_edtf', '')}"
    texts = {"title": str(own.get("title", "")), "when": when}
    if any(mark in text for text in texts.values() for mark in TEMPLATE_MARKS):
        raise ValueError(f"feature {feature.id!r} holds what a template would run")
    return {
        "type": "Feature",
        "id": feature.id,
        "properties": texts,
        "geometry": _rounded(feature.geometry),
    }


def _rounded(geometry: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": geometry["type"], "coordinates": _thinned(geometry["coordinates"])}


def _thinned(coordinates: Any) -> Any:
    """Round positions as the document does, and drop those that repeat the one before."""
    if not isinstance(coordinates[0], list):
        return [round(number, DECIMALS) for number in coordinates]
    kept: list[Any] = []
    for part in map(_thinned, coordinates):
        if not kept or part != kept[-1] or isinstance(part[0], list):
            kept.append(part)
    return kept if len(kept) > 1 or isinstance(kept[0][0], list) else kept * 2
