import json
from itertools import accumulate, pairwise

import pytest
import quickjs

from geo.assets import join_modules
from geo.payload.build import BASE_SHAPES
from geo.payload.topology import DIGITS, SMALL, encode_geometries, pack_arc


def decode(arcs, numbers):
    points = []
    for number in numbers:
        deltas = arcs[number if number >= 0 else ~number]
        x = y = 0
        arc = []
        for dx, dy in zip(deltas[::2], deltas[1::2], strict=True):
            x, y = x + dx, y + dy
            arc.append((x / 1000, y / 1000))
        arc = arc if number >= 0 else arc[::-1]
        assert not points or points[-1] == arc[0], "arcs do not meet"
        points += arc[1:] if points else arc
    return points


def test_a_border_shared_by_two_areas_is_kept_once():
    west = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
    east = {"type": "Polygon", "coordinates": [[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]]}
    arcs = encode_geometries([west, east])
    assert len(arcs.numbers(0) & arcs.numbers(1)) == 1
    assert sum(len(arc) // 2 for arc in arcs.arcs) <= 10  # 12 if each kept its own


def test_rings_that_vanish_by_rounding_are_left_out():
    speck = [[5, 5], [5.0001, 5], [5.0001, 5.0001], [5, 5]]
    square = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    arcs = encode_geometries([{"type": "MultiPolygon", "coordinates": [[square], [speck]]}])
    assert len(arcs.references[0]) == 1


@pytest.fixture(scope="module")
def drawn(everything):
    """All features that a document draws with lines, and the topology of them."""
    chosen = [
        feature
        for feature in everything
        if feature.geometry_type not in ("", "Point")
        and (
            not feature.layer.startswith("base-")
            or feature.layer.removeprefix("base-") in (*BASE_SHAPES, "borders")
        )
    ]
    return chosen, encode_geometries([feature.geometry for feature in chosen])


def test_every_real_geometry_survives(drawn):
    chosen, arcs = drawn
    for feature, references in zip(chosen, arcs.references, strict=True):
        line = feature.geometry["type"].endswith("LineString")
        flat = references if line else [ring for polygon in references for ring in polygon]
        found = [decode(arcs.arcs, numbers) for numbers in flat]
        expected = [
            points
            for points in map(rounded, lines(feature.geometry["coordinates"]))
            if len(points) > (1 if line else 3)  # specks of land are no ring any more at 0.001°
        ]
        for one, other in zip(found, expected, strict=True):
            assert one == other or (not line and turned(one, to=other[0]) == other), feature.id


def test_every_edge_is_in_one_arc_only(drawn):
    _, arcs = drawn
    edges = [
        frozenset(edge)
        for number in range(len(arcs.arcs))
        for edge in pairwise(decode(arcs.arcs, [number]))
    ]
    assert len(edges) == len(set(edges)) > 15_000


def test_a_shore_is_the_edge_of_its_land(drawn):
    chosen, arcs = drawn
    of = {
        name: set().union(
            *(arcs.numbers(i) for i, item in enumerate(chosen) if item.layer == f"base-{name}")
        )
        for name in ("land", "coast", "world")
    }
    assert of["coast"] <= of["land"]
    cut = of["land"] - of["coast"]  # where the base ends, and nowhere else
    ends = {point for number in cut for point in decode(arcs.arcs, [number])}
    xs, ys = zip(*ends, strict=True)
    assert all(x in (min(xs), max(xs)) or y in (min(ys), max(ys)) for x, y in ends)


@pytest.mark.parametrize("turn", range(4))
@pytest.mark.parametrize("step", [1, -1])
def test_a_ring_is_one_arc_wherever_it_begins(turn, step):
    corners = [[0, 0], [1, 0], [1, 1], [0, 1]]
    copy = [*corners[turn:], *corners[:turn]][::step]
    arcs = encode_geometries(
        [
            {"type": "Polygon", "coordinates": [[*corners, corners[0]]]},
            {"type": "Polygon", "coordinates": [[*copy, copy[0]]]},
        ]
    )
    assert len(arcs.arcs) == 1
    assert arcs.references == [[[[0]]], [[[0 if step > 0 else ~0]]]]


def test_a_line_that_comes_back_still_begins_where_it_began():
    way = [[5, 5], [1, 1], [3, 0], [5, 5]]
    arcs = encode_geometries([{"type": "LineString", "coordinates": way}])
    assert decode(arcs.arcs, arcs.references[0][0]) == [tuple(at) for at in way]


def lines(coordinates):
    if isinstance(coordinates[0][0], float | int):
        yield coordinates
    else:
        for part in coordinates:
            yield from lines(part)


def rounded(line):
    points = [(round(x * 1000) / 1000, round(y * 1000) / 1000) for x, y in line]
    return [point for i, point in enumerate(points) if not i or point != points[i - 1]]


def turned(ring, to):
    """The ring as it would begin elsewhere."""
    start = ring.index(to)
    return [*ring[start:-1], *ring[: start + 1]]


def test_a_packed_arc_holds_what_the_arc_holds():
    deltas = [48304, 30339, -1, 0, 35, -36, 36, -37, 695, 696, -697, -54321, 360000, -360000]
    text = pack_arc(deltas)
    assert len(text) < len(str(deltas)) * 0.6
    context = quickjs.Context()
    context.eval(join_modules("state/data", "makeUnpacker"))
    unit = context.eval(
        f"JSON.stringify([...makeUnpacker({json.dumps(DIGITS)}, {SMALL}, 1)({json.dumps(text)})])"
    )
    longitudes = [360 * x - 180 for x in json.loads(unit)[::2]]
    assert longitudes == pytest.approx(list(accumulate(deltas[::2])), abs=1e-6)
