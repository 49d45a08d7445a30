"""What the server sends before Streamlit has started: the page with the map in it, packed files."""

import gzip
import re
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from geo.app import first_page as first_page_module
from geo.app.first_page import FRAME, INDEX, first_page
from geo.app.library import open_library
from geo.app.packing import FOLDER, PackedStatic
from geo.app.server import ROUTES

PLAIN = {"accept-encoding": "identity"}


@pytest.fixture(scope="module")
def client():
    with TestClient(Starlette(routes=ROUTES, middleware=[Middleware(PackedStatic)])) as test:
        yield test


def frame_of(page):
    (frame,) = re.findall(r'<iframe src="([^"]*)"[^>]* id="atlas-frame"', page)
    return unescape(frame)


def test_the_page_of_this_streamlit_has_a_place_for_the_frame(client):
    """When this fails, Streamlit's page has another form: mend geo/app/first_page.py."""
    page = client.get("/").text
    assert frame_of(page).startswith(f"embed/{open_library().atlas.name}?")
    assert '<div id="root"></div><iframe ' in page
    assert "<title>Streamlit</title>" not in page
    # All else of the page is Streamlit's.
    for script in re.findall(r"<script.*?</script>", INDEX.read_text(), re.DOTALL):
        assert script in page
    assert all(f'{name}="' in page for name in FRAME)


def test_the_frame_opens_where_the_address_asks(client):
    page = client.get("/?era=1941-invasion&view=33.5,51,6&layers=a~b").text
    assert (
        "era=1941-invasion&view=33.5,51,6&layers=a~b&gestures=greedy&slider=host"
        in page.replace("&amp;", "&")
    )
    framed = frame_of(client.get("/?embed=true&era=1941-invasion").text)
    assert framed.endswith("era=1941-invasion&gestures=polite")


@pytest.mark.parametrize("bad", ['"><script>alert(1)</script>', "%00", "é" * 3000, "&amp;x=1"])
def test_an_odd_address_stays_an_address(client, bad):
    answer = client.get("/", params={"era": bad, bad[:20]: "x"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert len(frame_of(answer.text)) < 30_000


def test_a_page_of_another_form_is_sent_as_it_is(tmp_path, monkeypatch):
    other = tmp_path / "index.html"
    other.write_text('<!doctype html><title>Streamlit</title><body><main id="app"></main>')
    monkeypatch.setattr(first_page_module, "INDEX", other)
    first_page_module._shell.cache_clear()
    page = first_page(open_library(), {})
    first_page_module._shell.cache_clear()
    assert page == other.read_text()


def test_streamlits_files_are_packed_and_the_same(client):
    names = re.findall(r"\./static/(js/[^\"]+\.js)", INDEX.read_text())
    assert len(names) > 5
    for name in names[:6]:
        answer = client.get(f"/static/{name}")
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.content == (FOLDER / name).read_bytes()
    packed = sum(len(gzip.compress((FOLDER / name).read_bytes(), 6)) for name in names)
    assert packed < 0.45 * sum((FOLDER / name).stat().st_size for name in names)


@pytest.mark.parametrize("path", ["/static/none.js", "/static/../index.html", "/static/js/"])
def test_what_is_no_file_of_streamlits_goes_on(client, path):
    assert client.get(path).status_code == 404


def test_who_cannot_unpack_is_not_sent_packed_files(client):
    name = re.findall(r"\./static/(js/[^\"]+\.js)", INDEX.read_text())[0]
    assert client.get(f"/static/{name}", headers=PLAIN).status_code == 404  # Streamlit's to answer
