"""Contrast of names with the ground they stand on, measured on pixels, without their halos."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from geo.plate import Engine
from geo.plate.convert import convert_plate
from geo.plate.tags import tag

__all__ = ["LEAST", "LEAST_STATE", "find_pale"]

LEAST: Final = 4.5
"""What a text needs."""

LEAST_STATE: Final = 3.0
"""What names of states and waters need, which are large and spaced."""

LARGE: Final = {"home", "power", "state", "water"}

LABELS: Final = re.compile(r'<g class="labels">.*?</g>', re.DOTALL)


def find_pale(engine: Engine, era_id: str, theme: str, size: tuple[int, int]) -> list[str]:
    """Return the texts of an era's own view whose contrast with their ground is too low.

    The median counts: a letter may cross a line. Raises UnknownIdError.
    """
    drawn = engine.draw(era_id, size=size, theme=theme)
    ground = tag(
        "svg",
        tag("defs", drawn.patterns) + LABELS.sub("", drawn.content),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {size[0]} {size[1]}",
        width=size[0],
        height=size[1],
    )
    with Image.open(BytesIO(convert_plate(ground, "png"))) as picture:
        pixels = _luminance(np.asarray(picture.convert("RGB"), dtype=float) / 255)
    labels = engine.measure(era_id, size=size)["labels"]
    colours = engine.symbology.colours(theme)
    return [
        f"{label['text']} {ratio:.1f}"
        for label in labels
        if (ratio := _ratio(label, pixels, _ink(engine, label, colours)))
        < (LEAST_STATE if label["style"] in LARGE else LEAST)
    ]


def _ink(engine: Engine, label: Mapping[str, Any], colours: Mapping[str, str]) -> float:
    ink = engine.symbology.type[label["style"]].ink
    colour = colours[f"{label['actor']}-ink" if ink == "actor" else ink]
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return float(_luminance(rgb))


def _ratio(label: Mapping[str, Any], pixels: NDArray[np.float64], ink: float) -> float:
    parts = [
        pixels[
            max(0, round(box["y"])) : round(box["y"] + box["h"]),
            max(0, round(box["x"])) : round(box["x"] + box["w"]),
        ].ravel()
        for box in label["boxes"]
    ]
    ground = np.concatenate(parts)
    light, dark = np.maximum(ground, ink), np.minimum(ground, ink)
    return float(np.median((light + 0.05) / (dark + 0.05)))


def _luminance(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    luminance: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return luminance
