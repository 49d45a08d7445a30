"""Every year, and in 1905–1921 every month, in which something of rank happened is told."""

from __future__ import annotations

import pytest

QUIET = {1923, 1933, 1939, 1981}
"""Years from 1890 to 2017 of which the research names nothing of rank."""

MONTHS = {
    1905: [12],
    1906: [7, 8, 10],
    1907: [2, 8, 12],
    1908: [5, 6],
    1909: [1, 2, 4, 5, 7, 8],
    1910: [8],
    1911: [5, 7, 8, 11, 12],
    1912: [1, 3],
    1913: [11],
    1914: [11, 12],
    1915: [1, 3, 4, 10, 11, 12],
    1916: [2, 5, 6, 8, 11],
    1917: [3, 12],
    1918: [1, 2, 3, 5],
    1919: [8],
    1920: [4, 5, 6, 7, 8, 9],
    1921: [2, 4, 5, 6, 7, 9, 10, 11, 12],
}
"""Months of the two revolutions and the war in which the research has something of rank."""


@pytest.fixture(scope="module")
def days(features):
    """All days that begin or end a feature, or that its history tells of, as EDTF."""
    told = set()
    for own in (feature.properties for feature in features):
        told |= {own["begin_edtf"], own["end_edtf"], *own.get("dates", ())}
        told |= {step["on"] for step in own.get("history", ())}
    return told


def test_every_year_but_the_quiet_ones_is_told(days):
    told = {int(day[:4]) for day in days if day[:4].isdigit()}
    assert set(range(1890, 2018)) - told == QUIET


@pytest.mark.parametrize(
    "month", [f"{year}-{month:02}" for year, months in MONTHS.items() for month in months]
)
def test_a_month_of_rank_is_told(days, month):
    assert any(day.startswith(month) for day in days)
