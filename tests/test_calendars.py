"""Days told in two calendars are the same day, in every way that texts write them."""

from dataclasses import replace
from datetime import date

import pytest
from convertdate import persian

from geo.checks.atlas import check_atlas
from geo.checks.calendars import RECKONINGS, Calendars
from geo.errors import CatalogueError
from geo.model.catalogue import PROJECT_ROOT, read_toml
from geo.model.wording import load_wording


@pytest.fixture(scope="module")
def calendars():
    names = read_toml(PROJECT_ROOT / "layers" / "checks.toml")["calendars"]
    return Calendars(names, load_wording().months)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        # Julian: 12 days behind until 28 February 1900, then 13.
        ("on 8 June 1893 (27 May by the Russian calendar)", ""),
        ("on 8 July 1893 (27 May by the Russian calendar)", "expected 1893-06-08"),
        ("21 December 1881 (9 December by the Russian calendar)", ""),
        ("the convention of 8 June 1893, 27 May by the Russian calendar", ""),
        ("7 January 1916 (25 December 1915 Old Style)", ""),
        ("7 January 1916 (25 December O.S.)", ""),
        ("21 March 1901 (8 March by the Russian calendar)", ""),
        ("18 August of the Russian calendar, 31 August 1907", ""),
        ("20 March (7 March 1915 by the Russian calendar)", ""),
        ("20 March (8 March 1915 by the Russian calendar)", "expected 1915-03-21"),
        ("signed at St Petersburg, 18/31 August 1907", ""),
        ("18/30 August 1907", "expected 1907-08-31"),
        ("25 March/7 April 1909", ""),
        ("20 December 1915/2 January 1916", None),
        ("26 December/8 January 1916", ""),
        # Iranian solar.
        ("3 Shahrivar 1320 (25 August 1941)", ""),
        ("25 August 1941 (3 Shahrivar 1320)", ""),
        ("26 August 1941 (3 Shahrivar 1320)", "expected 1941-08-25"),
        ("12 December (21 Azar 1324)", ""),
        ("11 December (21 Azar 1324)", "expected 1945-12-12"),
        ("4 Azar (1324, 25 November 1945)", ""),
        ("the Majlis on 24 Esfand 1329 (15 March), the Senate on 29 Esfand (20 March)", ""),
        ("an Iranian account has 12 Bahman, 1 February", ""),
        ("29 Esfand (25 March)", "expected 1942-03-20"),
        ("30 Esfand 1331 (21 March 1953)", "there is no such day"),
        ("5 August 1906 (14 Mordad 1285)", ""),  # before the state counted so
        # Lunar, a day off at most.
        ("20 March 1890 (28 Rajab 1307)", ""),
        ("8 March 1890 (28 Rajab 1307)", "expected 1890-03-20"),
        ("30 March 1912 (10 Rabi II 1330)", ""),
        ("2 April 1912 (10 Rabi II 1330)", "expected 1912-03-29"),
        ("29 Sha'ban 1338, 18 May 1920", ""),
        # Nothing of the kind.
        ("28 Rajab (20 March)", None),
        ("between 25 and 28 August 1941, 26/27 August at night", None),
        ("on 28 August, 1 September and 3 Mehr", None),
        ("arrival at Bushire on 8 March 1901, Russian calendar", None),
    ],
)
def test_both_days_are_one(calendars, text, fault):
    pairs = calendars.find_pairs(text)
    if fault is None:
        assert pairs == []
    else:
        assert pairs, text
        assert {pair.fault for pair in pairs} == {fault}


def test_the_check_names_a_day_that_is_two(catalogue, everything, symbology):
    claim = next(claim for claim in catalogue.claims.values() if claim.finding)
    finding = "It was 18/30 August 1907."
    claims = {**catalogue.claims, claim.id: replace(claim, finding=finding)}
    with pytest.raises(CatalogueError) as caught:
        check_atlas(replace(catalogue, claims=claims), everything, symbology)
    assert (
        f"claim {claim.id}: '18/30 August 1907' is not one day: expected 1907-08-31"
        in str(caught.value).splitlines()[0]
    )


def test_names_of_months_that_are_missing_are_told():
    names = read_toml(PROJECT_ROOT / "layers" / "checks.toml")["calendars"]
    with pytest.raises(CatalogueError, match=r"\[calendars\] lunar: expected the names of 12"):
        Calendars({**names, "lunar": names["lunar"][:11]}, load_wording().months)


def test_the_iranian_calendar_agrees_with_the_equinox():
    """Before it was law in 1304, days may be one off; convertdate computes the way of the sun."""
    for year in range(1260, 1405, 6):
        found = RECKONINGS["solar"].convert(year, 1, 1)
        off = abs((found - date(*persian.to_gregorian(year, 1, 1))).days)
        assert off <= (0 if year >= 1304 else 1), year


def test_a_leap_day_of_the_iranian_calendar_is_there_in_leap_years_alone():
    assert RECKONINGS["solar"].convert(1399, 12, 30) == date(2021, 3, 20)
    assert RECKONINGS["solar"].convert(1400, 12, 30) is None
    assert RECKONINGS["solar"].convert(1400, 13, 1) is None
