"""The page of one era."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.model.bibliography import cite
from geo.model.catalogue import Era
from geo.payload.build import shown_features
from geo.payload.schema import FeatureEntry, Payload
from geo.site.address import relative
from geo.site.frame import Page, Site
from geo.site.markup import Html, element, join, link
from geo.site.metadata import describe_era
from geo.site.snippets import render_embedding, render_live_map

__all__ = ["Download", "render_downloads", "render_era_page"]

Download = tuple[str, str, str, int]
"""A file to take away: path, media type, what it is called, bytes."""


def render_era_page(  # noqa: PLR0913  # a page has its pictures, its files and its weight
    site: Site,
    era: Era,
    payload: Payload,
    *,
    maps: Mapping[tuple[str, str], str],
    downloads: Sequence[Download],
    at_once: bool,
) -> Page:
    """Return an era's page; `maps` has the paths of its pictures by sheet and theme.

    Unless `at_once`, its document is loaded when the reader asks for it.
    """
    shown = site.maps[era.id]
    features = shown_features(payload, payload["eras"][0])
    cited = _cited(site, era, features)
    title = f"{site.catalogue.title}: {era.title} ({era.dates})"
    content = site.fill(
        "era.html",
        title=era.title,
        dates=era.dates,
        caption=era.caption,
        live=render_live_map(site, shown, maps, later="" if at_once else site.texts["load-map"]),
        embed=_to(shown.page, shown.document),
        alt=era.alt,
        count=str(len(features)),
        features=_features(site, payload, features, cited),
        findings=_findings(site, era, cited),
        cited=join(
            (element("li", _citation(site, name), id=f"s-{name}") for name in cited), Html("\n")
        ),
        embedding=render_embedding(site, shown),
        downloads=render_downloads(site, shown.page, downloads),
        steps=_steps(site, era),
    )
    metadata = describe_era(
        site,
        era,
        cited=[site.catalogue.sources[name] for name in cited],
        downloads=[(path, media) for path, media, _, _ in downloads],
    )
    return Page(shown.page, title, era.caption, content, shown, metadata)


def render_downloads(site: Site, page: str, downloads: Sequence[Download]) -> Html:
    """Return files as a list of links with their sizes."""
    return join(
        (
            element(
                "li",
                join(
                    [
                        link(_to(page, path), label, download=_plain_name(path), type=media),
                        element("small", site.kilobytes(size)),
                    ],
                    " ",
                ),
            )
            for path, media, label, size in downloads
        ),
        Html("\n"),
    )


def _to(page: str, target: str) -> str:
    return relative(f"{page}index.html", target)


def _plain_name(path: str) -> str:
    """Return a file's name without the hash of its content."""
    stem, *middle, ending = path.rsplit("/", 1)[-1].split(".")
    return f"{stem}.{ending}" if path.startswith("assets/") else ".".join([stem, *middle, ending])


def _cited(site: Site, era: Era, features: Sequence[FeatureEntry]) -> list[str]:
    """Return the ids of all sources a page cites, in the order in which it does."""
    names = [name for feature in features for name in feature["sources"]]
    names += [name for claim in era.claims for name in site.catalogue.claims[claim].finding_sources]
    return list(dict.fromkeys(names))


def _features(
    site: Site,
    payload: Payload,
    features: Sequence[FeatureEntry],
    cited: Sequence[str],
) -> Html:
    """Return what the map shows, by kind as in its legend."""
    parts = []
    for kind, drawing in payload["kinds"].items():
        own = [feature for feature in features if feature["kind"] == kind]
        if own:
            rows = (_feature(site, payload, feature, cited) for feature in own)
            parts.append(element("h3", drawing["title"]))
            parts.append(element("ul", join(rows, Html("\n")), class_="features"))
    return join(parts, Html("\n"))


def _feature(site: Site, payload: Payload, feature: FeatureEntry, cited: Sequence[str]) -> Html:
    ui = site.wording.ui
    actor = feature.get("who") or payload["actors"].get(feature.get("actor", ""), {}).get(
        "title", ""
    )
    certainty = feature["certainty"]
    facts = [
        feature["when"],
        actor,
        element("span", ui[certainty], class_=f"certainty {certainty}"),
        "" if feature.keys() & {"at", "shape"} else ui["unplaced"],
        _numbers(site, feature["sources"], cited),
    ]
    return element(
        "li",
        join(
            [
                element("span", feature["title"]),
                element("small", join((fact for fact in facts if fact), " · ")),
            ],
            Html("\n"),
        ),
        id=feature["id"],
    )


def _numbers(site: Site, names: Sequence[str], cited: Sequence[str]) -> Html:
    """Return links to the sources at the foot of the page, by number."""
    word = site.texts["source"]
    return join(
        (
            link(f"#s-{name}", str(number), aria_label=f"{word} {number}", class_="number")
            for name in dict.fromkeys(names)
            for number in [cited.index(name) + 1]
        ),
        " ",
    )


def _findings(site: Site, era: Era, cited: Sequence[str]) -> Html:
    claims = [site.catalogue.claims[name] for name in era.claims]
    found = [claim for claim in claims if claim.finding]
    if not found:
        return Html()
    entries = []
    for claim in found:
        target = f"{_to(f'{era.id}/', 'sources/')}#{claim.id}"
        numbers = _numbers(site, claim.finding_sources, cited)
        head = [link(target, claim.id, class_="claim"), claim.statement]
        rest = join([claim.finding, numbers], " ")
        entries.append(
            element(
                "li",
                join([element("p", join(head, " ")), element("p", rest, class_="finding")]),
            )
        )
    heading = element("h2", site.texts["findings"], id="findings")
    listed = element("ul", join(entries, Html("\n")), class_="claims")
    return element("section", join([heading, listed]), aria_labelledby="findings")


def _citation(site: Site, name: str) -> Html:
    source = site.catalogue.sources[name]
    return link(_to("x/", f"sources/#{name}"), cite(source))


def _steps(site: Site, era: Era) -> Html:
    eras = site.catalogue.eras
    place = eras.index(era)
    steps = []
    for other, text, side in (
        (eras[place - 1] if place else None, "previous", "prev"),
        (eras[place + 1] if place + 1 < len(eras) else None, "next", "next"),
    ):
        if other:
            label = site.texts[text].format(f"{other.label}, {other.title}")
            steps.append(
                link(_to(f"{era.id}/", site.maps[other.id].page), label, rel=side, class_=side)
            )
    return join(steps, Html("\n"))
