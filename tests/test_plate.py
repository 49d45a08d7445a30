import re
from functools import cache
from io import BytesIO
from xml.etree import ElementTree

import pytest
import shapely
from helpers import with_blanks_at_line_ends
from PIL import Image

from geo import load_catalogue
from geo.errors import GeoError, UnknownIdError
from geo.model.features import select_features
from geo.model.symbology import TypeStyle
from geo.plate import Engine, render_plate
from geo.plate.convert import convert_plate
from geo.plate.type import text_width, wrapped

SVG = "{http://www.w3.org/2000/svg}"
ERAS = load_catalogue().eras


@pytest.fixture(scope="module")
def plate_of(engine):
    """What gives the plate of an era in a theme; each is drawn once."""
    return cache(lambda era, theme: render_plate(engine, era, theme=theme))


@pytest.mark.parametrize(
    ("era", "place"),
    [("1905-constitution", "Teheran"), ("1944-oil", "Teheran"), ("1951-oil-coup", "Tehran")],
)
def test_a_badge_is_named_after_where_most_of_it_lies(plate_of, era, place):
    text = "".join(ElementTree.fromstring(plate_of(era, "light")).itertext())
    assert f"At one place: {place}" in text


@pytest.mark.sampled
@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.id)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_plate_holds_the_features_of_its_era(plate_of, features, era, theme):
    root = ElementTree.fromstring(plate_of(era.id, theme))
    drawn = [group.get("data-id") for group in root.iter(f"{SVG}g") if group.get("data-id")]
    expected = {
        feature.id
        for feature in select_features(features, era)
        if feature.layer in era.layers and feature.geometry
    }
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == expected
    assert root.find(f"{SVG}desc").text == f"{era.alt} {era.caption}"


@pytest.mark.sampled
@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.id)
def test_a_plate_refers_to_nothing_it_does_not_hold(plate_of, era):
    root = ElementTree.fromstring(plate_of(era.id, "light"))
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    for element in root.iter():
        for value in element.attrib.values():
            if value.startswith("url("):
                assert value[5:-1] in ids
    assert not any(element.get("style") for element in root.iter())


@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.id)
def test_a_framed_plate_tells_what_it_shows(plate_of, symbology, features, era):
    svg = plate_of(era.id, "light")
    texts = {"".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")}
    told = " ".join(texts)
    assert era.title.replace(" ", "") in told.replace(" ", "")
    assert era.caption.replace(" ", "") in told.replace(" ", "")
    window = shapely.box(*era.bounds)
    for feature in select_features(features, era):
        if feature.layer in era.layers and is_wide(feature.geometry):
            title = symbology.kind(feature.kind).title
            if shapely.geometry.shape(feature.geometry).intersects(window):
                assert title.replace(" ", "") in told.replace(" ", ""), title
    assert re.search(r"\d+ km", told)
    assert re.search(r"\d+ mi", told)


def is_wide(geometry):
    """Tell whether it is a line or an area: a place may be a dot, and then has no sign to tell."""
    return geometry and geometry["type"] != "Point"


def test_no_line_of_a_plate_ends_in_blanks(engine):
    for theme in ("light", "dark"):
        assert with_blanks_at_line_ends(render_plate(engine, ERAS[0].id, theme=theme)) == []


def test_a_plate_becomes_a_picture_of_its_size(engine):
    svg = render_plate(engine, "1907-spheres")
    height = int(re.search(r'viewBox="0 0 1280 (\d+)"', svg).group(1))
    with Image.open(BytesIO(convert_plate(svg, "png", scale=2))) as picture:
        assert picture.size == (2560, 2 * height)


def test_a_plate_becomes_a_page_with_text(engine):
    page = convert_plate(render_plate(engine, "1907-spheres"), "pdf")
    assert page.startswith(b"%PDF-")
    assert b"SourceSerif4-Semibold" in page


def test_what_is_no_plate_is_refused():
    with pytest.raises(GeoError, match="SVG without viewBox"):
        convert_plate("<svg/>", "png")


def test_lines_break_before_they_are_too_wide():
    style = TypeStyle("serif", 15, 21, "ink", "panel")
    lines = wrapped("Neither line was surveyed: the treaty names nine points.", style, 200)
    assert len(lines) > 1
    assert all(text_width(line, style) <= 200 for line in lines)
    parts = wrapped("Antidisestablishmentarianism", style, 40)
    assert "".join(parts) == "Antidisestablishmentarianism"
    assert all(text_width(part, style) <= 40 for part in parts)
    assert wrapped("In 1913 17 500 men", style, 60) == ["In 1913", "17 500", "men"]


def test_the_same_payload_gives_the_same_plate(engine, payload, symbology):
    again = Engine(payload, symbology)
    assert render_plate(engine, "1907-spheres") == render_plate(again, "1907-spheres")


def test_an_unknown_era_names_the_nearest(engine):
    with pytest.raises(UnknownIdError, match="did you mean '1907-spheres'"):
        render_plate(engine, "1907-sphere")


def test_the_sea_is_named(engine):
    svg = render_plate(engine, "1907-spheres")
    assert ">Persian Gulf<" in svg


def test_a_plates_legend_calls_actors_what_they_were_called(engine):
    for era, name in (("1901-inroads", "Russian Empire"), ("1941-invasion", "USSR")):
        plate = ElementTree.fromstring(render_plate(engine, era))
        told = {"".join(text.itertext()) for text in plate.iter(f"{SVG}text")}
        assert any(name in text for text in told)
        assert not any("Russia / USSR" in text for text in told)


@pytest.mark.parametrize("scale", [float("nan"), float("inf"), 0, -1, 1e-9, 1e9, 10])
def test_a_picture_too_small_or_too_large_is_refused(scale):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1920 1080"/>'
    with pytest.raises(GeoError, match=r"scale: found .*, expected 0\.25 to 10 and 200 million"):
        convert_plate(svg, "png", scale=scale)
