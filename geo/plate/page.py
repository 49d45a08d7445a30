"""The pages a plate may fill."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from geo.errors import GeoError

__all__ = ["PAGES", "SCREEN", "Page", "read_page"]

PIXELS: Final = 96
"""Pixels of a sheet of paper to the inch."""

POINTS: Final = 72

SIZE: Final = re.compile(r"(\d{1,9})[x×](\d{1,9})")
LEAST: Final = (700, 500)
"""Width and height below which title, legend and map have no room, pixels."""

MOST: Final = 9999
"""Width and height of the largest page, pixels."""

SMALLEST: Final = 0.85
"""How small everything on a page in pixels may be, as a share of its usual size."""

USUAL: Final = (800, 1400)
"""Shorter and longer side up to which type has its usual size, pixels."""


@dataclass(frozen=True)
class Page:
    """Width and height of a plate."""

    size: tuple[int, int]
    """Pixels."""
    fixed: bool = True
    """Whether the plate keeps its height; else it grows with what stands on it."""
    points: float = 1
    """Points of a PDF for a pixel."""
    turns: bool = False
    """Whether it may stand upright as well as lie across."""

    @property
    def turned(self) -> Page:
        """The page on its other side."""
        return replace(self, size=self.size[::-1])

    @property
    def scale(self) -> float:
        """How much larger than usual everything on it is, or, on a small screen, smaller."""
        shares = (side / usual for side, usual in zip(sorted(self.size), USUAL, strict=True))
        least = SMALLEST if self.fixed and not self.turns else 1.0
        return max(least, round(min(shares), 2))

    @property
    def room(self) -> tuple[int, int]:
        """Width and height that what stands on it has, when it has its usual size, pixels."""
        width, height = (ceil(side / self.scale) for side in self.size)
        return width, height


SCREEN: Final = Page((1280, 800), fixed=False)
"""What a plate is when nothing else is said."""

PAGES: Final = {
    "A4": Page((1123, 794), points=POINTS / PIXELS, turns=True),
    "A3": Page((1587, 1123), points=POINTS / PIXELS, turns=True),
}
"""Sheets of paper: each era takes the side on which its map is larger."""


def read_page(text: str) -> Page:
    """Return the page of a name (A4, A3) or a size in pixels (1920x1080).

    Raises GeoError for anything else.
    """
    if text.upper() in PAGES:
        return PAGES[text.upper()]
    found = SIZE.fullmatch(text)
    width, height = (int(found[1]), int(found[2])) if found else (0, 0)
    if width < LEAST[0] or height < LEAST[1] or max(width, height) > MOST:
        least = "x".join(map(str, LEAST))
        names = ", ".join(PAGES)
        raise GeoError(
            f"page: found {text!r}, expected one of {names} or a size such as 1920x1080, from "
            f"{least} to {MOST}x{MOST} pixels"
        )
    return Page((width, height))
