"""What a map says for itself: layers/callouts.toml and where it is drawn."""

import re
from itertools import combinations

import pytest
from shapely import LineString

from geo import load_catalogue
from geo.errors import CatalogueError
from geo.model.callouts import FILE, load_callouts
from geo.plate import render_map

PLACES = {"tabriz": (46.3, 38.1)}


@pytest.fixture
def written(copy):
    """Write callouts into a copy of the atlas and load them."""

    def load(text):
        (copy / FILE).write_text(text, encoding="utf-8")
        return load_callouts(load_catalogue(copy), PLACES)

    return load


WHOLE = '[[callout]]\nid = "one"\nera = "1907-spheres"\ntext = "Two lines"\nat = "tabriz"\n'


def test_callouts_are_read(written):
    found = written(
        '[[callout]]\nid = "one"\nera = "1907-spheres"\ntext = "Two lines"\nat = "tabriz"\n'
        'end = "1907-12"\n'
        '[[pointer]]\nid = "two"\nera = "1907-spheres"\ntext = "London"\nlon = 0\nlat = 51.5\n'
    )
    (callout,) = found.callouts["1907-spheres"]
    assert (callout.text, callout.at, callout.end) == ("Two lines", (46.3, 38.1), "1908-01-01")
    assert found.pointers["1907-spheres"][0].at == (0, 51.5)


def test_a_callout_that_says_no_list_is_refused(written):
    with pytest.raises(CatalogueError, match="expected a list of ids of features"):
        written(
            '[[callout]]\nid = "one"\nera = "1907-spheres"\ntext = "Two"\nat = "tabriz"\n'
            'says = "one"\n'
        )


def test_what_a_callout_says_has_no_name_of_its_own(engine):
    labels = engine.measure("1942-supply", size=(934, 693))["labels"]
    texts = [label["text"] for label in labels]
    assert "115 000 Poles leave Soviet camps, 1942" in texts
    assert not any(text.startswith("115 000 Poles leave,") for text in texts)


def test_an_atlas_without_callouts_has_none(copy):
    (copy / FILE).unlink()
    assert load_callouts(load_catalogue(copy), PLACES).callouts == {}


def test_all_faults_are_told_at_once(written):
    with pytest.raises(CatalogueError) as caught:
        written(
            '[[callout]]\nid = "n1"\nera = "1907-sphere"\ntext = "x"\nat = "tabriz"\n'
            '[[callout]]\nid = "n2"\nera = "1907-spheres"\ntext = "a b c d e f g h i j"\n'
            'at = "tabritz"\n'
            '[[callout]]\nid = "n3"\nera = "1907-spheres"\ntext = "x"\nat = "tabriz"\n'
            'begin = "1941"\n'
            '[[callout]]\nid = "n2"\nera = "1907-spheres"\ntext = "x"\nat = "tabriz"\n'
            '[[pointer]]\nid = "n4"\nera = "1907-spheres"\ntext = "London"\nlon = 200\nlat = 51\n'
            '[[pointer]]\nid = "N 5"\nera = "1907-spheres"\nwords = "London"\n'
            "[[thesis]]\n"
        )
    told = str(caught.value)
    for fault in (
        "did you mean '1907-spheres'",
        "found 10 words",
        "did you mean 'tabriz'",
        "holds on no day",
        "found position [200, 51]",
        "lacks text",
        "[[callout]] number 4: id 'n2' is used before",
        "[[pointer]] number 2: found id 'N 5', expected kebab-case",
        "unknown key words",
        "unknown table [[thesis]]",
    ):
        assert fault in told, told


def test_a_callout_stands_on_the_map_with_a_leader(engine, payload):
    drawn = engine.draw("1941-invasion", size=(934, 693), theme="light")
    era = next(era for era in payload["eras"] if era["id"] == "1941-invasion")
    for callout in era["callouts"]:
        first = callout["text"].split()[0]
        assert f">{first}" in drawn.content
    assert drawn.content.count('class="leader"') >= 3 * len(era["callouts"])


@pytest.mark.parametrize(
    "size",
    [(934, 693), (720, 314), (1402, 973), (468, 887)],
    ids=lambda size: f"{size[0]}×{size[1]}",
)
def test_no_leader_crosses_another(engine, payload, size):
    """In an article's frame, too: 720 × 560 pixels leave the map 314 of height."""
    crossing = []
    for era in payload["eras"]:
        svg = render_map(engine, era["id"], size=size, theme="light")
        ends = re.findall(r'class="leader" d="M([\d.-]+) ([\d.-]+)L([\d.-]+) ([\d.-]+)"', svg)
        leaders = [
            LineString([(x0, y0), (x1, y1)])
            for x0, y0, x1, y1 in {tuple(map(float, end)) for end in ends}
        ]
        if any(one.crosses(other) for one, other in combinations(leaders, 2)):
            crossing.append(era["id"])
    assert crossing == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pointer = true", r"found pointer = true, expected \[\[pointer\]\] for each one"),
        (
            'callout = [1, "a"]',
            r"(?s)\[\[callout\]\] number 1: found 1, expected a table.*number 2",
        ),
        (WHOLE.replace('"1907-spheres"', '["a"]'), "unknown era"),
        (WHOLE.replace('"Two lines"', "[1]"), r"found text \[1\], expected a text"),
        (WHOLE.replace('at = "tabriz"', "lon = true\nlat = 5"), "found position"),
    ],
)
def test_entries_of_another_form_are_refused(written, text, message):
    with pytest.raises(CatalogueError, match=message):
        written(text)
