import re
from pathlib import Path

import pytest

import geo
from geo.errors import TimespanError, UnknownIdError
from geo.model.wording import load_wording


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        ("1941-08-25", "1941-08-25", "25 August 1941"),
        ("1941-08-25", "1941-08-31", "25 August 1941 – 31 August 1941"),
        ("1934", "", "since 1934"),
        ("", "1917-11-07", "until 7 November 1917"),
        ("1907-08-31", "1918-01", "31 August 1907 – January 1918"),
        ("1997~", "", "since about 1997"),
        ("190X", "190X", "1900s"),
        ("1945?", "1945?", "1945 (uncertain)"),
        ("", "", "throughout"),
    ],
)
def test_timespans_are_told_in_words(begin, end, words):
    assert load_wording().describe_timespan(begin, end) == words


def test_an_interval_is_one_date_in_words():
    assert load_wording().describe_date("1984/1988") == "1984 – 1988"


@pytest.mark.parametrize(
    ("edtf", "words"),
    [("1941-08-25", "25 Aug"), ("1946-05", "May 1946"), ("1941~", "1941")],
)
def test_a_day_beside_a_tick_is_short(edtf, words):
    assert load_wording().describe_day(edtf) == words


def test_what_is_no_date_is_refused():
    with pytest.raises(TimespanError, match="found 'soon'"):
        load_wording().describe_date("soon")


def test_a_language_that_is_not_there_is_refused():
    with pytest.raises(UnknownIdError, match="unknown language 'de'"):
        load_wording("de")


@pytest.fixture(scope="module")
def code():
    folder = Path(geo.__file__).parent
    files = [*folder.rglob("*.py"), *folder.rglob("*.js"), *folder.rglob("*.html")]
    return "".join(path.read_text(encoding="utf-8") for path in files)


def test_every_text_of_the_interface_is_said_somewhere(code):
    """A document carries them all: three had been there for nothing."""
    left = [
        name
        for name in load_wording().ui
        if not re.search(rf"""["'.`]{re.escape(name)}["'`\s,;:).\]?]""", code)
        and not re.search(rf"`{re.escape(name.rsplit('-', 1)[0])}-\$", code)
        and not re.search(rf"\}}-{re.escape(name.rsplit('-', 1)[-1])}`", code)
    ]
    assert left == []
