"""Texts call a place what it was called at the time."""

import pytest

from geo.checks.period_names import find_misdated
from geo.model.features import Feature
from geo.model.prose import Passage
from geo.model.timespan import timespan_from_iso


def place(name, *names):
    keys = ("name", "begin", "end")
    own = {"id": f"place-{name}", "names": [dict(zip(keys, item, strict=True)) for item in names]}
    return Feature("base-places", {}, own)


PLACES = [
    place("tehran", ("Teheran", "", "1950-01-01"), ("Tehran", "1950-01-01", "")),
    place("urmia", ("Urmia", "", "1926-01-01"), ("Rezaieh", "1926-01-01", "1979-01-01")),
    place("ashraf", ("Ashraf", "", "1937-01-01"), ("Behshahr", "1937-01-01", "")),
    place("shiraz", ("Shiraz", "", "")),
]


@pytest.mark.parametrize(
    ("text", "begin", "end", "found"),
    [
        ("They entered Tehran.", "1941-09-17", "1941-09-18", "Tehran for Teheran"),
        ("They entered Teheran.", "1941-09-17", "1941-09-18", None),
        ("Tehran, and Tehran again", "1941-09-17", "1941-09-18", "Tehran for Teheran"),
        ("Rezaieh (Urmia of old)", "1941-09-17", "1941-09-18", None),
        ("Urmia", "1941-09-17", "1941-09-18", "Urmia for Rezaieh"),
        ("Urmia", "1920-01-01", "1930-01-01", None),
        ("Urmia", "1990-01-01", "1991-01-01", None),  # of a time the gazetteer has no name for
        ("Tehranis", "1941-09-17", "1941-09-18", None),
        ("Princess Ashraf", "1941-09-17", "1941-09-18", None),
        ("Shiraz", "1941-09-17", "1941-09-18", None),
    ],
)
def test_a_name_of_another_time_is_found(text, begin, end, found):
    passages = [Passage("feature x", text, timespan_from_iso(begin, end))] * 2
    expected = [f"feature x ({found})"] if found else []
    assert find_misdated(passages, PLACES, {"Ashraf"}) == expected


def test_a_text_of_no_time_is_left_alone():
    assert find_misdated([Passage("claim P01-1", "Tehran")], PLACES, set()) == []
