"""From what a sketch says of a feature to the flat properties of GeoJSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from geo.errors import SketchError
from geo.model.timespan import timespan_from_edtf
from geo.model.views import find_view_faults

__all__ = ["feature_properties", "timed_properties"]

GEOMETRY_KEYS: Final = frozenset({"at", "line", "lines", "area"})
"""Where a feature is; ``unplaced`` instead of them says that it has no place on the map."""

MAP_KEYS: Final = (
    *sorted(GEOMETRY_KEYS),
    "precision_km",
    "label",
    "label_rank",
    "label_at",
    "along",
)
"""What only a feature with a place can have."""

TEXT_KEYS: Final = ("actor", "label", "note", "dispute", "status", "context", "along")
"""Optional texts, left out of the GeoJSON when a sketch does not give them."""

VALUE_KEYS: Final = ("label_rank", "label_at", "force", "figures", "history", "after_text", "views")
"""Optional values, left out likewise."""

REQUIRED: Final = ("id", "title", "kind", "certainty", "sources")

KNOWN: Final = {*REQUIRED, *TEXT_KEYS, *VALUE_KEYS, *MAP_KEYS, "begin", "end", "on", "unplaced"}


def timed_properties(entry: Mapping[str, Any]) -> dict[str, str]:
    """Return begin, end (ISO, half-open) and the EDTF texts of an entry.

    ``on`` stands for an event: the same EDTF text as begin and end.
    """
    begin = entry.get("on", entry.get("begin", ""))
    end = entry.get("on", entry.get("end", ""))
    held = timespan_from_edtf(begin, end)
    return {
        "begin": str(held.begin or ""),
        "end": str(held.end or ""),
        "begin_edtf": begin,
        "end_edtf": end,
    }


def feature_properties(entry: Mapping[str, Any], claims: list[str]) -> dict[str, Any]:
    """Return a sketched feature's properties; raises SketchError for missing or unknown keys."""
    unplaced = entry.get("unplaced", False)
    needed = REQUIRED if unplaced else (*REQUIRED, "precision_km")
    missing = [key for key in needed if key not in entry]
    unknown = sorted(entry.keys() - KNOWN)
    if missing or unknown:
        lacks = f"lacks {', '.join(missing)}" if missing else ""
        extra = f"has unknown key {', '.join(unknown)}" if unknown else ""
        raise SketchError("; ".join(filter(None, (lacks, extra))))
    if unplaced is not True and "unplaced" in entry:
        raise SketchError(f"found unplaced {unplaced!r}, expected true or nothing")
    if unplaced and (placed := [key for key in MAP_KEYS if key in entry]):
        raise SketchError(f"is unplaced and has {', '.join(placed)}: expected one or the other")
    if faults := find_view_faults(entry.get("views", [])):
        raise SketchError("; ".join(faults))
    if not claims and not entry.get("context"):
        raise SketchError("no claim names it: name it in seeds/claims.toml or say why in `context`")
    return {
        "id": entry["id"],
        "title": entry["title"],
        "kind": entry["kind"],
        **timed_properties(entry),
        "certainty": entry["certainty"],
        **({} if unplaced else {"precision_km": entry["precision_km"]}),
        "sources": entry["sources"],
        "claims": claims,
        **{key: entry[key] for key in (*TEXT_KEYS, *VALUE_KEYS) if key in entry},
    }
