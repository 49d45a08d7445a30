"""The payload's types: what a document holds, by name; see ``Contents`` in state/data.js.

Optional keys are left out where they would be empty. Days are ISO, spans half-open, positions
longitude and latitude in degrees, areas km², lengths km.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict

__all__ = [
    "BaseEntry",
    "ClaimEntry",
    "EraEntry",
    "FeatureEntry",
    "Opening",
    "Payload",
    "ReliefEntry",
    "SourceEntry",
]


class MapTexts(TypedDict):
    """What an era's map says for itself."""

    callouts: NotRequired[list[dict[str, Any]]]
    """Text, position (at), and the days between which it holds."""
    pointers: NotRequired[list[dict[str, Any]]]
    """Text and position of what lies off the map."""
    inset: NotRequired[dict[str, Any]]
    """The small map in its corner: title, bounds, marks (text, at), ids of what it shows."""
    dry: NotRequired[list[int]]
    """Numbers of the lakes that were not there yet."""


class Home(TypedDict):
    """Which state is set off from its neighbours."""

    home: NotRequired[int]
    """Number of its outline; left out where the base has none."""


class EraEntry(MapTexts, Home):
    """An era, with what the base shows in it."""

    id: str
    title: str
    label: str
    dates: str
    begin: str
    end: str
    day: str
    """Whose states and names the base shows."""
    caption: str
    alt: str
    bounds: list[float]
    """West, south, east, north."""
    layers: list[str]
    borders: list[int]
    who: dict[str, dict[str, str]]
    """What those whose name changed are called in its legend, by actor and kind."""


class FeatureEntry(TypedDict):
    """A thematic feature."""

    id: str
    layer: str
    kind: str
    title: str
    certainty: str
    sources: NotRequired[list[str]]
    actor: NotRequired[str]
    who: NotRequired[str]
    """What its actor was called in its time, where the document says otherwise."""
    label: NotRequired[str]
    rank: NotRequired[int]
    begin: NotRequired[str]
    end: NotRequired[str]
    when: NotRequired[str]
    status: NotRequired[str]
    precision: NotRequired[float]
    claims: NotRequired[list[str]]
    context: NotRequired[str]
    note: NotRequired[str]
    dispute: NotRequired[str]
    views: NotRequired[list[tuple[str, str, list[str]]]]
    """Whose, what it says, ids of sources."""
    figures: NotRequired[list[str]]
    history: NotRequired[list[tuple[str, str]]]
    force: NotRequired[int]
    km2: NotRequired[int]
    km: NotRequired[int]
    line: NotRequired[int]
    """Where it is written: line of its layer's sketch."""
    label_at: NotRequired[list[float]]
    room: NotRequired[float]
    """Degrees of longitude around an area's label that are surely inside."""
    stops: NotRequired[list[list[str]]]
    """EDTF, in words, in short, by vertex; empty without a date."""
    at: NotRequired[list[float]]
    """A point's position."""
    shape: NotRequired[list[Any]]
    """Lines or polygons, as numbers of arcs."""
    own: NotRequired[list[list[int]]]
    """An area's edges that are no frontier and no coast."""


class SourceEntry(TypedDict):
    """A work that is cited."""

    citation: str
    url: NotRequired[str]
    doi: NotRequired[str]
    isbn: NotRequired[str]


class ClaimEntry(TypedDict):
    """A statement of the source text, and what was found of it."""

    statement: str
    finding: NotRequired[str]
    sources: NotRequired[list[str]]
    views: NotRequired[list[tuple[str, str, list[str]]]]


class BaseEntry(TypedDict):
    """The ground: lines and areas as numbers of arcs, and names."""

    land: list[Any]
    coast: list[Any]
    world: list[Any]
    lakes: list[Any]
    rivers: list[Any]
    homes: list[Any]
    borders: list[dict[str, Any]]
    names: list[dict[str, Any]]
    more: list[dict[str, Any]]
    """States that no map names."""
    places: list[dict[str, Any]]


class ReliefEntry(TypedDict):
    """Where the hill shading lies, and how strong it is by zoom."""

    extent: Sequence[float]
    """West, south, east, north."""
    fades: Sequence[Sequence[float]]
    """Zoom and opacity, rising zooms."""


class Opening(TypedDict):
    """What a document opens with."""

    opening: NotRequired[list[tuple[str, str]]]
    """Names and values, as an address has them."""


class Payload(Opening):
    """All that a document holds."""

    title: str
    subtitle: str
    attribution: str
    authors: str
    credits: str
    license: str
    version: str
    extent: list[float]
    least_zoom: int
    padding: int
    language: str
    direction: str
    locale: str
    ui: dict[str, str]
    first: str
    former: dict[str, str]
    eras: list[EraEntry]
    layers: list[dict[str, str]]
    actors: dict[str, dict[str, Any]]
    kinds: dict[str, dict[str, Any]]
    icons: dict[str, str]
    type: dict[str, dict[str, Any]]
    faces: dict[str, str]
    styles: dict[str, dict[str, Any]]
    colours: dict[str, str]
    sources: dict[str, SourceEntry]
    claims: dict[str, ClaimEntry]
    paragraphs: dict[str, str]
    words: list[list[str]]
    step: int
    digits: list[str | int]
    arcs: list[list[int]]
    relief: ReliefEntry | None
    base: BaseEntry
    features: list[FeatureEntry]
    overlaps: list[tuple[int, int, int]]
    report: dict[str, str] | None
    """The file of a layer by its id ({0}), and where corrections are taken."""
    limits: dict[str, int]
    """How much an address may add."""
    parts: list[str]
    """What of the page an address may leave out."""
