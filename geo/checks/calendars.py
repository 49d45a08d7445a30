"""Days told in two calendars beside each other, and whether they are the same day.

Gregorian with Julian and with the Moslem lunar calendar, converted by the `convertdate` package;
with the Iranian solar one by its leap years, because that package computes the way of the sun for
each day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, Final

from convertdate import islamic, julian

from geo.errors import CatalogueError

__all__ = ["Calendars", "Pair"]

BETWEEN: Final = re.compile(r"(,? \(|, | = |,? or | that is |/)(on )?")
"""What may stand between two names of one day."""

APART: Final = 10
"""Days of ``18/31 August``: what is nearer, as ``26/27 August``, is a night or a time."""

NOWRUZ_1300: Final = date(1921, 3, 21)
"""The first day of the Iranian year 1300."""

LEAP: Final = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
"""Remainders by 33 of its leap years: the equinox gives the same from 1304 to 1420."""


def _solar_to_gregorian(year: int, month: int, day: int) -> tuple[int, int, int]:
    """Convert a day of the Iranian calendar; raises ValueError when there is no such day."""
    lengths = [31] * 6 + [30] * 5 + [30 if year % 33 in LEAP else 29]
    if not (1 <= month <= 12 and 1 <= day <= lengths[month - 1] and 1250 <= year <= 1420):
        raise ValueError(f"no day {day} of month {month} in {year}")
    years = range(1300, year) if year >= 1300 else range(year, 1300)
    days = sum(366 if number % 33 in LEAP else 365 for number in years)
    begin = NOWRUZ_1300 + timedelta(days=days if year >= 1300 else -days)
    found = begin + timedelta(days=sum(lengths[: month - 1]) + day - 1)
    return found.year, found.month, found.day


Convert = Callable[[int, int, int], tuple[int, int, int]]


@dataclass(frozen=True)
class Reckoning:
    """A calendar beside the Gregorian."""

    to_gregorian: Convert
    """From and to year, month, day."""
    from_gregorian: Convert | None
    """None where the way there finds no day that is not there."""
    shift: int
    """How much lower its years are than Gregorian ones, from its new year on."""
    exact_from: int
    """Its first year of which days are sure: before it they may be one off.

    The moon is seen, not computed; the Iranian state counts by its solar calendar since 1304.
    """
    years: tuple[int, ...]
    """Its years of which one must fit where a text gives none."""

    @cache  # noqa: B019  # there are three, and they last
    def convert(self, year: int, month: int, day: int) -> date | None:
        """Return the Gregorian date; None when there is no such day."""
        try:
            found = date(*self.to_gregorian(year, month, day))
        except ValueError:
            return None
        if self.from_gregorian is None:
            return found
        back = self.from_gregorian(found.year, found.month, found.day)
        return found if tuple(back) == (year, month, day) else None


RECKONINGS: Final[Mapping[str, Reckoning]] = {
    "julian": Reckoning(julian.to_gregorian, julian.from_gregorian, 0, 0, (1890, 1910)),
    "solar": Reckoning(_solar_to_gregorian, None, 621, 1304, (1320, 1322, 1379)),
    "lunar": Reckoning(islamic.to_gregorian, islamic.from_gregorian, 0, 9999, ()),
}


@dataclass(frozen=True)
class Pair:
    """A day in two calendars, as a text has it."""

    text: str
    fault: str
    """What it would have to be; empty when both agree."""


@dataclass(frozen=True)
class Day:
    """A date as a text has it."""

    calendar: str
    day: int
    month: int
    year: int
    """0 when it is not given."""
    start: int
    end: int


class Calendars:
    """Finds pairs in texts."""

    def __init__(self, names: Mapping[str, Any], months: Sequence[str]) -> None:
        """Take the names of months and marks (``[calendars]`` of the checks), and our months.

        Raises CatalogueError unless there are twelve months of each calendar.
        """
        for calendar in ("solar", "lunar"):
            if len(names.get(calendar, [])) != len(months):
                raise CatalogueError(f"[calendars] {calendar}: expected the names of 12 months")
        if not names.get("julian"):
            raise CatalogueError("[calendars] julian: expected the words that mark a date")
        tables: dict[str, list[list[str]]] = {
            "gregorian": [[name] for name in months],
            "solar": names["solar"],
            "lunar": names["lunar"],
        }
        self._months = {
            name: (calendar, number)
            for calendar, table in tables.items()
            for number, spellings in enumerate(table, start=1)
            for name in spellings
        }
        month = _any_of(self._months)
        own = _any_of(months)
        mark = _any_of(names["julian"])
        year = r"(?:(?: \(|,? )(?P<year>1[2-4]\d\d|1[89]\d\d|20[01]\d)(?=\D|$))?"
        self._date = re.compile(
            rf"\b(?P<day>\d{{1,2}}) (?P<month>{month})\b{year}(?P<julian>,? \(?{mark})?"
        )
        self._doubled = re.compile(
            rf"\b(?P<old>\d{{1,2}})(?: (?P<old_month>{own}))?/(?P<new>\d{{1,2}}) (?P<month>{own})"
            r"(?: (?P<year>\d{4}))?"
        )

    def find_pairs(self, text: str) -> list[Pair]:
        """Return the days that a text tells in two calendars."""
        pairs = list(self._slashed(text))
        days = [self._read(match) for match in self._date.finditer(text)]
        for one, other in pairwise(days):
            calendars = {one.calendar, other.calendar}
            if len(calendars) == 2 and "gregorian" in calendars:
                between = text[one.end : other.start]
                ours, theirs = sorted((one, other), key=lambda day: day.calendar != "gregorian")
                known = theirs.year or theirs.calendar != "lunar"  # its year follows from nothing
                if known and BETWEEN.fullmatch(between):
                    pairs.append(Pair(text[one.start : other.end], _fault(ours, theirs)))
        return pairs

    def _read(self, match: re.Match[str]) -> Day:
        calendar, month = self._months[match["month"]]
        year = int(match["year"] or 0)
        end = match.end()
        if match["julian"] and calendar == "gregorian":
            calendar = "julian"
        elif match["julian"]:
            end = match.start("julian")
        return Day(calendar, int(match["day"]), month, year, match.start(), end)

    def _slashed(self, text: str) -> Iterator[Pair]:
        """Yield ``18/31 August 1907`` and ``25 March/7 April 1909``: Julian first."""
        for match in self._doubled.finditer(text):
            month = self._months[match["month"]][1]
            old_month = self._months[match["old_month"] or match["month"]][1]
            old, new, year = int(match["old"]), int(match["new"]), int(match["year"] or 0)
            if old_month == month and abs(new - old) < APART:
                continue
            before = year - 1 if year and old_month > month else year
            ours = Day("gregorian", new, month, year, 0, 0)
            theirs = Day("julian", old, old_month, before, 0, 0)
            yield Pair(match[0], _fault(ours, theirs))


def _any_of(names: Sequence[str] | Mapping[str, Any]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)).join(
        ("(?:", ")")
    )


def _fault(ours: Day, theirs: Day) -> str:
    """Return what is wrong with a pair; empty when some year makes them the same day."""
    reckoning = RECKONINGS[theirs.calendar]
    if theirs.year:
        years: Sequence[int] = [theirs.year]
    elif ours.year:
        about = ours.year - reckoning.shift
        years = (about - 1, about)
    else:
        years = reckoning.years
    found = []
    for year in years:
        other = reckoning.convert(year, theirs.month, theirs.day)
        if other and _same(ours, other, 0 if year >= reckoning.exact_from else 1):
            return ""
        found += [other] if other else []
    if not found:
        return "there is no such day"
    expected = min(found, key=lambda day: abs(day.year - (ours.year or day.year)))
    return f"expected {expected.isoformat()}"


def _same(ours: Day, other: date, slack: int) -> bool:
    for days in range(-slack, slack + 1):
        near = other + timedelta(days=days)
        if (near.month, near.day) == (ours.month, ours.day) and ours.year in (0, near.year):
            return True
    return False
