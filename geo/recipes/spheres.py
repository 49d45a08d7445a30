"""The spheres of 1907: Persia cut by the two treaty lines."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import SketchError
from geo.geometry.coverage import polygons_of
from geo.geometry.geodesic import geodesic_line
from geo.geometry.split import offset_line, side_of_line, split_area
from geo.model.schema import Id, Length, Position, Record
from geo.recipes.ground import Ground
from geo.recipes.properties import Line

__all__ = ["Partition", "derive_spheres"]


@dataclass(frozen=True)
class Partition:
    """What ``[partition]`` of the sketch says."""

    __pydantic_config__ = Record

    state: Id
    offset_km: Length
    """How far outside its towns a sphere is cut."""
    step_km: Length
    russian: Line
    russian_past: tuple[Position, Position]
    """Where the cut goes on beyond both frontiers."""
    british: Line
    british_past: tuple[Position, Position]
    published_band_km: Length
    """How far south of the line published areas let the Russian sphere reach."""


def derive_spheres(rules: Partition, ground: Ground) -> dict[str, BaseGeometry]:
    """Return the lines, the three spheres and the disputed band, by feature id.

    The spheres partition the state: the neutral zone is what the other two leave.
    """
    state = ground.area(rules.state)
    step = rules.step_km
    russian = [ground.position(at) for at in rules.russian]
    british = [ground.position(at) for at in rules.british]
    # Seen along each line as written, the neutral zone lies to the right.
    russian_cut = _cut(russian, rules.russian_past, rules.offset_km, step, pinned_end=True)
    british_cut = _cut(british, rules.british_past, rules.offset_km, step, pinned_end=False)
    north = side_of_line(state, russian_cut, shapely.Point(ground.position("tehran")))
    east = side_of_line(state, british_cut, shapely.Point(ground.position("zahedan")))
    if not north.disjoint(east):
        raise SketchError("the Russian and the British sphere touch")
    inside = {"north": north, "east": east}
    spheres: dict[str, list[BaseGeometry]] = {"north": [], "east": [], "neutral": []}
    for face in split_area(state, [russian_cut, british_cut]):
        middle = face.representative_point()
        owner = next((name for name, area in inside.items() if area.contains(middle)), "neutral")
        spheres[owner].append(face)
    neutral = _areas(shapely.coverage_union_all(spheres["neutral"]))
    band = _swept(russian_cut, rules.published_band_km, step).intersection(neutral)
    return {
        "sphere-russian-1907": _areas(shapely.coverage_union_all(spheres["north"])),
        "sphere-british-1907": _areas(shapely.coverage_union_all(spheres["east"])),
        "sphere-neutral-1907": neutral,
        "line-russian-1907": geodesic_line(russian, step),
        "line-british-1907": geodesic_line(british, step),
        "band-russian-1907-published": _areas(band),
    }


def _cut(
    towns: list[tuple[float, float]],
    past: tuple[Position, Position],
    offset_km: float,
    step_km: float,
    *,
    pinned_end: bool,
) -> BaseGeometry:
    """Return the line along which a sphere is cut: outside its towns, past both frontiers."""
    moved = list(offset_line(shapely.LineString(towns), offset_km).coords)
    if pinned_end:  # the treaty fixes this end: a point where three frontiers meet
        moved[-1] = towns[-1]
    return geodesic_line([past[0], *moved, past[1]], step_km)


def _swept(cut: BaseGeometry, width_km: float, step_km: float) -> BaseGeometry:
    """Return the strip between a cutting line and the same line moved to its right."""
    far = geodesic_line(list(offset_line(cut, width_km).coords), step_km)
    return shapely.make_valid(
        shapely.Polygon([*cut.coords, *reversed(far.coords)]), method="structure"
    )


def _areas(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.MultiPolygon(polygons_of(geometry))
