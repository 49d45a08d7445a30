"""The package as it installs: it brings scripts, layers and seeds along."""

import os
import shutil
import subprocess
import sys

import pytest
from helpers import ROOT

SOURCES = ("geo", "layers", "seeds", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a folder with the installed wheel."""
    folder = tmp_path_factory.mktemp("package")
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(path, source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    wheel = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, source]
    subprocess.run(wheel, check=True, timeout=120)
    target = folder / "installed"
    (built,) = folder.glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--target", target, built], check=True)
    return target


def run(installed, folder, *arguments):
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_installed_package_exports_the_atlas(installed, tmp_path):
    """It makes, byte for byte, the file that the project makes."""
    run(installed, tmp_path, "-m", "geo", "export", "--era", "1907-spheres", "-o", "x.html")
    own = tmp_path / "own.html"
    run(ROOT, tmp_path, "-m", "geo", "export", "--era", "1907-spheres", "-o", own)
    assert (tmp_path / "x.html").read_bytes() == own.read_bytes()


def test_an_installed_package_is_imported_from_its_own_place(installed, tmp_path):
    code = "import geo; print(geo.__file__); print(len(geo.load_catalogue().eras))"
    file, eras = run(installed, tmp_path, "-c", code).split()
    assert file.startswith(str(installed))
    assert int(eras) == len(__import__("geo").load_catalogue().eras)


def test_an_installed_package_maps_other_people_s_data(installed, tmp_path):
    code = (
        "import geo, geopandas\n"
        "places = geopandas.points_from_xy([-57.6, -70.1], [-25.3, -20.2])\n"
        "frame = geopandas.GeoDataFrame({'year': [1864, 1879]}, geometry=places, crs=4326)\n"
        "geo.explore(frame).save('map.html')\n"
        "print(geo.__file__)\n"
    )
    assert run(installed, tmp_path, "-c", code).startswith(str(installed))
    assert "default-src 'none'" in (tmp_path / "map.html").read_text(encoding="utf-8")
    run(installed, tmp_path, "-m", "geo", "new", "mine")
    run(installed, tmp_path, "-m", "geo", "build", "--root", "mine")
