"""The atlas in other languages: texts have places, what is missing or out of date is told."""

import re
from dataclasses import replace

import pytest
from mirrored import MIRRORED, add_mirrored, stretched

from geo import load_catalogue, load_features
from geo.checks.atlas import check_root
from geo.errors import CatalogueError
from geo.model.editions import begin_language, load_edition, survey_languages
from geo.model.symbology import load_symbology
from geo.model.texts import FIELDS, GROUND, mark_of, texts_of
from geo.model.wording import FILES, INTERFACE, TEXTS, find_languages, load_wording
from geo.payload.build import build_payload
from geo.publish.export import export_document, export_plate

ERA = "1907-spheres"


def write(root, name, text, language="fa"):
    path = root / TEXTS / language / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def english(catalogue, everything, symbology):
    return texts_of(catalogue, everything, symbology)


@pytest.fixture
def persian(copy, english):
    """A copy of the atlas with a few Persian texts."""
    write(copy, INTERFACE, 'direction = "rtl"\n[ui]\nlegend = "راهنما"\nnever = "x"\n')
    era = english["era", ERA]
    text = (
        f'[era.{ERA}]\nof = "{mark_of(era)}"\ntitle = "دو حوزهٔ نفوذ"\n'
        '[era.1941-invasion]\nof = "00000000"\ntitle = "اشغال"\n'
        '[era.no-such-era]\nof = "00000000"\ntitle = "هیچ"\n'
    )
    write(copy, "eras.toml", text)
    return load_catalogue(copy)


def test_every_sort_of_text_has_a_place(english):
    assert {sort for sort, _ in english} == set(FIELDS)
    words = sum(
        len(re.findall(r"\w+", str(text))) for told in english.values() for text in told.values()
    )
    assert words > 25_000


@pytest.mark.slow
def test_what_is_translated_is_read_and_the_rest_stays_english(persian, catalogue, tmp_path):
    told = load_edition(persian, "fa")
    assert told.catalogue.era(ERA).title == "دو حوزهٔ نفوذ"
    assert told.catalogue.era(ERA).caption == catalogue.era(ERA).caption
    assert told.wording.ui["legend"] == "راهنما"
    assert told.wording.ui["sources"] == "Sources"
    assert told.features[0].properties == load_features(persian)[0].properties
    path = tmp_path / "fa.html"
    export_document(persian, [persian.era(ERA)], path, language="fa")
    page = path.read_text(encoding="utf-8")
    assert '<html lang="fa" dir="rtl"' in page
    assert "\\u062f\\u0648" in page.replace("&#1583;&#1608;", "\\u062f\\u0648")


@pytest.mark.slow
def test_a_plate_runs_from_right_to_left_and_tells_which_letters_it_lacks(persian, tmp_path):
    path = tmp_path / "fa.svg"
    (told,) = export_plate(persian, [persian.era(ERA)], path, theme="light", scale=1, language="fa")
    assert "lack 9 letters (ح د ذ ز ف ن ه و ٔ)" in told
    assert "the reader's" in told
    svg = path.read_text(encoding="utf-8")
    title = re.search(r"<text[^>]*><tspan x=\"(\d+)\"[^>]*>\u2068دو حوزهٔ نفوذ\u2069</tspan>", svg)
    assert title
    width = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    assert int(title[1]) == width - 22
    assert 'text-anchor="end"' in title[0]
    english = tmp_path / "en.svg"
    assert export_plate(persian, [persian.era(ERA)], english, theme="light", scale=1) == []
    assert "\u2068" not in english.read_text(encoding="utf-8")


def test_what_is_missing_out_of_date_or_left_over_is_told(persian):
    lines = [line for line in check_root(persian.root).lines() if line.startswith("language fa")]
    assert re.fullmatch(r"language fa: 4 of \d+ texts, 0 of them as in English", lines[0])
    assert re.match(r"language fa: \d+ missing: actor \w+ title, .* and \d+ more$", lines[1])
    assert lines[2] == "language fa: 1 out of date: era 1941-invasion"
    assert lines[3] == ("language fa: 2 left over: era no-such-era title, interface ui.never")
    everything = load_features(persian, persian.layers)
    (survey,) = survey_languages(persian, everything, load_symbology(persian.root))
    assert f"era {ERA} title" not in survey.missing
    assert f"era {ERA} caption" in survey.missing
    assert "interface ui.legend" not in survey.missing
    assert "interface ui.sources" in survey.missing


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[eras.x]\n", r"eras.toml: found \[eras\], expected one of atlas, era"),
        (f"[era.{ERA}]\ntitle = 'x'\n", rf"\[era.{ERA}\]: found no 'of'"),
        (f"[era.{ERA}]\nof = 'x'\ntitle = 3\n", "title: found 3, expected a text or a list"),
        ("era.x = 3\n", "found 3, expected a table of texts"),
    ],
)
def test_files_of_another_form_are_refused(persian, text, fault):
    write(persian.root, "eras.toml", text)
    with pytest.raises(CatalogueError, match=fault):
        load_edition(persian, "fa")


def test_a_control_of_another_form_is_refused(persian):
    write(persian.root, INTERFACE, "months = ['x']\n[ui]\nlegend = 3\n", "ru")
    with pytest.raises(CatalogueError) as caught:
        load_wording("ru", persian.root)
    assert "months: found 1 texts, expected 12" in str(caught.value)
    assert "ui.legend: found 3, expected a str" in str(caught.value)


def test_a_list_that_has_grown_since_stays_english(copy, english):
    key = next(key for key, told in english.items() if len(told.get("figures", ())) > 1)
    write(copy, INTERFACE, "")
    write(copy, "features.toml", f'[feature.{key[1]}]\nof = "0"\nfigures = ["یک"]\ntitle = "دو"\n')
    told = {feature.id: feature for feature in load_edition(load_catalogue(copy), "fa").features}
    assert told[key[1]].properties["title"] == "دو"
    assert told[key[1]].properties["figures"] == english[key]["figures"]


@pytest.mark.slow
def test_a_translation_is_begun_with_all_texts(copy):
    catalogue = load_catalogue(copy)
    written = begin_language(catalogue, "fa")
    assert {path.name for path in written} == {*FILES, *(f"{sort}.toml" for sort in FIELDS)}
    everything = load_features(catalogue, catalogue.layers)
    (survey,) = survey_languages(catalogue, everything, load_symbology(copy))
    assert survey.missing == survey.stale == survey.left_over == ()
    assert survey.unchanged == survey.texts
    told = load_edition(catalogue, "fa")
    assert replace(told.catalogue, spoken={}) == catalogue
    with pytest.raises(CatalogueError, match="is there already"):
        begin_language(catalogue, "fa")


@pytest.mark.parametrize("name", ["en", "../fa", "Persian", ""])
def test_what_is_no_language_is_not_begun(copy, name):
    with pytest.raises(CatalogueError, match="expected BCP 47"):
        begin_language(load_catalogue(copy), name)


@pytest.mark.slow
def test_the_test_language_has_every_text(copy, english, everything):
    add_mirrored(copy)
    assert find_languages(copy) == ("en", MIRRORED)
    catalogue = load_catalogue(copy)
    told = load_edition(catalogue, MIRRORED)
    features = [*told.features, *(feature for feature in everything if feature.layer in GROUND)]
    again = texts_of(told.catalogue, features, told.symbology)
    for key, texts in english.items():
        for field, text in texts.items():
            parts = text if isinstance(text, list) else [text]
            wanted = [*map(stretched, parts)]
            assert again[key][field] == (wanted if isinstance(text, list) else wanted[0])
    before, after = (
        "".join(str(text) for texts in told.values() for text in texts.values())
        for told in (english, again)
    )
    assert len(after) > 1.28 * len(before)
    svg = copy / "1907.svg"
    export_plate(catalogue, [catalogue.era(ERA)], svg, theme="light", scale=1, language=MIRRORED)
    drawn = svg.read_text(encoding="utf-8")
    assert stretched("Legend") in drawn or stretched("Who") in drawn
    assert ">Sources<" not in drawn


@pytest.fixture
def named(copy, english):
    """A copy of the atlas in which some of what stands on the map itself is told in Persian."""
    write(copy, INTERFACE, "")
    told = {
        ("callout", "russia-britain-divide-1907"): 'text = "تقسیم ایران"',
        ("pointer", "st-petersburg-convention-1907"): 'text = "پترزبورگ"',
        ("state", "state-persia-1881"): 'title = "ایران"',
        ("water", "water-caspian"): 'label = "دریای / خزر"',
        ("place", "place-bandar-e-anzali"): 'names = ["انزلی", "پهلوی", "انزلی"]',
    }
    text = "".join(
        f'[{sort}.{name}]\nof = "{mark_of(english[sort, name])}"\n{line}\n'
        for (sort, name), line in told.items()
    )
    write(copy, "map.toml", text + '[callout.gone-1907]\nof = "0"\ntext = "x"\n')
    return load_catalogue(copy)


@pytest.mark.slow
def test_callouts_and_names_of_the_base_are_told_in_the_language(named):
    told = load_edition(named, "fa")
    payload = build_payload(
        told.catalogue,
        told.features,
        eras=[told.catalogue.era(ERA)],
        symbology=told.symbology,
        wording=told.wording,
    )
    (era,) = payload["eras"]
    assert era["callouts"][0]["text"] == "تقسیم ایران"
    assert era["pointers"][0]["text"] == "پترزبورگ"
    names = [name["name"] for name in payload["base"]["names"]]
    assert {"ایران", "دریای\nخزر"} <= set(names)
    (port,) = (place for place in payload["base"]["places"] if place["names"] == "انزلی")
    assert ["Enzeli"] in port["others"]
    lines = [line for line in check_root(named.root).lines() if line.startswith("language fa")]
    assert lines[-1] == "language fa: 1 left over: callout gone-1907 text"
    write(named.root, "map.toml", '[callout.russia-britain-divide-1907]\nof = "0"\ntext = "x"\n')
    lines = [line for line in check_root(named.root).lines() if line.startswith("language fa")]
    assert lines[-1] == "language fa: 1 out of date: callout russia-britain-divide-1907"
