"""Spellings that readers type, for the search alone; from ``layers/variants.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator

from geo.errors import CatalogueError, raise_faults, show
from geo.model.catalogue import PROJECT_ROOT
from geo.model.schema import Declarations, Id, Named, Record, expect, find_faults, read_record

__all__ = ["Variants", "load_variants", "survey_variants"]

FILE: Final = "layers/variants.toml"


def _distinct(spellings: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(spellings)) < len(spellings):
        raise expect("each spelling once")
    return spellings


Spellings = Annotated[tuple[Named, ...], AfterValidator(_distinct)]


@dataclass(frozen=True)
class Word:
    """A word of our texts, and how readers may type it."""

    __pydantic_config__ = Record

    of: Named
    also: Spellings


@dataclass(frozen=True)
class Variants:
    """Further spellings of places and words."""

    places: Mapping[str, tuple[str, ...]]
    """By the id of a place in the gazetteer."""
    words: Mapping[str, tuple[str, ...]]
    """By a word of our texts."""

    def of_place(self, feature_id: str) -> tuple[str, ...]:
        """Return the spellings of a place by the id of its feature."""
        return self.places.get(feature_id.removeprefix("place-"), ())

    def words_in(self, texts: Iterable[str]) -> list[list[str]]:
        """Return [word, spelling, …] of the words that occur in some texts."""
        said = "\n".join(texts).lower()
        return [[word, *also] for word, also in self.words.items() if word.lower() in said]


def load_variants(root: Path = PROJECT_ROOT) -> Variants:
    """Read ``layers/variants.toml``; raises CatalogueError with every fault found."""
    variants, faults = survey_variants(root)
    raise_faults(CatalogueError, "", faults)
    return variants


def survey_variants(root: Path = PROJECT_ROOT) -> tuple[Variants, list[str]]:
    """Return the spellings that are in order, and what is wrong with the others."""
    faults: list[str] = []
    declared = Declarations.read(root, FILE, faults)
    declared.expect_keys(("places", "word"))
    table = declared.table.get("places", {})
    places: dict[str, tuple[str, ...]] = {}
    if isinstance(table, Mapping):
        for name, spellings in table.items():
            problems = find_faults(dict[Id, Spellings], {name: spellings})
            faults += [f"{FILE}: place {problem}" for problem in problems]
            places |= {} if problems else {name: tuple(spellings)}
    else:
        faults.append(f"{FILE}: places {show(table)}, expected a table [places]")
    words: dict[str, tuple[str, ...]] = {}
    for number, entry in enumerate(declared.tables("word"), start=1):
        word, problems = read_record(Word, entry)
        for problem in problems:
            declared.add("word", number, f"word number {number} {problem}")
        if word and word.of in words:
            declared.add("word", number, f"word {word.of!r} stands twice")
        elif word:
            words[word.of] = word.also
    return Variants(places, words), faults
