"""The whole site, in memory."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files as package_files
from typing import Final

import minify

from geo.assets import read_asset
from geo.errors import GeoError
from geo.model.catalogue import Catalogue, Era
from geo.model.editions import load_edition
from geo.model.features import ID_PATTERN, Feature
from geo.model.layers import load_features
from geo.model.neutral import painted
from geo.model.symbology import to_css
from geo.model.wording import ENGLISH, Wording
from geo.publish.addresses import ATLAS, page_path
from geo.publish.formats import FILES, write_format
from geo.publish.frames import build_oembed
from geo.site.address import Address
from geo.site.card import CARD
from geo.site.era_page import Download, render_era_page
from geo.site.frame import Map, Page, Site
from geo.site.markup import fill
from geo.site.overview import (
    render_atlas_page,
    render_first_page,
    render_lost_page,
    render_moved_page,
)
from geo.site.record_pages import render_data_page, render_sources_page
from geo.site.renderings import THEMES, Drawing, draw_maps
from geo.site.snippets import HOST_SCRIPT
from geo.site.store import Files

__all__ = ["build_site", "build_sites"]

FIRST_VIEW: Final = 300_000
"""Most that a page may load before the reader does anything, bytes, gzipped."""

TAKEN: Final = frozenset({ATLAS, "assets", "data", "oembed", "sources", "v"})
"""Folders of the site that nothing else can have."""

OF_THE_HOST: Final = ("robots.txt", "_headers", ".nojekyll", "404.html")
"""Files that a host reads at the root alone."""

MEDIA: Final = {
    "html": "text/html",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "geojson": "application/geo+json",
}


def build_sites(
    catalogue: Catalogue, address: Address, languages: Sequence[str]
) -> dict[str, bytes]:
    """Return every file of the site in some languages: the first at its root.

    Each other stands in a folder of its language, and every page leads to itself in all of them.
    Raises GeoError.
    """
    for name in catalogue.former.keys() | {era.id for era in catalogue.eras}:
        if name in languages:
            raise GeoError(f"layers/catalogue.toml: id {name!r} is the folder of a language")
    first, *others = languages
    folders = {first: "", **{language: f"{language}/" for language in others}}
    places = {
        language: Address(address.absolute(folder)) if address else address
        for language, folder in folders.items()
    }
    along = places if address and others else {}
    found: dict[str, bytes] = {}
    for language, folder in folders.items():
        files = build_site(catalogue, places[language], language, languages=along)
        if not folder:
            found |= files
            continue
        own = {path: content for path, content in files.items() if path not in OF_THE_HOST}
        found |= {f"{folder}{path}": content for path, content in own.items()}
        found["_headers"] += fill("_headers", {"root": f"{address.root}{folder}"}).encode()
        if address:
            found["robots.txt"] += f"{_sitemap_line(places[language])}\n".encode()
    return found


def build_site(
    catalogue: Catalogue,
    address: Address = Address(),  # noqa: B008  # frozen
    language: str = ENGLISH,
    *,
    languages: Mapping[str, Address] | None = None,
) -> Files:
    """Return every file of the site; without an address, what needs one is left out.

    `languages` has where the site stands in each language, where it stands in several. The same
    catalogue, addresses and language give the same bytes. Raises GeoError.
    """
    files = Files()
    read = load_features(catalogue, catalogue.layers)  # any fault shows before the long part
    themes = {layer.id for layer in catalogue.themes}
    features = [feature for feature in read if feature.layer in themes]
    told = load_edition(catalogue, language, features)
    catalogue, wording = told.catalogue, told.wording
    names = [*catalogue.former, *(era.id for era in catalogue.eras)]
    names += [layer.id for layer in catalogue.layers]
    for name in names:
        if not ID_PATTERN.fullmatch(name) or name in TAKEN:
            raise GeoError(f"layers/catalogue.toml: id {name!r} cannot be an address of a site")
    symbology = told.symbology.fitted(painted(feature.properties) for feature in told.features)
    style = to_css(symbology) + read_asset("site/site.css")
    data = {layer.id: catalogue.path(layer).read_bytes() for layer in catalogue.layers}
    for name, content in data.items():
        files.add(f"data/{name}.geojson", content)
    for name, (file, _) in FILES.items():
        files.add(f"data/{file}", write_format(catalogue, catalogue.eras, name, features))
    with draw_maps(catalogue, language) as drawn:
        drawings = {era.id if era else ATLAS: drawing for era, drawing in drawn}
    maps = {
        name: _map(catalogue, wording, name, files.add_hashed(f"{name}-card.png", drawing.card))
        for name, drawing in drawings.items()
    }
    site = Site(
        catalogue=catalogue,
        wording=wording,
        address=address,
        style=files.add_hashed("site.css", str(minify.string("text/css", style))),
        icon=files.add_hashed("icon.png", _read_icon()),
        maps=maps,
        languages=languages or {},
    )
    for name, drawing in drawings.items():
        files.add(maps[name].document, drawing.document)
    for page in _pages(site, files, drawings, told.features):
        path = page.path if page.path == "404.html" else f"{page.path}index.html"
        files.add(path, site.render(page))
    files.add(HOST_SCRIPT, read_asset(HOST_SCRIPT))
    files.add(".nojekyll", "")  # GitHub Pages would leave out _headers
    files.add("_headers", fill("_headers", {"root": address.root}))
    _add_for_machines(site, files)
    return files


def _pages(
    site: Site, files: Files, drawings: Mapping[str, Drawing], features: Sequence[Feature]
) -> list[Page]:
    """Return all pages, and add the pictures they show and offer."""
    catalogue, texts = site.catalogue, site.texts
    pictures = {
        era.id: {
            (sheet, theme): files.add_hashed(f"{era.id}-{sheet}-{theme}.svg", svg)
            for (sheet, theme), svg in drawings[era.id].maps.items()
        }
        for era in catalogue.eras
    }
    pages = [
        _era_page(site, files, era, drawing=drawings[era.id], maps=pictures[era.id])
        for era in catalogue.eras
    ]
    whole = site.maps[ATLAS].document
    atlas: list[Download] = [(whole, MEDIA["html"], texts["as-html"], len(files[whole]))]
    sizes = {layer.id: len(files[f"data/{layer.id}.geojson"]) for layer in catalogue.layers}
    sizes |= {name: len(files[f"data/{file}"]) for name, (file, _) in FILES.items()}
    return [
        *pages,
        render_atlas_page(
            site,
            drawings[ATLAS].payload,
            picture=pictures[catalogue.eras[0].id],
            downloads=atlas,
        ),
        render_first_page(site, pictures),
        render_sources_page(site, features),
        render_data_page(site, sizes),
        render_lost_page(site),
        *(render_moved_page(site, old, now) for old, now in catalogue.former.items()),
    ]


def _era_page(
    site: Site, files: Files, era: Era, *, drawing: Drawing, maps: Mapping[tuple[str, str], str]
) -> Page:
    """Return an era's page with its map, or with a button for it where that would be too much."""
    downloads = _downloads(site, files, era, drawing)

    def render(*, at_once: bool) -> Page:
        return render_era_page(
            site, era, drawing.payload, maps=maps, downloads=downloads, at_once=at_once
        )

    page = render(at_once=True)
    heavier = max((maps["map", theme] for theme in THEMES), key=lambda path: _packed(files[path]))
    loaded = [files[path] for path in (site.style, site.icon, heavier)]
    loaded += [drawing.document, site.render(page).encode()]
    return page if sum(map(_packed, loaded)) <= FIRST_VIEW else render(at_once=False)


def _packed(content: bytes) -> int:
    return len(gzip.compress(content, mtime=0))


def _downloads(site: Site, files: Files, era: Era, drawing: Drawing) -> list[Download]:
    document = site.maps[era.id].document
    found: list[Download] = [
        (document, MEDIA["html"], site.texts["as-html"], len(drawing.document))
    ]
    for ending, content in drawing.plates.items():
        path = files.add_hashed(f"{era.id}.{ending}", content)
        found.append((path, MEDIA[ending], site.texts[f"as-{ending}"], len(content)))
    for layer in map(site.catalogue.layer, era.layers):
        path = f"data/{layer.id}.geojson"
        label = site.texts["as-geojson"].format(layer.title)
        found.append((path, MEDIA["geojson"], label, len(files[path])))
    return found


def _map(catalogue: Catalogue, wording: Wording, name: str, card: str) -> Map:
    if name == ATLAS:
        about = wording.site["about-text"].format(len(catalogue.eras))
        first, last = catalogue.eras[0], catalogue.eras[-1]
        dates = wording.when["between"].format(first.begin[:4], last.end[:4])
        return Map(name, wording.site["atlas"], dates, about, about, card)
    era = catalogue.era(name)
    return Map(name, era.title, era.dates, era.caption, era.alt, card)


def _add_for_machines(site: Site, files: Files) -> None:
    """Add what programs read; all of it needs absolute addresses, but for robots.txt."""
    address = site.address
    robots = ["User-agent: *", "Allow: /"]
    if address:
        robots.append(_sitemap_line(address))
        moved = {f"{page_path(old)}index.html" for old in site.catalogue.former}
        pages = sorted({path for path in files if path.endswith("index.html")} - moved)
        entries = "".join(
            f"<url><loc>{address.absolute(path.removesuffix('index.html'))}</loc></url>\n"
            for path in pages
        )
        files.add("sitemap.xml", _SITEMAP.format(entries))
        for shown in site.maps.values():
            answer = build_oembed(
                site.embed(shown),
                address.absolute(shown.page),
                provider=(site.catalogue.title, address.base),
                thumbnail=(address.absolute(shown.card), *CARD),
            )
            text = json.dumps(answer, ensure_ascii=False, indent=1)
            files.add(shown.answer, f"{text}\n")
    files.add("robots.txt", "\n".join([*robots, ""]))


def _sitemap_line(address: Address) -> str:
    return f"Sitemap: {address.absolute('sitemap.xml')}"


def _read_icon() -> bytes:
    return (package_files("geo") / "assets" / "app" / "icon.png").read_bytes()


_SITEMAP: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{}</urlset>\n'
)
