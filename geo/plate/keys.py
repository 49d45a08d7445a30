"""Texts under a map: what its badges stand for, and the sources it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import cos, hypot, radians
from typing import Any, Final

from geo.payload.schema import FeatureEntry, Payload

__all__ = ["badge_keys", "told_sources"]

NEAR: Final = 0.3
"""How far a place may be from what is named after it, degrees."""


def badge_keys(
    payload: Payload, era: int, keys: Sequence[Sequence[str]]
) -> Iterator[tuple[str, list[str]]]:
    """Yield the place of each badge, with dates and titles of what lies there.

    `keys` has the ids of the features of each badge, `era` is the era's number.
    """
    by_id = {feature["id"]: feature for feature in payload["features"]}
    for ids in keys:
        features = [by_id[name] for name in ids]
        places = filter(None, (_place_near(payload, era, feature["at"]) for feature in features))
        commonest = Counter(places).most_common(1)
        told = [
            f"{feature.get('when', '')}: {feature['title']}".removeprefix(": ")
            for feature in features
        ]
        yield commonest[0][0] if commonest else features[0]["title"], told


def told_sources(
    payload: Payload,
    shown: Sequence[FeatureEntry],
    wrap: Callable[[str], Sequence[str]],
    *,
    lines: int,
) -> list[str]:
    """Return the sources most of some features rest on, as many as there are lines for.

    The others are counted.
    """
    counts = Counter(source for feature in shown for source in feature.get("sources", []))
    ranked = [payload["sources"][name]["citation"] for name, _ in counts.most_common()]
    heading = payload["ui"]["sources"]
    told: list[str] = []
    for kept in range(1, len(ranked) + 1):
        rest = len(ranked) - kept
        more = [payload["ui"]["more-sources"].replace("{0}", str(rest))] if rest else []
        longer = list(wrap(f"{heading}: " + " · ".join([*ranked[:kept], *more])))
        if len(longer) > lines:
            break
        told = longer
    return told


def _place_near(payload: Payload, era: int, at: Sequence[float]) -> str:
    """Return what the nearest place was called, empty when none is near."""

    def away(place: Mapping[str, Any]) -> float:
        east, north = place["at"][0] - at[0], place["at"][1] - at[1]
        return hypot(east * cos(radians(at[1])), north)

    near = [place for place in payload["base"]["places"] if away(place) < NEAR]
    if not near:
        return ""
    names = min(near, key=away)["names"]
    if isinstance(names, str):
        return names
    return str([name for first, name in names if first <= era][-1])
