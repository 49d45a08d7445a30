"""The static site in a real browser, at the address it was made for: nothing leaves it."""

import json
import re

import pytest
from helpers import READY
from site_files import ADDRESS, ERA, address_of, filter_like_wordpress, is_page

from geo import __version__


def shown_map(page):
    """Return the document in the page's frame, once it has started."""
    frame = page.frame_locator("iframe")
    frame.locator(READY).wait_for(state="attached")
    return frame


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_era_shows_its_map_and_asks_nobody_else(visit, catalogue, theme):
    found = visit(f"{ERA}/", color_scheme=theme)
    frame = shown_map(found.page)
    assert frame.locator("#era-title").inner_text() == catalogue.era(ERA).title
    assert any(f"{ERA}-map-{theme}" in file for file in found.loaded)
    picture = found.page.locator("figure.live img").bounding_box()
    assert picture == pytest.approx(found.page.locator("figure.live iframe").bounding_box(), abs=2)
    assert found.strangers == []
    assert found.errors == []


def test_all_eras_load_when_the_reader_opens_them(visit, catalogue):
    found = visit("atlas/")
    found.page.wait_for_load_state("networkidle")
    assert not [file for file in found.loaded if file.startswith("v/")]
    found.page.focus("details summary")
    found.page.keyboard.press("Enter")
    frame = shown_map(found.page)
    frame.locator("#era-next").click()
    frame.locator(f"html[data-atlas-era='{catalogue.eras[1].id}']").wait_for(state="attached")
    assert f"v/{__version__}/atlas.html" in found.loaded
    assert (found.strangers, found.errors) == ([], [])


def test_the_keyboard_leads_from_the_gallery_to_an_era_and_on(visit, site_catalogue):
    first, second, *_ = site_catalogue.eras
    found = visit("")
    found.page.keyboard.press("Tab")
    assert found.page.evaluate("document.activeElement.className") == "skip"
    found.page.locator(".gallery a").first.focus()
    found.page.keyboard.press("Enter")
    found.page.wait_for_url(f"{ADDRESS}{first.id}/")
    found.page.locator("a[rel=next]").click()
    found.page.wait_for_url(f"{ADDRESS}{second.id}/")
    assert found.page.locator("h1").inner_text() == second.title
    assert (found.strangers, found.errors) == ([], [])


@pytest.mark.slow
def test_no_page_is_wider_than_its_window(visit, site):
    """What a frame shows makes no page wider: each is given the size that its page says."""
    files = {path: b"" if path.startswith("v/") else content for path, content in site.items()}
    found = visit("404.html", files=files, java_script_enabled=False)
    for path in filter(is_page, site):
        if 'http-equiv="refresh"' in str(site[path]):  # leads on to an era's page
            continue
        found.page.goto(address_of(path))
        assert found.page.locator("h1").is_visible()
        for width in (280, 390, 1280):
            found.page.set_viewport_size({"width": width, "height": 800})
            assert found.page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert (found.strangers, found.errors) == ([], [])


def test_what_is_not_there_gets_our_page_with_its_style(visit):
    found = visit("nowhere/at/all/")
    assert found.page.locator("h1").evaluate("node => getComputedStyle(node).fontWeight") == "600"
    found.page.locator("main a").click()
    found.page.wait_for_url(ADDRESS)
    assert found.strangers == []


def test_the_oembed_markup_works_as_wordpress_puts_it_into_a_post(visit, site):
    """WordPress filters the markup, then adds sandbox, security and a secret to it."""
    html = filter_like_wordpress(json.loads(site[f"oembed/{ERA}.json"])["html"])
    secret = "Xk3fP0aQz9"
    source = f"{ADDRESS}v/{__version__}/{ERA}.html"
    assert f'src="{source}"' in html
    post = html.replace(
        f'<iframe src="{source}"',
        f'<iframe sandbox="allow-scripts" security="restricted" src="{source}#?secret={secret}" '
        f'data-secret="{secret}"',
    ).replace("<blockquote>", f'<blockquote data-secret="{secret}">')
    page = f"<!doctype html><title>Post</title>{post}".encode()
    found = visit("post.html", files={**site, "post.html": page})
    frame = shown_map(found.page)
    frame.locator(f"html[data-atlas-era='{ERA}']").wait_for(state="attached")
    # A post's column is narrow: the list is in the drawer.
    frame.locator("[data-row]").first.dispatch_event("click")
    frame.locator("#card").wait_for()
    assert set(found.loaded) == {"post.html", f"v/{__version__}/{ERA}.html"}
    assert (found.strangers, found.errors) == ([], [])


def test_the_frames_to_copy_work_in_an_article(visit, site):
    found = visit(f"{ERA}/", java_script_enabled=False)
    frame, tall, address = found.page.locator(".snippet").all_text_contents()
    assert address == f"{ADDRESS}{ERA}/"
    for name, snippet in (("plain", frame), ("tall", tall)):
        page = f"<!doctype html><title>Article</title>{snippet}".encode()
        article = visit(f"{name}.html", files={**site, f"{name}.html": page})
        shown_map(article.page)
        expected = {f"{name}.html", f"v/{__version__}/{ERA}.html"}
        card = re.search(rf"assets/{ERA}-card\.\w+\.png", snippet)[0]
        expected |= {card, *(["embed.js"] if snippet is tall else [])}
        assert set(article.loaded) == expected
        assert (article.strangers, article.errors) == ([], [])
