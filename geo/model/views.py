"""Views: what one side says of a feature or a statement, beside what the atlas finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from geo.model.schema import Id, Named, Record, Said

__all__ = ["View", "read_views"]


@dataclass(frozen=True)
class View:
    """An account that differs from others, with who gives it."""

    __pydantic_config__ = Record

    whose: Named
    """An adjective, such as ``Soviet``: texts put "view" after it."""
    says: Said
    sources: Annotated[tuple[Id, ...], Field(min_length=1)]


def read_views(tables: Iterable[Mapping[str, Any]]) -> tuple[View, ...]:
    """Return views as GeoJSON has them; they must have been found in order."""
    return tuple(View(table["whose"], table["says"], tuple(table["sources"])) for table in tables)
