"""Names on a plate, in order of rank, placed where nothing overlaps and nothing is cut."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any, Final

from geo.plate.fitting import Ground, fit_along, fit_block
from geo.plate.ink import Ink, tag
from geo.plate.names import Name, View, collect_names
from geo.plate.projection import zoom_factor
from geo.plate.type import attributes, text_width
from geo.symbology import Symbology, TypeStyle

__all__ = ["place_labels"]

QUIET: Final = frozenset({"water", "state", "home", "date"})
"""Names that only orient: they do not count as things a reader has to take in."""

READERS_FONTS: Final = 1.2
"""How much wider than ours the fonts may be that a reader of a document has (DejaVu's are)."""


def place_labels(view: View, ink: Ink, symbology: Symbology, keep_free: Ground) -> str:
    """Return the SVG texts of a view; `keep_free` holds the places where none may stand."""
    over_icons = replace(keep_free, taken=list(keep_free.taken))
    keep_free.taken += _icon_boxes(view)
    setter = _Setter(symbology, ink, keep_free, over_icons)
    width, height = (side - 2 * keep_free.edge for side in (keep_free.width, keep_free.height))
    left = 10 + width * height / 43000  # as many as the document names
    parts = []
    for name in collect_names(view):
        quiet = name.style in QUIET
        if not quiet and left < 1:
            continue
        made = setter.place(name)
        left -= bool(made) and not quiet
        parts.append(made)
    return "".join(parts)


def _icon_boxes(view: View) -> list[tuple[float, float, float, float]]:
    boxes = []
    factor = zoom_factor(view.sheet.zoom)
    for feature in view.shown:
        if "at" in feature:
            x, y = view.sheet.point(feature["at"])
            dx, dy = view.offsets.get(feature["id"], (0, 0))
            x, y = x + dx, y + dy
            half = view.payload["kinds"][feature["k"]]["size"] / 2 * factor
            boxes.append((x - half, y - half, x + half, y + half))
    return boxes


class _Setter:
    """Sets names one by one."""

    def __init__(self, symbology: Symbology, ink: Ink, ground: Ground, over_icons: Ground) -> None:
        self._styles = symbology.type
        self._ink = ink
        self._ground = ground
        self._over_icons = over_icons
        self._paths = 0

    def place(self, name: Name) -> str:
        """Return the SVG of a name where it fits, or nothing.

        The seas come first and are always named, over icons if there is no other way.
        """
        both = [self._ground, self._over_icons]
        for ground in both if name.order < -1 else both[:1]:
            before = len(ground.taken)
            made = self._fitted(name, ground)
            if made:
                other = both[ground is self._ground]
                other.taken += ground.taken[before:]
                return made
        return ""

    def _fitted(self, name: Name, ground: Ground) -> str:
        style = self._styles[name.style]
        whole = " ".join(name.lines)
        if name.path:
            width = self._width(whole, style) + 4
            letters = fit_along(name.path, width, style.leading, name.lift, ground)
            if letters:
                return self._along(name, whole, letters)
        width = max(self._width(line, style) for line in name.lines)
        size = (width, style.leading * len(name.lines))
        places = (name.at, *name.elsewhere)
        tried = (fit_block(at, name.spots, size, ground) for at in places)
        spot = next(filter(None, tried), None)
        if not spot:
            return ""
        left, top, side = spot
        anchor = side if side in ("start", "end") else "middle"
        x = {"start": left, "end": left + width, "middle": left + width / 2}[anchor]
        lines = "".join(
            tag(
                "tspan",
                escape(line),
                x=round(x, 1),
                y=round(top + style.leading * (number + 0.78), 1),
            )
            for number, line in enumerate(name.lines)
        )
        return self._dot(name) + self._text(name, lines, text_anchor=anchor)

    def _width(self, text: str, style: TypeStyle) -> float:
        return text_width(text, style) * (READERS_FONTS if self._ink.in_document else 1)

    def _along(self, name: Name, whole: str, letters: list[tuple[float, float]]) -> str:
        self._paths += 1
        key = f"along-{self._paths}"
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in letters)
        carrier = tag("path", id=key, d=path, fill="none")
        # A third of the size below the line puts the middle of the letters on it.
        shift = round(self._styles[name.style].size * 0.33, 1)
        carried = tag("textPath", escape(whole), href=f"#{key}", startOffset="50%")
        return carrier + self._text(name, carried, text_anchor="middle", dy=shift)

    def _text(self, name: Name, content: str, **more: Any) -> str:
        if self._ink.in_document:
            return tag(
                "text", content, class_=f"label {name.style} a-{name.actor or 'none'}", **more
            )
        style = self._styles[name.style]
        ink = self._ink.actor(name.actor) if style.ink == "actor" else self._ink.base(style.ink)
        return tag(
            "text",
            content,
            fill=ink,
            stroke=self._ink.base(style.paper),
            stroke_width=3,
            stroke_linejoin="round",
            paint_order="stroke",
            **attributes(style),
            **more,
        )

    def _dot(self, name: Name) -> str:
        if not name.dot:
            return ""
        x, y = name.at
        self._ground.taken.append((x - 3, y - 3, x + 3, y + 3))
        fill, stroke = self._ink.base("ink"), self._ink.base("halo")
        return tag("circle", cx=x, cy=y, r=name.dot, fill=fill, stroke=stroke, stroke_width=1.2)
