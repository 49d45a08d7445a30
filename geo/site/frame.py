"""What all pages share: the site's settings, head, header and footer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from geo import __version__
from geo.model.catalogue import Catalogue
from geo.model.wording import Wording
from geo.payload.packing import to_inert_json
from geo.publish.addresses import (
    ATLAS,
    answer_path,
    embed_path,
    page_path,
    render_alternates,
)
from geo.publish.frames import Embed
from geo.site.address import Address, relative
from geo.site.card import CARD
from geo.site.markup import Html, element, fill, join, link, void

__all__ = ["Map", "Page", "Site"]


@dataclass(frozen=True)
class Map:
    """A map of the site as its pages name it: that of an era, or of all."""

    name: str
    """The era's id, or ``atlas``."""
    title: str
    dates: str
    description: str
    alt: str
    card: str
    """Path of its picture card."""

    @property
    def page(self) -> str:
        """The path of its page."""
        return page_path(self.name)

    @property
    def document(self) -> str:
        """The path of its document of this version."""
        return embed_path(self.name, __version__)

    @property
    def answer(self) -> str:
        """The path of its oEmbed answer."""
        return answer_path(self.name)


@dataclass(frozen=True)
class Page:
    """One page, but for what all share."""

    path: str
    """A folder with a closing slash, or a file; empty for the first page."""
    title: str
    description: str
    content: Html
    shows: Map | None = None
    """The map it is about; what a link to it previews."""
    metadata: Mapping[str, object] | None = None
    """JSON-LD."""
    leads_to: str = ""
    """The path of the page that has taken its place."""


@dataclass(frozen=True)
class Site:
    """What every page needs to know."""

    catalogue: Catalogue
    wording: Wording
    address: Address
    style: str
    """Path of the style sheet."""
    icon: str
    maps: Mapping[str, Map]
    """By name, eras in order, the atlas first."""
    languages: Mapping[str, Address] = field(default_factory=dict)
    """Where the site stands in each language, where it stands in several."""

    @property
    def texts(self) -> Mapping[str, str]:
        """The site's own texts."""
        return self.wording.site

    def fill(self, template: str, **values: str) -> Html:
        """Return a template with values and texts (``${t.name}``) filled in."""
        texts = {f"t.{key}": text for key, text in self.texts.items()}
        return fill(template, {**texts, **values})

    def kilobytes(self, count: int) -> str:
        """Return the size of a file in words."""
        return self.texts["kilobytes"].format(max(1, round(count / 1000)))

    def embed(self, shown: Map) -> Embed:
        """Return how a map is framed elsewhere: by its address, or as a file beside the article."""
        title = f"{self.catalogue.title}: {shown.title} ({shown.dates})"
        if not self.address:
            return Embed(f"{shown.name}.html", title)
        document, page, card = map(self.address.absolute, (shown.document, shown.page, shown.card))
        return Embed(document, title, page=page, picture=card, alt=shown.alt)

    def render(self, page: Page) -> str:
        """Return a page as HTML."""
        path = page.path if "." in page.path else f"{page.path}index.html"
        # A page for what is not there answers at any address: its links cannot be relative.
        anywhere = page.path == "404.html"

        def to(target: str) -> str:
            return self.address.root + target if anywhere else relative(path, target)

        catalogue = self.catalogue
        return self.fill(
            "page.html",
            language=self.wording.language,
            direction=self.wording.direction,
            title=page.title,
            description=page.description,
            generator=f"iran-russia-atlas {__version__}",
            icon=to(self.icon),
            style=to(self.style),
            head=self._head(page),
            home=to(""),
            name=catalogue.title,
            subtitle=catalogue.subtitle,
            atlas=to(page_path(ATLAS)),
            sources=to("sources/"),
            data=to("data/"),
            content=page.content,
            eras=self._eras(page, to),
            attribution=catalogue.attribution,
            version=self.texts["version"].format(__version__),
        )

    def _eras(self, page: Page, to: Callable[[str], str]) -> Html:
        entries = []
        for era in self.catalogue.eras:
            here = page.shows is not None and page.shows.name == era.id
            current = "page" if here else None
            entries.append(
                element("li", link(to(page_path(era.id)), era.label, aria_current=current))
            )
        return element("ol", join(entries))

    def _head(self, page: Page) -> Html:
        """Return what link previews and machines read."""
        catalogue, address = self.catalogue, self.address
        tags = [
            ("property", "og:type", "article" if page.shows else "website"),
            ("property", "og:site_name", catalogue.title),
            ("property", "og:locale", self.wording.language),
            ("property", "og:title", page.title),
            ("property", "og:description", page.description),
            ("name", "twitter:card", "summary_large_image"),
        ]
        shown = page.shows or self.maps[ATLAS]
        lines = []
        if address and page.path != "404.html":
            tags += [
                ("property", "og:url", address.absolute(page.path)),
                ("property", "og:image", address.absolute(shown.card)),
                ("property", "og:image:type", "image/png"),
                ("property", "og:image:width", str(CARD[0])),
                ("property", "og:image:height", str(CARD[1])),
                ("property", "og:image:alt", shown.alt),
            ]
            lines.append(
                void("link", rel="canonical", href=address.absolute(page.leads_to or page.path))
            )
            pages = [
                (language, other.absolute(page.path)) for language, other in self.languages.items()
            ]
            if pages:
                default = ("x-default", pages[0][1])
                lines.append(Html(render_alternates([*pages, default])))
            if page.shows:
                lines.append(
                    void(
                        "link",
                        rel="alternate",
                        type="application/json+oembed",
                        href=address.absolute(shown.answer),
                        title=page.title,
                    )
                )
        if page.leads_to:
            target = relative(f"{page.path}index.html", page.leads_to)
            lines.append(void("meta", http_equiv="refresh", content=f"0; url={target}"))
        lines += [void("meta", **{kind: name, "content": value}) for kind, name, value in tags]
        if page.metadata:
            data = Html(to_inert_json(page.metadata))
            lines.append(element("script", data, type="application/ld+json"))
        return join(lines, Html("\n"))
