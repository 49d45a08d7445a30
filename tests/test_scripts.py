"""The scripts that need no browser, run by the engine of the plates; and how scripts are joined."""

import json
from itertools import pairwise
from math import asinh, pi, radians, tan

import pytest
import quickjs
from helpers import ROOT

from geo import assets
from geo.assets import join_modules
from geo.payload.packing import to_json


def call(module, function, *arguments):
    """Return what an exported function gives for JSON values."""
    context = quickjs.Context()
    context.eval(join_modules(module, function))
    given = ", ".join(json.dumps(argument) for argument in arguments)
    return json.loads(context.eval(f"JSON.stringify({function}({given})) ?? 'null'"))


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Tehrān", "tehran"),
        ("نفتي", "نفتی"),
        ("كرمان", "کرمان"),
        ("۱۹۰۷", "1907"),
        ("миръ", "мир"),
        ("Bushehr’s", "bushehrs"),
    ],
)
def test_spellings_are_folded_into_one(typed, folded):
    assert call("state/spelling", "fold", typed) == folded


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ([51.42, 35.69], [37.62, 55.75], 2469),  # Tehran to Moscow
        ([0, 0], [0, 90], 10_001.966),  # a quarter of a meridian of WGS 84
        ([179.9, 0], [-179.9, 0], 22.264),
    ],
)
def test_distances_are_those_of_the_ellipsoid(a, b, km):
    assert call("util/geodesy", "distance", a, b) / 1000 == pytest.approx(km, rel=0.003)


def test_a_line_is_simplified_within_its_tolerance():
    line = [value for x in range(101) for value in (x, 0.2 * (x % 2))]
    kept = call("drawing/simplify", "simplify", line, 0.5)
    assert [list(kept.values()) if isinstance(kept, dict) else kept][0] == [0, 0, 100, 0]


@pytest.mark.parametrize(("year", "day"), [(1, -719162), (99, -683368), (1970, 0)])
def test_a_year_begins_on_its_day(year, day):
    assert call("util/moments", "newYear", year) == day


@pytest.fixture(scope="module")
def scripts(payload):
    """Return a context that holds the atlas's data and what works on them."""
    context = quickjs.Context()
    for module, function in [
        ("state/data", "unpackData"),
        ("state/search-index", "entriesOf"),
        ("state/search-index", "find"),
        ("state/search-index", "eraOf"),
        ("state/state", "eraIndex"),
        ("state/state", "readView"),
        ("util/moments", "makeMoments"),
        ("util/moments", "firstDay"),
        ("controls/filter", "passes"),
    ]:
        context.eval(join_modules(module, function))
    context.eval(f"const data = unpackData({to_json(payload)});")
    return context


def value(scripts, expression):
    return json.loads(scripts.eval(f"JSON.stringify({expression}) ?? 'null'"))


def test_unpacked_data_are_the_payloads(scripts, payload):
    """Whatever the payload says of a feature, the scripts read; what it leaves out is empty."""
    kept = (
        "id",
        "layer",
        "kind",
        "title",
        "certainty",
        "sources",
        "claims",
        "begin",
        "end",
        "note",
    )
    found = value(scripts, f"data.features.map((f) => {json.dumps(kept)}.map((key) => f[key]))")
    empty = {"claims": []}
    wanted = [
        [feature.get(key, empty.get(key, "")) for key in kept] for feature in payload["features"]
    ]
    assert found == wanted


def test_unpacked_arcs_lie_where_the_payloads_do(scripts, payload):
    x, y = value(scripts, "Array.from(data.arcs.at(0).slice(0, 2))")
    longitude, latitude = (number / 1000 * payload["step"] for number in payload["arcs"][0][:2])
    mercator = asinh(tan(radians(latitude))) / (2 * pi)
    assert (x, y) == pytest.approx((longitude / 360 + 0.5, 0.5 - mercator), abs=1e-9)


def test_a_feature_is_in_the_eras_it_overlaps(scripts, catalogue, features):
    found = value(scripts, "Object.fromEntries(data.features.map((f) => [f.id, f.eras]))")
    for feature in features:
        overlaps = [feature.timespan.overlaps(era.timespan) for era in catalogue.eras]
        assert found.get(feature.id, overlaps) == overlaps, feature.id


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Mossadegh", "Mosaddeq"),
        ("Rezaieh", "Rez"),
        ("Tabreez", "Tabriz"),
        ("نفت", "oil"),
        ("Баку", "Baku"),
        ("Enzeli", "Enzeli"),
    ],
)
def test_what_readers_type_is_found(scripts, typed, name):
    query = f"find(entriesOf(data), {json.dumps(typed)}, '1941-08-25')"
    titles = value(scripts, f"{query}.slice(0, 8).map((e) => JSON.stringify(e))")
    assert any(name.lower() in title.lower() for title in titles), titles


def test_nothing_is_found_for_nothing(scripts):
    assert value(scripts, "find(entriesOf(data), '  ', '1941-08-25')") == []


def test_eras_are_found_by_the_ids_they_had(scripts, catalogue):
    for number, era in enumerate(catalogue.eras):
        assert value(scripts, f"eraIndex(data, {json.dumps(era.id)})") == number
    for former, now in catalogue.former.items():
        number = [era.id for era in catalogue.eras].index(now)
        assert value(scripts, f"eraIndex(data, {json.dumps(former)})") == number
    assert value(scripts, "eraIndex(data, 'constructor')") == -1


@pytest.mark.parametrize("odd", ["", "1,2", "91,0,3", "0,181,3", "0,0,21", "a,b,c", "1,2,3,4"])
def test_views_beyond_the_earth_are_none(scripts, odd):
    assert value(scripts, f"readView({json.dumps(odd)})") is None
    assert value(scripts, "readView('33,-12.5,5')") == {"center": [33, -12.5], "zoom": 5}


@pytest.mark.parametrize(
    ("edtf", "day"),
    [("1941-08-25", "1941-08-25"), ("1941-08", "1941-08-01"), ("1941", "1941-01-01")],
)
def test_a_date_begins_with_its_first_day(scripts, edtf, day):
    assert value(scripts, f"firstDay({json.dumps(edtf)})") == day


def test_units_of_an_era_follow_each_other_without_a_gap(scripts, catalogue):
    for number, era in enumerate(catalogue.eras):
        seen = "({ era }) => data.features.filter((f) => f.eras[era])"
        moments = value(scripts, f"makeMoments(data, {seen})({number}, new Set()).moments")
        for one, next_ in pairwise(moments):
            assert one["to"] == next_["from"], era.id
        assert all(one["from"] < one["to"] for one in moments), era.id


def test_a_filter_lets_pass_what_has_its_values(scripts, payload):
    shown = value(scripts, "data.features.filter((f) => passes(f, { actor: 'britain' })).length")
    assert shown == sum(feature.get("actor") == "britain" for feature in payload["features"])
    assert value(scripts, "data.features.every((f) => passes(f, {}))") is True


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("export let a = 1;\n", "line 1: export let a = 1;"),
        ("\nexport default function () {}\n", "line 2: export default function () {}"),
        ('import all from "./x.js";\n', 'line 1: import all from "./x.js";'),
        ('import * as all from "./x.js";\n', 'line 1: import * as all from "./x.js";'),
        (
            "const a = 1;\nexport { a };\nexport let b;\n",
            "line 2: export { a };, line 3: export let",
        ),
    ],
)
def test_what_cannot_be_joined_is_named_with_its_line(monkeypatch, text, fault):
    monkeypatch.setattr(assets, "read_asset", lambda _: text)
    with pytest.raises(SyntaxError) as caught:
        join_modules.__wrapped__("odd", "a")
    assert "js/odd.js" in str(caught.value)
    assert fault in str(caught.value)


def test_no_pure_module_asks_for_a_browser():
    """What draws and reckons names neither document nor window nor Leaflet."""
    pure = [
        *(ROOT / "geo/assets/js/drawing").glob("*.js"),
        *(ROOT / f"geo/assets/js/{name}.js" for name in ("util/moments", "util/geodesy")),
        *(ROOT / f"geo/assets/js/state/{name}.js" for name in ("data", "spelling")),
    ]
    for path in pure:
        code = "\n".join(
            line
            for line in path.read_text(encoding="utf-8").splitlines()
            if not line.lstrip().startswith(("//", "*", "/*"))
        )
        for word in ("document.", "window.", "navigator.", "L."):
            assert f" {word}" not in code, f"{path.name}: {word}"


def test_a_number_is_not_broken_between_lines():
    wrapped = call("drawing/fitting", "wrapped", "Natanz keeps 5 060 centrifuges", 14)
    assert wrapped == ["Natanz keeps", "5 060", "centrifuges"]
