"""What a payload says of one era, feature, source or claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from geo.model.bibliography import cite
from geo.model.catalogue import Catalogue, Claim, Era
from geo.model.features import Feature
from geo.model.neutral import painted
from geo.model.symbology import Symbology
from geo.model.timespan import Timespan
from geo.model.views import View
from geo.model.wording import Wording
from geo.payload.names import without_empty
from geo.payload.schema import ClaimEntry, EraEntry, FeatureEntry, Home, MapTexts, SourceEntry

__all__ = [
    "claim_entry",
    "era_entry",
    "feature_entry",
    "layer_entries",
    "legend_names",
    "name_in_time",
    "own_edge",
    "source_entry",
]


def _views(views: Iterable[View]) -> list[list[Any]]:
    return [[view.whose, view.says, list(view.sources)] for view in views]


def era_entry(
    era: Era,
    homes: Sequence[Feature],
    borders: Sequence[Feature],
    who: dict[str, dict[str, str]],
    texts: MapTexts,
) -> EraEntry:
    """Return an era; `homes` and `borders` are those of the base that any era shows."""
    return {
        "id": era.id,
        "title": era.title,
        "label": era.label,
        "dates": era.dates,
        "begin": era.begin,
        "end": era.end,
        "day": era.as_of,
        "caption": era.caption,
        "alt": era.alt,
        "bounds": list(era.bounds),
        "layers": list(era.layers),
        **_home(era, homes),
        "borders": [i for i, line in enumerate(borders) if line.timespan.contains(era.day)],
        "who": who,
        **texts,
    }


def _home(era: Era, homes: Sequence[Feature]) -> Home:
    """Return which state is set off from its neighbours, where the base has one."""
    held = (number for number, state in enumerate(homes) if state.timespan.contains(era.day))
    number = next(held, None)
    return {} if number is None else {"home": number}


def legend_names(
    era: Era, shown: Iterable[Feature], symbology: Symbology
) -> dict[str, dict[str, str]]:
    """Return what an era's legend calls those whose name changed, by actor and kind."""
    acted: dict[str, dict[str, list[Timespan]]] = {}
    for feature in shown:
        actor = symbology.actors.get(feature.properties.get("actor", "none"))
        if not actor or not actor.names:
            continue
        if time := feature.timespan.during(era.timespan):
            acted.setdefault(actor.id, {}).setdefault(feature.kind, []).append(time)
    return {
        actor: {kind: symbology.actors[actor].name_during(times) for kind, times in kinds.items()}
        for actor, kinds in acted.items()
    }


def name_in_time(feature: Feature, symbology: Symbology, span: Sequence[Timespan]) -> str:
    """Return what a feature's actor was called in its time, when the document says otherwise."""
    actor = symbology.actors.get(feature.properties.get("actor", "none"))
    if not actor or not actor.names:
        return ""
    whole = Timespan(span[0].begin, span[-1].end)
    time = feature.timespan.during(whole)
    name = actor.name_during([time] if time else [])
    return name if name != actor.name_during(span) else ""


def layer_entries(catalogue: Catalogue, shown: Sequence[Feature]) -> list[dict[str, str]]:
    """Return the layers that have something to show, in the catalogue's order."""
    used = {feature.layer for feature in shown}
    return [
        {"id": layer.id, "title": layer.title, "description": layer.description}
        for layer in catalogue.layers
        if layer.id in used
    ]


def source_entry(catalogue: Catalogue, source_id: str) -> SourceEntry:
    """Return a source as it is cited."""
    source = catalogue.sources[source_id]
    told = {"citation": cite(source), "url": source.url, "doi": source.doi, "isbn": source.isbn}
    return cast("SourceEntry", without_empty(told))


def claim_entry(claim: Claim) -> ClaimEntry:
    """Return a statement of the source text with what was found of it."""
    told = {
        "statement": claim.statement,
        "finding": claim.finding,
        "sources": list(claim.finding_sources),
        "views": _views(claim.views),
    }
    return cast("ClaimEntry", without_empty(told))


def feature_entry(  # noqa: PLR0913  # a feature, and what only the document knows of it
    feature: Feature,
    references: list[Any] | None,
    edge: set[int],
    who: str,
    wording: Wording,
    *,
    line: int = 0,
) -> FeatureEntry:
    """Return a feature; `references` are its arcs, `edge` those its own outline may have.

    `line` is where its sketch has it.
    """
    own = feature.properties
    entry: dict[str, Any] = {
        "id": feature.id,
        "layer": feature.layer,
        "kind": feature.kind,
        "actor": painted(own),
        "who": who,
        "title": own["title"],
        "label": own.get("label", ""),
        "rank": own.get("label_rank", 0),
        "begin": own["begin"],
        "end": own["end"],
        "when": wording.describe_timespan(own["begin_edtf"], own["end_edtf"]),
        "certainty": own["certainty"],
        "status": own.get("status", ""),
        "precision": own.get("precision_km", 0),
        "sources": own["sources"],
        "claims": own["claims"],
        "context": own.get("context", ""),
        "note": own.get("note", ""),
        "dispute": own.get("dispute", ""),
        "views": _views(feature.views),
        "figures": own.get("figures", []),
        "history": [
            [wording.describe_date(event["on"]), event["text"]] for event in own.get("history", [])
        ],
        "force": own.get("force", 0),
        "km2": own.get("area_km2", 0),
        "km": own.get("length_km", 0),
        "line": line,
        "label_at": own.get("label_at", []),
        "room": own.get("label_room", 0),
    }
    if "dates" in own:
        entry["stops"] = [
            [date, wording.describe_date(date), wording.describe_day(date)] if date else []
            for date in own["dates"]
        ]
    if feature.geometry_type == "Point":
        entry["at"] = feature.geometry["coordinates"]
    elif references is not None:
        entry["shape"] = references
        if feature.geometry_type.endswith("Polygon"):
            entry["own"] = _stretches(references, edge)
    told = {key: value for key, value in entry.items() if value not in ("", [], 0)}
    return cast("FeatureEntry", told)


def own_edge(feature: Feature, numbers: Mapping[str, set[int]], ground: set[int]) -> set[int]:
    """Return the arcs of an area's own edge: no frontier and no coast, or what it lies along."""
    along = feature.properties.get("along")
    return numbers[along] if along else numbers.get(feature.id, set()) - ground


def _stretches(polygons: Sequence[Any], edge: set[int]) -> list[list[int]]:
    """Return the stretches of an area's outline made of some arcs only."""
    stretches = []
    for ring in (ring for polygon in polygons for ring in polygon):
        stretch: list[int] = []
        for number in [*ring, None]:
            if number is not None and (number if number >= 0 else ~number) in edge:
                stretch.append(number)
            elif stretch:
                stretches.append(stretch)
                stretch = []
    return stretches
