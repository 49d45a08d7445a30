"""Spot checks of 1813–1918: frontiers, concessions, revolution, garrisons, the world war."""

import itertools

import pytest
import shapely
from shapely import Point

from geo.geometry.geodesic import area_km2, distance_km, length_km
from geo.model.features import select_features


def place(by_id, name):
    return Point(by_id[f"place-{name}"].geometry["coordinates"])


def own(by_id, feature):
    return by_id[feature].properties


def stops(by_id, feature):
    told = own(by_id, feature)
    return {at: on for at, on in zip(told["places"], told["dates"], strict=True) if at and on}


# ---- the frontier -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("town", "lost"),
    [
        ("tbilisi", 1813),
        ("baku", 1813),
        ("yerevan", 1828),
        ("nakhchivan", 1828),
        ("igdir", 1828),
        ("lankaran", 1828),
        ((46.243, 38.901), 1828),  # Meghri: the Russians had left it in 1813
        ((46.75, 39.82), 1813),  # Shusha in Karabakh
        ("tabriz", None),
        ("ardabil", None),
        ("maku", None),
    ],
)
def test_what_was_lost_when(by_id, shapes, town, lost):
    at = place(by_id, town) if isinstance(town, str) else Point(town)
    for year, name in ((1813, "ceded-gulistan-1813"), (1828, "ceded-turkmanchay-1828")):
        assert (shapes[name].distance(at) < 0.03) == (lost == year), name


def test_the_frontier_of_1881_ends_at_baba_durmaz(by_id, shapes):
    line = shapes["line-akhal-1881"]
    assert own(by_id, "line-akhal-1881")["begin"] == "1881-12-21"
    assert own(by_id, "event-akhal-convention-1881")["begin"] == "1881-12-21"
    assert distance_km(line.coords[-1], place(by_id, "baba-durmaz").coords[0]) < 1
    assert line.coords[0][0] == pytest.approx(53.91)
    beyond = by_id["border-persia-1881-russian-empire-stretch-1893"]
    assert beyond.properties["begin"] == "1893-06-08"  # settled from then on
    for town in ("sarakhs", "zulfiqar"):
        assert shapes[beyond.id].distance(place(by_id, town)) < 0.15
        assert line.distance(place(by_id, town)) > 1.5


def test_the_line_of_1828_runs_from_ararat_to_astara(by_id, shapes):
    line = shapes["line-turkmanchay-1828"]
    assert line.coords[0] == pytest.approx((44.41, 39.65))
    assert line.distance(place(by_id, "astara")) < 0.05
    assert line.distance(place(by_id, "jolfa")) < 0.15


def test_no_russian_rail_lies_on_persian_soil_before_1914(features, shapes):
    persia = shapes["state-persia-1881"]
    rails = [
        f for f in features if f.kind == "route-rail" and f.properties.get("actor") == "russia"
    ]
    assert rails
    for rail in rails:
        if rail.properties["begin"] < "1914":
            assert length_km(shapes[rail.id].intersection(persia)) < 1, rail.id
    assert "stopping at the frontier" in caption("1901-inroads")
    assert "rail" not in caption("1900-loans")


def caption(era):
    from geo import load_catalogue

    return load_catalogue().era(era).caption


# ---- concessions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("feature", "begin"),
    [
        ("tobacco-concession-1890", "1890-03-20"),
        ("tobacco-tehran-1892", "1892-01-04"),
        ("railways-barred-1890", "1890-11-11"),
        ("darcy-concession-1901", "1901-05-28"),
        ("cable-gwadur-fao-1864", "1864-04-08"),
        ("cable-jask-muscat-1901", "1901-11-25"),
        ("sanctuary-legation-1906", "1906-07-19"),
        ("majlis-opens-1906", "1906-10-07"),
        ("majlis-bombarded-1908", "1908-06-23"),
        ("shah-deposed-1909", "1909-07-16"),
        ("line-potsdam-1911", "1911-08-19"),
        ("shrine-meshed-1912", "1912-03-30"),
        ("neutrality-1914", "1914-11-01"),
        ("government-kermanshah-1915", "1915-12-31"),
        ("khanikin-failed-1916", "1916-06-03"),
    ],
)
def test_a_day_of_the_dossiers(by_id, feature, begin):
    assert own(by_id, feature)["begin"] == begin


def test_shiraz_was_first(by_id):
    first = own(by_id, "tobacco-shiraz-1891")
    for town in ("tabriz", "meshed", "isfahan", "fatwa"):
        assert first["end"] <= own(by_id, f"tobacco-{town}-1891")["begin"]
    assert "Tabriz" in first["dispute"]


@pytest.mark.parametrize(
    ("town", "left_out"),
    [
        ("tabriz", True),
        ("urmia", True),
        ("ardabil", True),
        ("rasht", True),
        ("sari", True),
        ("gorgan", True),
        ("mashhad", True),
        ("tehran", False),
        ("qazvin", False),
        ("zanjan", False),
        ("kermanshah", False),
        ("isfahan", False),
        ("masjed-soleyman", False),
        ("chia-surkh", False),
    ],
)
def test_five_provinces_were_left_out_of_the_oil(by_id, shapes, town, left_out):
    at = place(by_id, town)
    assert (shapes["darcy-excluded-1901"].distance(at) < 0.02) == left_out
    assert (shapes["darcy-concession-1901"].distance(at) < 0.03) == (not left_out)


def test_concession_and_provinces_make_the_whole_country(shapes):
    parts = [shapes["darcy-concession-1901"], shapes["darcy-excluded-1901"]]
    persia = shapes["state-persia-1881"]
    assert area_km2(shapely.union_all(parts).symmetric_difference(persia)) < 300
    assert area_km2(parts[0].intersection(parts[1])) < 50


def test_the_pledge_leaves_out_fars_and_the_gulf(features):
    houses = {f.properties["title"].split(":")[0]: f for f in features if "customs-" in f.id}
    for name in ("Bushire", "Lingah", "Bandar Abbas", "Mohammerah"):
        assert houses[name].kind == "customs-free"
        assert houses[name].properties.get("actor", "none") == "none"
    for name in ("Julfa", "Astara", "Enzeli", "Meshed", "Kermanshah"):
        assert houses[name].kind == "customs"


def test_the_fisheries_reach_from_the_atrek_to_astara(by_id, shapes):
    coast = shapes["fisheries-lianozov-1879"]
    assert coast.coords[0] == pytest.approx((53.91, 37.34))
    assert coast.distance(place(by_id, "astara")) < 0.05
    assert own(by_id, "fisheries-lianozov-1879")["begin"].startswith("1879")


# ---- revolution and garrisons -------------------------------------------------------------------


def test_the_marches_meet_before_teheran(by_id, shapes):
    north, south = (f"axis-march-{side}-1909" for side in ("north", "south"))
    for march in (north, south):
        assert own(by_id, march)["dates"][-1] == "1909-07-13"
        assert own(by_id, march)["actor"] == "iran"
        end = shapes[march].coords[-1]
        assert distance_km(end, place(by_id, "tehran").coords[0]) < 12
    assert stops(by_id, north)["qazvin"] == "1909-05-05"
    assert stops(by_id, "axis-russians-tabriz-1909")["tabriz"] == "1909-04-30"
    assert stops(by_id, "axis-russians-kazvin-1909")["qazvin"] == "1909-08-17"
    assert stops(by_id, "exshah-axis-1911")["gorgan"] == "1911-07-22"


def test_a_solar_month_is_not_taken_for_a_gregorian_one(by_id):
    told = own(by_id, "majlis-bombarded-1908")
    assert "2 Tir 1287" in told["note"]
    assert "2 July" in told["dispute"]


def test_17_500_is_the_count_of_april_1913(features, by_id):
    counts = own(by_id, "troops-total-1914")["figures"]
    assert "16 July 1912: 12 400" in counts
    assert "6 February and 29 April 1913: 17 500" in counts  # by July some had gone
    assert "24 February 1914: 14 200" in counts
    assert "17 500 in April 1913" in caption("1911-garrisons")
    for feature in features:
        for text in feature.properties.get("figures", []):
            assert "17 500" not in text or "1913" in text, feature.id


def test_garrisons_are_points_with_a_time(features):
    garrisons = [f for f in features if f.layer == "russian-troops-1911-14" and f.geometry]
    garrisons = [f for f in garrisons if f.kind == "garrison"]
    assert len(garrisons) >= 8
    for garrison in garrisons:
        assert garrison.geometry["type"] == "Point"
        assert garrison.properties["begin"] >= "1909-04"


def test_the_hangings_have_both_days_and_the_shrine_no_toll(by_id):
    hangings = own(by_id, "hangings-tabriz-1912")
    assert (hangings["begin_edtf"], hangings["end_edtf"]) == ("1911-12-31", "1912-01-01")
    assert "1 January 1912" in hangings["dispute"]
    shrine = own(by_id, "shrine-meshed-1912")
    assert "former Shah" in shrine["note"]
    assert "not known" in shrine["note"]
    assert not shrine.get("figures")


def test_potsdam_takes_in_the_wedge(by_id, shapes):
    line = shapes["line-potsdam-1911"]
    assert line.coords[-1][1] == pytest.approx(33.0, abs=0.1)  # the parallel of Gazik
    assert place(by_id, "zulfiqar").y > line.coords[-1][1]
    wedge = shapes["allotted-zulfiqar-1915"]
    assert wedge.bounds[1] > line.coords[-1][1]


# ---- the war ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("axis", "town", "day"),
    [
        ("axis-ottoman-tabriz-1915", "miandoab", "1914-12-29"),
        ("axis-ottoman-tabriz-1915", "tabriz", "1915-01-14"),
        ("axis-russians-tabriz-1915", "tabriz", "1915-01-30"),
        ("axis-baratov-1915", "bandar-e-anzali", "1915-10-30"),
        ("axis-baratov-1915", "qazvin", "1915-11-11"),
        ("axis-baratov-1915", "avaj", "1915-12-09"),
        ("axis-baratov-1915", "hamadan", "1915-12-16"),
        ("axis-baratov-1915", "sahneh", "1916-02-22"),
        ("axis-baratov-1915", "bisotun", "1916-02-24"),
        ("axis-baratov-1915", "kermanshah", "1916-02-26"),
        ("axis-baratov-1915", "kerend-e-gharb", "1916-03-12"),
        ("axis-baratov-1915", "qasr-e-shirin", "1916-05-10"),
        ("axis-kum-1915", "qazvin", "1915-12-06"),
        ("axis-kum-1915", "qom", "1915-12-22"),
        ("axis-ottoman-hamadan-1916", "khanaqin", "1916-06-08"),
        ("axis-baratov-1917", "qizil-robat", "1917-04-02"),
        ("axis-sykes-1916", "bandar-abbas", "1916-05-17"),
        ("axis-sykes-1916", "kerman", "1916-06-11"),
        ("axis-sykes-1916", "yazd", "1916-08-11"),
        ("axis-sykes-1916", "isfahan", "1916-09-10"),
        ("axis-sykes-1916", "shiraz", "1916-11-11"),
    ],
)
def test_a_column_is_where_it_was(by_id, axis, town, day):
    assert stops(by_id, axis)[town] == day


def test_khanikin_was_never_held(by_id, shapes):
    assert "khanaqin" not in own(by_id, "axis-baratov-1915")["places"]
    assert (
        distance_km(shapes["axis-baratov-1915"].coords[-1], place(by_id, "khanaqin").coords[0]) > 15
    )
    assert by_id["khanikin-failed-1916"].kind == "halt"


def test_the_ride_to_the_tigris_came_three_weeks_after_kut(by_id):
    ride = own(by_id, "ride-gamaliya-1916")
    assert (ride["begin"], ride["end_edtf"]) == ("1916-05-10", "1916-05-18")  # told by the 21st
    assert "nearly three weeks after Kut had fallen, on 29 April" in ride["note"]
    assert "22 May" in ride["dispute"]


@pytest.mark.parametrize(
    ("feature", "key", "told", "wrong"),
    [
        ("atabak-murdered-1907", "note", "got the text on 16 September", "learned"),
        ("axis-russians-tabriz-1909", "figures", "Reported 27 April", "['27 April"),
        ("cable-jask-muscat-1901", "note", "two weeks before the Varyag", "month"),
        ("cordon-russian-1915", "title", "Bajgiran – Meshed – Kain", "Turbat"),
        ("exshah-axis-1911", "note", "beaten at Firuzkuh", "sailed"),
        ("frontier-ottoman-1913", "context", "from 17 November 1913", "within this era"),
        ("garrison-kazvin-1909", "note", "empty from spring 1911", "Russian road"),
        ("garrison-khoi-1910", "note", "Shedd alone", "Ottoman"),
        ("garrison-tabriz-1909", "note", "came back: 30 January 1915", "drove it out"),
        ("hangings-tabriz-1912", "note", "head of the Shaykhis", "first of the clergy"),
        ("majlis-opens-1906", "note", "Opened in the Golestan Palace", "dying"),
        ("railway-julfa-tabriz-1915", "note", "one broad-gauge line", "first railway"),
        ("railway-julfa-tabriz-1915", "context", "Russian rails", "only"),
        ("sanctuary-legation-1906", "note", "14 Mordad is the day kept", "(14 Mordad"),
        ("sphere-russian-1907", "note", "got the text", "was told"),
        ("strip-ottoman-1906", "dispute", "in 1912", "came"),
    ],
)
def test_what_was_said_wrong_before(by_id, feature, key, told, wrong):
    text = str(own(by_id, feature)[key])
    assert told in text
    assert wrong not in text


def test_a_doubtful_stay_is_less_certain(by_id):
    for garrison in ("garrison-kazvin-1909", "garrison-khoi-1910"):
        assert own(by_id, garrison)["certainty"] == "less-certain"


@pytest.mark.parametrize(
    ("era", "key", "told", "wrong"),
    [
        ("1881-frontier", "alt", "the rest of Talish", "Nakhichevan and Talish"),
        ("1881-frontier", "caption", "little changed", "still Iran"),
        ("1911-garrisons", "caption", "a leading cleric", "first of the clergy"),
        ("1915-baratov", "caption", "to the Ottoman frontier", "Baghdad"),
    ],
)
def test_what_an_era_said_wrong_before(catalogue, era, key, told, wrong):
    text = getattr(catalogue.era(era), key)
    assert told in text
    assert wrong not in text


def test_the_ottomans_have_their_own_colour(features):
    ottoman = [f for f in features if f.properties.get("actor") == "ottoman"]
    assert len(ottoman) >= 4
    assert not [
        f.id
        for f in features
        if "Ottoman" in f.properties["title"].split(":")[0]
        and f.properties.get("actor") == "russia"
    ]


def test_the_exchange_of_1915_rests_on_what_was_said_in_the_lords(by_id):
    event = own(by_id, "event-constantinople-agreement-1915")
    assert "hansard-lords-1918-01-09" in event["sources"]
    assert "1915-03-22" in [item["on"] for item in event["history"]]


def test_both_governments_of_1915_are_told(by_id):
    told = own(by_id, "government-kermanshah-1915")
    assert "Teheran" in told["context"]
    assert own(by_id, "committee-kum-1915")["end"] == "1915-12-23"


# ---- all of it ----------------------------------------------------------------------------------


def test_iranians_act_in_every_era_before_1918(catalogue, features):
    for era in catalogue.eras:
        if era.begin < "1918":
            shown = [f for f in select_features(features, era) if f.layer in era.layers]
            assert any(f.properties.get("actor") == "iran" for f in shown), era.id


def test_the_eras_follow_without_gap(catalogue):
    eras = [era for era in catalogue.eras if era.begin < "1918-02"]
    assert eras[0].begin == "1881-01-01"
    for one, other in itertools.pairwise(eras):
        assert one.end == other.begin


def test_the_old_era_leads_to_the_steamers(catalogue):
    assert catalogue.era("1890s-influence").id == "1901-inroads"
