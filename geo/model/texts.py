"""The texts that readers see, by what they belong to and what they are.

English stands where it is written: in the catalogue, the claims, the sketches, the callouts and the
symbology. Here every such text has a sort, an id and a field, by which another language names it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from geo.model.callouts import callout_texts
from geo.model.catalogue import Catalogue
from geo.model.features import Feature
from geo.model.symbology import Symbology
from geo.model.views import View

__all__ = [
    "ATLAS",
    "GROUND",
    "Key",
    "Texts",
    "mark_of",
    "put_texts",
    "spoken_feature",
    "texts_of",
]

Key = tuple[str, str]
"""Sort and id: ``("era", "1907-spheres")``."""

Texts = dict[str, Any]
"""Texts by field; a field of several texts has a list."""

ATLAS: Final = "atlas"
"""Sort and id of what the ``[atlas]`` table of the catalogue says."""

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "atlas": ("title", "subtitle", "attribution", "credits", "search"),
    "era": ("title", "label", "dates", "caption", "alt"),
    "layer": ("title", "description", "lineage"),
    "paragraph": ("subject", "no_claim"),
    "claim": ("statement", "finding", "not_mapped", "pending", "views"),
    "kind": ("title",),
    "actor": ("title", "names"),
    "feature": ("title", "label", "note", "dispute", "context", "figures", "history", "views"),
    "callout": ("text",),
    "inset": ("text",),
    "mark": ("text",),
    "pointer": ("text",),
    "state": ("title",),
    "water": ("label",),
    "place": ("names",),
}
"""What of each sort is a reader's text."""

GROUND: Final[Mapping[str, str]] = {
    "base-states": "state",
    "base-seas": "water",
    "base-lakes": "water",
    "base-places": "place",
}
"""The sorts of what the base names, by its layers."""

LATER: Final = ("callout", "pointer", "inset", "mark", *dict.fromkeys(GROUND.values()))
"""Sorts of what is read when a map is made: the catalogue keeps their texts."""

LINE: Final = " / "
"""Stands for the end of a line of a name on water."""

_Thing = TypeVar("_Thing")


def texts_of(
    catalogue: Catalogue, features: Iterable[Feature], symbology: Symbology
) -> dict[Key, Texts]:
    """Return all texts of the atlas that are not empty, in the order of the files they stand in.

    `features` are those of all layers, base included.
    """
    base = {layer.id for layer in catalogue.layers if layer.base}
    named = [spoken_feature(feature, catalogue) for feature in features if feature.layer in GROUND]
    things: list[tuple[str, str, Any]] = [
        (ATLAS, ATLAS, catalogue),
        *(("era", era.id, era) for era in catalogue.eras),
        *(("layer", layer.id, layer) for layer in catalogue.layers),
        *(("paragraph", name, told) for name, told in catalogue.paragraphs.items()),
        *(("claim", name, told) for name, told in catalogue.claims.items()),
        *(("kind", name, kind) for name, kind in symbology.kinds.items()),
        *(("actor", name, actor) for name, actor in symbology.actors.items()),
        *(("feature", feature.id, feature) for feature in features if feature.layer not in base),
        *((GROUND[feature.layer], feature.id, feature) for feature in named),
    ]
    found = {
        (sort, name): {field: text for field in FIELDS[sort] if (text := _read(thing, sort, field))}
        for sort, name, thing in things
    }
    found |= {key: {"text": text} for key, text in callout_texts(catalogue).items()}
    return {key: texts for key, texts in found.items() if texts}


def mark_of(texts: Texts) -> str:
    """Return a mark of some texts: they are others when it is another."""
    written = json.dumps(texts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:8]


def put_texts(
    told: Mapping[Key, Texts],
    catalogue: Catalogue,
    features: Iterable[Feature],
    symbology: Symbology,
) -> tuple[Catalogue, list[Feature], Symbology]:
    """Return the atlas with other texts; what has none keeps its own."""

    def put(sort: str, things: Mapping[str, _Thing]) -> dict[str, _Thing]:
        return {name: _changed(thing, told.get((sort, name), {})) for name, thing in things.items()}

    changed = replace(
        _changed(catalogue, told.get((ATLAS, ATLAS), {})),
        eras=tuple(put("era", {era.id: era for era in catalogue.eras}).values()),
        layers=tuple(put("layer", {layer.id: layer for layer in catalogue.layers}).values()),
        paragraphs=put("paragraph", catalogue.paragraphs),
        claims=put("claim", catalogue.claims),
        spoken={key: texts for key, texts in told.items() if key[0] in LATER},
    )
    signs = replace(
        symbology, kinds=put("kind", symbology.kinds), actors=put("actor", symbology.actors)
    )
    spoken = [_put_feature(feature, told.get(("feature", feature.id), {})) for feature in features]
    return changed, spoken, signs


def spoken_feature(feature: Feature, catalogue: Catalogue) -> Feature:
    """Return a feature of the base as it is called in the catalogue's language."""
    return _put_feature(feature, catalogue.spoken.get((GROUND[feature.layer], feature.id), {}))


def _read(thing: Any, sort: str, field: str) -> Any:
    """Return a field's text, or its texts as one list."""
    own = thing.properties if isinstance(thing, Feature) else vars(thing)
    value = own.get(field, "")
    if field == "views":
        views = thing.views
        return [text for view in views for text in (view.whose, view.says)]
    if field == "history":
        return [event["text"] for event in value]
    if sort == "place":
        return [name["name"] for name in value]
    if field == "names":
        return [name for name, _ in value]
    if sort == "water":
        return value.replace("\n", LINE)
    return list(value) if isinstance(value, list | tuple) else value


def _changed(thing: _Thing, texts: Texts) -> _Thing:
    if not texts:
        return thing
    own: Any = thing
    values = dict(texts)
    if "names" in values:
        spans = (span for _, span in own.names)
        values["names"] = tuple(zip(values["names"], spans, strict=True))
    if "views" in values:
        values["views"] = _views(own.views, values["views"])
    return replace(own, **values)  # type: ignore[no-any-return]


def _views(views: Iterable[View], texts: list[str]) -> tuple[View, ...]:
    pairs = zip(texts[::2], texts[1::2], strict=True)
    return tuple(
        replace(view, whose=whose, says=says)
        for view, (whose, says) in zip(views, pairs, strict=True)
    )


def _put_feature(feature: Feature, texts: Mapping[str, Any]) -> Feature:
    if not texts:
        return feature
    values = dict(texts)
    if feature.layer in GROUND:
        values |= _names(feature, values)
    if "history" in values:
        events = feature.properties["history"]
        told = zip(events, values["history"], strict=True)
        values["history"] = [{**event, "text": text} for event, text in told]
    if "views" in values:
        pairs = zip(values["views"][::2], values["views"][1::2], strict=True)
        told_views = zip(feature.properties["views"], pairs, strict=True)
        values["views"] = [
            {**view, "whose": whose, "says": says} for view, (whose, says) in told_views
        ]
    return replace(feature, properties={**feature.properties, **values})


def _names(feature: Feature, texts: Mapping[str, Any]) -> Texts:
    """Return what else changes with the names of something of the base."""
    if "label" in texts:
        return {"label": texts["label"].replace(LINE, "\n")}
    if "names" not in texts:
        return {}
    own = feature.properties["names"]
    told = [{**name, "name": text} for name, text in zip(own, texts["names"], strict=True)]
    # The search finds a place by its English names, too.
    english = [name["name"] for name in own if name["name"] not in texts["names"]]
    return {"names": told, "also": [*feature.properties["also"], *dict.fromkeys(english)]}
