"""The Cold War, 1947–78: five stakes of 1949, what they measure, and what came after."""

import re

import pytest
import shapely
from shapely import Point

from geo.geometry.geodesic import WGS84, distance_km, geodesic_line, length_km

MILE_KM = 1.609344

LAYERS = (
    "stakes-1949",
    "measures-1949",
    "west-1947-79",
    "oil-coup-1951-54",
    "frontier-pact-1954-62",
    "pact-1955-79",
    "works-1962-78",
)

# Target: gazetteer place or position, miles nearer by soil and by towns, whether "hundreds" holds.
TARGETS = {
    "basra": ("basra", 534, 661, True),
    "habbaniya": ("habbaniya", 288, 260, True),
    "dhahran": ("dhahran", 657, 747, True),
    "hormuz": ((56.435, 26.68), 665, 749, True),
    "karachi": ("karachi", 492, 348, True),
    "suez": ("suez", 137, 73, False),
    "tripoli": ("tripoli-lebanon", 53, -22, False),
    "incirlik": ("incirlik", -35, -142, False),
}
SOVIET_TOWNS = ("yerevan", "baku", "ashgabat")
IRANIAN_TOWNS = ("kermanshah", "abadan", "bushehr", "bandar-abbas")


def position(by_id, place):
    if isinstance(place, str):
        return tuple(by_id[f"place-{place}"].geometry["coordinates"])
    return place


def miles(one, other):
    return distance_km(one, other) / MILE_KM


def nearest_miles(area, target):
    """Shortest geodesic from an area's boundary, sampled about every 500 m, to a position."""
    xs, ys = shapely.get_coordinates(shapely.segmentize(area.boundary, 0.005)).T
    _, _, metres = WGS84.inv(xs, ys, [target[0]] * len(xs), [target[1]] * len(ys))
    return float(min(metres)) / 1000 / MILE_KM


def figures(by_id, name):
    return " ".join(by_id[name].properties["figures"]).replace("\u00a0", " ")


@pytest.fixture(scope="module")
def soil(shapes):
    return {"soviet": shapes["state-ussr-1940"], "iran": shapes["state-iran-1935"]}


# ---- (3) "hundreds of miles nearer" -------------------------------------------------------------


@pytest.mark.parametrize("side", ["soviet", "iran"])
@pytest.mark.parametrize("target", TARGETS)
def test_a_range_line_is_the_shortest_from_that_soil(by_id, shapes, soil, side, target):
    at = position(by_id, TARGETS[target][0])
    line = shapes[f"range-{side}-{target}-1949"]
    assert distance_km(line.coords[-1], at) < 0.1
    assert soil[side].distance(Point(line.coords[0])) < 0.02
    expected = nearest_miles(soil[side], at)
    assert length_km(line) / MILE_KM == pytest.approx(expected, abs=1)
    told = figures(by_id, f"range-{side}-{target}-1949")
    word = {"soviet": "Soviet", "iran": "Iranian"}[side]
    (number,) = re.findall(rf"{word} ([\d ]+) miles", told)
    assert int(number.replace(" ", "")) == pytest.approx(expected, abs=1)


@pytest.mark.parametrize("target", TARGETS)
def test_both_gains_are_those_computed(by_id, soil, target):
    place, by_soil, by_towns, holds = TARGETS[target]
    at = position(by_id, place)
    gain = nearest_miles(soil["soviet"], at) - nearest_miles(soil["iran"], at)
    assert gain == pytest.approx(by_soil, abs=1.5)
    best = {
        towns: min(miles(position(by_id, town), at) for town in towns)
        for towns in (SOVIET_TOWNS, IRANIAN_TOWNS)
    }
    assert best[SOVIET_TOWNS] - best[IRANIAN_TOWNS] == pytest.approx(by_towns, abs=1.5)
    assert (min(by_soil, by_towns) >= 200) is holds


@pytest.mark.parametrize("target", TARGETS)
def test_the_table_tells_the_verdict(by_id, target):
    _, by_soil, by_towns, holds = TARGETS[target]
    row = next(
        text
        for text in by_id["stake-nearer-base-1949"].properties["figures"]
        if target in text.lower()
    )
    assert row.endswith("Does not hold." if not holds else " Holds.")
    for gain in (by_soil, by_towns):
        assert f"{abs(gain)} {'nearer' if gain > 0 else 'farther'}" in row
    note = by_id[f"range-iran-{target}-1949"].properties["note"]
    assert ("does not hold" in note) is not holds


def test_the_table_has_every_target_and_the_claim_its_finding(by_id, catalogue):
    assert len(by_id["stake-nearer-base-1949"].properties["figures"]) == len(TARGETS)
    claim = catalogue.claims["P05-4"]
    for target in TARGETS:
        assert f"range-soviet-{target}-1949" in claim.features
        assert f"range-iran-{target}-1949" in claim.features
    assert "does not hold for Suez" in claim.finding
    assert "Incirlik" in claim.finding


@pytest.mark.parametrize(
    ("target", "town", "expected"),
    [  # spot checks of the research's own table, statute miles
        ("basra", "baku", 691),
        ("basra", "abadan", 31),
        ("basra", "kermanshah", 267),
        ("dhahran", "ashgabat", 938),
        ("dhahran", "bushehr", 187),
        ("dhahran", "yerevan", 1013),
        ("habbaniya", "yerevan", 472),
        ("habbaniya", "kermanshah", 217),
        ("suez", "yerevan", 974),
        ("suez", "kermanshah", 906),
        ("suez", "abadan", 941),
        ("tripoli", "yerevan", 620),
        ("tripoli", "kermanshah", 646),
        ("incirlik", "yerevan", 538),
        ("incirlik", "kermanshah", 684),
        ("karachi", "ashgabat", 1036),
        ("karachi", "bandar-abbas", 695),
    ],
)
def test_distances_agree_with_the_research(by_id, target, town, expected):
    at = position(by_id, TARGETS[target][0])
    assert miles(position(by_id, town), at) == pytest.approx(expected, abs=9)


def test_time_of_1961_is_near_the_computed_distance_of_dhahran(by_id, soil):
    dhahran = position(by_id, "dhahran")
    assert nearest_miles(soil["soviet"], dhahran) == pytest.approx(794, abs=2)
    assert miles(position(by_id, "astara"), dhahran) == pytest.approx(842, abs=3)
    assert "850 air miles" in by_id["base-dhahran-1946"].properties["dispute"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "soviet", "iran"),
    [
        ("defence-outer-ring-1948", 173, 0),
        ("defence-inner-ring-1948", 434, 399),
        ("defence-lebanon-line-1948", 562, 497),
        ("defence-ramallah-line-1948", 731, 594),
    ],
)
def test_lines_of_defence_have_the_distances_told(by_id, shapes, soil, line, soviet, iran):
    points = shapely.get_coordinates(shapely.segmentize(shapes[line], 0.25))
    assert min(nearest_miles(soil["soviet"], at) for at in points) == pytest.approx(soviet, abs=4)
    if iran:
        assert min(nearest_miles(soil["iran"], at) for at in points) == pytest.approx(iran, abs=4)
    else:
        assert shapes[line].intersects(soil["iran"])
    assert f"Soviet soil {soviet} miles" in figures(by_id, line)
    assert by_id[line].properties["certainty"] == "uncertain"


def test_the_outer_ring_keeps_the_oil_of_iran_and_ends_at_bandar_abbas(by_id, shapes):
    ring = shapes["defence-outer-ring-1948"]
    assert distance_km(ring.coords[-1], position(by_id, "bandar-abbas")) < 10
    for field in ("field-masjed-soleyman", "field-agha-jari", "field-kirkuk"):
        x, y = shapes[field].coords[0]
        here = ring.interpolate(ring.project(Point(x, y)))
        assert here.y > y, field  # the line passes north-east of the fields
        assert here.x > x, field


# ---- (1) oil ------------------------------------------------------------------------------------


def test_the_reservoir_holds_every_field_of_1949(features, shapes):
    outline = shapes["stake-oil-reservoir-1949"]
    fields = [
        feature
        for feature in features
        if feature.layer == "stakes-1949" and feature.kind.startswith("oil-field")
    ]
    assert len(fields) >= 9
    for field in fields:
        assert outline.contains(shapes[field.id]), field.id
        assert field.properties["begin"] < "1949-07", field.id
        assert not field.properties["end"], field.id


@pytest.mark.parametrize(
    ("field", "begin"),
    [
        ("field-masjed-soleyman", "1908-05-26"),
        ("field-kirkuk", "1927-10-14"),
        ("field-bahrain", "1932-06-01"),
        ("field-burgan", "1938-02-23"),
        ("field-dammam", "1938-03-04"),
        ("field-ghawar", "1948-01-01"),
        ("terminal-kharg-1960", "1960-01-01"),
        ("terminal-mina-al-ahmadi-1946", "1946-01-01"),
        ("terminal-bandar-mashur-1948", "1948-01-01"),
    ],
)
def test_oil_works_begin_in_their_year(by_id, field, begin):
    assert by_id[field].properties["begin"] == begin


def test_masjed_soleyman_was_not_the_first_strike(by_id):
    """Chia Surkh struck oil in 1904, but too little."""
    assert "in commercial quantity" in by_id["field-masjed-soleyman"].properties["note"]
    assert "1904" in by_id["chia-surkh-1904"].properties["note"]


def test_kharg_is_no_stake_of_1949(by_id, catalogue):
    assert by_id["terminal-kharg-1960"].layer == "works-1962-78"
    assert "terminal-kharg-1960" not in catalogue.claims["P05-2"].features


def test_disputed_years_of_discovery_are_both_told(by_id):
    assert all(
        year in by_id["field-agha-jari"].properties["dispute"] for year in ("1936", "1938", "1943")
    )
    assert all(year in by_id["field-gachsaran"].properties["dispute"] for year in ("1927", "1928"))


# ---- (2) the lands named ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("land", "inside", "outside"),
    [
        ("named-turkey-1949", ["ankara", "van", "istanbul"], ["aleppo", "tabriz", "batumi"]),
        ("named-iraq-1949", ["baghdad", "kirkuk", "basra"], ["abadan", "damascus"]),
        (
            "named-arabian-peninsula-1949",
            ["doha", "dhahran"],
            ["basra", "suez", "bandar-abbas", "jerusalem"],
        ),
        ("named-afghanistan-1949", ["kabul", "herat"], ["mashhad", "quetta", "dushanbe"]),
        ("named-pakistan-1949", ["quetta", "lahore"], ["kandahar", "delhi", "zahedan"]),
    ],
)
def test_lands_named_are_the_states_of_1949(by_id, shapes, land, inside, outside):
    area = shapes[land]
    for town in inside:
        assert area.contains(Point(position(by_id, town))), town
    for town in outside:
        assert not area.contains(Point(position(by_id, town))), town
    assert by_id[land].kind == "area-named"
    assert by_id[land].properties["actor"] == "us"


def test_pakistan_of_1949_has_its_eastern_part(shapes):
    assert shapes["named-pakistan-1949"].bounds[2] > 88
    assert shapes["pact-member-pakistan-1955"].bounds[2] < 80


def test_jordan_is_not_of_the_peninsula_and_iran_is_not_named(shapes):
    for state in ("state-jordan", "state-iran-1935", "state-ussr-1940"):
        for land in ("turkey", "iraq", "arabian-peninsula", "afghanistan", "pakistan"):
            shared = shapes[f"named-{land}-1949"].intersection(shapes[state])
            assert shared.area < 1e-6, (state, land)


def test_the_canal_is_the_texts_own_addition(by_id, shapes, catalogue):
    assert length_km(shapes["canal-suez-1949"]) == pytest.approx(155, abs=40)
    assert "do not" in by_id["canal-suez-1949"].properties["note"]
    assert "without the Suez Canal" in catalogue.claims["P05-3"].finding


# ---- (4) routes ---------------------------------------------------------------------------------


def test_the_trunk_air_route_keeps_out_of_iran(shapes, soil):
    route = shapes["air-route-boac-trunk-1949"]
    assert not route.intersects(soil["iran"])
    crossing = shapes["air-route-lydda-karachi-1946"]
    over = length_km(crossing.intersection(soil["iran"]))
    assert length_km(crossing) == pytest.approx(3244, abs=25)
    assert over == pytest.approx(1267, abs=45)


def test_the_crow_flies_straight_from_lydda(shapes):
    drawn = shapes["air-route-lydda-karachi-1946"]
    straight = geodesic_line([drawn.coords[0], drawn.coords[-1]], 100)
    assert drawn.hausdorff_distance(straight) < 0.15


@pytest.mark.parametrize(
    ("route", "share"),
    [
        ("air-route-baghdad-tehran-1944", 565 / 704),
        ("air-route-tabriz-mashhad-1944", 1.0),
        ("air-route-kerman-mirjaveh-1944", 1.0),
    ],
)
def test_other_air_routes_cross_iran(shapes, soil, route, share):
    line = shapes[route]
    assert length_km(line.intersection(soil["iran"])) / length_km(line) == pytest.approx(
        share, abs=0.03
    )


def test_shipping_stays_on_water(everything, shapes):
    land = shapely.union_all(
        [shapes[feature.id] for feature in everything if feature.layer == "base-land"]
    )
    assert not shapes["shipping-gulf-1949"].intersects(land)


def test_no_traffic_lanes_are_drawn_for_1949(by_id):
    note = by_id["shipping-gulf-1949"].properties["note"]
    assert "did not exist in 1949" in note


# ---- whose words they are -----------------------------------------------------------------------


def test_the_stakes_are_a_statement_of_washington(by_id, catalogue):
    statement = by_id["statement-us-policy-1949"]
    assert statement.kind == "statement"
    assert statement.properties["begin"] == "1949-02-01"
    assert "not a record of Soviet plans" in statement.properties["note"]
    for phrase in ("Western Europe", "Suez", "'most'"):
        assert phrase in statement.properties["dispute"]
    assert "An American assessment" in catalogue.claims["P05-1"].finding


def test_what_is_stated_is_not_shown_as_valid_after_1951(features):
    for feature in features:
        if feature.layer == "stakes-1949" and feature.kind in (
            "area-named",
            "area-reservoir",
            "statement",
            "canal",
        ):
            own = feature.properties
            assert own["actor"] == "us", feature.id
            assert own["status"] == "claim", feature.id
            assert "1949-02-01" <= own["begin"] < own["end"] <= "1951-07-01", feature.id


def test_the_fifth_stake_is_not_mapped(catalogue):
    assert catalogue.claims["P05-6"].not_mapped


@pytest.mark.parametrize("paragraph", ["P05", "P14", "P15"])
def test_nothing_is_pending(catalogue, paragraph):
    own = [claim for claim in catalogue.claims.values() if claim.paragraph == paragraph]
    assert own
    assert not [claim.id for claim in own if claim.pending]


# ---- 1947–49 ------------------------------------------------------------------------------------


def test_two_agreements_of_1947_are_two(by_id, catalogue):
    assert by_id["event-arms-credit-1947"].properties["begin"] == "1947-06-20"
    assert by_id["event-army-mission-1947"].properties["begin"] == "1947-10-06"
    assert {"event-arms-credit-1947", "event-army-mission-1947"} <= set(
        catalogue.claims["P14-1"].features
    )
    assert "two agreements" in catalogue.claims["P14-1"].finding


def test_the_gendarmerie_mission_is_older_than_the_armys(by_id):
    dates = {
        item["text"]: item["on"] for item in by_id["mission-us-tehran-1947"].properties["history"]
    }
    assert dates["GENMISH takes effect"] == "1942-10-02"
    assert dates["Its agreement is signed"] == "1943-11-27"
    assert by_id["mission-us-tehran-1947"].properties["begin"] == "1947-10-06"


def test_the_attempt_is_of_the_4th_and_the_ban_of_the_5th(by_id):
    event = by_id["event-attempt-shah-1949"]
    assert (event.properties["begin"], event.properties["end"]) == ("1949-02-04", "1949-02-06")
    assert [item["on"] for item in event.properties["history"]] == ["1949-02-04", "1949-02-05"]
    assert "disputed" in event.properties["dispute"]
    assert distance_km(event.geometry["coordinates"], (51.394, 35.703)) < 0.5


# ---- the pact -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "begin", "end"),
    [
        ("turkey", "1955-02-24", "1979-04-01"),
        ("iraq", "1955-02-24", "1959-03-25"),
        ("pakistan", "1955-09-23", "1979-04-01"),
        ("iran", "1955-11-03", "1979-04-01"),
    ],
)
def test_members_join_and_leave_on_their_day(by_id, member, begin, end):
    own = by_id[f"pact-member-{member}-1955"].properties
    assert (own["begin"], own["end"]) == (begin, end)


def test_iran_is_no_founder(by_id):
    own = by_id["pact-member-iran-1955"].properties
    assert own["begin"] != "1955-02-24"
    assert "12 October" in own["dispute"]


def test_the_seat_moves_from_baghdad_to_ankara(by_id):
    baghdad, ankara = (
        by_id["headquarters-baghdad-pact-1955"],
        by_id["headquarters-cento-ankara-1959"],
    )
    assert distance_km(baghdad.geometry["coordinates"], position(by_id, "baghdad")) < 1
    assert distance_km(ankara.geometry["coordinates"], position(by_id, "ankara")) < 1
    assert baghdad.properties["end_edtf"] == "1958-07-14"
    assert ankara.properties["begin_edtf"] == "1958-10~"
    assert ankara.properties["begin"] >= baghdad.properties["end"]
    assert baghdad.properties["certainty"] == ankara.properties["certainty"] == "less-certain"
    assert "22 May 1959" in baghdad.properties["dispute"]


# ---- gas for steel ------------------------------------------------------------------------------


def test_the_gas_line_is_as_long_as_a_smoothed_one_may_be(shapes):
    assert 0.85 * 1094 <= length_km(shapes["pipeline-igat-1"]) <= 1.05 * 1094
    assert length_km(shapes["pipeline-astara-kazi-magomed-1970"]) <= 296.5


@pytest.mark.parametrize(
    ("station", "km"),
    [("isfahan", 30), ("qom", 2), ("saveh", 2), ("rasht", 2), ("astara", 2), ("behbahan", -25)],
)
def test_the_gas_line_passes_its_stations(by_id, shapes, station, km):
    line, at = shapes["pipeline-igat-1"], Point(position(by_id, station))
    here = line.interpolate(line.project(at))
    away = distance_km(here.coords[0], at.coords[0])
    assert away <= km if km > 0 else away > -km


def test_the_gas_line_starts_at_the_first_bid_boland_not_the_second(shapes):
    start = shapes["pipeline-igat-1"].coords[0]
    assert distance_km(start, (49.97, 30.77)) < 5
    assert distance_km(start, (50.35, 30.85)) > 30


def test_the_gas_line_stays_on_land_and_in_iran(shapes, soil):
    line = shapes["pipeline-igat-1"]
    assert length_km(line.intersection(soil["iran"])) / length_km(line) > 0.99
    assert not shapes["pipeline-astara-kazi-magomed-1970"].intersects(shapes["sea-caspian"])


@pytest.mark.parametrize(
    ("feature", "begin"),
    [
        ("pipeline-igat-1", "1970-10-01"),
        ("event-gas-for-steel-1966", "1966-01-13"),
        ("steelworks-isfahan-1973", "1973-03-15"),
        ("event-us-iran-agreement-1959", "1959-03-05"),
    ],
)
def test_later_works_have_their_dates(by_id, feature, begin):
    assert by_id[feature].properties["begin"] == begin


def test_the_year_of_gas_for_steel_is_disputed(by_id):
    assert "1965" in by_id["event-gas-for-steel-1966"].properties["dispute"]


def test_the_steel_mill_lies_by_its_towns(by_id):
    works = by_id["steelworks-isfahan-1973"].geometry["coordinates"]
    assert distance_km(works, (51.400, 32.487)) < 12  # Fooladshahr
    assert distance_km(works, (51.376, 32.389)) < 12  # Zarrinshahr
    assert 25 < distance_km(works, position(by_id, "isfahan")) < 50


# ---- the view -----------------------------------------------------------------------------------


def test_listening_posts_are_told_elsewhere(features):
    assert not [f.id for f in features if f.layer in LAYERS and f.kind == "listening-post"]


def test_the_opening_view_can_be_read(features, catalogue):
    era = catalogue.era("1947-stakes")
    assert len(era.caption) <= 420
    labelled = [
        feature.id
        for feature in features
        if feature.layer in era.layers
        and feature.properties.get("label")
        and feature.properties["label_rank"] <= 2
    ]
    assert len(labelled) <= 22
