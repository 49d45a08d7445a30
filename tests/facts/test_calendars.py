"""Dates told in two calendars agree: Russian (Julian), Moslem (lunar), Iranian (solar).

How texts write them: ``8 June 1893 (27 May by the Russian calendar)``, ``30 March 1912 (10 Rabi II
1330)``, ``23 June 1908 (2 Tir 1287)``.
"""

import re
from datetime import date, timedelta

import pytest

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
LUNAR = [
    "Muharram",
    "Safar",
    "Rabi I",
    "Rabi II",
    "Jumada I",
    "Jumada II",
    "Rajab",
    "Sha'ban",
    "Ramadan",
    "Shawwal",
    "Dhu'l-Qa'da",
    "Dhu'l-Hijja",
]
SOLAR = [
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
]

MONTH = "|".join(MONTHS)
PAIR = re.compile(
    rf"(?P<day>\d{{1,2}}) (?P<month>{MONTH}) (?P<year>\d{{4}})"
    r" \((?P<own>\d{1,2}) (?P<name>[A-Z][a-z']+(?:-[A-Z][a-z'A-Z]+)?(?: I{1,2})?)"
    r"(?: (?P<in>\d{4}))?(?P<russian> by the Russian calendar)?"
)


def from_julian(year, month, day):
    """Return the Gregorian day of a Julian date of the years 1800 to 2099."""
    behind = 12 if (year, month, day) < (1900, 3, 1) else 13
    return date(year, month, day) + timedelta(days=behind)


def from_lunar(year, month, day):
    """Return the Gregorian day of the tabular Moslem calendar; the moon may be a day off."""
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day
    return date(622, 7, 19) + timedelta(days=days - 1)


def from_solar(year, month, day):
    """Return the Gregorian day of the Iranian calendar, its new year taken as 21 or 22 March."""
    leap = year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)
    new_year = date(year + 621, 3, 22 if (year - 1) % 33 in (1, 5, 9, 13, 17, 22, 26, 30) else 21)
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    assert day <= (31 if month <= 6 else 30 if month < 12 or leap else 29)
    return new_year + timedelta(days=before + day - 1)


def told(match):
    """Return both days of a pair as written, and by how many days they may differ."""
    given = date(int(match["year"]), MONTHS.index(match["month"]) + 1, int(match["day"]))
    name, own = match["name"], int(match["own"])
    if match["russian"] and name in MONTHS:
        year = int(match["in"] or given.year)
        month = MONTHS.index(name) + 1
        if not match["in"] and month == 12 and given.month == 1:
            year -= 1
        return given, from_julian(year, month, own), 0
    if name in LUNAR:
        return given, from_lunar(int(match["in"]), LUNAR.index(name) + 1, own), 1
    if name in SOLAR:
        return given, from_solar(int(match["in"]), SOLAR.index(name) + 1, own), 1
    return None


def texts_of(features, catalogue):
    for feature in features:
        own = feature.properties
        yield feature.id, own.get("note", "")
        yield feature.id, own.get("dispute", "")
        for item in own.get("history", []):
            yield feature.id, item["text"]
    for claim in catalogue.claims.values():
        yield claim.id, claim.finding
    for era in catalogue.eras:
        yield era.id, era.caption


def test_two_calendars_give_one_day(features, catalogue):
    checked = 0
    for where, text in texts_of(features, catalogue):
        for match in PAIR.finditer(text):
            pair = told(match)
            if pair:
                given, other, slack = pair
                assert abs((given - other).days) <= slack, f"{where}: {match[0]}"
                checked += 1
    assert checked >= 4


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("8 June 1893 (27 May by the Russian calendar)", True),
        ("8 July 1893 (27 May by the Russian calendar)", False),
        ("21 December 1881 (9 December by the Russian calendar)", True),
        ("21 March 1901 (8 March by the Russian calendar)", True),
        ("6 December 1915 (23 November by the Russian calendar)", True),
        ("5 December 1915 (23 November by the Russian calendar)", False),
        ("7 January 1916 (25 December by the Russian calendar)", True),
        ("20 March 1890 (28 Rajab 1307)", True),
        ("8 March 1890 (28 Rajab 1307)", False),
        ("30 March 1912 (10 Rabi II 1330)", True),
        ("29 February 1912 (10 Rabi II 1330)", False),
        ("23 June 1908 (2 Tir 1287)", True),
        ("2 July 1908 (2 Tir 1287)", False),
        ("21 November 1915 (29 Aban 1294)", True),
    ],
)
def test_the_sum_is_computed(text, agrees):
    given, other, slack = told(PAIR.search(text))
    assert (abs((given - other).days) <= slack) == agrees
