"""Where and when no map looks: latitude before longitude, points and times off all eras."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from geo.model.catalogue import Catalogue, Era
from geo.model.features import Feature

__all__ = ["eras_of", "find_era_faults", "find_far_points", "find_untimely"]

NEAR = 0.2
"""Degrees within which a point counts as standing at a named place."""

Bounds = tuple[float, float, float, float]


def eras_of(feature: Feature, catalogue: Catalogue) -> list[Era]:
    """Return the eras that open with a feature."""
    return [
        era
        for era in catalogue.eras
        if feature.layer in era.layers and feature.timespan.overlaps(era.timespan)
    ]


def find_far_points(
    catalogue: Catalogue, features: Iterable[Feature], places: Iterable[Feature]
) -> Iterator[str]:
    """Yield a warning for each point off all its eras that would lie in one if it were swapped.

    A point at a named place is where it is meant to be.
    """
    named = [place.geometry["coordinates"] for place in places]
    for feature in features:
        if feature.geometry_type != "Point":
            continue
        x, y = feature.geometry["coordinates"]
        eras = eras_of(feature, catalogue)
        if any(_holds(era.bounds, x, y) for era in eras):
            continue
        if any(abs(x - east) < NEAR and abs(y - north) < NEAR for east, north in named):
            continue
        swapped = [era for era in eras if _holds(era.bounds, y, x)]
        if swapped:
            yield (
                f"layers/sketches/{feature.layer}.toml: feature {feature.id!r} is at [{x}, {y}], "
                f"outside the bounds of all its eras; [{y}, {x}] would be in {swapped[0].id!r} "
                f"{list(swapped[0].bounds)}: expected [longitude, latitude]"
            )


def find_untimely(catalogue: Catalogue, features: Iterable[Feature]) -> Iterator[str]:
    """Yield a warning for each feature whose time no era shares: it is on no map."""
    first, last = catalogue.eras[0], catalogue.eras[-1]
    for feature in features:
        if not any(feature.timespan.overlaps(era.timespan) for era in catalogue.eras):
            held = " to ".join(feature.properties.get(key) or "…" for key in ("begin", "end"))
            yield (
                f"layers/sketches/{feature.layer}.toml: feature {feature.id!r} is of {held}, and "
                f"the eras are of {first.begin} to {last.end}: no map shows it"
            )


def find_era_faults(catalogue: Catalogue, features: Sequence[Feature]) -> Iterator[str]:
    """Yield a fault for each era whose bounds hold nothing it shows, and would if swapped."""
    for era in catalogue.eras:
        own = [
            position
            for feature in features
            if feature.layer in era.layers and feature.timespan.overlaps(era.timespan)
            for position in _positions(feature.geometry.get("coordinates", []))
        ]
        south, west, north, east = era.bounds
        turned = (west, south, east, north)
        if any(_holds(turned, *at) for at in own) and not any(
            _holds(era.bounds, *at) for at in own
        ):
            yield (
                f"layers/catalogue.toml: era {era.id!r}: bounds {list(era.bounds)} hold nothing "
                f"the era shows, {list(turned)} would: expected [west, south, east, north]"
            )


def _holds(bounds: Bounds, x: float, y: float) -> bool:
    west, south, east, north = bounds
    return west <= x <= east and south <= y <= north


def _positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _positions(part)
