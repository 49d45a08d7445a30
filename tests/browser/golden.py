"""Comparing screenshots with the pictures kept in tests/golden."""

from io import BytesIO

from helpers import ROOT
from PIL import Image, ImageChops

GOLDEN = ROOT / "tests" / "golden"
DIFFERENCES = GOLDEN / "differences"

CELL = 4
"""Pictures are compared by cells of so many pixels, so that the edges of letters do not count."""

NOTICEABLE = 24
"""Difference of a cell's colour in any channel, of 255."""

ALLOWED = 24
"""Cells that may differ: 256 colours make 16 of a picture; the smallest label takes 40."""


def read(content):
    return Image.open(BytesIO(content)).convert("RGB")


def keep(name, content):
    """Store a picture, with 256 colours: three times smaller and no eye sees it."""
    GOLDEN.mkdir(exist_ok=True)
    picture = read(content).quantize(256, kmeans=2, dither=Image.Dither.NONE)
    picture.save(GOLDEN / f"{name}.png", optimize=True)


def differing_cells(one, other, *, cell=CELL):
    """Return a picture in which the cells that differ are white, and how many they are."""
    small = [picture.reduce(cell) for picture in (one, other)]
    bands = ImageChops.difference(*small).split()
    strongest = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    mask = strongest.point(lambda value: 255 if value > NOTICEABLE else 0)
    return mask, mask.histogram()[255]


def compare(name, content):
    """Return what is wrong with a screenshot, or nothing; keeps a picture of the difference."""
    path = GOLDEN / f"{name}.png"
    if not path.exists():
        return f"{path.name} is missing: look at the map, then run `make golden`"
    golden, new = read(path.read_bytes()), read(content)
    if golden.size != new.size:
        return f"{name}: found {new.size}, expected {golden.size}"
    mask, count = differing_cells(golden, new)
    if count <= ALLOWED:
        return ""
    DIFFERENCES.mkdir(exist_ok=True)
    width, height = new.size
    sheet = Image.new("RGB", (3 * width, height))
    for number, picture in enumerate((golden, new, mask.resize(new.size, 0).convert("RGB"))):
        sheet.paste(picture, (number * width, 0))
    sheet.save(DIFFERENCES / f"{name}.png")
    return f"{name}: {count} cells differ; see {DIFFERENCES.relative_to(ROOT)}/{name}.png"
