"""Hostile declarations: catalogue, sources, claims, symbols, spellings, checks, sketches."""

import copy
import re
from contextlib import suppress
from itertools import islice
from time import process_time

import pytest
from helpers import ROOT
from hostile import NOT_OF_ANY_TYPE, to_toml, write_small_atlas
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_recipes import BASE, GROUND

from geo.checks.audit import load_checks
from geo.errors import GeoError
from geo.model.catalogue import load_catalogue
from geo.model.schema import Declarations
from geo.model.symbology import load_symbology, to_css
from geo.model.variants import load_variants
from geo.recipes.properties import read_sketch
from geo.recipes.sketch import build_sketch

READERS = {
    "layers/catalogue.toml": load_catalogue,
    "layers/sources.toml": load_catalogue,
    "seeds/claims.toml": load_catalogue,
    "layers/symbology.toml": load_symbology,
    "layers/variants.toml": load_variants,
    "layers/checks.toml": load_checks.__wrapped__,
}

MOST_PLACES = 60
"""Of one file."""

FILE = re.compile(r"(layers|seeds)/[a-z]+\.toml")

VALUES = [value for value in NOT_OF_ANY_TYPE if value is not None and value != "\ud800"]
VALUES = [value for value in VALUES if value not in ([None], {"a": None})]
VALUES += [float("nan"), float("inf"), 10**18, "</style><script>", "a\u2028b", "x" * 100_000]


class Small:
    """A small atlas: where it lies, and what its files say."""

    def __init__(self, root):
        self.root, self.tables = root, write_small_atlas(root, ROOT)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return Small(tmp_path_factory.mktemp("atlas"))


def paths(value, deep=4):
    """Yield the path to each part of a table, down to a depth."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in islice(items, 40):
        yield (key,)
        if deep and isinstance(item, dict | list):
            yield from ((key, *path) for path in paths(item, deep - 1))


def damaged(table, path, value):
    """Return a table with something else at a path."""
    changed = copy.deepcopy(table)
    part = changed
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return changed


def read(small, name, text):
    """Read a damaged file; returns the message, or nothing when it was accepted."""
    root, tables = small.root, small.tables
    path = root / name
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    began = process_time()
    try:
        READERS[name](root)
    except GeoError as err:
        return str(err)
    finally:
        path.write_text(to_toml(tables[name]), encoding="utf-8")
        assert process_time() - began < 5
    return ""


def test_the_small_atlas_is_in_order(small):
    for name, reader in READERS.items():
        reader(small.root), name


@pytest.mark.sampled
@pytest.mark.parametrize("name", READERS)
def test_something_else_anywhere_is_one_clear_message(small, name):
    table = small.tables[name]
    tried = refused = 0
    places = list(paths(table))
    for path in places[:: max(1, len(places) // MOST_PLACES)]:
        for value in VALUES[tried % 3 :: 3]:  # a third of them at each place, in turn
            tried += 1
            message = read(small, name, to_toml(damaged(table, path, value)))
            refused += bool(message)
            for line in message.splitlines():
                assert len(line) < 1000
                assert FILE.search(line) or "more faults like" in line, line
    assert tried > 20
    assert refused > tried / 2


@pytest.mark.parametrize("name", READERS)
def test_a_file_cut_off_anywhere_is_one_clear_message(small, name):
    text = to_toml(small.tables[name])
    for end in range(1, len(text), max(1, len(text) // 40)):
        message = read(small, name, text[:end])
        assert "Traceback" not in message


WRONG_CATALOGUES = {
    "title is a number": (
        'title = "Iran and Russia"',
        "title = 5",
        "[atlas] title 5, expected a text",
    ),
    "no title": ('title = "Iran and Russia"', "", "[atlas] lacks title"),
    "atlas is a list": ("[atlas]", "[[atlas]]", "[atlas] [{"),
    "one era as a table": ("[[era]]", "[era]", "expected [[era]] for each one"),
    "unknown table": ("[[era]]", "[[eras]]", "unknown table 'eras'; did you mean 'era'?"),
    "begin is a number": ("begin", "begin = 19070831\nbegun", "begin 19070831, expected a text"),
    "begin is a year": (
        "begin",
        'begin = "1907"\nbegun',
        "begin '1907', expected a day, YYYY-MM-DD",
    ),
    "begin has a time": ("begin", "begin = 2015-01-01T10:00:00\nx", "expected a text"),
    "as_of is a year": (
        "as_of",
        'as_of = "1909"\nasof',
        "as_of '1909', expected a day, YYYY-MM-DD",
    ),
    "as_of is outside": ("as_of", 'as_of = "1909-01-01"#', "as_of 1909-01-01 is not within"),
    "ends before it begins": ("end", 'end = "1900-01-01"#', "end 1900-01-01 is not after begin"),
    "bounds are texts": (
        "bounds",
        'bounds = ["a", "b", "c", "d"]#',
        "bounds.1 'a', expected a number",
    ),
    "bounds are three": ("bounds", "bounds = [1, 2, 3]#", "lacks bounds.4"),
    "bounds are five": (
        "bounds",
        "bounds = [1, 2, 3, 4, 5]#",
        "bounds [1, 2, 3, 4, 5], expected at most 4",
    ),
    "bounds are turned": (
        "bounds",
        "bounds = [60, 40, 44, 25]#",
        "expected [west, south, east, north]",
    ),
    "bounds are no degrees": (
        "bounds",
        "bounds = [1e9, 2, 3, 4]#",
        "bounds.1 1000000000.0, expected at most",
    ),
    "bounds are not numbers": ("bounds", "bounds = [nan, inf, 3, 4]#", "bounds.1 nan"),
    "layers is a text": (
        'layers = ["bushehr"]',
        'layers = "bushehr"',
        "layers 'bushehr', expected a list",
    ),
    "unknown layer": ('layers = ["bushehr"]', 'layers = ["busher"]', "did you mean 'bushehr'"),
    "unknown claim": ('claims = ["P01-1"]', 'claims = ["P99-1"]', "claim 'P99-1' does not exist"),
    "unknown key": ("caption", "kaption", "has unknown key kaption; did you mean 'caption'?"),
    "base is a word": ("base = true", 'base = "yes"', "base 'yes', expected true or false"),
    "no base": ("base-land", "base-lend", "has no layer 'base-land' with base = true"),
    "id with a space": ('id = "bushehr"', 'id = "Bus hehr"', "expected an id in kebab-case"),
    "a date that is none": ("begin", "begin = 2015-02-30\nx", "not valid TOML"),
    "retired is a list": ("[atlas]", "retired = [1]\n[atlas]", "retired [1], expected a table"),
    "retired is a text": ("[[era]]", '[retired]\nx = "y"\n[[era]]', "expected a date 1907-09-01"),
}


@pytest.mark.parametrize("kind", WRONG_CATALOGUES)
def test_a_wrong_catalogue_is_named_with_its_place(small, kind):
    old, new, expected = WRONG_CATALOGUES[kind]
    text = to_toml(small.tables["layers/catalogue.toml"])
    assert old in text
    message = read(small, "layers/catalogue.toml", text.replace(old, new, 1))
    assert expected in message


def test_an_empty_catalogue_names_what_it_lacks(small):
    message = read(small, "layers/catalogue.toml", "")
    assert "[atlas] lacks title" in message
    assert "has no [[era]], expected at least one" in message


ESCAPES = "</style><meta http-equiv=refresh content=0;url=//evil.test>"


@pytest.mark.parametrize(
    "path",
    [
        ("actor", 0, "id"),
        ("actor", 0, "light"),
        ("kind", 0, "id"),
        ("kind", 0, "icon"),
        ("kind", 0, "pattern"),
        ("style", "land", "fill"),
        ("style", "land", "stroke-linejoin"),
        ("style", "land", "stroke-width"),
        ("type", "water", "ink"),
        ("type", "water", "face"),
        ("palette", "light", "paper"),
    ],
)
def test_a_value_of_symbology_cannot_leave_the_style_sheet(small, path):
    table = damaged(small.tables["layers/symbology.toml"], path, ESCAPES)
    assert "expected" in read(small, "layers/symbology.toml", to_toml(table))


@pytest.mark.parametrize(
    "where", [("palette", "light"), ("type",), ("style",), ("style", "land"), ("icons",)]
)
@pytest.mark.parametrize("name", [ESCAPES, "a b", "a;b", "{", "--x", "", "a" * 1000])
def test_a_name_of_symbology_cannot_leave_the_style_sheet(small, where, name):
    table = copy.deepcopy(small.tables["layers/symbology.toml"])
    part = table
    for key in where:
        part = part[key]
    part[name] = copy.deepcopy(next(iter(part.values())))
    assert "expected" in read(small, "layers/symbology.toml", to_toml(table))


def test_a_style_sheet_holds_no_sign_that_ends_it(small):
    assert not set("<>&\"'\\") & set(to_css(load_symbology(small.root))) - {'"', "'"}


# ---- sketches -----------------------------------------------------------------------------------


def build(tmp_path, text):
    """Build a sketch given as TOML; returns its features and faults."""
    path = tmp_path / "sketch.toml"
    path.write_text(text, encoding="utf-8")
    declared = Declarations(path, "sketch.toml", read_sketch(path), faults=[])
    features = build_sketch(declared, GROUND, derived={}, claims={})
    return features, declared.faults


def entry(**changes):
    return to_toml({"feature": [{**BASE, "at": "town", **changes}]})


@pytest.mark.parametrize(
    ("written", "edtf", "begin", "end"),
    [
        ("1941-08-25", "1941-08-25", "1941-08-25", "1941-08-26"),
        ("1941", "1941", "1941-01-01", "1942-01-01"),
        ('"1941-08"', "1941-08", "1941-08-01", "1941-09-01"),
    ],
)
def test_dates_of_toml_and_plain_years_are_accepted(tmp_path, written, edtf, begin, end):
    (feature,), faults = build(tmp_path, entry() + f"on = {written}\n")
    assert not faults
    own = feature["properties"]
    assert (own["begin_edtf"], own["begin"], own["end"]) == (edtf, begin, end)


def test_dates_of_toml_are_accepted_in_stops_and_history(tmp_path):
    text = to_toml({"feature": [BASE]}) + (
        'line = [{ at = "port", on = 1941-08-25 }, { at = "town", on = 1942 }]\n'
        'history = [{ on = 1941-08-25, text = "So." }, { on = 1942, text = "Then." }]\n'
    )
    (feature,), faults = build(tmp_path, text)
    assert not faults
    assert feature["properties"]["dates"] == ["1941-08-25", "1942"]
    assert [event["on"] for event in feature["properties"]["history"]] == ["1941-08-25", "1942"]


def test_a_label_over_two_lines_is_one(tmp_path):
    (feature,), _ = build(tmp_path, entry() + 'label = """\nTwo\n  lines"""\n')
    assert feature["properties"]["label"] == "Two lines"


WRONG_ENTRIES = {
    "a time": ("on = 1941-08-25T10:00:00", "on 1941-08-25T10:00:00, expected a text"),
    "a day as a number": ("on = 19410825", "on 19410825, expected a text"),
    "true": ("on = true", "on true, expected a text"),
    "a season": ('on = "1941-21"', "on '1941-21', expected an EDTF date"),
    "words": ('on = "autumn 1941"', "expected an EDTF date such as 1907-08-31"),
    "no list of sources": ('sources = "x"', "not valid TOML"),
    "a list of positions": ("line = 5", "line 5, expected a list"),
    "an empty line": ("line = []", "line [], expected at least 2 of them"),
    "an area that is a text": ('area = "AAA"', "area 'AAA', expected a table"),
    "a circle without km": ('area = { circle = { at = "town" } }', "lacks area.circle.km"),
    "a circle of nan": ('area = { circle = { at = "town", km = nan } }', "area.circle.km nan"),
    "a ring of two": ("area = { ring = [[1, 2], [3, 4]] }", "expected at least 3 of them"),
    "metres": ("line = [[570000, 410000], [1, 2]]", "expected a place id or [longitude, latitude]"),
    "a stop with more": ('line = [{ at = "town", at2 = 1 }, [1, 2]]', "unknown key at2"),
    "history as texts": ('history = ["so"]', "history.1 'so', expected a table"),
    "a wide force": ("force = 1e99", "force 1e+99, expected at most 10"),
    "a long word": (f'label = "{"y" * 4000}"', "expected"),
    "a control": ('label = "a\\u0001b"', "holds U+0001, which no text can show"),
}


@pytest.mark.parametrize("kind", WRONG_ENTRIES)
def test_a_wrong_entry_of_a_sketch_is_named(tmp_path, kind):
    line, expected = WRONG_ENTRIES[kind]
    try:
        features, faults = build(tmp_path, entry() + line + "\n")
    except GeoError as err:
        features, faults = [], [str(err)]
    assert not features
    assert expected in "\n".join(faults)


def test_every_fault_of_a_sketch_tells_its_line(tmp_path):
    text = entry() + entry(id="second", titel="x") + entry(id="third", at="twon")
    faults = build(tmp_path, text)[1]
    lines = text.splitlines()
    second, third = (
        number for number, line in enumerate(lines, 1) if line == "[[feature]]" and number > 1
    )
    assert (
        f"sketch.toml:{second}: feature 'second': has unknown key titel; did you mean 'title'?"
        in faults
    )
    assert (
        f"sketch.toml:{third}: feature 'third': unknown place 'twon'; did you mean 'town'?"
        in faults
    )


# ---- what nobody thought of ---------------------------------------------------------------------

LEAVES = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text(max_size=30)
    | st.dates()
    | st.datetimes()
)
THINGS = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
MANY = settings(
    max_examples=60, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.sampled
@pytest.mark.parametrize("name", READERS)
@MANY
@given(data=st.data())
def test_no_declaration_ends_in_an_error_of_pythons(small, name, data):
    table = small.tables[name]
    path = data.draw(st.sampled_from(list(paths(table))))
    text = to_toml(damaged(table, path, data.draw(THINGS)))
    read(small, name, text)


@pytest.mark.parametrize("name", READERS)
@MANY
@given(raw=st.binary(max_size=200))
def test_no_bytes_end_in_an_error_of_pythons(small, name, raw):
    root, tables = small.root, small.tables
    (root / name).write_bytes(raw)
    try:
        READERS[name](root)
    except GeoError:
        pass
    finally:
        (root / name).write_text(to_toml(tables[name]), encoding="utf-8")


@MANY
@given(
    changes=st.dictionaries(
        st.sampled_from(
            [
                *BASE,
                "line",
                "lines",
                "area",
                "on",
                "begin",
                "label",
                "label_at",
                "history",
                "views",
                "unplaced",
                "force",
                "along",
            ]
        ),
        THINGS,
        max_size=3,
    )
)
def test_no_sketch_ends_in_an_error_of_pythons(tmp_path, changes):
    with suppress(GeoError):
        build(tmp_path, entry(**changes))
