from datetime import date

import pytest

from geo.errors import TimespanError
from geo.model.timespan import Timespan, timespan_from_edtf, timespan_from_iso


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        ("1941-08-25", "1941-08-25", ("1941-08-25", "1941-08-26")),
        ("1941-08-25", "1941-09-17", ("1941-08-25", "1941-09-18")),
        ("1945-12", "1946", ("1945-12-01", "1947-01-01")),
        ("190X", "190X", ("1900-01-01", "1910-01-01")),
        ("1941~", "1945?", ("1941-01-01", "1946-01-01")),
        ("1941-08-25/1941-08-28", "[1945..1946]", ("1941-08-25", "1947-01-01")),
        ("1934", "", ("1934-01-01", "")),
        ("", "1917-11-07", ("", "1917-11-08")),
    ],
)
def test_edtf_ends_are_inclusive_and_timespans_half_open(begin, end, expected):
    assert timespan_from_edtf(begin, end) == timespan_from_iso(*expected)


@pytest.mark.parametrize("text", ["1941-13-01", "1941-02-30", "soon", "1941-8-25", "25/8/1941"])
def test_a_date_that_is_no_edtf_is_refused_by_name(text):
    with pytest.raises(TimespanError, match=text):
        timespan_from_edtf(text, "")


def test_a_timespan_that_ends_before_it_begins_is_refused():
    with pytest.raises(TimespanError, match="1905-01-01 is not after begin 1907-01-01"):
        timespan_from_iso("1907-01-01", "1905-01-01")


def test_the_day_an_empire_ends_belongs_to_what_follows():
    empire = timespan_from_edtf("", "1917-11-07")
    soviets = timespan_from_edtf("1917-11-08", "")
    assert empire.contains(date(1917, 11, 7))
    assert not empire.contains(date(1917, 11, 8))
    assert soviets.contains(date(1917, 11, 8))
    assert not empire.overlaps(soviets)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("1907-08-31", "1918-01-22"), ("1918-01-21", ""), True),
        (("1907-08-31", "1918-01-22"), ("1918-01-22", ""), False),
        (("", ""), ("1941-08-25", "1941-08-26"), True),
        (("1941-08-25", "1941-08-26"), ("", "1941-08-25"), False),
        (("1941-08-25", "1941-08-26"), ("1941-08-25", "1941-08-26"), True),
    ],
)
def test_overlap_is_symmetric_and_excludes_the_end(one, other, expected):
    first, second = timespan_from_iso(*one), timespan_from_iso(*other)
    assert first.overlaps(second) is expected
    assert second.overlaps(first) is expected


def test_open_sides_hold_every_day():
    assert Timespan(None, None).contains(date(1, 1, 1))
