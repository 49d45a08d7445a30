"""Hill shading: where its image stands, what it shades, and that names stay readable on it."""

import base64
import io
import re

import numpy as np
import pytest
from coloraide import Color
from helpers import ROOT
from PIL import Image

from geo.errors import SketchError
from geo.model.symbology import RELIEF, load_symbology
from geo.plate import Engine, render_map, render_plate
from geo.plate.convert import convert_plate
from geo.recipes.relief import build_relief

SYMBOLOGY = load_symbology()
EXTENT = SYMBOLOGY.relief.extent
IMAGES = {
    kind: np.asarray(Image.open(ROOT / path).convert("RGBA")) for kind, path in RELIEF.items()
}
STRENGTH = IMAGES["avif"][..., 3] / 255
SHADE = "#{:02x}{:02x}{:02x}".format(*IMAGES["webp"][0, 0, :3])

ADDRESSES = re.compile(r"data:image/(avif|webp);base64,([\w+/=]+)")


def around(longitude, latitude, degrees=0.6):
    """Return how strong the shade is around a place."""
    west, _, east, _ = EXTENT
    rows, columns = STRENGTH.shape
    mercator = np.log(np.tan(np.pi / 4 + np.radians([EXTENT[3], latitude, EXTENT[1]]) / 2))
    x = (longitude - west) / (east - west) * columns
    y = (mercator[0] - mercator[1]) / (mercator[0] - mercator[2]) * rows
    reach = round(degrees / (east - west) * columns)
    return STRENGTH[round(y) - reach : round(y) + reach, round(x) - reach : round(x) + reach]


@pytest.mark.parametrize(
    ("mountains", "level"),
    [((51.5, 36.2), (54.5, 34.6)), ((49.5, 32.8), (45.5, 31.5)), ((69.5, 35.5), (60.0, 40.0))],
    ids=["Elburz and the salt desert", "Zagros and Mesopotamia", "Hindu Kush and Karakum"],
)
def test_mountains_are_shaded_and_plains_are_not(mountains, level):
    assert around(*mountains).mean() > 0.12
    assert around(*level).mean() < 0.02


def test_seas_have_no_shade():
    for water in [(50.5, 40.0), (51.5, 27.0), (34.5, 43.3)]:
        assert around(*water).max() < 0.05


def test_the_relief_is_one_small_image():
    assert (ROOT / RELIEF["avif"]).stat().st_size <= 24_000
    assert (ROOT / RELIEF["webp"]).stat().st_size <= 66_000
    assert len(np.unique(IMAGES["webp"][..., 3])) <= 4


def darkened(ground, share):
    return Color(ground).mix(SHADE, share * SYMBOLOGY.relief.strength["light"], space="srgb")


@pytest.mark.parametrize("ground", ["land", "home"])
def test_names_of_states_can_be_read_on_the_darkest_shade(ground):
    palette = SYMBOLOGY.palette["light"]
    darkest = darkened(palette[ground], STRENGTH.max())
    assert Color(palette["state-ink"]).contrast(darkest, method="wcag21") >= 3.5
    assert Color(palette["ink"]).contrast(darkest, method="wcag21") >= 7


@pytest.mark.parametrize("actor", list(SYMBOLOGY.actors.values()), ids=lambda actor: actor.id)
def test_lines_stand_out_from_nearly_all_shade(actor):
    shaded = np.quantile(STRENGTH[STRENGTH > 0.05], 0.75)
    ground = darkened(SYMBOLOGY.palette["light"]["home"], shaded)
    assert Color(actor.light).contrast(ground, method="wcag21") >= 3


def test_a_document_holds_the_image_once_for_all_its_drawings(page):
    ((kind, image),) = ADDRESSES.findall(page)
    assert base64.b64decode(image) == (ROOT / RELIEF[kind]).read_bytes()
    assert '<use href="#relief"' in page.split('id="picture"')[1].split("</svg>")[0]
    assert "var(--relief," in page


def test_a_plate_holds_the_image_it_refers_to_and_others_hold_none(engine):
    shaded = render_plate(engine, "1907-spheres")
    assert [kind for kind, _ in ADDRESSES.findall(shaded)] == ["webp"]
    assert shaded.count('id="relief"') == shaded.count('href="#relief"') == 1
    near = render_map(engine, "1941-invasion", size=(3000, 2400), theme="light")
    assert "relief" not in near, "from so near the shading would be fog"
    light = render_map(engine, "1907-spheres", size=(640, 400), theme="light", shaded=False)
    assert "relief" not in light


@pytest.mark.parametrize(("theme", "size"), [("light", (640, 400)), ("dark", (1280, 800))])
def test_a_plates_image_is_as_pale_as_it_is_seen(engine, theme, size):
    """Opacity of its own costs a copy of the picture: 0.9 of 1.3 s and 230 MB of 380."""
    svg = render_map(engine, "1907-spheres", size=size, theme=theme)
    assert not re.search(r"<(image|use)[^>]* opacity=", svg)
    ((kind, image),) = ADDRESSES.findall(svg)
    tones = np.unique(np.asarray(Image.open(io.BytesIO(base64.b64decode(image))))[..., 3])
    drawn = engine.draw("1907-spheres", size=size, theme=None)
    left = re.search(r'href="#relief"[^>]* opacity="([\d.]+)"', drawn.content)
    share = SYMBOLOGY.relief.strength[theme] * float(left[1] if left else 1)
    darkest = IMAGES[kind][..., 3].max() * share
    assert tones.min() == 0
    assert tones.max() == pytest.approx(darkest, abs=max(1, darkest * 0.05))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_relief_is_seen_on_a_picture(engine, symbology, theme):
    svg = render_map(engine, "1907-spheres", size=(640, 400), theme=theme)
    seen = pixels(svg)
    plain = pixels(re.sub(r'<use href="#relief"[^>]*>', "", svg))
    change = (plain - seen).max(axis=2)
    assert 0.05 < (change > 4).mean() < 0.4
    assert (seen <= plain + 1).all(), "shade only darkens"
    water = np.array([int(symbology.palette[theme]["water"][i : i + 2], 16) for i in (1, 3, 5)])
    at_sea = (np.abs(plain - water) <= 1).all(axis=2)
    assert (change[at_sea] <= 1).mean() > 0.995


def pixels(svg):
    return np.asarray(
        Image.open(io.BytesIO(convert_plate(svg, "png", scale=1))).convert("RGB"), dtype=int
    )


def test_plates_have_hills_wherever_the_base_has_land(engine):
    """The image for pages ends in Anatolia and Arabia; on a plate of 1954 that was an edge."""
    shade = IMAGES["webp"][..., 3] / 255
    west, south, east, north = SYMBOLOGY.relief.plate_extent
    rows, columns = shade.shape
    y = np.log(np.tan(np.pi / 4 + np.radians([north, 37.0, south]) / 2))
    row = round((y[0] - y[1]) / (y[0] - y[2]) * rows)
    taurus = [round((x - west) / (east - west) * columns) for x in (30.5, 34.5)]
    assert shade[row - 12 : row + 12, slice(*taurus)].mean() > 0.1
    assert (west, south, east, north) == tuple(engine.payload["extent"])


def test_a_plate_of_the_world_has_no_image_of_the_world(payload, symbology):
    """A sheet that shows more than the relief's extent would else hold 80 million pixels of it."""
    opened = {**payload, "opening": [["view", "30,50,2"]]}
    svg = render_plate(Engine(opened, symbology), "1907-spheres", conic=False)
    ((_, image),) = ADDRESSES.findall(svg)
    width, height = Image.open(io.BytesIO(base64.b64decode(image))).size
    assert width <= 1280
    assert height <= 800


def test_another_source_is_refused(tmp_path):
    for name in ("layers/sketches/base.toml", "layers/symbology.toml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (ROOT / name).read_text(encoding="utf-8")
        path.write_text(re.sub(r'(shadedrelief.jpg"\nsha256 = ")\w+', r"\g<1>00", text))
    with pytest.raises(SketchError, match="shadedrelief"):
        build_relief(tmp_path)


@pytest.mark.slow
def test_the_images_are_what_their_recipe_makes():
    for kind, image in build_relief(ROOT).items():
        made = np.asarray(Image.open(io.BytesIO(image)).convert("RGBA"), dtype=int)
        # Not byte by byte: another version of the encoder is no other image.
        assert np.abs(made - IMAGES[kind]).mean() < 0.5
