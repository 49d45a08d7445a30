"""Lakes that people have made are seen from the day they were there."""

from itertools import pairwise

import pytest

MADE = {"lake-tharthar": "1956", "lake-sarygamysh": "1963"}


@pytest.fixture(scope="module")
def lakes(catalogue):
    from geo.model.features import read_features

    layer = next(layer for layer in catalogue.layers if layer.id == "base-lakes")
    return [lake.id for lake in read_features(catalogue.path(layer), layer.id)]


def test_lakes_are_dry_before_their_time(payload, lakes):
    for era in payload["eras"]:
        dry = {lakes[number] for number in era.get("dry", [])}
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
