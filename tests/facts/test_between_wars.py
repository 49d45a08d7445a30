"""Spot checks of 1918–1947: the Soviet frontier, risings, treaties, Iran's side, the takeover."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
import shapely
from convertdate import persian
from shapely import Point

from geo.geometry.geodesic import distance_km, length_km

ERAS = (
    "1918-revolution",
    "1923-new-dynasty",
    "1941-notes",
    "1941-invasion",
    "1942-supply",
    "1944-oil",
    "1945-takeover",
    "1946-withdrawal",
)

BURJ = (31, 31, 32, 31, 31, 31, 30, 30, 29, 29, 30, 30)
"""Days of the Iranian months from Hamal to Hut, as they were counted before 31 March 1925."""


def iranian(day, month, year):
    """The Gregorian day of an Iranian date; months count from 1."""
    if year >= 1304:
        return date(*persian.to_gregorian(year, month, day)).isoformat()
    new_year = date(*persian.to_gregorian(year, 1, 1))
    return (new_year + timedelta(days=sum(BURJ[: month - 1]) + day - 1)).isoformat()


def own(by_id, feature):
    return by_id[feature].properties


def town(by_id, name):
    return Point(by_id[f"place-{name}"].geometry["coordinates"])


# ---- dates in two calendars ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("feature", "iranian_date"),
    [
        ("event-coup-1921", (3, 12, 1299)),
        ("note-rothstein-1921", (20, 9, 1300)),
        ("rail-south-1929", (7, 10, 1308)),
        ("treaty-1931", (4, 8, 1310)),
        ("treaty-1935", (4, 6, 1314)),
        ("rail-north-1937", (30, 11, 1315)),
        ("event-rails-joined-1938", (27, 5, 1317)),
        ("railway-trans-iranian-1938", (3, 6, 1317)),
        ("treaty-1940", (5, 1, 1319)),
        ("note-invasion-19410825", (3, 6, 1320)),
        ("party-democrats-1945", (12, 6, 1324)),
        ("event-zanjan-1945", (4, 9, 1324)),
        ("zone-azerbaijan-government-1945", (21, 9, 1324)),
    ],
)
def test_an_iranian_date_is_the_day_shown(by_id, feature, iranian_date):
    assert own(by_id, feature)["begin"] == iranian(*iranian_date)


def test_the_coup_falls_a_day_later_in_todays_months(by_id):
    assert persian.to_gregorian(1299, 12, 3) == (1921, 2, 22)
    assert "22 February" in own(by_id, "event-coup-1921")["dispute"]


def test_the_new_year_of_1935_is_22_march(by_id):
    assert iranian(1, 1, 1314) == own(by_id, "state-iran-1935")["begin"]
    assert own(by_id, "event-iran-1935")["begin"] == "1935-03-21"


# ---- the frontier on the Aras -------------------------------------------------------------------

NEIGHBOURS = ("ARM", "AZE")


@pytest.mark.parametrize(
    ("day", "states"),
    [
        ("1918-03-01", {"state-transcaucasia-1917"}),
        ("1919-06-01", {"state-armenia-1918", "state-azerbaijan-1918"}),
        ("1920-05-18", {"state-armenia-1918", "state-azerbaijan-ssr-1920"}),
        ("1921-02-26", {"state-armenian-ssr-1920", "state-azerbaijan-ssr-1920"}),
        ("1922-12-30", {"state-ussr-1922"}),
    ],
)
def test_who_stood_on_the_aras(everything, shapes, day, states):
    persia = shapes["state-persia-1914"].buffer(0.02)
    on_the_aras = shapely.box(44.6, 38.3, 48.9, 39.8)
    there = {
        feature.id
        for feature in everything
        if feature.layer == "base-states"
        and feature.timespan.contains(date.fromisoformat(day))
        and not feature.id.startswith(("state-persia", "state-turkey", "state-ottoman"))
        and shapes[feature.id].intersection(persia).intersects(on_the_aras)
    }
    assert there == states


def test_the_soviet_frontier_comes_in_three_pieces(by_id, shapes):
    pieces = [
        "frontier-soviet-coast-1920",
        "frontier-soviet-julfa-1920",
        "frontier-soviet-zangezur-1921",
    ]
    begins = [own(by_id, piece)["begin"] for piece in pieces]
    assert begins == ["1920-05-01", "1920-07-28", "1921-07-01"]
    assert begins[0] > own(by_id, "event-baku-soviet-1920")["begin"] == "1920-04-28"
    line = shapely.line_merge(shapely.union_all([shapes[piece] for piece in pieces]))
    assert line.geom_type == "LineString"
    border = shapes["state-persia-1914"].boundary
    assert line.hausdorff_distance(border.intersection(line.buffer(0.05))) < 0.06
    assert own(by_id, "event-gilan-republic-1920")["begin"] > begins[0]


def test_persia_never_borders_the_ussr_before_it_is_founded(everything):
    early = [f for f in everything if f.layer == "base-states" and "ussr" in f.id]
    assert min(feature.properties["begin"] for feature in early) == "1922-12-30"


def test_iraq_is_a_kingdom_under_mandate_before_it_is_free(by_id):
    assert own(by_id, "state-mesopotamia-1918")["end"] == "1921-08-23"
    assert (own(by_id, "state-iraq-1921")["begin"], own(by_id, "state-iraq")["begin"]) == (
        "1921-08-23",
        "1932-10-03",
    )


# ---- risings ------------------------------------------------------------------------------------


def test_gilan_has_three_phases_one_after_the_other(by_id):
    spans = [by_id[f"gilan-phase-{number}"].timespan for number in (1, 2, 3)]
    assert all(one.end <= other.begin + timedelta(days=1) for one, other in pairwise(spans))
    assert own(by_id, "event-kuchik-khan-1921")["begin"] == "1921-12-02"


def test_ehsanollah_marched_along_the_coast(by_id, shapes):
    road = shapes["axis-ehsanollah-1921"]
    for place in ((51.420, 36.655), (51.158, 36.497)):  # Chalus, Kelardasht
        assert distance_km(place, road.interpolate(road.project(Point(place))).coords[0]) < 1
    assert own(by_id, "axis-ehsanollah-1921")["dates"][-1] == "1921-06-20"
    qazvin = town(by_id, "qazvin")
    nearest = road.interpolate(road.project(qazvin))
    assert distance_km(qazvin.coords[0], nearest.coords[0]) > 70


@pytest.mark.parametrize(
    ("feature", "last"),
    [
        ("revolt-khiabani-1920", date(1920, 9, 14)),
        ("revolt-pesyan-1921", date(1921, 10, 3)),
        ("revolt-simko-1918", date(1922, 8, 31)),
    ],
)
def test_a_rising_ends_when_it_ended(by_id, feature, last):
    assert by_id[feature].timespan.end == last + timedelta(days=1)
    assert own(by_id, feature)["certainty"] != "certain"


def test_article_6_is_read_by_both_sides(by_id):
    views = {view["whose"]: view["says"] for view in own(by_id, "note-rothstein-1921")["views"]}
    assert {"Soviet", "Iranian"} <= set(views)
    assert own(by_id, "note-rothstein-1921")["begin"] == "1921-12-12"
    assert any(
        step["on"] == "1921-12-12" for step in own(by_id, "treaty-soviet-persian-1921")["history"]
    )


# ---- railways -----------------------------------------------------------------------------------


def test_one_railway_is_one_line_in_every_era(by_id, shapes):
    for one, other in (
        ("railway-julfa-tabriz-1916", "rail-julfa-tabriz-1916"),
        ("railway-trans-iranian-1938", "rail-trans-iranian"),
    ):
        assert shapes[one].equals(shapes[other])
        assert own(by_id, one)["length_km"] == own(by_id, other)["length_km"]
    assert own(by_id, "railway-julfa-tabriz-1916")["actor"] == "iran"
    assert own(by_id, "rail-julfa-tabriz-1916")["actor"] == "iran"


def test_the_railway_grows_from_both_ends(by_id, shapes):
    whole = shapes["railway-trans-iranian-1938"].buffer(0.001)
    for section in ("rail-south-1929", "rail-north-1931", "rail-north-1937"):
        assert whole.contains(shapes[section])
    opened = own(by_id, "railway-trans-iranian-1938")["begin"]
    assert own(by_id, "rail-south-1929")["end"] == own(by_id, "rail-north-1937")["end"] == opened
    assert own(by_id, "rail-north-1931")["end"] == own(by_id, "rail-north-1937")["begin"]


def test_the_fishing_coast_runs_from_astara_to_the_atrak(by_id, shapes):
    coast = shapes["fisheries-1927"]
    assert distance_km(coast.coords[0], town(by_id, "astara").coords[0]) < 5
    assert coast.coords[-1][1] > 37.3
    assert 600 < length_km(coast) < 800
    assert own(by_id, "fisheries-1927")["end"] == "1953-02-01"


# ---- 1941 ---------------------------------------------------------------------------------------


def test_nothing_east_of_the_caspian_is_bombed_before_27_august(features, shapes):
    attacks = [f for f in features if f.kind == "air-attack" and f.layer == "invasion-1941"]
    east = [f for f in attacks if shapes[f.id].x > 53]
    assert {f.id for f in east} == {"air-attack-mashhad-1941", "air-attack-quchan-1941"}
    assert all(f.properties["begin"] >= "1941-08-27" for f in east)


def test_qazvin_is_bombed_after_the_cease_fire_too(by_id):
    raid = by_id["air-attack-qazvin-1941"].timespan
    assert raid.contains(date(1941, 8, 26))
    assert own(by_id, "event-ceasefire-1941")["begin"] < raid.end.isoformat()


def test_the_kanimbla_was_a_kings_ship_in_1941(by_id):
    ship = own(by_id, "axis-british-bandar-shahpur")
    assert "HMS Kanimbla" in ship["title"]
    assert "1 June 1943" in ship["dispute"]
    assert "7.15" in own(by_id, "landing-bandar-shahpur-1941")["note"]
    assert "7.15" not in ship["note"]


@pytest.mark.parametrize(
    ("division", "place"),
    [
        ("khorasan", "mashhad"),
        ("tabriz", "tabriz"),
        ("rezaieh", "urmia"),
        ("ardabil", "ardabil"),
        ("rasht", "rasht"),
        ("gorgan", "gorgan"),
        ("sanandaj", "sanandaj"),
    ],
)
def test_a_division_stood_in_its_town(by_id, shapes, division, place):
    assert shapes[f"division-{division}-1941"].distance(town(by_id, place)) < 1e-6
    assert own(by_id, f"division-{division}-1941")["actor"] == "iran"


def test_losses_are_told_as_doubtful(by_id):
    losses = own(by_id, "event-resistance-1941")
    assert losses["certainty"] == "less-certain"
    for figure in ("40 000", "19 000", "37 000", "120 000", "800", "850", "450"):
        assert figure in losses["note"] + losses["dispute"]


# ---- 1942–1944 ----------------------------------------------------------------------------------


def test_the_poles_are_counted(by_id):
    figures = own(by_id, "route-poles-1942")["figures"]
    waves = (33_039, 10_789, 44_832, 25_437)
    assert sum(waves) == 114_097
    told = " ".join(figures)
    assert all(f"{wave:,}".replace(",", " ") in told for wave in waves)
    assert "115 742" in told


def test_the_founding_of_the_tudeh_has_two_days(by_id):
    party = own(by_id, "party-tudeh-1941")
    assert (party["begin_edtf"], party["end_edtf"]) == ("1941-09-29", "1941-10-02")
    assert {view["whose"] for view in party["views"]} >= {"Soviet", "Iranian state"}


# ---- 1945–1947 ----------------------------------------------------------------------------------


def test_astara_is_lost_on_one_day_and_nobody_knows_who_held_it(by_id):
    astara = own(by_id, "event-astara-1945")
    assert astara["begin"] == "1945-11-18"
    assert astara["certainty"] == "less-certain"
    assert "not known" in astara["dispute"]
    assert "Astara" not in own(by_id, "event-mianeh-1945")["note"]


def test_tabriz_falls_between_10_and_14_december(by_id):
    fall = own(by_id, "event-tabriz-1945")
    assert (fall["begin_edtf"], fall["end_edtf"]) == ("1945-12-10", "1945-12-14")
    assert fall["certainty"] == "less-certain"


def test_agents_went_to_five_towns(by_id, shapes):
    towns = {
        feature.removeprefix("nkvd-").removesuffix("-1945"): feature
        for feature in by_id
        if feature.startswith("nkvd-")
    }
    assert set(towns) == {"tabriz", "ardabil", "mianeh", "rezaieh", "maragheh"}
    for place, feature in towns.items():
        at = town(by_id, {"rezaieh": "urmia"}.get(place, place))
        assert distance_km(at.coords[0], shapes[feature].coords[0]) < 6


def test_no_soviet_column_is_drawn_east_of_karaj(by_id, shapes):
    column = shapes["axis-soviet-karaj-1946"]
    karaj = town(by_id, "karaj")
    assert column.bounds[2] <= karaj.x + 0.01
    assert distance_km(karaj.coords[0], town(by_id, "tehran").coords[0]) == pytest.approx(44, abs=3)


def test_pass_and_bridge_lie_before_mianeh_for_who_comes_from_zanjan(by_id, shapes):
    march = shapes["axis-iran-tabriz-1946"]
    along = [
        march.project(point)
        for point in (
            town(by_id, "zanjan"),
            shapes["bridge-qaflankuh-1946"],
            town(by_id, "qaflankuh-pass"),
            town(by_id, "mianeh"),
        )
    ]
    assert along == sorted(along)
    # Mianeh is five miles beyond the pass.
    beyond = distance_km(town(by_id, "qaflankuh-pass").coords[0], town(by_id, "mianeh").coords[0])
    assert beyond == pytest.approx(5 * 1.609, abs=2)


def test_the_vote_of_1947_is_told(by_id):
    assert "102 votes to 2" in own(by_id, "event-majlis-rejects-1947")["note"]


# ---- the eras -----------------------------------------------------------------------------------


@pytest.mark.parametrize("era", ERAS)
def test_iranians_act_in_every_era(features, catalogue, era):
    told = catalogue.era(era)
    acting = [
        feature
        for feature in features
        if feature.properties.get("actor") in ("iran", "local")
        and feature.layer in told.layers
        and feature.timespan.overlaps(told.timespan)
    ]
    assert len(acting) >= 3


@pytest.mark.parametrize("era", ERAS)
def test_a_caption_is_two_to_four_sentences_and_short(catalogue, era):
    told = catalogue.era(era)
    assert 200 < len(told.caption) <= 420
    assert 2 <= told.caption.count(". ") + 1 <= 4
    assert 150 < len(told.alt) <= 520


def test_the_eras_follow_without_a_gap(catalogue):
    eras = [catalogue.era(era) for era in ERAS]
    assert all(one.end == other.begin for one, other in pairwise(eras))


@pytest.mark.parametrize(
    ("old", "heir"),
    [
        ("1920s-new-dynasty", "1923-new-dynasty"),
        ("1942-corridor", "1942-supply"),
        ("1945-crisis", "1946-withdrawal"),
    ],
)
def test_an_old_address_leads_to_the_era_of_its_day(catalogue, old, heir):
    assert old in catalogue.era(heir).formerly


@pytest.mark.parametrize(
    "agreed",
    [
        "event-agreement-1919",
        "treaty-soviet-persian-1921",
        "treaty-guarantee-1927",
        "treaty-1931",
        "treaty-1935",
        "frontier-shatt-1937",
        "pact-saadabad-1937",
        "treaty-1940",
        "note-allies-19410816",
        "event-tripartite-treaty-1942",
        "event-qavam-letters-1946",
        "event-agreement-june-1946",
    ],
)
def test_what_two_powers_did_belongs_to_neither(by_id, agreed):
    assert "actor" not in own(by_id, agreed)


# ---- what a second reader mended ----------------------------------------------------------------


def test_transcaspia_was_soviet_before_the_aras(by_id, catalogue):
    caption = catalogue.era("1918-revolution").caption
    assert "west of the Caspian Soviet power reached it from May 1920" in caption
    assert "east of it Askhabad had fallen in 1919" in caption
    assert own(by_id, "state-transcaspia-1918")["end"] < "1920-05"


def test_the_new_army_ended_two_risings_of_four(by_id, catalogue):
    caption = catalogue.era("1918-revolution").caption
    assert "the army that ended Gilan's and Simko's" in caption
    assert "three of them" not in caption
    assert own(by_id, "revolt-khiabani-1920")["end"] < own(by_id, "event-coup-1921")["begin"]
    assert "Kurdish levies" in own(by_id, "revolt-pesyan-1921")["note"]


def test_ironside_was_not_norperforces_last_commander(by_id):
    note = own(by_id, "garrison-british-kazvin-1918")["note"]
    assert "since September 1918" in note
    assert "from 4 October 1920 to 18 February 1921" in note
    assert "last commander" not in note
    assert "from 1920" not in note


def test_two_flags_on_the_caspian_are_of_1935(by_id, catalogue):
    caption = catalogue.era("1923-new-dynasty").caption
    assert "By the treaties of 1935 and 1940" in caption
    assert "By the treaty of 1940" not in caption
    assert "only Soviet and Iranian vessels (article 14)" in own(by_id, "treaty-1935")["note"]
    assert "two flags of 1935 again" in own(by_id, "treaty-1940")["note"]


def test_the_treaty_of_1935_has_one_day_in_both_layers(by_id):
    caspian = own(by_id, "event-treaty-1940-caspian")
    assert own(by_id, "treaty-1935")["begin_edtf"] == "1935-08-27"
    assert "27 August 1935" in caspian["note"]
    assert "25 August" not in caspian["note"]
    assert "25 August 1935" in caspian["dispute"]


def test_the_congress_of_november_1945_was_the_peoples(by_id):
    congress = own(by_id, "event-congress-1945")
    assert "People's congress" in congress["title"]
    assert congress["begin"] == "1945-11-20"
    assert "Democratic Party's congress" not in congress["note"]


def test_the_oil_law_of_1944_was_read(by_id, catalogue):
    """Article 1 forbids talks on concessions, article 2 allows talks on sales; no term is named."""
    law = own(by_id, "event-majlis-oil-law-1944")
    assert "law-oil-1944" in law["sources"]
    assert catalogue.sources["law-oil-1944"].read == "whole"
    assert "sales of oil he may" in law["note"]
    assert "not read" not in law["dispute"]
    assert "in good faith" in own(by_id, "event-majlis-rejects-1947")["note"]


def test_teheran_was_rid_of_soviet_troops_alone(by_id):
    """650 Americans were there on 1 October 1945 (FRUS 1945 VIII d384)."""
    assert "free of Soviet troops" in own(by_id, "withdrawal-tehran-1945")["note"]


def test_days_of_the_spring_of_1946(by_id, catalogue):
    qavam = own(by_id, "event-qavam-moscow-1946")
    assert (qavam["begin"], qavam["end"]) == ("1946-02-19", "1946-03-08")
    post = own(by_id, "event-soviet-checkpost-karaj-1945")
    assert post["end"] <= "1946-04-01"
    caption = catalogue.era("1946-withdrawal").caption
    assert "from the 5th Soviet columns left Tabriz" in caption
    points = own(by_id, "event-agreement-june-1946")["history"][0]
    assert points["on"] == "1946-04-21"


def test_towns_of_two_names_have_them_in_order(by_id):
    axis = own(by_id, "axis-soviet-khoy-urmia")
    assert "Shahpur (before 1930 Dilman, now Salmas)" in axis["dispute"]
    assert "1930 or 1937" in own(by_id, "province-astarabad-1944")["note"]


def test_figures_of_1949_are_of_1949(by_id, catalogue):
    assert "164 km long then" in own(by_id, "canal-suez-1949")["figures"][0]
    assert "papers of 1949 listed five" in catalogue.era("1947-stakes").caption
    assert own(by_id, "navy-caspian-1941")["begin"] >= "1935"
    assert "11 December" in own(by_id, "event-maragheh-1945")["note"]


def test_what_persia_did_and_suffered_in_1918(by_id):
    decree = own(by_id, "decree-annulment-1918")
    assert decree["begin"] == "1918-07-27"
    assert "Turkmanchay" in decree["note"]
    exodus = own(by_id, "exodus-urmia-1918")
    assert exodus["begin"] == "1918-07-25"
    assert "47 000 reached Bijar" in exodus["note"]
    assert "20 July" in own(by_id, "axis-british-dunsterforce-1918")["note"]
    grant = own(by_id, "oil-khoshtaria-1916")
    assert grant["begin"] == "1916-01-27"
    assert "99 years" in grant["note"]
