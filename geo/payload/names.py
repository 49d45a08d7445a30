"""Names on the map, and those it can be searched by: waters, states, places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, Final, cast

from geo.model.callouts import Callouts, Inset
from geo.model.catalogue import Era
from geo.model.features import Feature
from geo.model.variants import Variants
from geo.payload.base import Base
from geo.payload.schema import MapTexts
from geo.payload.stretches import stretches_of
from geo.payload.subset import near_era

__all__ = [
    "HOME",
    "map_texts",
    "place_names",
    "state_names",
    "unlabelled_states",
    "water_names",
    "without_empty",
]

HOME: Final = ("state-persia-", "state-iran-")
"""The state the base map sets off from its neighbours."""


SPELT: Final = 3
"""Lowest rank of places that a document of one era knows in other languages."""


def without_empty(table: dict[str, Any]) -> dict[str, Any]:
    """Return a table without its empty values."""
    return {key: value for key, value in table.items() if value}


def water_names(base: Base) -> list[dict[str, Any]]:
    """Return seas and lakes that have a label; one whose shore has changed has one for all."""
    names = [
        without_empty(
            {
                "name": water.properties["label"],
                "at": water.properties["label_at"],
                "rank": water.properties["label_rank"],
                "path": water.properties.get("label_path", []),
                "water": 1,
            }
        )
        for layer in ("seas", "lakes")
        for water in base[layer]
        if "label" in water.properties
    ]
    return [name for number, name in enumerate(names) if name not in names[:number]]


def state_names(states: Sequence[Feature], lands: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the states that have a label, with when they held and where they lie.

    `lands` has the actors whose land states are, by the beginning of the states' ids.
    """
    return [
        {
            "name": state.properties["title"],
            "at": state.properties["label_at"],
            "rank": state.properties["label_rank"],
            "begin": state.properties["begin"],
            "end": state.properties["end"],
            **without_empty(
                {
                    "home": int(state.id.startswith(HOME)),
                    "actor": next(
                        (actor for land, actor in lands.items() if state.id.startswith(land)), ""
                    ),
                    "rows": stretches_of(state.geometry),
                }
            ),
        }
        for state in states
        if state.properties["label_rank"]
    ]


def unlabelled_states(
    states: Iterable[Feature], labelled: Sequence[Feature]
) -> list[dict[str, Any]]:
    """Return states that no map names, to be found all the same."""
    named = {state.properties["title"] for state in labelled if state.properties["label_rank"]}
    return [
        {
            "name": state.properties["title"],
            "at": state.properties["label_at"],
            "begin": state.properties["begin"],
            "end": state.properties["end"],
        }
        for state in states
        if state.properties["title"] not in named
    ]


def place_names(
    places: Iterable[Feature], eras: Sequence[Era], variants: Variants
) -> list[dict[str, Any]]:
    """Return each place with its name: one text, or where it changed [number of the era, name].

    `others` has what it was called at other times and other spellings, `spellings` those of other
    languages, to be searched.
    """
    entries = []
    alone = len(eras) == 1
    if alone:
        places = near_era(places, eras[0])
    for place in places:
        names = [_name_on(place, era) for era in eras]
        if any(names):
            entries.append(
                {
                    "at": place.geometry["coordinates"],
                    "rank": place.properties["label_rank"],
                    **({"capital": 1} if place.properties.get("capital") else {}),
                    "names": names[0] if len(set(names)) == 1 else _changes(names),
                    **without_empty(
                        {
                            "others": _other_names(place),
                            "spellings": list(variants.of_place(place.id))
                            if not alone or place.properties["label_rank"] <= SPELT
                            else [],
                        }
                    ),
                }
            )
    return entries


def map_texts(era: Era, callouts: Callouts, lakes: Sequence[Feature], known: Set[str]) -> MapTexts:
    """Return what an era's map says for itself, and which lakes it lacks.

    `known` are the ids of the document's features: no others are named.
    """
    texts = without_empty(
        {
            "callouts": [
                without_empty(
                    {
                        "text": told.text,
                        "at": told.at,
                        "begin": told.begin,
                        "end": told.end,
                        "says": [name for name in told.says if name in known],
                    }
                )
                for told in callouts.callouts.get(era.id, ())
            ],
            "pointers": [
                {"text": to.text, "at": to.at} for to in callouts.pointers.get(era.id, ())
            ],
            "inset": _inset(callouts.insets.get(era.id), known),
            "dry": [i for i, lake in enumerate(lakes) if not lake.timespan.contains(era.day)],
        }
    )
    return cast("MapTexts", texts)


def _inset(inset: Inset | None, known: Set[str]) -> dict[str, Any]:
    if not inset:
        return {}
    return without_empty(
        {
            "title": inset.text,
            "bounds": inset.bounds,
            "shows": [name for name in inset.shows if name in known],
            "marks": [
                without_empty({"text": mark.text, "at": mark.at, "begin": mark.begin})
                for mark in inset.marks
            ],
        }
    )


def _changes(names: Sequence[str]) -> list[tuple[int, str]]:
    """Return each name with the number of the first of the eras in a row that have it."""
    return [
        (number, name)
        for number, name in enumerate(names)
        if not number or name != names[number - 1]
    ]


def _other_names(place: Feature) -> list[list[str]]:
    """Return [name, begin, end] of names that changed, ISO without 1 January; then [spelling]."""
    names = [
        [name["name"], *(name[end].removesuffix("-01-01") for end in ("begin", "end"))]
        for name in place.properties["names"]
    ]
    changed = names if len(names) > 1 or names[0][1] or names[0][2] else []
    return [*changed, *([spelling] for spelling in place.properties["also"])]


def _name_on(place: Feature, era: Era) -> str:
    for name in place.properties["names"]:
        if (not name["begin"] or name["begin"] <= era.as_of) and (
            not name["end"] or era.as_of < name["end"]
        ):
            return str(name["name"])
    return ""
