"""The package as it installs: it brings scripts, layers and seeds along."""

import os
import shutil
import subprocess
import sys

import own_data
import pytest
from helpers import ROOT

import geo

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


def unshares():
    """Tell whether this system lets a process run without a network."""
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*UNSHARED, "true"], capture_output=True, check=False).returncode == 0


UNSHARED = ("unshare", "--map-root-user", "--net")

WITHOUT_NETWORK = UNSHARED if unshares() else ()


def run(installed, folder, *arguments, within=()):
    done = subprocess.run(
        [*within, sys.executable, *arguments],
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
    assert int(eras) == len(geo.load_catalogue().eras)


FIVE_LINES = """\
import geo, pandas
frame = pandas.read_pickle("{0}.pickle")
map_ = geo.explore(frame)
map_.save("{0}.html")
print(geo.__file__, *map_.faults, sep="\\n")
"""

LARGEST = 3_000_000
"""Bytes of a page, with 5,000 polygons."""


@pytest.mark.slow
def test_five_lines_map_other_people_s_data_without_a_network(installed, tmp_path):
    """They make, byte for byte, the pages that tests open, step and watch in a browser."""
    frames = {name: make() for name, make in own_data.SETS.items()}
    for name, frame in frames.items():
        frame.to_pickle(tmp_path / f"{name}.pickle")
    script = "".join(map(FIVE_LINES.format, frames))
    told = run(installed, tmp_path, "-c", script, within=WITHOUT_NETWORK)
    own = {name: geo.explore(frame) for name, frame in frames.items()}
    files = [line for line in told.splitlines() if line.startswith(str(installed))]
    assert len(files) == len(own)
    for name, map_ in own.items():
        assert all(fault in told.splitlines() for fault in "\n".join(map_.faults).splitlines())
        page = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        assert page == map_.page
        assert "default-src 'none'" in page[: page.index("<body>")]
        assert len(page.encode()) < LARGEST


def test_an_installed_package_makes_an_atlas_of_one_s_own(installed, tmp_path):
    run(installed, tmp_path, "-m", "geo", "new", "mine")
    run(installed, tmp_path, "-m", "geo", "build", "--root", "mine")
