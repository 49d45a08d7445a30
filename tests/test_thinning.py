"""Fewer vertices where nobody can tell; what was shared stays shared."""

import math
from functools import cache

import numpy as np
import pytest
import shapely
from helpers import MAPS

from geo import load_catalogue
from geo.geometry.mercator import to_unit
from geo.model.features import read_features
from geo.payload.build import BASE_SHAPES
from geo.payload.subset import thin_for_era
from geo.payload.thinning import Detail, grow_bounds, thin_arcs, thin_topology
from geo.payload.topology import Arcs, encode_geometries, to_deltas, to_positions
from geo.payload.viewports import View, fitting_zoom

CATALOGUE = load_catalogue()

NEAR = View(6, tuple(to_unit([(5.0, 5.0)])[0]), (5 / 360, 5 / 360))
"""Ten degrees around 5° E, 5° N."""

DEGREE = 256 * 2**6 / 360
"""Pixels in the view."""


def wave(start, end, *, height=0.02, count=200):
    (x0, y0), (x1, y1) = start, end
    shares = [number / count for number in range(count + 1)]
    return [
        (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share + height * math.sin(40 * share))
        for share in shares
    ]


def detail_of(degrees, step=1):
    """So many degrees off in the view."""
    detail = Detail.in_pixels([(NEAR, degrees * DEGREE)], latitude=10)
    return Detail(detail.views, step)


def test_a_line_is_exact_where_it_is_seen_and_coarse_far_away():
    near, far = (
        thin_arcs([to_deltas(wave((x, 5), (x + 5, 5)))], detail_of(0.002))[0] for x in (2.0, 40.0)
    )
    assert len(near) > 10 * len(far)
    assert to_positions(far)[0] == (40.0, 5.0)
    assert to_positions(far)[-1][0] == 45.0


@pytest.mark.parametrize("allowed", [0.001, 0.005, 0.03])
@pytest.mark.parametrize("step", [1, 3])
def test_a_line_is_no_farther_off_than_allowed(allowed, step):
    line = wave((2.0, 5.0), (8.0, 6.0))
    thin = to_positions(thin_arcs([to_deltas(line)], detail_of(allowed, step))[0])
    off = shapely.hausdorff_distance(shapely.LineString(line), shapely.LineString(thin), 0.1)
    assert off <= max(allowed, step // 2 * 0.0015) + 0.0005  # the document's own rounding


def test_no_line_strays_into_ground_that_is_seen():
    """A bay just outside of it must not be cut straight through it."""
    edge = 10.0
    bay = [(edge + 0.4, 0.5), *((edge + 0.02, y / 2) for y in range(2, 18)), (edge + 0.4, 9.5)]
    thin = shapely.LineString(to_positions(thin_arcs([to_deltas(bay)], detail_of(0.01))[0]))
    seen = shapely.box(0, 0, edge, 10).intersection(thin)
    assert seen.is_empty or shapely.LineString(bay).distance(seen) <= 0.01


def test_a_grid_is_as_coarse_as_what_may_be_off_and_odd():
    for pixels in (0.25, 0.5, 1, 3):
        step = Detail.in_pixels([(NEAR, pixels)], latitude=40).step
        moved = step // 2 * 0.001 * math.hypot(1, 1 / math.cos(math.radians(40)))
        assert step % 2 == 1
        assert moved <= 0.9 * pixels / DEGREE < moved + 0.0017


def test_arcs_still_meet_on_the_grid():
    border = wave((5.0, 0.0), (5.0, 10.0), height=0)
    west = [[(0, 0), *border, (0, 10), (0, 0)]]
    east = [[(9, 0), *border, (9, 10), (9, 0)]]
    shapes = [{"type": "Polygon", "coordinates": rings} for rings in (west, east)]
    arcs = encode_geometries(shapes)
    thin = thin_topology(arcs, detail_of(0.01, step=7), exact=frozenset(), lasting=frozenset())
    assert thin.numbers(0) & thin.numbers(1)
    for ring in rings_of(thin):
        points = [joined(thin, [number]) for number in ring]
        for one, other in zip(points, [*points[1:], points[0]], strict=True):
            assert one[-1] == other[0]
    assert all(delta % 7 == 0 for arc in thin.arcs for delta in arc)


def test_islands_that_become_specks_go_unless_they_must_last():
    def island(x):
        return [[(x, 5), (x + 0.02, 5), (x + 0.02, 5.02), (x, 5.02), (x, 5)]]

    shapes = [{"type": "Polygon", "coordinates": island(x)} for x in (5.0, 60.0, 70.0)]
    arcs = encode_geometries(shapes)
    thin = thin_topology(arcs, detail_of(0.002), exact=frozenset(), lasting=arcs.numbers(2))
    assert [len(reference) for reference in thin.references] == [1, 0, 1]
    assert len(thin.arcs) == 2


def test_an_island_longer_than_what_may_be_off_stays_a_ring():
    narrow = [(5, 5), (5.3, 5.001), (5.6, 5), (5.3, 4.999), (5, 5)]
    arcs = encode_geometries([{"type": "Polygon", "coordinates": [narrow]}])
    thin = thin_topology(arcs, detail_of(0.05), exact=frozenset(), lasting=frozenset())
    assert len(thin.arcs[0]) >= 8


def test_a_ring_that_thinning_would_cross_gets_its_vertices_back():
    """An island in a bent inlet: cut straight, the shore would run over it."""
    shore = [(3, 0), (4.7, 4), (4.7, 6), (3, 9)]
    shell = [(0, 0), *shore, (0, 9), (0, 0)]
    hole = [(4.4, 4.5), (4.4, 5.5), (2, 5.5), (2, 4.5), (4.4, 4.5)]
    arcs = encode_geometries([{"type": "Polygon", "coordinates": [shell, hole]}])
    rings = arcs.references[0][0]
    assert not crossings(arcs, rings)
    assert crossings(Arcs(thin_arcs(arcs.arcs, detail_of(1.8)), arcs.references), rings)
    thin = thin_topology(arcs, detail_of(1.8), exact=frozenset(), lasting=frozenset())
    assert not crossings(thin, thin.references[0][0])


def test_lines_with_dates_keep_every_vertex():
    line = to_deltas(wave((40.0, 5.0), (45.0, 5.0)))
    arcs = Arcs([line], [[[0]]])
    thin = thin_topology(arcs, detail_of(0.1, step=5), exact={0}, lasting=frozenset())
    assert len(thin.arcs[0]) == len(line)


def test_bounds_grow_about_their_middle():
    assert grow_bounds((0, 0, 10, 20), share=1.5) == (-2.5, -5, 12.5, 25)


@cache
def read_base():
    """Return the features of the base that are drawn as lines or areas; read once for all eras."""
    return [
        feature
        for layer in CATALOGUE.layers
        if layer.base and layer.id.removeprefix("base-") in (*BASE_SHAPES, "borders")
        for feature in read_features(CATALOGUE.path(layer), layer.id)
    ]


class Thinned:
    """An era's base and features, in full and as its document has them."""

    def __init__(self, era, features):
        base = read_base()
        own = [
            feature
            for feature in features
            if feature.geometry_type not in ("", "Point")
            and feature.timespan.overlaps(era.timespan)
        ]
        self.era = era
        self.features = [*base, *own]
        self.full = encode_geometries([feature.geometry for feature in self.features])
        self.thin, self.step = thin_for_era(self.full, self.features, era, ground=len(base))

    def pairs(self):
        """For each feature its name, its lines in full, and those of the document."""
        for index, feature in enumerate(self.features):
            yield feature.id, Lines(self.full, index), Lines(self.thin, index)


class Lines:
    """The rings and lines of a feature, on the unit square."""

    def __init__(self, topology, index):
        flat = [
            line
            for part in topology.references[index]
            for line in ([part] if isinstance(part[0], int) else part)
        ]
        points = [to_unit(joined(topology, line)) for line in flat]
        self.lines = shapely.linestrings(
            np.concatenate(points), indices=np.repeat(range(len(points)), [*map(len, points)])
        )
        self.extents = np.array([np.hypot(*np.ptp(line, axis=0)) for line in points])
        self.edges = shapely.STRtree(
            np.concatenate([shapely.linestrings(np.stack((p[:-1], p[1:]), axis=1)) for p in points])
        )

    def farthest(self, other, seen, every, least=0.0):
        """How far the farthest point of these lines in a box is from other lines."""
        inside = shapely.intersection(self.lines[self.extents > least], seen)
        points = shapely.points(shapely.get_coordinates(shapely.segmentize(inside, every)))
        if not len(points):
            return 0.0
        _, distances = other.edges.query_nearest(points, all_matches=False, return_distance=True)
        return float(distances.max())


@pytest.fixture(scope="module", params=CATALOGUE.eras, ids=lambda era: era.id)
def thinned(request, features):
    return Thinned(request.param, features)


@pytest.fixture(scope="module")
def pairs(thinned):
    return list(thinned.pairs())


@pytest.mark.sampled
@pytest.mark.parametrize("size", MAPS[::2], ids=lambda size: "x".join(map(str, size)))
def test_no_line_is_half_a_pixel_off_where_a_map_opens_nor_one_two_levels_in(thinned, pairs, size):
    zoom = fitting_zoom(thinned.era.bounds, size)
    allowed = min(0.5, 1 / 2 ** min(2, 10 - zoom))  # nobody gets nearer than zoom 10
    scale = 256 * 2**zoom
    middle = to_unit([thinned.era.bounds[:2], thinned.era.bounds[2:]]).mean(axis=0)
    reach = np.array(size) / 2 / scale
    seen = shapely.box(*(middle - reach), *(middle + reach))
    compared = 0
    for name, full, thin in pairs:
        speck = 2 * allowed * 2**0.5 / scale  # so near to one place all of it may be left out
        for some, other, least in ((full, thin, speck), (thin, full, 0)):
            off = some.farthest(other, seen, 2 / scale, least) * scale
            assert off <= allowed + 1e-6, name
            compared += off > 0.01
    assert compared


@pytest.mark.sampled
def test_no_ring_crosses_another_by_more_than_the_width_of_the_grid(thinned):
    for index, feature in enumerate(thinned.features):
        if feature.geometry["type"].endswith("Polygon"):
            for part in thinned.thin.references[index]:
                deepest = max(crossings(thinned.thin, part), default=0)
                assert deepest <= 0.001 * thinned.step, feature.id


@pytest.mark.sampled
def test_shore_and_land_are_the_same_arcs(thinned):
    land, coast = (
        set().union(
            *(
                thinned.thin.numbers(index)
                for index, feature in enumerate(thinned.features)
                if feature.layer == f"base-{name}"
            )
        )
        for name in ("land", "coast")
    )
    assert coast <= land
    assert len(coast) > 50


def joined(topology, numbers):
    points = []
    for number in numbers:
        arc = to_positions(topology.arcs[max(number, ~number)])
        ordered = arc if number >= 0 else arc[::-1]
        points += ordered[1:] if points else ordered
    return points


def rings_of(topology):
    return [ring for reference in topology.references for polygon in reference for ring in polygon]


def crossings(topology, rings):
    """How deep edges of a polygon reach across others, degrees."""
    lines = [np.array(joined(topology, ring)) for ring in rings]
    assert all(len(line) > 3 for line in lines)
    ends = np.concatenate([np.stack((line[:-1], line[1:]), axis=1) for line in lines])
    edges = shapely.linestrings(ends)
    one, other = shapely.STRtree(edges).query(edges, predicate="crosses")
    return [
        min(
            *shapely.distance(shapely.points(ends[a]), edges[b]),
            *shapely.distance(shapely.points(ends[b]), edges[a]),
        )
        for a, b in zip(one, other, strict=True)
    ]
