"""From the rows of a table to features of the atlas, and a list of what was wrong with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any, Final, cast, get_args

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeoError, TimespanError, UnknownIdError
from geo.geometry.coverage import round_coordinates
from geo.model.features import Certainty, Feature
from geo.model.neutral import colour_names
from geo.model.wording import ENGLISH
from geo.payload.topology import DECIMALS
from geo.tables.dates import NO_DATE, When, read_date
from geo.tables.words import clean, recognise, texts

__all__ = ["LAYER", "Columns", "Read", "read_rows"]

LAYER: Final = "own"
"""Id of the one layer there is."""

SMALLEST: Final = 0.003
"""Degrees: shapes of less extent would vanish on a document's grid; they are shown as points."""

MANY: Final = 2000
"""Vertices of a shape that is brought onto the document's grid first."""

GRID: Final = 10.0**-DECIMALS

LINK: Final = re.compile(r"https?://[^\s<>\"]+")

FORMS: Final = {"Point": "point", "LineString": "line", "Polygon": "area"}

NAMED: Final = (40, 120, 360, 1080)
"""So many of the largest are named from afar, from nearer by, and so on."""

CENTROID_ROOM: Final = 1500
"""Areas whose widest place is looked for; of more, any place inside has to do."""


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
        for what, name in named.items():
            if name not in names:
                raise UnknownIdError(f"column for {what}", str(name), map(str, names))
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
    reasons = _geometry_faults(geometries, said)
    places = _Places(geometries)
    hues = _Hues(cells["category"], cells["colour"], read, language)
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
        faults += wrong
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
    return [clean(title, 300) or f"{label}" for title, label in zip(titles, index, strict=True)]


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
    if columns.end is None:
        end = begin
        if begin == NO_DATE:
            raise TimespanError(said["date"].format("begin", "nothing"))
    elif not inclusive and end.first and end.first > date.min:
        last = end.first - timedelta(days=1)
        whole = (end.first.month, end.first.day) == (1, 1)
        end = When(f"{last.year:04}" if whole else str(last), last, last)
    elif begin == end == NO_DATE:
        raise TimespanError(said["no-date"])
    if begin.first and end.last and end.last < begin.first:
        raise TimespanError(said["order"].format(begin.edtf, end.edtf))
    after = end.last and (end.last if end.last == date.max else end.last + timedelta(days=1))
    return {
        "begin": str(begin.first or ""),
        "end": str(after or ""),
        "begin_edtf": begin.edtf,
        "end_edtf": end.edtf,
    }


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
    try:
        precision = max(0.0, float(row["precision"] or 0))
    except (TypeError, ValueError):
        precision = 0.0
    told: dict[str, Any] = {
        "certainty": certainty,
        "sources": [source] if (source := (clean(row["source"]), link)) != ("", "") else [],
        "precision_km": precision if np.isfinite(precision) else 0,
    }
    if note := clean(row["note"]):
        told["note"] = note
    return told, faults


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

    def __init__(
        self, categories: Sequence[Any], colours: Sequence[Any], read: Read, language: str
    ) -> None:
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
        wrong = {clean(colour) for colour in colours} - {"", *self._own, self._rest}
        listed = ", ".join((*self._own, self._rest))
        read.faults += [said["colour"].format(repr(colour), listed) for colour in sorted(wrong)]

    def of(self, row: Mapping[str, Any]) -> _Hue:
        category, colour = clean(row["category"], 80), clean(row["colour"])
        number = self._numbers.get(category, len(self._numbers) + 1) if category else 0
        if colour not in (*self._own, self._rest):
            plain = self._own[0] if not self._numbers else self._rest
            colour = self._own[number - 1] if 0 < number <= len(self._numbers) else plain
        return _Hue(colour, number)


def _open_ring(part: BaseGeometry) -> BaseGeometry:
    """Return a LinearRing, which GeoJSON knows not, as a line."""
    return shapely.LineString(part.coords) if part.geom_type == "LinearRing" else part


def _leaps(geometry: BaseGeometry) -> bool:
    """Tell whether a line goes more than half around the Earth from one point to the next."""
    parts = shapely.get_parts(geometry)
    rings = [ring for part in parts for ring in _lines(part)]
    for ring in rings:
        along = shapely.get_coordinates(ring)[:, 0]
        # From one end of the map to the other along its edge is no leap.
        edge = (np.abs(along[:-1]) == 180) & (np.abs(along[1:]) == 180)
        if ((np.abs(np.diff(along)) > 180) & ~edge).any():
            return True
    return False


def _lines(part: BaseGeometry) -> list[BaseGeometry]:
    if part.geom_type == "Polygon":
        return [part.exterior, *part.interiors]
    if hasattr(part, "geoms"):
        return [line for one in part.geoms for line in _lines(one)]
    return [] if part.geom_type == "Point" else [part]


def _on_grid(shape: BaseGeometry) -> BaseGeometry:
    """Round a shape; one of many vertices loses those that a document's grid makes one.

    A comb of 40,000 narrow teeth, which take seconds to draw, becomes the area that they fill.
    """
    if shapely.get_num_coordinates(shape) > MANY:
        whole = shapely.set_precision(shape, GRID)
        shape = shape if whole.is_empty else whole
    return round_coordinates(shape)


class _Places:
    """Geometries as features have them."""

    def __init__(self, geometries: Sequence[BaseGeometry | None]) -> None:
        self._geometries = geometries
        self._exact = len(geometries) <= CENTROID_ROOM

    def parts(self, number: int) -> Iterator[BaseGeometry]:
        """Yield what of a geometry can be drawn as one feature: points one by one."""
        geometry = self._geometries[number]
        single = [_open_ring(part) for part in shapely.get_parts(geometry) if not part.is_empty]
        if any(part.geom_type == "GeometryCollection" for part in single):
            single = [part for whole in single for part in shapely.get_parts(whole)]
        yield from (round_coordinates(part) for part in single if part.geom_type == "Point")
        for kind, whole in (
            ("LineString", shapely.MultiLineString),
            ("Polygon", shapely.MultiPolygon),
        ):
            of_kind = [
                part
                for part in single
                if part.geom_type.replace("LinearRing", "LineString") == kind
            ]
            if of_kind:
                joined = _on_grid(of_kind[0] if len(of_kind) == 1 else whole(of_kind))
                west, south, east, north = joined.bounds
                small = max(east - west, north - south) < SMALLEST
                yield (
                    round_coordinates(shapely.Point((west + east) / 2, (south + north) / 2))
                    if small
                    else joined
                )

    def label(self, geometry: BaseGeometry) -> dict[str, Any]:
        """Return where the name of a shape stands, and the room it has."""
        if geometry.geom_type == "Point":
            return {}
        if geometry.geom_type.endswith("LineString"):
            longest = max(shapely.get_parts(geometry), key=lambda part: part.length)
            at, room = longest.interpolate(0.45, normalized=True), 0.0
        else:
            largest = max(shapely.get_parts(geometry), key=lambda part: part.area)
            at, room = self._inside(largest)
        return {"label_at": [round(at.x, 3), round(at.y, 3)], "label_room": round(room, 2)}

    def _inside(self, area: BaseGeometry) -> tuple[BaseGeometry, float]:
        if self._exact:
            west, south, east, north = area.bounds
            fine = max(east - west, north - south) / 50
            radius = shapely.maximum_inscribed_circle(area, tolerance=fine)
            return shapely.Point(radius.coords[0]), radius.length
        point = area.representative_point()
        return point, float(area.boundary.distance(point))


def _geometry_faults(
    geometries: Sequence[BaseGeometry | None], said: Mapping[str, str]
) -> list[str]:
    """Return for each geometry why it cannot be drawn; nothing when it can."""
    array = np.array(geometries, dtype=object)
    there = ~(shapely.is_missing(array) | shapely.is_empty(array))
    bounds = shapely.bounds(array)
    valid = shapely.is_valid(array)
    faults = []
    for number, geometry in enumerate(geometries):
        west, south, east, north = bounds[number]
        if geometry is None or not there[number]:
            faults.append(said["no-place"])
        elif not np.isfinite(bounds[number]).all():
            faults.append(said["not-finite"])
        elif west < -180 or east > 180 or south < -90 or north > 90:
            x, y = (west if west < -180 else east), (south if south < -90 else north)
            faults.append(said["outside"].format(f"{x:g}", f"{y:g}"))
        elif east - west > 180 and _leaps(geometry):
            faults.append(said["leap"])
        elif not valid[number]:
            faults.append(said["crossed"].format(shapely.is_valid_reason(geometry)))
        else:
            faults.append("")
    return faults
