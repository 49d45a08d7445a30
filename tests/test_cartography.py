"""Whether the maps can be read: a part of what `make cartography` measures."""

import math
import re

import pytest

from bench.contrast import find_pale
from bench.legibility import LIMITS, WINDOWS, Tally, measure_era
from geo import load_catalogue
from geo.model.features import select_features
from geo.plate import render_map

ERAS = load_catalogue().eras


@pytest.mark.slow
@pytest.mark.parametrize("window", ["1280×800", "390×844"])
def test_every_era_can_be_read_as_it_opens(engine, features, window):
    whole = Tally()
    for era in ERAS:
        shown = select_features(features, era)
        whole += measure_era(engine, era.id, shown, window, own_only=True)
    over = {name: found for name, found in whole.faults.items() if found > LIMITS[name]}
    assert over == {}
    assert whole.labels > 12 * len(ERAS)


def test_close_views_can_be_read(engine, features, catalogue):
    tally = Tally()
    for era in ("1907-spheres", "1941-invasion", "2001-caspian"):
        shown = select_features(features, catalogue.era(era))
        tally += measure_era(engine, era, shown, "1280×800")
    assert {name: n for name, n in tally.faults.items() if n > LIMITS[name]} == {}


def names(engine, era, size=(934, 693), **view):
    labels = engine.measure(era, size=size, **view)["labels"]
    return {label["text"]: label["style"] for label in labels}


def test_a_state_is_named_on_the_part_of_it_that_is_seen(engine):
    assert names(engine, "1907-spheres")["RUSSIAN EMPIRE"] == "power"
    close = names(engine, "1907-spheres", bounds=(53, 36, 60, 40.5))
    assert "RUSSIAN EMPIRE" in close
    assert "PERSIA" in close


def test_a_power_whose_land_is_not_seen_is_pointed_to(engine):
    assert names(engine, "1996-united-front")["Russia"] == "pointer"


def test_the_capital_is_named_where_most_happened(engine):
    for era, name in (("1890-tobacco", "Teheran"), ("1979-two-refusals", "Tehran")):
        for size in WINDOWS.values():
            assert names(engine, era, size)[name] == "city"


def test_what_lies_on_one_place_is_a_badge_with_its_number(engine):
    points = engine.measure("1890-tobacco", size=(934, 693))["points"]
    badge = [point["id"] for point in points if point["form"] == "badge"]
    assert len(badge) > 2
    assert f">{len(badge)}</text>" in render_map(
        engine, "1890-tobacco", size=(934, 693), theme="light"
    )


def test_what_nothing_names_is_only_hinted_at(engine):
    points = engine.measure("2001-caspian", size=(934, 693))["points"]
    full = [p for p in points if p["form"] != "dot" and not p["quiet"]]
    assert full
    assert all(point["named"] or point["beside"] for point in full)
    hinted = {point["id"] for point in points if point["quiet"]}
    svg = render_map(engine, "2001-caspian", size=(934, 693), theme="light")
    opacity = engine.symbology.styles["quiet"]["opacity"]
    pale = re.findall(rf'data-id="([^"]+)"[^>]* opacity="{opacity}"', svg)
    assert hinted
    assert hinted == set(pale) & hinted


@pytest.mark.parametrize(
    ("era", "town"),
    [
        ("1911-garrisons", "Tabriz"),
        ("1916-hamadan", "Hamadan"),
        ("1918-revolution", "Kazvin"),
        ("1945-takeover", "Tabriz"),
        ("1946-withdrawal", "Tabriz"),
        ("1951-oil-coup", "Abadan"),
    ],
)
def test_a_town_with_an_event_keeps_its_name(engine, era, town):
    assert town in names(engine, era)


@pytest.mark.parametrize(
    ("era", "name", "other"),
    [
        ("1907-spheres", "Bunder Abbas", "Bandar Abbas"),
        ("1914-neutral", "Bunder Abbas", "Bandar Abbas"),
        ("2001-caspian", "Anzali", "Bandar-e Anzali"),
    ],
)
def test_no_place_has_two_names(engine, era, name, other):
    assert len({name, other} & names(engine, era).keys()) == 1


def test_a_badge_lists_all_it_holds(engine):
    for era in ("1941-invasion", "1942-supply", "1944-oil", "1979-two-refusals"):
        texts = [text for text, style in names(engine, era).items() if style == "key"]
        assert texts, era
        assert not [text for text in texts if re.search(r"\d more$", text)], era


def test_a_list_away_from_its_badge_says_which_town_it_is_of(engine):
    svg = render_map(engine, "1890-tobacco", size=(934, 693), theme="light")
    assert ">Teheran:</tspan>" in svg
    listed = svg[: svg.index(">Teheran:</tspan>")]
    assert "<rect" in listed[listed.rindex("<path") :], "a list stands in a box of its own"
    beside = render_map(engine, "1941-invasion", size=(934, 693), theme="light")
    assert ">Teheran:</tspan>" not in beside, "there the town's own name stands beside it"


def test_a_flow_ends_beside_the_sign_that_it_leads_to(engine):
    """The head of the flights from Nojeh is seen: the signs of what they struck do not cover it."""
    svg = render_map(engine, "2015-syria", size=(934, 693), theme="light")
    group = re.search(r'<g[^>]*data-id="route-nojeh-syria-2016".*?</g>', svg)[0]
    heads = [path for path in re.findall(r' d="([^"]+)"', group) if path.endswith("Z")]
    tips = [tuple(map(float, tip)) for tip in re.findall(r"M([\d.]+) ([\d.]+)", "".join(heads))]
    assert len(tips) > 1
    struck = re.findall(r'data-id="strike-[^>]*><circle cx="([\d.]+)" cy="([\d.]+)"', svg)
    assert len(struck) > 1
    for x, y in tips:
        away = min(math.hypot(x - float(cx), y - float(cy)) for cx, cy in struck)
        assert 8 < away < 14


def test_1947_opens_without_the_lines_that_test_it(engine):
    shown = engine.measure("1947-stakes", size=(934, 693))["legend"]
    assert "range-line" not in shown
    assert {"area-named", "area-reservoir", "defence-line"} <= set(shown)


@pytest.mark.sampled
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "era", ["1907-spheres", "1914-neutral", "1944-oil", "1946-withdrawal", "1996-united-front"]
)
def test_names_are_read_on_the_ground_they_stand_on(engine, era, theme):
    assert find_pale(engine, era, theme, (934, 693)) == []


def test_a_map_alone_bears_its_title_and_years(engine):
    svg = render_map(engine, "1907-spheres", size=(800, 600), theme="light")
    texts = re.findall(r"<text[^>]*>([^<]+)</text>", svg)
    assert " ".join(texts).find("Two spheres and what lay between") >= 0
    assert "31 August 1907 – June 1908" in texts


def test_type_grows_on_large_maps(engine):
    def size_of(size):
        svg = render_map(engine, "1907-spheres", size=size, theme="light")
        return max(
            float(found) for found in re.findall(r'class="label city[^>]*font-size="([\d.]+)"', svg)
        )

    usual = size_of((934, 693))
    assert 1.15 < size_of((1402, 973)) / usual < 1.3
    assert 1.3 < size_of((1869, 1333)) / usual < 1.45


@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.id)
def test_a_legend_explains_the_signs_on_the_map_and_no_others(engine, features, era):
    """A dot and what is in a badge have no sign: a row for theirs would be looked for in vain."""
    measured = engine.measure(era.id, size=(934, 693))
    kinds = {feature.id: feature.kind for feature in features}
    icons = {kinds[point["id"]] for point in measured["points"] if point["form"] == "icon"}
    others = {kinds[point["id"]] for point in measured["points"]} - icons
    assert icons <= set(measured["legend"])
    assert not others & set(measured["legend"])
