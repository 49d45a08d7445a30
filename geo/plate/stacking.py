"""Icons that would lie on each other stand side by side above their place.

The same rules as geo/assets/js/stacking.js.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any, Final

from geo.plate.projection import Sheet, zoom_factor

__all__ = ["stack_offsets"]

NEAR: Final = 0.6
"""Icons nearer than this share a stack, as a share of their size."""

ROW: Final = 4
"""Icons in a row of a stack."""

GAP: Final = 3
"""Clear space between icons of a stack, pixels."""

ABOVE: Final = 11
"""How far above its place a stack stands, pixels."""


@dataclass(frozen=True)
class _Icon:
    id: str
    begin: str
    x: float
    y: float
    size: float


def stack_offsets(
    payload: Mapping[str, Any], sheet: Sheet, shown: Sequence[Mapping[str, Any]]
) -> dict[str, tuple[float, float]]:
    """Return where icons stand, pixels right and down of their own places, by feature id."""
    factor = zoom_factor(sheet.zoom)
    stacks: list[list[_Icon]] = []
    for feature in shown:
        if "at" not in feature:
            continue
        x, y = sheet.point(feature["at"])
        size = payload["kinds"][feature["k"]]["size"] * factor
        icon = _Icon(feature["id"], feature.get("b", ""), x, y, size)
        for stack in stacks:
            first = stack[0]
            if hypot(first.x - x, first.y - y) < NEAR * max(size, first.size):
                stack.append(icon)
                break
        else:
            stacks.append([icon])
    offsets: dict[str, tuple[float, float]] = {}
    for stack in stacks:
        if len(stack) > 1:
            offsets |= _stand(stack, factor)
    return offsets


def _stand(stack: Sequence[_Icon], factor: float) -> dict[str, tuple[float, float]]:
    offsets = {}
    at_x, at_y = stack[0].x, stack[0].y
    tall = max(icon.size for icon in stack) + GAP
    icons = sorted(stack, key=lambda icon: icon.begin)
    for number in range(0, len(icons), ROW):
        row = icons[number : number + ROW]
        left = at_x - sum(icon.size + GAP for icon in row) / 2
        top = at_y - ABOVE * factor - number / ROW * tall
        for icon in row:
            offsets[icon.id] = (left + (icon.size + GAP) / 2 - icon.x, top - icon.y)
            left += icon.size + GAP
    return offsets
