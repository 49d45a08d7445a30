"""The static site as tests read it: addresses, tags, sanitising as WordPress does."""

import posixpath
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import nh3

ADDRESS = "https://atlas.example/maps/"
"""Where the site of the tests says that it stands."""

ERA = "1907-spheres"
"""The era that tests look at."""

CROWDED = "1941-invasion"
"""One with much on its map."""

MEDIA = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".js": "text/javascript",
    ".json": "application/json",
}


class Tags(HTMLParser):
    """All tags of a page with their attributes, and the texts of its scripts."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.scripts = []
        self._script = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        self._script = tag == "script"

    def handle_data(self, data):
        if self._script:
            self.scripts.append(data)
            self._script = False


def tags(content):
    return Tags(content.decode()).found


def references(found):
    """Return what the tags of a page refer to: tag, attribute, address."""
    for tag, attributes in found:
        for name in ("href", "src"):
            if name in attributes:
                yield tag, name, attributes[name]
        for candidate in attributes.get("srcset", "").split(","):
            if candidate.strip():
                yield tag, "srcset", candidate.split()[0]
        if attributes.get("property") in ("og:url", "og:image"):
            yield tag, attributes["property"], attributes["content"]


def is_page(path):
    return path.endswith(".html") and not path.startswith("v/")


def file_at(url):
    """Return the file that a host gives for an address of the site; None for other addresses."""
    if not url.startswith(ADDRESS):
        return None
    path = urlsplit(url).path.removeprefix(urlsplit(ADDRESS).path)
    return posixpath.join(path, "index.html") if path.endswith("/") or not path else path


def address_of(path):
    return urljoin(ADDRESS, path.removesuffix("index.html"))


def filter_like_wordpress(html):
    """Sanitise oEmbed markup of a provider WordPress does not know (wp_filter_oembed_result)."""
    return nh3.clean(
        html,
        tags={"a", "blockquote", "iframe"},
        attributes={
            "a": {"href"},
            "iframe": {
                *("src", "width", "height", "frameborder"),
                *("marginwidth", "marginheight", "scrolling", "title"),
            },
        },
        link_rel=None,
    )
