"""The errors this package raises.

GeoError(ValueError)
├── CatalogueError   a declaration in layers/ or seeds/ is missing, malformed or contradictory
├── FeatureError     a GeoJSON feature breaks RFC 7946 or our property rules
├── SketchError      a hand-drawn sketch cannot be turned into a geometry
├── TimespanError    a date or EDTF string cannot be read, or ends before it begins
└── UnknownIdError   an era, layer, feature, place, source or claim id that nothing declares
"""

import re
import reprlib
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Final

__all__ = [
    "CatalogueError",
    "FeatureError",
    "GeoError",
    "SketchError",
    "TimespanError",
    "UnknownIdError",
    "list_faults",
    "raise_faults",
    "show",
    "suggest",
]

LONGEST: Final = 160
"""Characters of something found, as a message shows it."""

LONGEST_FAULT: Final = 800
"""Characters of one message."""

MOST_NAMED: Final = 120
"""Of so many names that are known all are listed."""

LISTED: Final = 5
"""So many of like faults are written out when there are more than twice as many."""

VARYING: Final = re.compile(
    r"'[^']*'|\"[^\"]*\"|\[[^\]]*\]|\d+(\.\d+)?|\b(feature|claim|source|era|layer) [\w-]+"
)
"""What differs between like faults: names, positions, numbers."""


class _Plain(reprlib.Repr):
    """What was found, as the files write it and not as Python does."""

    def repr_bool(self, value: bool, _: int) -> str:
        return "true" if value else "false"

    def repr_NoneType(self, *_: object) -> str:  # noqa: N802  # named by the type
        return "null"

    def repr_date(self, value: date, _: int) -> str:
        return value.isoformat()

    repr_datetime = repr_time = repr_date


_REPR: Final = _Plain()
_REPR.maxstring = _REPR.maxother = _REPR.maxlong = LONGEST
_REPR.maxlist = _REPR.maxtuple = _REPR.maxdict = 6
_REPR.maxlevel = 4


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
        super().__init__(f"unknown {what} {show(found)}; {suggest(found, known)}")


def suggest(found: str, known: Iterable[str]) -> str:
    """Return the nearest of the names that are known, or all of them."""
    names = sorted(known)
    close = get_close_matches(found[:LONGEST], names, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"choose from: {', '.join(names)}" if len(names) <= MOST_NAMED else "nothing is like it"


def show(found: object) -> str:
    """Return something found as a message shows it: on one line, and short."""
    text = _REPR.repr(found)
    return text if len(text) <= LONGEST + 2 else f"{text[:LONGEST]}…"


def list_faults(faults: Iterable[str]) -> list[str]:
    """Return faults once each, and of very many that differ in names and numbers the first few."""
    kinds: dict[str, list[str]] = {}
    for fault in dict.fromkeys(faults):
        kinds.setdefault(VARYING.sub("", fault), []).append(fault)
    listed = []
    for alike in kinds.values():
        few = alike if len(alike) <= 2 * LISTED else alike[:LISTED]
        listed += [
            fault if len(fault) <= LONGEST_FAULT else f"{fault[:LONGEST_FAULT]}…" for fault in few
        ]
        if len(alike) > len(few):
            listed.append(f"and {len(alike) - len(few):,} more faults like the last")
    return listed


def raise_faults(error: type[GeoError], where: str, faults: list[str]) -> None:
    """Raise all faults found in one place as one error, or return when there are none."""
    if faults:
        start = f"{where}: " if where else ""
        raise error("\n".join(f"{start}{fault}" for fault in list_faults(faults)))
