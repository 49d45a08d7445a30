"""A real browser in which every request beyond this machine is refused and counted."""

import os
import shutil
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from fonts import configure_fonts
from helpers import DESKTOP, LISTED, READY, ROOT
from pages import PATIENCE, opening
from playwright.sync_api import sync_playwright
from servers import free_port, server
from site_files import ADDRESS
from visits import Visit

from bench.browser import ARGUMENTS

FOR_PICTURES = ("--font-render-hinting=none", "--force-color-profile=srgb")


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    fonts = configure_fonts(tmp_path_factory.mktemp("fonts"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[*ARGUMENTS, *FOR_PICTURES],
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Open an address for one test."""
    with opening(chromium) as open_at:
        yield open_at


@pytest.fixture(scope="module")
def open_lasting(chromium):
    """Open an address for all tests of a module."""
    with opening(chromium) as open_at:
        yield open_at


@pytest.fixture
def visit(chromium, site):
    """Open a page of the site, or of other files, by its path; returns what became of it."""
    contexts = []

    def open_at(path, *, files=site, viewport=DESKTOP, **options):
        contexts.append(chromium.new_context(viewport=viewport, **options))
        contexts[-1].set_default_timeout(PATIENCE)
        found = Visit(contexts[-1], files)
        found.page.goto(ADDRESS + path)
        return found

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def document(page_file):
    """The address of the document of all eras, on disk."""
    return page_file.as_uri()


@pytest.fixture
def atlas(open_page, document):
    """Open the document with some parameters; the page, with what it asked for as `watch`."""

    def open_at(query="", **options):
        page, watch = open_page(f"{document}{query}", **options)
        page.wait_for_selector(f"{READY} {LISTED}", state="attached")
        page.watch = watch
        return page

    return open_at


@pytest.fixture(scope="session")
def page_file(page, tmp_path_factory):
    path = tmp_path_factory.mktemp("document") / "atlas.html"
    path.write_text(page, encoding="utf-8")
    return path


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and keeps its log to itself."""

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def served(page_file):
    """The address of the same document on a web server: a page from disk cannot change its own."""
    handler = partial(Quiet, directory=page_file.parent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/{page_file.name}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def app():
    """The address of the Streamlit app on a port of this machine."""
    with run_app(ROOT) as address:
        yield address


@pytest.fixture(scope="session")
def serve_app():
    """What runs the app of another project."""
    return run_app


@contextmanager
def run_app(root):
    """Run the app of a project; gives its address, and ends it by its own process."""
    port = free_port()
    with server(port, root):
        yield f"http://127.0.0.1:{port}/"
