"""Sketches that take files."""

import json
import re
import textwrap

import pytest
import test_tables
from helpers import ROOT

from geo import load_catalogue
from geo.errors import SketchError, raise_faults
from geo.recipes.build import build_layers
from geo.recipes.new import make_atlas
from geo.recipes.tables import expand_tables

CSV = (
    "name,lon,lat,from,to,kind,remark\n"
    'Alpha depot,49.47,37.47,1899,1918,depot,"Commas, and <b>markup</b>"\n'
    "Béta post,51.42,35.69,1906-08-05,1911-12-24,post,=1+1\n"
    "Gamma,46.29,38.08,1916?,,station,left out\n"
)

TABLE = {
    "from": "places.csv",
    "where": {"kind": ["depot", "post"]},
    "columns": {"note": "remark"},
    "kind": "own-point",
    "certainty": "less-certain",
    "precision_km": 5,
    "sources": ["iranica-1907"],
    "context": "Trial.",
}


def expand(folder, content=CSV, **changes):
    (folder / "places.csv").write_text(content, encoding="utf-8")
    return expand_all({"table": [{**TABLE, **changes}]}, folder)


def expand_all(sketch, folder, notes=None):
    """Expand a sketch; raises SketchError with the faults of its tables and rows."""
    faults = []
    expanded = expand_tables(sketch, folder, faults, [] if notes is None else notes)
    raise_faults(SketchError, "", faults)
    return expanded


def test_rows_become_features(tmp_path):
    sketch, shapes = expand(tmp_path)
    one, other = sketch["feature"]
    assert one["id"] == "places-alpha-depot"
    assert (one["begin"], one["end"]) == ("1899", "1918")
    assert one["note"] == "Commas, and <b>markup</b>"
    assert one["kind"] == "own-point"
    assert other["id"] == "places-beta-post"
    assert (shapes["places-alpha-depot"].x, shapes["places-alpha-depot"].y) == (49.47, 37.47)


def test_the_same_table_gives_the_same_features_in_every_format(tmp_path):
    def features(name, content):
        (tmp_path / name).write_bytes(content)
        table = {**TABLE, "from": name, "columns": {"id": "name"}, "where": {}}
        sketch, shapes = expand_all({"table": [table]}, tmp_path)
        return sketch["feature"], {key: shape.wkt for key, shape in shapes.items()}

    expected = features("x.csv", test_tables.CSV.encode())
    assert len(expected[0]) == 3
    for form, content in test_tables.in_all_forms(test_tables.sample(), tmp_path).items():
        assert features(f"table.{form}", content) == expected, form


def test_an_event_has_one_date_and_places_may_be_ids(tmp_path):
    content = "name,place,year\nMeeting,tabriz,1946\n"
    sketch, shapes = expand(tmp_path, content, where={}, columns={"at": "place"})
    (entry,) = sketch["feature"]
    assert (entry["on"], entry["at"]) == ("1946", "tabriz")
    assert not shapes


@pytest.mark.parametrize(
    ("content", "changes", "message"),
    [
        (CSV.replace("1899", "soon"), {}, r"places.csv: row 1 \('Alpha depot'\): date 'soon'"),
        (CSV.replace("49.47,37.47", ","), {}, r"row 1 \('Alpha depot'\): has no geometry"),
        (
            CSV.replace("49.47,37.47", "400,95"),
            {},
            r"row 1 .*: found position 400.0, 95.0, expected",
        ),
        (CSV, {"columns": {"note": "comment"}}, "found no column comment; there are name, lon"),
        (CSV, {"from": "../places.csv"}, "expected a file beside the sketch"),
        (CSV, {"from": "other.csv"}, "expected a file beside the sketch"),
        (CSV, {"from": 5}, "table from 5: expected a file beside the sketch"),
        (CSV, {"from": ["places.csv"]}, r"table from \['places.csv'\]: expected a file"),
        (CSV, {"from": "."}, "expected a file beside the sketch"),
        (CSV, {"from": "places.csv\0"}, "expected a file beside the sketch"),
        (CSV, {"where": "kind"}, "places.csv: where 'kind', expected"),
        (CSV, {"where": {"sort": "depot"}}, "found no column sort; there are name, lon"),
        (CSV, {"columns": ["name"]}, r"places.csv: columns \['name'\], expected"),
        (CSV, {"columns": {"title": 5}}, "places.csv: columns.title 5, expected a text"),
        (CSV, {"simplify_m": "far"}, "places.csv: simplify_m 'far', expected a number"),
        (CSV, {"simplify_m": -1}, "places.csv: simplify_m -1, expected"),
        (CSV, {"simplify_m": float("nan")}, "places.csv: simplify_m nan, expected"),
        ("x" * (11 * 1024**2), {}, "places.csv: has 10485761 bytes, expected 10485760 at most"),
        (CSV.replace("Béta post", "Alpha depot"), {}, "'places-alpha-depot' is there twice"),
        ("<html>", {}, "places.csv: it is XML or HTML"),
        (CSV.replace("=1+1", "came, saw"), {}, "^places.csv: line 3: has 8 cells, expected 7$"),
        (
            CSV.replace("49.47,37.47", "49°28'E,37"),
            {},
            r"""^places.csv: row 1 [^\n]*: found "49°28'E", '37', expected degrees[^\n]*$""",
        ),
        (
            CSV,
            {"columns": {"titel": "name"}},
            "columns has unknown key 'titel'; did you mean 'title'. Expected one of title, id, beg",
        ),
        (CSV, {"columns": {"sources": "kind"}}, "unknown key 'sources'; expected one of title, id"),
        (
            CSV.replace("lat", "height"),
            {"columns": {"lon": "lon"}},
            "places.csv: columns has longitude alone, expected longitude and latitude",
        ),
        (
            CSV.replace("1899,1918", ","),
            {},
            "row 1 .*: has no date, expected one in 'from' or 'to'",
        ),
        (
            CSV.replace("1899", "").replace(",to,", ",closed,"),
            {},
            "row 1 .*: has no date, expected one in 'from'$",
        ),
        (
            CSV.replace("from", "opened").replace(",to,", ",closed,"),
            {},
            "found no column with dates; there are name, lon, lat, opened, closed, kind, remark",
        ),
        (
            CSV.replace("lon,lat", "east,north"),
            {},
            "^places.csv: found no columns with positions; there are name, east, north, from, to,",
        ),
        (CSV.replace('depot,"', f'depot,"{"x" * 20_000}'), {}, "row 1 .*: note has 20,000 char"),
        (
            CSV,
            {"where": {"kind": "depots", "name": "Gamma"}},
            "where matches none of 3 rows: kind holds 'depot', 'post', 'station'$",
        ),
        (
            CSV,
            {"where": {"kind": "depot", "name": "Gamma"}},
            "none of 3 rows: kind holds 'depot', 'post', 'station'; name holds 'Alpha depot', ",
        ),
        (
            CSV,
            {"labl": "x"},
            r"^places.csv: \[\[table\]\] has unknown key 'labl'; did you mean 'label'",
        ),
        (CSV, {"colour": "#ff0000"}, r"\[\[table\]\] colour '#ff0000', expected one of blue, red"),
    ],
)
def test_every_fault_is_told_with_its_row(tmp_path, content, changes, message):
    with pytest.raises(SketchError, match=message):
        expand(tmp_path, content, **changes)


def test_a_value_of_the_filter_that_no_row_has_is_noted(tmp_path):
    (tmp_path / "places.csv").write_text(CSV, encoding="utf-8")
    notes = []
    table = {**TABLE, "where": {"kind": ["depot", "stations"]}}
    sketch, _ = expand_all({"table": [table]}, tmp_path, notes)
    assert len(sketch["feature"]) == 1
    (note,) = [note for note in notes if "where" in note]
    assert note == (
        "places.csv: where: no row has kind 'stations'; kind holds 'depot', 'post', 'station'"
    )


def test_tables_that_are_none_are_told(tmp_path):
    for tables, message in (({}, r"expected \[\[table\]\]"), ([5], "expected a file beside")):
        with pytest.raises(SketchError, match=message):
            expand_all({"table": tables}, tmp_path)


def test_faults_of_several_rows_are_told_at_once(tmp_path):
    content = CSV.replace("1899", "soon").replace("1906-08-05", "later")
    with pytest.raises(SketchError, match=r"(?s)row 1 .*row 2 "):
        expand(tmp_path, content)


def test_what_rows_say_wrong_is_told_with_faults_of_other_rows(tmp_path):
    content = CSV.replace("1899", "soon").replace(",post,", ",beacon,")
    columns = {"certainty": "kind"}
    with pytest.raises(SketchError, match=r"(?s)row 1 .*date 'soon'.*row 2 .*: certainty 'beacon'"):
        build_with(tmp_path / "atlas", content.encode(), columns=columns, where={})


def test_an_unknown_key_hides_no_other_fault(tmp_path):
    content = CSV.replace("1899", "soon").replace("51.42", "400").replace("1916?", "later")
    table = {
        **{"labl": "x", "precision_km": "far", "kind": "own-pint", "sources": ["nobody"]},
        "columns": {"titel": "name", "note": "comment"},
    }
    with pytest.raises(SketchError) as caught:
        build_with(tmp_path / "atlas", content.encode(), where={}, **table)
    faults = str(caught.value).splitlines()
    for fault in (
        "[[table]] has unknown key 'labl'",
        "[[table]] precision_km 'far', expected a number",
        "columns has unknown key 'titel'",
        "found no column comment; there are name",
        "row 1 ('Alpha depot'): date 'soon'",
        "row 2 ('Béta post'): found position 400.0",
        "row 3 ('Gamma'): date 'later'",
    ):
        assert len([line for line in faults if fault in line]) == 1, fault
    for name in ("Alpha depot", "Béta post", "Gamma"):
        own = [line for line in faults if repr(name) in line]
        assert len([line for line in own if "source 'nobody' does not exist" in line]) == 1
        assert len([line for line in own if "kind 'own-pint' is not in" in line]) == 1
    assert len(faults) == 13
    drawn = (
        "\n[[feature]]\nid = 'drawn'\nlabl = 'x'\nat = 'nowhere'\n"
        "[[shape]]\nid = 'a'\nk = 1\nat = 'b'\n"
    )
    sketch = tmp_path / "atlas" / "layers" / "sketches" / "canals.toml"
    sketch.write_text(sketch.read_text(encoding="utf-8") + drawn, encoding="utf-8")
    with pytest.raises(SketchError) as caught:
        build_layers(load_catalogue(tmp_path / "atlas"))
    told = str(caught.value)
    assert set(faults) < set(told.splitlines())
    for fault in (
        *("'drawn': has unknown key labl", "'drawn': lacks title", "'drawn': unknown place 'now"),
        *("'a': has unknown key k", "'a': unknown place 'b'"),
    ):
        assert fault in told


def test_a_feature_with_an_unknown_key_tells_what_else_is_wrong(tmp_path):
    """Also what only the whole atlas knows: kinds, actors, sources."""
    make_atlas(tmp_path / "atlas")
    entry = {
        **{"id": "one", "titel": "One", "kind": "own-pint", "certainty": "certain"},
        **{"actor": "nobody", "sources": ["nobody"], "begin": "1900", "end": "1890"},
        **{"at": "nowhere", "precision_km": 5, "context": "Trial."},
    }
    pairs = [f"{key} = {_toml(value)}\n" for key, value in entry.items()]
    sketch = tmp_path / "atlas" / "layers" / "sketches" / "canals.toml"
    sketch.write_text("[[feature]]\n" + "".join(pairs), encoding="utf-8")
    with pytest.raises(SketchError) as caught:
        build_layers(load_catalogue(tmp_path / "atlas"))
    told = [line.partition("feature 'one': ")[2] for line in str(caught.value).splitlines()]
    for fault in (
        *("has unknown key titel; did you mean 'title'?", "lacks title", "unknown place 'nowhere'"),
        *("end '1890' is before begin '1900'", "actor 'nobody' is not in", "kind 'own-pint' is"),
        "source 'nobody' does not exist",
    ):
        assert len([line for line in told if line.startswith(fault)]) == 1, fault
    assert len(told) == 7


def test_what_the_reader_lost_of_rows_that_are_not_taken_is_no_fault(tmp_path):
    sketch, _ = expand(tmp_path, CSV.replace("46.29", "46°17'E"))
    assert len(sketch["feature"]) == 2


def test_positions_may_stand_in_columns_of_any_name(tmp_path):
    content = CSV.replace("lon,lat", "долгота,широта").replace("49.47", '"49,47"')
    for keys in (("lon", "lat"), ("longitude", "latitude")):
        columns = dict(zip(keys, ("долгота", "широта"), strict=True))
        _, shapes = expand(tmp_path, content, columns=columns)
        assert [shape.coords[0] for shape in shapes.values()] == [(49.47, 37.47), (51.42, 35.69)]
    with pytest.raises(SketchError, match=r"row 1 .*: found '49°', '37\.47', expected degrees"):
        expand(tmp_path, content.replace('"49,47"', "49°"), columns=columns)


def test_an_end_alone_is_kept(tmp_path):
    sketch, _ = expand(tmp_path, CSV.replace("from", "opened"))
    dates = [(entry.get("begin"), entry["end"]) for entry in sketch["feature"]]
    assert dates == [(None, "1918"), (None, "1911-12-24")]


def test_dates_of_all_rows_stand_where_a_row_has_none_of_its_own(tmp_path):
    sketch, _ = expand(tmp_path, CSV.replace("1899,1918", ","), begin="1890", end="")
    dates = [(entry["begin"], entry["end"]) for entry in sketch["feature"]]
    assert dates == [("1890", ""), ("1906-08-05", "1911-12-24")]
    undated = CSV.replace("from", "opened").replace(",to,", ",closed,")
    sketch, _ = expand(tmp_path, undated, begin="")
    assert [entry["begin"] for entry in sketch["feature"]] == ["", ""]


def test_no_row_is_compared_with_every_other(tmp_path):
    class Counted(dict):
        looks = 0

        def get(self, *arguments):
            self.looks += 1
            return super().get(*arguments)

    lines = [f"Place {number},49.47,37.47,1899,1918,depot,\n" for number in range(100)]
    (tmp_path / "places.csv").write_text(CSV.splitlines(keepends=True)[0] + "".join(lines))
    drawn = Counted(id="drawn")
    sketch, _ = expand_all({"feature": [drawn], "table": [TABLE]}, tmp_path)
    assert len(sketch["feature"]) == 101
    assert drawn.looks < 10


def build_with(atlas, content, name="places.csv", **changes):
    """Build a new atlas whose only table is this."""
    make_atlas(atlas)
    sketches = atlas / "layers" / "sketches"
    (sketches / name).write_bytes(content)
    table = {**TABLE, "from": name, "sources": ["own-knowledge"], **changes}
    pairs = [f"{key} = {_toml(value)}\n" for key, value in table.items()]
    (sketches / "canals.toml").write_text("[[table]]\n" + "".join(pairs), encoding="utf-8")
    return build_layers(load_catalogue(atlas))


def _toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    return json.dumps(value)


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("actor", "actor 'depot' is not in layers/symbology.toml"),
        ("at", "unknown place 'depot'"),
        ("certainty", "certainty 'depot', expected one of certain, less-certain or uncertain"),
        ("colour", "colour 'depot', expected one of blue, red, green"),
        ("end", "end '1880' is before begin '1899'"),
        ("kind", "kind 'depot' is not in layers/symbology.toml"),
    ],
)
def test_faults_of_what_a_row_says_name_its_file_and_row(tmp_path, what, message):
    content = CSV.replace(",depot,", ",1880,") if what == "end" else CSV
    where = r"^layers/sketches/canals.toml: places.csv: row 1 \('Alpha depot'\): "
    with pytest.raises(SketchError, match=where + message):
        build_with(
            tmp_path, content.encode(), columns={what: "kind"}, where={"name": "Alpha depot"}
        )


def test_what_is_worth_knowing_of_a_file_is_told_on_the_console(tmp_path, capsys):
    frame = test_tables.sample()
    for layer in ("depots", "others"):
        frame.to_file(tmp_path / "two.gpkg", layer=layer, engine="pyogrio")
    content = (tmp_path / "two.gpkg").read_bytes()
    assert build_with(tmp_path / "atlas", content, "two.gpkg", columns={}, where={})
    told = "layers/sketches/canals.toml: two.gpkg: of 2 layers the first was read: depots"
    assert capsys.readouterr().err == f"warning: {told}\n"


def test_the_guide_s_examples_are_built_as_they_stand(copy):
    """docs/adding-a-layer.md, word by word: a feature, a table and a colour in one sketch."""
    guide = (ROOT / "docs/adding-a-layer.md").read_text(encoding="utf-8")
    blocks = [
        textwrap.dedent(block) for block in re.findall(r"(?:^    .*\n|^\n(?=    ))+", guide, re.M)
    ]
    (feature,) = (block for block in blocks if block.startswith("\n[[feature]]\nid"))
    (rows,) = (block for block in blocks if block.startswith("\nname,sort"))
    (table,) = (block for block in blocks if block.startswith("\n[[table]]"))
    (coloured,) = (block for block in blocks if "colour =" in block)
    sketches = copy / "layers" / "sketches"
    (sketches / "depots.csv").write_text(rows.strip(), encoding="utf-8")
    with (sketches / "invasion-1941.toml").open("a", encoding="utf-8") as file:
        (colour,) = re.findall(r"^colour = .*$", coloured, re.M)
        file.write(f"{feature}\n{table}\n{colour}\n")
    built = {path.name: features for path, features in build_layers(load_catalogue(copy)).items()}
    made = {feature["id"]: feature for feature in built["invasion-1941.geojson"]}
    assert "contact-karaj-1941" in made
    assert "depots-tabriz" not in made
    found = made["depots-enzeli"]
    assert found["properties"]["begin_edtf"] == "1899"
    assert found["properties"]["end"] == "1919-01-01"
    assert found["properties"]["colour"] == "teal"
    assert found["geometry"]["coordinates"] == (49.47, 37.47)
