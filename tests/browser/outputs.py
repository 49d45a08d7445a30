"""Every way a map leaves the atlas, as a picture of the map alone and the view it shows."""

import re
from dataclasses import dataclass
from io import BytesIO
from math import asinh, atan, degrees, log2, radians, sinh, tan

import pypdfium2
from helpers import READY, plate_sizes
from PIL import Image
from playwright.sync_api import Error

from geo.document.page import PICTURE
from geo.plate import render_plate
from geo.plate.convert import convert_plate
from geo.site.card import CARD, ENLARGED, PANEL, render_card

CSS_PX = 72 / 96
"""Points in a pixel of CSS."""

MARGIN_MM = 10
"""Of a printed page, as atlas.css has it."""

PAPER = {"A4": (210, 297), "Letter": (215.9, 279.4)}
"""Width and height, millimetres."""

PRINTED = (1000, 720)
"""Width and height of the printed map in its own pixels (print.js)."""

KEPT = ("1907-spheres", "1941-invasion", "2001-caspian")
"""Eras whose every output is kept as a golden image."""

NAMES = (
    *("svg-light", "svg-dark", "png-light", "png-dark", "pdf", "print-A4", "print-Letter"),
    *("card", "no-script", "no-style", "one-era-light", "one-era-dark"),
)
"""Outputs that are kept."""

STRAYS = 24
"""How far a printed map may lie from where a browser shows it, pixels of the map."""

REDUCED = 0.03
"""Share of cells that may differ where a picture was made smaller or larger to be compared."""

STILL = 0.06
"""Share of cells that may differ in the small still: a town's name more or less is 1 %, and without
a style sheet all names are in another font."""

STYLES = re.compile(r"<style>.*?</style>", re.DOTALL)


@dataclass(frozen=True)
class Output:
    """A map as it came out: `picture` shows an era's bounds, fitted in `size` with a margin."""

    name: str
    picture: Image.Image
    size: tuple[int, int]
    theme: str = "light"
    strays: int = 0
    """How far it may lie from its place, pixels: paper is laid out in millimetres."""
    allowed: float = 0.015
    """Share of cells that may differ: names that give way to a scale bar, smoothed edges."""


def read(content):
    return Image.open(BytesIO(content)).convert("RGB")


def mercator(latitude):
    return degrees(asinh(tan(radians(latitude))))


def view_of(bounds, size, margin=8):
    """Return latitude, longitude and zoom at which a web map shows bounds as the core fits them."""
    west, south, east, north = bounds
    low, high = mercator(south), mercator(north)
    scale = 360 * min((size[0] - 2 * margin) / (east - west), (size[1] - 2 * margin) / (high - low))
    latitude = degrees(atan(sinh(radians((low + high) / 2))))
    return latitude, (west + east) / 2, log2(scale / 256)


def see_document(page, bounds, size):
    """Return what an open document shows of some bounds on a map of a size, without controls."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(
        """([latitude, longitude, zoom]) => {
          for (const control of document.querySelectorAll(".leaflet-control")) control.remove();
          map_atlas.fire("resize"); // which tells that controls may stand elsewhere
          Object.assign(map_atlas.options, { zoomSnap: 0, minZoom: 0, maxBounds: undefined });
          map_atlas.invalidateSize({ animate: false });
          map_atlas.setView([latitude, longitude], zoom, { animate: false });
        }""",
        list(view_of(bounds, size)),
    )
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    return capture(page)


def capture(page, tries=3):
    """Return what a page shows; right after a change of size, the compositor may refuse once."""
    for left in reversed(range(tries)):
        try:
            return read(page.screenshot(animations="disabled", caret="hide"))
        except Error as err:
            if not left or "Unable to capture screenshot" not in str(err):
                raise
    raise AssertionError


def plates(open_page, engine, era, folder):
    """Give the era's plate as SVG in a browser, PNG and PDF."""
    for theme in ("light", "dark"):
        svg = render_plate(engine, era.id, theme=theme, conic=False)
        (width, height), size = plate_sizes(svg)
        path = folder / f"{era.id}-{theme}.svg"
        path.write_text(svg, encoding="utf-8")
        page, watch = open_page(path.as_uri(), viewport={"width": width, "height": height})
        assert watch.errors == watch.requests == []
        yield Output(f"svg {theme}", capture(page).crop((0, 0, *size)), size, theme)
        page.close()
        picture = read(convert_plate(svg, "png"))
        yield Output(f"png {theme}", picture.crop((0, 0, *size)), size, theme)
        if theme == "light":
            pdf = pypdfium2.PdfDocument(convert_plate(svg, "pdf"))
            picture = pdf[0].render(scale=1).to_pil().convert("RGB")
            yield Output("pdf", picture.crop((0, 0, *size)), size)


def card(engine, era):
    """Return the map on the card for link previews."""
    size = (round((CARD[0] - PANEL) / ENLARGED), round(CARD[1] / ENLARGED))
    picture = read(render_card(engine, era.id, texts=("", "", ""))).crop((PANEL, 0, *CARD))
    smaller = picture.resize(size, Image.Resampling.BOX)
    return Output("card", smaller, size, allowed=REDUCED)


def prints(open_page, address, era):
    """Give the map on printed pages."""
    for name, sides in PAPER.items():
        content = [round((side - 2 * MARGIN_MM) / 25.4 * 96) for side in sides]
        page, _ = open_page(
            f"{address}?era={era.id}", viewport=dict(zip(("width", "height"), content, strict=True))
        )
        page.wait_for_selector(READY, state="attached")
        sheet = pypdfium2.PdfDocument(page.pdf(format=name, print_background=True))
        assert len(sheet) == 1, f"{name}: {len(sheet)} pages"
        page.emulate_media(media="print")
        box = page.evaluate(
            """() => {
              window.dispatchEvent(new Event("beforeprint"));
              return document.querySelector(".print-map svg").getBoundingClientRect().toJSON();
            }"""
        )
        page.close()
        scale = min(box["width"] / PRINTED[0], box["height"] / PRINTED[1])
        shift = MARGIN_MM / 25.4 * 96
        left = box["x"] + (box["width"] - scale * PRINTED[0]) / 2 + shift
        top = box["y"] + (box["height"] - scale * PRINTED[1]) / 2 + shift
        raster = sheet[0].render(scale=1 / (scale * CSS_PX)).to_pil().convert("RGB")
        corner = [round(left / scale), round(top / scale)]
        area = (*corner, corner[0] + PRINTED[0], corner[1] + PRINTED[1])
        yield Output(f"print {name}", raster.crop(area), PRINTED, strays=STRAYS, allowed=REDUCED)


def stills(open_page, engine, alone, era, folder):
    """Give the card, and the picture of a document whose scripts, or styles too, are refused."""
    yield card(engine, era)
    for name, text in (("no script", alone), ("no style", STYLES.sub("", alone))):
        path = folder / f"{era.id}-{name.replace(' ', '-')}.html"
        path.write_text(text, encoding="utf-8")
        page, _ = open_page(
            path.as_uri(), viewport={"width": 1280, "height": 1400}, java_script_enabled=False
        )
        picture = page.locator("#picture")
        drawn = read(picture.screenshot())
        page.close()
        # All of the picture is seen, in the middle of what room it was given.
        scale = min(drawn.width / PICTURE[0], drawn.height / PICTURE[1])
        width, height = (scale * side for side in PICTURE)
        left, top = (drawn.width - width) / 2, (drawn.height - height) / 2
        seen = drawn.resize(PICTURE, Image.Resampling.BOX, (left, top, left + width, top + height))
        yield Output(name, seen, PICTURE, allowed=STILL)


STEP = """(era) => {
  const slider = document.getElementById("era-slider");
  slider.value = era;
  slider.dispatchEvent(new Event("input"));
}"""


def stepper(open_page, address, eras):
    """Give what shows an era of the document in a theme: it is opened once for each theme."""
    opened = {}

    def show(era, theme):
        if theme not in opened:
            opened[theme] = open_page(f"{address}?ui=map&theme={theme}", reduced_motion="reduce")
            opened[theme][0].wait_for_selector(READY, state="attached")
        page, watch = opened[theme]
        page.evaluate(STEP, eras.index(era))
        page.wait_for_selector(f"html[data-atlas-era='{era.id}']", state="attached")
        return page, watch

    return show
