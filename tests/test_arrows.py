"""Arrows by their geometry: drawn by the core without a browser, judged by shapely."""

import json
from math import acos, degrees, dist, hypot

import pytest
import shapely
from helpers import open_core

ZOOMS = (4.3, 5, 5.75, 6.5, 8)
LEAST = 12
"""Pixels that an arrow is long at least."""

CODE = """
var momentsOf = core.makeMoments(data, ({ era, layers }) => core.featuresOf(data, era, layers));
var isAxis = (feature) => data.kinds[feature.kind].form === "axis";

/*
 * Every axis of an era at a zoom: the whole era, then each of its days, months or years. Where no
 * advance has come any farther since, `columns` is missing: nothing is drawn that was not before.
 */
function drawn(era, zoom) {
  const scale = 256 * 2 ** zoom;
  const region = { x0: 0, y0: 0, x1: 1, y1: 1 };
  const place = { zoom, x: 0.6 * scale, y: 0.35 * scale, region };
  const projection = new core.Projection(place, data.arcs);
  const layers = new Set(data.eras[era].layers);
  const axes = core.featuresOf(data, era, layers).filter(isAxis);
  const moments = [undefined, ...momentsOf(era, layers).moments];
  let before;
  return JSON.stringify(axes.length ? moments.map((moment) => {
    const seen = axes.filter((feature) => !moment || core.happened(feature, moment, "axis"));
    const state = JSON.stringify(
      seen.map((feature) => [feature.id, moment && core.reached(feature, moment)]));
    const day = moment ? moment.from : "";
    if (state === before) return { day };
    before = state;
    const visible = core.featuresOf(data, era, layers).filter((feature) =>
      !moment || core.happened(feature, moment, data.kinds[feature.kind].form));
    const signs = core.arrangeSigns(data, projection, visible);
    const columns = Object.fromEntries(core.layColumns(data, projection, visible, signs, moment));
    return { day, columns, signs: core.signCircles(projection, visible, signs) };
  }) : []);
}
"""


@pytest.fixture(scope="module")
def draw(payload):
    """How the axes of an era look at a zoom: one entry for the whole era, one for each moment."""
    context = open_core(
        payload,
        {
            "drawing_columns": ["layColumns"],
            "drawing_signs": ["arrangeSigns", "signCircles"],
            "util_moments": ["makeMoments", "happened", "reached"],
        },
    )
    context.eval(CODE)
    known = {}

    def drawn(era, zoom):
        if (era, zoom) not in known:
            known[era, zoom] = json.loads(context.eval(f"drawn({era}, {zoom})"))
        return known[era, zoom]

    def on(era, zoom, day):
        """How they look on a day: as when an advance last came farther."""
        past = [look for look in drawn(era, zoom) if look["day"] <= day]
        return next(look["columns"] for look in reversed(past) if "columns" in look)

    drawn.on = on

    drawn.eras = [
        number
        for number, _ in enumerate(payload["eras"])
        if len(json.loads(context.eval(f"drawn({number}, 5)")))
    ]
    return drawn


@pytest.fixture(params=ZOOMS, ids=lambda zoom: f"zoom {zoom}")
def arrows(request, draw):
    """Every arrow at a zoom, with what names it."""
    found = [
        (f"{name} {moment['day']}", column)
        for era in draw.eras
        for moment in draw(era, request.param)
        for name, column in moment.get("columns", {}).items()
    ]
    assert len(found) > 100
    return found


@pytest.fixture
def heads(arrows):
    """Those that have a head."""
    found = [(name, arrow) for name, arrow in arrows if arrow["head"]]
    assert len(found) > 100
    return found


def turn(u, v):
    """Return the angle between two vectors, degrees."""
    along = (u[0] * v[0] + u[1] * v[1]) / (hypot(*u) * hypot(*v))
    return degrees(acos(max(-1, min(1, along))))


def between(p, q):
    return (q[0] - p[0], q[1] - p[1])


@pytest.mark.slow
def test_no_arrow_crosses_itself(arrows):
    broken = [name for name, arrow in arrows if not shapely.Polygon(arrow["outline"]).is_valid]
    assert broken == []


@pytest.mark.sampled
@pytest.mark.parametrize("zoom", ZOOMS)
def test_no_sign_lies_on_a_head(draw, zoom):
    """An advance ends before what stands at its goal, unless little of it would be left."""
    looks = [look for era in draw.eras for look in draw(era, zoom) if "columns" in look]
    long = {
        (name, look["day"]): [
            dist(arrow["way"][-1], sign["at"]) / sign["radius"]
            for sign in look["signs"]
            if shapely.LineString(arrow["way"]).length > 7 * sign["radius"]
        ]
        for look in looks
        for name, arrow in look["columns"].items()
        if arrow["head"]
    }
    assert sum(map(bool, long.values())) > 50
    assert {arrow: away for arrow, away in long.items() if min(away, default=1) < 0.9} == {}


@pytest.mark.sampled
def test_a_head_follows_its_shaft(heads):
    turned = {}
    for name, arrow in heads:
        shaft, tip = arrow["shaft"], arrow["way"][-1]
        bend = turn(between(shaft[-2], shaft[-1]), between(shaft[-1], tip))
        if bend > 20:
            turned[name] = bend
    assert turned == {}


@pytest.mark.sampled
def test_barbs_stand_free_of_the_shaft(heads):
    """Just behind its head a shaft runs as the head does: else one of the barbs lies on it."""
    hard = {}
    for name, arrow in heads:
        shaft, neck = shapely.LineString(arrow["shaft"]), arrow["shaft"][-1]
        behind = shaft.interpolate(max(0, shaft.length - 0.9 * arrow["width"]))
        bend = turn(between((behind.x, behind.y), neck), between(neck, arrow["way"][-1]))
        if bend > 30:
            hard[name] = bend
    assert hard == {}


@pytest.mark.sampled
def test_the_sides_of_a_shaft_have_no_notches(arrows):
    """A way made rounder for its width is even: its outline turns back nowhere but at the head."""
    notched = {}
    for name, arrow in arrows:
        ends = [arrow["shaft"][0], arrow["shaft"][-1], *arrow["nose"]]
        points = arrow["outline"]
        sharp = [
            p
            for o, p, q in zip(points, points[1:], points[2:], strict=False)
            if min(dist(p, end) for end in ends) > arrow["width"]
            and min(dist(o, p), dist(p, q)) > LEAST / 8
            and turn(between(o, p), between(p, q)) > 75
        ]
        if sharp:
            notched[name] = sharp
    assert notched == {}


@pytest.mark.sampled
def test_the_end_under_a_head_is_straight(heads):
    bent = {}
    for name, arrow in heads:
        neck = arrow["shaft"][-1]
        length = shapely.LineString(arrow["way"]).length - shapely.LineString(arrow["shaft"]).length
        chord = dist(neck, arrow["way"][-1])
        if chord < 0.95 * length:
            bent[name] = (chord, length)
    assert bent == {}


@pytest.mark.sampled
def test_nothing_is_too_small_to_be_an_arrow(arrows):
    small = {}
    for name, arrow in arrows:
        length = shapely.LineString(arrow["way"]).length
        if length < LEAST - 1 or arrow["width"] < 1.2 or (arrow["head"] and arrow["head"] < 2.4):
            small[name] = (length, arrow["width"], arrow["head"])
    assert small == {}


def test_arrows_of_one_army_join(draw, payload):
    era = [era["id"] for era in payload["eras"]].index("1941-invasion")
    whole = draw(era, 5.75)[0]
    coast = whole["columns"]["axis-soviet-caspian-coast"]
    host = whole["columns"]["axis-soviet-tabriz"]
    assert coast["ends"] == "joins axis-soviet-tabriz"
    assert coast["head"] == 0
    assert shapely.Polygon(host["outline"]).contains(shapely.Point(coast["way"][-1]))
    before = draw.on(era, 5.75, "1941-08-29")
    assert before["axis-soviet-caspian-coast"]["head"] > 0, "they meet on the 31st"


def test_an_advance_is_as_long_as_it_had_come(draw, payload):
    era = [era["id"] for era in payload["eras"]].index("1941-invasion")
    lengths = [
        shapely.LineString(draw.on(era, 5.75, look["day"])["axis-soviet-tabriz"]["way"]).length
        for look in draw(era, 5.75)[1:]
    ]
    first, last = lengths[0], lengths[6]
    assert first < 0.35 * last
    assert lengths[:7] == sorted(lengths[:7])


def test_a_joining_arrow_lies_under_the_other(payload):
    order = [feature["id"] for feature in payload["features"]]
    assert order.index("axis-soviet-caspian-coast") < order.index("axis-soviet-tabriz")
