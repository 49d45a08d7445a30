"""Spot checks of the research: what would break the map if it were drawn wrongly."""

import pytest
import shapely
import shapely.ops
from shapely import Point
from shapely.geometry import shape

from geo.geometry.geodesic import area_km2, azimuth, distance_km, length_km
from geo.geometry.split import side_of_line

# ---- 1907 ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def spheres(shapes):
    return {name: shapes[f"sphere-{name}-1907"] for name in ("russian", "british", "neutral")}


def test_the_spheres_partition_persia(spheres, shapes):
    persia = shapes["state-persia-1881"]
    total = sum(area_km2(sphere) for sphere in spheres.values())
    assert total == pytest.approx(area_km2(persia), rel=1e-4)
    union = shapely.union_all(list(spheres.values()))
    assert area_km2(union.symmetric_difference(persia)) < 1e-4 * area_km2(persia)
    for one, other in (("russian", "british"), ("russian", "neutral"), ("british", "neutral")):
        assert spheres[one].intersection(spheres[other]).area == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("town", "sphere"),
    [
        ("qasr-e-shirin", "russian"),
        ("isfahan", "russian"),
        ("yazd", "russian"),
        ("kakhk", "russian"),
        ("gazik", "british"),
        ("birjand", "british"),
        ("kerman", "british"),
        ("tehran", "russian"),
        ("tabriz", "russian"),
        ("mashhad", "russian"),
        ("hamadan", "russian"),
        ("kermanshah", "russian"),
        ("borujerd", "russian"),
        ("qom", "russian"),
        ("tabas", "russian"),
        ("shiraz", "neutral"),
        ("bushehr", "neutral"),
        ("ahvaz", "neutral"),
        ("dezful", "neutral"),
        ("khorramabad", "neutral"),
        ("masjed-soleyman", "neutral"),
        ("bandar-lengeh", "neutral"),
        ("khaf", "neutral"),
        ("qaen", "neutral"),
        ("zahedan", "british"),
        ("zabol", "british"),
        ("jask", "british"),
        ("iranshahr", "british"),
    ],
)
def test_a_town_lies_in_its_sphere(spheres, by_id, town, sphere):
    at = Point(by_id[f"place-{town}"].geometry["coordinates"])
    assert min(spheres, key=lambda name: spheres[name].distance(at)) == sphere


def test_bandar_abbas_is_british_although_the_coast_is_generalised(spheres, by_id):
    at = Point(by_id["place-bandar-abbas"].geometry["coordinates"])
    assert spheres["british"].distance(at) < 0.05
    assert spheres["british"].distance(at) <= spheres["neutral"].distance(at)


def test_the_neutral_zone_is_no_island(spheres, shapes):
    gulf = spheres["neutral"].intersection(shapes["water-persian-gulf"].buffer(1e-3))
    assert gulf.bounds[2] > 55.5  # to just west of Bandar Abbas
    assert gulf.bounds[0] < 49.5
    afghan = spheres["neutral"].intersection(shapes["country-afg"].buffer(1e-3))
    assert afghan.bounds[3] == pytest.approx(35.6, abs=0.1)  # from Zulfiqar
    assert afghan.bounds[1] == pytest.approx(33.0, abs=0.15)  # to Gazik
    ottoman = spheres["neutral"].intersection(shapes["state-ottoman-empire"].buffer(1e-3))
    assert not ottoman.is_empty
    assert spheres["russian"].distance(spheres["british"]) > 0.5


def test_the_spheres_are_cut_five_kilometres_outside_their_towns(spheres, shapes):
    for name, towns in (
        ("russian", ("isfahan", "yazd", "kakhk")),
        ("british", ("birjand", "kerman")),
    ):
        for town in towns:
            at = shapes[f"vertex-1907-{town}"]
            edge = spheres[name].boundary.interpolate(spheres[name].boundary.project(at))
            assert distance_km(at.coords[0], edge.coords[0]) == pytest.approx(5, abs=1.2)


def test_the_treaty_lines_pass_through_every_point_named(shapes, features):
    for feature in features:
        if feature.layer == "spheres-1907" and feature.kind == "treaty-vertex":
            name = {"russia": "russian", "britain": "british"}[feature.properties["actor"]]
            line = shapes[f"line-{name}-1907"]
            assert line.distance(shapes[feature.id]) < 1e-6


def test_the_treaty_lines_have_the_computed_lengths(shapes):
    assert length_km(shapes["line-russian-1907"]) == pytest.approx(1630.6, abs=1)
    assert length_km(shapes["line-british-1907"]) == pytest.approx(831, abs=1)


def test_drawn_and_published_areas_are_both_told(by_id):
    figures = " ".join(by_id["sphere-russian-1907"].properties["figures"])
    assert "777 000" in figures
    assert "698 900" in figures
    # Drawn: straight lines plus a strip of 5 km, which 1 631 km of line make about 8 200 km².
    assert by_id["sphere-russian-1907"].properties["area_km2"] == pytest.approx(
        698_900 + 8_200, rel=0.005
    )
    assert by_id["sphere-british-1907"].properties["area_km2"] == pytest.approx(
        360_100 + 4_150, rel=0.005
    )


# ---- 1941 ---------------------------------------------------------------------------------------


def stops(feature):
    own = feature.properties
    return {place: date for place, date in zip(own["places"], own["dates"], strict=True) if place}


@pytest.mark.parametrize(
    ("axis", "place", "date"),
    [
        ("axis-soviet-khoy-urmia", "khoy", "1941-08-26"),
        ("axis-soviet-tabriz", "tabriz", "1941-08-26"),
        ("axis-soviet-ardabil", "ardabil", "1941-08-26"),
        ("axis-soviet-khoy-urmia", "urmia", "1941-08-29"),
        ("axis-soviet-tabriz", "mianeh", "1941-08-29"),
        ("axis-soviet-tabriz", "zanjan", "1941-08-30"),
        ("axis-soviet-caspian-coast", "rasht", "1941-08-30"),
        ("axis-soviet-khoy-urmia", "mahabad", "1941-08-31"),
        ("axis-soviet-tabriz", "qazvin", "1941-08-31"),
        ("axis-soviet-sari", "sari", "1941-08-31"),
        ("axis-soviet-gorgan", "damghan", "1941-08-31"),
        ("axis-soviet-quchan", "sabzevar", "1941-08-31"),
        ("axis-british-abadan", "abadan", "1941-08-26"),
        ("axis-british-khorramshahr", "khorramshahr", "1941-08-25"),
        ("axis-british-khorramshahr", "ahvaz", "1941-08-28"),
        ("axis-british-bandar-shahpur", "bandar-e-emam", "1941-08-25"),
        ("axis-british-sanandaj", "sanandaj", "1941-08-30"),
        ("axis-british-contact", "qazvin", "1941-08-31"),
        ("axis-british-tehran", "tehran", "1941-09-17"),
    ],
)
def test_a_column_reaches_its_stop_on_the_day(by_id, axis, place, date):
    assert stops(by_id[axis])[place] == date


def test_nothing_soviet_moves_east_of_the_caspian_before_27_august(features):
    for feature in features:
        if (
            feature.layer == "invasion-1941"
            and feature.kind.startswith("axis")
            and feature.properties["actor"] == "russia"
        ):
            east = max(x for x, _ in feature.geometry["coordinates"]) > 53.5
            assert not east or feature.properties["begin"] >= "1941-08-27", feature.id


def test_the_invasion_begins_on_the_25th_and_the_texts_date_is_told(by_id, catalogue):
    event = by_id["event-invasion-date-1941"].properties
    assert event["begin"] == "1941-08-25"
    assert "26 August" in event["dispute"]
    assert "26 August 1941" in catalogue.claims["P10-2"].statement
    assert "25 August 1941" in catalogue.claims["P10-2"].finding


def test_the_zones_of_30_august_are_those_of_the_note(by_id, shapes):
    soviet, british = shapes["zone-soviet-terms-1941"], shapes["zone-british-terms-1941"]
    west, east = sorted((area_km2(lobe) for lobe in soviet.geoms), reverse=True)[:2]
    assert west == pytest.approx(117_600, rel=0.01)
    assert east == pytest.approx(24_200, rel=0.02)
    assert area_km2(british) == pytest.approx(91_400, rel=0.01)

    def inside(zone, place):
        return zone.contains(Point(by_id[f"place-{place}"].geometry["coordinates"]))

    assert not inside(soviet, "mashhad")
    assert not inside(soviet, "tehran")
    assert inside(soviet, "tabriz")
    assert inside(soviet, "gorgan")
    assert inside(british, "ahvaz")
    assert not inside(british, "isfahan")
    assert "Meshed" in by_id["zone-soviet-terms-1941"].properties["note"]


def test_the_cease_fire_is_of_the_28th(by_id):
    assert by_id["event-ceasefire-1941"].properties["begin"] == "1941-08-28"
    assert by_id["event-tehran-entry-1941"].properties["begin"] == "1941-09-17"
    assert "15 September" in by_id["event-tehran-entry-1941"].properties["dispute"]


# ---- 1945–46 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "area"),
    [
        ("zone-azerbaijan-government-1945", 111_800),
        ("zone-azerbaijan-government-1946", 93_600),
        ("zone-mahabad-core-1946", 9_100),
        ("zone-mahabad-tribal-1946", 7_300),
    ],
)
def test_crisis_zones_have_the_computed_areas(by_id, zone, area):
    assert by_id[zone].properties["area_km2"] == pytest.approx(area, rel=0.02)


def test_mahabad_is_not_west_azarbaijan(by_id, shapes):
    core = shapes["zone-mahabad-core-1946"]
    for town in ("mahabad", "bukan", "naqadeh", "oshnavieh", "piranshahr"):
        assert core.contains(Point(by_id[f"place-{town}"].geometry["coordinates"])), town
    for town in ("sardasht", "saqqez", "baneh", "miandoab", "urmia"):
        assert not core.contains(Point(by_id[f"place-{town}"].geometry["coordinates"])), town
    assert area_km2(core) < 37_437 / 3


def test_zanjan_is_in_the_larger_zone_only(by_id, shapes):
    zanjan = Point(by_id["place-zanjan"].geometry["coordinates"])
    assert shapes["zone-azerbaijan-government-1945"].contains(zanjan)
    assert not shapes["zone-azerbaijan-government-1946"].contains(zanjan)
    with_zanjan = by_id["zone-azerbaijan-government-1945"].properties
    without = by_id["zone-azerbaijan-government-1946"].properties
    assert with_zanjan["end"] == without["begin"] == "1946-11-24"
    assert with_zanjan["begin"] == "1945-12-12"


def test_the_halt_is_east_of_qazvin_with_all_three_dates(by_id):
    halt = by_id["halt-qazvin-1945"]
    qazvin = by_id["place-qazvin"].geometry["coordinates"]
    assert 3 < distance_km(qazvin, halt.geometry["coordinates"]) < 15
    assert (halt.properties["begin"], halt.properties["end"]) == ("1945-11-19", "1945-11-22")
    assert "Sharifabad" in halt.properties["dispute"]


# ---- Bushehr ------------------------------------------------------------------------------------


def test_the_plant_is_sixteen_kilometres_from_the_town(by_id):
    plant = by_id["site-bushehr-npp"].geometry["coordinates"]
    assert plant == [50.88596, 28.82962]
    town = by_id["place-bushehr"].geometry["coordinates"]
    assert distance_km(plant, town) == pytest.approx(16, abs=0.5)  # published: 12 and 17
    assert "16 km south" in by_id["site-bushehr-npp"].properties["note"]
    assert distance_km(plant, by_id["place-tehran"].geometry["coordinates"]) == pytest.approx(
        760, abs=5
    )


def test_three_institutes_were_penalised_not_two(by_id, catalogue):
    institutes = {"site-nikiet", "site-mendeleyev", "site-mai"}
    assert institutes <= set(catalogue.claims["P18-3"].features)
    assert "leaves out" in by_id["site-mai"].properties["dispute"]


def test_the_fuel_route_is_drawn_as_unknown(by_id, shapes):
    route = by_id["route-fuel-bushehr-2007"]
    assert route.kind == "route-unknown"
    assert route.properties["certainty"] == "uncertain"
    first, *_, last = shapes[route.id].coords
    assert distance_km(first, last) == pytest.approx(3883, abs=5)


# ---- the Caspian --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "share"),
    [
        ("kazakhstan", 29.6),
        ("russia", 17.6),
        ("azerbaijan", 19.5),
        ("turkmenistan", 18.5),
        ("iran", 14.9),
    ],
)
def test_sectors_have_the_shares_of_strict_equidistance(shapes, state, share):
    whole = area_km2(shapes["sea-caspian"])
    assert 100 * area_km2(shapes[f"sector-{state}"]) / whole == pytest.approx(share, abs=0.15)


def test_sectors_make_up_the_sea(shapes):
    sectors = [
        shapes[f"sector-{name}"]
        for name in ("kazakhstan", "russia", "azerbaijan", "turkmenistan", "iran")
    ]
    assert sum(map(area_km2, sectors)) == pytest.approx(area_km2(shapes["sea-caspian"]), rel=1e-4)
    assert shapely.coverage_is_valid(sectors)


def test_garabogazkol_is_not_part_of_the_sea(shapes):
    assert area_km2(shapes["sea-caspian"]) == pytest.approx(379_052, rel=0.001)
    assert area_km2(shapes["water-garabogazkol"]) == pytest.approx(17_140, rel=0.005)
    assert not shapes["sea-caspian"].contains(Point(53.6, 41.4))


def test_agreed_points_lie_near_true_equidistance(shapes):
    junction = shapes["vertex-caspian-junction-2003"]
    coasts = {name: shapes[f"littoral-{name}"] for name in ("azerbaijan", "russia", "kazakhstan")}

    def away(area):
        nearest = shapely.ops.nearest_points(area, junction)[0]
        return distance_km(nearest.coords[0], junction.coords[0])

    distances = [away(coast) for coast in coasts.values()]
    assert distances == pytest.approx([132.3, 133.9, 130.9], abs=2)
    computed = shapes["line-equidistance-azerbaijan-kazakhstan"]
    for name in ("vertex-caspian-junction-2003", "vertex-caspian-south-end-2003"):
        near = computed.interpolate(computed.project(shapes[name]))
        assert distance_km(near.coords[0], shapes[name].coords[0]) < 6


def test_the_soviet_line_is_a_geodesic_that_leaves_iran_an_eighth(shapes):
    line = shapes["line-astara-hasanqoli"]
    assert length_km(line) == pytest.approx(459.5, abs=0.5)
    assert azimuth(line.coords[0], line.coords[-1]) == pytest.approx(103.7, abs=0.1)
    (x0, y0), (x1, y1) = line.coords[0], line.coords[-1]
    longer = shapely.LineString([(x0 - 1, y0 + 0.24), *line.coords, (x1 + 1, y1 - 0.24)])
    south = side_of_line(shapes["sea-caspian"], longer, Point(51.5, 37.2))
    assert 100 * area_km2(south) / area_km2(shapes["sea-caspian"]) == pytest.approx(12.1, abs=0.2)


def test_the_line_of_a_fifth_leaves_iran_a_fifth(shapes):
    line = shapes["line-iran-fifth"]
    (x0, y0), (x1, y1) = line.coords[0], line.coords[-1]
    longer = shapely.LineString([(x0 - 1, y0 + 0.24), *line.coords, (x1 + 1, y1 - 0.24)])
    south = side_of_line(shapes["sea-caspian"], longer, Point(51.5, 37.2))
    assert 100 * area_km2(south) / area_km2(shapes["sea-caspian"]) == pytest.approx(20.2, abs=0.3)


def test_the_incident_is_where_the_reports_put_it(shapes, by_id):
    circle = shapes["incident-alov-2001"]
    centre = circle.centroid.coords[0]
    assert distance_km(centre, by_id["place-baku"].geometry["coordinates"]) == pytest.approx(
        149, abs=2
    )
    assert distance_km(centre, by_id["place-astara"].geometry["coordinates"]) == pytest.approx(
        162, abs=2
    )
    assert area_km2(circle) == pytest.approx(3.1416 * 25**2, rel=0.01)


def test_twelve_per_cent_is_a_claim_with_its_range(by_id, catalogue):
    figures = " ".join(by_id["sea-caspian"].properties["figures"])
    assert "12 %" in figures
    assert "16 %" in figures
    assert "press articles" in catalogue.claims["P21-3"].statement


def test_sardar_e_jangal_is_east_of_astara_not_north_west(by_id):
    field = by_id["field-sardar-e-jangal"].geometry["coordinates"]
    astara = by_id["place-astara"].geometry["coordinates"]
    assert distance_km(astara, field) == pytest.approx(210, abs=3)
    assert azimuth(astara, field) == pytest.approx(85, abs=2)


# ---- the base -----------------------------------------------------------------------------------


def test_iran_has_the_area_of_natural_earth(shapes):
    assert area_km2(shapes["country-irn"]) == pytest.approx(1_622_517, rel=1e-4)


def test_persia_had_the_frontiers_of_its_time(shapes, by_id):
    persia, iran = shapes["state-persia-1881"], shapes["state-iran-1935"]
    ararat = shapes["state-persia-1914"].difference(iran)
    assert 150 < area_km2(ararat) < 300  # published: 200–250 km²
    zohab = persia.difference(shapes["state-persia-1914"])
    assert area_km2(zohab) == pytest.approx(1_800, rel=0.15)
    for state in (persia, iran):  # the wrong ones of other atlases
        assert not state.contains(Point(by_id["place-baku"].geometry["coordinates"]))
        assert not state.contains(Point(by_id["place-khanaqin"].geometry["coordinates"]))
        assert state.contains(Point(by_id["place-qasr-e-shirin"].geometry["coordinates"]))


def test_states_of_a_day_do_not_overlap(everything, catalogue):
    states = [feature for feature in everything if feature.layer == "base-states"]
    for era in catalogue.eras:
        areas = [shape(state.geometry) for state in states if state.timespan.contains(era.day)]
        total = sum(area.area for area in areas)
        assert shapely.union_all(areas).area == pytest.approx(total, rel=1e-5)


@pytest.mark.parametrize(
    ("era", "place", "name"),
    [
        ("1907-spheres", "tehran", "Teheran"),
        ("1907-spheres", "bandar-e-anzali", "Enzeli"),
        ("1941-invasion", "bandar-e-anzali", "Bandar Pahlavi"),
        ("1991-arms-reactor", "bandar-e-anzali", "Bandar-e Anzali"),
        ("1941-invasion", "urmia", "Rezaieh"),
        ("1991-arms-reactor", "turkmenbashi", "Turkmenbashi"),
        ("1946-withdrawal", "turkmenbashi", "Krasnovodsk"),
    ],
)
def test_places_bear_the_names_of_the_period(catalogue, payload, by_id, era, place, name):
    index = [entry.id for entry in catalogue.eras].index(era)
    at = by_id[f"place-{place}"].geometry["coordinates"]
    (entry,) = [item for item in payload["base"]["places"] if item["at"] == at]
    changes = [(0, entry["names"])] if isinstance(entry["names"], str) else entry["names"]
    assert [called for first, called in changes if first <= index][-1] == name


def test_afghanistans_frontier_is_unsettled_before_1935(by_id):
    border = by_id["border-persia-1881-afghanistan-undefined"]
    assert border.kind == "border-undefined"
    lats = [y for line in shapely_lines(border) for _, y in line.coords]
    assert min(lats) > 31
    assert max(lats) < 35.3


def shapely_lines(feature):
    geometry = shape(feature.geometry)
    return getattr(geometry, "geoms", [geometry])
