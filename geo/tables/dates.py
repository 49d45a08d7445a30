"""Dates as other people's tables have them: years, dates, times, ISO 8601 and EDTF texts."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from geo.errors import TimespanError
from geo.model.timespan import timespan_from_edtf
from geo.tables.words import clean

__all__ = ["NO_DATE", "When", "read_date"]

SIMPLE: Final = re.compile(r"(\d{4})(?:-(0\d|1[0-2])(?:-(\d\d))?)?[~?%]?")
"""What needs no parser of EDTF, which takes 20 ms for each."""

YEAR: Final = re.compile(r"(\d{1,4})(?:\.0+)?([~?%]?)")

TIME: Final = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*")


@dataclass(frozen=True)
class When:
    """A date: as EDTF writes it, and the first and last day it may mean."""

    edtf: str
    first: date | None
    last: date | None


NO_DATE: Final = When("", None, None)
"""An open end."""


def read_date(value: Any) -> When:
    """Read one cell; what is missing is open. Raises TimespanError.

    Whole numbers are years. Times count as the day they are on.
    """
    to_time: Callable[[], Any] | None = getattr(value, "isoformat", None)
    if isinstance(value, bool):
        raise TimespanError(repr(value))
    return _read(clean(to_time() if to_time and value == value else value))  # noqa: PLR0124


@cache
def _read(text: str) -> When:
    if text in ("", "..", "None", "NaT", "nan"):
        return NO_DATE
    if year := YEAR.fullmatch(text):
        text = f"{int(year[1]):04}{year[2]}"
    elif time := TIME.fullmatch(text):
        text = time[1]
    try:
        if parts := SIMPLE.fullmatch(text):
            return When(text, *_days(*(int(part) if part else 0 for part in parts.groups())))
        held = timespan_from_edtf(text, text)
    except (TimespanError, ValueError) as err:
        raise TimespanError(repr(text)) from err
    last = held.end and held.end - timedelta(days=1)
    # Forms that the map has no words for are told by their first and last day.
    plain = re.fullmatch(r"\d{3}X[~?%]?", text)
    return When(text if plain else f"{held.begin}/{last}", held.begin, last)


def _days(year: int, month: int, day: int) -> tuple[date, date]:
    if day:
        return (date(year, month, day),) * 2
    first, last = (month, month) if month else (1, 12)
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
