"""What ``layers/sketches/base.toml`` says: how far the base reaches, and what it is cut from.

An atlas of one's own needs the extent alone; the rest is for who cuts the base anew
(:mod:`geo.recipes.base`, :mod:`geo.recipes.relief`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.errors import SketchError, raise_faults
from geo.model.features import Rank
from geo.model.reading import read_toml
from geo.model.schema import (
    Colour,
    Day,
    Drawn,
    Id,
    Latitude,
    Length,
    Longitude,
    Named,
    Number,
    Position,
    Record,
    Said,
    Text,
    WholeNumber,
    expect,
    find_faults,
)

__all__ = ["BaseSketch", "Bounds", "Projection", "read_base_sketch"]

NAME: Final = "layers/sketches/base.toml"


def _is_projection(text: str) -> str:
    try:
        CRS(text)
    except CRSError as err:
        raise expect("a coordinate system that PROJ knows") from err
    return text


Projection = Annotated[Text, AfterValidator(_is_projection)]
Bounds = tuple[Longitude, Latitude, Longitude, Latitude]
Way = Annotated[list[Position], Field(min_length=2)]
Pair = tuple[Number, Number]


@dataclass(frozen=True)
class Islands:
    """Which islands are kept."""

    __pydantic_config__ = Record

    smallest_km2: Length
    keep_within: Bounds
    keep_smallest_km2: Length


@dataclass(frozen=True)
class World:
    """The rest of the world, beyond the extent."""

    __pydantic_config__ = Record

    generalisation_m: Length
    smallest_km2: Length
    longitudes: tuple[Longitude, Longitude]
    latitudes: tuple[Latitude, Latitude]


@dataclass(frozen=True)
class Input:
    """A file that is downloaded."""

    __pydantic_config__ = Record

    file: Named
    sha256: Named
    what: Said
    layer: Text = ""


@dataclass(frozen=True)
class Inputs:
    """All files that are downloaded."""

    __pydantic_config__ = Record

    boundaries: Input
    asia: Input
    europe: Input
    africa: Input
    globe: Input


@dataclass(frozen=True)
class Globe:
    """The land of the whole world."""

    __pydantic_config__ = Record

    layer: Named
    extent: Bounds


@dataclass(frozen=True)
class Image:
    """One form of the hill shading."""

    __pydantic_config__ = Record

    format: Literal["AVIF", "WEBP"]
    width: WholeNumber
    colour: Colour
    options: dict[str, Any]
    tones: WholeNumber = 0


@dataclass(frozen=True)
class Shading:
    """How hill shading is made; measures in pixels of its source."""

    __pydantic_config__ = Record

    file: Named
    sha256: Named
    what: Said
    tint: Length
    wide: Length
    reaches: Annotated[list[Length], Field(min_length=1)]
    weights: Annotated[list[Length], Field(min_length=1)]
    roughness: Pair
    shore: Length
    inland: Pair
    least: Number
    softness: Length
    fade: Pair
    page: Image
    plate: Image


@dataclass(frozen=True)
class Cut:
    """A line that divides two basins."""

    __pydantic_config__ = Record

    name: Named
    line: Way


@dataclass(frozen=True)
class Water:
    """A basin or a lake, by a point in it; a lake may bring a shore of its own."""

    __pydantic_config__ = Record

    id: Id
    title: Named
    at: Position
    begin: Day = ""
    end: Day = ""
    shore: list[Way] | None = None
    """Its edge and those of its islands."""
    source: Id | None = None
    label: Drawn = ""
    label_at: Position | None = None
    label_rank: Rank = 0
    label_path: Way | None = None


@dataclass(frozen=True)
class River:
    """A river, by points near the pieces that the source has of it."""

    __pydantic_config__ = Record

    id: Id
    title: Named
    near: list[Position]


@dataclass(frozen=True)
class BaseSketch:
    """The whole file."""

    __pydantic_config__ = Record

    extent: Bounds
    generalisation_m: Length | None = None
    projection: Projection | None = None
    islands: Islands | None = None
    world: World | None = None
    inputs: Inputs | None = None
    globe: Globe | None = None
    merge: dict[Text, Text] | None = None
    provinces: dict[Text, Text | list[Text]] | None = None
    rename: dict[Text, Text] | None = None
    relief: Shading | None = None
    basin_cut: list[Cut] | None = None
    sea: list[Water] | None = None
    lake: list[Water] | None = None
    river: list[River] | None = None


def read_base_sketch(sketches: Path, *, whole: bool = False) -> Mapping[str, Any]:
    """Read ``base.toml``; `whole` where the base is to be cut, which needs all of it.

    Raises GeoError with every fault found.
    """
    table = read_toml(sketches / "base.toml")
    faults = find_faults(BaseSketch, table)
    if whole:
        faults += [f"lacks {item.name}" for item in fields(BaseSketch) if item.name not in table]
    raise_faults(SketchError, NAME, faults)
    return table
