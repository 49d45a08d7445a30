"""The catalogue: what the files in ``layers/`` and ``seeds/`` declare, as frozen objects.

``layers/catalogue.toml`` declares eras and layers, ``layers/sources.toml`` the bibliography,
``seeds/claims.toml`` what the source text asserts. This module reads them and checks each
declaration for itself; what binds them to features is checked in :mod:`geo.checks.atlas`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeVar

from geo.errors import CatalogueError, GeoError, UnknownIdError, raise_faults, show, suggest
from geo.model.reading import read_toml
from geo.model.records import Claim, Paragraph, Source
from geo.model.schema import (
    Day,
    Declarations,
    Drawn,
    FileName,
    Flag,
    Id,
    Latitude,
    Longitude,
    Name,
    Named,
    Record,
    Said,
    Text,
    WholeNumber,
)
from geo.model.timespan import Timespan, timespan_from_iso

__all__ = [
    "PROJECT_ROOT",
    "Catalogue",
    "Claim",
    "Era",
    "Layer",
    "Paragraph",
    "Source",
    "load_catalogue",
    "read_toml",
]

PACKAGE: Final = Path(__file__).resolve().parents[1]

CATALOGUE: Final = "layers/catalogue.toml"
SOURCES: Final = "layers/sources.toml"
CLAIMS: Final = "seeds/claims.toml"

UNBUILT: Final = "layers/.unbuilt"
"""Stands there while the layers are older than what their sketches say: the last build failed."""

BASE: Final = tuple(
    f"base-{name}"
    for name in ("land", "coast", "world", "seas", "lakes", "rivers", "states", "borders", "places")
)
"""Layers that every map is drawn on."""

PROJECT_ROOT: Final = next(
    (root for root in (PACKAGE.parent, PACKAGE / "atlas") if (root / "layers").is_dir()),
    PACKAGE.parent,
)


@dataclass(frozen=True)
class Era:
    """A named timespan with its own argument and view."""

    __pydantic_config__ = Record

    id: Id
    title: Named
    label: Named
    """Short text for the slider."""
    begin: Day
    """First day, ISO."""
    end: Day
    """First day after, ISO: ``[begin, end)``."""
    as_of: Day
    """The day whose states and names the base map shows, ISO."""
    caption: Said
    bounds: tuple[Longitude, Latitude, Longitude, Latitude]
    """What the era is about: (west, south, east, north), degrees, EPSG:4326."""
    layers: tuple[Id, ...]
    """Layers shown at first; others that overlap in time can be added by the reader."""
    alt: Said
    """The map in words, for those who do not see it."""
    claims: tuple[Name, ...] = ()
    dates: Drawn = ""
    """The timespan as the reader sees it."""
    formerly: tuple[Id, ...] = ()
    """Ids of eras that were divided or renamed: addresses with them may lead here."""

    @cached_property
    def timespan(self) -> Timespan:
        """The era's valid time."""
        return timespan_from_iso(self.begin, self.end)

    @property
    def day(self) -> date:
        """The day whose states and names the base map shows."""
        return date.fromisoformat(self.as_of)


@dataclass(frozen=True)
class Layer:
    """One GeoJSON file and where it comes from."""

    __pydantic_config__ = Record

    id: Id
    title: Named
    file: FileName
    """Path below ``layers/``."""
    description: Said
    sources: tuple[Id, ...]
    lineage: Said
    """The command that makes it, and from what."""
    scale: Text = ""
    """Scale the geometry is made for, such as 1:5 000 000."""
    generalisation_m: WholeNumber = 0
    """Tolerance of generalisation, metres."""
    license: Said = "CC BY 4.0"
    base: Flag = False
    """True for what lies under every era (land, water, states, places)."""


@dataclass(frozen=True)
class Catalogue:
    """Everything the atlas declares; geometry stays in the layer files.

    Examples
    --------
    >>> import geo
    >>> catalogue = geo.load_catalogue()
    >>> catalogue.era("1907-spheres").begin
    '1907-08-31'
    >>> catalogue.layer("spheres-1907").file
    'spheres-1907.geojson'
    """

    root: Path
    title: str
    subtitle: str
    attribution: str
    eras: tuple[Era, ...]
    layers: tuple[Layer, ...]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    authors: str
    """Who a citation names."""
    credits: str
    """Whose data lie under the map, as a citation names them."""
    license: str
    """Licence of the layers."""
    paragraphs: Mapping[str, Paragraph] = field(default_factory=dict)
    retired: Mapping[str, date] = field(default_factory=dict)
    """The day whose map an era showed that is no more, by its id."""
    unread: frozenset[str] = frozenset()
    """Layers of the base that cannot be read: maps are drawn without them."""

    @property
    def themes(self) -> tuple[Layer, ...]:
        """The layers that are not base."""
        return tuple(layer for layer in self.layers if not layer.base)

    def era(self, era_id: str) -> Era:
        """Return an era by its id or a former one; raises UnknownIdError."""
        return _find(self.eras, "era", self.former.get(era_id, era_id))

    @cached_property
    def former(self) -> Mapping[str, str]:
        """The id of the era that a former id leads to."""
        return self.find_former(self.eras)

    def find_former(self, eras: Iterable[Era]) -> dict[str, str]:
        """Return which of some eras each former id leads to.

        It is the first of those that name the id in ``formerly``; where the day is known that the
        old era showed (``retired``), the first of those that hold it.
        """
        named: dict[str, list[Era]] = {}
        for era in eras:
            for old in era.formerly:
                named.setdefault(old, []).append(era)
        found = {}
        for old, heirs in named.items():
            day = self.retired.get(old)
            holding = [era for era in heirs if day and era.timespan.contains(day)]
            found[old] = (holding or heirs)[0].id
        return found

    def layer(self, layer_id: str) -> Layer:
        """Return a layer by id; raises UnknownIdError."""
        return _find(self.layers, "layer", layer_id)

    def path(self, layer: Layer) -> Path:
        """Return where a layer's GeoJSON lies; raises CatalogueError when that is elsewhere."""
        folder = self.root / "layers"
        path = folder / layer.file
        if not path.resolve().is_relative_to(folder.resolve()):
            raise CatalogueError(f"{path}: leads out of {folder}, expected a file in it")
        return path


@dataclass(frozen=True)
class Heading:
    """What the ``[atlas]`` table says: see Catalogue."""

    __pydantic_config__ = Record

    title: Named
    subtitle: Drawn
    attribution: Said
    authors: Said
    credits: Said
    license: Said


def load_catalogue(root: Path = PROJECT_ROOT) -> Catalogue:
    """Read all declarations below a project root; raises CatalogueError with every fault found.

    Examples
    --------
    >>> import geo
    >>> geo.load_catalogue().title
    'Iran and Russia'
    """
    faults: list[str] = []
    declared = Declarations.read(root, CATALOGUE, faults)
    seeds = Declarations.read(root, CLAIMS, faults)
    works = Declarations.read(root, SOURCES, faults)
    declared.expect_keys(("atlas", "era", "layer", "retired"))
    seeds.expect_keys(("paragraph", "claim"))
    works.expect_keys(("source",))
    raise_faults(CatalogueError, "", faults)
    heading = declared.record(Heading, "atlas")
    eras = tuple(declared.records(Era, "era").values())
    layers = tuple(declared.records(Layer, "layer").values())
    sources = works.records(Source, "source")
    paragraphs = seeds.records(Paragraph, "paragraph")
    claims = seeds.records(Claim, "claim")
    retired = declared.table.get("retired", {})
    whole = not faults
    for era in eras:
        _check_era(era, faults)
    faults += [*_order_faults(eras), *_former_faults(eras, retired)]
    if whole:  # else what is linked may only have been left out above
        faults += [*_base_faults(layers), *_link_faults(eras, layers, sources, claims)]
    if heading is None or faults:
        raise_faults(CatalogueError, "", faults)
        raise AssertionError("a heading that is at fault has faults")
    return Catalogue(
        root=root,
        title=heading.title,
        subtitle=heading.subtitle,
        attribution=heading.attribution,
        authors=heading.authors,
        credits=heading.credits,
        license=heading.license,
        eras=eras,
        layers=layers,
        sources=sources,
        claims=claims,
        paragraphs=paragraphs,
        retired=retired,
    )


def _check_era(era: Era, faults: list[str]) -> None:
    name = f"{CATALOGUE}: era {era.id!r}"
    try:
        if not era.timespan.contains(era.day):
            faults.append(f"{name}: as_of {era.as_of} is not within {era.begin} – {era.end}")
    except GeoError as err:
        faults.append(f"{name}: {err}")
    west, south, east, north = era.bounds
    if not (west < east and south < north):
        faults.append(f"{name}: bounds {list(era.bounds)}, expected [west, south, east, north]")


def _order_faults(eras: Sequence[Era]) -> list[str]:
    if not eras:
        return [f"{CATALOGUE}: has no [[era]], expected at least one"]
    return [
        f"{CATALOGUE}: era {later.id!r} begins on {later.begin} and stands after {earlier.id!r}, "
        f"which begins on {earlier.begin}: expected the order of time"
        for earlier, later in pairwise(eras)
        if later.begin < earlier.begin
    ]


def _base_faults(layers: Iterable[Layer]) -> list[str]:
    """Return a fault for each layer that every map stands on and that is not declared."""
    declared = {layer.id for layer in layers if layer.base}
    return [
        f"{CATALOGUE}: has no layer {name!r} with base = true, which every map stands on"
        for name in BASE
        if name not in declared
    ]


def _link_faults(
    eras: Iterable[Era],
    layers: Iterable[Layer],
    sources: Mapping[str, Source],
    claims: Mapping[str, Claim],
) -> list[str]:
    """Return a fault for each id that one declaration names and no other declares."""
    known = {layer.id for layer in layers}
    faults = [
        *(
            f"{CATALOGUE}: era {era.id!r} shows unknown layer {name!r}; {suggest(name, known)}"
            for era in eras
            for name in era.layers
            if name not in known
        ),
        *(
            f"{CATALOGUE}: era {era.id!r}: claim {name!r} does not exist"
            for era in eras
            for name in era.claims
            if name not in claims
        ),
    ]
    cited = [(f"{CATALOGUE}: layer {layer.id!r}", layer.sources) for layer in layers]
    cited += [(f"{CLAIMS}: claim {claim.id!r}", claim.sources) for claim in claims.values()]
    return faults + [
        f"{where}: source {name!r} does not exist"
        for where, names in cited
        for name in names
        if name not in sources
    ]


def _former_faults(eras: Sequence[Era], retired: Mapping[str, Any]) -> list[str]:
    where = CATALOGUE
    if not isinstance(retired, Mapping):
        return [f"{where}: retired {show(retired)}, expected a table [retired]"]
    ids = {era.id for era in eras}
    faults = [
        f"{where}: era {era.id!r}: formerly {old!r} is the id of an era that is there"
        for era in eras
        for old in era.formerly
        if old in ids
    ]
    for old, day in retired.items():
        heirs = [era for era in eras if old in era.formerly]
        if not isinstance(day, date) or isinstance(day, datetime):
            faults.append(
                f"{where}: [retired] {old}: found {show(day)}, expected a date 1907-09-01"
            )
        elif not heirs:
            faults.append(f"{where}: [retired] {old}: no era names it in formerly")
        elif not any(era.timespan.contains(day) for era in heirs):
            names = ", ".join(era.id for era in heirs)
            faults.append(f"{where}: [retired] {old}: none of {names} holds {day}")
    return faults


_Declared = TypeVar("_Declared", Era, Layer)


def _find(items: Iterable[_Declared], what: str, wanted: str) -> _Declared:
    by_id = {item.id: item for item in items}
    if wanted not in by_id:
        raise UnknownIdError(what, wanted, by_id)
    return by_id[wanted]
