import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import ROOT


def run(*arguments, cwd=ROOT, **environment):
    command = [sys.executable, "-m", "geo", *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding=environment.get("PYTHONIOENCODING"),
        cwd=cwd,
        check=False,
        env={**os.environ, **environment},
    )


def test_list_names_every_era_and_layer(catalogue):
    result = run("list")
    assert result.returncode == 0
    for entry in (*catalogue.eras, *catalogue.themes):
        assert entry.id in result.stdout


@pytest.mark.parametrize("encoding", ["cp437", "cp932", "cp949", "ascii", "utf-8"])
def test_every_console_can_list_the_atlas(encoding):
    result = run("list", PYTHONIOENCODING=encoding)
    assert result.returncode == 0, result.stderr
    assert "1907-spheres" in result.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", ["list", "kinds", "check"])
def test_a_full_disk_behind_the_output_is_one_line(command):
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "geo", command],
            **{
                "cwd": ROOT,
                "stdout": full,
                "stderr": subprocess.PIPE,
                "text": True,
                "check": False,
            },
        )
    assert result.returncode == 1
    assert result.stderr.endswith("error: the output cannot be written: No space left on device\n")
    assert "Traceback" not in result.stderr


def test_check_reports_no_broken_link():
    result = run("check")
    assert result.returncode == 0
    assert "0 broken links" in result.stdout


@pytest.mark.slow
def test_export_writes_one_era(tmp_path):
    path = tmp_path / "map.html"
    result = run("export", "--era", "1907-spheres", "-o", path)
    assert result.returncode == 0
    assert result.stdout.strip() == str(path)
    text = path.read_text(encoding="utf-8")
    assert "Two spheres and what lay between" in text
    assert "axis-soviet-tabriz" not in text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "begins"), [("era.svg", b"<svg"), ("era.png", b"\x89PNG"), ("era.pdf", b"%PDF-")]
)
def test_export_writes_one_era_as_a_picture(tmp_path, name, begins):
    path = tmp_path / name
    result = run("export", "--era", "1907-spheres", "-o", path)
    assert result.returncode == 0, result.stderr
    assert path.read_bytes().startswith(begins)


@pytest.mark.parametrize(("projection", "said"), [("lambert", True), ("mercator", False)])
def test_a_picture_is_in_the_projection_asked_for(tmp_path, projection, said):
    path = tmp_path / "era.svg"
    result = run("export", "--era", "1907-spheres", "--projection", projection, "-o", path)
    assert result.returncode == 0, result.stderr
    assert ("Lambert" in path.read_text(encoding="utf-8")) is said


def fails(result, message):
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert result.stderr.startswith("error: ")
    assert message in result.stderr


def test_an_unknown_era_is_one_line(tmp_path):
    fails(
        run("export", "--era", "1914", "-o", tmp_path / "x.html"), "unknown era '1914'; choose from"
    )
    assert not list(tmp_path.iterdir())


def test_a_picture_of_several_eras_is_one_line(tmp_path):
    fails(run("export", "-o", tmp_path / "x.png"), "expected one for a picture (--era)")


def test_an_unknown_ending_is_one_line(tmp_path):
    fails(
        run("export", "--era", "1907-spheres", "-o", tmp_path / "x.gif"),
        "found '.gif', expected .html, .svg, .png, .pdf",
    )


def test_an_unwritable_path_is_one_line(tmp_path):
    fails(run("export", "-o", tmp_path / "none" / "x.html"), "cannot be written: No such file")


@pytest.mark.slow
def test_a_folder_in_the_way_leaves_nothing_behind(tmp_path):
    (tmp_path / "x.html").mkdir()
    fails(run("export", "-o", tmp_path / "x.html"), "cannot be written")
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.unlink(), "bushehr.geojson: cannot be read: No such file"),
        (lambda path: path.write_text(path.read_text()[:-40]), "bushehr.geojson: not valid JSON"),
        (
            lambda path: path.write_text(path.read_text().replace('"certain"', '"sure"')),
            "more; `python -m geo check` shows all)",
        ),
    ],
)
def test_a_missing_or_broken_layer_is_one_line(copy, tmp_path, damage, message):
    damage(copy / "layers" / "bushehr.geojson")
    target = tmp_path / "x.html"
    fails(run("export", "--root", copy, "-o", target), message)
    assert not target.exists()


@pytest.mark.slow
def test_a_fault_in_a_sketch_leaves_the_layers_as_they_were(copy):
    path = copy / "layers" / "sketches" / "caspian.toml"
    path.write_text(path.read_text().replace('at = "makhachkala"', 'at = "makachkala"'))
    before = {file: file.read_bytes() for file in (copy / "layers").rglob("*.geojson")}
    fails(run("build", "--root", copy), "unknown place 'makachkala'; did you mean 'makhachkala'?")
    assert {file: file.read_bytes() for file in (copy / "layers").rglob("*.geojson")} == before


SKETCH = "layers/sketches/crisis-1945-46.toml"

SWAPPED = """
[[feature]]
id = "trial-swapped"
title = "Tabriz, coordinates the wrong way round"
kind = "political-event"
actor = "iran"
status = "event"
on = 1946-05-09
certainty = "certain"
precision_km = 5
sources = ["iranica-1907"]
context = "Trial."
at = [38.08, 46.29]
"""


def append(copy, text):
    path = copy / SKETCH
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.mark.slow
def test_build_names_every_fault_and_check_knows_that_it_failed(copy):
    append(copy, SWAPPED + SWAPPED.replace('"iran"', '"iram"').replace("iranica-1907", "nobody"))
    append(copy, SWAPPED.replace("political-event", "politics").replace('"trial-swapped"', "5"))
    other = copy / "layers" / "sketches" / "caspian.toml"
    other.write_text(other.read_text().replace('at = "makhachkala"', 'at = "makachkala"'))
    result = run("build", "--root", copy)
    assert (result.returncode, result.stdout) == (1, "")
    for expected in (
        "feature 'trial-swapped': its id is used 2 times",
        "actor 'iram' is not in layers/symbology.toml; did you mean 'iran'?",
        "source 'nobody' does not exist",
        "feature number 40: id 5, expected a text",
        "unknown place 'makachkala'; did you mean 'makhachkala'?",
    ):
        assert expected in result.stderr
    assert "Traceback" not in result.stderr
    checked = run("check", "--root", copy)
    assert checked.returncode == 1
    assert "caspian.toml: the layers were built before it was changed" in checked.stderr


@pytest.mark.slow
def test_a_point_with_latitude_first_is_warned_of(copy):
    append(copy, SWAPPED)
    assert run("build", "--root", copy).returncode == 0
    checked = run("check", "--root", copy)
    assert checked.returncode == 0, checked.stderr
    assert "feature 'trial-swapped' is at [38.08, 46.29], outside the bounds" in checked.stderr
    assert "expected [longitude, latitude]" in checked.stderr


@pytest.mark.slow
def test_a_sketch_of_no_layer_is_warned_of(copy):
    (copy / "layers" / "sketches" / "depots.toml").write_text("[[feature]]\n")
    for command in ("build", "check"):
        result = run(command, "--root", copy)
        assert result.returncode == 0, result.stderr
        (warning,) = result.stderr.splitlines()
        assert warning.startswith("warning: layers/sketches/depots.toml: found no [[layer]]")


def test_wrong_usage_is_exit_code_2():
    assert run("exprot").returncode == 2
    assert run("export").returncode == 2


@pytest.mark.parametrize(
    ("output", "options", "faults"),
    [
        (
            "x.svg",
            ["--hide", "legend", "--scale", "3"],
            ["found --scale, which is for .png", "found --hide, which is for .html"],
        ),
        (
            "x.html",
            ["--theme", "dark", "--page", "A4"],
            [
                "found --theme, which is for .svg, .png, .pdf",
                "found --page, which is for .svg, .png, .pdf",
            ],
        ),
        ("x.csv", ["--language", "fr"], ["found --language, which is for .html, .svg, .png, .pdf"]),
    ],
)
def test_options_that_a_file_would_not_show_are_refused_all_at_once(
    tmp_path, output, options, faults
):
    path = tmp_path / output
    result = run("export", "--era", "1907-spheres", "-o", path, *options)
    assert result.returncode == 1
    assert result.stderr.splitlines() == [f"error: {path}: {fault}" for fault in faults]
    assert not path.exists()


def test_a_point_whose_date_cannot_be_read_is_no_point_without_one(tmp_path):
    point = "35.7,51.4,31.8.1907,Ceasefire"
    path = tmp_path / "x.svg"
    result = run("export", "--era", "1907-spheres", "-o", path, "--point", point)
    assert result.returncode == 1
    assert f"“{point}” cannot be read" in result.stderr
    result = run("export", "--era", "1907-spheres", "-o", path, "--point", "35.7,51.4,1907,a ~ b")
    assert result.returncode == 1
    assert "found ~, which parts points" in result.stderr
    assert not path.exists()


def test_a_view_too_wide_for_the_projection_asked_for_is_told(tmp_path):
    path = tmp_path / "x.svg"
    result = run("export", "--era", "1941-invasion", "-o", path, "--view", "35,53,3")
    assert result.returncode == 0
    assert "too wide for Lambert's projection; it is in Web Mercator" in result.stderr
    result = run("export", "--era", "1941-invasion", "-o", path)
    assert result.stderr == ""


def test_a_feature_of_no_eras_time_is_warned_of(copy):
    sketch = copy / "layers/sketches/revolution-1979.toml"
    text = sketch.read_text(encoding="utf-8")
    assert 'begin = "1984"\nend = "1988"' in text
    sketch.write_text(
        text.replace('begin = "1984"\nend = "1988"', 'begin = "2084"\nend = "2088"'),
        encoding="utf-8",
    )
    built = run("build", "--root", copy)
    told = (
        "layers/sketches/revolution-1979.toml: feature 'event-bushehr-raids' is of 2084-01-01 to "
        "2089-01-01, and the eras are of 1881-01-01 to 2017-04-01: no map shows it"
    )
    assert told in built.stderr
