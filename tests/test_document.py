"""The document as text: what may not be in it, whatever the data say."""

import base64
import gzip
import hashlib
import json
import re
import subprocess
import sys
from html import unescape

import pytest

from geo import build_map, load_catalogue, render_document
from geo.document.folium_map import UNSAID
from geo.model.features import Feature, select_features
from geo.payload.packing import to_inert_json

INLINE = re.compile(r"<(script|style)((?:\s[^>]*)?)>(.*?)</\1>", re.DOTALL)


ERAS = [era.id for era in load_catalogue().eras]


def test_it_is_small(page):
    assert len(gzip.compress(page.encode(), 9, mtime=0)) <= 474_000


def test_an_atlas_whose_layers_cannot_be_read_is_its_base_map(catalogue):
    page = render_document(build_map(catalogue, [], eras=[catalogue.era("1907-spheres")]))
    assert "Two spheres and what lay between" in page


def test_nothing_in_it_asks_for_anything(page):
    markup = INLINE.sub("", page)
    assert not re.search(r'\s(?:src|srcset|href|data|action|poster)="(?!data:|#)', markup)
    for kind, _, text in INLINE.findall(page):
        if kind == "style":
            assert not re.search(r"url\((?!#|data:)", text)
            assert "@import" not in text
    assert "sourceMappingURL" not in page


def test_only_our_scripts_and_styles_may_run(page):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page).group(1)
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    for name in ("default-src", "connect-src", "object-src", "base-uri", "form-action"):
        assert directives[name] == "'none'"
    assert directives["font-src"] == "data:"
    assert "unsafe" not in policy
    for kind in ("script", "style"):
        texts = [
            text
            for name, attributes, text in INLINE.findall(page)
            if name == kind and "json" not in attributes
        ]
        hashes = {
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
            for text in texts
        }
        assert hashes == set(directives[f"{kind}-src"].split())
    assert page.index("Content-Security-Policy") < page.index("<title>")
    assert not re.search(r"<[^>]+\son\w+=", INLINE.sub("", page))
    assert not re.search(r'<[^>]+\sstyle="', INLINE.sub("", page))


def test_the_same_catalogue_gives_the_same_bytes(catalogue, features, page):
    assert render_document(build_map(catalogue, features)) == page


def test_another_process_gives_the_same_bytes(page, tmp_path):
    path = tmp_path / "atlas.html"
    command = [sys.executable, "-m", "geo", "export", "-o", str(path)]
    subprocess.run(command, check=True, capture_output=True, env={"PYTHONHASHSEED": "7"})
    assert path.read_text(encoding="utf-8") == page


def test_the_head_says_what_it_is(page, catalogue):
    assert '<html lang="en" dir="ltr" data-atlas-state="error"' in page
    assert f"<title>{catalogue.title}: {catalogue.subtitle}</title>" in unescape(page)
    assert '<meta property="og:title"' in page
    assert "user-scalable" not in page
    metadata = json.loads(re.search(r'application/ld\+json">(.*?)</script>', page).group(1))
    assert metadata["@type"] == "Map"
    first, last = catalogue.eras[0], catalogue.eras[-1]
    assert metadata["temporalCoverage"] == f"{first.begin}/{last.end}"


def test_without_script_the_first_era_is_there(page, catalogue, features):
    era = catalogue.eras[0]
    header = re.search(r'<h1 id="era-title">.*?</header>', page, re.DOTALL).group()
    assert all(text in unescape(header) for text in (era.title, era.dates, era.caption))
    shown = [feature for feature in select_features(features, era) if feature.layer in era.layers]
    picture, rest = page.split('<svg id="picture"')[1].split("</svg>\n", 1)
    listed = re.search(r"<ul>(.*?)</ul>", rest, re.DOTALL).group(1)
    assert listed.count("<li>") == len(shown) > 10
    drawn = re.findall(r'data-id="([^"]*)"', picture)
    assert sorted(drawn) == sorted(feature.id for feature in shown if feature.geometry)
    # Its colours are the page's, with light ones for where the page has no style sheet.
    fixed = re.sub(r'&#\w+;|url\(#[^)]*\)|href="#[^"]*"|var\(--[\w-]+,#[0-9a-f]{6}\)', "", picture)
    assert "#" not in fixed
    assert "<text" in picture


def test_it_is_ascii_with_all_its_names(page, payload):
    assert page.isascii()
    assert any(not feature["title"].isascii() for feature in payload["features"])
    data = re.search(r'id="atlas-data">(.*?)</script>', page, re.DOTALL).group(1)
    titles = [feature["title"] for feature in payload["features"]]
    assert json.loads(data)["features"]["title"] == titles


MARKS = [
    "{{ 7 * 191 }}",
    "{% raw %}{{ 7 * 191 }}{% endraw %}",
    "{# note",
    "{{",
    "${7 * 191}",
    "`",
    "</script><script>document.title = 1337</script>",
    "<img src=x onerror=alert(1)>",
    "'\"><b>",
    "\u2028\u2029",
    "$title",
    "__proto__",
]


@pytest.mark.slow
@pytest.mark.parametrize("mark", MARKS)
def test_data_stay_data_wherever_they_stand(catalogue, features, mark):
    sphere = next(feature for feature in features if feature.id == "sphere-russian-1907")
    own = dict(sphere.properties)
    hostile = {
        **own,
        **dict.fromkeys(("title", "label", "note", "dispute"), mark),
        "figures": [mark],
        "history": [{"on": "1907", "text": mark}],
        mark: mark,
    }
    others = [feature for feature in features if feature is not sphere]
    changed = [*others, Feature(sphere.layer, sphere.geometry, hostile)]
    eras = [catalogue.era("1907-spheres")]
    page = render_document(build_map(catalogue, changed, eras=eras))
    block = re.search(r'id="atlas-data">(.*?)</script>', page, re.DOTALL).group(1)
    columns = json.loads(block)["features"]
    number = columns["id"].index(sphere.id)
    assert columns["title"][number] == columns["note"][number] == mark
    assert "<script>document.title" not in page
    assert str(7 * 191) not in INLINE.sub("", page).replace("= 1337&lt;", "")
    scripts = [
        text
        for name, attributes, text in INLINE.findall(page)
        if name == "script" and "json" not in attributes
    ]
    assert len(scripts) == 4
    assert all(mark not in text or mark in ("{{", "`", "__proto__") for text in scripts)


def test_folium_can_save_the_same_map(catalogue, features, payload, tmp_path):
    path = tmp_path / "folium.html"
    build_map(catalogue, features).save(str(path))
    text = path.read_text(encoding="utf-8")
    texts = {name: text for name, text in payload["ui"].items() if name not in UNSAID}
    assert to_inert_json({**payload, "ui": texts}) in text
    assert "startAtlas(L, map_atlas)" in text
    assert "leaflet@1.9.3" in text  # the version that the document inlines
