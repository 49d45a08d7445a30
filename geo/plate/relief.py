"""The relief's image: a page or plate holds it once, and its drawings refer to it."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import numpy as np
from PIL import Image

from geo.model.symbology import Relief
from geo.plate.tags import tag

__all__ = ["page_relief", "plate_relief"]

TONES: Final = 15
"""Steps of strength between none and all: more are not told apart, and make a plate larger."""

REFERENCE: Final = re.compile(
    r'<use href="#relief" transform="matrix\(([-\d. ]+)\)"(?: opacity="([\d.]+)")?/>'
)
"""How a drawing refers to the image: where it lays it, and how much is left of it at its zoom."""


def page_relief(relief: Relief) -> str:
    """Return hill shading as an SVG element, as strong as the page it stands in says."""
    return _image(relief.page, opacity=f"var(--relief,{relief.strength['light']})")


def plate_relief(
    content: str,
    *,
    relief: Relief,
    theme: str,
    size: tuple[int, int],
    mesh: Mapping[str, Any] | None = None,
) -> tuple[str, str]:
    """Return a drawing, and the image of the hill shading it refers to; empty where it has none.

    The image is as strong as a theme has it. Its pixels are as transparent as they are to be seen:
    an opacity, the image's or the reference's, would cost what draws plates three quarters of its
    time, and a copy of the whole picture. It is what the sheet, `size` pixels large, shows of the
    relief; a drawing that is not in Web Mercator has a `mesh` (geo/assets/js/drawing/conic.js) that
    says what that is.
    """
    found = REFERENCE.search(content)
    if not found:
        return content, ""
    share = round(relief.strength[theme] * float(found[2] or 1), 4)
    whole, colour = _read(relief.plate)
    shade = _fitted(whole, mesh or _mesh_of(found[1], size), size)
    image = Image.new("RGB", shade.size, colour)
    image.putalpha(shade.point(lambda value: round(value * share)))
    onto = " ".join(map(str, (size[0], 0, 0, size[1], 0, 0)))
    drawing = REFERENCE.sub(f'<use href="#relief" transform="matrix({onto})"/>', content)
    return drawing, _image(_address(image))


def _mesh_of(matrix: str, size: tuple[int, int]) -> Mapping[str, Any]:
    """Return the mesh of a sheet on which a matrix lays the image."""
    width, _, _, height, left, top = map(float, matrix.split())
    corners = [(x, y) for y in (0, size[1]) for x in (0, size[0])]
    shares = [share for x, y in corners for share in ((x - left) / width, (y - top) / height)]
    return {"columns": 1, "rows": 1, "shares": shares}


def _image(address: str, opacity: str | None = None) -> str:
    """Return an image on a unit square: a drawing lays it on its extent."""
    return tag(
        "image",
        id="relief",
        width=1,
        height=1,
        preserveAspectRatio="none",
        opacity=opacity,
        href=address,
    )


@cache
def _read(address: str) -> tuple[Image.Image, tuple[int, int, int]]:
    """Return how strong the shade is, as a grey image, and its colour: that of its darkest."""
    content = base64.b64decode(address.partition(",")[2])
    image = Image.open(io.BytesIO(content)).convert("RGBA")
    pixels = np.asarray(image).reshape(-1, 4)
    red, green, blue, _ = pixels[np.argmax(pixels[:, 3])].tolist()
    return image.getchannel("A"), (red, green, blue)


def _fitted(shade: Image.Image, mesh: Mapping[str, Any], size: tuple[int, int]) -> Image.Image:
    """Return the shade as a sheet shows it: `mesh` says where a grid over the sheet lies on it.

    It has about as many pixels as the sheet shows of it, and no more than the sheet: more would
    make the plate larger.
    """
    columns, rows = mesh["columns"], mesh["rows"]
    corners = np.reshape(mesh["shares"], (rows + 1, columns + 1, 2)) * shade.size
    edges = np.hypot(*np.moveaxis(np.diff(corners, axis=1), -1, 0))
    width = max(1, min(size[0], round(edges.mean() * columns)))
    height = max(1, round(width * size[1] / size[0]))
    across = np.rint(np.linspace(0, width, columns + 1)).astype(int).tolist()
    down = np.rint(np.linspace(0, height, rows + 1)).astype(int).tolist()
    cells = [
        (
            (across[x], down[y], across[x + 1], down[y + 1]),
            # North-west, south-west, south-east, north-east.
            corners[[y, y + 1, y + 1, y], [x, x, x + 1, x + 1]].ravel().tolist(),
        )
        for y in range(rows)
        for x in range(columns)
    ]
    method, resample = Image.Transform.MESH, Image.Resampling.BILINEAR
    fitted = shade.transform((width, height), method, cells, resample)
    return fitted.point(lambda value: round(round(value / 255 * TONES) * 255 / TONES))


def _address(image: Image.Image) -> str:
    """Return the address of an image, which holds all of it."""
    made = io.BytesIO()
    image.save(made, "WEBP", lossless=True, exact=True)
    return f"data:image/webp;base64,{base64.b64encode(made.getvalue()).decode()}"
