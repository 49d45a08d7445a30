"""Every era as it looks, against pictures that were looked at; `make golden` makes them anew."""

import golden
import pytest
from helpers import DESKTOP, PHONE, READY
from outputs import KEPT, NAMES
from PIL import Image, ImageDraw

from geo import load_catalogue

ERAS = [era.id for era in load_catalogue().eras]
SIZES = {"desktop": DESKTOP, "phone": PHONE}
LOOKS = [
    *((era, "desktop", "light") for era in ERAS),
    *(
        (era, *look)
        for era in KEPT
        for look in (("desktop", "dark"), ("phone", "light"), ("phone", "dark"))
    ),
]
"""All eras on a desktop; some also on a phone and dark."""


@pytest.mark.parametrize(("era", "size", "theme"), LOOKS)
def test_an_era_looks_as_it_did(open_page, document, request, era, size, theme):
    page, watch = open_page(
        f"{document}?era={era}",
        viewport=SIZES[size],
        color_scheme=theme,
        reduced_motion="reduce",
    )
    page.wait_for_selector(READY, state="attached")
    picture = page.screenshot(animations="disabled", caret="hide")
    assert watch.errors == []
    name = f"{era}-{size}-{theme}"
    if request.config.getoption("--write-golden"):
        golden.keep(name, picture)
    assert golden.compare(name, picture) == ""


def test_no_picture_is_kept_of_what_is_gone():
    kept = {path.stem for path in golden.GOLDEN.glob("*.png")}
    outputs = {f"{era}-{name}" for era in KEPT for name in NAMES}
    assert kept == outputs | {"-".join(look) for look in LOOKS}


@pytest.mark.parametrize(
    ("box", "noticed"), [((100, 100, 160, 112), True), ((100, 100, 101, 112), False)]
)
def test_a_lost_label_is_noticed_and_the_edge_of_a_letter_is_not(box, noticed):
    one = Image.new("RGB", (400, 300), "#f8f3e6")
    other = one.copy()
    ImageDraw.Draw(other).rectangle(box, fill="#8a8578")
    _, count = golden.differing_cells(one, other)
    assert (count > golden.ALLOWED) == noticed


def test_letters_of_all_our_languages_are_there(open_page, document):
    """A letter without a glyph is drawn as the same box as every other such letter."""
    page, _ = open_page(document)
    page.wait_for_selector(READY, state="attached")
    widths = page.evaluate(
        """(letters) => {
          const context = document.createElement("canvas").getContext("2d");
          context.font = "40px serif";
          return [...letters].map((letter) => context.measureText(letter).width);
        }""",
        "ЖлщИ" + "ایرم",
    )
    assert len(set(widths)) > 5
