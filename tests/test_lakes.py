"""Lakes: each is there once, from the day it was there and with its shore of the time."""

from itertools import combinations, pairwise

import pytest
from shapely.geometry import shape

from geo.geometry.geodesic import area_km2
from geo.model.wording import load_wording
from geo.payload.build import build_payload

MADE = {"lake-tharthar": "1956", "lake-sarygamysh": "1963"}
SPLIT = "1987"
"""When the Aral Sea fell apart: from then on its shore is that of the 2000s."""


@pytest.fixture(scope="module")
def lakes(catalogue):
    from geo.model.features import read_features

    layer = next(layer for layer in catalogue.layers if layer.id == "base-lakes")
    return read_features(catalogue.path(layer), layer.id)


def test_no_lake_lies_in_another(lakes):
    assert not [
        (one.id, other.id)
        for one, other in combinations(lakes, 2)
        if one.timespan.overlaps(other.timespan) and shape(one).intersects(shape(other))
    ]


def test_lakes_are_dry_before_their_time(payload, lakes):
    for era in payload["eras"]:
        dry = {lakes[number].id for number in era.get("dry", [])}
        other_shore = "lake-aral" if era["day"] < SPLIT else "lake-aral-1960"
        assert dry == {lake for lake, year in MADE.items() if era["day"] < year} | {other_shore}


def test_the_aral_sea_is_as_large_as_it_was(lakes):
    """68,000 km² in 1960, 17,160 in 2004, as encyclopaedias give."""
    areas = {lake.id: area_km2(shape(lake)) for lake in lakes if "aral" in lake.id}
    assert areas == {
        "lake-aral-1960": pytest.approx(68_000, rel=0.02),
        "lake-aral": pytest.approx(17_160, rel=0.1),
    }


def test_a_document_holds_the_lakes_of_its_eras(catalogue, features, symbology, lakes):
    for era_id in ("1881-frontier", "2001-caspian"):
        era = catalogue.era(era_id)
        base = build_payload(
            catalogue, features, eras=[era], symbology=symbology, wording=load_wording()
        )["base"]
        there = [lake for lake in lakes if lake.timespan.contains(era.day)]
        assert len(base["lakes"]) == len(there) < len(lakes)
        assert [name["name"] for name in base["names"]].count("Aral Sea") == 1


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
