"""Spot checks of 2005–2017: votes, nuclear sites, and the way to Syria."""

import pytest
import shapely
from shapely import Point

from geo.geometry.geodesic import azimuth, distance_km, length_km
from geo.model.features import select_features

LAYERS = ("sanctions", "votes-2006-10", "jcpoa", "syria-2014-17", "arms-2005-17")

HAMADAN_CITY = (48.515, 34.798)
HAMADAN_CIVIL_AIRFIELD = (48.553, 34.869)
MOZDOK = (44.603, 43.788)
NOJEH = (48.6534, 35.2116)


@pytest.fixture(scope="module")
def own(features):
    return {feature.id: feature for feature in features if feature.layer in LAYERS}


def at(feature):
    return tuple(feature.geometry["coordinates"])


# ---- the Security Council -----------------------------------------------------------------------

VOTES = [
    ("1696", "2006-07-31", "14 for, 1 against (Qatar)"),
    ("1737", "2006-12-23", "15 for"),
    ("1747", "2007-03-24", "15 for"),
    ("1803", "2008-03-03", "14 for, 1 abstained (Indonesia)"),
    ("1835", "2008-09-27", "15 for"),
    ("1929", "2010-06-09", "12 for, 2 against (Brazil, Turkey), 1 abstained (Lebanon)"),
]


@pytest.mark.parametrize(("resolution", "on", "result"), VOTES)
def test_a_resolution_has_its_day_and_its_count(own, resolution, on, result):
    council = own["site-new-york"].properties
    assert f"{resolution}: {result}" in council["figures"]
    (entry,) = [item for item in council["history"] if resolution in item["text"]]
    assert entry["on"] == on


def test_four_of_the_six_imposed_sanctions(own):
    council = own["site-new-york"].properties
    assert len(council["history"]) == len(council["figures"]) == 6
    none = [item["on"] for item in council["history"] if "no" in item["text"].split()]
    assert none == ["2006-07-31", "2008-09-27"]
    assert "1737, 1747, 1803 and 1929" in council["note"]


@pytest.mark.parametrize(
    ("feature", "kind", "on", "inside"),
    [
        ("vote-turkey-2010", "voted-against", "2010-06-09", (32.864, 39.927)),
        ("vote-qatar-2006", "voted-against", "2006-07-31", (51.25, 25.3)),
        ("vote-lebanon-2010", "abstained", "2010-06-09", (35.9, 33.9)),
    ],
)
def test_who_did_not_vote_for_it(own, shapes, feature, kind, on, inside):
    assert own[feature].kind == kind
    assert own[feature].properties["begin_edtf"] == own[feature].properties["end_edtf"] == on
    assert shapes[feature].contains(Point(inside))


@pytest.mark.parametrize("state", ["russia", "china"])
def test_russia_and_china_voted_for_all(own, state):
    vote = own[f"vote-{state}-2006-2010"]
    assert vote.kind == "voted-for"
    assert vote.properties["begin_edtf"] == VOTES[0][1]
    assert vote.properties["end_edtf"] == VOTES[-1][1]


def test_the_council_is_one_icon_an_era(catalogue, features):
    for era in ("2006-sanctions", "2014-vienna"):
        there = [
            feature.id
            for feature in select_features(features, catalogue.era(era))
            if feature.layer in LAYERS
            and feature.geometry_type == "Point"
            and distance_km(at(feature), (-73.968, 40.749)) < 20
        ]
        assert len(there) == 1


def test_russia_finished_the_reactor_while_it_voted(catalogue, features):
    era = catalogue.era("2006-sanctions")
    ids = {feature.id for feature in select_features(features, era)}
    assert {"site-new-york", "site-bushehr-npp", "event-bushehr-fuel-2007"} <= ids


# ---- the nuclear sites --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facility", "plant", "within_km", "namesake", "apart_km"),
    [
        ("facility-natanz", (51.72235, 33.72408), 1, (51.916, 33.513), 25),
        ("facility-fordow", (50.996, 34.885), 1, (50.904, 34.261), 65),
        ("facility-arak", (49.2408, 34.3734), 1, (49.689, 34.092), 45),
        ("facility-isfahan", (51.83, 32.58), 1, (51.668, 32.655), 10),
    ],
)
def test_a_plant_is_not_its_namesake(own, facility, plant, within_km, namesake, apart_km):
    assert distance_km(at(own[facility]), plant) < within_km
    assert distance_km(at(own[facility]), namesake) > apart_km
    assert own[facility].kind == "nuclear-facility"


def test_fordow_is_near_qom_and_natanz_218_km_from_tehran(own, by_id):
    qom = at(by_id["place-qom"])
    assert distance_km(at(own["facility-fordow"]), qom) == pytest.approx(28, abs=4)
    assert at(own["facility-fordow"])[1] > qom[1]
    tehran = at(by_id["place-tehran"])
    assert distance_km(at(own["facility-natanz"]), tehran) == pytest.approx(218, abs=4)


def test_fordow_was_not_known_before_september_2009(own):
    assert str(own["facility-fordow"].timespan.begin) >= "2009-09"


# ---- the agreement of 2015 ----------------------------------------------------------------------


def test_the_agreement_names_its_parties_and_is_not_called_signed(own, symbology):
    vienna = own["site-vienna"]
    assert vienna.properties["begin_edtf"] == "2015-07-14"
    figures = " ".join(vienna.properties["figures"])
    for party in (
        "China",
        "France",
        "Germany",
        "Russia",
        "United Kingdom",
        "United States",
        "European Union",
        "Iran",
    ):
        assert party in figures
    assert "5 060" in figures
    assert "1 044" in figures
    assert "Signed" not in symbology.kinds[vienna.kind].title
    assert distance_km(at(vienna), (16.377, 48.205)) < 1


def test_the_clause_on_aircraft_has_two_readings(own):
    resolution = own["event-resolution-2231-2015"].properties
    assert resolution["begin_edtf"] == "2015-07-20"
    assert "American" in resolution["dispute"]
    assert "Russia" in resolution["dispute"]
    assert {
        own[name].kind for name in ("statement-us-2231-2016", "statement-lavrov-2231-2016")
    } == {"statement"}


def test_the_older_resolutions_ended_in_january_2016(catalogue):
    caption = catalogue.era("2014-vienna").caption
    assert "ended on 16 January 2016" in caption
    assert "replaced the older" not in caption


def test_soleimanis_visit_is_told_as_a_report(by_id):
    visit = by_id["event-soleimani-moscow-2015"].properties
    assert visit["status"] == "claim"
    assert visit["certainty"] == "uncertain"
    assert "Moscow denied" in visit["note"]


# ---- Nojeh --------------------------------------------------------------------------------------


def test_the_base_is_nojeh_and_not_hamadans_airport(own):
    base = at(own["site-nojeh-air-base"])
    assert distance_km(base, NOJEH) < 2
    assert distance_km(base, HAMADAN_CIVIL_AIRFIELD) > 35
    assert distance_km(base, HAMADAN_CITY) == pytest.approx(47, abs=2)
    assert abs(azimuth(HAMADAN_CITY, base)) < 20


@pytest.mark.parametrize(
    ("target", "nojeh_km", "mozdok_km"),
    [("aleppo", 1045, 1051), ("idlib", 1092, 1106), ("palmyra", 951, 1161)],
)
def test_straight_lines_from_both_bases_are_as_published_here(
    own, by_id, target, nojeh_km, mozdok_km
):
    there = at(by_id[f"place-{target}"])
    assert distance_km(NOJEH, there) == pytest.approx(nojeh_km, abs=6)
    assert distance_km(MOZDOK, there) == pytest.approx(mozdok_km, abs=6)
    told = " ".join(own["route-nojeh-syria-2016"].properties["figures"])
    assert f"{nojeh_km:,}".replace(",", " ") in told
    told = " ".join(own["route-mozdok-syria-2015"].properties["figures"])
    assert f"{mozdok_km:,}".replace(",", " ") in told


def test_the_flights_of_2016_are_a_few_days_in_august(own):
    route = own["route-nojeh-syria-2016"].properties
    assert (route["begin_edtf"], route["end_edtf"]) == ("2016-08-16", "2016-08-18")
    assert "22 August" in route["dispute"]
    assert "moderate opposition" in route["dispute"]


# ---- tracks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("route", "over", "not_over"),
    [
        (
            "route-nojeh-syria-2016",
            ("irn", "irq", "syr"),
            ("tur", "jor", "sau"),
        ),
        (
            "route-mozdok-syria-2015",
            ("rus", "irn", "irq", "syr"),
            ("tur", "geo", "aze", "arm", "jor", "sau"),
        ),
        ("route-kalibr-2015", ("irn", "irq", "syr"), ("tur", "aze", "arm")),
        ("route-s300-2016", ("rus",), ("aze", "kaz", "tkm")),
    ],
)
def test_a_track_keeps_to_the_countries_reported(shapes, route, over, not_over):
    for country in over:
        assert shapes[route].intersects(shapes[f"country-{country}"]), country
    for country in not_over:
        crossed = shapes[route].intersection(shapes[f"country-{country}"])
        assert crossed.is_empty, country


def test_mozdok_is_a_detour_over_the_caspian(shapes):
    track = shapes["route-mozdok-syria-2015"]
    ends = track.coords[0], track.coords[-1]
    assert distance_km(ends[0], MOZDOK) < 2
    assert 1800 < length_km(track) < 2150
    assert length_km(track) > 1.7 * distance_km(*ends)
    assert length_km(track.intersection(shapes["water-caspian"])) > 400


def test_the_missiles_start_in_an_area_and_not_at_a_point(own, shapes):
    area, track = shapes["area-kalibr-launch-2015"], shapes["route-kalibr-2015"]
    assert own["area-kalibr-launch-2015"].kind == "area-launch"
    assert own["area-kalibr-launch-2015"].properties["certainty"] == "uncertain"
    assert area.contains(Point(shapely.get_parts(track)[0].coords[0]))
    assert area.difference(shapes["water-caspian"].buffer(1e-3)).is_empty
    assert area.bounds[1] < 38.5
    assert area.bounds[3] > 42.0
    figures = " ".join(own["route-kalibr-2015"].properties["figures"])
    for count in ("26 missiles", "11 targets", "18 missiles", "7 targets"):
        assert count in figures


def test_the_s300_came_by_sea_to_anzali(own, shapes):
    track = shapes["route-s300-2016"]
    sea = track.intersection(shapes["water-caspian"])
    assert length_km(sea) > 0.9 * length_km(track)
    landed = at(own["arms-s300-anzali-2016"])
    assert distance_km(track.coords[-1], landed) < 5
    assert own["arms-s300-anzali-2016"].properties["begin_edtf"] == "2016-04-11"


# ---- who said what, and when --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("feature", "kind", "on", "place"),
    [
        ("statement-mccain-2016", "statement", "2016-12-21", (-77.037, 38.895)),
        ("site-moscow", "talks", "2016-12-20", (37.616, 55.752)),
        ("statement-zarif-2017", "statement", "2017-03-28", (37.616, 55.752)),
        ("site-astana", "talks", "2017-01-23", (71.428, 51.181)),
        ("statement-arms-hope-2017", "statement", "2017-03", (51.389, 35.689)),
    ],
)
def test_a_statement_has_its_day_and_place(own, feature, kind, on, place):
    assert own[feature].kind == kind
    assert own[feature].properties["begin_edtf"] == on
    assert distance_km(at(own[feature]), place) < 10


def test_the_campaign_did_not_begin_in_2014(own):
    assert own["site-khmeimim-air-base"].properties["begin_edtf"] == "2015-09-30"
    assert "30 September 2015" in own["area-syria-2014"].properties["dispute"]


@pytest.mark.parametrize("target", ["aleppo", "idlib", "deir-ez-zor"])
def test_targets_are_the_ministrys_and_the_texts_word_is_told(own, target):
    strike = own[f"strike-{target}-2016"].properties
    assert "ministry" in strike["title"]
    assert "moderate opposition" in strike["dispute"]
    assert strike["certainty"] != "certain"


def test_nothing_begins_after_the_text(own):
    for feature in own.values():
        assert feature.timespan.begin is None or str(feature.timespan.begin) < "2017-04-01"
