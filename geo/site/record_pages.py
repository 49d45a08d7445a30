"""The pages of record: sources with the claims of the text, and data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geo.model.bibliography import DOI_ADDRESS, cite
from geo.model.catalogue import Catalogue, Claim, Layer, Source
from geo.model.features import Feature, select_features
from geo.model.views import View
from geo.publish.formats import FILES
from geo.site.address import relative
from geo.site.frame import Page, Site
from geo.site.markup import Html, element, join, link

__all__ = ["Leads", "data_content", "render_data_page", "render_sources_page", "sources_content"]


@dataclass(frozen=True)
class Leads:
    """Where a page of record leads to: addresses relative to it."""

    era: Callable[[str], str]
    """The map of an era, by its id."""
    feature: Callable[[str, str], str]
    """The card of a feature on its map, by the ids of era and feature."""
    layer: Callable[[str], str]
    """The file of a layer, by its id."""
    source: Callable[[str], str]
    """A work's place in the bibliography, by its id."""
    file: Callable[[str], str]
    """The file of all features, by its name."""


@dataclass(frozen=True)
class _Shown:
    """What the eras show."""

    features: Mapping[str, Feature]
    """By id."""
    by_era: Mapping[str, set[str]]
    """Ids of the features that an era opens with."""
    era_of: Mapping[str, str]
    """The id of the era to show a feature in: one that opens with it, else one it is in."""


def render_sources_page(site: Site, features: Sequence[Feature]) -> Page:
    """Return findings, the register of claims, and the bibliography."""
    here = "sources/index.html"
    leads = Leads(
        era=lambda era: relative(here, site.maps[era].page),
        feature=lambda era, name: f"{relative(here, site.maps[era].document)}?select={name}",
        layer=lambda name: relative(here, f"data/{name}.geojson"),
        source=lambda name: f"#{name}",
        file=lambda name: relative(here, f"data/{name}"),
    )
    title = f"{site.catalogue.title}: {site.texts['sources']}"
    content = sources_content(site, features, leads)
    return Page("sources/", title, site.texts["sources-lead"], content)


def sources_content(site: Site, features: Sequence[Feature], leads: Leads) -> Html:
    """Return findings, claims and bibliography, each leading to what it is about."""
    catalogue = site.catalogue
    shown = _find_shown(site, features)
    claims = [
        join(
            [
                element("h3", f"{paragraph.id} {paragraph.subject}", id=paragraph.id),
                element("p", paragraph.no_claim) if paragraph.no_claim else Html(),
                _claims(site, paragraph.id, shown, leads),
            ],
            Html("\n"),
        )
        for paragraph in catalogue.paragraphs.values()
    ]
    findings = [
        element("li", join([link(f"#{claim.id}", claim.id), claim.statement], " "))
        for claim in catalogue.claims.values()
        if claim.finding
    ]
    citing = _find_citing(catalogue, features)
    works = sorted(catalogue.sources.values(), key=lambda source: (source.producer, source.id))
    return site.fill(
        "sources.html",
        findings=join(findings, Html("\n")),
        claims=join(claims, Html("\n")),
        works=join(
            (_work(site, source, _lead_to(citing[source.id], shown, leads)) for source in works),
            Html("\n"),
        ),
    )


def _find_shown(site: Site, features: Sequence[Feature]) -> _Shown:
    by_era: dict[str, set[str]] = {}
    era_of: dict[str, str] = {}
    later: dict[str, str] = {}
    for era in site.catalogue.eras:
        chosen = select_features(features, era)
        by_era[era.id] = {feature.id for feature in chosen if feature.layer in era.layers}
        for feature in chosen:
            own = era_of if feature.id in by_era[era.id] else later
            own.setdefault(feature.id, era.id)
    return _Shown({feature.id: feature for feature in features}, by_era, {**later, **era_of})


def _find_citing(catalogue: Catalogue, features: Sequence[Feature]) -> Mapping[str, list[str]]:
    """Return the ids of the features that cite a work, themselves or by a claim, by its id."""
    citing: defaultdict[str, list[str]] = defaultdict(list)
    for feature in features:
        told = [view["sources"] for view in feature.properties.get("views", ())]
        for name in feature.properties.get("claims", ()):
            claim = catalogue.claims[name]
            told += [claim.finding_sources, *(view.sources for view in claim.views)]
        for work in dict.fromkeys(
            [*feature.properties["sources"], *(w for ws in told for w in ws)]
        ):
            citing[work].append(feature.id)
    return citing


def _lead_to(names: Sequence[str], shown: _Shown, leads: Leads) -> list[Html]:
    """Return links to features on their maps; one that no era shows is only named."""
    return [
        link(leads.feature(shown.era_of[name], name), shown.features[name].properties["title"])
        if name in shown.era_of
        else element("span", shown.features[name].properties["title"])
        for name in names
        if name in shown.features
    ]


def render_data_page(site: Site, sizes: Mapping[str, int]) -> Page:
    """Return all data with their lineage; `sizes` has bytes by the id of a layer or a format."""
    here = "data/index.html"
    leads = Leads(
        era=lambda era: relative(here, site.maps[era].page),
        feature=lambda era, name: f"{relative(here, site.maps[era].document)}?select={name}",
        layer=lambda name: relative(here, f"data/{name}.geojson"),
        source=lambda name: relative(here, f"sources/#{name}"),
        file=lambda name: relative(here, f"data/{name}"),
    )
    title = f"{site.catalogue.title}: {site.texts['data']}"
    return Page("data/", title, site.texts["data-text"], data_content(site, sizes, leads))


def data_content(site: Site, sizes: Mapping[str, int], leads: Leads) -> Html:
    """Return all files, those of layers with their sources.

    `sizes` has bytes by the id of a layer, and by the name of a format where its file is made; a
    layer that is not among them has no file, and is left out.
    """
    catalogue = site.catalogue

    def listed(layers: Sequence[Layer]) -> Html:
        there = (layer for layer in layers if layer.id in sizes)
        return join(_layer(site, layer, sizes[layer.id], leads) for layer in there)

    return site.fill(
        "data.html",
        formats=join((_format(site, name, sizes, leads) for name in FILES), Html("\n")),
        themes=listed(catalogue.themes),
        base=listed([layer for layer in catalogue.layers if layer.base]),
    )


def _format(site: Site, name: str, sizes: Mapping[str, int], leads: Leads) -> Html:
    file, media = FILES[name]
    lead = link(leads.file(file), site.texts[f"format-{name}"], type=media, download=file)
    size = element("small", site.kilobytes(sizes[name])) if name in sizes else Html()
    return element("li", join([lead, size], " "))


def _claims(site: Site, paragraph: str, shown: _Shown, leads: Leads) -> Html:
    own = [claim for claim in site.catalogue.claims.values() if claim.paragraph == paragraph]
    entries = [
        site.fill(
            "claim.html",
            anchor=claim.id,
            name=claim.id,
            statement=claim.statement,
            rest=_rest(site, claim, shown, leads),
        )
        for claim in own
    ]
    return element("ul", join(entries), class_="claims") if entries else Html()


def _rest(site: Site, claim: Claim, shown: _Shown, leads: Leads) -> Html:
    """Return what became of a claim."""
    texts = site.texts
    parts = []
    if claim.finding:
        works = (_reference(site, name) for name in claim.finding_sources)
        label = element("strong", texts["finding"])
        parts.append(
            element("p", join([label, claim.finding, join(works, "; ")], " "), class_="finding")
        )
    parts += [_view(site, view) for view in claim.views]
    eras = [
        link(leads.era(era.id), era.label)
        for era in site.catalogue.eras
        if claim.id in era.claims or shown.by_era[era.id] & set(claim.features)
    ]
    facts: list[str] = []
    if claim.features:
        names = join(_lead_to(claim.features, shown, leads), "; ")
        facts.append(join([texts["shown-by"], names], " "))
    if eras:
        facts.append(join([texts["shown-in"], join(eras, ", ")], " "))
    if claim.not_mapped:
        facts.append(texts["not-mapped"].format(claim.not_mapped))
    if claim.pending:
        facts.append(texts["not-yet"].format(claim.pending))
    parts += [element("p", fact, class_="fact") for fact in facts]
    return join(parts, Html("\n"))


def _view(site: Site, view: View) -> Html:
    works = join((_reference(site, name) for name in view.sources), "; ")
    label = element("strong", site.wording.ui["view"].format(view.whose))
    return element("p", join([label, view.says, works], " "), class_="view")


def _reference(site: Site, name: str) -> Html:
    return link(f"#{name}", site.catalogue.sources[name].title)


def _work(site: Site, source: Source, citing: Sequence[Html]) -> Html:
    ui = site.wording.ui
    read = ui["read"].format(source.date_accessed) if source.date_accessed else ""
    facts = (ui["unread"] if source.read == "no" else read, source.license)
    parts = [
        element("span", cite(source), lang=source.language or None),
        link(source.url, source.url) if source.url else Html(),
        link(f"{DOI_ADDRESS}{source.doi}", f"doi:{source.doi}") if source.doi else Html(),
        element("span", f"ISBN {source.isbn}") if source.isbn else Html(),
        element("small", " · ".join(filter(None, facts))),
        _cited_by(site, citing) if citing else Html(),
    ]
    return element("li", join(filter(None, parts), Html("\n")), id=source.id)


def _cited_by(site: Site, citing: Sequence[Html]) -> Html:
    title = element("summary", site.wording.ui["citing"].format(len(citing)))
    return element("details", join([title, join(citing, "; ")]))


def _layer(site: Site, layer: Layer, size: int, leads: Leads) -> Html:
    text = site.texts["as-geojson"].format(layer.title)
    download = join(
        [
            link(leads.layer(layer.id), text, type="application/geo+json"),
            element("small", site.kilobytes(size)),
        ],
        " ",
    )
    works = (link(leads.source(name), site.catalogue.sources[name].title) for name in layer.sources)
    return site.fill(
        "layer.html",
        anchor=layer.id,
        title=layer.title,
        description=layer.description,
        download=download,
        lineage=layer.lineage,
        scale=layer.scale,
        licence=layer.license,
        cited=join(works, "; "),
    )
