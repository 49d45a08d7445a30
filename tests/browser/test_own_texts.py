"""An author's own texts and points on a map, its report of faults, its About box."""

import json
import re
from urllib.parse import quote, urlencode

import pytest
from helpers import LISTED, PHONE, READY

from geo import build_map, load_catalogue, render_document

CATALOGUE = load_catalogue()
ERA = CATALOGUE.era("1941-invasion")
HOSTILE = "A <b>bold</b> & “own” title </script><img src=x onerror=document.title='ran'>"
POINTS = "35.70,51.42,1941-08-28,Here they met~33.5,48.4,,Always here"


def asked(**parameters):
    return f"?{urlencode(parameters, safe=',~', quote_via=quote)}"


def visible_ids(page):
    return set(
        page.eval_on_selector_all(
            ".now .f:not([display=none])", "parts => parts.map((part) => part.dataset.id)"
        )
    )


def test_a_credit_without_a_stop_gets_one(atlas):
    page = atlas(asked(era=ERA.id, caption="Mine.", credit="Map: The Daily Example"))
    assert page.inner_text("#attribution").startswith("Map: The Daily Example. Added where")


def test_title_caption_and_credit_are_the_authors_and_the_map_says_so(atlas):
    page = atlas(asked(era=ERA.id, title=HOSTILE, caption="My caption.", credit="Map: Me."))
    assert page.inner_text("#era-title") == HOSTILE
    assert page.inner_text("#era-caption") == "My caption."
    assert page.inner_text("#era-dates") == f"{ERA.title}, {ERA.dates}"
    credit = page.inner_text("#attribution")
    assert credit.startswith(
        "Map: Me. Added where this map is shown, not of the atlas: title, caption."
    )
    assert CATALOGUE.attribution in credit
    assert page.title().startswith(HOSTILE)
    assert page.locator(".panel b, .panel img").count() == 0
    page.focus("#era-slider")
    page.keyboard.press("ArrowRight")
    later = CATALOGUE.eras[CATALOGUE.eras.index(ERA) + 1]
    page.wait_for_function(
        "text => document.getElementById('era-dates').textContent.startsWith(text)",
        arg=later.title,
    )
    assert page.inner_text("#era-title") == HOSTILE
    assert page.watch.errors == []
    assert page.watch.requests == []


def test_own_points_are_on_map_list_legend_and_have_a_card(atlas):
    page = atlas(asked(era=ERA.id, points=POINTS))
    page.wait_for_selector("[data-row=added-1]")
    assert {"added-1", "added-2"} <= visible_ids(page)
    page.locator(".now text", has_text="Here they met").first.wait_for(state="attached")
    assert "Added to this map" in page.inner_text("#legend")
    assert page.text_content("[data-row=added-1] .row-when") == "28 August 1941"
    page.locator("[data-row=added-1]").dispatch_event("click")
    page.wait_for_selector("#card:visible")
    card = page.inner_text("#card")
    assert "Here they met" in card
    assert "not of the atlas" in card
    assert "Something wrong?" not in card
    page.focus("#era-slider")
    page.keyboard.press("Home")
    page.wait_for_selector("[data-row=added-1]", state="detached")
    assert page.locator("[data-row=added-2]").count() == 1
    assert page.watch.errors == []


def test_own_points_stay_when_an_address_or_a_host_names_layers(atlas):
    page = atlas(asked(era=ERA.id, points=POINTS, layers="invasion-1941", actor="britain"))
    page.wait_for_selector("[data-row=added-1]")
    assert {"added-1", "added-2"} <= visible_ids(page)


PARTS = {
    "zoom": ".leaflet-control-zoom",
    "whole": "#whole",
    "measure": ".leaflet-bar.measure",
    "search": "#search",
    "filter": "#filter",
    "share": "#share",
    "legend": "#legend",
    "layers": "#layers",
    "list": "#features",
}


def test_all_parts_are_there_as_soon_as_the_lists_are(atlas):
    page = atlas()
    assert [part for part, seen in PARTS.items() if not page.is_visible(seen)] == []


@pytest.mark.parametrize(("part", "seen"), PARTS.items())
def test_parts_can_be_left_out_one_by_one(atlas, part, seen):
    page = atlas(f"?hide={part}~nothing")
    assert page.is_hidden(seen)
    assert "There is no part “nothing” to hide" in page.inner_text("#notice")
    assert page.locator(".now .f").count() > 0


def test_a_link_to_the_map_brings_all_of_it_along(atlas):
    page = atlas(asked(era=ERA.id, title="Own & own", points=POINTS))
    page.wait_for_selector("[data-row=added-1]")
    page.click("#share")
    link = page.input_value("#share-link")
    again = atlas(f"?{link.partition('?')[2]}")
    again.wait_for_selector("[data-row=added-1]")
    assert again.inner_text("#era-title") == "Own & own"
    assert again.locator("#notice:visible").count() == 0


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"points": "99,51,1941,Here"}, "The point “99,51,1941,Here” cannot be read"),
        ({"points": "35,51,1700,Here"}, "The point “Here” (1700) is in no era shown here."),
        ({"title": "x" * 200}, "The title has 200 characters; the first 120 are shown."),
        ({"only": "nothing"}, "Features to show: nothing here has “nothing”."),
        ({"kind": "what~ever"}, "Kind: nothing here has “ever”."),
    ],
)
def test_what_is_strange_is_named_and_the_rest_shows(atlas, parameters, said):
    page = atlas(asked(**parameters))
    assert said in page.inner_text("#notice")
    assert page.locator(".now .f").count() > 0


def test_some_features_actors_and_kinds_alone(atlas, by_id):
    page = atlas(asked(era=ERA.id, actor="britain~us"))
    assert {by_id[name].properties["actor"] for name in visible_ids(page)} <= {"britain", "us"}
    some = sorted(visible_ids(page))[:2]
    assert len(some) == 2
    assert page.input_value("#filter-actor") == "britain~us"
    chosen = page.locator("#filter-actor option:checked").inner_text()
    assert "Britain" in chosen or "British" in chosen
    page = atlas(asked(era=ERA.id, only="~".join(some)))
    assert visible_ids(page) == set(some)
    page.click("#filter button")
    page.wait_for_function("() => document.querySelectorAll('#features li').length > 2")


@pytest.mark.slow
def test_a_file_that_opens_so_does_and_can_be_undone(open_page, catalogue, features, tmp_path):
    path = tmp_path / "map.html"
    opening = {
        "title": "Four days",
        "points": POINTS,
        "actor": "britain",
        "view": "34.000,48.000,6",
        "day": "1941-08-28",
    }
    made = build_map(catalogue, features, eras=[ERA], opening=opening)
    path.write_text(render_document(made), encoding="utf-8")
    page, watch = open_page(path.as_uri())
    page.wait_for_selector(f"{READY} {LISTED}", state="attached")
    assert page.inner_text("#era-title") == "Four days"
    assert page.inner_text("#era-dates") == ERA.dates
    page.wait_for_selector("[data-row=added-1]")
    search = page.evaluate(
        "document.getElementById('share').click() || document.getElementById('share-link').value"
    )
    for part in ("view=34.000,48.000,6", "actor=britain", "day=1941-08-28", "title=Four%20days"):
        assert part in search
    page.keyboard.press("Escape")
    page.click("#filter summary >> visible=true") if page.is_hidden("#filter button") else None
    page.click("#filter button")
    page.click("#share")
    page.wait_for_selector(LISTED, state="attached")
    link = page.input_value("#share-link")
    assert "actor=&" in link  # it opens with one: that there is none has to be said
    again, _ = open_page(f"{path.as_uri()}?{link.partition('?')[2]}")
    again.wait_for_selector(f"{READY} {LISTED}", state="attached")
    assert again.locator("#notice:visible").count() == 0
    assert again.locator("#features li").count() == page.locator("#features li").count()
    assert watch.errors == []


def test_a_card_leads_to_its_data(atlas):
    page = atlas(
        "?era=1907-spheres&select=sphere-russian-1907",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page.wait_for_selector("#card:visible")
    page.click("#card .report summary")
    text = page.input_value("#card .report textarea")
    found = re.search(r"sphere-russian-1907: (\S+\.toml), line (\d+)", text)
    lines = (CATALOGUE.root / found[1]).read_text(encoding="utf-8").splitlines()
    assert lines[int(found[2]) - 1] == 'id = "sphere-russian-1907"'
    assert "version" in text
    assert "Sources: " in text
    page.click("#card .report button")
    page.wait_for_function(
        "() => document.querySelector('#card .report [role=status]').textContent === 'Copied.'"
    )
    assert page.evaluate("navigator.clipboard.readText()") == text


def test_every_feature_can_be_reported(page):
    data = json.loads(re.search(r'id="atlas-data">(.*?)</script>', page, re.DOTALL)[1])
    assert len(data["features"]["line"]) == len(data["features"]["id"])
    assert all(data["features"]["line"])


def test_the_about_box_names_all_that_is_inside(atlas):
    page = atlas(viewport=PHONE)
    page.click("#panel footer summary")
    text = page.inner_text("#panel footer")
    for part in (
        "Leaflet 1.9.3",
        "BSD 2-Clause",
        "Source Serif 4",
        "Source Sans 3",
        "Open Font License",
        "MIT",
        "CC BY 4.0",
    ):
        assert part in text
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_half_a_character_and_what_is_none_are_left_out(atlas):
    long = "x" * 119 + "😀"
    page = atlas(asked(era=ERA.id, title=long, caption="a\ufffeb\x0bc", points=f"35,51,,{long}"))
    assert page.inner_text("#era-title") == "x" * 119
    assert page.inner_text("#era-caption") == "a b c"
    page.focus("#era-slider")
    page.keyboard.press("ArrowRight")  # the address, which holds the texts, is written anew
    later = CATALOGUE.eras[CATALOGUE.eras.index(ERA) + 1]
    page.wait_for_selector(f"html[data-atlas-era='{later.id}']", state="attached")
    page.click("#share")
    assert "title=" in page.input_value("#share-link")
    assert page.watch.errors == []
