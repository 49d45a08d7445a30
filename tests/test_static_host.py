"""The static site on an nginx, by the configuration that docs/deploying.md has for it."""

import httpx2
import pytest

from bench.nginx import NGINX, nginx
from bench.replicas import without_certificates
from bench.servers import free_port

pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed: `make nginx` as root")

FOREVER = "public, max-age=31536000, immutable"
HOUR = "public, max-age=3600"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    root = folder / "site"
    for path in (
        *("index.html", "404.html", "_headers", "embed.js", "v/0.1.0/era.html"),
        *("assets/a.css", "data/a.geojson", "data/atlas.gpkg", "oembed/era.json"),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path, encoding="utf-8")
    (root / "data/atlas.csv").write_text("id,title\n" * 500, encoding="utf-8")
    port = free_port()
    configuration = without_certificates("site", port).replace("/srv/atlas-site", str(root))
    with nginx(folder, configuration, port) as address:
        yield address


@pytest.mark.parametrize(
    ("path", "cache", "readers", "framed"),
    [
        ("", None, None, None),
        ("v/0.1.0/era.html", FOREVER, None, "frame-ancestors *"),
        ("assets/a.css", FOREVER, None, None),
        ("data/a.geojson", HOUR, "*", None),
        ("data/atlas.gpkg", HOUR, "*", None),
        ("oembed/era.json", HOUR, "*", None),
        ("embed.js", HOUR, None, None),
    ],
)
def test_each_file_says_how_long_it_holds_and_who_may_have_it(site, path, cache, readers, framed):
    answer = httpx2.get(site + path)
    assert answer.status_code == 200
    assert answer.text == (path or "index.html")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert answer.headers.get("cache-control") == cache
    assert answer.headers.get("access-control-allow-origin") == readers
    assert answer.headers.get("content-security-policy") == framed


def test_data_have_their_kind(site):
    assert httpx2.get(f"{site}data/a.geojson").headers["content-type"] == "application/geo+json"
    kind = httpx2.get(f"{site}data/atlas.gpkg").headers["content-type"]
    assert kind == "application/geopackage+sqlite3"
    table = httpx2.get(f"{site}data/atlas.csv", headers={"accept-encoding": "gzip"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("path", ["nothing", "v/0.0.0/era.html", "_headers"])
def test_what_is_not_there_has_the_sites_own_page(site, path):
    answer = httpx2.get(site + path)
    assert answer.status_code == 404
    assert answer.text == "404.html"
    assert "cache-control" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"
