"""What ``layers/symbology.toml`` has for actors, kinds and relief, as it stands in its tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from geo.model.schema import (
    Colour,
    Drawn,
    Edtf,
    Flag,
    Latitude,
    Longitude,
    Name,
    Named,
    Number,
    Record,
    Said,
    Share,
    WholeNumber,
    expect,
)

__all__ = ["ActorTable", "KindTable", "Pixels", "PlateTable", "ReliefTable"]

Form = Literal["area", "line", "axis", "point"]
Edge = Literal["none", "line", "fade", "coast"]
Axis = Literal["solid", "cored", "open"]
Pixels = Annotated[Number, Field(ge=0, le=1000)]
Angle = Annotated[WholeNumber, Field(ge=0, le=360)]


def _from_south_to_north(parallels: tuple[float, float]) -> tuple[float, float]:
    south, north = parallels
    if not south < north:
        raise expect("a southern and a northern one")
    return parallels


Parallel = Annotated[Number, Field(gt=0, le=80)]
Parallels = Annotated[tuple[Parallel, Parallel], AfterValidator(_from_south_to_north)]
"""Of a cone over the north."""


@dataclass(frozen=True)
class ReliefTable:
    """Hill shading as the table has it."""

    __pydantic_config__ = Record

    extent: tuple[Longitude, Latitude, Longitude, Latitude]
    plate_extent: tuple[Longitude, Latitude, Longitude, Latitude]
    strength: dict[str, Share]
    fades: tuple[tuple[Number, Share], ...]


@dataclass(frozen=True)
class PlateTable:
    """How plates differ from maps on the screen, as the table has it."""

    __pydantic_config__ = Record

    parallels: Parallels


@dataclass(frozen=True)
class ActorTable:
    """An actor as the table has it: names still with their days as EDTF texts."""

    __pydantic_config__ = Record

    id: Name
    title: Drawn
    """Empty for nobody's."""
    light: Colour
    dark: Colour
    hatch: Angle
    axis: Axis
    names: tuple[tuple[Named, Edtf, Edtf], ...] = ()
    lands: tuple[Said, ...] = ()


@dataclass(frozen=True)
class KindTable:
    """A kind as the table has it; what a form does not need is left out."""

    __pydantic_config__ = Record

    id: Name
    title: Named
    form: Form
    order: WholeNumber
    fill: Share | None = None
    edge: Edge | None = None
    edge_width: Pixels | None = None
    hatch: Annotated[Pixels, Field(gt=0)] | None = None
    hatch_form: Literal["lines", "dots"] | None = None
    halo: Flag | None = None
    dash: tuple[Annotated[Pixels, Field(gt=0)], ...] | None = None
    width: Pixels | None = None
    icon: Name | None = None
    size: Pixels | None = None
    pattern: Name | None = None
    curve: Flag | None = None
    arrow: Flag | None = None
    series: Flag | None = None
