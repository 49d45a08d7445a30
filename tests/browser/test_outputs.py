"""The same map in every output: laid over the document's map in the same view, cell by cell."""

from io import BytesIO
from itertools import product

import golden
import pytest
from golden import differing_cells
from helpers import READY
from outputs import KEPT, Output, plates, prints, see_document, stepper, stills
from PIL import Image, ImageChops

from geo import load_catalogue

ERAS = load_catalogue().eras

CELL = 8
"""Pixels: a map of 934 × 800 has 11,700 cells; edges that fall between two pixels do not count."""

STEP = 4
"""Pixels by which a stray map is first moved into its place."""


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


@pytest.fixture(scope="module")
def shown(open_lasting, document):
    return stepper(open_lasting, document, ERAS)


@pytest.mark.parametrize("number", range(len(ERAS)), ids=[era.id for era in ERAS])
def test_every_output_shows_the_documents_map(
    open_page, document, shown, engine, page_of, request, number, tmp_path
):
    """Eras take turns with the groups of outputs; `make outputs` tries all of them for each."""
    era = ERAS[number]
    whole = era.id in KEPT or request.config.getoption("--all-outputs")
    alone = page_of(era.id)
    single = tmp_path / "single.html"
    single.write_text(alone, encoding="utf-8")
    groups = [
        lambda: plates(open_page, engine, era, tmp_path),
        lambda: prints(open_page, document, era),
        lambda: stills(open_page, engine, alone, era, tmp_path),
    ]
    found = [output for group in (groups if whole else [groups[number % 3]]) for output in group()]
    wrong = []
    for theme in sorted({output.theme for output in found}):
        page, watch = shown(era, theme)
        seen = {}
        for output in [output for output in found if output.theme == theme]:
            if output.size not in seen:
                seen[output.size] = see_document(page, era.bounds, output.size)
            wrong += compared(output, seen[output.size], tmp_path)
        assert watch.errors == []
        other, _ = open_page(f"{single.as_uri()}?ui=map&era={era.id}&theme={theme}")
        other.wait_for_selector(READY, state="attached")
        pictures = [see_document(one, era.bounds, (1280, 800)) for one in (other, page)]
        wrong += compared(
            Output(f"one era {theme}", pictures[0], (1280, 800)), pictures[1], tmp_path
        )
        found.append(Output(f"one era {theme}", pictures[0], (1280, 800), "kept"))
        other.close()
    if era.id in KEPT:
        wrong += kept_as_they_were(era, found, write=request.config.getoption("--write-golden"))
    assert not wrong, f"{wrong}; see {tmp_path}"


def compared(output, expected, folder):
    """Return what is wrong with an output; keeps both pictures if something is."""
    share = differing_share(output.picture, expected, strays=output.strays)
    if share <= output.allowed:
        return []
    output.picture.save(folder / f"{output.name}.png")
    expected.save(folder / f"{output.name} expected.png")
    return [f"{output.name}: {share:.1%} of the cells differ"]


def kept_as_they_were(era, found, *, write):
    faults = []
    for output in found:
        content = BytesIO()
        output.picture.save(content, "PNG")
        name = f"{era.id}-{output.name.replace(' ', '-')}"
        if write:
            golden.keep(name, content.getvalue())
        faults.append(golden.compare(name, content.getvalue()))
    return [fault for fault in faults if fault]


@pytest.mark.slow
@pytest.mark.parametrize("colour", ["#000000", "#f8f3e6"])
def test_an_empty_page_is_not_taken_for_a_map(open_page, document, colour):
    page, _ = open_page(f"{document}?ui=map&era={ERAS[0].id}")
    page.wait_for_selector(READY, state="attached")
    seen = see_document(page, ERAS[0].bounds, (934, 800))
    assert differing_share(seen, Image.new("RGB", seen.size, colour)) > 0.1
