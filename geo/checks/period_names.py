"""Names of places that a text uses before or after their time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from geo.model.features import Feature
from geo.model.prose import Passage
from geo.model.timespan import Timespan, timespan_from_iso

__all__ = ["find_misdated"]


@dataclass(frozen=True)
class Name:
    """A name of a place, and when the map calls it that."""

    place: str
    text: str
    held: Timespan


def find_misdated(
    passages: Iterable[Passage], places: Iterable[Feature], meant_otherwise: Collection[str]
) -> list[str]:
    """Return where a text about one time calls a place by its name of another, once each.

    A text that has the name of its time, too, tells of the renaming. Names that `meant_otherwise`
    holds, or that two places have had, say nothing.
    """
    names = [
        Name(place.id, name["name"], timespan_from_iso(name["begin"], name["end"]))
        for place in places
        for name in place.properties["names"]
    ]
    renamed = _renamed(names, meant_otherwise)
    if not renamed:
        return []
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(renamed, key=len)))})\b(?![-’'])")
    found: dict[str, None] = {}
    for passage in passages:
        if not passage.about:
            continue
        for text in dict.fromkeys(pattern.findall(passage.text)):
            own = renamed[text]
            held = {name.text for name in own if name.held.overlaps(passage.about)}
            if held and text not in held and not _has_any(passage.text, held):
                found[f"{passage.where} ({text} for {' or '.join(sorted(held))})"] = None
    return list(found)


def _renamed(names: Iterable[Name], meant_otherwise: Collection[str]) -> dict[str, list[Name]]:
    """Return all names of a place by each of them, of places that were renamed."""
    by_place: dict[str, list[Name]] = {}
    for name in names:
        by_place.setdefault(name.place, []).append(name)
    owners: dict[str, set[str]] = {}
    for name in (name for own in by_place.values() for name in own):
        owners.setdefault(name.text, set()).add(name.place)
    return {
        text: by_place[place]
        for text, (place, *others) in ((text, sorted(found)) for text, found in owners.items())
        if not others and text not in meant_otherwise and len(by_place[place]) > 1
    }


def _has_any(text: str, names: Iterable[str]) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in names)
