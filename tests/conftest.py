"""Shared fixtures: the real atlas, read once, and a small one to break."""

import fcntl
import os
import pickle
import shutil
import tempfile
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import hypothesis
import pytest
from helpers import ROOT
from hypothesis.configuration import set_hypothesis_home_dir
from site_files import ADDRESS, CROWDED, ERA

from geo import build_map, load_catalogue, load_features, render_document
from geo.model.symbology import load_symbology
from geo.model.wording import load_wording
from geo.payload.build import build_payload
from geo.plate import Engine
from geo.site import build_site
from geo.site.address import read_address

# The same examples every time, and nothing of them left in the tree.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "atlas-hypothesis")
hypothesis.settings.register_profile("atlas", derandomize=True, database=None)
hypothesis.settings.load_profile("atlas")


def pytest_addoption(parser):
    parser.addoption(
        "--write-golden", action="store_true", help="keep the maps as they look now in tests/golden"
    )
    parser.addoption("--quick", action="store_true", help="leave out slow tests and most cases")
    parser.addoption("--all-outputs", action="store_true", help="compare every output of every era")


def pytest_collection_modifyitems(config, items):
    """Keep what fits into minutes: no slow test, and in a browser two cases of each."""
    if not config.getoption("--quick"):
        return
    cases = defaultdict(list)
    for item in items:
        if not item.get_closest_marker("slow"):
            cases[item.nodeid.partition("[")[0]].append(item)
    kept = {item for name, found in cases.items() for item in sample(name, found)}
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def sample(name, cases):
    """Return the cases of a test that a quick run has: the first and the last, or all."""
    if "/browser/" in name or cases[0].get_closest_marker("sampled"):
        return [cases[0], cases[-1]]
    return cases


@pytest.fixture(scope="session")
def catalogue():
    return load_catalogue()


@pytest.fixture(scope="session")
def features(catalogue):
    return load_features(catalogue)


@pytest.fixture(scope="session")
def everything(catalogue):
    """Features of all layers, base included."""
    return load_features(catalogue, catalogue.layers)


@pytest.fixture(scope="session")
def by_id(everything):
    return {feature.id: feature for feature in everything}


@pytest.fixture(scope="session")
def shapes(everything):
    """Shapely geometries of all features by id."""
    from shapely.geometry import shape

    return {feature.id: shape(feature.geometry) for feature in everything if feature.geometry}


@pytest.fixture(scope="session")
def symbology():
    return load_symbology()


@pytest.fixture(scope="session")
def payload(catalogue, features, symbology):
    return build_payload(
        catalogue, features, eras=catalogue.eras, symbology=symbology, wording=load_wording()
    )


@pytest.fixture(scope="session")
def engine(payload, symbology):
    """What draws the atlas without a browser."""
    return Engine(payload, symbology)


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """What makes a thing once for all workers: it is kept under its name until the run ends."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder

    def kept(name, make):
        path = folder / f"{name}.pickle"
        with (folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                path.write_bytes(pickle.dumps(make()))
        return pickle.loads(path.read_bytes())

    return kept


@pytest.fixture(scope="session")
def page(once, catalogue, features):
    """The document of all eras."""
    return once("page", lambda: render_document(build_map(catalogue, features)))


@pytest.fixture(scope="session")
def page_of(once, catalogue, features):
    """What gives the document of one era, by its id."""

    @cache
    def of_one(era):
        def make():
            return render_document(build_map(catalogue, features, eras=[catalogue.era(era)]))

        return once(era, make)

    return of_one


@pytest.fixture
def copy(tmp_path):
    """A copy of the project's declarations and layers, to break."""
    for name in ("layers", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture(scope="session")
def site_catalogue(catalogue, pytestconfig):
    """What the site tells of; a quick run's has few eras, as each takes seconds."""
    if not pytestconfig.getoption("--quick"):
        return catalogue
    some = {ERA, CROWDED, *(era.id for era in catalogue.eras[::10])}
    return replace(catalogue, eras=tuple(era for era in catalogue.eras if era.id in some))


@pytest.fixture(scope="session")
def site(once, site_catalogue):
    """Every file of the static site, by path."""
    return once("site", lambda: build_site(site_catalogue, read_address(ADDRESS)))
