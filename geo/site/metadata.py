"""JSON-LD in schema.org's words, for search engines and libraries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from geo import __version__
from geo.model.bibliography import DOI_ADDRESS, cite
from geo.model.catalogue import Era, Source
from geo.publish.addresses import ATLAS
from geo.site.frame import Map, Site

__all__ = ["describe_atlas", "describe_era"]

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"


def describe_era(
    site: Site, era: Era, *, cited: Iterable[Source], downloads: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """Return the metadata of an era's map; `downloads` are (path, media type)."""
    west, south, east, north = era.bounds
    place = {
        "@type": "Place",
        "name": site.texts["region"],
        "geo": {"@type": "GeoShape", "box": f"{south:g} {west:g} {north:g} {east:g}"},
    }
    return {
        **_map(site, site.maps[era.id], "Map"),
        "temporalCoverage": _coverage(era.begin, era.end),
        "spatialCoverage": place,
        "isPartOf": _map(site, site.maps[ATLAS], "Atlas"),
        "citation": [_work(source) for source in cited],
        **_encodings(site, downloads),
    }


def describe_atlas(site: Site, *, downloads: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return the metadata of the map of all eras."""
    eras = site.catalogue.eras
    return {
        **_map(site, site.maps[ATLAS], "Map"),
        "temporalCoverage": _coverage(eras[0].begin, eras[-1].end),
        "spatialCoverage": {"@type": "Place", "name": site.texts["region"]},
        "hasPart": [_map(site, site.maps[era.id], "Map") for era in eras],
        **_encodings(site, downloads),
    }


def _map(site: Site, shown: Map, kind: str) -> dict[str, Any]:
    base = {
        "@context": "https://schema.org",
        "@type": kind,
        "name": f"{site.catalogue.title}: {shown.title}",
        "description": shown.description,
        "inLanguage": site.wording.language,
        "license": LICENCE,
        "version": __version__,
        "creditText": site.catalogue.attribution,
    }
    if site.address:
        base["url"] = site.address.absolute(shown.page)
        base["image"] = site.address.absolute(shown.card)
    return base


def _coverage(begin: str, end: str) -> str:
    """Return half-open dates as schema.org's interval, whose last day is inside."""
    return f"{begin}/{date.fromisoformat(end) - timedelta(days=1)}"


def _work(source: Source) -> dict[str, str]:
    work = {
        "@type": "Book" if source.isbn else "CreativeWork",
        "name": source.title,
        "creditText": cite(source),
        "url": source.url,
        "sameAs": f"{DOI_ADDRESS}{source.doi}" if source.doi else "",
        "isbn": source.isbn,
        "inLanguage": source.language,
    }
    return {key: value for key, value in work.items() if value}


def _encodings(site: Site, downloads: Sequence[tuple[str, str]]) -> dict[str, Any]:
    if not site.address:
        return {}
    files = [
        {
            "@type": "MediaObject",
            "contentUrl": site.address.absolute(path),
            "encodingFormat": media,
        }
        for path, media in downloads
    ]
    return {"encoding": files}
