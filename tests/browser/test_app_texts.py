"""Texts of the atlas in the app are texts: no page takes them for Markdown, formulas or HTML."""

import tomllib

import pytest
from hostile import to_toml
from servers import copied, free_port, ready, server, slider

from geo import load_catalogue

WORD_JOINER = "\u2060"

STRINGS = [
    "![p](http://outside.test/x.png)",
    "![p](//outside.test/x.png 'title')",
    "[![p](http://outside.test/x.png)](http://outside.test/)",
    "[a link](http://outside.test/)",
    "<http://outside.test/>",
    "see http://outside.test/ and www.outside.test, a@outside.test",
    "a$x^2$b",
    "$$\\frac{1}{2}$$",
    ":material/home:",
    ":red[red] :blue-background[b] :small[s]",
    ":smile: :+1: :streamlit:",
    "<b>bold</b><img src=//outside.test/x.png>",
    "<style>*{display:none}</style>",
    "&lt;i&gt; &amp; &#58;red[x]",
    "**strong** _weak_ ~~gone~~ `code` ==mark==",
    "a -> b <- c -- d >= e",
    "# head",
    "1. one",
    "> quoted | a | b |",
    "[^1] [x][1] [ ] [x]",
    "back\\slash \\* \\$",
    ":color[x]{foreground=red}",
]


def numbered(strings):
    """Yield each string again and again, with another number each time."""
    count = 0
    while True:
        for string in strings:
            count += 1
            yield f"{string} {count}"


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory):
    """A copy of the app with such a string in each text that its pages show; and its catalogue."""
    folder = tmp_path_factory.mktemp("spoiled")
    layers = copied(folder)
    strings = numbered(STRINGS)

    def spoil(path, keys):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        for name, fields in keys.items():
            for entry in tables[name]:
                entry.update({field: next(strings) for field in fields if field in entry})
        path.write_text(to_toml(tables), encoding="utf-8")

    spoil(
        layers / "catalogue.toml",
        {"era": ["title", "label", "dates", "caption", "alt"], "layer": ["title", "description"]},
    )
    spoil(layers / "sources.toml", {"source": ["title", "producer", "citation", "locator"]})
    spoil(
        folder / "seeds" / "claims.toml",
        {"paragraph": ["subject"], "claim": ["statement", "finding", "not_mapped"]},
    )
    (layers / "bushehr.geojson").unlink()
    port = free_port()
    with server(port, folder):
        yield f"http://127.0.0.1:{port}/", load_catalogue(folder)


@pytest.fixture
def opened(open_page, spoiled):
    """Open a page of the app; what it asked for beyond it must be nothing."""
    address, catalogue = spoiled
    watches = []

    def open_at(path):
        page, watch = open_page(
            f"{address}{path}", allowed=(address, address.replace("http", "ws"))
        )
        watches.append(watch)
        return page, catalogue

    yield open_at
    for watch in watches:
        assert watch.requests == []
        assert watch.errors == []  # the policy refuses pictures of other hosts, and says so


def texts_of(locator):
    return [" ".join(text.replace(WORD_JOINER, "").split()) for text in locator.all_inner_texts()]


def plain(texts):
    return [" ".join(text.split()) for text in texts]


@pytest.mark.slow
def test_the_page_of_sources_shows_every_text_letter_by_letter(opened):
    page, catalogue = opened("sources")
    page.locator(".record h2").first.wait_for()
    (text,) = texts_of(page.locator(".record"))
    shown = [
        *(paragraph.subject for paragraph in catalogue.paragraphs.values()),
        *(claim.statement for claim in catalogue.claims.values()),
        *(claim.finding for claim in catalogue.claims.values() if claim.finding),
        *(source.citation for source in catalogue.sources.values()),
    ]
    assert len(shown) > 100
    assert [each for each in plain(shown) if each not in text] == []
    assert page.locator(".record :is(img, b, i, em, del, math, .katex)").count() == 0
    assert page.locator(".record a[href*='outside.test']").count() == 0


@pytest.mark.slow
def test_the_page_of_data_shows_every_text_letter_by_letter(opened):
    page, catalogue = opened("data")
    page.locator(".record").wait_for()
    (text,) = texts_of(page.locator(".record"))
    assert "bushehr.geojson" not in page.content()  # there is no such file
    titles = plain(layer.title for layer in catalogue.layers if layer.id != "bushehr")
    assert [each for each in titles if each not in text] == []


@pytest.mark.slow
def test_slider_and_warnings_show_texts_letter_by_letter(opened):
    page, catalogue = opened("sources?lang=![x](//outside.test/x)")
    warning = page.locator("[data-testid=stAlert]")
    warning.wait_for()
    assert "![x](//outside.test/x)" in texts_of(warning)[0]
    page, _ = opened("")
    inner = ready(page)
    warning = page.locator("[data-testid=stAlert]")
    warning.wait_for()
    assert plain([catalogue.layer("bushehr").title])[0] in texts_of(warning)[0]
    slider(page).focus()
    for number, era in enumerate(catalogue.eras):
        if number:
            page.keyboard.press("ArrowRight")
        inner.locator(f"html[data-atlas-era='{era.id}']").wait_for(state="attached")
        assert texts_of(page.locator("[data-testid=stSliderThumbValue]")) == plain([era.label])


def test_the_embed_page_shows_every_text_letter_by_letter(opened):
    page, catalogue = opened("embed?era=1907-spheres")
    pills = page.locator(".st-key-embed_eras button[data-variant=pills]")
    pills.nth(len(catalogue.eras) - 1).wait_for()
    assert texts_of(pills) == plain(era.label for era in catalogue.eras)
    page.get_by_role("button", name="Layers").first.click()
    offered = page.locator(".st-key-embed_layers button[data-variant=pills]")
    offered.first.wait_for()
    titles = plain(layer.title for layer in catalogue.layers)
    assert set(texts_of(offered)) <= set(titles)
    assert offered.count() > 3
    page.keyboard.press("Escape")
    era = catalogue.era("1907-spheres")
    for tab in ("Files", "In words"):
        page.get_by_role("tab", name=tab).click()
        caption = page.locator("[data-testid=stCaptionContainer]:visible")
        caption.filter(has_text=era.title.split()[-1]).first.wait_for()
        assert any(plain([era.title])[0] in text for text in texts_of(caption))
