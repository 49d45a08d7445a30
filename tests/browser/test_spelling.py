"""The search knows what readers type: other languages, other letters, other spellings."""

import pytest
from helpers import READY

from geo import build_map, load_catalogue, load_features, render_document
from geo.assets import join_modules
from geo.model.features import Feature

CATALOGUE = load_catalogue()
FEATURES = load_features(CATALOGUE)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A document in which somebody is named in a note alone."""
    plain = next(item for item in FEATURES if item.id == "event-invasion-date-1941")
    own = {**plain.properties, "note": "Said in a note: Mosaddeq, oil of Baku."}
    features = [
        Feature(plain.layer, plain.geometry, own) if item is plain else item for item in FEATURES
    ]
    path = tmp_path_factory.mktemp("spelling") / "atlas.html"
    path.write_text(render_document(build_map(CATALOGUE, features)))
    return path.as_uri()


@pytest.fixture(scope="module")
def search(chromium, address):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(READY, state="attached")

    def find(query):
        page.fill("#search", query)
        titles = "options => options.map((option) => option.firstChild.textContent)"
        return page.eval_on_selector_all("#search-results:not([hidden]) [role=option]", titles)

    yield find
    context.close()


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("Rezaieh", "Urmia"),
        ("Rezaiyeh", "Urmia"),
        ("رضائیه", "Urmia"),
        ("Tabreez", "Tabriz"),
        ("Тавризъ", "Tabriz"),
        ("Təbriz", "Tabriz"),
        ("تبریز", "Tabriz"),
        ("تبريز", "Tabriz"),  # the Arabic ye
        ("Баку", "Baku"),
        ("Bakı", "Baku"),
        ("باکو", "Baku"),
        ("باكو", "Baku"),  # the Arabic kaf
        ("Тегеран", "Tehran"),
        ("Мешед", "Mashhad"),  # and not Babolsar, once Мешедессеръ
        ("طهران", "Tehran"),
        ("Recht", "Rasht"),
        ("Рештъ", "Rasht"),
        ("Решт", "Rasht"),
        ("رشت", "Rasht"),
        ("Mohammerah", "Khorramshahr"),
        ("Enseli", "Bandar-e Anzali"),
        ("Пехлеви", "Bandar-e Anzali"),
        ("Asterabad", "Gorgan"),
        ("خرم‌آباد", "Khorramabad"),  # with its joiner,
        ("خرمآباد", "Khorramabad"),  # without,
        ("خرم آباد", "Khorramabad"),  # and as two words
    ],
)
def test_a_place_is_found_first_by_what_others_call_it(search, query, place):
    assert search(query)[0] == place


@pytest.mark.parametrize("query", ["Mossadegh", "Mosaddegh", "Mosadeq", "Musaddiq", "مصدق"])
def test_a_person_is_found_where_a_note_names_him(search, query):
    assert any("Mosaddeq" in title for title in search(query))


@pytest.mark.parametrize("query", ["نفت", "нефть", "neft", "Oil"])
def test_a_term_is_found_in_other_languages(search, query):
    found = search(query)
    assert len(found) == 8
    assert any("oil" in title.lower() for title in found)


@pytest.mark.parametrize("query", ["nzeli", "enzeli xyz", "Атлантида", "آتلانتیس"])
def test_what_nobody_is_called_is_not_found(search, query):
    assert search(query) == []


def test_digits_and_letters_of_all_scripts_are_one(chromium):
    page = chromium.new_page()
    page.set_content("<p></p>")
    page.add_script_tag(content=f"{join_modules('state/spelling', 'fold')};window.fold = fold")
    for text, folded in (
        ("۱۳۲۰", "1320"),
        ("١٣٢٠", "1320"),
        ("يك", "یک"),
        ("شاه‌عبدالعظیم", "شاهعبدالعظیم"),
        ("Ёжъ", "еж"),
        ("Əhər", "eher"),
        ("Sa'ed–Qavām", "saed qavam"),
    ):
        assert page.evaluate("text => window.fold(text)", text) == folded
    page.close()
