"""Hostile layer files: one clear message each, or a map; never a raw error, never a wait."""

import json
import os
from dataclasses import replace
from time import process_time

import pytest
from hostile import GOOD, collection, damaged_files

from geo.errors import LONGEST_FAULT, CatalogueError, GeoError
from geo.model.catalogue import Layer
from geo.model.features import read_features
from geo.model.layers import load_features, survey_layers
from geo.model.wording import load_wording
from geo.payload.build import build_payload
from geo.plate import Engine, render_plate

FILES = list(damaged_files())

LONGEST_WAIT = 5
"""Seconds for one file."""


@pytest.fixture(scope="module")
def small(tmp_path_factory, catalogue, symbology):
    """The real declarations with one layer of ours, and its path; symbols are read once."""
    root = tmp_path_factory.mktemp("root")
    (root / "layers").mkdir()
    trial = Layer("trial", "Trial", "trial.geojson", "x", (), "x")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.model.layers.load_symbology", lambda _: symbology)
        yield replace(catalogue, root=root, layers=(trial,)), root / "layers" / "trial.geojson"


def test_there_are_enough_of_them():
    assert len(FILES) >= 400


def test_the_good_feature_is_good(small):
    catalogue, path = small
    path.write_bytes(collection(GOOD))
    assert [feature.id for feature in load_features(catalogue)] == ["a-mark"]


@pytest.mark.parametrize("name", [name for name, _ in FILES])
def test_a_hostile_file_is_refused_or_read_within_five_seconds(small, name):
    catalogue, path = small
    path.write_bytes(dict(FILES)[name])
    began = process_time()
    features, faults = survey_layers(catalogue)
    assert process_time() - began < LONGEST_WAIT
    assert bool(faults) != bool(features) or json.loads(path.read_bytes())["features"] == []
    for fault in faults.get("trial", []):
        assert len(fault) <= LONGEST_FAULT + 200
        assert "trial.geojson" in fault or "more faults like" in fault
        assert "\n" not in fault


def test_what_is_accepted_is_drawn(small, catalogue, symbology):
    trial, path = small
    accepted = []
    for name, data in FILES:
        path.write_bytes(data)
        for feature in survey_layers(trial)[0]:
            own = {**feature.properties, "id": f"trial-{len(accepted)}"}
            accepted.append((name, replace(feature, properties=own)))
    names = [name for name, _ in accepted]
    assert len(names) > 50
    assert "label with U+2028" in names
    assert "title with U+0000" not in names
    era = catalogue.era("1907-spheres")
    shown = replace(era, layers=("trial",))
    atlas = replace(catalogue, eras=(shown,))
    payload = build_payload(
        atlas,
        [feature for _, feature in accepted],
        eras=[shown],
        symbology=symbology,
        wording=load_wording(),
    )
    svg = render_plate(Engine(payload, symbology), era.id, theme="light")
    assert svg.count("Mark") >= 1
    assert not {"\r", "\x0b", "\x85", "\u2028"} & set(svg)


def test_white_space_that_breaks_lines_is_one_blank(tmp_path):
    path = tmp_path / "x.geojson"
    own = {**GOOD["properties"], "title": " Two \r\n\u2028\t lines\x85", "note": "a\x0bb"}
    path.write_bytes(collection({**GOOD, "properties": own}))
    (feature,) = read_features(path, "trial")
    assert feature.properties["title"] == "Two lines"
    assert feature.properties["note"] == "a b"


def test_thousands_of_like_faults_are_counted(tmp_path):
    path = tmp_path / "x.geojson"
    own = {**GOOD["properties"], "certainty": "sure"}
    many = [{**GOOD, "properties": {**own, "id": f"mark-{n}"}} for n in range(9_000)]
    path.write_bytes(collection(*many))
    with pytest.raises(GeoError) as caught:
        read_features(path, "trial")
    lines = str(caught.value).splitlines()
    assert len(lines) == 6
    assert "feature 'mark-0': certainty 'sure', expected one of certain, less-certain" in lines[0]
    assert "and 8,995 more faults like the last" in lines[-1]


def test_a_mark_of_byte_order_does_no_harm(tmp_path):
    path = tmp_path / "x.geojson"
    path.write_bytes(b"\xef\xbb\xbf" + collection(GOOD))
    assert read_features(path, "trial")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (collection().decode().encode("utf-16"), "found text in UTF-16, expected UTF-8"),
        (b'{"a":\n"caf\xe9"}', r"line 2 has byte 0xe9, which is not UTF-8; .*café.*save the file"),
    ],
)
def test_another_encoding_is_said_plainly(tmp_path, data, message):
    path = tmp_path / "x.geojson"
    path.write_bytes(data)
    with pytest.raises(GeoError, match=message):
        read_features(path, "trial")


def test_a_pipe_a_folder_and_a_lost_link_do_not_hold_the_reader_up(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "none")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for name, message in {
        "pipe": "found a pipe or device",
        "folder": "found a folder",
        "link": "No such file",
        "circle": "symbolic links",
    }.items():
        with pytest.raises(GeoError, match=message):
            read_features(tmp_path / name, "trial")


def test_a_layer_that_leads_out_of_the_folder_is_refused(small, tmp_path):
    catalogue, path = small
    outside = tmp_path / "outside.geojson"
    outside.write_bytes(collection(GOOD))
    path.unlink(missing_ok=True)
    path.symlink_to(outside)
    with pytest.raises(GeoError, match="leads out of"):
        load_features(catalogue)
    path.unlink()


@pytest.mark.parametrize(
    "file", ["/etc/passwd", "../x.geojson", "a/../../x.geojson", "x.json", "", "a b.geojson"]
)
def test_a_file_is_a_path_below_the_layers(copy, file):
    from geo import load_catalogue

    path = copy / "layers" / "catalogue.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('file = "bushehr.geojson"', f'file = "{file}"'), encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"'bushehr' file .*expected a path below layers/"):
        load_catalogue(copy)
