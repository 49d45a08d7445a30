"""The app's script, without a browser: Streamlit's own test driver, and the server's routes."""

import gzip
import json
import re
from html import escape

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from geo.app import library as library_module
from geo.app import records
from geo.app.library import open_library, read_library
from geo.app.server import ROUTES
from geo.model.catalogue import load_catalogue


@pytest.fixture
def atlas():
    return AppTest.from_file("../geo/app/main.py", default_timeout=60)


def sent(test):
    """What the page hands to the map host."""
    (host,) = test.get("bidi_component")
    told = json.loads(host.proto.json)
    # The map is told by a list, which is short.
    names = ("era", "revision", "document")
    return dict(zip(names, told, strict=False)) if isinstance(told, list) else told


def test_the_slider_reaches_every_era(atlas, catalogue):
    atlas.run()
    assert not atlas.exception
    assert len(atlas.select_slider) == 1
    for revision, era in enumerate(catalogue.eras[1:], start=1):
        atlas.select_slider(key="era").set_value(era.id).run()
        assert not atlas.exception
        told = sent(atlas)
        assert told["era"] == era.id
        assert told["revision"] == revision


def test_the_address_opens_an_era_with_its_view_and_layers(atlas):
    atlas.query_params["era"] = "1946-withdrawal"
    atlas.query_params["layers"] = "crisis-1945-46~caspian"
    atlas.query_params["view"] = "37.5,46.2,7"
    atlas.run()
    told = sent(atlas)
    assert told["era"] == "1946-withdrawal"
    assert "layers=crisis-1945-46~caspian&view=37.5,46.2,7" in told["document"]
    assert told["document"].endswith("&gestures=greedy&slider=host")


@pytest.mark.parametrize("bad", ["1914", "<script>", "9" * 5000, "", "{{ 7 * 191 }}"])
def test_a_bad_address_falls_back(atlas, catalogue, bad):
    atlas.query_params["era"] = bad
    atlas.query_params["layers"] = bad
    atlas.run()
    assert not atlas.exception
    assert sent(atlas)["era"] == catalogue.eras[0].id


def test_the_document_opens_once_and_its_address_stays(atlas):
    atlas.run()
    before = sent(atlas)["document"]
    atlas.select_slider(key="era").set_value("1941-invasion").run()
    assert before.startswith("embed/")
    assert "document" not in sent(atlas)  # the frame is there by then


def shown_html(test, page):
    """The HTML that a page of the app shows, the style sheets aside."""
    test.run()
    test.switch_page(page).run()
    assert not test.exception
    (block,) = [block for block in test.get("html") if 'class="record"' in block.proto.body]
    return block.proto.body


def test_the_sources_page_leads_both_ways(atlas, catalogue):
    text = shown_html(atlas, "sources_page.py")
    for claim in catalogue.claims.values():
        assert f'id="{claim.id}"' in text
        assert escape(claim.statement) in text
        assert escape(claim.finding) in text
    for paragraph in catalogue.paragraphs.values():
        assert f'id="{paragraph.id}"' in text
    for source in catalogue.sources.values():
        assert f'id="{source.id}"' in text
        assert not source.url or f'href="{escape(source.url)}"' in text
    # Claim to feature, and work to the features that cite it.
    assert 'href="./?era=1907-spheres&amp;select=sphere-russian-1907"' in text
    targets = set(re.findall(r"select=([a-z0-9-]+)", text))
    assert {name for claim in catalogue.claims.values() for name in claim.features} <= targets
    assert atlas.markdown == []


def test_the_data_page_has_every_layer_and_the_map(atlas, catalogue):
    text = shown_html(atlas, "data_page.py")
    for layer in catalogue.layers:
        assert f'href="./data/{layer.id}.geojson"' in text
    assert len(atlas.get("download_button")) == 1


HOSTILE = "![pix](https://evil.test/p.png) $x$ :red[r] <img src=https://evil.test/q.png> "


@pytest.mark.slow
def test_texts_of_the_sources_page_are_texts(atlas, damaged):
    path = damaged / "sources.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('citation = "', f'citation = "{HOSTILE}', 1), encoding="utf-8")
    records.forget()
    text = shown_html(atlas, "sources_page.py")
    records.forget()
    assert escape(HOSTILE).strip() in text
    assert "<img" not in text
    assert atlas.markdown == []


def embed_page(atlas, era="1907-spheres"):
    atlas.query_params["era"] = era
    atlas.context["url"] = "https://atlas.example/embed"
    atlas.run()
    atlas.switch_page("embed_page.py").run()
    assert not atlas.exception
    return atlas


def snippets(test):
    """Frame, frame with script, address, words."""
    return [block.value for block in test.code]


def test_the_embed_page_opens_with_the_readers_era(atlas, catalogue):
    frame, tall, address, words = snippets(embed_page(atlas))
    assert 'src="https://atlas.example/embed/latest/1907-spheres.html"' in frame
    assert "Two spheres and what lay between" in frame
    assert 'height="560"' in frame
    assert tall == f'{frame}\n<script src="https://atlas.example/embed.js" async></script>'
    assert address == "https://atlas.example/map/1907-spheres"
    assert words == catalogue.era("1907-spheres").alt
    told = sent(atlas)
    assert told["load"] == f"embed/{open_library().release}/1907-spheres.html?"


def test_what_is_chosen_stands_in_the_frame_to_copy(atlas):
    embed_page(atlas)
    atlas.button_group(key="embed_eras").set_value(["1946-withdrawal", "1907-spheres"]).run()
    assert "embed/latest/1907-spheres~1946-withdrawal.html" in snippets(atlas)[0]
    atlas.button_group(key="embed_ui").set_value("map").run()
    atlas.button_group(key="embed_theme").set_value("dark").run()
    assert "1907-spheres~1946-withdrawal.html?ui=map&amp;theme=dark" in snippets(atlas)[0]
    assert sent(atlas)["load"].endswith("1907-spheres~1946-withdrawal.html?ui=map&theme=dark")
    atlas.button_group(key="embed_sizing").set_value("pixels").run()
    atlas.number_input(key="embed_width").set_value(320).run()
    atlas.number_input(key="embed_height").set_value(400).run()
    frame = snippets(atlas)[0]
    assert 'width="320" height="400"' in frame
    assert (sent(atlas)["width"], sent(atlas)["height"]) == (320, 400)
    atlas.button_group(key="embed_eras").set_value([]).run()
    assert "embed/latest.html?" in snippets(atlas)[0]
    assert not atlas.exception


def test_layers_are_told_to_the_map_and_written_only_when_they_are_not_the_eras_own(atlas):
    embed_page(atlas)
    before = sent(atlas)
    atlas.button_group(key="embed_layers").set_value(["spheres-1907", "caspian"]).run()
    told = sent(atlas)
    assert "layers=spheres-1907~caspian" in snippets(atlas)[0]
    assert told["search"] == "?layers=spheres-1907~caspian&era=1907-spheres"
    assert told["revision"] == before["revision"] + 1
    assert told["load"] == before["load"]
    atlas.button_group(key="embed_layers").set_value([]).run()
    assert "?layers=&quot;" not in snippets(atlas)[0]
    assert 'html?layers="' in snippets(atlas)[0]
    atlas.button_group(key="embed_layers").set_value(["spheres-1907"]).run()
    assert "layers=" not in snippets(atlas)[0]


def test_where_the_preview_has_come_to_stands_in_the_frame_to_copy(atlas):
    embed_page(atlas)
    atlas.session_state["embed_search"] = {"view": "33.000,52.000,6", "era": "1946-withdrawal"}
    atlas.run()
    assert "1907-spheres.html?view=33.000,52.000,6" in snippets(atlas)[0]
    assert sent(atlas)["search"] == "?view=33.000,52.000,6&era=1907-spheres"


def test_a_language_is_no_choice_where_there_is_one(atlas):
    embed_page(atlas)
    assert "embed_lang" not in [group.key for group in atlas.button_group]


@pytest.fixture
def damaged(copy, monkeypatch):
    """The app on a copy of the layers that a test may break."""
    monkeypatch.setattr(library_module, "load_catalogue", lambda: load_catalogue(copy))
    read_library.cache_clear()
    yield copy / "layers"
    read_library.cache_clear()


def test_a_layer_that_cannot_be_read_is_named_and_the_others_show(atlas, damaged, catalogue):
    (damaged / "bushehr.geojson").write_text("{")
    atlas.run()
    assert not atlas.exception
    (warning,) = atlas.warning
    assert (
        warning.value
        == "The layer “Bushehr and nuclear research” could not be read and is left out."
    )
    assert sent(atlas)["era"] == catalogue.eras[0].id
    page = open_library().atlas.page.decode()
    assert "sphere-russian-1907" in page
    assert "site-bushehr-npp" not in page


def test_a_layer_without_a_file_is_left_out_of_the_data(atlas, damaged, client):
    (damaged / "bushehr.geojson").unlink()
    records.forget()
    text = shown_html(atlas, "data_page.py")
    records.forget()
    assert "caspian.geojson" in text
    assert "bushehr.geojson" not in text
    assert client.get("/data/bushehr.geojson").status_code == 404


@pytest.mark.slow
@pytest.mark.parametrize("name", ["coast", "world", "lakes", "rivers", "borders", "seas", "places"])
def test_a_layer_of_the_base_that_cannot_be_read_is_named_and_the_rest_shows(damaged, name):
    (damaged / "base" / f"{name}.geojson").write_text(
        '{"type":"FeatureCollection","features":[null]}'
    )
    library = open_library()
    title = library.catalogue.layer(f"base-{name}").title
    assert library.faults == (f"The layer “{title}” could not be read and is left out.",)
    assert "sphere-russian-1907" in library.atlas.page.decode()


def test_a_catalogue_that_cannot_be_read_is_said_plainly(atlas, damaged):
    (damaged / "catalogue.toml").write_text("title = ")
    atlas.run()
    assert not atlas.exception
    assert "base map or its catalogue could not be read" in atlas.error[0].value


def test_a_broken_base_is_said_plainly(atlas, damaged):
    (damaged / "base" / "land.geojson").unlink()
    atlas.run()
    assert not atlas.exception
    (error,) = atlas.error
    assert "base map or its catalogue could not be read" in error.value
    assert str(damaged) not in error.value


@pytest.fixture(scope="module")
def client():
    with TestClient(Starlette(routes=ROUTES)) as test:
        yield test


def test_the_document_is_served_for_ever_under_its_contents_name(client):
    document = open_library().atlas
    answer = client.get(f"/embed/{document.name}")
    assert answer.status_code == 200
    assert answer.content == document.page
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-security-policy"] == "frame-ancestors *"
    assert answer.headers["x-content-type-options"] == "nosniff"
    plain = client.get(f"/embed/{document.name}", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(document.packed) == plain.content


def test_other_names_are_not_found(client):
    assert client.get("/embed/none.html").status_code == 404
    assert client.get("/host/none.js").status_code == 404
    assert client.get("/data/none.geojson").status_code == 404
    assert client.get("/data/..%2f..%2fpyproject.toml.geojson").status_code == 404


def test_layers_are_served_as_they_are(client, catalogue):
    for layer in catalogue.layers:
        answer = client.get(f"/data/{layer.id}.geojson")
        assert answer.headers["content-type"].startswith("application/geo+json")
        assert answer.content == catalogue.path(layer).read_bytes()


def test_health_says_the_version(client):
    assert client.get("/health").json()["status"] == "ok"
