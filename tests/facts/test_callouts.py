"""What layers/callouts.toml says of each era: short, of its place and of its time."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

import pytest

from geo.model.catalogue import read_toml
from geo.model.timespan import timespan_from_edtf

WORDS = 9
"""The most that is read in passing."""

FIELDS = {
    "callout": {"id", "era", "text", "at", "lon", "lat", "begin", "end", "says"},
    "pointer": {"id", "era", "text", "at", "lon", "lat"},
    "inset": {"id", "era", "text", "bounds", "shows"},
    "mark": {"id", "era", "text", "at", "lon", "lat", "begin"},
}


@pytest.fixture(scope="module")
def said(catalogue):
    return read_toml(catalogue.root / "layers" / "callouts.toml")


@pytest.fixture(scope="module")
def where(everything):
    """Return a function that finds the point of a callout or a pointer."""
    places = {
        feature.id.removeprefix("place-"): feature.geometry["coordinates"]
        for feature in everything
        if feature.layer == "base-places"
    }
    return lambda entry: places[entry["at"]] if "at" in entry else (entry["lon"], entry["lat"])


def within(point, bounds):
    west, south, east, north = bounds
    return west <= point[0] <= east and south <= point[1] <= north


def test_only_known_tables_and_fields(said):
    assert said.keys() == FIELDS.keys()
    for table, fields in FIELDS.items():
        assert all(entry.keys() <= fields for entry in said[table])
        assert all(
            ("at" in e) != ("lon" in e and "lat" in e) for e in said[table] if "bounds" not in e
        )


def test_the_inset_of_the_votes_has_each_as_it_was_cast(said, features):
    """Who voted, how and when is what the layer of votes has, with its sources."""
    marks = {e["text"] for e in said["mark"] if e["era"] == "2006-sanctions"}
    votes = set()
    for feature in features:
        if feature.layer == "votes-2006-10":
            title, year = feature.properties["title"], feature.properties["begin"][:4]
            who, how, _ = title.split(maxsplit=2)
            said_of = {"votes for": "{}: for all six", "votes against": "{}: no, {}"}
            verb = next((verb for verb in said_of if verb in title), how)
            votes.add(said_of.get(verb, "{} abstains, {}").format(who, year))
    assert len(votes) == 7
    assert marks == votes


def test_each_era_says_its_thesis_in_one_to_three_texts(said, catalogue):
    eras = [era for era, _ in groupby(said["callout"], itemgetter("era"))]
    assert eras == [era.id for era in catalogue.eras]
    texts = [entry["text"] for entry in said["callout"]]
    assert all(sum(entry["era"] == era for entry in said["callout"]) <= 3 for era in eras)
    assert max(len(text.split()) for text in texts) <= WORDS
    assert len(set(texts)) == len(texts)


def test_a_callout_speaks_of_a_point_and_a_time_of_its_era(said, catalogue, where):
    for entry in said["callout"]:
        era = catalogue.era(entry["era"])
        assert within(where(entry), era.bounds), entry["text"]
        span = timespan_from_edtf(entry.get("begin", ""), entry.get("end", ""))
        assert span.overlaps(era.timespan), entry["text"]


def test_a_callout_replaces_names_of_its_era_alone(said, catalogue, by_id):
    for entry in said["callout"]:
        era = catalogue.era(entry["era"])
        for name in entry.get("says", []):
            assert by_id[name].layer in era.layers, name
            assert by_id[name].timespan.overlaps(era.timespan), name
            assert by_id[name].properties["label"], name


def test_a_pointer_names_what_lies_off_the_map(said, catalogue, where):
    for entry in said["pointer"]:
        assert not within(where(entry), catalogue.era(entry["era"]).bounds), entry["text"]
