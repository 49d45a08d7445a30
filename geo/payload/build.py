"""What a map document holds: eras, features, texts and geometry as one JSON object.

The page's script reads it from an inert block; nothing of it is ever code. Keys are short because
they are repeated for each feature; geo/assets/js/state/data.js gives them their long names back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Final

from geo import __version__
from geo.fonts.faces import FAMILIES, family_list
from geo.model.bibliography import cite
from geo.model.catalogue import Catalogue, Era
from geo.model.features import Feature, read_features, select_features
from geo.model.prose import read_passages
from geo.model.symbology import Symbology
from geo.model.timespan import Timespan
from geo.model.variants import load_variants
from geo.model.views import View
from geo.model.wording import Wording
from geo.payload.names import (
    HOME,
    place_names,
    state_names,
    unlabelled_states,
    water_names,
    without_empty,
)
from geo.payload.overlaps import measure_overlaps
from geo.payload.subset import thin_for_era
from geo.payload.topology import DIGITS, SMALL, Arcs, encode_geometries
from geo.payload.viewports import PADDING

__all__ = ["build_payload", "shown_features"]

BASE_SHAPES: Final = ("land", "coast", "world", "lakes", "rivers")
"""Base layers drawn as they are, in every era."""

FOUNDATIONS: Final = ("base-countries", "base-provinces")
"""Base layers that other layers are made from; no document holds them."""


def build_payload(
    catalogue: Catalogue,
    features: Iterable[Feature],
    *,
    eras: Sequence[Era],
    symbology: Symbology,
    wording: Wording,
) -> dict[str, Any]:
    """Return the payload of a document that holds some eras.

    `features` are the thematic ones; those of no era given are left out. The base is read from the
    catalogue's files. Everything is in a fixed order, so the same input gives the same payload.
    """
    shown = _within(features, eras)
    base = {
        layer.id: read_features(catalogue.path(layer), layer.id)
        for layer in catalogue.layers
        if layer.base and layer.id not in FOUNDATIONS
    }
    states = _at_eras(base["base-states"], eras)
    homes = [state for state in states if state.id.startswith(HOME)]
    borders = _at_eras(base["base-borders"], eras)
    shapes = [base[f"base-{name}"] for name in BASE_SHAPES]
    drawn = [feature for feature in shown if feature.geometry_type not in ("", "Point")]
    everything = [feature for group in (*shapes, homes, borders, drawn) for feature in group]
    topology = encode_geometries([feature.geometry for feature in everything])
    step = 1
    if len(eras) == 1:
        fixed = len(everything) - len(drawn)
        topology, step = thin_for_era(topology, everything, eras[0], ground=fixed)
    references = dict(
        zip((id(feature) for feature in everything), topology.references, strict=True)
    )
    ground = _ground_arcs(topology, len(everything) - len(drawn))
    numbers = {feature.id: topology.numbers(index) for index, feature in enumerate(everything)}
    order = sorted(shown, key=lambda feature: _drawing_order(feature, symbology))
    cited = _cited(shown, catalogue, eras)
    actors = {"none", *(feature.properties.get("actor", "") for feature in shown)}
    span = [era.timespan for era in eras]
    variants = load_variants(catalogue.root)
    icons = {symbology.kind(feature.kind).drawing.get("icon") for feature in shown}
    return {
        "title": catalogue.title,
        "subtitle": catalogue.subtitle,
        "attribution": catalogue.attribution,
        "authors": catalogue.authors,
        "credits": catalogue.credits,
        "license": catalogue.license,
        "version": __version__,
        "extent": _extent(base["base-land"]),
        "padding": PADDING,
        "language": wording.language,
        "direction": wording.direction,
        "locale": wording.locale,
        "ui": dict(wording.ui),
        "first": eras[0].id,
        "former": catalogue.find_former(eras),
        "eras": [
            {
                **_era(era, homes, borders),
                **_dry(era, base["base-lakes"]),
                **_named(era, shown, symbology),
            }
            for era in eras
        ],
        "layers": _layers(catalogue, shown),
        "actors": {
            actor.id: {"title": actor.name_during(span), "hatch": actor.hatch, "axis": actor.axis}
            for actor in symbology.actors.values()
            if actor.id in actors
        },
        "kinds": {
            kind.id: {"title": kind.title, "form": kind.form, **kind.drawing}
            for kind in symbology.kinds.values()
            if any(feature.kind == kind.id for feature in shown)
        },
        "icons": {name: path for name, path in symbology.icons.items() if name in icons},
        "type": {name: without_empty(asdict(style)) for name, style in symbology.type.items()},
        "faces": {family: family_list(family) for family in FAMILIES},
        "styles": {name: dict(style) for name, style in symbology.styles.items()},
        "colours": symbology.colours("light"),
        "relief": _relief(symbology),
        "sources": {source: _source(catalogue, source) for source in sorted(cited)},
        "claims": {
            claim.id: without_empty(
                {
                    "s": claim.statement,
                    "f": claim.finding,
                    "fs": list(claim.finding_sources),
                    "views": _views(claim.views),
                }
            )
            for claim in catalogue.claims.values()
            if any(claim.id in feature.properties["claims"] for feature in shown)
        },
        "paragraphs": {
            paragraph.id: paragraph.subject
            for paragraph in catalogue.paragraphs.values()
            if any(
                claim.startswith(f"{paragraph.id}-")
                for feature in shown
                for claim in feature.properties["claims"]
            )
        },
        "words": variants.words_in(_searched(shown, catalogue, cited)),
        "step": step,
        "digits": [DIGITS, SMALL],
        "arcs": topology.arcs,
        "base": {
            **{
                name: [references[id(feature)] for feature in base[f"base-{name}"]]
                for name in BASE_SHAPES
            },
            "homes": [references[id(state)] for state in homes],
            "borders": [
                {"g": references[id(line)], **({"u": 1} if line.kind != "border" else {})}
                for line in borders
            ],
            "names": [*water_names(base), *state_names(states)],
            "more": unlabelled_states(base["base-states"], states),
            "places": place_names(base["base-places"], eras, variants),
        },
        "features": [
            {
                **_feature(feature, references.get(id(feature)), numbers, ground, wording),
                **_called(feature, symbology, span),
            }
            for feature in order
        ],
        "overlaps": measure_overlaps(order, [_eras_of(feature, eras) for feature in order])
        if len(eras) > 1
        else [],
    }


def shown_features(payload: Mapping[str, Any], era: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the features an era shows at first, in drawing order: its layers, its timespan."""
    return [
        feature
        for feature in payload["features"]
        if feature["l"] in era["layers"]
        and (not feature.get("b") or feature["b"] < era["end"])
        and (not feature.get("e") or era["begin"] < feature["e"])
    ]


def _relief(symbology: Symbology) -> dict[str, Any] | None:
    """Return where hill shading lies and how it fades; its image stands beside the payload."""
    relief = symbology.relief
    return {"extent": relief.extent, "fades": relief.fades} if relief else None


def _drawing_order(feature: Feature, symbology: Symbology) -> tuple[int, float]:
    """Return what features are drawn by, from low to high: arrows lie over those that join them."""
    kind = symbology.kind(feature.kind)
    joins = kind.form == "axis"
    return (kind.order, feature.properties.get("force", 0) if joins else 0)


def _views(views: Iterable[View]) -> list[list[Any]]:
    return [[view.whose, view.says, list(view.sources)] for view in views]


def _within(features: Iterable[Feature], eras: Sequence[Era]) -> list[Feature]:
    """Return the features that some era shows or lets the reader add."""
    everything = list(features)
    kept = {feature.id for era in eras for feature in select_features(everything, era)}
    return [feature for feature in everything if feature.id in kept]


def _eras_of(feature: Feature, eras: Sequence[Era]) -> frozenset[int]:
    """Return the numbers of the eras a feature is in."""
    return frozenset(
        number for number, era in enumerate(eras) if feature.timespan.overlaps(era.timespan)
    )


def _at_eras(features: Iterable[Feature], eras: Sequence[Era]) -> list[Feature]:
    """Return base features that held on the day of some era."""
    return [
        feature for feature in features if any(feature.timespan.contains(era.day) for era in eras)
    ]


def _ground_arcs(topology: Arcs, count: int) -> set[int]:
    """Return the numbers of all arcs of the base, which no feature draws as an edge of its own."""
    return {number for index in range(count) for number in topology.numbers(index)}


def _era(era: Era, homes: Sequence[Feature], borders: Sequence[Feature]) -> dict[str, Any]:
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
        "home": next(i for i, state in enumerate(homes) if state.timespan.contains(era.day)),
        "borders": [i for i, line in enumerate(borders) if line.timespan.contains(era.day)],
    }


def _dry(era: Era, lakes: Sequence[Feature]) -> dict[str, list[int]]:
    """Return the numbers of lakes that were not there yet."""
    dry = [i for i, lake in enumerate(lakes) if not lake.timespan.contains(era.day)]
    return {"dry": dry} if dry else {}


def _named(era: Era, shown: Iterable[Feature], symbology: Symbology) -> dict[str, Any]:
    """Return what an era's legend calls those whose name changed, by actor and kind."""
    acted: dict[str, dict[str, list[Timespan]]] = {}
    for feature in shown:
        time = feature.timespan.during(era.timespan)
        actor = symbology.actors.get(feature.properties.get("actor", "none"))
        if time and actor and actor.names:
            acted.setdefault(actor.id, {}).setdefault(feature.kind, []).append(time)
    return {
        "who": {
            actor: {
                kind: symbology.actors[actor].name_during(times) for kind, times in kinds.items()
            }
            for actor, kinds in acted.items()
        }
    }


def _called(feature: Feature, symbology: Symbology, span: Sequence[Timespan]) -> dict[str, str]:
    """Return what a feature's actor was called in its time, when the document says otherwise."""
    actor = symbology.actors.get(feature.properties.get("actor", "none"))
    if not actor or not actor.names:
        return {}
    whole = Timespan(span[0].begin, span[-1].end)
    time = feature.timespan.during(whole)
    name = actor.name_during([time] if time else [])
    return {"who": name} if name != actor.name_during(span) else {}


def _layers(catalogue: Catalogue, shown: Sequence[Feature]) -> list[dict[str, str]]:
    used = {feature.layer for feature in shown}
    return [
        {"id": layer.id, "title": layer.title, "description": layer.description}
        for layer in catalogue.layers
        if layer.id in used
    ]


def _cited(shown: Sequence[Feature], catalogue: Catalogue, eras: Sequence[Era]) -> set[str]:
    claims = {claim for feature in shown for claim in feature.properties["claims"]}
    claims |= {claim for era in eras for claim in era.claims}
    cited = {source for feature in shown for source in feature.sources}
    return cited | {source for claim in claims for source in catalogue.claims[claim].sources}


def _source(catalogue: Catalogue, source_id: str) -> dict[str, str]:
    source = catalogue.sources[source_id]
    return without_empty(
        {"c": cite(source), "u": source.url, "doi": source.doi, "isbn": source.isbn}
    )


def _searched(
    shown: Iterable[Feature], catalogue: Catalogue, cited: Iterable[str]
) -> Iterator[str]:
    """Yield the texts in which the document's search looks for words."""
    sources = {name: catalogue.sources[name] for name in cited}
    told = replace(catalogue, eras=(), sources=sources)
    yield from (passage.text for passage in read_passages(told, shown))
    yield from (claim.statement for claim in catalogue.claims.values())


def _extent(land: Iterable[Feature]) -> list[float]:
    """Return west, south, east, north of the land: beyond it the base tells nothing."""
    shells = [polygon[0] for feature in land for polygon in feature.geometry["coordinates"]]
    xs, ys = zip(*(position for shell in shells for position in shell), strict=True)
    return [float(value) for value in (min(xs), min(ys), max(xs), max(ys))]


def _feature(
    feature: Feature,
    references: list[Any] | None,
    numbers: Mapping[str, set[int]],
    ground: set[int],
    wording: Wording,
) -> dict[str, Any]:
    own = feature.properties
    entry: dict[str, Any] = {
        "id": feature.id,
        "l": feature.layer,
        "k": feature.kind,
        "a": own.get("actor", ""),
        "t": own["title"],
        "n": own.get("label", ""),
        "r": own.get("label_rank", 0),
        "b": own["begin"],
        "e": own["end"],
        "w": wording.describe_timespan(own["begin_edtf"], own["end_edtf"]),
        "c": own["certainty"],
        "st": own.get("status", ""),
        "p": own.get("precision_km", 0),
        "s": own["sources"],
        "cl": own["claims"],
        "x": own.get("context", ""),
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
        "at_label": own.get("label_at", []),
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
        entry["g"] = references
        if feature.geometry_type.endswith("Polygon"):
            along = own.get("along")
            edge = numbers[along] if along else numbers[feature.id] - ground
            entry["own"] = _stretches(references, edge)
    return {key: value for key, value in entry.items() if value not in ("", [], 0)}


def _stretches(polygons: Sequence[Any], edge: set[int]) -> list[list[int]]:
    """Return the stretches of an area's outline made of some arcs only.

    By default these are the area's own edges: arcs that are no frontier and no coast of the base.
    """
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
