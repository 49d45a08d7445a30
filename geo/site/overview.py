"""The first page with its gallery, and the page of the atlas of all eras."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.payload.schema import Payload
from geo.publish.addresses import ATLAS, page_path
from geo.site.address import relative
from geo.site.era_page import Download, render_downloads
from geo.site.frame import Page, Site
from geo.site.markup import Html, element, join, link
from geo.site.metadata import describe_atlas
from geo.site.pictures import render_picture
from geo.site.snippets import render_embedding, render_live_map

__all__ = ["render_atlas_page", "render_first_page", "render_lost_page", "render_moved_page"]

FIRST_SEEN = 3
"""Pictures of the gallery that load at once."""

Pictures = Mapping[str, Mapping[tuple[str, str], str]]


def render_first_page(site: Site, pictures: Pictures) -> Page:
    """Return the gallery of eras; `pictures` has paths by era, sheet and theme."""
    catalogue, texts = site.catalogue, site.texts
    about = texts["about-text"].format(len(catalogue.eras))
    cards = [
        site.fill(
            "gallery-card.html",
            target=site.maps[era.id].page,
            picture=render_picture(
                "", pictures[era.id], "small", alt="", late=number >= FIRST_SEEN
            ),
            dates=era.dates,
            title=era.title,
        )
        for number, era in enumerate(catalogue.eras)
    ]
    content = site.fill(
        "index.html",
        name=catalogue.title,
        subtitle=catalogue.subtitle,
        about=about,
        atlas=site.maps[ATLAS].page,
        cards=join(cards),
        findings="sources/#findings",
        bibliography="sources/#bibliography",
        data="data/",
    )
    return Page("", f"{catalogue.title}: {catalogue.subtitle}", about, content)


def render_atlas_page(
    site: Site,
    payload: Payload,
    *,
    picture: Mapping[tuple[str, str], str],
    downloads: Sequence[Download],
) -> Page:
    """Return the page of all eras: its map is large, so it loads when the reader opens it."""
    shown, texts = site.maps[ATLAS], site.texts
    eras = site.catalogue.eras
    entries = [
        element(
            "li",
            join(
                [
                    link(relative(f"{shown.page}index.html", site.maps[era.id].page), era.title),
                    element("small", era.dates),
                ],
                " ",
            ),
        )
        for era in eras
    ]
    content = site.fill(
        "atlas.html",
        title=f"{site.catalogue.title}: {site.catalogue.subtitle}",
        lead=texts["atlas-lead"].format(len(eras), len(payload["features"])),
        live=render_live_map(site, shown, picture, later=texts["load-atlas"]),
        embed=relative(f"{shown.page}index.html", shown.document),
        eras=join(entries, Html("\n")),
        embedding=render_embedding(site, shown),
        downloads=render_downloads(site, shown.page, downloads),
    )
    files = [(path, media) for path, media, _, _ in downloads]
    title = f"{site.catalogue.title}: {texts['atlas']}"
    metadata = describe_atlas(site, downloads=files)
    return Page(shown.page, title, shown.description, content, shown, metadata)


def render_moved_page(site: Site, old: str, now: str) -> Page:
    """Return the page at an era's former id: it leads to the era that is there now."""
    shown, path = site.maps[now], page_path(old)
    target = relative(f"{path}index.html", shown.page)
    content = site.fill("moved.html", target=target, name=f"{shown.title} ({shown.dates})")
    title = f"{site.catalogue.title}: {shown.title}"
    return Page(path, title, shown.description, content, leads_to=shown.page)


def render_lost_page(site: Site) -> Page:
    """Return the page for addresses that lead nowhere."""
    texts = site.texts
    content = site.fill("lost.html", home=site.address.root, name=site.catalogue.title)
    return Page("404.html", texts["lost"], texts["lost-text"], content)
