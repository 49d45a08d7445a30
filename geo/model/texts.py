"""The texts that readers see, by what they belong to and what they are.

English stands where it is written: in the catalogue, the claims, the sketches and the symbology.
Here every such text has a sort, an id and a field, by which another language names it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar

from geo.model.catalogue import Catalogue
from geo.model.features import Feature
from geo.model.symbology import Symbology
from geo.model.views import View

__all__ = ["ATLAS", "Key", "Texts", "mark_of", "put_texts", "texts_of"]

Key = tuple[str, str]
"""Sort and id: ``("era", "1907-spheres")``."""

Texts = dict[str, Any]
"""Texts by field; a field of several texts has a list."""

ATLAS: Final = "atlas"
"""Sort and id of what the ``[atlas]`` table of the catalogue says."""

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "atlas": ("title", "subtitle", "attribution", "credits"),
    "era": ("title", "label", "dates", "caption", "alt"),
    "layer": ("title", "description"),
    "paragraph": ("subject", "no_claim"),
    "claim": ("statement", "finding", "not_mapped", "pending", "views"),
    "kind": ("title",),
    "actor": ("title", "names"),
    "feature": ("title", "label", "note", "dispute", "context", "figures", "history", "views"),
}
"""What of each sort is a reader's text."""

_Thing = TypeVar("_Thing")


def texts_of(
    catalogue: Catalogue, features: Iterable[Feature], symbology: Symbology
) -> dict[Key, Texts]:
    """Return all texts of the atlas that are not empty, in the order of the files they stand in."""
    things: list[tuple[str, str, Any]] = [
        (ATLAS, ATLAS, catalogue),
        *(("era", era.id, era) for era in catalogue.eras),
        *(("layer", layer.id, layer) for layer in catalogue.layers),
        *(("paragraph", name, told) for name, told in catalogue.paragraphs.items()),
        *(("claim", name, told) for name, told in catalogue.claims.items()),
        *(("kind", name, kind) for name, kind in symbology.kinds.items()),
        *(("actor", name, actor) for name, actor in symbology.actors.items()),
        *(("feature", feature.id, feature) for feature in features),
    ]
    found = {
        (sort, name): {field: text for field in FIELDS[sort] if (text := _read(thing, sort, field))}
        for sort, name, thing in things
    }
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
    )
    signs = replace(
        symbology, kinds=put("kind", symbology.kinds), actors=put("actor", symbology.actors)
    )
    spoken = [_put_feature(feature, told.get(("feature", feature.id), {})) for feature in features]
    return changed, spoken, signs


def _read(thing: Any, sort: str, field: str) -> Any:
    """Return a field's text, or its texts as one list."""
    own = thing.properties if sort == "feature" else vars(thing)
    value = own.get(field, "")
    if field == "views":
        views = thing.views
        return [text for view in views for text in (view.whose, view.says)]
    if field == "history":
        return [event["text"] for event in value]
    if field == "names":
        return [name for name, _ in value]
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


def _put_feature(feature: Feature, texts: Texts) -> Feature:
    if not texts:
        return feature
    values = dict(texts)
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
