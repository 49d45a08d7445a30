"""What a map says for itself: layers/callouts.toml and where it is drawn."""

import re
import tomllib
from html import unescape
from itertools import combinations

import pytest
from shapely import LineString

from geo import load_catalogue
from geo.errors import CatalogueError
from geo.model.callouts import FILE, find_unknown, load_callouts
from geo.model.wording import load_wording
from geo.payload.build import build_payload
from geo.plate import Engine, render_map
from geo.plate.type import text_width

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


def test_what_callouts_and_insets_name_are_features(catalogue, features):
    tables = tomllib.loads((catalogue.root / FILE).read_text(encoding="utf-8"))
    said = {name for callout in tables["callout"] for name in callout.get("says", [])}
    shown = {name for inset in tables["inset"] for name in inset.get("shows", [])}
    assert said
    assert shown
    assert (said | shown) - {feature.id for feature in features} == set()


def test_a_feature_that_nobody_knows_is_named(copy):
    (copy / FILE).write_text(
        f'{INSET}shows = ["spheres"]\n{WHOLE}says = ["line"]\n'.replace(
            'id = "one"', 'id = "a"', 1
        ),
        encoding="utf-8",
    )
    found = find_unknown(load_catalogue(copy), {"line-1907"})
    assert [fault.split(";")[0] for fault in found] == [
        f"{FILE}: [[callout]] one: unknown feature 'line'",
        f"{FILE}: [[inset]] a: unknown feature 'spheres'",
    ]


def test_a_badges_list_has_as_many_as_its_number(engine):
    """What a callout says besides was left out of the list, and counted all the same."""
    labels = engine.measure("2006-sanctions", size=(2200, 1333))["labels"]
    points = engine.measure("2006-sanctions", size=(2200, 1333))["points"]
    badges = [point for point in points if point["form"] == "badge"]
    listed = " ".join(label["text"] for label in labels if label["style"] == "key")
    assert len(badges) >= 4
    assert all(
        feature["label"] in listed
        for feature in engine.payload["features"]
        if feature["id"] in {point["id"] for point in badges}
    )


@pytest.mark.slow
def test_what_somebody_adds_is_not_under_an_inset(catalogue, features, symbology):
    """The map is theirs: the inset stays away, in pictures as on the page."""
    era = catalogue.era("2006-sanctions")
    for point, expected in (("26.5,42,2008,Mine", 0), ("38,50,2008,Mine", 1)):
        payload = build_payload(
            catalogue,
            features,
            eras=[era],
            symbology=symbology,
            wording=load_wording(),
            opening={"points": point},
        )
        drawn = Engine(payload, symbology).draw(era.id, size=(934, 693), theme="light")
        assert drawn.content.count('class="inset"') == expected


def test_a_point_whose_name_a_callout_says_keeps_its_sign(engine):
    """The reactor of Bushehr was a nameless dot on the map of the votes on it."""
    points = engine.measure("2006-sanctions", size=(934, 693))["points"]
    (plant,) = [point for point in points if point["id"] == "site-bushehr-npp"]
    assert (plant["form"], plant["named"]) == ("icon", True)


INSET = (
    '[[inset]]\nid = "one"\nera = "1907-spheres"\ntext = "World"\nbounds = [-90, -30, 90, 60.5]\n'
)


MARK = '[[mark]]\nid = "two"\nera = "1907-spheres"\ntext = "London"\nlon = 0\nlat = 51.5\n'


def test_insets_are_read_with_their_marks(written):
    inset = written(f'{MARK}{INSET}shows = ["line"]\n').insets["1907-spheres"]
    assert (inset.text, inset.bounds, inset.shows) == ("World", (-90, -30, 90, 60.5), ("line",))
    assert [(mark.text, mark.at) for mark in inset.marks] == [("London", (0, 51.5))]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (INSET + INSET.replace("one", "two"), "an era has one inset, and this is another"),
        (INSET.replace("-90,", "90,"), r"found bounds [90, -30, 90, 60.5], expected west, south"),
        (INSET.replace("60.5", "89"), "south < north within 85"),
        (INSET.replace("60.5", "-29.5"), "1 apart at least"),
        (INSET.replace("World", "W" * 33), "found 33 letters"),
        (INSET.replace("World", " "), "found text ' ', expected a text"),
        (
            INSET + "".join(MARK.replace('"two"', f'"m{i}"') for i in range(13)),
            "'London' is one mark more than the 12 there may be",
        ),
        (INSET + MARK + 'at = "tabriz"\n', "has at and lon or lat, expected one of them"),
        (INSET + MARK + 'begin = "soon"\n', "found 'soon'"),
        (INSET.replace("60.5", '"x"'), "expected west, south, east, north in degrees"),
        (INSET.replace("60.5", "true"), "expected west, south, east, north in degrees"),
        (INSET + 'shows = "line"\n', "expected a list of ids of features"),
        (
            INSET + '[[mark]]\nid = "m"\nera = "1907-spheres"\ntext = "Far"\nlon = 99\nlat = 0\n',
            "'Far' at (99, 0) lies outside the inset's bounds",
        ),
        (
            '[[mark]]\nid = "m"\nera = "1907-spheres"\ntext = "Far"\nlon = 9\nlat = 0\n',
            "the era has no [[inset]] that 'Far' could stand on",
        ),
    ],
)
def test_what_is_wrong_with_an_inset_is_told(written, text, fault):
    with pytest.raises(CatalogueError) as caught:
        written(text)
    assert fault in str(caught.value)


def dots_under_texts(inset):
    """Return the places of dots that lie within a line of text's height of one's middle."""
    spans = re.findall(r'<tspan x="([\d.]+)" y="([\d.]+)">([^<]+)', inset)
    anchors = re.findall(r'text-anchor="(\w+)"', inset)
    found = []
    for x, y in re.findall(r'<circle class="town-dot" cx="([\d.]+)" cy="([\d.]+)"', inset):
        for (left, base, text), anchor in zip(spans, anchors, strict=True):
            width = 5 * len(text)  # narrower than it is
            start = float(left) - {"start": 0, "middle": width / 2, "end": width}[anchor]
            within = start < float(x) < start + width
            if within and float(base) - 9 < float(y) < float(base) + 2:
                found.append((x, y, text))
    return found


def test_an_inset_stands_whole_in_its_corner(engine, payload, symbology):
    """Its title and all its marks, at the two sizes that type has; nothing on small maps."""
    eras = [era for era in payload["eras"] if "inset" in era]
    assert len(eras) >= 3
    for era in eras:
        for size in ((934, 693), (2200, 1500)):
            drawn = engine.draw(era["id"], size=size, theme="light").content
            _, inset = drawn.split('<svg class="inset"')
            texts = [unescape(text) for text in re.findall(">([^<>]+)</t", inset)]
            marks = [mark["text"] for mark in era["inset"]["marks"]]
            assert sorted(texts) == sorted([era["inset"]["title"], *marks]), era["id"]
            assert dots_under_texts(inset) == []
        width = float(re.search(r'viewBox="0 0 ([\d.]+)', inset)[1])
        assert text_width(era["inset"]["title"], symbology.type["pointer"]) < width - 16
        assert 'class="inset"' not in engine.draw(era["id"], size=(460, 700), theme="light").content


def test_no_name_lies_under_an_inset_and_no_pointer_says_what_it_shows(engine):
    labels = engine.measure("2014-vienna", size=(934, 693))["labels"]
    height = 693 - 170  # the inset and the scale below it
    assert not [
        label["text"]
        for label in labels
        for box in label["boxes"]
        if box["x"] < 280 and height < box["y"] < 630
    ]
    small = engine.measure("2014-vienna", size=(460, 700))["labels"]
    vienna = "Vienna: agreement, 14 July 2015"
    assert vienna in [label["text"] for label in small]
    assert vienna not in [label["text"] for label in labels]


def test_a_pointer_stands_near_to_where_its_place_lies(engine):
    """Odessa's ran along the edge until it met no line, to below Damascus."""
    labels = engine.measure("1901-inroads", size=(390, 523))["labels"]
    (box,) = next(label["boxes"] for label in labels if label["text"].startswith("Odessa"))
    assert box["y"] < 523 / 3
    assert "St Petersburg: the lender" in [
        label["text"] for label in engine.measure("1900-loans", size=(390, 523))["labels"]
    ]


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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize(
    "size", [(934, 693), (1123, 620), (794, 756)], ids=lambda size: f"{size[0]}"
)
def test_no_name_lies_on_a_leaders_end(engine, payload, size):
    """Those of callouts that are set later are kept free, too: on paper one lay on a word."""
    covered = []
    for era in payload["eras"]:
        svg = render_map(engine, era["id"], size=size, theme="light")
        ends = re.findall(r'<circle class="leader" cx="([\d.-]+)" cy="([\d.-]+)"', svg)
        labels = engine.measure(era["id"], size=size)["labels"]
        covered += [
            (era["id"], label["text"])
            for x, y in ends
            for label in labels
            for box in label["boxes"]
            if 0 < float(x) - box["x"] < box["w"] and 0 < float(y) - box["y"] < box["h"]
        ]
    assert covered == []


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
