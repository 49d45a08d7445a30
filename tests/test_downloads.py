"""All data in everybody's formats, on the app's and on the site's page Data."""

import re
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient
from test_app import atlas, shown_html  # noqa: F401  # a fixture

from geo.app import downloads
from geo.app.headers import Guard
from geo.app.library import open_library
from geo.app.ondemand import BusyError
from geo.app.server import ROUTES
from geo.publish.formats import FILES, FORMATS, write_format


@pytest.fixture(scope="module")
def client():
    app = Starlette(routes=ROUTES, middleware=[Middleware(Guard, framed_by="*")])
    with TestClient(app) as test:
        yield test


def test_every_format_has_a_file_of_its_own():
    assert FILES.keys() == FORMATS.keys()
    assert len({name for name, _ in FILES.values()}) == len(FORMATS)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_the_app_gives_all_features_in_each_format(client, catalogue, name):
    file, media = FILES[name]
    answer = client.get(f"/data/{file}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media
    assert answer.headers["content-disposition"] == f'attachment; filename="{file}"'
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.content == write_format(catalogue, catalogue.eras, name)


def test_a_file_is_made_once_and_sent_in_parts(client, monkeypatch):
    path = downloads.ask_file(open_library(), "csv").result(60)
    monkeypatch.setattr(downloads, "write_format", None)
    part = client.get("/data/atlas.csv", headers={"range": "bytes=0-9"})
    assert part.status_code == 206
    assert part.content == path.read_bytes()[:10]


@pytest.mark.parametrize("path", ["/data/atlas.csv", "/data/bushehr.geojson"])
def test_who_has_a_file_is_not_sent_it_again(client, path):
    first = client.get(path)
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(path, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get(path, headers={"if-none-match": '"other"'}).content == first.content


def test_who_asks_while_too_much_is_made_is_told_to_come_again(client, monkeypatch):
    def busy(*_):
        raise BusyError("busy")

    monkeypatch.setattr("geo.app.server.ask_file", busy)
    answer = client.get("/data/atlas.kml")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"


def test_other_files_are_not_found(client):
    for path in ("atlas.xlsx", "atlas", "atlas.gpkg.bak", "..%2fatlas.csv"):
        assert client.get(f"/data/{path}").status_code == 404


def test_the_apps_page_leads_to_each(atlas):  # noqa: F811
    text = shown_html(atlas, "data_page.py")
    for file, media in FILES.values():
        assert re.search(
            rf'<a href="\./data/{re.escape(file)}"[^>]*type="{re.escape(media)}"', text
        )


@pytest.mark.slow
def test_the_sites_page_leads_to_each_with_its_size(site, catalogue):
    page = unescape(site["data/index.html"].decode())
    for name, (file, _) in FILES.items():
        content = site[f"data/{file}"]
        assert content == write_format(catalogue, catalogue.eras, name)
        row = next(line for line in page.splitlines() if f'href="{file}"' in line)
        assert f"{round(len(content) / 1000)} KB" in row
