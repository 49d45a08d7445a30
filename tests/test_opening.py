"""What a document opens with: an author's own texts and points, a day, a view, a choice."""

import json
import re
from dataclasses import replace

import pytest
from test_cli import fails, run

from geo import build_map, render_document
from geo.errors import GeoError
from geo.model.opening import CHOICES, OWN, load_limits, read_opening
from geo.model.wording import load_wording
from geo.payload.build import build_payload
from geo.plate import Engine, render_plate

ERA = "1941-invasion"

POINT = "35.70,51.42,1941-08-28,Here <b>they</b> & met"


@pytest.fixture(scope="module")
def engine(catalogue, features, symbology):
    """Return what draws an era that opens with something."""

    def open_era(era=ERA, **opening):
        payload = build_payload(
            catalogue,
            features,
            eras=[catalogue.era(era)],
            symbology=symbology,
            wording=load_wording(),
            opening=opening,
        )
        return Engine(payload, symbology)

    return open_era


def ids(engine, era=ERA):
    return {feature["id"] for feature in engine.shown(era)}


def test_a_picture_has_the_authors_texts_as_text(engine):
    made = engine(title="Four <days>", caption="A & B", credit="Map: me.", points=POINT)
    svg = render_plate(made, ERA)
    for text in ("Four &lt;days&gt;", "A &amp; B", "Map: me. Added where this map is shown"):
        assert text in re.sub(r"</?tspan[^>]*>", "", svg)
    assert "<b>" not in svg
    assert "added-1" in svg
    (added,) = (feature for feature in made.payload["features"] if feature["layer"] == "added")
    assert added["title"] == "Here <b>they</b> & met"
    assert added["at"] == [51.42, 35.7]
    assert (added["begin"], added["end"]) == ("1941-08-28", "1941-08-29")


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("dates", "begin", "end"),
    [
        ("1941", "1941-01-01", "1942-01-01"),
        ("1941-08", "1941-08-01", "1941-09-01"),
        ("1941-08-31", "1941-08-31", "1941-09-01"),
        ("1940/1941-08", "1940-01-01", "1941-09-01"),
        ("1940/", "1940-01-01", None),
        ("/1942", None, "1943-01-01"),
        ("", None, None),
    ],
)
def test_a_point_holds_as_long_as_it_says(engine, dates, begin, end):
    (added,) = (
        feature
        for feature in engine(points=f"35.7, 51.4, {dates}, Here").payload["features"]
        if feature["layer"] == "added"
    )
    assert (added["begin"] or None, added["end"] or None) == (begin, end)


def test_a_point_needs_no_date(engine):
    made = engine(points="35.7, 51.4, Tehran, Iran")
    assert made.payload["features"][-1]["title"] == "Tehran, Iran"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("opening", "said"),
    [
        ({"points": "99,51,1941,Here"}, "The point “99,51,1941,Here” cannot be read"),
        ({"points": "35,51,1941-13,Here"}, "cannot be read"),
        ({"points": "35,51,1941-02-30,Here"}, "cannot be read"),
        ({"points": "35,51,1942/1941,Here"}, "cannot be read"),
        ({"points": "35,51"}, "cannot be read"),
        ({"points": "35,51,1700,Here"}, "is in no era shown here"),
        ({"points": "35,51,0900,Here"}, "is in no era shown here"),
        ({"points": "~".join(["35,51,,Here"] * 21)}, "There are 21 points; the first 20"),
        ({"title": "x" * 121}, "The title has 121 characters; the first 120"),
        ({"day": "1950-01-01"}, "The day “1950-01-01” is not in this era"),
        ({"view": "north"}, "The view “north” cannot be read"),
        ({"layers": "nothing"}, "There is no layer “nothing” here."),
        ({"actor": "britain~martians"}, "Actor: nothing here has “martians”."),
        ({"only": "nothing"}, "Features to show: nothing here has “nothing”."),
    ],
)
def test_what_is_strange_is_named(engine, opening, said):
    with pytest.raises(GeoError, match=re.escape(said)):
        engine(**opening)


def test_all_that_is_strange_is_named_at_once(engine):
    with pytest.raises(GeoError) as caught:
        engine(day="1950-01-01", view="north", points="here")
    assert len(str(caught.value).splitlines()) == 3


def test_a_name_that_is_none_is_refused():
    with pytest.raises(GeoError, match="unknown opening 'titel'"):
        read_opening({"titel": "x"})


@pytest.mark.slow
def test_features_are_chosen_by_layer_actor_kind_and_one_by_one(engine, by_id):
    everything = ids(engine())
    british = ids(engine(actor="britain"))
    assert british < everything
    assert {by_id[name].properties["actor"] for name in british} == {"britain"}
    both = ids(engine(actor="britain~russia"))
    assert british < both <= everything
    some = sorted(everything)[:2]
    assert ids(engine(only="~".join(some))) == set(some)
    assert ids(engine(layers="")) == everything  # nothing was said
    (layer,) = {by_id[name].layer for name in ids(engine(layers="invasion-1941"))}
    assert layer == "invasion-1941"
    kind = by_id[some[0]].kind
    assert {by_id[name].kind for name in ids(engine(kind=kind))} == {kind}


@pytest.mark.slow
def test_added_points_are_seen_whatever_is_filtered(engine):
    made = engine(actor="britain", layers="invasion-1941", points=POINT)
    assert "added-1" in ids(made)


@pytest.mark.slow
def test_a_day_shows_what_had_happened_by_then(engine):
    made = engine(day="1941-08-25")
    assert ids(made) < ids(engine())
    svg = re.sub(r"<[^>]*>", " ", render_plate(made, ERA))
    assert "as it was by 25 August 1941" in " ".join(svg.split())


@pytest.mark.slow
def test_the_day_is_told_in_the_language_of_the_plate(engine):
    told = engine(day="1941-08-25")
    months = tuple(f"month-{number}" for number in range(1, 13))
    other = Engine(told.payload, told.symbology, replace(load_wording(), months=months))
    other.day = told.day
    assert "25 month-8 1941" in re.sub(r"<[^>]*>", " ", render_plate(other, ERA))


@pytest.mark.slow
def test_a_view_is_that_of_a_map_of_the_same_size(engine):
    size = (800, 600)
    plain = engine().draw(ERA, size=size, theme="light")
    seen = engine(view="35.7,51.4,8").draw(ERA, size=size, theme="light")
    assert seen.zoom == pytest.approx(8)
    assert seen.content != plain.content
    still = engine(view="35.7,51.4,8").draw(ERA, size=size, theme="light", still=True)
    assert still.zoom == plain.zoom


@pytest.mark.slow
def test_the_file_opens_so_and_its_still_says_so(catalogue, features):
    opening = {"title": "Four <days>", "points": POINT, "view": "35.7,51.4,8"}
    page = render_document(
        build_map(catalogue, features, eras=[catalogue.era(ERA)], opening=opening)
    )
    assert '<h1 id="era-title">Four &lt;days&gt;</h1>' in page
    assert "<title>Iran and Russia: Four &lt;days&gt; (" in page
    assert "Here &lt;b&gt;they&lt;/b&gt; &amp; met" in page
    assert 'data-moved="true"' in page
    data = re.search(r'id="atlas-data">(.*?)</script>', page)[1]
    assert [*map(tuple, json.loads(data)["opening"])] == [*opening.items()]


def test_every_option_of_the_command_is_one_of_the_address():
    words = run("export", "--help").stdout
    for name in (*OWN, *CHOICES):
        assert f"--{name.removesuffix('s') if name == 'points' else name} " in words


def test_the_command_names_all_that_is_strange(tmp_path):
    result = run(
        *("export", "--era", ERA, "-o", tmp_path / "x.svg"),
        *("--day", "1950-01-01", "--point", "nowhere", "--actor", "martians"),
    )
    assert result.returncode == 1
    assert result.stderr.count("error: ") == 3
    assert not list(tmp_path.iterdir())


def test_data_take_no_title(tmp_path):
    result = run("export", "-o", tmp_path / "x.csv", "--title", "Mine", "--day", "1941-08-25")
    fails(result, "found title, day; data take eras alone")


def test_limits_leave_an_address_room(engine):
    limits = load_limits()
    assert limits["caption"] + limits["title"] + limits["credit"] < 1000
    made = engine(**{name: "ن" * limits[name] for name in ("title", "caption", "credit")})
    assert made.payload["eras"][0]["title"] == "ن" * limits["title"]
