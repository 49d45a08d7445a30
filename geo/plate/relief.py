"""The relief's image: a page or plate holds it once, and its drawings refer to it."""

from __future__ import annotations

import base64
import io
import re
from functools import cache
from typing import Final

from PIL import Image

from geo.model.symbology import Relief
from geo.plate.tags import tag

__all__ = ["page_relief", "plate_relief"]

REFERENCE: Final = re.compile(r'(<use href="#relief"[^>]*?)(?: opacity="([\d.]+)")?(?=/>)')
"""How a drawing refers to the image, and how much of it is left at the drawing's zoom."""


def page_relief(relief: Relief) -> str:
    """Return hill shading as an SVG element, as strong as the page it stands in says."""
    return _image(relief.page, opacity=f"var(--relief,{relief.strength['light']})")


def plate_relief(content: str, relief: Relief, *, theme: str) -> tuple[str, str]:
    """Return a drawing, and the image of the hill shading it refers to; empty where it has none.

    The image is as strong as a theme has it. Its pixels are as transparent as they are to be seen:
    an opacity, the image's or the reference's, would cost what draws plates three quarters of its
    time, and a copy of the whole picture.
    """
    found = REFERENCE.search(content)
    if not found:
        return content, ""
    share = relief.strength[theme] * float(found[2] or 1)
    return REFERENCE.sub(r"\1", content), _image(_paled(relief.plate, round(share, 4)))


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
def _paled(address: str, share: float) -> str:
    """Return an image, as an address, with a share of its opacity."""
    kind, data = address.split(",")
    image = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGBA")
    image.putalpha(image.getchannel("A").point(lambda value: round(value * share)))
    made = io.BytesIO()
    image.save(made, "WEBP", lossless=True, exact=True)
    return f"{kind},{base64.b64encode(made.getvalue()).decode()}"
