"""Headers, hosts and closed paths, for every answer of the server."""

import os
import subprocess
import sys
from contextlib import nullcontext

import pytest
from h11 import LocalProtocolError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from geo.app import headers
from geo.app.headers import Guard
from geo.app.server import ROUTES
from geo.errors import GeoError
from geo.model.catalogue import PROJECT_ROOT as ROOT


async def page(_):
    return HTMLResponse("a page of Streamlit's")


async def socket(websocket):
    await websocket.accept()
    await websocket.send_text("hello")
    await websocket.close()


@pytest.fixture(scope="module")
def client():
    shell = [WebSocketRoute("/_stcore/stream", socket), Route("/{rest:path}", page)]
    app = Starlette(routes=[*ROUTES, *shell], middleware=[Middleware(Guard, framed_by="*")])
    with TestClient(app, follow_redirects=False) as test:
        yield test


@pytest.fixture
def hosts(monkeypatch):
    """Hosts that an operator has named."""
    options = {
        "server.allowedHosts": ["atlas.example", "*.museum.example"],
        "server.enableCORS": True,
        "server.corsAllowedOrigins": ["https://partner.example"],
    }
    monkeypatch.setattr(headers.config, "get_option", options.get)


@pytest.mark.parametrize("path", ["/", "/embed", "/sources", "/?era=1907-spheres", "/nothing"])
def test_every_page_has_a_policy_and_stands_in_no_foreign_frame(client, path):
    answer = client.get(path)
    assert answer.status_code == (404 if path == "/nothing" else 200)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; ")
    assert policy.endswith("frame-ancestors 'self'")
    assert "http" not in policy
    assert "*" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_app_that_asks_to_be_framed_may_be(client):
    policy = client.get("/?embed=true&era=1907-spheres").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors *")


def test_who_may_frame_it_can_be_named(monkeypatch):
    monkeypatch.setenv(headers.FRAMED_BY, "https://paper.example  https://*.museum.example:8443")
    test = TestClient(
        Guard(Starlette(routes=[Route("/", page)]), framed_by=headers.read_framing_hosts())
    )
    framed, alone = (test.get(path).headers for path in ("/?embed=true", "/"))
    expected = "frame-ancestors 'self' https://paper.example https://*.museum.example:8443"
    assert framed["content-security-policy"].endswith(expected)
    assert alone["content-security-policy"].endswith("frame-ancestors 'self'")


@pytest.mark.parametrize("wrong", ["paper.example", "https://a.example; script-src *", "*"])
def test_a_name_that_is_no_site_is_refused(monkeypatch, wrong):
    monkeypatch.setenv(headers.FRAMED_BY, f"https://paper.example {wrong}")
    with pytest.raises(GeoError, match=r"ATLAS_FRAMED_BY: found .*, expected addresses of sites"):
        headers.read_framing_hosts()


def run_python(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_server_with_such_a_name_does_not_start():
    ended = run_python("import streamlit_app", **{headers.FRAMED_BY: "paper.example"})
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("error: ATLAS_FRAMED_BY: found 'paper.example'")


def test_the_log_of_a_server_does_not_wait_for_its_end():
    said = run_python("import os, streamlit_app; print('a fault'); os._exit(0)")
    assert (said.returncode, said.stdout) == (0, "a fault\n")


def test_what_has_a_policy_of_its_own_keeps_it(client):
    own = client.get("/map/1907-spheres").headers["content-security-policy"]
    assert own.startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize(
    "path",
    [
        *("/.env", "/.git/config", "/a/.ssh/id", "/wp-login.php", "/x.bak", "/geo/cli.py"),
        *("/_stcore/metrics", "/_stcore/agent/openapi.json", "/layers/catalogue.toml"),
    ],
)
def test_what_is_no_page_is_not_found(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.text == "not found"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        *("/nonsense", "/nope.html", "/v/0.1.0/1907-spheres.html", "/a/b", "/sources/x"),
        *("/static", "/static/x", "/_stcore", "/_stcore/foo", "/component", "/media", "/media/x"),
    ],
)
def test_a_page_for_a_path_that_nobody_knows_says_so(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.text == "a page of Streamlit's"


@pytest.mark.parametrize("path", ["/static/js/index.DxY_1.js", "/_stcore/health", "/favicon.png"])
def test_files_of_streamlit_are_let_through(client, path):
    assert client.get(path).text == "a page of Streamlit's"  # by which this test stands for all


def test_a_page_to_download_is_one(client):
    assert client.get("/media/0011.html").status_code == 200


def test_crawlers_are_told_where_the_list_of_pages_is(client):
    answer = client.get("/robots.txt")
    assert answer.text == "User-agent: *\nAllow: /\nSitemap: http://testserver/sitemap.xml\n"


@pytest.mark.parametrize(
    "path", ["/map/1907-spheres", "/sitemap.xml", "/robots.txt", "/oembed?url=http://evil.test/"]
)
def test_what_repeats_the_host_is_in_no_shared_cache(client, path):
    answer = client.get(path, headers={"host": "evil.test"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, max-age=300"
    assert "Host" in answer.headers["vary"]


@pytest.mark.usefixtures("hosts")
@pytest.mark.parametrize(
    ("host", "served"),
    [
        ("atlas.example", True),
        ("ATLAS.example:443", True),
        ("a.museum.example", True),
        ("127.0.0.1:8501", True),
        ("localhost", True),
        ("evil.test", False),
        ("atlas.example.evil.test", False),
        ("evil-atlas.example", False),
        ("localhost.evil.test", False),
        ("[::1", False),
        ("museum.example.evil.test:80", False),
    ],
)
def test_only_hosts_that_are_named_are_served(client, host, served):
    for path in ("/", "/map/atlas", "/health"):
        assert (client.get(path, headers={"host": host}).status_code == 403) is not served
    own = {"host": host, "origin": f"http://{host}"}
    if served:
        with client.websocket_connect("/_stcore/stream", headers=own) as session:
            assert session.receive_text() == "hello"
    else:
        with (
            pytest.raises(WebSocketDisconnect),
            client.websocket_connect("/_stcore/stream", headers=own),
        ):
            pass


@pytest.mark.usefixtures("hosts")
@pytest.mark.parametrize(
    ("origin", "welcome"),
    [
        ("https://atlas.example", True),
        ("http://localhost:3000", True),
        ("https://partner.example", True),
        ("https://evil.test", False),
        ("https://atlas.example.evil.test", False),
        ("null", False),
        ("http://[::1", False),
    ],
)
def test_a_page_of_somebody_elses_gets_no_socket(client, origin, welcome):
    told = {"host": "atlas.example", "origin": origin}
    refused = nullcontext() if welcome else pytest.raises(WebSocketDisconnect)
    with refused, client.websocket_connect("/_stcore/stream", headers=told) as session:
        assert session.receive_text() == "hello"


def test_a_client_that_breaks_http_leaves_no_traceback_behind():
    async def broken(*_):
        raise LocalProtocolError("Can't send data when our state is ERROR")

    scope = {"type": "http", "path": "/health", "headers": [], "root_path": ""}
    with pytest.raises(StopIteration):  # it has ended, and raised nothing
        Guard(broken, framed_by="*")(scope, None, None).send(None)


def test_streamlits_socket_takes_this_machines_own_names(monkeypatch):
    told = {"server.allowedHosts": ["atlas.example"]}
    monkeypatch.setattr(headers.config, "get_option", told.get)
    monkeypatch.setattr(headers.config, "set_option", told.__setitem__)
    headers.allow_local_hosts()
    assert told["server.allowedHosts"] == ["atlas.example", "localhost", "127.0.0.1", "::1"]
    told["server.allowedHosts"] = []  # any host
    headers.allow_local_hosts()
    assert told["server.allowedHosts"] == []
