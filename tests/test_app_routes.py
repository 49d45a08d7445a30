"""What the app gives to those who share a map: oEmbed, cards, pages; and what it refuses."""

import json
import re
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from helpers import with_blanks_at_line_ends
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.app import embed_routes, share_routes
from geo.app.addresses import find_shown, read_parameters, trim_place
from geo.app.library import open_library
from geo.app.server import ROUTES
from geo.errors import GeoError

ERA = "1907-spheres"
HOST = "http://testserver/"


@pytest.fixture(scope="module")
def client():
    with TestClient(Starlette(routes=ROUTES), follow_redirects=False) as test:
        yield test


def ask(client, url, **more):
    query = "&".join(f"{name}={quote(str(value))}" for name, value in more.items())
    return client.get(f"/oembed?url={quote(url, safe='')}&{query}")


def tags(markup):
    found = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag, attributes):
            found.append((tag, dict(attributes)))

    Parser(convert_charrefs=True).feed(markup)
    return found


def test_oembed_answers_for_the_app_its_pages_and_its_documents(client):
    release = open_library().release
    one = f"{HOST}embed/latest/{ERA}.html"
    for url, framed in {
        f"{HOST}?era={ERA}": one,
        f"{HOST}map/{ERA}": one,
        f"{HOST}embed/{release}/{ERA}.html": one,
        f"https://testserver/embed/latest/{ERA}.html": one,
        f"{HOST}map/{ERA}?view=33.5,52,6&theme=dark": f"{one}?view=33.5,52,6&theme=dark",
        HOST: f"{HOST}embed/latest.html",
        f"{HOST}map/atlas": f"{HOST}embed/latest.html",
        f"{HOST}embed/{release}.html?era={ERA}": f"{HOST}embed/latest.html?era={ERA}",
        f"{HOST}embed/latest/1946-withdrawal~{ERA}.html": (
            f"{HOST}embed/latest/{ERA}~1946-withdrawal.html"
        ),
        f"{HOST}?era={ERA}&compare=1946-withdrawal": (
            f"{HOST}embed/latest/{ERA}~1946-withdrawal.html?era={ERA}&compare=1946-withdrawal"
        ),
    }.items():
        answer = ask(client, url)
        assert answer.status_code == 200, url
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["x-content-type-options"] == "nosniff"
        said = answer.json()
        assert (said["version"], said["type"]) == ("1.0", "rich")
        assert dict(tags(said["html"]))["iframe"]["src"] == framed


def test_what_oembed_names_is_there(client):
    said = ask(client, f"{HOST}?era={ERA}").json()
    names = [name for name, _ in tags(said["html"])]
    assert names == ["blockquote", "a", "iframe"]
    page = dict(tags(said["html"]))["a"]["href"]
    assert client.get(page.removeprefix(HOST)).status_code == 200
    picture = client.get(f"/{said['thumbnail_url'].removeprefix(HOST)}")
    assert picture.headers["content-type"] == "image/png"
    size = Image.open(BytesIO(picture.content)).size
    assert size == (said["thumbnail_width"], said["thumbnail_height"]) == (1200, 630)
    assert said["title"].startswith("Iran and Russia: Two spheres")


def test_oembed_keeps_to_the_size_that_was_asked(client):
    said = ask(client, HOST, maxwidth=400, maxheight=300).json()
    assert (said["width"], said["height"]) == (400, 300)
    assert not any(key.startswith("thumbnail") for key in said)
    said = ask(client, HOST, maxwidth=2000, maxheight=2000).json()
    assert (said["width"], said["height"]) == (800, 560)
    assert "thumbnail_url" in said


@pytest.mark.parametrize("bad", ["", "0", "-5", "wide", "1e3", "400.5", "9" * 30, "４００"])
def test_a_size_that_is_no_number_of_pixels_is_not_one(client, bad):
    said = ask(client, HOST, maxwidth=bad, maxheight=bad).json()
    assert (said["width"], said["height"]) == (800, 560)


def test_oembed_refuses_other_formats_and_other_maps(client):
    assert ask(client, HOST, format="xml").status_code == 501
    assert client.get("/oembed").status_code == 400
    assert client.get("/oembed?url=").status_code == 400
    for url in (
        "https://elsewhere.example/?era=1907-spheres",
        f"{HOST}?era=1914",
        f"{HOST}map/1914",
        f"{HOST}map/../map/{ERA}",
        f"{HOST}embed/latest/1914.html",
        f"{HOST}embed/latest/{ERA}.css",
        f"{HOST}sources",
        "http://testserver:8080/",
        "http://user@testserver/",
        "http://[::1",
        "javascript:alert(1)",
        "not an address",
        HOST + "?x=" + "9" * 7000,
    ):
        answer = ask(client, url)
        assert answer.status_code == 404, url
        assert answer.text == "no such map"
    assert ask(client, HOST + "?x=" + "9" * 13_000).status_code == 414


def test_the_scheme_and_host_are_those_that_were_asked(client):
    answer = client.get(
        f"/oembed?url=https://atlas.example/map/{ERA}", headers={"host": "atlas.example"}
    )
    assert answer.json()["provider_url"] == "http://atlas.example/"


@pytest.mark.parametrize(
    "host", ['a"><script>alert(1)</script>', "a b", "a/../b", "a?x", "[::1", ""]
)
def test_a_host_that_is_none_is_not_repeated(client, host):
    for path in ("/oembed?url=http://testserver/", f"/map/{ERA}", "/sitemap.xml"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 400
        assert answer.text == "the host cannot be read"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["atlas", ERA, f"{ERA}~1946-withdrawal"])
def test_a_maps_page_has_what_previews_and_crawlers_read(client, name, catalogue):
    answer = client.get(f"/map/{name}?view=33,52,6&era=%22%3E%3Cscript%3E&x=%3Cb%3E")
    assert answer.status_code == 200
    assert "<script>" not in answer.text.replace('<script type="application/ld+json">', "")
    assert "<b>" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    found = tags(answer.text)
    meta = {item.get("property"): item.get("content") for tag, item in found if tag == "meta"}
    assert meta["og:url"] == f"{HOST}map/{name}"
    assert meta["og:image"].startswith(f"{HOST}card/{name}.png?v=")
    assert meta["og:title"]
    assert meta["og:description"]
    (oembed,) = [item for tag, item in found if item.get("type") == "application/json+oembed"]
    said = client.get(oembed["href"].removeprefix(HOST[:-1])).json()
    assert parse_qs(urlsplit(oembed["href"]).query)["url"] == [f"{HOST}map/{name}?view=33,52,6"]
    assert "view=33,52,6" in said["html"]
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', answer.text)[1])
    assert data["url"] == meta["og:url"]
    frame = dict(found)["iframe"]
    assert "same-origin" not in frame["sandbox"]
    assert client.get(f"/map/{frame['src']}").status_code == 200
    pages = {item["href"] for tag, item in found if tag == "a"}
    assert {era.id for era in catalogue.eras} <= pages
    assert any(page.startswith("../?") and "view=33,52,6" in page for page in pages)


def test_a_map_of_some_eras_has_one_page(client):
    answer = client.get(f"/map/1946-withdrawal~{ERA}?view=33,52,6")
    assert answer.status_code == 307
    assert answer.headers["location"] == f"{ERA}~1946-withdrawal?view=33,52,6"


def test_a_fault_of_ours_is_not_told(client, monkeypatch, capsys):
    def broken(*_):
        raise GeoError("/home/atlas/layers/base/land.geojson: cannot be read")

    for module in (embed_routes, share_routes):
        monkeypatch.setattr(module, "open_library", broken)
    for path in ("/embed/latest.html", f"/map/{ERA}", f"/card/{ERA}.png", "/sitemap.xml"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.text == "the atlas cannot be shown"
    assert "land.geojson" in capsys.readouterr().out


def test_the_list_of_pages_leads_to_each_and_the_folder_to_all(client, catalogue):
    addresses = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").text)
    assert len(addresses) == len(catalogue.eras) + 1
    for address in addresses:
        assert client.get(address.removeprefix(HOST[:-1])).status_code == 200
    for path in ("/map", "/map/"):
        assert client.get(path, follow_redirects=True).url.path == "/map/atlas"


def test_unknown_maps_and_cards_are_not_found(client):
    for path in ("/map/1914", "/card/1914.png", "/card/...png"):
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code == 404
    for path in ("/map/..%2f..%2fpyproject.toml", "/card/..%2f1907-spheres.png"):
        assert client.get(path).status_code == 404
    for path in ("/map/1914", "/card/1914.png"):
        assert client.get(path).headers["x-content-type-options"] == "nosniff"
    assert client.get(f"/map/{ERA}?x={'9' * 7000}").status_code == 414


def test_parameters_of_streamlit_and_odd_ones_are_nobodys():
    assert read_parameters("?view=33,-52.5,6&embed=true&a=%3Cb%3E&UI=map&layers=") == {
        "view": "33,-52.5,6",
        "layers": "",
    }
    assert read_parameters("view=" + "9" * 5000) == {}


def test_the_apps_address_is_read_without_its_page():
    assert trim_place("https://a.example:8501/embed", "embed") == "https://a.example:8501/"
    assert trim_place("https://a.example/x/embed?y#z", "embed") == "https://a.example/x/"
    assert trim_place("http://[::1]:8501", "embed") == "http://[::1]:8501/"
    for odd in ("", "javascript:alert(1)", 'http://a"b/', "http://a/<b>", "ftp://a/"):
        assert trim_place(odd, "embed") is None


def test_an_app_in_a_folder_knows_its_own(catalogue):
    place = "https://a.example/atlas/"
    assert find_shown(catalogue, f"{place}map/{ERA}", place).eras[0].id == ERA
    assert find_shown(catalogue, f"https://a.example/map/{ERA}", place) is None


@pytest.mark.parametrize(
    "path", [f"/map/{ERA}", f"/embed/latest/{ERA}.html", "/embed.js", "/sitemap.xml"]
)
def test_no_line_of_an_answer_ends_in_blanks(client, path):
    assert with_blanks_at_line_ends(client.get(path, follow_redirects=True).text) == []


def test_a_language_that_is_not_there_is_refused_in_one_message(client):
    wanted = {"url": f"{HOST}map/{ERA}?lang=xx"}
    for path, asked in ((f"/map/{ERA}", None), (f"/card/{ERA}.png", None), ("/oembed", wanted)):
        answer = client.get(path, params=asked or {"lang": "xx"})
        assert (answer.status_code, answer.text) == (404, "no such language; there are: en")
    assert client.get("/embed/latest.html?lang=xx", follow_redirects=True).status_code == 200
    assert "hreflang" not in client.get(f"/map/{ERA}").text
