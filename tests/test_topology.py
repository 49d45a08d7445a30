import shapely
from shapely import Point
from shapely.geometry import shape

from geo.payload import BASE_SHAPES
from geo.topology import encode_geometries, pack_arc


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


def test_every_real_geometry_survives(everything):
    chosen = [
        feature
        for feature in everything
        if feature.geometry_type not in ("", "Point")
        and (
            not feature.layer.startswith("base-")
            or feature.layer.removeprefix("base-") in (*BASE_SHAPES, "borders")
        )
    ]
    arcs = encode_geometries([feature.geometry for feature in chosen])
    for feature, references in zip(chosen, arcs.references, strict=True):
        line = feature.geometry["type"].endswith("LineString")
        flat = references if line else [ring for polygon in references for ring in polygon]
        lines = [decode(arcs.arcs, numbers) for numbers in flat]
        found = {point for points in lines for point in points}
        expected = {
            (round(x, 3), round(y, 3)) for x, y in positions(feature.geometry["coordinates"])
        }
        # Where lines cross there may be a vertex more, on a straight edge one less; nothing moves.
        # Specks of land that are no ring any more at 0.001° may vanish.
        before, after = shape(feature.geometry), shapely.MultiLineString(lines)
        assert all(before.distance(Point(at)) < 1e-3 for at in found - expected), feature.id
        lost = [at for at in expected - found if after.distance(Point(at)) > 1e-3]
        assert len(lost) <= 4, feature.id


def positions(coordinates):
    if isinstance(coordinates[0], float | int):
        yield coordinates
    else:
        for part in coordinates:
            yield from positions(part)


def test_a_packed_arc_holds_what_the_arc_holds():
    deltas = [48304, 30339, -1, 0, 15, -16, 31, -32, 1000, -54321]
    text = pack_arc(deltas)
    assert len(text) < len(str(deltas)) / 2
    assert unpack(text) == deltas


def unpack(text):
    deltas, value, shift = [], 0, 0
    for character in text:
        bits = ord(character) - 63
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            deltas.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    return deltas
