"""Symbology: how each kind of feature is drawn. A table, read from ``layers/symbology.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any, Final

from geo.catalogue import PROJECT_ROOT, read_toml
from geo.errors import CatalogueError, TimespanError, UnknownIdError, raise_faults
from geo.timespan import Timespan, timespan_from_edtf

__all__ = ["Actor", "Kind", "Symbology", "TypeStyle", "load_symbology", "to_css"]

COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
ICON: Final = re.compile(r"[MmLlHhVvCcSsQqAaZz0-9., -]+")
FORMS: Final = ("area", "line", "axis", "point")
EDGES: Final = ("none", "line", "fade", "coast")
AXES: Final = ("solid", "cored", "open")
FACES: Final = ("serif", "sans")

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
    def shorthand(self) -> str:
        """Style, weight and size as CSS's ``font`` takes them, without the family."""
        parts = ["italic"] if self.italic else []
        parts += [str(self.weight)] if self.weight != 400 else []
        return " ".join([*parts, f"{self.size:g}px"])


@dataclass(frozen=True)
class Symbology:
    """The whole table."""

    palette: Mapping[str, Mapping[str, str]]
    """Colours of the base by theme (light, dark) and name."""
    type: Mapping[str, TypeStyle]
    """How names are set, by class."""
    actors: Mapping[str, Actor]
    kinds: Mapping[str, Kind]
    icons: Mapping[str, str]
    """SVG path data on a field of 16 × 16, by name."""

    def kind(self, kind_id: str) -> Kind:
        """Return a kind by id; raises UnknownIdError."""
        if kind_id not in self.kinds:
            raise UnknownIdError("kind", kind_id, self.kinds)
        return self.kinds[kind_id]


def load_symbology(root: Path = PROJECT_ROOT) -> Symbology:
    """Read ``layers/symbology.toml``; raises CatalogueError with every fault found."""
    path = root / "layers" / "symbology.toml"
    table = read_toml(path)
    try:
        symbology = Symbology(
            palette=table["palette"],
            type={name: TypeStyle(**entry) for name, entry in table["type"].items()},
            actors={entry["id"]: _actor(entry) for entry in table["actor"]},
            kinds={entry["id"]: _kind(entry) for entry in table["kind"]},
            icons=table["icons"],
        )
    except (KeyError, TypeError, TimespanError) as err:
        raise CatalogueError(f"{path}: an entry lacks or has a wrong key: {err}") from err
    raise_faults(CatalogueError, str(path), _faults(symbology))
    return symbology


def to_css(symbology: Symbology) -> str:
    """Return colours as CSS custom properties (light, dark, the reader's choice) and type."""
    light, dark = (_properties(symbology, theme) for theme in ("light", "dark"))
    actors = "".join(f".a-{actor}{{--c:var(--{actor})}}" for actor in symbology.actors)
    names = "".join(_type_rule(name, style) for name, style in symbology.type.items())
    dark = f"color-scheme:dark;{dark}"
    return (
        f":root{{color-scheme:light;{light}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f":root[data-theme=dark]{{{dark}}}"
        f"{actors}{names}"
    )


def _properties(symbology: Symbology, theme: str) -> str:
    base = [f"--{name}:{colour}" for name, colour in symbology.palette[theme].items()]
    actors = [f"--{actor.id}:{getattr(actor, theme)}" for actor in symbology.actors.values()]
    return ";".join([*base, *actors])


def _type_rule(name: str, style: TypeStyle) -> str:
    ink = "var(--c)" if style.ink == "actor" else f"var(--{style.ink})"
    return (
        f".label.{name}{{font:{style.shorthand} var(--{style.face});"
        f"letter-spacing:{style.spacing:g}px;fill:{ink};stroke:var(--{style.paper})}}"
    )


def _actor(entry: Mapping[str, Any]) -> Actor:
    names = tuple((name, timespan_from_edtf(*held)) for name, *held in entry.get("names", []))
    return Actor(**{**entry, "names": names})


def _kind(entry: Mapping[str, Any]) -> Kind:
    own = ("id", "title", "form", "order")
    drawing = {key: value for key, value in entry.items() if key not in own}
    return Kind(drawing=drawing, **{key: entry[key] for key in own})


def _faults(symbology: Symbology) -> list[str]:
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
    faults += [
        f"icon {name}: found something that is not SVG path data"
        for name, path in symbology.icons.items()
        if not ICON.fullmatch(path)
    ]
    faults += [
        f"actor {actor.id}: axis {actor.axis!r}, expected one of {', '.join(AXES)}"
        for actor in symbology.actors.values()
        if actor.axis not in AXES
    ]
    for name, style in symbology.type.items():
        if style.face not in FACES:
            faults.append(f"type {name}: face {style.face!r}, expected one of {', '.join(FACES)}")
        if unknown := {style.ink, style.paper} - {"actor", *symbology.palette["light"]}:
            faults.append(f"type {name}: colour {min(unknown)!r} is not in the palette")
    for kind in symbology.kinds.values():
        if kind.form not in FORMS:
            faults.append(f"kind {kind.id}: form {kind.form!r}, expected one of {', '.join(FORMS)}")
        if kind.form == "area" and kind.drawing.get("edge") not in EDGES:
            faults.append(f"kind {kind.id}: edge, expected one of {', '.join(EDGES)}")
        if kind.form == "point" and kind.drawing.get("icon") not in symbology.icons:
            faults.append(f"kind {kind.id}: icon {kind.drawing.get('icon')!r} is not declared")
    return faults
