"""Features on a plate: areas, lines, axes, points. The document's symbols.js, without browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geo.plate.arrows import arrow_path, arrowhead_path, smooth
from geo.plate.ink import Ink, tag
from geo.plate.projection import Sheet, zoom_factor

__all__ = ["Symbols", "dashes"]


class Symbols:
    """Draws features of one payload on one sheet; collects the patterns and clips they need."""

    def __init__(self, payload: Mapping[str, Any], sheet: Sheet, ink: Ink) -> None:
        self._payload = payload
        self._sheet = sheet
        self._ink = ink
        self._factor = zoom_factor(sheet.zoom)
        self._definitions: dict[str, str] = {}

    @property
    def definitions(self) -> str:
        """What the drawn features refer to, for the SVG's ``<defs>``."""
        return "".join(self._definitions.values())

    def draw(self, feature: Mapping[str, Any], offset: tuple[float, float] = (0, 0)) -> str:
        """Return the SVG group of a feature; `offset` moves an icon that stands in a stack."""
        kind = self._payload["kinds"][feature["k"]]
        colour = self._ink.actor(feature.get("a", ""))
        if kind["form"] == "area":
            content = self._area(feature, kind, colour)
        elif kind["form"] == "line":
            content = self._line(feature, kind, colour)
        elif kind["form"] == "axis":
            content = self._axis(feature, kind, colour)
        else:
            content = self._point(feature, kind, colour, offset)
        opacity = 0.68 if feature["c"] == "uncertain" and kind["form"] in ("line", "axis") else None
        return tag("g", content, data_id=feature["id"], opacity=opacity)

    def _area(self, feature: Mapping[str, Any], kind: Mapping[str, Any], colour: str) -> str:
        whole = self._sheet.polygons(feature["g"])
        edge = self._sheet.lines(feature.get("own", []))
        fill = {"fill": colour, "fill_opacity": kind["fill"], "fill_rule": "evenodd"}
        parts = [tag("path", d=whole, **fill)] if kind["fill"] else []
        if kind.get("hatch"):
            pattern = self.hatch(feature.get("a", "") or "none", kind["hatch"])
            parts.append(tag("path", d=whole, fill=pattern, fill_rule="evenodd"))
        stroke: dict[str, Any] = {"fill": "none", "stroke": colour, "stroke_linejoin": "round"}
        if kind["edge"] in ("fade", "coast"):
            clip = f"clip-{feature['id']}"
            self._definitions[clip] = tag(
                "clipPath", tag("path", d=whole, clip_rule="evenodd"), id=clip
            )
            shares = (1, 0.66, 0.33) if kind["edge"] == "fade" else (1,)
            bands = "".join(
                tag(
                    "path",
                    d=edge,
                    stroke_width=round(kind["edge_width"] * 2 * share, 1),
                    stroke_opacity=0.13 if len(shares) > 1 else 0.7,
                    **stroke,
                )
                for share in shares
            )
            parts.append(tag("g", bands, clip_path=f"url(#{clip})"))
        if kind["edge"] == "line":
            if kind.get("halo"):
                latitude = feature.get("at_label", [0, 36])[1]
                width = round(2 * feature["p"] * self._sheet.per_km(latitude), 1)
                parts.append(
                    tag(
                        "path",
                        d=edge,
                        stroke_width=width,
                        stroke_opacity=0.16,
                        stroke_linecap="round",
                        **stroke,
                    )
                )
            parts.append(
                tag(
                    "path",
                    d=edge,
                    stroke_width=kind["edge_width"],
                    stroke_dasharray=dashes(kind),
                    **stroke,
                )
            )
        return "".join(parts)

    def _line(self, feature: Mapping[str, Any], kind: Mapping[str, Any], colour: str) -> str:
        width = kind["width"] * (feature.get("force") or 1)
        curves: list[list[tuple[float, float]]] = []
        if kind.get("curve") or kind.get("arrow"):
            curves = [smooth(self._sheet.vertices(part))[0] for part in feature["g"]]
        if kind.get("curve"):
            path = "".join(self._sheet.path(curve) for curve in curves)
        else:
            path = self._sheet.lines(feature["g"])
        common: dict[str, Any] = {"d": path, "fill": "none", "stroke_linejoin": "round"}
        halo = self._ink.base("halo")
        parts = [tag("path", stroke=halo, stroke_opacity=0.75, stroke_width=width + 2.4, **common)]
        parts.append(
            tag("path", stroke=colour, stroke_width=width, stroke_dasharray=dashes(kind), **common)
        )
        if kind.get("pattern") == "rail":
            inner = {"stroke": self._ink.base("home"), "stroke_width": width - 1.4}
            parts.append(tag("path", stroke_dasharray="6 6", **inner, **common))
        if kind.get("arrow"):
            heads = "".join(arrowhead_path(curve, 5 + width * 1.6) for curve in curves)
            parts.append(tag("path", d=heads, fill=colour))
        return "".join(parts)

    def _axis(self, feature: Mapping[str, Any], kind: Mapping[str, Any], colour: str) -> str:
        form = self._payload["actors"][feature.get("a", "") or "none"]["axis"]
        width = (2.5 + kind["width"] * max(1, feature.get("force", 0))) * self._factor
        line, at = smooth(self._sheet.vertices(feature["g"][0]))
        outline = arrow_path(line, width)
        hollow = form == "open" or "dash" in kind
        paper = self._ink.base("home")
        parts = [
            tag(
                "path",
                d=outline,
                fill="none",
                stroke=self._ink.base("halo"),
                stroke_width=2.6,
                stroke_linejoin="round",
            )
        ]
        if hollow:
            parts.append(
                tag(
                    "path",
                    d=outline,
                    fill=paper,
                    stroke=colour,
                    stroke_width=1.4,
                    stroke_linejoin="round",
                    stroke_dasharray=dashes(kind),
                )
            )
        else:
            parts.append(tag("path", d=outline, fill=colour, fill_opacity=0.92))
        if form == "cored" and not hollow:
            middle = _trace(line)
            parts.append(
                tag(
                    "path",
                    d=middle,
                    fill="none",
                    stroke=paper,
                    stroke_width=max(1.0, width / 4.5),
                    stroke_linecap="round",
                )
            )
        for index, stop in list(enumerate(feature.get("stops", [])))[1:-1]:
            if stop:
                x, y = line[at[index]]
                parts.append(
                    tag(
                        "circle",
                        cx=round(x, 1),
                        cy=round(y, 1),
                        r=max(1.8, round(width / 3.4, 1)),
                        fill=paper,
                        stroke=colour,
                        stroke_width=1.3,
                    )
                )
        return "".join(parts)

    def _point(
        self,
        feature: Mapping[str, Any],
        kind: Mapping[str, Any],
        colour: str,
        offset: tuple[float, float],
    ) -> str:
        x, y = self._sheet.point(feature["at"])
        radius = feature.get("p", 0) * self._sheet.per_km(feature["at"][1])
        parts = []
        if radius > kind["size"] * 0.75:
            parts.append(
                tag(
                    "circle",
                    cx=x,
                    cy=y,
                    r=round(min(radius, 400), 1),
                    fill=colour,
                    fill_opacity=0.1,
                    stroke=colour,
                    stroke_opacity=0.35,
                    stroke_width=0.8,
                    stroke_dasharray="2 3",
                )
            )
        left, top = x + offset[0], y + offset[1]
        icon = self.icon(kind, colour, kind["size"] * self._factor)
        return "".join(parts) + tag("g", icon, transform=f"translate({left:.1f} {top:.1f})")

    def icon(self, kind: Mapping[str, Any], colour: str, size: float) -> str:
        """Return a kind's icon, `size` pixels wide, centred on the origin."""
        path = self._payload["icons"][kind["icon"]]
        casing = tag(
            "path",
            d=path,
            fill="none",
            stroke=self._ink.base("halo"),
            stroke_width=3,
            stroke_linejoin="round",
        )
        filled = tag("path", d=path, fill=colour, fill_rule="evenodd")
        return tag("g", casing + filled, transform=f"scale({size / 16:.3g}) translate(-8 -8)")

    def outside(self) -> str:
        """Return the fill of land the map does not tell of."""
        self._definitions["outside"] = tag(
            "pattern",
            tag("path", d="M0 0H7V7H0Z", fill=self._ink.base("outside"))
            + tag("circle", cx=2, cy=2, r=0.8, fill=self._ink.base("border"), fill_opacity=0.6),
            id="outside",
            width=7,
            height=7,
            patternUnits="userSpaceOnUse",
        )
        return "url(#outside)"

    def hatch(self, actor: str, gap: float) -> str:
        """Return the fill that hatches an area in an actor's colour, `gap` pixels wide."""
        name = f"hatch-{actor}-{gap:g}"
        angle = self._payload["actors"][actor]["hatch"]
        line = tag(
            "path",
            d=f"M0 0V{gap:g}",
            stroke=self._ink.actor(actor),
            stroke_width=1.5,
            stroke_opacity=0.75,
        )
        self._definitions[name] = tag(
            "pattern",
            line,
            id=name,
            width=gap,
            height=gap,
            patternUnits="userSpaceOnUse",
            patternTransform=f"rotate({angle})",
        )
        return f"url(#{name})"


def dashes(kind: Mapping[str, Any]) -> str | None:
    """Return the dashes of a kind as SVG takes them."""
    return " ".join(f"{length:g}" for length in kind["dash"]) if "dash" in kind else None


def _trace(line: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line)
