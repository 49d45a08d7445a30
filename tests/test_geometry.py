"""Geometry for history: each function on shapes small enough to check by hand."""

from math import pi

import pytest
import shapely
from shapely import LineString, Point, box

from geo.errors import SketchError
from geo.geometry.coverage import dissolve, generalise_coverage, polygons_of, shared_border
from geo.geometry.equidistance import equidistance_sectors
from geo.geometry.geodesic import (
    area_km2,
    azimuth,
    circle,
    distance_km,
    geodesic_line,
    length_km,
    move,
)
from geo.geometry.split import offset_line, side_of_line, split_area
from geo.geometry.wedge import cut_wedge, stretch_of

LCC = "+proj=lcc +lat_1=24 +lat_2=48 +lat_0=36 +lon_0=54 +datum=WGS84"


def test_distances_are_geodesics_on_wgs84():
    # One degree of the equator: the semi-major axis, 6 378.137 km, times π/180.
    assert distance_km((0, 0), (1, 0)) == pytest.approx(6378.137 * pi / 180, abs=1e-6)
    # One degree of latitude at the equator is shorter: the earth is flattened.
    assert distance_km((0, 0), (0, 1)) == pytest.approx(110.574, abs=0.001)


def test_going_and_measuring_agree():
    there = move((51.389, 35.689), 45, 100)
    assert distance_km((51.389, 35.689), there) == pytest.approx(100, abs=1e-6)
    assert azimuth((51.389, 35.689), there) == pytest.approx(45, abs=1e-6)


def test_a_geodesic_keeps_its_towns_and_is_dense_between():
    line = geodesic_line([(45.579, 34.516), (51.668, 32.655), (54.357, 31.897)], 50)
    assert line.coords[0] == (45.579, 34.516)
    assert (51.668, 32.655) in list(line.coords)
    steps = [distance_km(a, b) for a, b in zip(line.coords, line.coords[1:], strict=False)]
    assert max(steps) <= 50
    assert length_km(line) == pytest.approx(601.6 + 266.9, abs=0.2)  # dossier, section 2


def test_a_line_of_one_position_is_refused():
    with pytest.raises(SketchError, match="expected at least 2"):
        geodesic_line([(50, 30)], 10)


def test_a_circle_is_round_on_the_ground():
    ring = circle((50.5, 39.15), 25)
    assert ring[0] == ring[-1]
    assert {round(distance_km((50.5, 39.15), at), 6) for at in ring} == {25.0}
    assert area_km2(shapely.Polygon(ring)) == pytest.approx(3.14159 * 625, rel=0.005)


def test_a_shared_border_stays_shared_when_generalised():
    wiggle = [(50 + 0.01 * (i % 2), 30 + i / 100) for i in range(101)]
    west = shapely.Polygon([(49, 30), *wiggle, (49, 31)])
    east = shapely.Polygon([(51, 30), *wiggle, (51, 31)])
    before = shared_border(west, east)
    west, east = generalise_coverage([west, east], 3000, LCC)
    after = shared_border(west, east)
    assert len(after.coords) < len(before.coords) / 2
    assert shapely.coverage_is_valid([west, east])
    assert west.union(east).area == pytest.approx(2, abs=0.001)


def test_dissolving_removes_only_what_is_shared():
    both = dissolve([box(0, 0, 1, 1), box(1, 0, 2, 1)])
    assert both.area == 2
    assert both.geom_type == "Polygon"
    with pytest.raises(SketchError, match="no areas"):
        dissolve([])


def test_areas_that_only_touch_share_no_border():
    assert shared_border(box(0, 0, 1, 1), box(1, 1, 2, 2)).is_empty


def test_faces_make_up_the_area_they_were_cut_from():
    area = box(0, 0, 10, 10)
    faces = split_area(area, [LineString([(-1, 4), (11, 6)]), LineString([(5, -1), (5, 11)])])
    assert len(faces) == 4
    assert sum(face.area for face in faces) == pytest.approx(100)


def test_the_side_of_a_line_takes_its_islands_along():
    mainland, island_near, island_far = box(0, 0, 10, 10), box(11, 8, 12, 9), box(11, 1, 12, 2)
    area = shapely.MultiPolygon([mainland, island_near, island_far])
    north = side_of_line(area, LineString([(-1, 5), (10.5, 5)]), Point(5, 9))
    assert north.area == pytest.approx(51)
    assert north.contains(Point(11.5, 8.5))
    assert not north.contains(Point(11.5, 1.5))


def test_a_line_that_stops_inside_cuts_nothing():
    with pytest.raises(SketchError, match="must reach outside"):
        side_of_line(box(0, 0, 10, 10), LineString([(-1, 5), (5, 5)]), Point(5, 9))


def test_an_offset_lies_to_the_right_at_the_distance_asked_for():
    line = LineString([(50, 30), (51, 30), (52, 30.4)])
    moved = offset_line(line, 5)
    assert moved.coords[0][1] < 30
    for at in (moved.coords[0], moved.interpolate(0.5, normalized=True).coords[0]):
        nearest = line.interpolate(line.project(Point(at))).coords[0]
        assert distance_km(at, nearest) == pytest.approx(5, abs=0.2)


def test_a_wedge_ends_on_vertices_of_the_border():
    east = shapely.Polygon([(1, 0), (3, 0), (3, 4), (1, 4), (1, 3), (1, 2), (1, 1)])
    west = shapely.Polygon([(1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (-1, 4), (-1, 0)])
    wedge = cut_wedge(east, west, [(1.05, 0.9), (2, 2), (0.9, 3.1)])
    assert wedge.area == pytest.approx(1)
    assert {(1, 1), (1, 2), (1, 3)} <= set(wedge.exterior.coords)
    assert shapely.coverage_is_valid([wedge, east.difference(wedge), west])


def test_a_stretch_follows_the_asked_direction():
    border = LineString([(0, 0), (0, 1), (0, 2), (0, 3)])
    assert list(stretch_of(border, (0, 2.1), (0, 0.1)).coords) == [(0, 2), (0, 1), (0, 0)]
    with pytest.raises(SketchError, match="same vertex"):
        stretch_of(border, (0, 0), (0.1, 0.1))


def test_a_sea_between_two_shores_is_halved():
    sea = box(50, 40, 52, 41)
    states = {"west": box(49, 40, 50, 41), "east": box(52, 40, 53, 41)}
    sectors = equidistance_sectors(
        sea,
        states,
        projection="+proj=tmerc +lon_0=51 +lat_0=42 +ellps=WGS84",
        spacing_m=2000,
        tolerance_m=2000,
    )
    west, east = (area_km2(sectors[name]) for name in ("west", "east"))
    assert west == pytest.approx(east, rel=0.001)
    assert west + east == pytest.approx(area_km2(sea), rel=0.0005)
    assert shared_border(sectors["west"], sectors["east"]).length == pytest.approx(1, abs=0.02)


def test_a_state_without_coast_has_no_sector():
    with pytest.raises(SketchError, match="inland"):
        equidistance_sectors(
            box(50, 40, 52, 41),
            {
                "west": box(49, 40, 50, 41),
                "east": box(52, 40, 53, 41),
                "inland": box(60, 40, 61, 41),
            },
            projection="+proj=tmerc +lon_0=51 +lat_0=42 +ellps=WGS84",
            spacing_m=5000,
            tolerance_m=1000,
        )


def test_polygons_come_largest_first():
    mixed = shapely.GeometryCollection(
        [box(0, 0, 1, 1), LineString([(0, 0), (1, 1)]), box(5, 5, 8, 8)]
    )
    assert [polygon.area for polygon in polygons_of(mixed)] == [9, 1]
