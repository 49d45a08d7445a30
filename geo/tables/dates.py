"""Dates as other people's tables have them: years, dates, times, ISO 8601 and EDTF texts."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, Final

from geo.errors import TimespanError
from geo.model.timespan import timespan_from_edtf
from geo.tables.words import clean, is_missing

__all__ = ["NO_DATE", "When", "read_date"]

SIMPLE: Final = re.compile(r"(\d{4})(?:-(0\d|1[0-2])(?:-(\d\d))?)?[~?%]?", re.ASCII)
"""What needs no parser of EDTF, which takes 20 ms for each."""

YEAR: Final = re.compile(r"(\d{1,4})(?:\.0+)?([~?%]?)")

MASKED: Final = re.compile(r"([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?", re.ASCII)
"""A date with unknown digits, or of a season, once its marks are taken off."""

TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*")

SLASHES: Final = re.compile(r"(\d{4})/(\d\d)/(\d\d)(?: \d\d:\d\d.*)?", re.ASCII)
"""As GDAL writes a date where a format has none of its own (KML, Shapefile)."""


@dataclass(frozen=True)
class When:
    """A date: as EDTF writes it, and the first and last day it may mean."""

    edtf: str
    first: date | None
    last: date | None


LONGEST: Final = 80
"""Characters of a date that are looked at."""

NO_DATE: Final = When("", None, None)
"""An open end."""


def read_date(value: Any) -> When:
    """Read one cell; what is missing is open. Raises TimespanError.

    Whole numbers are years. Times count as the day they are on.
    """
    to_time: Callable[[], Any] | None = getattr(value, "isoformat", None)
    if isinstance(value, bool):
        raise TimespanError(repr(value))
    timed = to_time and not isinstance(value, type) and not is_missing(value)
    return _read(clean(to_time() if to_time and timed else value, LONGEST))


@lru_cache(maxsize=4096)
def _read(text: str) -> When:
    if text in ("", "..", "None", "NaT", "nan"):
        return NO_DATE
    if year := YEAR.fullmatch(text):
        text = f"{int(year[1]):04}{year[2]}"
    elif time := TIME.fullmatch(text):
        text = time[1]
    elif day := SLASHES.fullmatch(text):
        text = "-".join(day.groups())
    try:
        if parts := SIMPLE.fullmatch(text):
            return When(text, *_days(*(int(part) if part else 0 for part in parts.groups())))
        first, last = _rare(text)
    except (TimespanError, ValueError) as err:
        raise TimespanError(repr(text)) from err
    # Forms that the map has no words for are told by their first and last day.
    plain = re.fullmatch(r"\d{3}X[~?%]?", text)
    return When(text if plain else f"{first}/{last}", first, last)


def _rare(text: str) -> tuple[date, date]:
    """Return the first and last day of EDTF's rarer forms: unknown digits, intervals, sets.

    A parser of EDTF takes 20 ms for each, and a table may have thousands.
    """
    if text[:1] + text[-1:] in ("[]", "{}"):
        ends = [_rare(part) for part in re.split(r", ?|\.\.", text[1:-1])]
        return min(first for first, _ in ends), max(last for _, last in ends)
    if "/" in text:
        (first, _), (_, last) = map(_rare, text.split("/"))
        if last < first:
            raise TimespanError(repr(text))
        return first, last
    parts = MASKED.fullmatch(re.sub("[~?%]", "", text))
    if not parts:
        raise TimespanError(repr(text))
    years, months, days = parts.groups()
    if months and not days and months.isdigit() and int(months) > 20:
        begin, end = _season(months)
        return _days(int(years), begin, 0)[0], _days(int(years), end, 0)[1]
    found = [_ends(int(years.replace("X", digit)), months or "XX", days or "XX") for digit in "09"]
    return found[0][0], found[1][1]


def _ends(year: int, months: str, days: str) -> tuple[date, date]:
    """Return the first and last day of a year that some digits allow."""
    if months == days == "XX":
        return _days(year, 0, 0)
    fitting = [
        date(year, month, day)
        for month in _fitting(months, 12)
        for day in _fitting(days, monthrange(year, month)[1])
    ]
    if not fitting:
        raise TimespanError(f"{months}-{days}")
    return fitting[0], fitting[-1]


@cache
def _season(season: str) -> tuple[int, int]:
    """Return the first and last month of a season, quarter or half, as EDTF counts them."""
    held = timespan_from_edtf(f"1901-{season}", f"1901-{season}")
    if not (held.begin and held.end):
        raise TimespanError(repr(season))
    return held.begin.month, (held.end - timedelta(days=1)).month


def _fitting(mask: str, most: int) -> list[int]:
    pattern = re.compile(mask.replace("X", r"\d"))
    return [number for number in range(1, most + 1) if pattern.fullmatch(f"{number:02}")]


def _days(year: int, month: int, day: int) -> tuple[date, date]:
    if day:
        return (date(year, month, day),) * 2
    first, last = (month, month) if month else (1, 12)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
