"""A small atlas of one's own: it builds, checks and exports at once."""

import json
import subprocess
import sys

import pytest

from geo import build_map, load_catalogue, load_features
from geo.errors import GeoError
from geo.recipes.new import make_atlas


def run(*arguments):
    command = [sys.executable, "-m", "geo", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_it_builds_checks_and_exports_at_once(tmp_path):
    folder = tmp_path / "canals"
    run("new", folder)
    run("build", "--root", folder)
    assert "0 broken links" in run("check", "--root", folder)
    run("export", "--root", folder, "-o", tmp_path / "canals.html")
    page = (tmp_path / "canals.html").read_text(encoding="utf-8")
    assert "Canals for steamers" in page
    table = json.loads((folder / "layers/canals.geojson").read_text(encoding="utf-8"))
    ids = [feature["id"] for feature in table["features"]]
    assert ids == ["way-to-india", "canals-suez", "canals-kiel", "canals-panama"]
    catalogue = load_catalogue(folder)
    (atlas,) = build_map(catalogue, load_features(catalogue))._children.values()
    assert atlas.payload["title"] == "My atlas"
    assert [era["id"] for era in atlas.payload["eras"]] == ["steam", "two-oceans"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(GeoError, match="expected an empty folder"):
        make_atlas(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_atlas_below_a_file_is_refused_by_its_name(tmp_path):
    (tmp_path / "file.txt").write_text("x")
    command = [sys.executable, "-m", "geo", "new", str(tmp_path / "file.txt" / "mine")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"error: {tmp_path / 'file.txt'}")
    assert done.stderr.endswith("cannot be written: Not a directory\n")
