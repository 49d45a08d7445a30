"""Fewer vertices where nobody looks; what was shared stays shared."""

import math

import pytest

from geo.thinning import Detail, grow_bounds, thin_arcs, thin_topology
from geo.topology import Arcs, encode_geometries, to_deltas, to_positions

NEAR = (0.0, 0.0, 10.0, 10.0)


def wave(start, end, *, height=0.02, count=200):
    (x0, y0), (x1, y1) = start, end
    shares = [number / count for number in range(count + 1)]
    return [
        (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share + height * math.sin(40 * share))
        for share in shares
    ]


def test_a_line_is_exact_near_the_subject_and_coarse_far_away():
    detail = Detail(NEAR, near=0.002, farther=0.02)
    near, far = (thin_arcs([to_deltas(wave((x, 5), (x + 5, 5)))], detail)[0] for x in (2.0, 40.0))
    assert len(near) > 10 * len(far)
    assert to_positions(far)[0] == (40.0, 5.0)
    assert to_positions(far)[-1][0] == 45.0


@pytest.mark.parametrize("allowed", [0.001, 0.005, 0.03])
def test_no_vertex_left_out_lies_farther_off_than_allowed(allowed):
    line = wave((2.0, 5.0), (8.0, 6.0))
    kept = to_positions(thin_arcs([to_deltas(line)], Detail(NEAR, allowed, 0.0))[0])
    for x, y in line:
        after = next(number for number, (kx, _) in enumerate(kept) if kx >= x - 0.001)
        (x0, y0), (x1, y1) = kept[max(0, after - 1)], kept[after]
        share = (x - x0) / (x1 - x0) if x1 > x0 else 0
        # Measured upwards, which is a little more than across; rounding is 0.001 on either side.
        assert abs(y - (y0 + share * (y1 - y0))) <= 1.2 * allowed + 0.002


def test_arcs_still_meet_on_the_grid():
    border = wave((5.0, 0.0), (5.0, 10.0), height=0)
    west = [[(0, 0), *border, (0, 10), (0, 0)]]
    east = [[(9, 0), *border, (9, 10), (9, 0)]]
    shapes = [{"type": "Polygon", "coordinates": rings} for rings in (west, east)]
    arcs = encode_geometries(shapes)
    thin = thin_topology(
        arcs, Detail(NEAR, 0.01, 0.02, step=7), exact=frozenset(), lasting=frozenset()
    )
    assert thin.numbers(0) & thin.numbers(1)
    for polygon in [polygon for reference in thin.references for polygon in reference]:
        for ring in polygon:
            points = [
                to_positions(thin.arcs[n]) if n >= 0 else to_positions(thin.arcs[~n])[::-1]
                for n in ring
            ]
            for one, other in zip(points, [*points[1:], points[0]], strict=True):
                assert one[-1] == other[0]
    assert all(delta % 7 == 0 for arc in thin.arcs for delta in arc)


def test_islands_that_become_specks_go_unless_they_must_last():
    def island(x):
        return [[(x, 5), (x + 0.02, 5), (x + 0.02, 5.02), (x, 5.02), (x, 5)]]

    shapes = [{"type": "Polygon", "coordinates": island(x)} for x in (5.0, 60.0, 70.0)]
    arcs = encode_geometries(shapes)
    detail = Detail(NEAR, 0.002, 0.02)
    thin = thin_topology(arcs, detail, exact=frozenset(), lasting=arcs.numbers(2))
    assert [len(reference) for reference in thin.references] == [1, 0, 1]
    assert len(thin.arcs) == 2


def test_lines_with_dates_keep_every_vertex():
    line = to_deltas(wave((40.0, 5.0), (45.0, 5.0)))
    arcs = Arcs([line], [[[0]]])
    thin = thin_topology(arcs, Detail(NEAR, 0.1, 0.1, step=5), exact={0}, lasting=frozenset())
    assert len(thin.arcs[0]) == len(line)


def test_bounds_grow_about_their_middle():
    assert grow_bounds((0, 0, 10, 20), share=1.5) == (-2.5, -5, 12.5, 25)
