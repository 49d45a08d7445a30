"""A payload as JSON: what it repeats most is packed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from geo.payload.schema import FeatureEntry, Payload
from geo.payload.topology import pack_arc

__all__ = ["to_inert_json", "to_json"]


def to_inert_json(table: Mapping[str, object]) -> str:
    """Return JSON that can stand inside an HTML script block: ASCII, and no ``<``, ``>``, ``&``."""
    text = to_json(table)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def to_json(table: Mapping[str, object]) -> str:
    """Return JSON as the scripts read it (see geo/assets/js/state/data.js): ASCII.

    What a payload repeats most is packed: arcs in their steps (see
    :func:`geo.payload.topology.pack_arc`), sources of features by their number, and features as
    one list for each key, 0 for nothing.
    """
    if "arcs" in table:
        table = _packed(cast("Payload", table))
    return json.dumps(table, allow_nan=False, separators=(",", ":"))


def _packed(payload: Payload) -> dict[str, Any]:
    step = payload["step"]
    numbers = {source: number for number, source in enumerate(payload["sources"])}
    features = [_numbered(feature, numbers) for feature in payload["features"]]
    keys = dict.fromkeys(key for feature in features for key in feature)
    return {
        **payload,
        "arcs": [pack_arc(delta // step for delta in arc) for arc in payload["arcs"]],
        "features": {key: [feature.get(key, 0) for feature in features] for key in keys},
    }


def _numbered(feature: FeatureEntry, numbers: Mapping[str, int]) -> dict[str, Any]:
    """Return a feature with its sources, and those of its views, as numbers."""
    views = [
        [whose, says, [numbers[source] for source in cited]]
        for whose, says, cited in feature.get("views", [])
    ]
    told = {"views": views} if views else {}
    return {
        **feature,
        "sources": [numbers[source] for source in feature.get("sources", [])],
        **told,
    }
