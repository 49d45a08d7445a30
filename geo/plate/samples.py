"""Every kind with a picture of how it is drawn, as one SVG."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Final

import quickjs

from geo.assets import join_modules
from geo.model.features import Feature
from geo.model.neutral import colour_names, colour_table, neutral_kinds, painted
from geo.model.symbology import Symbology, TypeStyle
from geo.plate.lettering import embed_faces
from geo.plate.tags import tag
from geo.plate.type import set_block

__all__ = ["draw_kinds"]

START: Final = "drawSamples"

WIDTH: Final = 660

LINE: Final = 26
"""Height of a row, pixels."""

SAMPLE: Final = 46
"""Width of a sample, and the room beside it, pixels."""

HEADING: Final = TypeStyle("sans", 13, 18, "ink-soft", "panel", weight=600)
ENTRY: Final = TypeStyle("sans", 13, 18, "ink", "panel")


@dataclass(frozen=True)
class _Row:
    """A line of the sheet."""

    heading: str
    samples: Sequence[tuple[str, str]]
    """Of which kind, and in whose colour."""
    name: str
    title: str = ""


def draw_kinds(symbology: Symbology, features: Iterable[Feature]) -> str:
    """Return a sheet of all kinds by form: sample, id, title.

    A kind is shown in the colour of the actor that has most of its `features`; last come the
    colours that neutral kinds can have, each with a sample of every neutral kind.
    """
    symbology = symbology.fitted(colour_table())
    used: dict[str, Counter[str]] = {}
    for feature in features:
        actor = painted(feature.properties) or "none"
        used.setdefault(feature.kind, Counter())[actor] += 1
    kinds = sorted(symbology.kinds.values(), key=lambda kind: (kind.form, kind.id))
    rows = [
        _Row(
            kind.form,
            [(kind.id, used[kind.id].most_common(1)[0][0] if kind.id in used else "none")],
            kind.id,
            kind.title,
        )
        for kind in kinds
    ]
    neutral = [kind["id"] for kind in neutral_kinds()]
    rows += [
        _Row("colour", [(kind, colour) for kind in neutral], name)
        for name, colour in zip(colour_names(), colour_table(), strict=True)
    ]
    wanted = [sample for row in rows for sample in row.samples]
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
    samples = iter(drawn["samples"])
    parts: list[str] = []
    y, heading = 10.0, ""
    for row in rows:
        if row.heading != heading:
            heading = row.heading
            parts.append(set_block(16, y + 8, HEADING, [heading], colours))
            y += LINE + 8
        x = 16
        for _ in row.samples:
            parts.append(tag("g", next(samples), transform=f"translate({x} {y + 3:g})"))
            x += SAMPLE
        parts.append(set_block(x, y + 3, ENTRY, [row.name], colours))
        parts.append(set_block(250, y + 3, ENTRY, [row.title], colours))
        y += LINE
    height = round(y + 12)
    ground = tag("rect", width=WIDTH, height=height, fill=colours["panel"])
    return embed_faces(
        tag(
            "svg",
            tag("title", escape("Kinds"))
            + tag("defs", drawn["patterns"])
            + ground
            + "".join(parts),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH} {height}",
            width=WIDTH,
            height=height,
            role="img",
        )
    )
