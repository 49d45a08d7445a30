"""The drawing core without a browser: ``geo/assets/js/drawing`` run by QuickJS.

The map is drawn by the same scripts everywhere; here they are given a payload and the widths of
texts, and give back SVG.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final, cast

import quickjs

from geo.assets import join_modules
from geo.errors import GeoError, UnknownIdError
from geo.model.symbology import Symbology
from geo.model.wording import Wording, load_wording
from geo.payload.packing import to_json
from geo.payload.schema import EraEntry, FeatureEntry, Payload
from geo.plate.relief import plate_relief
from geo.plate.type import text_width

__all__ = ["DrawnMap", "Engine", "LegendRow"]

START: Final = "openPlates"

TOLERANCE: Final = 0.18
"""How far lines may be off, pixels: with rounding, and a quarter in the data, below half of one."""


TAG: Final = re.compile("<[^>]*>")

PAINT: Final = re.compile(r'=\\"var\(--([\w-]+),[^)"]*\)\\"')
"""A colour as the core writes it into an attribute: the page's own, or one in its place."""


@dataclass(frozen=True)
class LegendRow:
    """A row of a map's legend."""

    group: str
    """The heading it stands under."""
    title: str
    samples: Sequence[str]
    """SVG, 30 × 18 pixels each."""


@dataclass(frozen=True)
class DrawnMap:
    """One era drawn on a sheet."""

    drawing: str
    """SVG elements as the core drew them."""
    defined: str
    """SVG elements that the drawing and the legend refer to."""
    legend: Sequence[LegendRow]
    keys: Sequence[Sequence[str]]
    """Ids of the features that each badge stands for, in the order of time."""
    zoom: float
    """The zoom of a web map of the same scale."""
    fit: tuple[float, float]
    """Width and height of the era's bounds in Web Mercator, pixels."""
    conic: bool
    """Whether it is in the conic projection it was asked for."""
    shading: Callable[[str], tuple[str, str]] | None
    """Gives a drawing, and the image of the hill shading it refers to; None where a page has it."""

    @property
    def content(self) -> str:
        """SVG elements."""
        return self._shaded[0]

    @property
    def patterns(self) -> str:
        """SVG elements that the content and the legend refer to, for ``<defs>``."""
        return self.defined + self._shaded[1]

    @cached_property
    def _shaded(self) -> tuple[str, str]:
        # Only of a map that is used: of most that are laid out for a page only the size is.
        return self.shading(self.drawing) if self.shading else (self.drawing, "")


class Engine:
    """Draws the eras of one payload. An engine belongs to the thread that made it."""

    def __init__(
        self, payload: Payload, symbology: Symbology, wording: Wording | None = None
    ) -> None:
        """Take a payload; raises GeoError with all that its opening asks for and has not.

        `wording` is that of the payload, English if not given; only dates are told by it.
        """
        self.wording = wording or load_wording()
        self.symbology = symbology.fitted(payload["actors"])
        self._numbers = {era["id"]: number for number, era in enumerate(payload["eras"])}
        self._context = quickjs.Context()
        self._context.eval(join_modules("plate", START))
        self._context.add_callable("textWidth", self._width)
        self._context.set("payload", to_json(payload))
        self._context.eval(f"var plates = {START}(payload, textWidth); payload = undefined;")
        self._draw = self._context.eval("(request) => plates.draw(request)")
        self._drawn = ("", "")
        """What was drawn last, and for which request."""
        self._measure = self._context.eval("(request) => plates.measure(request)")
        told = json.loads(self._context.eval("plates.told()"))
        eras = [
            cast("EraEntry", {**era, **texts})
            for era, texts in zip(payload["eras"], told["eras"], strict=True)
        ]
        self.payload: Payload = {
            **payload,
            "attribution": told["attribution"],
            "eras": eras,
            "kinds": {**payload["kinds"], **told["kinds"]},
            "features": [*payload["features"], *told["added"]],
        }
        """The payload as the document has it once it is open: with what it opens with."""
        self.moved: bool = told["moved"]
        """Whether it opens with a view that is not its era's."""
        self.day: str = told["day"]
        """The day by which it shows what had happened, ISO; empty for all of an era."""
        self._shown = told["shown"]
        if told["notices"]:
            raise GeoError("\n".join(told["notices"]))

    def era(self, era_id: str) -> EraEntry:
        """Return an era of the payload; raises UnknownIdError."""
        return self.payload["eras"][self.number(era_id)]

    def number(self, era_id: str) -> int:
        """Return the number of an era in the payload; raises UnknownIdError."""
        if era_id not in self._numbers:
            raise UnknownIdError("era", era_id, self._numbers)
        return self._numbers[era_id]

    def shown(self, era_id: str) -> list[FeatureEntry]:
        """Return the features an era shows at first, in drawing order; raises UnknownIdError."""
        ids = set(self._shown[self.number(era_id)])
        return [feature for feature in self.payload["features"] if feature["id"] in ids]

    def draw(  # noqa: PLR0913  # a sheet has a size, a theme, room around and a detail
        self,
        era_id: str,
        *,
        size: tuple[int, int],
        theme: str | None,
        around: int = 0,
        tolerance: float = TOLERANCE,
        scale: bool = False,
        title: bool = False,
        shaded: bool = True,
        still: bool = False,
        parallels: Sequence[float] | None = None,
    ) -> DrawnMap:
        """Draw an era on a sheet of `size` (width, height; pixels), and `around` it on every side.

        No line is more than `tolerance` pixels off; `shaded` is for hill shading. `scale` and
        `title` (with the years) stand on the map where they are wanted. It stands where the
        document opens, or, when it is to be `still`, where its era does. With `parallels` (south
        and north, degrees) it is in Lambert's conformal conic projection, if that is good for what
        it shows; else in Web Mercator.

        The colours are those of a theme; without one they are custom properties of the page the
        drawing stands in, light where it has none. Raises UnknownIdError.
        """
        relief = self.symbology.relief
        request = {
            "era": self.number(era_id),
            "size": size,
            "around": around,
            "tolerance": tolerance,
            "scale": scale,
            "title": title,
            "prefix": "map-",
            "extent": (shaded and relief and (relief.plate_extent if theme else relief.extent))
            or None,
            "still": still,
            "parallels": parallels,
        }
        text = json.dumps(request)
        try:
            # One drawing serves all themes: a site has each map in two.
            svg = self._drawn[1] if self._drawn[0] == text else self._draw(text)
        except quickjs.JSException as err:
            raise GeoError(f"era {era_id!r} cannot be drawn: {err}") from err
        self._drawn = text, svg
        drawn = json.loads(_painted(svg, self.symbology.colours(theme)) if theme else svg)
        # A page has its own image of the relief, which all its drawings share.
        shading = None
        if theme and relief:
            mesh = drawn.get("mesh")
            shading = partial(plate_relief, relief=relief, theme=theme, size=size, mesh=mesh)
        return DrawnMap(
            drawing=drawn["content"],
            defined=drawn["patterns"],
            legend=[LegendRow(**row) for row in drawn["legend"]],
            keys=drawn["keys"],
            zoom=drawn["zoom"],
            fit=tuple(drawn["fit"]),
            conic=drawn["conic"],
            shading=shading,
        )

    def measure(
        self,
        era_id: str,
        *,
        size: tuple[int, int],
        bounds: Sequence[float] | None = None,
        covered: Sequence[Mapping[str, float]] = (),
    ) -> Mapping[str, Any]:
        """Return where names and signs of an era stand on a map of `size` that shows `bounds`.

        `covered` are boxes (x, y, w, h) that controls take. Raises UnknownIdError.
        """
        request = {
            "era": self.number(era_id),
            "size": size,
            "bounds": bounds,
            "covered": list(covered),
        }
        measured: Mapping[str, Any] = json.loads(self._measure(json.dumps(request)))
        return measured

    def _width(self, text: str, style: str) -> float:
        return text_width(text, self.symbology.type[style])


def _painted(drawn: str, colours: Mapping[str, str]) -> str:
    """Return what the core drew (JSON with SVG) with the colours of a theme in its attributes."""

    def in_tag(tag: re.Match[str]) -> str:
        return PAINT.sub(lambda found: f'="{colours[found[1]]}"'.replace('"', r"\""), tag[0])

    return TAG.sub(in_tag, drawn)
