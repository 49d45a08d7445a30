"""What identifies a source has the form it should have."""

from dataclasses import replace

import pytest

from geo.model.bibliography import cite, find_form_faults
from geo.model.catalogue import Source

WORK = Source("a-work", "A work", "Somebody", "Somebody, A work, 1907.", "cited only", read="no")


@pytest.mark.parametrize(
    "changes",
    [
        {"isbn": "0-306-40615-2"},
        {"isbn": "978-0-306-40615-7"},
        {"isbn": "080442957X"},
        {"doi": "10.1080/00396338.2002.9688545"},
        {"doi": "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"},
        {"language": "fa"},
        {"language": "uz-Cyrl-UZ"},
    ],
)
def test_what_has_its_form_is_taken(changes):
    assert find_form_faults(replace(WORK, **changes)) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"isbn": "0-306-40615-3"}, "source a-work: isbn '0-306-40615-3', expected 10 or 13"),
        ({"isbn": "978-0-306-40615-8"}, "of which the last fits"),
        ({"isbn": "12345"}, "expected 10 or 13 digits"),
        ({"doi": "https://doi.org/10.1080/1"}, "doi 'https://doi.org/10.1080/1', expected such as"),
        ({"language": "Persian"}, "language 'Persian', expected BCP 47"),
        ({"read": "maybe"}, "read 'maybe', expected one of whole, excerpt, no"),
    ],
)
def test_what_has_another_form_is_named(changes, message):
    (fault,) = find_form_faults(replace(WORK, **changes))
    assert message in fault


def test_a_citation_ends_with_the_place_in_the_work():
    assert cite(WORK) == "Somebody, A work, 1907."
    assert cite(replace(WORK, locator="p. 12")) == "Somebody, A work, 1907, p. 12."
    assert cite(replace(WORK, locator="1907")) == "Somebody, A work, 1907."
