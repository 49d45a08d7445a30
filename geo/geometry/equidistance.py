"""Sea sectors by equidistance: every point of the sea goes to the state whose coast is nearest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import shapely
from pyproj import CRS, Transformer
from shapely import LineString, MultiPoint, Point
from shapely.geometry.base import BaseGeometry

from geo.errors import SketchError
from geo.geometry.coverage import polygons_of, round_coordinates

__all__ = ["equidistance_sectors"]

TOUCHING_M: Final = 20
"""A sample of coast this near to a state is that state's, metres."""


def equidistance_sectors(
    sea: BaseGeometry,
    states: Mapping[str, BaseGeometry],
    *,
    projection: str,
    spacing_m: float,
    tolerance_m: float,
) -> dict[str, BaseGeometry]:
    """Divide a sea among coastal states by strict equidistance from their mainland coasts.

    The outer ring of the sea polygon is the coast; islands (its holes) do not count. The coast is
    sampled every `spacing_m`, each sample goes to the state it touches, and the Voronoi cells of
    the samples are joined by state. Where the same point of coast is nearest to a whole area (a
    land frontier at the end of two straight coasts), the bisector of the neighbouring samples
    divides it. Lines between sectors are then generalised by `tolerance_m`; coasts are not.

    Distances are plane distances in `projection` (a PROJ text); choose one that keeps scale over
    the sea. Method: Voronoi partition as the limit of equidistance, cf. UNCLOS art. 15 and
    Carleton and Schofield, *Developments in the Technical Determination of Maritime Space* (2001).
    """
    forward = Transformer.from_crs(4326, CRS(projection), always_xy=True)
    back = Transformer.from_crs(CRS(projection), 4326, always_xy=True)

    def project(geometry: BaseGeometry, transformer: Transformer) -> BaseGeometry:
        return shapely.transform(geometry, transformer.transform, interleaved=False)

    water = project(polygons_of(sea)[0], forward)
    lands = {name: project(area, forward) for name, area in states.items()}
    samples, owners = _sampled_coast(water.exterior, lands, spacing_m)
    cells = shapely.voronoi_polygons(MultiPoint(samples), extend_to=water, ordered=True).geoms
    sectors = []
    for name in lands:
        own = [cell for cell, owner in zip(cells, owners, strict=True) if owner == name]
        if not own:
            raise SketchError(f"{name} has no coast on this sea")
        sectors.append(shapely.union_all(own).intersection(water))
    generalised = shapely.coverage_simplify(sectors, tolerance_m, simplify_boundary=False)
    return {
        name: round_coordinates(project(sector, back))
        for name, sector in zip(lands, generalised, strict=True)
    }


def _sampled_coast(
    coast: LineString, lands: Mapping[str, BaseGeometry], spacing_m: float
) -> tuple[list[Point], list[str]]:
    dense = shapely.segmentize(coast, spacing_m)
    names = list(lands)
    owners, samples = [], []
    for position in dense.coords[:-1]:
        point = Point(position)
        touching = [name for name, area in lands.items() if area.distance(point) < TOUCHING_M]
        # None: open water, where the polygon is closed. Two: their land frontier, neither's alone.
        if len(touching) == 1:
            samples.append(point)
            owners += touching
    if set(owners) != set(names):
        raise SketchError(f"no coast found for {', '.join(sorted(set(names) - set(owners)))}")
    return samples, owners
