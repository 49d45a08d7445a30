"""Symbology: how each kind of feature is drawn. A table, read from ``layers/symbology.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from math import inf
from pathlib import Path
from typing import Any, Final, cast

from geo.errors import CatalogueError, TimespanError, UnknownIdError, raise_faults
from geo.fonts.faces import FACES, FAMILIES, Face, family_list
from geo.model.catalogue import PROJECT_ROOT, read_toml
from geo.model.timespan import Timespan, timespan_from_edtf

__all__ = ["Actor", "Kind", "Symbology", "TypeStyle", "load_symbology", "to_css"]

COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
ICON: Final = re.compile(r"[MmLlHhVvCcSsQqAaZz0-9., -]+")
FORMS: Final = ("area", "line", "axis", "point")
EDGES: Final = ("none", "line", "fade", "coast")
AXES: Final = ("solid", "cored", "open")
PAINTS: Final = ("fill", "stroke")

MARGIN: Final = 0.1
"""Share of a time in which an actor must have had a name to be called so."""


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

    face: str
    """serif or sans."""
    size: float
    """Pixels."""
    leading: float
    """Height of a line, pixels."""
    ink: str
    """A colour of the palette, or ``actor`` for that of the feature's actor."""
    paper: str
    """The colour of the palette behind the letters."""
    spacing: float = 0
    """Pixels between letters."""
    italic: bool = False
    weight: int = 400

    @property
    def cut(self) -> Face:
        """The face of its family that it takes."""
        return Face(self.face, self.weight, self.italic)


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

    def kind(self, kind_id: str) -> Kind:
        """Return a kind by id; raises UnknownIdError."""
        if kind_id not in self.kinds:
            raise UnknownIdError("kind", kind_id, self.kinds)
        return self.kinds[kind_id]

    def colours(self, theme: str) -> dict[str, str]:
        """Return the colours of a theme (light, dark), #rrggbb by name: palette and actors."""
        actors = {actor.id: str(getattr(actor, theme)) for actor in self.actors.values()}
        return {**self.palette[theme], **actors}


def load_symbology(root: Path = PROJECT_ROOT) -> Symbology:
    """Read ``layers/symbology.toml``; raises CatalogueError with every fault found."""
    path = root / "layers" / "symbology.toml"
    table = read_toml(path)
    try:
        symbology = Symbology(
            palette=table["palette"],
            styles=table["style"],
            type={name: TypeStyle(**entry) for name, entry in table["type"].items()},
            actors={entry["id"]: _actor(entry) for entry in table["actor"]},
            kinds={entry["id"]: _kind(entry) for entry in (*_neutral(), *table["kind"])},
            icons=table["icons"],
        )
    except (KeyError, TypeError, TimespanError) as err:
        raise CatalogueError(f"{path}: an entry lacks or has a wrong key: {err}") from err
    raise_faults(CatalogueError, str(path), _faults(symbology))
    return symbology


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


def _properties(symbology: Symbology, theme: str) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in symbology.colours(theme).items())


def _actor(entry: Mapping[str, Any]) -> Actor:
    names = tuple((name, timespan_from_edtf(*held)) for name, *held in entry.get("names", []))
    return Actor(**{**entry, "names": names})


def _neutral() -> Iterable[Mapping[str, Any]]:
    """Return kinds that say nothing of their subject: any atlas has them."""
    path = files("geo") / "assets" / "tables" / "symbols.toml"
    kinds: list[Mapping[str, Any]] = read_toml(cast(Path, path))["kind"]
    return kinds


def _kind(entry: Mapping[str, Any]) -> Kind:
    own = ("id", "title", "form", "order")
    drawing = {key: value for key, value in entry.items() if key not in own}
    return Kind(drawing=drawing, **{key: entry[key] for key in own})


def _faults(symbology: Symbology) -> list[str]:
    return [
        *_paint_faults(symbology),
        *_type_faults(symbology),
        *(
            f"actor {actor.id}: axis {actor.axis!r}, expected one of {', '.join(AXES)}"
            for actor in symbology.actors.values()
            if actor.axis not in AXES
        ),
        *(fault for kind in symbology.kinds.values() for fault in _kind_faults(kind, symbology)),
    ]


def _paint_faults(symbology: Symbology) -> list[str]:
    colours = {
        f"palette {theme}.{name}": colour
        for theme, names in symbology.palette.items()
        for name, colour in names.items()
    }
    for actor in symbology.actors.values():
        colours |= {f"actor {actor.id} light": actor.light, f"actor {actor.id} dark": actor.dark}
    faults = [
        f"{name}: found {colour!r}, expected #rrggbb"
        for name, colour in colours.items()
        if not COLOUR.fullmatch(colour)
    ]
    for name, style in symbology.styles.items():
        painted = {str(style[paint]) for paint in PAINTS if paint in style}
        if unknown := painted - {"actor", *symbology.palette["light"]}:
            faults.append(f"style {name}: colour {min(unknown)!r} is not in the palette")
    faults += [
        f"icon {name}: found something that is not SVG path data"
        for name, path in symbology.icons.items()
        if not ICON.fullmatch(path)
    ]
    return faults


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
    if kind.form not in FORMS:
        faults.append(f"kind {kind.id}: form {kind.form!r}, expected one of {', '.join(FORMS)}")
    if kind.form == "area" and kind.drawing.get("edge") not in EDGES:
        faults.append(f"kind {kind.id}: edge, expected one of {', '.join(EDGES)}")
    if kind.form == "point" and kind.drawing.get("icon") not in symbology.icons:
        faults.append(f"kind {kind.id}: icon {kind.drawing.get('icon')!r} is not declared")
    return faults
