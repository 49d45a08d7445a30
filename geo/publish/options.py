"""What files the options of an export are for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

__all__ = ["DATA", "PICTURES", "find_untaken"]

PICTURES: Final = (".svg", ".png", ".pdf")

DATA: Final = "data"
"""What stands for the ending of a file of data, whichever it is."""

TAKEN: Final = {
    "theme": PICTURES,
    "scale": (".png",),
    "page": PICTURES,
    "projection": PICTURES,
    "language": (".html", *PICTURES),
    "hide": (".html",),
}
"""The endings an option is for, where that is not all of them."""


def find_untaken(given: Collection[str], ending: str) -> Iterator[str]:
    """Yield a fault for each option that is given and a file of that ending would not show."""
    if ending not in (".html", DATA, *PICTURES):
        return  # nothing is written to it
    for name, endings in TAKEN.items():
        if name in given and ending not in endings:
            yield f"found --{name}, which is for {', '.join(endings)}"
