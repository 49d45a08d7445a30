"""Every kind with a picture of how it is drawn, as one SVG."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from html import escape
from typing import Final

import quickjs

from geo.assets import join_modules
from geo.model.features import Feature
from geo.model.symbology import Symbology, TypeStyle
from geo.plate.lettering import embed_faces
from geo.plate.tags import tag
from geo.plate.type import set_block

__all__ = ["draw_kinds"]

START: Final = "drawSamples"

WIDTH: Final = 660

LINE: Final = 26
"""Height of a row, pixels."""

HEADING: Final = TypeStyle("sans", 13, 18, "ink-soft", "panel", weight=600)
ENTRY: Final = TypeStyle("sans", 13, 18, "ink", "panel")


def draw_kinds(symbology: Symbology, features: Iterable[Feature]) -> str:
    """Return a sheet of all kinds by form: sample, id, title.

    A kind is shown in the colour of the actor that has most of its `features`.
    """
    used: dict[str, Counter[str]] = {}
    for feature in features:
        actor = feature.properties.get("actor", "none")
        used.setdefault(feature.kind, Counter())[actor] += 1
    kinds = sorted(symbology.kinds.values(), key=lambda kind: (kind.form, kind.id))
    wanted = [
        (kind.id, used[kind.id].most_common(1)[0][0] if kind.id in used else "none")
        for kind in kinds
    ]
    data = {
        "kinds": {kind.id: {"form": kind.form, **kind.drawing} for kind in kinds},
        "actors": {name: asdict(actor) for name, actor in symbology.actors.items()},
        "styles": {name: dict(style) for name, style in symbology.styles.items()},
        "icons": dict(symbology.icons),
        "colours": symbology.colours("light"),
    }
    context = quickjs.Context()
    context.eval(join_modules("samples", START))
    context.set("request", json.dumps({"data": data, "wanted": wanted}, default=str))
    drawn = json.loads(context.eval(f"{START}(request)"))
    colours = symbology.colours("light")
    rows: list[str] = []
    y, form = 10.0, ""
    for kind, sample in zip(kinds, drawn["samples"], strict=True):
        if kind.form != form:
            form = kind.form
            rows.append(set_block(16, y + 8, HEADING, [form], colours))
            y += LINE + 8
        rows.append(tag("g", sample, transform=f"translate(16 {y + 3:g})"))
        rows.append(set_block(62, y + 3, ENTRY, [kind.id], colours))
        rows.append(set_block(250, y + 3, ENTRY, [kind.title], colours))
        y += LINE
    height = round(y + 12)
    ground = tag("rect", width=WIDTH, height=height, fill=colours["panel"])
    return embed_faces(
        tag(
            "svg",
            tag("title", escape("Kinds")) + tag("defs", drawn["patterns"]) + ground + "".join(rows),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH} {height}",
            width=WIDTH,
            height=height,
            role="img",
        )
    )
