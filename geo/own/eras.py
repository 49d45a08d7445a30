"""Eras of a layer of one's own: given, or made from its dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from numbers import Real
from typing import Any, Final, cast

from geo.errors import GeoError, TimespanError
from geo.model.timespan import Timespan
from geo.model.wording import Wording
from geo.tables.dates import When, read_date
from geo.tables.words import clean, is_missing, texts

__all__ = ["Span", "make_spans"]

UNITS: Final = {"years": 1, "decades": 10, "centuries": 100}

MOST: Final = 120
"""Eras that a slider can tell apart."""

FEW: Final = {"breaks": 40, "years": 60, "decades": MOST, "centuries": MOST}
"""How many a reader steps through with pleasure; the first unit that needs no more is taken."""


@dataclass(frozen=True)
class Span:
    """An era before it has a map: half-open, ``[begin, end)``."""

    label: str
    begin: date
    end: date
    dates: str
    caption: str = ""

    @property
    def timespan(self) -> Timespan:
        """Its valid time."""
        return Timespan(self.begin, self.end)


def make_spans(
    eras: str | Iterable[Sequence[Any]] | None, held: Sequence[Timespan], wording: Wording
) -> list[Span]:
    """Return the eras for features that held at some times.

    `eras` is a list of (label, begin, end) or (label, begin, end, caption), ends inclusive; or how
    to make them: ``breaks`` (where the set of features changes), ``years``, ``decades``,
    ``centuries``; None takes the first of these that needs few. Raises GeoError.
    """
    if eras is not None and not isinstance(eras, (str, Iterable)):
        raise GeoError(f"eras: found {eras!r}, expected a list or one of {', '.join(FEW)}")
    if eras is not None and not isinstance(eras, str):
        spans = _given(eras, wording)
        if not any(time.overlaps(span.timespan) for span in spans for time in held):
            raise GeoError("eras: nothing of the table falls into them")
        return spans
    if eras is not None and eras not in FEW:
        raise GeoError(f"eras: found {eras!r}, expected a list or one of {', '.join(FEW)}")
    days = sorted({day for time in held for day in (time.begin, time.end) if day})
    if not days:
        always = texts("map", wording.language)["always"]
        return [Span(always, date(1, 1, 1), date.max, always)]
    if any(time.begin is None and time.end == days[0] for time in held):
        days.insert(0, _year((days[0] - timedelta(days=1)).year))  # it held before that
    made: list[Span] = []
    for unit, few in FEW.items():
        if eras in (None, unit):
            made = list(
                _by_breaks(days, held, wording)
                if unit == "breaks"
                else _by_years(days, held, unit, texts("eras", wording.language))
            )
            if len(made) <= (MOST if eras else few):
                return made
    raise GeoError(
        f"eras: found {len(made):,} {eras or ''} from {made[0].dates} to {made[-1].dates}, "
        f"expected {MOST} at most: take a longer unit, or put right a date that is far from all"
    )


def _given(eras: Iterable[Sequence[Any]], wording: Wording) -> list[Span]:
    spans: list[Span] = []
    faults = []
    for number, entry in enumerate(eras, start=1):
        try:
            label, first, last, caption = _entry(entry)
        except (TypeError, ValueError):
            faults.append(
                f"era {number}: found {entry!r}, expected (label, begin, end) or "
                "(label, begin, end, caption), the end not before the begin"
            )
            continue
        begin, end = cast(date, first.first), _after(cast(date, last.last))
        dates = wording.describe_timespan(first.edtf, last.edtf)
        label = label or dates
        if spans and begin < spans[-1].begin:
            faults.append(
                f"era {number}: found {label!r}, which begins before {spans[-1].label!r}, "
                "expected the order of time"
            )
        spans.append(Span(label, begin, end, dates, caption))
    if not spans and not faults:
        faults.append("eras: found none, expected at least one")
    if faults:
        raise GeoError("\n".join(faults))
    return spans


def _entry(entry: Sequence[Any]) -> tuple[str, When, When, str]:
    """Return label, begin, end and caption of an era; raises TypeError or ValueError."""
    if isinstance(entry, (str, bytes)):
        raise TypeError(entry)
    label, begin, end, *rest = entry
    (caption,) = rest or ("",)
    first, last = read_date(begin), read_date(end)
    if not (first.first and last.last and first.first < _after(last.last)):
        raise TimespanError(f"{begin!r} – {end!r}")
    if not (isinstance(caption, str) or is_missing(caption)):
        raise TypeError(caption)
    if not (isinstance(label, (str, Real, date)) or is_missing(label)):
        raise TypeError(label)
    return clean(label, 40), first, last, clean(caption)


def _by_breaks(days: Sequence[date], held: Sequence[Timespan], wording: Wording) -> Iterator[Span]:
    """Yield an era between any two days on which something begins or ends."""
    ends = list(days[1:])
    going_on = any(time.end is None for time in held) or len(days) == 1
    if going_on:
        ends.append(_year(days[-1].year + 1))
    many = len({day.year for day in days}) < len(days)
    for begin, end in zip(days, ends, strict=False):
        span = Timespan(begin, end)
        if not any(time.overlaps(span) for time in held):
            continue
        first, last = _texts(begin, end)
        label = wording.describe_date(first) if many and len(first) > 4 else str(begin.year)
        if going_on and end == ends[-1]:
            last = ""
        yield Span(label, begin, end, wording.describe_timespan(first, last))


def _texts(begin: date, end: date) -> tuple[str, str]:
    """Return the first and the last day as EDTF, as a year where one begins or ends with it."""
    last = end - timedelta(days=1)
    whole = begin == _year(begin.year), end == _year(end.year)
    if begin.year == last.year and not all(whole):
        return str(begin), str(last)
    return (
        f"{begin.year:04}" if whole[0] else str(begin),
        f"{last.year:04}" if whole[1] else str(last),
    )


def _by_years(
    days: Sequence[date], held: Sequence[Timespan], unit: str, said: Mapping[str, str]
) -> Iterator[Span]:
    """Yield the units of so many years in which there is something, and those between them."""
    length = UNITS[unit]
    last = days[-1] - timedelta(days=1) if any(days[-1] == time.end for time in held) else days[-1]
    first = days[0].year // length * length
    for year in range(first, last.year + 1, length):
        label, through = str(year), year + length - 1
        if unit == "decades":
            label = said["decade"].format(label)
        elif unit == "centuries":
            label = said["century"].format(label, through)
        dates = label if unit != "decades" else said["century"].format(year, through)
        yield Span(label, _year(max(year, 1)), _year(through + 1), dates)


def _year(year: int) -> date:
    """Return the first day of a year; the calendar ends with 9999."""
    return date(year, 1, 1) if year <= date.max.year else date.max


def _after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)
