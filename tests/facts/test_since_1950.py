"""The years from 1950: the eras' hinges, published figures, and what is easily got wrong."""

from itertools import pairwise

import pytest
import shapely
from shapely import Point

from geo.geometry.geodesic import distance_km, length_km
from geo.model.features import select_features

ERAS = [
    "1947-stakes",
    "1951-oil-coup",
    "1954-frontier-pact",
    "1962-good-neighbours",
    "1979-two-refusals",
    "1986-talking-again",
    "1991-arms-reactor",
    "1996-united-front",
    "2001-caspian",
    "2006-sanctions",
    "2014-vienna",
    "2015-syria",
]


def told(by_id, name):
    own = by_id[name].properties
    parts = [own.get("title"), own.get("note"), own.get("dispute"), *own.get("figures", ())]
    parts += [item["text"] for item in own.get("history", ())]
    return " ".join(filter(None, parts)).replace("\u00a0", " ")


def spoken(catalogue, claim):
    return catalogue.claims[claim].finding


def at(feature):
    return tuple(feature.geometry["coordinates"])


# ---- the eras -----------------------------------------------------------------------------------


def test_the_eras_follow_without_a_gap(catalogue):
    own = [catalogue.era(era) for era in ERAS]
    for one, other in pairwise(own):
        assert one.end == other.begin
    assert (own[0].begin, own[-1].end) == ("1947-01-01", "2017-04-01")


@pytest.mark.parametrize("era", ERAS)
def test_an_era_says_one_thing_in_few_sentences(catalogue, era):
    own = catalogue.era(era)
    assert 200 < len(own.caption) <= 420
    assert 200 < len(own.alt) <= 420


@pytest.mark.parametrize("era", ERAS)
def test_iran_acts_in_every_era(catalogue, features, era):
    own = catalogue.era(era)
    acting = [
        feature.id
        for feature in select_features(features, own)
        if feature.layer in own.layers and feature.properties.get("actor") == "iran"
    ]
    assert acting


# ---- 1951–62 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "first", "last"),
    [
        ("event-nationalisation-1951", "1951-03-15", "1951-03-20"),
        ("event-takeover-khorramshahr-1951", "1951-06-10", "1951-06-10"),
        ("event-30-tir-1952", "1952-07-16", "1952-07-21"),
        ("event-fisheries-1953", "1953-01-28", "1953-02-01"),
        ("event-coup-1953", "1953-08-15", "1953-08-19"),
        ("event-frontier-1954", "1954-12-02", "1954-12-02"),
        ("event-gold-1955", "1955-06-01", "1955-06-01"),
        ("event-missile-pledge-1962", "1962-09-15", "1962-09-15"),
        ("incident-yug-1982", "1982-04-05", "1982-04-05"),
        ("event-yemtsov-1986", "1986-09-02", "1986-09-04"),
        ("event-koroteyev-1987", "1987-05-06", "1987-05-06"),
        ("event-chuykov-1987", "1987-05-16", "1987-05-16"),
        ("sanctions-1998-07-28", "1998-07-28", "1998-07-28"),
        ("garrison-iran-frontier-1998", "1998-09", "1998-11-02"),
        ("event-osh-1998", "1998-10-09", "1998-10-10"),
        ("event-bushehr-fuel-2007", "2007-12-16", "2008-01-28"),
        ("s300-decree-2010", "2010-09-22", "2010-09-22"),
        ("line-equidistance-kazakhstan-turkmenistan", "1991-12-16", "2014-12-01"),
        ("s300-lift-2015", "2015-04-13", "2015-04-13"),
        ("statement-us-2231-2016", "2016-08-16", "2016-08-16"),
    ],
)
def test_an_event_has_its_days(by_id, event, first, last):
    own = by_id[event].properties
    assert (own["begin_edtf"], own["end_edtf"]) == (first, last)


@pytest.mark.parametrize(
    ("feature", "figures"),
    [
        ("event-consortium-1954", ["BP 40 %", "Shell 14 %", "pétroles 6 %"]),
        ("event-gold-1955", ["11 196.07 kg", "8 million dollars owed besides", "21 million"]),
        ("event-gas-for-steel-1966", ["286 million dollars", "2.5 per cent", "Ten years and two"]),
        ("arms-soviet-1967", ["2 200 jeeps", "500 armoured carriers", "136 guns"]),
        ("dam-aras-1971", ["44 megawatts"]),
        ("event-gas-price-1974", ["18.7 cents", "30 in 1973", "62"]),
        ("event-chinooks-1978", ["eight dead", "20 July"]),
        ("event-nakhichevan-border-1989", ["80 miles", "113"]),
        ("route-train-osh-1998", ["700 tonnes", "six wagons and ten", "third train"]),
        ("arms-tor-m1-2006", ["29 systems", "700 million", "1.4 billion"]),
        ("arms-s300-anzali-2016", ["four billion", "2007"]),
        ("summit-ashgabat-2002", ["13 per cent"]),
        ("garrison-iran-frontier-1998", ["70 000 Guards", "200 000 regulars besides"]),
        ("event-bushehr-fuel-2007", ["180 assemblies, a core of 163"]),
        ("field-sardar-e-jangal", ["Iran 162 km, Turkmenistan 177, Azerbaijan 180"]),
        ("route-kalibr-2015", ["Aleppo is 168 further"]),
    ],
)
def test_published_figures_are_told(by_id, feature, figures):
    for figure in figures:
        assert figure in told(by_id, feature), figure


def test_the_shares_of_the_consortium_make_a_whole(by_id):
    (shares,) = by_id["event-consortium-1954"].properties["figures"]
    percent = [int(part.split(" %")[0].split()[-1]) for part in shares.split(",")]
    assert sum(percent) == 100


@pytest.mark.parametrize(
    "stretch", ["frontier-mugan-1954", "frontier-sarakhs-1954", "frontier-caspian-1954"]
)
def test_the_frontier_of_1954_is_todays_and_not_certain(by_id, shapes, stretch):
    assert by_id[stretch].properties["certainty"] != "certain"
    assert by_id[stretch].properties["precision_km"] >= 10
    frontier = shapes["state-iran-1935"].boundary
    for x, y in shapely.get_coordinates(shapes[stretch]):
        assert frontier.distance(Point(x, y)) < 0.15


def test_the_frontier_is_not_said_to_be_settled_before_1957(by_id):
    for state in ("state-iran-1935", "state-ussr-1940"):
        assert by_id[state].properties["certainty"] == "less-certain"
        assert "1957" in by_id[state].properties["note"]
    range_line = by_id["range-soviet-dhahran-1949"].properties
    assert range_line["certainty"] == "less-certain"
    assert "1.2 %" in range_line["note"]


def test_a_shift_of_15_km_at_hasanqoli_is_1_2_percent(shapes):
    assert 15 / length_km(shapes["range-soviet-dhahran-1949"]) == pytest.approx(0.012, abs=0.0005)


def test_the_pact_is_nobodys(features):
    for feature in features:
        if feature.kind in ("pact-member", "pact-seat"):
            assert not feature.properties.get("actor"), feature.id


def test_soviet_aircraft_flew_in_iran_until_july_1947(by_id):
    soviet = by_id["air-soviet-iran-1944"].properties
    assert soviet["actor"] == "russia"
    assert soviet["end_edtf"] == "1947-07-19"
    assert by_id["air-route-tabriz-mashhad-1944"].properties["begin"] > "1947-07-19"


# ---- the traps ----------------------------------------------------------------------------------


def test_steel_is_of_1966_and_the_treaty_with_moscow_no_alliance(by_id):
    assert by_id["event-gas-for-steel-1966"].properties["begin"] == "1966-01-13"
    assert "no alliance" in by_id["event-treaty-2001"].properties["note"]
    assert "Signed 2002" in by_id["event-north-south-2000"].properties["dispute"].replace(
        "s", "S", 1
    )


def test_gas_was_agreed_and_not_resumed_in_1986(by_id):
    event = by_id["event-gas-agreed-1986"].properties
    assert event["begin"] == "1986-08-25"
    assert "did not flow yet" in event["note"]


def test_nobody_says_it_was_the_only_clash(everything):
    for feature in everything:
        text = f"{feature.properties.get('note')} {feature.properties.get('context')}"
        assert "only time Iranian and Soviet ships" not in text, feature.id


def test_ships_lie_where_they_were_reported(by_id):
    dubai, qatar = (55.30, 25.26), (51.6, 25.3)
    yemtsov, koroteyev = at(by_id["event-yemtsov-1986"]), at(by_id["event-koroteyev-1987"])
    assert distance_km(yemtsov, dubai) < 90
    assert distance_km(koroteyev, qatar) == pytest.approx(80 * 1.609, abs=35)
    assert koroteyev[0] > qatar[0]
    ahmadi = (48.15, 29.08)
    assert distance_km(at(by_id["event-chuykov-1987"]), ahmadi) == pytest.approx(48, abs=8)
    assert by_id["event-chuykov-1987"].properties["status"] == "claim"


def test_the_fact_checker_is_not_turned_round(by_id, catalogue):
    dispute = by_id["event-resolution-2231-2015"].properties["dispute"]
    assert "“Likely true”" in dispute
    assert "“but depends on Russian intentions”" in dispute
    assert "found a breach likely" not in dispute
    assert "7 (b)" in by_id["event-resolution-2231-2015"].properties["note"]
    assert "five years from 18 October 2015" in spoken(catalogue, "P23-5")


def test_each_resolution_says_what_it_forbade(by_id):
    lines = {item["on"]: item["text"] for item in by_id["site-new-york"].properties["history"]}
    assert "Bushehr" in lines["2006-12-23"]
    assert "export arms" in lines["2007-03-24"]
    assert "banks" in lines["2008-03-03"]
    assert "combat aircraft" in lines["2010-06-09"]


def test_seven_bodies_were_penalised_before_the_three(by_id, catalogue):
    note = by_id["sanctions-1998-07-28"].properties["note"]
    for body in ("INOR", "Grafit", "Polyus", "Glavkosmos", "MOSO", "Europalace", "Baltic State"):
        assert body in note
    assert "second round" in spoken(catalogue, "P18-3")


def test_the_sentence_of_four_reasons_is_of_1951(catalogue):
    assert "June 1951" in spoken(catalogue, "P05-8")
    assert {"nsc-107-2", "nsc-5402"} <= set(catalogue.claims["P05-8"].finding_sources)


def test_trade_with_moscow_never_stopped(catalogue):
    finding = spoken(catalogue, "P15-1")
    assert "27 July 1963" in finding
    assert "never stopped" in finding


@pytest.mark.parametrize("claim", ["P05-1", "P15-1", "P16-1", "P17-1", "P23-3"])
def test_not_only_the_west_is_heard(catalogue, claim):
    whose = " ".join(view.whose for view in catalogue.claims[claim].views)
    assert "Iranian" in whose
    assert "Russian" in whose or "Soviet" in whose


@pytest.mark.parametrize(
    ("route", "km", "within"),
    [("route-kalibr-2015", 1500, 15), ("route-mozdok-syria-2015", 1939, 15)],
)
def test_tracks_are_as_long_as_told(shapes, route, km, within):
    longest = max(shapely.get_parts(shapes[route]), key=length_km)
    assert length_km(longest) == pytest.approx(km, abs=within)


def test_aleppo_lies_168_km_beyond_raqqa(shapes):
    main, branch = shapely.get_parts(shapes["route-kalibr-2015"])
    fork = list(main.coords).index(branch.coords[0])
    to_fork = length_km(shapely.LineString(main.coords[: fork + 1]))
    further = to_fork + length_km(branch) - length_km(main)
    assert further == pytest.approx(168, abs=1)


def test_the_s300_has_no_certain_port(by_id):
    landed = by_id["arms-s300-anzali-2016"].properties
    assert landed["certainty"] == "uncertain"
    assert landed["precision_km"] >= 80
    assert "2009" not in told(by_id, "arms-s300-anzali-2016")


def test_natanz_lies_29_5_km_from_its_town(by_id):
    assert distance_km(at(by_id["facility-natanz"]), (51.916, 33.513)) == pytest.approx(
        29.5, abs=0.5
    )
    assert "29.5 km" in by_id["facility-natanz"].properties["note"]


def test_the_rail_line_of_1996_is_some_300_km(shapes):
    assert 240 < length_km(shapes["route-mashhad-tejen-1996"]) < 310


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1947-cold-war", "1947-stakes"),
        ("1979-neither-east-nor-west", "1979-two-refusals"),
        ("1991-new-neighbours", "1996-united-front"),
        ("2014-syria-jcpoa", "2015-syria"),
    ],
)
def test_an_old_address_leads_to_the_era_of_its_day(catalogue, old, new):
    assert catalogue.era(old).id == new


# ---- what a second reader mended ----------------------------------------------------------------


def test_no_council_was_planned_for_baghdad_in_july_1958(by_id):
    note = by_id["headquarters-baghdad-pact-1955"].properties["note"]
    assert "the next council was planned for London" in note
    assert "planned for Baghdad" not in note


def test_iran_joined_the_pact_five_months_after_the_gold(by_id, catalogue):
    gold, joined = (
        by_id[name].properties["begin_edtf"]
        for name in ("event-gold-1955", "pact-member-iran-1955")
    )
    assert (gold, joined) == ("1955-06-01", "1955-11-03")
    caption = catalogue.era("1954-frontier-pact").caption
    assert "Five months later" in caption
    assert "Four months" not in caption


def test_irans_nuclear_history_is_older_than_the_pacts_centre(by_id):
    assert "5 March 1957" in told(by_id, "site-pact-atomic-centre-1959")
    assert "beginning of nuclear" not in told(by_id, "site-pact-atomic-centre-1959")


def test_brezhnev_came_before_podgorny(by_id):
    visit = by_id["event-brezhnev-1963"].properties
    assert (visit["begin_edtf"], visit["end_edtf"]) == ("1963-11-16", "1963-11-23")
    assert "Brezhnev in 1963 and Podgorny" in told(by_id, "summit-tehran-2007")


@pytest.mark.parametrize(
    ("feature", "told_now", "not_told"),
    [
        ("event-gold-1955", "agreed with Zahedi", "paid to Zahedi"),
        ("event-gold-1955", "Ala's government", "paid at Julfa station what it owed"),
        ("event-koroteyev-1987", "Dammam and Dubai", "for Dammam. "),
        ("statement-khrushchev-1961", "as examples of a world-wide", "revolutions to come"),
        ("site-bushehr-npp", "17th by IRNA", "arrives from Novosibirsk"),
        ("line-agreed-kazakhstan-turkmenistan", "The two agreed on 2 December", "is reported"),
    ],
)
def test_what_a_third_reader_mended(by_id, feature, told_now, not_told):
    own = by_id[feature].properties
    text = told(by_id, feature) + " ".join(view["says"] for view in own.get("views") or [])
    assert told_now in text
    assert not_told not in text


@pytest.mark.parametrize(
    ("feature", "place", "within"),
    [
        ("event-chinooks-1978", (58.8, 37.75), 5),  # Gyaurs, where one fell, not Dushak
        ("base-dushanbe-201-1992", (68.774, 38.56), 3),
    ],
)
def test_points_lie_at_the_place_told(by_id, feature, place, within):
    assert distance_km(at(by_id[feature]), place) < within


def test_kazakhstan_and_turkmenistan_agreed_in_2014(by_id):
    before, after = (
        by_id[f"line-{how}-kazakhstan-turkmenistan"] for how in ("equidistance", "agreed")
    )
    assert (before.kind, after.kind) == ("equidistance-unagreed", "equidistance-agreed")
    assert before.properties["end"] == after.properties["begin"] == "2014-12-02"
    assert before.geometry == after.geometry


def test_between_the_great_events(by_id):
    days = {
        "potsdam-1945": "1945-08-02",
        "march-barzani-1947": "1947-06-17",
        "letter-brezhnev-1978": "1978-11-17",
        "uranium-2015": "2015-12-28",
        "summit-baku-2016": "2016-08-08",
    }
    for name, day in days.items():
        assert by_id[name].properties["begin"] == day, name
    assert "2 March 1946" in by_id["potsdam-1945"].properties["note"]
    assert "8.5 by Iran's" in by_id["uranium-2015"].properties["figures"][0]
