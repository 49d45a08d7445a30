"""What the atlas says in words, and where it says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from geo.model.catalogue import Catalogue
from geo.model.features import Feature
from geo.model.timespan import Timespan

__all__ = ["Passage", "read_passages"]

OF_FEATURES: Final = ("title", "label", "note", "dispute", "context")


@dataclass(frozen=True)
class Passage:
    """A text, and the time it is about."""

    where: str
    text: str
    about: Timespan | None = None
    """None when it tells of no time in particular."""


def read_passages(catalogue: Catalogue, features: Iterable[Feature]) -> Iterator[Passage]:
    """Yield every text of the atlas that says something of the past."""
    for era in catalogue.eras:
        for text in (era.title, era.caption, era.alt):
            yield Passage(f"era {era.id}", text, era.timespan)
    for feature in features:
        own = feature.properties
        texts = [own.get(key, "") for key in OF_FEATURES]
        texts += own.get("figures", [])
        texts += [event["text"] for event in own.get("history", [])]
        texts += [view.says for view in feature.views]
        for text in filter(None, texts):
            yield Passage(f"feature {feature.id}", text, feature.timespan)
    for claim in catalogue.claims.values():
        for text in (claim.finding, *(view.says for view in claim.views)):
            yield Passage(f"claim {claim.id}", text)
    for source in catalogue.sources.values():
        yield Passage(f"source {source.id}", source.citation)
