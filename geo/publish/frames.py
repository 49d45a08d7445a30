"""What an author pastes: the frame of a document, and what oEmbed says of it.

A frame is valid without any script, reserves its height, and gives the map no rights but to run
its own code and to open a source in a new tab. Conventions: docs/embedding.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any, Final

__all__ = ["Embed", "build_oembed", "render_frame", "render_oembed_frame", "render_tall_frame"]

SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""Without ``allow-same-origin``: the map must not reach the page that frames it."""

BEHIND: Final = (
    "position:relative;min-height:200px",
    "position:absolute;inset:0",
    "width:100%;height:100%;object-fit:contain",
)
"""Styles of a frame's place, and of link and picture behind the frame."""

WIDTH: Final = 800
"""Width of the frame that oEmbed names, pixels; pasted frames are as wide as their column."""

SHORTEST: Final = 200
"""Least height of a frame, pixels: WordPress makes none lower."""


@dataclass(frozen=True)
class Embed:
    """A document at an address, as an author frames it."""

    address: str
    """Absolute URL of the document, with its parameters."""
    title: str
    """What the frame shows, for those who do not see it."""
    height: int = 560
    """Pixels."""
    width: int = 0
    """Pixels; 0 is as wide as the column it stands in."""
    page: str = ""
    """Absolute URL of the map's own page."""
    picture: str = ""
    """Absolute URL of a picture that is seen where the frame is not."""
    alt: str = ""
    """The picture in words."""


def render_frame(embed: Embed) -> str:
    """Return the frame to paste into an article.

    With a picture it lies over that: one sees it while the frame loads, and where frames are taken
    out, as in feeds and e-mail, it is left and leads to the map. It is no stop of the keyboard.
    """
    width = embed.width or "100%"
    style = "border:0;max-width:100%" if embed.width else "border:0"
    if embed.picture:
        return (
            f'<div style="{BEHIND[0]}"><a href="{escape(embed.page)}" tabindex="-1" '
            f'style="{BEHIND[1]}"><img src="{escape(embed.picture)}" alt="{escape(embed.alt)}" '
            f'loading="lazy" style="{BEHIND[2]}"></a>'
            f"{_frame(embed, width, f'{style};position:relative')}</div>"
        )
    return _frame(embed, width, style)


def _frame(embed: Embed, width: int | str, style: str) -> str:
    return (
        f'<iframe src="{escape(embed.address)}" title="{escape(embed.title)}" loading="lazy" '
        f'width="{width}" height="{embed.height}" style="{style}" sandbox="{SANDBOX}" '
        'referrerpolicy="no-referrer" allow="fullscreen; clipboard-write"></iframe>'
    )


def render_tall_frame(embed: Embed, script: str) -> str:
    """Return the frame with the script at an address that makes it as high as its content."""
    return f'{render_frame(embed)}\n<script src="{escape(script)}" async></script>'


def render_oembed_frame(embed: Embed, page: str, *, width: int, height: int) -> str:
    """Return the markup an untrusted oEmbed provider may send: a, blockquote and iframe only.

    The attributes are those WordPress lets through, but for ``sandbox``: it sets one itself.
    `page` is the address of the map's own page.
    """
    return (
        f'<blockquote><a href="{escape(page)}">{escape(embed.title)}</a></blockquote>'
        f'<iframe src="{escape(embed.address)}" width="{width}" height="{height}" '
        f'frameborder="0" marginwidth="0" marginheight="0" sandbox="{SANDBOX}" '
        f'title="{escape(embed.title)}"></iframe>'
    )


def build_oembed(
    embed: Embed,
    page: str,
    *,
    provider: tuple[str, str],
    thumbnail: tuple[str, int, int],
    most: tuple[int | None, int | None] = (None, None),
) -> dict[str, Any]:
    """Return an oEmbed 1.0 answer of type rich for a map's own page.

    `provider` is (name, address), `thumbnail` (address, width, height) in pixels, `most` the
    (maxwidth, maxheight) the consumer asked for, None where it did not. Source of the fields:
    https://oembed.com, section 2.3.4.
    """
    width = min(WIDTH, most[0] or WIDTH)
    height = max(min(embed.height, most[1] or embed.height), min(SHORTEST, most[1] or SHORTEST))
    name, address = provider
    picture, picture_width, picture_height = thumbnail
    return {
        "version": "1.0",
        "type": "rich",
        "title": embed.title,
        "provider_name": name,
        "provider_url": address,
        "cache_age": 86400,
        "thumbnail_url": picture,
        "thumbnail_width": picture_width,
        "thumbnail_height": picture_height,
        "html": render_oembed_frame(embed, page, width=width, height=height),
        "width": width,
        "height": height,
    }
