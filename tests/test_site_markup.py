"""Pages as markup: hostile texts, links, type."""

import json
import re
from dataclasses import replace

import pytest
from helpers import ROOT
from site_files import ADDRESS, Tags, is_page, tags

from geo import GeoError
from geo.model.views import View
from geo.model.wording import load_wording
from geo.publish.addresses import ATLAS
from geo.site.address import read_address, relative
from geo.site.era_page import render_era_page
from geo.site.frame import Map, Site
from geo.site.markup import Html, element, fill, link
from geo.site.overview import (
    render_atlas_page,
    render_first_page,
    render_lost_page,
    render_moved_page,
)
from geo.site.record_pages import render_data_page, render_sources_page


@pytest.mark.slow
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
            name: replace(claim, statement=mark, finding=mark, views=(View(mark, mark, ()),))
            for name, claim in catalogue.claims.items()
        },
        sources={
            name: replace(
                source, title=mark, citation=mark, url="javascript:alert(1)", locator=mark, doi=mark
            )
            for name, source in catalogue.sources.items()
        },
    )
    maps = {
        name: Map(name, *[mark] * 4, "assets/card.png") for name in (ATLAS, *(e.id for e in eras))
    }
    hostile = Site(changed, load_wording(), read_address(ADDRESS), "x.css", "x.png", maps)
    features = [{**feature, "title": mark, "when": mark} for feature in payload["features"]]
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
        render_moved_page(hostile, "old-id", eras[0].id),
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


def test_a_former_id_has_a_page_that_leads_on(catalogue):
    era = catalogue.eras[1]
    maps = {
        name: Map(name, "Title", "1907", "About", "Alt", "assets/card.png")
        for name in (ATLAS, *(era.id for era in catalogue.eras))
    }
    site = Site(catalogue, load_wording(), read_address(ADDRESS), "x.css", "x.png", maps)
    text = site.render(render_moved_page(site, "old-id", era.id))
    assert f'<meta http-equiv="refresh" content="0; url=../{era.id}/">' in text
    assert f'<link rel="canonical" href="{ADDRESS}{era.id}/">' in text
    assert f'<a href="../{era.id}/">Title (1907)</a>' in text


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
    # Families come from the symbology alone.
    assert not [style for style in styles if re.search(r"--(?:serif|sans):", style)]
