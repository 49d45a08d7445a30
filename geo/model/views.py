"""Views: what one side says of a feature or a statement, beside what the atlas finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

__all__ = ["View", "find_view_faults", "read_views"]

KEYS: Final = frozenset({"whose", "says", "sources"})


@dataclass(frozen=True)
class View:
    """An account that differs from others, with who gives it."""

    whose: str
    """An adjective, such as ``Soviet``: texts put "view" after it."""
    says: str
    sources: tuple[str, ...]


def read_views(tables: Iterable[Mapping[str, Any]]) -> tuple[View, ...]:
    """Return views as TOML and GeoJSON have them; they must have been found in order."""
    return tuple(View(table["whose"], table["says"], tuple(table["sources"])) for table in tables)


def find_view_faults(tables: Any) -> list[str]:
    """Return what is wrong with views as TOML and GeoJSON have them."""
    if not isinstance(tables, list | tuple) or not all(isinstance(item, dict) for item in tables):
        return [f"views {tables!r}, expected a list of {{ whose, says, sources }}"]
    faults = []
    for number, table in enumerate(tables, start=1):
        name = f"view {number}"
        if table.keys() != KEYS:
            found = ", ".join(sorted(table)) or "nothing"
            faults.append(f"{name} has {found}, expected whose, says, sources")
            continue
        faults += [
            f"{name}: {key} {table[key]!r}, expected a text"
            for key in ("whose", "says")
            if not isinstance(table[key], str) or not table[key].strip()
        ]
        sources = table["sources"]
        if not isinstance(sources, list | tuple) or not sources:
            faults.append(f"{name}: sources {sources!r}, expected a list of ids")
    return faults
