"""The pages of record: sources with the claims of the text, and data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.model.bibliography import DOI_ADDRESS, cite
from geo.model.catalogue import Claim, Layer, Source
from geo.model.features import Feature, select_features
from geo.model.views import View
from geo.site.address import relative
from geo.site.frame import Page, Site
from geo.site.markup import Html, element, join, link

__all__ = ["render_data_page", "render_sources_page"]


def render_sources_page(site: Site, features: Sequence[Feature]) -> Page:
    """Return findings, the register of claims, and the bibliography."""
    catalogue, texts = site.catalogue, site.texts
    titles = {feature.id: str(feature.properties["title"]) for feature in features}
    shown = {
        era.id: {
            feature.id for feature in select_features(features, era) if feature.layer in era.layers
        }
        for era in catalogue.eras
    }
    claims = [
        join(
            [
                element("h3", f"{paragraph.id} {paragraph.subject}"),
                element("p", paragraph.no_claim) if paragraph.no_claim else Html(),
                _claims(site, paragraph.id, titles, shown),
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
    works = sorted(catalogue.sources.values(), key=lambda source: (source.producer, source.id))
    content = site.fill(
        "sources.html",
        findings=join(findings, Html("\n")),
        claims=join(claims, Html("\n")),
        works=join((_work(site, source) for source in works), Html("\n")),
    )
    title = f"{catalogue.title}: {texts['sources']}"
    return Page("sources/", title, texts["sources-lead"], content)


def render_data_page(site: Site, sizes: Mapping[str, int]) -> Page:
    """Return all layers with their lineage; `sizes` has bytes by the id of a layer."""
    catalogue, texts = site.catalogue, site.texts

    def listed(layers: Sequence[Layer]) -> Html:
        return join(_layer(site, layer, sizes[layer.id]) for layer in layers)

    content = site.fill(
        "data.html",
        themes=listed(catalogue.themes),
        base=listed([layer for layer in catalogue.layers if layer.base]),
    )
    return Page("data/", f"{catalogue.title}: {texts['data']}", texts["data-text"], content)


def _claims(
    site: Site, paragraph: str, titles: Mapping[str, str], shown: Mapping[str, set[str]]
) -> Html:
    own = [claim for claim in site.catalogue.claims.values() if claim.paragraph == paragraph]
    entries = [
        site.fill(
            "claim.html",
            anchor=claim.id,
            name=claim.id,
            statement=claim.statement,
            rest=_rest(site, claim, titles, shown),
        )
        for claim in own
    ]
    return element("ul", join(entries), class_="claims") if entries else Html()


def _rest(
    site: Site, claim: Claim, titles: Mapping[str, str], shown: Mapping[str, set[str]]
) -> Html:
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
        link(relative("sources/index.html", site.maps[era.id].page), era.label)
        for era in site.catalogue.eras
        if claim.id in era.claims or shown[era.id] & set(claim.features)
    ]
    facts: list[str] = []
    if claim.features:
        names = "; ".join(titles.get(name, name) for name in claim.features)
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


def _work(site: Site, source: Source) -> Html:
    ui = site.wording.ui
    read = ui["read"].format(source.date_accessed) if source.date_accessed else ""
    facts = (ui["unread"] if source.read == "no" else read, source.license)
    parts = [
        element("span", cite(source), lang=source.language or None),
        link(source.url, source.url) if source.url else Html(),
        link(f"{DOI_ADDRESS}{source.doi}", f"doi:{source.doi}") if source.doi else Html(),
        element("span", f"ISBN {source.isbn}") if source.isbn else Html(),
        element("small", " · ".join(filter(None, facts))),
    ]
    return element("li", join(filter(None, parts), Html("\n")), id=source.id)


def _layer(site: Site, layer: Layer, size: int) -> Html:
    path = f"data/{layer.id}.geojson"
    text = site.texts["as-geojson"].format(layer.title)
    download = join(
        [
            link(relative("data/index.html", path), text, type="application/geo+json"),
            element("small", site.kilobytes(size)),
        ],
        " ",
    )
    works = (
        link(relative("data/index.html", f"sources/#{name}"), site.catalogue.sources[name].title)
        for name in layer.sources
    )
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
