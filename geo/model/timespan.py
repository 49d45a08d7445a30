"""Valid time: when something held in the world, as EDTF text and as dates.

The one rule for ends, used everywhere in this project:

- A timespan is half-open, ``[begin, end)``: the end is the first day on which it no longer held.
- EDTF texts are inclusive, as people write them: ``end_edtf = "1941-09-17"`` gives
  ``end = 1941-09-18``, and ``end_edtf = "1946"`` gives ``end = 1947-01-01``.
- An empty ``begin`` means it held before anything this atlas shows; an empty ``end`` means it
  still held when the atlas ends. Neither ever means "on one day only": an event of one day carries
  the same EDTF text as begin and end.
- Dates are proleptic Gregorian. Russian dates before 1918 are converted before they get here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from geo.errors import TimespanError, show

__all__ = ["DATE", "PLAIN", "Timespan", "timespan_from_edtf", "timespan_from_iso"]

PLAIN: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""A date without doubt or reach, the same in EDTF and ISO 8601."""

DATE: Final = re.compile(r"([0-9]{3}[0-9X])(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
"""The EDTF that the atlas can say in words: year or decade, month, day; how sure it is."""

LONGEST: Final = 100
"""Characters of an EDTF text."""


@dataclass(frozen=True)
class Timespan:
    """A half-open interval of days; None is an open side.

    Examples
    --------
    >>> from datetime import date
    >>> import geo
    >>> war = geo.Timespan(date(1914, 8, 1), date(1918, 11, 12))
    >>> war.contains(date(1918, 11, 11)), war.days
    (True, 1564)
    """

    begin: date | None
    """First day on which it held; None when it held from before the atlas."""
    end: date | None
    """First day on which it no longer held; None when it held to the end of the atlas."""

    def __post_init__(self) -> None:
        if self.begin and self.end and self.end <= self.begin:
            raise TimespanError(f"end {self.end} is not after begin {self.begin}")

    @property
    def days(self) -> int | None:
        """How long it is; None when a side is open."""
        return (self.end - self.begin).days if self.begin and self.end else None

    def overlaps(self, other: Timespan) -> bool:
        """Tell whether two timespans share a day; both are half-open, ``[begin, end)``."""
        starts_in_time = self.begin is None or other.end is None or self.begin < other.end
        ends_in_time = other.begin is None or self.end is None or other.begin < self.end
        return starts_in_time and ends_in_time

    def during(self, other: Timespan) -> Timespan | None:
        """Return the time that two timespans share; None when there is none."""
        if not self.overlaps(other):
            return None
        begin = max(filter(None, (self.begin, other.begin)), default=None)
        end = min(filter(None, (self.end, other.end)), default=None)
        return Timespan(begin, end)

    def contains(self, day: date) -> bool:
        """Tell whether it held on a day."""
        return (self.begin is None or self.begin <= day) and (self.end is None or day < self.end)


def timespan_from_iso(begin: str, end: str) -> Timespan:
    """Read two ISO dates (``YYYY-MM-DD``, or empty for an open side)."""
    return Timespan(_read_iso(begin), _read_iso(end))


def timespan_from_edtf(begin_edtf: str, end_edtf: str) -> Timespan:
    """Read two EDTF texts (ISO 8601-2; empty for an open side); the end is inclusive.

    Uncertain (``?``) and approximate (``~``) dates count with their written value; the doubt stays
    in the text. An interval or a set gives its earliest day as begin and its latest as end.
    """
    end = _edtf_day(end_edtf, last=True)
    return Timespan(_edtf_day(begin_edtf, last=False), end + timedelta(days=1) if end else None)


def _read_iso(text: str) -> date | None:
    if not text:
        return None
    try:
        if PLAIN.fullmatch(text):
            return date.fromisoformat(text)
    except (TypeError, ValueError) as err:
        raise _unreadable(text, "YYYY-MM-DD or an empty text") from err
    raise _unreadable(text, "YYYY-MM-DD or an empty text")


@cache
def _edtf_day(text: str, *, last: bool) -> date | None:
    if not text:
        return None
    parts = text.split("/", 1)
    plain = [_plain_day(part, last=last) for part in parts]
    day = plain[-1 if last else 0] if None not in plain else None
    if day is None:
        day = _any_day(text, last=last)
    try:
        # A day later is needed for half-open ends.
        day + timedelta(days=1)
    except OverflowError as err:
        raise _unreadable(text, "a year before 9999") from err
    return day


def _plain_day(text: str, *, last: bool) -> date | None:
    """Return the first or last day of a text in the form of DATE; None when it has another."""
    match = DATE.fullmatch(text)
    if not match:
        return None
    year, month, day, _ = match.groups()
    if "X" in year and month:
        return None
    if month and int(month) > 12:  # seasons are numbered from 21
        return None
    number = int(year.replace("X", "9" if last else "0"))
    try:
        if day:
            return date(number, int(month), int(day))
        months = int(month or (12 if last else 1))
        return date(number, months, monthrange(number, months)[1] if last else 1)
    except ValueError as err:
        raise _unreadable(text, "an EDTF date such as 1907-08-31") from err


def _any_day(text: str, *, last: bool) -> date:
    """Return the first or last day of any EDTF text; the parser takes 20 ms for each."""
    if len(text) > LONGEST:
        raise _unreadable(text, "an EDTF date such as 1907-08-31")
    # Imported here: few texts need it, and the parser costs 0.15 s to import.
    from edtf import parse_edtf

    try:
        parsed = parse_edtf(text)
        when = parsed.upper_strict() if last else parsed.lower_strict()
        return date(*when[:3])
    except Exception as err:  # the parser has errors of its own and lets others through
        raise _unreadable(text, "an EDTF date such as 1907-08-31") from err


def _unreadable(text: object, expected: str) -> TimespanError:
    return TimespanError(f"found {show(text)}, expected {expected}")
