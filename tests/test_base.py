"""The base: frontiers all around Iran, and rivers from source to mouth."""

import pytest
import shapely
from shapely import Point
from shapely.geometry import shape

from geo.payload.base import read_base


@pytest.fixture(scope="module")
def base(catalogue):
    return read_base(catalogue)


@pytest.fixture(scope="module")
def rivers(base):
    return {river.id: shape(river.geometry) for river in base["rivers"]}


def there(features, day):
    return [shape(feature.geometry) for feature in features if feature.timespan.contains(day)]


@pytest.mark.slow
def test_irans_frontier_has_a_line_all_around(base, catalogue):
    """By Little Ararat it had none before 1932: two states' edges did not meet."""
    coast = [shape(line.geometry) for line in base["coast"]]
    homes = [
        state for state in base["states"] if state.id.startswith(("state-persia", "state-iran-"))
    ]
    for day in {era.day for era in catalogue.eras}:
        drawn = shapely.union_all([*there(base["borders"], day), *coast]).buffer(0.0002)
        (home,) = there(homes, day)
        assert home.boundary.difference(drawn).length < 0.02, day


@pytest.mark.parametrize(
    ("river", "begin", "end"),
    [
        ("euphrates", (38.02, 36.83), (47.44, 31.0)),
        ("tigris", (39.6, 38.4), (47.44, 31.0)),
        ("shatt-al-arab", (47.44, 31.0), (48.55, 29.96)),
        ("syr-darya", (69.8, 40.3), (60.9, 46.1)),
        ("amu-darya", (68.2, 37.0), (59.5, 44.1)),
        ("helmand", (68.5, 34.6), (61.6, 31.2)),
    ],
)
def test_a_river_is_one_line_from_above_to_its_mouth(rivers, river, begin, end):
    """The source leaves out reservoirs, and has the Euphrates in five pieces."""
    course = rivers[f"river-{river}"]
    assert course.buffer(0.001).geom_type == "Polygon", "in one piece"
    assert max(course.distance(Point(at)) for at in (begin, end)) < 0.1
