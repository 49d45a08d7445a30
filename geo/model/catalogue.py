"""The catalogue: what the files in ``layers/`` and ``seeds/`` declare, as frozen objects.

``layers/catalogue.toml`` declares eras and layers, ``layers/sources.toml`` the bibliography,
``seeds/claims.toml`` what the source text asserts. This module reads them and checks each
declaration for itself; what binds them to features is checked in :mod:`geo.checks.atlas`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from geo.errors import CatalogueError, GeoError, UnknownIdError, raise_faults
from geo.model.timespan import Timespan, timespan_from_iso
from geo.model.views import View, find_view_faults, read_views

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
class Source:
    """A work that a feature or a finding cites."""

    id: str
    title: str
    producer: str
    """Author, editor or issuing body."""
    citation: str
    """The full citation, as a bibliography prints it."""
    license: str
    """Licence of the work, or ``cited only`` when nothing but facts was taken from it."""
    url: str = ""
    date_published: str = ""
    date_accessed: str = ""
    read: str = ""
    """What was seen of it: ``whole``, ``excerpt`` or ``no``."""
    locator: str = ""
    """Page, article or document number."""
    doi: str = ""
    """Without its address."""
    isbn: str = ""
    language: str = ""
    """BCP 47; empty for English."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the source text."""

    id: str
    """``P01`` to ``P28``."""
    subject: str
    """What it is about, in a few words of ours."""
    no_claim: str = ""
    """Why it has no claim; empty when it has some."""


@dataclass(frozen=True)
class Claim:
    """One assertion of the source text, in our words."""

    id: str
    """Paragraph and number, such as ``P08-1``."""
    paragraph: str
    statement: str
    features: tuple[str, ...] = ()
    """Ids of the features that show it."""
    not_mapped: str = ""
    """Why no feature shows it."""
    pending: str = ""
    """What is still to be mapped; empty when nothing is."""
    finding: str = ""
    """Where research disagrees with the text; empty when it does not."""
    finding_sources: tuple[str, ...] = ()
    """Sources of the finding."""
    views: tuple[View, ...] = ()
    """Accounts of the sides, where they differ."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of its finding and its views."""
        return (*self.finding_sources, *(name for view in self.views for name in view.sources))


@dataclass(frozen=True)
class Era:
    """A named timespan with its own argument and view."""

    id: str
    title: str
    label: str
    """Short text for the slider."""
    begin: str
    """First day, ISO."""
    end: str
    """First day after, ISO: ``[begin, end)``."""
    as_of: str
    """The day whose states and names the base map shows, ISO."""
    caption: str
    bounds: tuple[float, float, float, float]
    """What the era is about: (west, south, east, north), degrees, EPSG:4326."""
    layers: tuple[str, ...]
    """Layers shown at first; others that overlap in time can be added by the reader."""
    alt: str
    """The map in words, for those who do not see it."""
    claims: tuple[str, ...] = ()
    dates: str = ""
    """The timespan as the reader sees it."""
    formerly: tuple[str, ...] = ()
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

    id: str
    title: str
    file: str
    """Path below ``layers/``."""
    description: str
    sources: tuple[str, ...]
    lineage: str
    """The command that makes it, and from what."""
    scale: str = ""
    """Scale the geometry is made for, such as 1:5 000 000."""
    generalisation_m: int = 0
    """Tolerance of generalisation, metres."""
    license: str = "CC BY 4.0"
    base: bool = False
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
        """Return where a layer's GeoJSON lies."""
        return self.root / "layers" / layer.file


def load_catalogue(root: Path = PROJECT_ROOT) -> Catalogue:
    """Read all declarations below a project root; raises CatalogueError with every fault found.

    Examples
    --------
    >>> import geo
    >>> geo.load_catalogue().title
    'Iran and Russia'
    """
    declared = read_toml(root / "layers" / "catalogue.toml")
    seeds = read_toml(root / "seeds" / "claims.toml")
    sources = read_toml(root / "layers" / "sources.toml")
    atlas = declared.get("atlas", {})
    faults: list[str] = [
        f"layers/catalogue.toml: [atlas] lacks {key}"
        for key in ("title", "subtitle", "attribution", "authors", "credits", "license")
        if key not in atlas
    ]
    eras = _records(Era, declared, "era", "layers/catalogue.toml", faults)
    for era in eras:
        _check_era(era, faults)
    retired = declared.get("retired", {})
    faults += _former_faults(eras, retired)
    layers = _records(Layer, declared, "layer", "layers/catalogue.toml", faults)
    known = {layer.id for layer in layers}
    faults += [
        f"layers/catalogue.toml: era {era.id!r} shows unknown layer {layer_id!r}"
        for era in eras
        for layer_id in era.layers
        if layer_id not in known
    ]
    bibliography = _records(Source, sources, "source", "layers/sources.toml", faults)
    paragraphs = _records(Paragraph, seeds, "paragraph", "seeds/claims.toml", faults)
    claims = _records(Claim, seeds, "claim", "seeds/claims.toml", faults)
    raise_faults(CatalogueError, str(root), faults)
    return Catalogue(
        root=root,
        title=atlas["title"],
        subtitle=atlas["subtitle"],
        attribution=atlas["attribution"],
        authors=atlas["authors"],
        credits=atlas["credits"],
        license=atlas["license"],
        eras=eras,
        layers=layers,
        sources={source.id: source for source in bibliography},
        claims={claim.id: claim for claim in claims},
        paragraphs={paragraph.id: paragraph for paragraph in paragraphs},
        retired=retired,
    )


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; raises CatalogueError naming the file, line and column."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as err:
        raise CatalogueError(f"{path}: cannot be read: {err.strerror}") from err
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as err:
        raise CatalogueError(f"{path}: not valid TOML: {err}") from err


_Record = TypeVar("_Record", Source, Paragraph, Claim, Era, Layer)


def _records(
    kind: type[_Record], tables: Mapping[str, Any], key: str, where: str, faults: list[str]
) -> tuple[_Record, ...]:
    """Turn the ``[[key]]`` tables of a file into records, adding every fault to `faults`."""
    known = {item.name for item in fields(kind)}
    required = {
        item.name
        for item in fields(kind)
        if item.default is MISSING and item.default_factory is MISSING
    }
    records: dict[str, _Record] = {}
    for number, table in enumerate(tables.get(key, []), start=1):
        name = f"{where}: {key} {table.get('id', f'number {number}')!r}"
        problems = [f"lacks {missing}" for missing in sorted(required - table.keys())]
        problems += [f"has unknown key {extra}" for extra in sorted(table.keys() - known)]
        if table.get("id") in records:
            problems.append("is declared twice")
        problems += find_view_faults(table.get("views", []))
        if problems:
            faults += [f"{name} {problem}" for problem in problems]
            continue
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
        if "views" in table:
            values["views"] = read_views(table["views"])
        records[table["id"]] = kind(**values)  # type: ignore[arg-type]  # TOML is untyped
    return tuple(records.values())


def _check_era(era: Era, faults: list[str]) -> None:
    name = f"layers/catalogue.toml: era {era.id!r}"
    try:
        if not era.timespan.contains(date.fromisoformat(era.as_of)):
            faults.append(f"{name}: as_of {era.as_of} is not within {era.begin} – {era.end}")
    except (GeoError, ValueError) as err:
        faults.append(f"{name}: {err}")
    west, south, east, north = era.bounds if len(era.bounds) == 4 else (0, 0, 0, 0)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        faults.append(f"{name}: bounds {list(era.bounds)}, expected [west, south, east, north]")


def _former_faults(eras: Sequence[Era], retired: Mapping[str, Any]) -> list[str]:
    where = "layers/catalogue.toml"
    ids = {era.id for era in eras}
    faults = [
        f"{where}: era {era.id!r}: formerly {old!r} is the id of an era that is there"
        for era in eras
        for old in era.formerly
        if old in ids
    ]
    for old, day in retired.items():
        heirs = [era for era in eras if old in era.formerly]
        if not isinstance(day, date):
            faults.append(f"{where}: [retired] {old}: found {day!r}, expected a date 1907-09-01")
        elif not heirs:
            faults.append(f"{where}: [retired] {old}: no era names it in formerly")
        elif not any(era.timespan.contains(day) for era in heirs):
            names = ", ".join(era.id for era in heirs)
            faults.append(f"{where}: [retired] {old}: none of {names} holds {day}")
    return faults


def _find(items: Iterable[_Record], what: str, wanted: str) -> _Record:
    by_id = {item.id: item for item in items}
    if wanted not in by_id:
        raise UnknownIdError(what, wanted, by_id)
    return by_id[wanted]
