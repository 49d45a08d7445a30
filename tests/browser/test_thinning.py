"""What a document of one era draws, against the document of all: the same ground, as sharp."""

from functools import partial

import pytest
from golden import differing_cells, read
from helpers import DESKTOP, PHONE, READY

from geo.payload.viewports import fitting_zoom

# Where coasts were once ruined: the Gulf a trapezoid, the Caspian's fill and shore two shapes, the
# Black Sea a few strokes. Eras by their first year, for they change.
RUINED = ("1941", "1942", "1947", "1979")

SHARE = 0.0005
"""Of the cells, 4 × 4 pixels each: 32 of 64,000. None differs; of the ruined ones 66 to 721 did."""

BARE = """() => document.querySelectorAll(".features, .labels, .leaflet-control-container")
  .forEach((part) => { part.style.display = "none"; })"""


def era_of(catalogue, year):
    return next(era for era in catalogue.eras if era.id.startswith(year))


def ground(open_page, address, **viewport):
    page, _ = open_page(address, **viewport)
    page.wait_for_selector(READY)
    page.evaluate(BARE)
    return read(page.locator(".folium-map").first.screenshot())


@pytest.mark.slow
@pytest.mark.parametrize("year", RUINED)
def test_land_and_sea_are_those_of_the_document_of_all_eras(
    year, catalogue, page_of, document, open_page, tmp_path
):
    era = era_of(catalogue, year)
    alone = tmp_path / "alone.html"
    alone.write_text(page_of(era.id), encoding="utf-8")
    draw = partial(ground, open_page)
    one, other = draw(f"{alone.as_uri()}?ui=map"), draw(f"{document}?era={era.id}&ui=map")
    assert one.size == other.size
    assert len(one.getcolors(maxcolors=one.size[0] * one.size[1])) > 20  # there is land and sea
    mask, count = differing_cells(one, other)
    assert count <= SHARE * mask.size[0] * mask.size[1]


@pytest.mark.parametrize("ui", ["full", "compact", "map"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE, {"width": 2560, "height": 1440}])
def test_a_map_opens_at_the_zoom_that_documents_are_thinned_for(
    ui, viewport, catalogue, document, open_page
):
    era = era_of(catalogue, "1941")
    page, _ = open_page(f"{document}?era={era.id}&ui={ui}", viewport=viewport)
    page.wait_for_selector(READY)
    zoom, width, height = page.evaluate(
        "() => [map_atlas.getZoom(), map_atlas.getSize().x, map_atlas.getSize().y]"
    )
    assert zoom == fitting_zoom(era.bounds, (width, height))
