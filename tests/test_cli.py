import subprocess
import sys

import pytest
from helpers import ROOT


def run(*arguments, cwd=ROOT):
    command = [sys.executable, "-m", "geo", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


def test_list_names_every_era_and_layer(catalogue):
    result = run("list")
    assert result.returncode == 0
    for entry in (*catalogue.eras, *catalogue.themes):
        assert entry.id in result.stdout


def test_check_reports_no_broken_link():
    result = run("check")
    assert result.returncode == 0
    assert "0 broken links" in result.stdout


def test_export_writes_one_era(tmp_path):
    path = tmp_path / "map.html"
    result = run("export", "--era", "1907-spheres", "-o", path)
    assert result.returncode == 0
    assert result.stdout.strip() == str(path)
    text = path.read_text(encoding="utf-8")
    assert "Two spheres and what lay between" in text
    assert "axis-soviet-tabriz" not in text


@pytest.mark.parametrize(
    ("name", "begins"), [("era.svg", b"<svg"), ("era.png", b"\x89PNG"), ("era.pdf", b"%PDF-")]
)
def test_export_writes_one_era_as_a_picture(tmp_path, name, begins):
    path = tmp_path / name
    result = run("export", "--era", "1907-spheres", "-o", path)
    assert result.returncode == 0, result.stderr
    assert path.read_bytes().startswith(begins)


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


def test_a_folder_in_the_way_leaves_nothing_behind(tmp_path):
    (tmp_path / "x.html").mkdir()
    fails(run("export", "-o", tmp_path / "x.html"), "cannot be written")
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]


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


def test_a_fault_in_a_sketch_leaves_the_layers_as_they_were(copy):
    path = copy / "layers" / "sketches" / "caspian.toml"
    path.write_text(path.read_text().replace('at = "makhachkala"', 'at = "makachkala"'))
    before = {file: file.read_bytes() for file in (copy / "layers").rglob("*.geojson")}
    fails(run("build", "--root", copy), "unknown place 'makachkala'; did you mean 'makhachkala'?")
    assert {file: file.read_bytes() for file in (copy / "layers").rglob("*.geojson")} == before


def test_wrong_usage_is_exit_code_2():
    assert run("exprot").returncode == 2
    assert run("export").returncode == 2
