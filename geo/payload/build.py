"""What a map document holds: eras, features, texts and geometry as one JSON object.

The page's script reads it from an inert block; nothing of it is ever code. geo/payload/schema.py
describes it for Python, ``Data`` in geo/assets/js/state/data.js for the scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Final

from geo import __version__
from geo.fonts.faces import FAMILIES, family_list
from geo.model.callouts import Callouts, find_positions, survey_callouts
from geo.model.catalogue import Catalogue, Era
from geo.model.features import Feature, select_features
from geo.model.neutral import painted
from geo.model.opening import load_limits, load_parts, read_opening
from geo.model.prose import read_passages
from geo.model.symbology import Symbology
from geo.model.variants import survey_variants
from geo.model.wording import Wording
from geo.payload.base import Base, read_base
from geo.payload.entries import (
    claim_entry,
    era_entry,
    feature_entry,
    layer_entries,
    legend_names,
    name_in_time,
    own_edge,
    source_entry,
)
from geo.payload.lines import SKETCH, find_lines
from geo.payload.names import (
    HOME,
    map_texts,
    place_names,
    state_names,
    unlabelled_states,
    water_names,
    without_empty,
)
from geo.payload.overlaps import measure_overlaps
from geo.payload.schema import (
    EraEntry,
    FeatureEntry,
    Opening,
    Payload,
    ReliefEntry,
)
from geo.payload.subset import thin_for_era
from geo.payload.topology import DIGITS, SMALL, Arcs, encode_geometries
from geo.payload.viewports import PADDING

__all__ = ["build_payload", "shown_features"]

BASE_SHAPES: Final = ("land", "coast", "world", "lakes", "rivers")
"""Base layers drawn as they are, in every era."""


ADDED: Final = "own-point"
"""The kind of points that addresses add: a document must be able to draw it."""

COMPARED: Final = re.compile(
    r"previous|next|change.*|compare.*|divider|both-ways|common|stayed|swipe|side|span|.+-status"
)
"""The texts of a step to another era and of a comparison: a document of one era never says them."""


def build_payload(  # noqa: PLR0913  # a document has eras, symbols, words and a ground
    catalogue: Catalogue,
    features: Iterable[Feature],
    *,
    eras: Sequence[Era],
    symbology: Symbology,
    wording: Wording,
    base: Base | None = None,
    opening: Mapping[str, str] | None = None,
) -> Payload:
    """Return the payload of a document that holds some eras.

    `features` are the thematic ones; those of no era given are left out. The base is read from the
    catalogue's files if not given; one that is given has neither relief nor callouts. `opening` is
    what the document opens with (see geo/model/opening.py). Everything is in a fixed order, so the
    same input gives the same payload.
    """
    shown = _within(features, eras)
    own = base is None
    base = base or read_base(catalogue)
    base = base.with_lakes(_at_eras(base["lakes"], eras))
    states = _at_eras(base["states"], eras)
    homes = [state for state in states if state.id.startswith(HOME)]
    borders = _at_eras(base["borders"], eras)
    shapes = [base[name] for name in BASE_SHAPES]
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
    actors = {"none", *(painted(feature.properties) for feature in shown)}
    symbology = symbology.fitted(actors)
    span = [era.timespan for era in eras]
    variants, _ = survey_variants(catalogue.root)
    positions = find_positions(base["places"])
    callouts = survey_callouts(catalogue, positions)[0] if own else Callouts()
    lines = find_lines(catalogue.root, shown)
    icons = {
        symbology.kind(kind).drawing.get("icon")
        for kind in (ADDED, *(feature.kind for feature in shown))
    }

    def referred(name: str) -> list[Any]:
        return [references[id(feature)] for feature in base[name]]

    return {
        "title": catalogue.title,
        "subtitle": catalogue.subtitle,
        "attribution": catalogue.attribution,
        "authors": catalogue.authors,
        "credits": catalogue.credits,
        "license": catalogue.license,
        "version": __version__,
        "extent": list(base.extent),
        "least_zoom": base.least_zoom,
        "padding": PADDING,
        "language": wording.language,
        "direction": wording.direction,
        "locale": wording.locale,
        "ui": _interface(catalogue, wording, alone=len(eras) == 1),
        "first": eras[0].id,
        "former": catalogue.find_former(eras),
        "eras": [
            era_entry(
                era,
                homes,
                borders,
                legend_names(era, shown, symbology),
                map_texts(era, callouts, base["lakes"], {feature.id for feature in shown}),
            )
            for era in eras
        ],
        "layers": layer_entries(catalogue, shown),
        "actors": {
            actor.id: {"title": actor.name_during(span), "hatch": actor.hatch, "axis": actor.axis}
            for actor in symbology.actors.values()
            if actor.id in actors
        },
        "kinds": {
            kind.id: {"title": kind.title, "form": kind.form, **kind.drawing}
            for kind in symbology.kinds.values()
            if kind.id == ADDED or any(feature.kind == kind.id for feature in shown)
        },
        "icons": {name: path for name, path in symbology.icons.items() if name in icons},
        "type": {name: without_empty(asdict(style)) for name, style in symbology.type.items()},
        "faces": {family: family_list(family) for family in FAMILIES},
        "styles": {name: dict(style) for name, style in symbology.styles.items()},
        "colours": symbology.colours("light"),
        "relief": _relief(symbology) if own else None,
        "sources": {source: source_entry(catalogue, source) for source in sorted(cited)},
        "claims": {
            claim.id: claim_entry(claim)
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
            "land": referred("land"),
            "coast": referred("coast"),
            "world": referred("world"),
            "lakes": referred("lakes"),
            "rivers": referred("rivers"),
            "homes": [references[id(state)] for state in homes],
            "borders": [
                {"shape": references[id(line)], **({"unsure": 1} if line.kind != "border" else {})}
                for line in borders
            ],
            "names": [*water_names(base), *state_names(states, symbology.lands)],
            "more": unlabelled_states(base["states"], states),
            "places": place_names(base["places"], eras, variants),
        },
        "features": [
            feature_entry(
                feature,
                references.get(id(feature)),
                own_edge(feature, numbers, ground),
                name_in_time(feature, symbology, span),
                wording,
                line=lines.get(feature.id, 0),
            )
            for feature in order
        ],
        "overlaps": measure_overlaps(order, [_eras_of(feature, eras) for feature in order])
        if len(eras) > 1
        else [],
        "report": {"file": SKETCH, "to": catalogue.corrections} if lines else None,
        "limits": dict(load_limits()),
        "parts": list(load_parts()),
        **_opening(opening or {}),
    }


def _opening(opening: Mapping[str, str]) -> Opening:
    read = read_opening(opening)
    return {"opening": read} if read else {}


def shown_features(payload: Payload, era: EraEntry) -> list[FeatureEntry]:
    """Return the features an era shows at first, in drawing order: its layers, its timespan."""
    return [
        feature
        for feature in payload["features"]
        if feature["layer"] in era["layers"]
        and (not feature.get("begin") or feature["begin"] < era["end"])
        and (not feature.get("end") or era["begin"] < feature["end"])
    ]


def _interface(catalogue: Catalogue, wording: Wording, *, alone: bool) -> dict[str, str]:
    """Return the interface's texts, without those that need another era where there is none."""
    texts = {
        name: text for name, text in wording.ui.items() if not (alone and COMPARED.fullmatch(name))
    }
    return {**texts, **({"search-hint": catalogue.search} if catalogue.search else {})}


def _relief(symbology: Symbology) -> ReliefEntry | None:
    """Return where hill shading lies and how it fades; its image stands beside the payload."""
    relief = symbology.relief
    return {"extent": relief.extent, "fades": relief.fades} if relief else None


def _drawing_order(feature: Feature, symbology: Symbology) -> tuple[int, float]:
    """Return what features are drawn by, from low to high: arrows lie over those that join them."""
    kind = symbology.kind(feature.kind)
    joins = kind.form == "axis"
    return (kind.order, feature.properties.get("force", 0) if joins else 0)


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


def _cited(shown: Sequence[Feature], catalogue: Catalogue, eras: Sequence[Era]) -> set[str]:
    claims = {claim for feature in shown for claim in feature.properties["claims"]}
    claims |= {claim for era in eras for claim in era.claims}
    cited = {source for feature in shown for source in feature.sources}
    return cited | {source for claim in claims for source in catalogue.claims[claim].sources}


def _searched(
    shown: Iterable[Feature], catalogue: Catalogue, cited: Iterable[str]
) -> Iterator[str]:
    """Yield the texts in which the document's search looks for words."""
    sources = {name: catalogue.sources[name] for name in cited}
    told = replace(catalogue, eras=(), sources=sources)
    yield from (passage.text for passage in read_passages(told, shown))
    yield from (claim.statement for claim in catalogue.claims.values())
