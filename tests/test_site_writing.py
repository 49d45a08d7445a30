"""Writing the site: the command, its faults, and what never changes."""

import hashlib
import os
import pickle
import re
import subprocess
import sys
from urllib.parse import urljoin, urlsplit

import pytest
from helpers import ROOT
from site_files import ADDRESS, ERA, address_of, file_at, is_page, references, tags

from geo import GeoError, __version__, load_catalogue
from geo.files import write_bytes
from geo.recipes.new import make_atlas
from geo.site import build_site, renderings, write_site
from geo.site.address import read_address


def everything(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_published_version_never_changes(site, tmp_path):
    files = {path: site[path] for path in site if path.startswith(("v/", "oembed/", "sources/"))}
    older = tmp_path / "v" / "0.0.1" / f"{ERA}.html"
    older.parent.mkdir(parents=True)
    older.write_text("older")
    assert write_site(files, tmp_path) == len(files)
    assert write_site(files, tmp_path) == 0
    before = everything(tmp_path)
    path = f"v/{__version__}/{ERA}.html"
    changed = {**files, path: files[path] + b"\n", "sources/index.html": b"changed"}
    with pytest.raises(GeoError, match=rf"{ERA}\.html: published with other .* raise __version__"):
        write_site(changed, tmp_path)
    assert everything(tmp_path) == before
    assert older.read_text() == "older"
    assert write_site({**files, "v/9.9.9/new.html": b"new"}, tmp_path) == 1


def test_what_never_changes_is_cached_for_ever(site):
    rules = site["_headers"].decode().split("/maps/")
    lasting = {rule.split("*")[0] for rule in rules if "immutable" in rule}
    assert lasting == {"assets/", "v/"}
    for path, content in site.items():
        if path.startswith("assets/"):
            assert path.split(".")[-2] == hashlib.sha256(content).hexdigest()[:12]


def run(*arguments):
    command = [sys.executable, "-m", "geo", "site", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """An atlas of two eras."""
    folder = tmp_path_factory.mktemp("small") / "canals"
    make_atlas(folder)
    built = [sys.executable, "-m", "geo", "build", "--root", str(folder)]
    subprocess.run(built, cwd=ROOT, check=True)
    return folder


@pytest.mark.slow
def test_the_command_gives_the_same_bytes_and_leaves_out_what_needs_an_address(small, tmp_path):
    site = build_site(load_catalogue(small), read_address(ADDRESS))
    result = run("-o", tmp_path / "public", "--root", small)
    assert result.returncode == 0, result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("without --address: no oEmbed, sitemap")
    found = {
        path.relative_to(tmp_path / "public").as_posix(): content
        for path, content in everything(tmp_path / "public").items()
    }
    left_out = {path for path in site if path.startswith("oembed/")} | {"sitemap.xml"}
    assert set(site) - set(found) == left_out
    depends = ("robots.txt", "_headers")
    for path, content in found.items():
        if is_page(path):
            text = content.decode()
            assert ADDRESS not in text
            assert not re.search(r'og:url|og:image|canonical|oembed"', text)
            for _, _, target in references(tags(content)):
                # Without an address the page for what is not there expects the root of a host.
                url = urljoin(ADDRESS, target[1:]) if path == "404.html" else target
                url = urljoin(address_of(path), url)
                if not urlsplit(target).scheme and not target.startswith("#"):
                    assert file_at(url) in found, (path, target)
        elif path not in depends:
            assert content == site[path], path


@pytest.mark.slow
def test_faults_are_one_line(tmp_path):
    for address in ("atlas.example", "ftp://a.example/", 'https://a.example/"', "https://a b/"):
        result = run("-o", tmp_path / "public", "--address", address)
        assert result.returncode == 1
        assert result.stderr.startswith(f"error: --address: found {address!r}")
        assert result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "damage", "message"),
    [
        ("base/seas.geojson", lambda path: path.unlink(), "cannot be read: No such file"),
        (
            "catalogue.toml",
            lambda path: path.write_text(path.read_text().replace('id = "1907-', 'id = "../1907-')),
            "'../1907-spheres', expected an id in kebab-case",
        ),
        (
            "catalogue.toml",
            lambda path: path.write_text(
                path.read_text().replace(f'id = "{ERA}"', 'id = "data"', 1)
            ),
            "id 'data' cannot be an address of a site",
        ),
    ],
)
def test_a_fault_in_the_atlas_is_one_line_and_nothing_is_written(
    copy, tmp_path, name, damage, message
):
    damage(copy / "layers" / name)
    result = run("-o", tmp_path / "public", "--root", copy)
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "public").exists()


def test_an_error_of_ours_survives_the_way_from_another_process():
    with pytest.raises(GeoError, match="unknown era '1914'") as caught:
        renderings._draw(ROOT, "en", "1914")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_file_in_the_way_is_a_clear_error(tmp_path):
    (tmp_path / "public").write_text("in the way")
    with pytest.raises(GeoError, match="cannot be made"):
        write_site({"data/index.html": b"x"}, tmp_path / "public")


def test_a_linked_folder_is_not_followed(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    output = tmp_path / "public"
    elsewhere.mkdir()
    output.mkdir()
    (output / "sources").symlink_to(elsewhere)
    files = {"sources/index.html": b"x"}
    with pytest.raises(GeoError, match="sources: found a link, expected a file or folder"):
        write_site(files, output)
    assert not list(elsewhere.iterdir())
    (output / "sources").unlink()
    os.mkfifo(output / "sources")
    with pytest.raises(GeoError, match=r"cannot be (made|read)"):
        write_site(files, output)


def test_a_pipe_in_the_way_does_not_hold_the_writer_up(tmp_path):
    os.mkfifo(tmp_path / "index.html")
    with pytest.raises(GeoError, match=r"index\.html: found no regular file"):
        write_site({"index.html": b"x"}, tmp_path)


def test_what_a_killed_writer_left_goes_with_the_next_write(tmp_path):
    left = tmp_path / ".x.html.abcd1234"
    fresh = tmp_path / ".x.html.efgh5678"
    for path in (left, fresh):
        path.write_text("half")
    os.utime(left, (0, 0))
    write_bytes(tmp_path / "x.html", b"whole")
    assert {path.name for path in tmp_path.iterdir()} == {"x.html", fresh.name}
