"""Lakes: each is there once, and those that people have made from the day they were there."""

from itertools import combinations, pairwise

import pytest
from shapely.geometry import shape

MADE = {"lake-tharthar": "1956", "lake-sarygamysh": "1963"}


@pytest.fixture(scope="module")
def lakes(catalogue):
    from geo.model.features import read_features

    layer = next(layer for layer in catalogue.layers if layer.id == "base-lakes")
    return read_features(catalogue.path(layer), layer.id)


def test_no_lake_lies_in_another(lakes):
    assert not [
        (one.id, other.id)
        for one, other in combinations(lakes, 2)
        if shape(one).intersects(shape(other))
    ]


def test_lakes_are_dry_before_their_time(payload, lakes):
    for era in payload["eras"]:
        dry = {lakes[number].id for number in era.get("dry", [])}
        assert dry == {lake for lake, year in MADE.items() if era["day"] < year}


def test_a_map_shows_the_lakes_of_its_day(engine, symbology):
    style = symbology.styles["lake"]["stroke-width"]
    rings = []
    for era in ("1954-frontier-pact", "1979-two-refusals"):
        content = engine.draw(era, size=(1280, 800), theme="light").content
        (path,) = [
            part
            for part in content.split("<path ")
            if f'stroke-width="{style}"' in part and symbology.colours("light")["coast"] in part
        ]
        rings.append(path.count("M"))
    assert all(before < after for before, after in pairwise(rings))
