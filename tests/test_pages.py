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

FOOT = re.compile(r'translate\(0 \d+\)(?: scale\(([\d.]+)\))?"><rect [^>]*?height="([\d.]+)"')
"""Scale and height of what stands under the map."""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["A4", "A3", "1920x1080"])
def test_a_plate_fills_its_page(engine, name):
    page = read_page(name)
    for era in ("1907-spheres", "1941-invasion", "1954-frontier-pact"):
        svg = render_plate(engine, era, page=page)
        assert plate_sizes(svg)[0] in {page.size, page.size[::-1] if page.turns else page.size}
        (_, height), (_, map_height) = plate_sizes(svg)
        assert map_height > 0.45 * height


@pytest.mark.sampled
@pytest.mark.parametrize("era", [era.id for era in load_catalogue().eras])
def test_the_map_reaches_down_to_the_foot(engine, era):
    """What the legend needs follows from what the map shows, whose height follows from that."""
    for name in ("A4", "A3", "1920x1080"):
        svg = render_plate(engine, era, page=read_page(name))
        (_, height), size = plate_sizes(svg)
        water = re.search(r'<rect [^>]*?width="(\d+)" height="(\d+)"', svg).groups()
        assert tuple(map(int, water)) == size
        scale, foot = FOOT.search(svg).groups()
        assert size[1] + float(foot) * float(scale or 1) == pytest.approx(height, abs=0.5)


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
