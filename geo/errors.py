"""The errors this package raises.

GeoError(ValueError)
├── CatalogueError   a declaration in layers/ or seeds/ is missing, malformed or contradictory
├── FeatureError     a GeoJSON feature breaks RFC 7946 or our property rules
├── SketchError      a hand-drawn sketch cannot be turned into a geometry
├── TimespanError    a date or EDTF string cannot be read, or ends before it begins
└── UnknownIdError   an era, layer, feature, place, source or claim id that nothing declares
"""

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = [
    "CatalogueError",
    "FeatureError",
    "GeoError",
    "SketchError",
    "TimespanError",
    "UnknownIdError",
    "raise_faults",
]


class GeoError(ValueError):
    """Something given to the atlas is wrong; says where, what was found, what was expected.

    Examples
    --------
    >>> import geo
    >>> try:
    ...     geo.load_catalogue().era("1907-sphere")
    ... except geo.GeoError as error:
    ...     print(error)
    unknown era '1907-sphere'; did you mean '1907-spheres'?
    """


class CatalogueError(GeoError):
    """A declaration in ``layers/`` or ``seeds/`` is missing, malformed or contradictory."""


class FeatureError(GeoError):
    """A GeoJSON feature breaks RFC 7946 or the property rules of this atlas."""


class SketchError(GeoError):
    """A sketch cannot be turned into a geometry."""


class TimespanError(GeoError):
    """A date or EDTF string cannot be read, or a timespan ends before it begins."""


class UnknownIdError(GeoError):
    """An id that nothing declares was asked for."""

    def __init__(self, what: str, found: str, known: Iterable[str]) -> None:
        names = sorted(known)
        close = get_close_matches(found, names, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"choose from: {', '.join(names)}"
        super().__init__(f"unknown {what} {found!r}; {hint}")


def raise_faults(error: type[GeoError], where: str, faults: list[str]) -> None:
    """Raise all faults found in one place as one error, or return when there are none."""
    if faults:
        raise error("\n".join(f"{where}: {fault}" for fault in faults))
