"""The same map in every output: laid over the document's map in the same view, cell by cell."""

from itertools import product

import pytest
from golden import differing_cells
from helpers import READY
from outputs import Output, card, document_of_one, plates, prints, see_document, without_scripts
from PIL import Image, ImageChops

from geo import load_catalogue
from geo.plate import Engine

ERAS = load_catalogue().eras

CELL = 8
"""Pixels: a map of 934 × 800 has 11,700 cells; edges that fall between two pixels do not count."""

STEP = 4
"""Pixels by which a stray map is first moved into its place."""


@pytest.fixture(scope="module")
def engine(payload, symbology):
    return Engine(payload, symbology)


def differing_share(picture, expected, *, strays=0):
    """Return the share of cells that differ where the two lie best on each other."""
    if not strays:
        return _share(picture, expected, (0, 0), CELL)
    small = [each.reduce(STEP) for each in (picture, expected)]
    coarse = range(-strays // STEP, strays // STEP + 1)
    x, y = min(product(coarse, coarse), key=lambda shift: _share(*small, shift, 1))
    fine = product(range(-STEP, STEP + 1), repeat=2)
    return min(_share(picture, expected, (x * STEP + dx, y * STEP + dy), CELL) for dx, dy in fine)


def _share(picture, expected, shift, cell):
    edge = max(8, *map(abs, shift))
    box = (edge, edge, picture.width - edge, picture.height - edge)
    moved = ImageChops.offset(picture, *shift).crop(box)
    mask, count = differing_cells(moved, expected.crop(box), cell=cell)
    return count / (mask.width * mask.height)


def middle(picture, size):
    """Return the part of a picture that another shows which is cut on two sides."""
    left, top = ((whole - side) // 2 for whole, side in zip(picture.size, size, strict=True))
    return picture.crop((left, top, left + size[0], top + size[1]))


@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.id)
def test_every_output_shows_the_documents_map(
    open_page, document, engine, catalogue, features, era, tmp_path
):
    alone = document_of_one(catalogue, features, era)
    single = tmp_path / "single.html"
    single.write_text(alone, encoding="utf-8")
    found = [
        *plates(open_page, engine, era, tmp_path),
        card(engine, era),
        *prints(open_page, document, era),
        *without_scripts(open_page, alone, era, tmp_path),
    ]
    wrong = []
    for theme in ("light", "dark"):
        query = f"?ui=map&era={era.id}&theme={theme}"
        page, watch = open_page(document + query)
        page.wait_for_selector(READY, state="attached")
        seen = {}
        for output in [output for output in found if output.theme == theme]:
            if output.size not in seen:
                seen[output.size] = see_document(page, era.bounds, output.size)
            expected = middle(seen[output.size], output.picture.size)
            share = differing_share(output.picture, expected, strays=output.strays)
            if share > output.allowed:
                wrong.append(f"{output.name}: {share:.1%} of the cells differ")
                output.picture.save(tmp_path / f"{output.name}.png")
                expected.save(tmp_path / f"{output.name} expected.png")
        assert watch.errors == []
        other, _ = open_page(single.as_uri() + query)
        other.wait_for_selector(READY, state="attached")
        size = (1280, 800)
        pictures = [see_document(one, era.bounds, size) for one in (page, other)]
        share = differing_share(*pictures)
        if share > Output.allowed:
            wrong.append(f"one era, {theme}: {share:.1%} of the cells differ")
    assert not wrong, f"{wrong}; see {tmp_path}"


@pytest.mark.parametrize("colour", ["#000000", "#f8f3e6"])
def test_an_empty_page_is_not_taken_for_a_map(open_page, document, colour):
    page, _ = open_page(f"{document}?ui=map&era={ERAS[0].id}")
    page.wait_for_selector(READY, state="attached")
    seen = see_document(page, ERAS[0].bounds, (934, 800))
    assert differing_share(seen, Image.new("RGB", seen.size, colour)) > 0.1
