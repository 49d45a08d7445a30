"""Plates on pages: A4, A3 and sizes in pixels."""

import re
from io import BytesIO

import pypdfium2
import pytest
from helpers import plate_sizes
from PIL import Image

from geo.errors import GeoError
from geo.model.catalogue import load_catalogue
from geo.plate import render_plate
from geo.plate.convert import convert_plate
from geo.plate.page import PAGES, read_page

TEXTS = re.compile(
    r'<g transform="translate\((\d+) (\d+)\)"><rect width="([\d.]+)" height="([\d.]+)"'
)
"""Where what stands under or beside the map begins, and its width and height."""


@pytest.mark.sampled
@pytest.mark.parametrize("era", [era.id for era in load_catalogue().eras])
def test_map_and_texts_share_the_page(engine, era):
    """What the texts need follows from what the map shows, whose size follows from that."""
    for name in ("A4", "A3", "1920x1080", "1280x720"):
        page = read_page(name)
        svg = render_plate(engine, era, page=page)
        size = tuple(map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', svg).groups()))
        assert size in {page.size, page.size[::-1] if page.turns else page.size}
        scale = float((re.search(r'<g transform="scale\(([\d.]+)\)">', svg) or [0, 1])[1])
        water = re.search(r'<rect [^>]*?width="(\d+)" height="(\d+)"', svg).groups()
        width, height = map(int, water)
        x, y, *texts = (float(text) for text in TEXTS.search(svg).groups())
        assert (x + texts[0]) * scale == pytest.approx(size[0], abs=scale)
        assert (y + texts[1]) * scale == pytest.approx(size[1], abs=scale)
        assert (width, height) == ((x, y + texts[1]) if x else (x + texts[0], y))
        assert width * height * scale**2 > 0.45 * size[0] * size[1]


@pytest.mark.parametrize(
    ("name", "scale"),
    [("A4", 1), ("A3", 1.13), ("1920x1080", 1.35), ("1280x720", 0.9), ("4000x700", 0.88)],
)
def test_all_of_a_large_page_is_larger(name, scale):
    """Names on the map were a third of the texts beside it on a page of 4,000 pixels."""
    page = read_page(name)
    assert page.scale == scale
    assert page.turned.scale == scale


def test_a_page_without_room_for_a_map_is_refused(engine):
    with pytest.raises(GeoError, match=r"page: found 700x500, expected more: .* 300x220"):
        render_plate(engine, "1946-withdrawal", page=read_page("700x500"))


def test_a_wide_page_has_its_texts_beside_the_map_where_that_makes_it_larger(engine):
    sides = {
        name: TEXTS.search(render_plate(engine, "1907-spheres", page=read_page(name)))[1] != "0"
        for name in ("1920x1080", "4000x700", "1000x1400", "A4")
    }
    assert sides == {"1920x1080": True, "4000x700": True, "1000x1400": False, "A4": False}


def test_paper_takes_the_side_on_which_the_map_is_larger(engine):
    upright = plate_sizes(render_plate(engine, "1907-spheres", page=PAGES["A4"]))[0]
    assert upright == PAGES["A4"].size[::-1]


def test_a_pdf_is_as_large_as_its_paper(engine):
    svg = render_plate(engine, "1907-spheres", page=PAGES["A4"])
    pdf = pypdfium2.PdfDocument(convert_plate(svg, "pdf", points=PAGES["A4"].points))
    assert sorted(round(side) for side in pdf[0].get_size()) == [596, 842]


def test_a_picture_of_paper_has_the_pixels_asked_for(engine):
    svg = render_plate(engine, "1907-spheres", page=PAGES["A4"])
    picture = convert_plate(svg, "png", scale=2, points=PAGES["A4"].points)
    with Image.open(BytesIO(picture)) as image:
        assert image.size == tuple(2 * side for side in plate_sizes(svg)[0])


def test_the_legend_tells_who_what_and_where_once(engine):
    svg = render_plate(engine, "1941-invasion")
    texts = [
        "".join(re.findall(r">([^<>]+)<", text)) for text in re.findall(r"<text.*?</text>", svg)
    ]
    for heading in ("Who", "Ground", "Lines and movements", "Places", "At one place: Teheran"):
        assert texts.count(heading) == 1, heading
    assert texts.count("USSR") == 1
    assert any("Reza Shah abdicates" in text for text in texts)


@pytest.mark.parametrize("name", ["A5", "300x200", "wide"])
def test_another_page_is_refused_with_those_there_are(name):
    with pytest.raises(GeoError, match="expected one of A4, A3 or a size"):
        read_page(name)
