"""The catalogue: what the files in ``layers/`` and ``seeds/`` declare, as frozen objects.

``layers/catalogue.toml`` declares eras and layers, ``layers/sources.toml`` the bibliography,
``seeds/claims.toml`` what the source text asserts. This module reads them and checks each
declaration for itself; what binds them to features is checked in :mod:`geo.checks.atlas`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from geo.errors import CatalogueError, UnknownIdError, raise_faults
from geo.model.consistency import (
    CATALOGUE,
    CLAIMS,
    SOURCES,
    check_era,
    find_base_faults,
    find_former_faults,
    find_link_faults,
    find_order_faults,
)
from geo.model.reading import read_toml
from geo.model.records import Claim, Paragraph, Source
from geo.model.schema import (
    Address,
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
    corrections: str = ""
    """Address where corrections are taken; empty for none."""
    search: str = ""
    """What stands in the empty search field; empty for the word alone."""
    spoken: Mapping[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    """In another language than English: texts of callouts and of the base, by sort and id."""

    @property
    def themes(self) -> tuple[Layer, ...]:
        """The layers that are not base."""
        return tuple(layer for layer in self.layers if not layer.base)

    def era(self, era_id: str) -> Era:
        """Return an era by its id or a former one; raises UnknownIdError."""
        return _find(self.eras, "era", self.former.get(era_id, era_id))

    @cached_property
    def claims_by_feature(self) -> Mapping[str, list[str]]:
        """The ids of the claims that name a feature, by its id."""
        claims: dict[str, list[str]] = {}
        for claim in self.claims.values():
            for feature in claim.features:
                claims.setdefault(feature, []).append(claim.id)
        return claims

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
    corrections: Address = ""
    search: Drawn = ""


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
        check_era(era, faults)
    faults += [*find_order_faults(eras), *find_former_faults(eras, retired)]
    if whole:  # else what is linked may only have been left out above
        faults += [*find_base_faults(layers), *find_link_faults(eras, layers, sources, claims)]
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
        corrections=heading.corrections,
        search=heading.search,
    )


_Declared = TypeVar("_Declared", Era, Layer)


def _find(items: Iterable[_Declared], what: str, wanted: str) -> _Declared:
    by_id = {item.id: item for item in items}
    if wanted not in by_id:
        raise UnknownIdError(what, wanted, by_id)
    return by_id[wanted]
