"""Symbology: how each kind of feature is drawn. A table, read from ``layers/symbology.toml``."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field

from geo.errors import CatalogueError, TimespanError, UnknownIdError, raise_faults, show
from geo.fonts.faces import FACES, FAMILIES, Face, family_list
from geo.model.catalogue import PROJECT_ROOT
from geo.model.neutral import colour_table, neutral_kinds
from geo.model.schema import (
    Colour,
    Declarations,
    Flag,
    Name,
    Number,
    Record,
    WholeNumber,
    find_faults,
    read_record,
)
from geo.model.symbol_tables import ActorTable, KindTable, Pixels, PlateTable, ReliefTable
from geo.model.timespan import Timespan, timespan_from_edtf

__all__ = [
    "RELIEF",
    "Actor",
    "Kind",
    "Relief",
    "Symbology",
    "TypeStyle",
    "load_symbology",
    "to_css",
]

RELIEF: Final = {kind: Path("layers", "base", f"relief.{kind}") for kind in ("avif", "webp")}
"""Hill shading, below the root of an atlas: smooth for pages, in some tones for plates."""

SYMBOLOGY: Final = "layers/symbology.toml"
THEMES: Final = ("light", "dark")
ATTRIBUTE: Final = re.compile(r"(?=.{1,40}$)[a-z]+(-[a-z]+)*")
VALUE: Final = re.compile(r"[A-Za-z0-9 .,-]{1,80}")
ICON: Final = re.compile(r"[MmLlHhVvCcSsQqAaZz0-9., -]{1,4000}")
PAINTS: Final = ("fill", "stroke")


MARGIN: Final = 0.1
"""Share of a time in which an actor must have had a name to be called so."""


LETTERS: Final = {"light": 0.42, "dark": 0.7}
"""Share of a theme's ink in the colour of an actor's letters: dark grounds tint far more."""


@dataclass(frozen=True)
class Actor:
    """Somebody who acts on the map: a hue, and forms for those who do not see hues."""

    id: str
    title: str
    light: str
    """Colour on the light map, #rrggbb."""
    dark: str
    """Colour on the dark map, #rrggbb."""
    hatch: int
    """Angle of hatching, degrees clockwise from vertical."""
    axis: str
    """How its arrows are filled: solid, cored or open."""
    names: tuple[tuple[str, Timespan], ...] = ()
    """What it is called, and when, where that changed."""
    lands: tuple[str, ...] = ()
    """How the ids of the states begin that are its own: maps name those first."""

    def name_during(self, spans: Iterable[Timespan]) -> str:
        """Return what it is called in some times: all names, in their order.

        A name that held only at the margin of a time is not one of that time.
        """
        held = {
            name
            for time in spans
            for name, span in self.names
            if (part := span.during(time)) and (part.days or 0) >= MARGIN * (time.days or inf)
        }
        return " / ".join(name for name, _ in self.names if name in held) or self.title


@dataclass(frozen=True)
class Kind:
    """One kind of feature."""

    id: str
    title: str
    """What the legend calls it."""
    form: str
    order: int
    """Kinds are drawn from low to high."""
    drawing: Mapping[str, Any]
    """What its form needs: opacities, pixels, dashes, an icon's name."""


@dataclass(frozen=True)
class TypeStyle:
    """How one class of names is set."""

    __pydantic_config__ = Record

    face: Name
    """serif or sans."""
    size: Annotated[Pixels, Field(ge=4, le=100)]
    """Pixels."""
    leading: Pixels
    """Height of a line, pixels."""
    ink: Name
    """A colour of the palette, or ``actor`` for that of the feature's actor."""
    paper: Name
    """The colour of the palette behind the letters."""
    spacing: Pixels = 0
    """Pixels between letters."""
    italic: Flag = False
    weight: WholeNumber = 400

    @property
    def cut(self) -> Face:
        """The face of its family that it takes."""
        return Face(self.face, self.weight, self.italic)


@dataclass(frozen=True)
class Relief:
    """Hill shading as one image."""

    extent: Sequence[float]
    """Of the image for pages: west, south, east, north."""
    plate_extent: Sequence[float]
    """Of that for plates, which hold no more of it than they show: all that the base tells of."""
    strength: Mapping[str, float]
    """Opacity by theme."""
    fades: Sequence[tuple[float, float]]
    """Zooms, rising, and the share of the strength that is left at each."""
    page: str
    """The image for pages, itself, as an address: AVIF has smooth shade in the fewest bytes."""
    plate: str
    """The same for plates: what draws them as PNG and PDF reads WebP, and no AVIF."""


@dataclass(frozen=True)
class Symbology:
    """The whole table."""

    palette: Mapping[str, Mapping[str, str]]
    """Colours of the base by theme (light, dark) and name."""
    type: Mapping[str, TypeStyle]
    """How names are set, by class."""
    styles: Mapping[str, Mapping[str, Any]]
    """Presentation attributes that kinds share; ``fill``, ``stroke``: a colour or ``actor``."""
    actors: Mapping[str, Actor]
    kinds: Mapping[str, Kind]
    icons: Mapping[str, str]
    """SVG path data on a field of 16 × 16, by name."""
    relief: Relief | None = None
    """None for an atlas without the image."""
    parallels: tuple[float, float] | None = None
    """Latitudes at which plates in Lambert's projection keep their scale; None: Web Mercator."""

    def kind(self, kind_id: str) -> Kind:
        """Return a kind by id; raises UnknownIdError."""
        if kind_id not in self.kinds:
            raise UnknownIdError("kind", kind_id, self.kinds)
        return self.kinds[kind_id]

    def fitted(self, painted: Iterable[str]) -> Symbology:
        """Return it with the colours that some features ask for (:mod:`geo.model.neutral`).

        They stand among the actors, without a title: nobody's, and drawn like somebody's.
        """
        wanted = set(painted)
        colours = {
            name: Actor(name, "", **drawn)
            for name, drawn in colour_table().items()
            if name in wanted
        }
        return replace(self, actors={**self.actors, **colours}) if colours else self

    @property
    def lands(self) -> dict[str, str]:
        """The actor whose land a state is, by the beginning of the state's id."""
        return {land: actor.id for actor in self.actors.values() for land in actor.lands}

    def colours(self, theme: str) -> dict[str, str]:
        """Return the colours of a theme (light, dark), #rrggbb by name: palette and actors.

        An actor's letters (``<actor>-ink``) are nearer to the ink of the theme than its areas and
        lines, because they are thinner and stand on its own tints.
        """
        actors = {actor.id: str(getattr(actor, theme)) for actor in self.actors.values()}
        ink = self.palette[theme]["ink"]
        share = LETTERS[theme]
        inks = {f"{name}-ink": _mixed(colour, ink, share) for name, colour in actors.items()}
        return {**self.palette[theme], **actors, **inks}


def load_symbology(root: Path = PROJECT_ROOT) -> Symbology:
    """Read ``layers/symbology.toml``; raises CatalogueError with every fault found."""
    faults: list[str] = []
    declared = Declarations.read(root, SYMBOLOGY, faults)
    raise_faults(CatalogueError, "", faults)
    declared.expect_keys(("palette", "type", "style", "actor", "kind", "icons", "relief", "plate"))
    named = {key: _names(declared, key) for key in ("palette", "type", "style", "icons")}
    actors = declared.records(ActorTable, "actor")
    kinds = declared.records(KindTable, "kind")
    type_styles: dict[str, TypeStyle] = {}
    for name, entry in named["type"].items():
        style, problems = read_record(TypeStyle, entry)
        faults += [f"{SYMBOLOGY}: type {name} {problem}" for problem in problems]
        if style:
            type_styles[name] = style
    faults += [f"{SYMBOLOGY}: {fault}" for fault in _shape_faults(named)]
    raise_faults(CatalogueError, "", faults)
    drawn = {
        entry["id"]: _kind(entry) for entry in (*neutral_kinds(), *declared.tables("kind")) if kinds
    }
    symbology = Symbology(
        palette=named["palette"],
        styles=named["style"],
        type=type_styles,
        actors={actor.id: _actor(actor, faults) for actor in actors.values()},
        kinds=drawn,
        icons=named["icons"],
        relief=_relief(root, declared),
        parallels=_parallels(declared),
    )
    faults += [f"{SYMBOLOGY}: {fault}" for fault in _faults(symbology)]
    raise_faults(CatalogueError, "", faults)
    return symbology


def _names(declared: Declarations, key: str) -> dict[str, Any]:
    """Return a table whose keys are names: they come to stand in style sheets and scripts."""
    table = declared.table.get(key, {})
    if not isinstance(table, dict):
        declared.faults.append(f"{SYMBOLOGY}: {key} {show(table)}, expected a table [{key}]")
        return {}
    for name in table:
        if find_faults(Name, name):
            declared.faults.append(
                f"{SYMBOLOGY}: [{key}] {show(name)}, expected a name of letters, digits, hyphens"
            )
    return table


def _shape_faults(named: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return what of palettes, styles and icons is no colour, attribute or path."""
    faults = []
    for theme in THEMES:
        colours = named["palette"].get(theme)
        problems = find_faults(dict[Name, Colour], colours)
        faults += [f"palette {theme}: {problem}" for problem in problems]
    if not faults and (differ := set(named["palette"]["light"]) ^ set(named["palette"]["dark"])):
        faults.append(f"palette: {min(differ)!r} is in one theme alone, expected in both")
    for extra in sorted(named["palette"].keys() - set(THEMES)):
        faults.append(f"palette {show(extra)}, expected one of {', '.join(THEMES)}")
    for name, style in named["style"].items():
        for problem in find_faults(dict[str, Any], style):
            faults.append(f"style {name} {problem}")
        if isinstance(style, dict):
            faults += [f"style {name}: {fault}" for fault in _attribute_faults(style)]
    faults += [
        f"icon {name}: found something that is not SVG path data"
        for name, path in named["icons"].items()
        if not isinstance(path, str) or not ICON.fullmatch(path)
    ]
    return faults


def _attribute_faults(style: Mapping[str, Any]) -> list[str]:
    faults = []
    for key, value in style.items():
        if not ATTRIBUTE.fullmatch(key):
            faults.append(f"{show(key)}, expected the name of a presentation attribute")
        elif key == "measures":
            measures = dict[Name, Number | list[Number]]
            faults += [f"measures {problem}" for problem in find_faults(measures, value)]
        elif find_faults(Number, value) and not (
            isinstance(value, str) and VALUE.fullmatch(value) and value.isascii()
        ):
            faults.append(f"{key} {show(value)}, expected a number or a word of SVG")
    return faults


def to_css(symbology: Symbology) -> str:
    """Return families and colours (light, dark, the reader's choice) as CSS properties."""
    light, dark = (_properties(symbology, theme) for theme in ("light", "dark"))
    actors = "".join(f".a-{actor}{{--c:var(--{actor})}}" for actor in symbology.actors)
    dark = f"color-scheme:dark;{dark}"
    families = "".join(f"--{name}:{family_list(name)};" for name in FAMILIES)
    return (
        f":root{{color-scheme:light;{families}{light}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f":root[data-theme=dark]{{{dark}}}"
        f"{actors}"
    )


def _mixed(one: str, other: str, share: float) -> str:
    """Return a colour with a share of another, #rrggbb."""
    parts = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _properties(symbology: Symbology, theme: str) -> str:
    values: dict[str, object] = {**symbology.colours(theme)}
    if symbology.relief:
        values["relief"] = symbology.relief.strength[theme]
    return ";".join(f"--{name}:{value}" for name, value in values.items())


def _relief(root: Path, declared: Declarations) -> Relief | None:
    if "relief" not in declared.table:
        return None
    table = declared.record(ReliefTable, "relief")
    if not table or not all((root / path).is_file() for path in RELIEF.values()):
        return None
    page, plate = (
        f"data:image/{kind};base64,{base64.b64encode((root / path).read_bytes()).decode()}"
        for kind, path in RELIEF.items()
    )
    return Relief(table.extent, table.plate_extent, table.strength, table.fades, page, plate)


def _parallels(declared: Declarations) -> tuple[float, float] | None:
    table = declared.record(PlateTable, "plate") if "plate" in declared.table else None
    return table.parallels if table else None


def _actor(entry: ActorTable, faults: list[str]) -> Actor:
    names = []
    for name, begin, end in entry.names:
        try:
            names.append((name, timespan_from_edtf(begin, end)))
        except TimespanError as err:
            faults.append(f"{SYMBOLOGY}: actor {entry.id}: {name!r}: {err}")
    own = (entry.light, entry.dark, entry.hatch, entry.axis)
    return Actor(entry.id, entry.title, *own, names=tuple(names), lands=entry.lands)


def _kind(entry: Mapping[str, Any]) -> Kind:
    own = ("id", "title", "form", "order")
    drawing = {key: value for key, value in entry.items() if key not in own}
    return Kind(drawing=drawing, **{key: entry[key] for key in own})


def _faults(symbology: Symbology) -> list[str]:
    faults = _type_faults(symbology)
    for name, style in symbology.styles.items():
        painted = {str(style[paint]) for paint in PAINTS if paint in style}
        if unknown := painted - {"actor", *symbology.palette["light"]}:
            faults.append(f"style {name}: colour {min(unknown)!r} is not in the palette")
    if "none" not in symbology.actors:
        faults.append("has no actor 'none', which stands for nobody")
    return faults + [
        fault for kind in symbology.kinds.values() for fault in _kind_faults(kind, symbology)
    ]


def _type_faults(symbology: Symbology) -> list[str]:
    faults = []
    for name, style in symbology.type.items():
        if style.face not in FAMILIES:
            known = ", ".join(FAMILIES)
            faults.append(f"type {name}: face {style.face!r}, expected one of {known}")
        elif style.cut not in FACES:
            known = "; ".join(str(face) for face in FACES if face.family == style.face)
            faults.append(f"type {name}: found {style.cut}, expected one of {known}")
        if unknown := {style.ink, style.paper} - {"actor", *symbology.palette["light"]}:
            faults.append(f"type {name}: colour {min(unknown)!r} is not in the palette")
    return faults


def _kind_faults(kind: Kind, symbology: Symbology) -> list[str]:
    faults = []
    if kind.form == "area" and "edge" not in kind.drawing:
        faults.append(f"kind {kind.id}: lacks edge, which says how its outline is drawn")
    if kind.form == "point" and kind.drawing.get("icon") not in symbology.icons:
        faults.append(f"kind {kind.id}: icon {kind.drawing.get('icon')!r} is not declared")
    return faults
