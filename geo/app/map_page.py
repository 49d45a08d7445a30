"""The page of a map for those who share it: plain HTML with what previews and crawlers read.

Streamlit's own page is empty until its script has run, and carries no link to an oEmbed answer.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from html import escape
from string import Template
from typing import Any, Final
from urllib.parse import urlencode

from geo import __version__
from geo.app.addresses import Shown, document_path, language_query, map_name
from geo.app.library import Library
from geo.app.naming import load_texts, name_map
from geo.app.pictures import CARD
from geo.assets import read_asset
from geo.fonts.faces import family_list
from geo.model.catalogue import Catalogue, Era
from geo.model.opening import OWN
from geo.model.wording import find_languages
from geo.payload.packing import to_inert_json
from geo.publish.addresses import ATLAS, render_alternates
from geo.publish.frames import SANDBOX

__all__ = ["POLICY", "card_path", "render_map_page", "render_sitemap"]

STYLE: Final = f":root {{ --serif: {family_list('serif')}; }}\n{read_asset('app/map.css')}"

_DIGEST: Final = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; img-src data:; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""The page runs nothing and loads nothing but the frame of its map."""

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"


def card_path(library: Library, eras: Sequence[Era]) -> str:
    """Return where the picture card of a map stands; another release has another address."""
    name = map_name(library.catalogue, eras)
    return f"card/{name}.png?v={library.release[:8]}{language_query(library.language, '&')}"


def render_map_page(library: Library, shown: Shown, place: str) -> str:
    """Return the page of the map of some eras, at an app's absolute address."""
    catalogue, eras, wording = library.catalogue, shown.eras, library.told.wording
    texts = load_texts("map", wording.language)
    alone = eras[0] if len(eras) == 1 else None
    bare_own = f"{place}map/{map_name(catalogue, eras)}"
    own = f"{bare_own}{language_query(wording.language)}"
    title = name_map(catalogue, eras)
    caption = alone.caption if alone else texts["atlas"].format(len(eras))
    card = f"{place}{card_path(library, eras)}"
    asked = urlencode({"url": f"{bare_own}{shown.query}", "format": "json"})
    # Where the app opens: it holds all eras, so it must be told.
    bare = alone and shown.parameters.keys().isdisjoint(OWN)
    whole = len(eras) == len(catalogue.eras)
    opening = {**({} if whole else {"era": eras[0].id}), **shown.parameters}
    frame = document_path(catalogue, eras, library.release)
    values = {
        "language": wording.language,
        "direction": wording.direction,
        "style": STYLE,
        "title": title,
        "canonical": own,
        "oembed": f"{place}oembed?{asked}",
        "card": card,
        "card_width": str(CARD[0]),
        "card_height": str(CARD[1]),
        "card_alt": (alone or eras[0]).alt,
        "site": catalogue.title,
        "heading": alone.title if alone else catalogue.title,
        "dates": alone.dates if alone else title.removeprefix(f"{catalogue.title}: "),
        "caption": caption,
        # The page has the era's title and caption itself; an author's own stand in the map alone.
        "frame": f"../{frame}{_with_heading(shown.query) if bare else shown.query}",
        "sandbox": SANDBOX,
        "open": texts["open"],
        "app": f"../?{urlencode(opening, safe=',~')}" if opening else "../",
        "embed": texts["embed"],
        "author": f"../embed?{urlencode(opening, safe=',~')}" if opening else "../embed",
        "others": texts["others"],
        "credits": catalogue.attribution,
    }
    markup = {
        "metadata": to_inert_json(_metadata(library, shown, own=own, card=card)),
        "about": _about(library, alone, texts) if alone else "",
        "eras": _links(catalogue, map_name(catalogue, eras), language_query(wording.language)),
        "languages": _alternates(bare_own),
    }
    fields = {name: escape(value) for name, value in values.items() if name != "style"}
    return Template(read_asset("app/map.html")).substitute(fields, style=STYLE, **markup)


def _with_heading(query: str) -> str:
    return f"{query}{'&' if query else '?'}heading=none"


def _alternates(address: str) -> str:
    """Return links to a page in each language, where there are several."""
    languages = find_languages()
    pages = [(language, f"{address}{language_query(language)}") for language in languages]
    return render_alternates([*pages, ("x-default", address)]) if len(languages) > 1 else ""


def render_sitemap(catalogue: Catalogue, place: str, languages: Sequence[str]) -> str:
    """Return the list of all maps' pages in all languages."""
    names = [ATLAS, *(era.id for era in catalogue.eras)]
    pages = [
        f"{place}map/{name}{language_query(language)}" for language in languages for name in names
    ]
    entries = "".join(f"<url><loc>{escape(page)}</loc></url>\n" for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )


def _about(library: Library, era: Era, texts: Mapping[str, str]) -> str:
    """Return an era's map in words, with the list of what it shows."""
    wording = library.told.wording
    rows = "".join(
        f"<li>{escape(item['title'])} <small>{escape(when)}</small></li>"
        for item in (feature.properties for feature in library.select(era, list(era.layers)))
        for when in [wording.describe_timespan(item["begin_edtf"], item["end_edtf"])]
    )
    return (
        f"<h2>{escape(texts['words'])}</h2>\n<p>{escape(era.alt)}</p>\n"
        f"<h2>{escape(texts['features'])}</h2>\n<ul>{rows}</ul>"
    )


def _links(catalogue: Catalogue, here: str, query: str) -> str:
    pages = [
        (ATLAS, catalogue.title),
        *((era.id, f"{era.label}: {era.title}") for era in catalogue.eras),
    ]
    return "".join(
        f'<li><a href="{escape(name + query)}"{" aria-current=page" if name == here else ""}>'
        f"{escape(text)}</a></li>"
        for name, text in pages
    )


def _metadata(library: Library, shown: Shown, *, own: str, card: str) -> dict[str, Any]:
    """Return JSON-LD in schema.org's words."""
    catalogue, eras = library.catalogue, shown.eras
    return {
        "@context": "https://schema.org",
        "@type": "Map",
        "name": name_map(catalogue, eras),
        "description": eras[0].caption if len(eras) == 1 else catalogue.subtitle,
        "url": own,
        "image": card,
        "inLanguage": library.language,
        "license": LICENCE,
        "version": __version__,
        "temporalCoverage": f"{eras[0].begin}/{eras[-1].end}",
        "creditText": catalogue.attribution,
    }
