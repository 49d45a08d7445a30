"""From the rows of a table to features of the atlas, and a list of what was wrong with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any, Final, cast, get_args

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError, TimespanError, UnknownIdError
from geo.model.features import Certainty, Feature
from geo.model.neutral import colour_names
from geo.model.wording import ENGLISH
from geo.own.places import Places, list_geometry_faults
from geo.tables.dates import NO_DATE, When, read_date
from geo.tables.words import clean, recognise, texts

__all__ = ["LAYER", "Columns", "Read", "read_rows"]

LAYER: Final = "own"
"""Id of the one layer there is."""

LINK: Final = re.compile(r"https?://[^\s<>\"]+")

FORMS: Final = {"Point": "point", "LineString": "line", "Polygon": "area"}

NAMED: Final = (40, 120, 360, 1080)
"""So many of the largest are named from afar, from nearer by, and so on."""


@dataclass(frozen=True)
class Columns:
    """Which column holds what; None where none does."""

    begin: Any = None
    end: Any = None
    title: Any = None
    category: Any = None
    colour: Any = None
    certainty: Any = None
    note: Any = None
    source: Any = None
    link: Any = None
    precision: Any = None

    @classmethod
    def of(cls, names: Sequence[Any], wanted: Mapping[str, Any]) -> Columns:
        """Return the columns that are wanted by name; what is not is recognised by its name.

        Raises GeoError for names that are not there, and when no column holds dates.
        """
        if doubled := sorted({str(name) for name in names if list(names).count(name) > 1}):
            raise GeoError(
                f"found several columns called {', '.join(doubled)}, expected one of each"
            )
        named = {what: name for what, name in wanted.items() if name is not None}
        faults: list[GeoError] = []
        for what, name in named.items():
            if not _may_name(name):
                kind = type(name).__name__
                faults.append(
                    GeoError(f"column for {what}: found {kind}, expected the name of a column")
                )
            elif name not in names:
                faults.append(UnknownIdError(f"column for {what}", str(name), map(str, names)))
        if faults:
            raise faults[0] if len(faults) == 1 else GeoError("\n".join(map(str, faults)))
        own = {item.name for item in fields(cls)}
        taken = set(named.values())
        found = {
            what: name
            for what, name in recognise(names).items()
            if what in own and name not in taken
        }
        if "begin" in named and "end" not in named:
            found.pop("end", None)  # one date given is that of an event
        chosen = cls(**{**found, **named})
        if chosen.begin is None:
            listed = ", ".join(map(str, names)) or "none"
            raise GeoError(f"no column with dates; name it by begin=. The columns are: {listed}")
        return chosen


@dataclass
class Read:
    """What was read of a table."""

    features: list[Feature] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """What was left out or changed, one sentence a row."""
    categories: list[str] = field(default_factory=list)
    """In the order of their hues; ``""`` is none."""


def read_rows(
    table: Any,
    geometries: Sequence[BaseGeometry | None],
    columns: Columns,
    *,
    inclusive: bool = True,
    language: str = ENGLISH,
) -> Read:
    """Read the rows of a DataFrame whose geometries are in degrees (EPSG:4326).

    `inclusive` tells whether ends are the last day (or year) on which something held, `language`
    that of the faults.
    """
    read = Read()
    said = texts("faults", language)
    cells = {
        item.name: list(table[getattr(columns, item.name)])
        if getattr(columns, item.name) is not None
        else [None] * len(table)
        for item in fields(columns)
    }
    names = _names(cells["title"], table.index)
    reasons = list_geometry_faults(geometries, said)
    places = Places(geometries)
    hues = _Hues(cells["category"], read, language)
    sizes: list[float] = []
    for number in range(len(table)):
        row = {name: values[number] for name, values in cells.items()}
        faults = [reasons[number]] if reasons[number] else []
        try:
            time = _time(row, columns, said, inclusive=inclusive)
        except TimespanError as err:
            faults.append(str(err))
            time = {}
        own, wrong = _told(row, said)
        faults += [*wrong, *hues.unknown(row, said)]
        where = f"row {number + 1} ({names[number]})"
        read.faults += [f"{where}: {fault}" for fault in faults]
        if reasons[number] or not time:
            continue
        own |= {"title": names[number], "label": names[number], "claims": [], **time}
        hue = hues.of(row)
        for part, geometry in enumerate(places.parts(number), start=1):
            name = f"row-{number + 1}" + (f"-{part}" if part > 1 else "")
            form = FORMS[geometry.geom_type.removeprefix("Multi")]
            read.features.append(
                Feature(
                    LAYER,
                    shapely.geometry.mapping(geometry),
                    {
                        "id": name,
                        "kind": hue.kind(form),
                        "colour": hue.name,
                        **own,
                        **places.label(geometry),
                    },
                )
            )
            sizes.append(geometry.area or geometry.length)
    for place, number in enumerate(np.argsort(-np.array(sizes), kind="stable")):
        rank = 1 + sum(place >= most for most in NAMED)
        cast(dict[str, Any], read.features[number].properties)["label_rank"] = rank
    return read


def _names(titles: Sequence[Any], index: Iterable[Any]) -> list[str]:
    return [
        clean(title, 300) or clean(label, 300) or "–"
        for title, label in zip(titles, index, strict=True)
    ]


def _may_name(name: Any) -> bool:
    """Tell whether something may be the name of a column, which a column itself is not."""
    try:
        hash(name)
    except TypeError:
        return False
    return True


def _time(
    row: Mapping[str, Any], columns: Columns, said: Mapping[str, str], *, inclusive: bool
) -> dict[str, str]:
    """Return begin and end as the atlas writes them; raises TimespanError in words of `said`."""
    dates = {}
    for what in ("begin", "end"):
        try:
            dates[what] = read_date(row[what])
        except TimespanError as err:
            raise TimespanError(said["date"].format(what, err)) from err
    begin, end = dates["begin"], dates["end"]
    if begin.first and begin.first.year == date.max.year:
        raise TimespanError(said["late"].format(begin.edtf))
    if end.last and end.last.year == date.max.year:
        end = NO_DATE  # as databases write it
    if columns.end is None:
        end = begin
        if begin == NO_DATE:
            raise TimespanError(said["date"].format("begin", "nothing"))
    elif not inclusive and end.first and end.first > date.min:
        end = _day_before(end.first, begin, said)
    elif begin == end == NO_DATE:
        raise TimespanError(said["no-date"])
    if begin.first and end.last and end.last < begin.first:
        raise TimespanError(said["order"].format(begin.edtf, end.edtf))
    after = end.last and end.last + timedelta(days=1)
    return {
        "begin": str(begin.first or ""),
        "end": str(after or ""),
        "begin_edtf": begin.edtf,
        "end_edtf": end.edtf,
    }


def _day_before(first: date, begin: When, said: Mapping[str, str]) -> When:
    """Return the last day (or year) before a first one on which something holds no more."""
    if first == begin.first:
        raise TimespanError(said["empty"].format(begin.edtf))
    last = first - timedelta(days=1)
    whole = (first.month, first.day) == (1, 1)
    return When(f"{last.year:04}" if whole else str(last), last, last)


def _told(row: Mapping[str, Any], said: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """Return what a row says of itself, and what of that could not be taken."""
    faults = []
    certainty = clean(row["certainty"]).lower()
    if certainty and certainty not in get_args(Certainty):
        faults.append(said["certainty"].format(repr(certainty)))
        certainty = ""
    link = clean(row["link"])
    if link and not LINK.fullmatch(link):
        faults.append(said["link"].format(repr(link)))
        link = ""
    written = clean(row["precision"])
    precision = _number(written) if written else 0.0
    if not precision >= 0:
        faults.append(said["precision"].format(repr(written)))
        precision = 0.0
    told: dict[str, Any] = {
        "certainty": certainty,
        "sources": [source] if (source := (clean(row["source"]), link)) != ("", "") else [],
        "precision_km": precision,
    }
    if note := clean(row["note"]):
        told["note"] = note
    return told, faults


def _number(text: str) -> float:
    """Return a number that a text is; not a number for others, and for what is without end."""
    try:
        value = float(text)
    except ValueError:
        return np.nan
    return value if np.isfinite(value) else np.nan


@dataclass(frozen=True)
class _Hue:
    """The colour of a feature, and the category it stands for."""

    name: str
    number: int
    """Of its category; 0 when there are none."""

    def kind(self, form: str) -> str:
        return f"own-{form}-{self.number}" if self.number else f"own-{form}"


class _Hues:
    """Hues by category: the commonest have their own, in the order in which they are first met."""

    def __init__(self, categories: Sequence[Any], read: Read, language: str) -> None:
        *self._own, self._rest = colour_names()
        said = texts("faults", language)
        counted = Counter(filter(None, (clean(value, 80) for value in categories)))
        common = {name for name, _ in counted.most_common(len(self._own))}
        self._numbers = {
            name: number
            for number, name in enumerate((name for name in counted if name in common), start=1)
        }
        read.categories += self._numbers
        if rest := len(counted) - len(common):
            read.categories.append(texts("map", language)["other"])
            read.faults.append(said["categories"].format(len(common), rest))
        self._met = {"", *self._own, self._rest}

    def unknown(self, row: Mapping[str, Any], said: Mapping[str, str]) -> list[str]:
        """Return the fault of a row's colour, if no row before has the same."""
        colour = clean(row["colour"])
        if colour in self._met:
            return []
        self._met.add(colour)
        return [said["colour"].format(repr(colour), ", ".join((*self._own, self._rest)))]

    def of(self, row: Mapping[str, Any]) -> _Hue:
        category, colour = clean(row["category"], 80), clean(row["colour"])
        number = self._numbers.get(category, len(self._numbers) + 1) if category else 0
        if colour not in (*self._own, self._rest):
            plain = self._own[0] if not self._numbers else self._rest
            colour = self._own[number - 1] if 0 < number <= len(self._numbers) else plain
        return _Hue(colour, number)
