"""Spellings that readers type, for the search alone; from ``layers/variants.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geo.errors import CatalogueError, raise_faults
from geo.model.catalogue import PROJECT_ROOT, read_toml

__all__ = ["Variants", "load_variants"]

FILE: Final = "layers/variants.toml"


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
    table = read_toml(root / FILE)
    faults: list[str] = []
    places = _lists("place", table.get("places", {}), faults)
    words: dict[str, Any] = {}
    for number, entry in enumerate(table.get("word", []), start=1):
        if entry.keys() != {"of", "also"}:
            found = ", ".join(sorted(entry))
            faults.append(f"word number {number} has {found}, expected of and also")
        elif entry["of"] in words:
            faults.append(f"word {entry['of']!r} stands twice")
        else:
            words[entry["of"]] = entry["also"]
    read = Variants(places, _lists("word", words, faults))
    raise_faults(CatalogueError, FILE, faults)
    return read


def _lists(what: str, table: Mapping[str, Any], faults: list[str]) -> dict[str, tuple[str, ...]]:
    lists = {}
    for name, spellings in table.items():
        if not isinstance(spellings, list) or not all(
            isinstance(text, str) and text.strip() for text in spellings
        ):
            faults.append(f"{what} {name!r}: found {spellings!r}, expected a list of spellings")
            continue
        if len(set(spellings)) < len(spellings):
            faults.append(f"{what} {name!r}: a spelling stands twice")
        lists[name] = tuple(spellings)
    return lists
