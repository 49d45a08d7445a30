"""The app's server as real processes that a test may kill, and the app's page as readers use it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from tempfile import TemporaryFile

from helpers import READY, ROOT

from geo import load_catalogue

ERAS = [era.id for era in load_catalogue().eras]

CHOSEN = "view=33.500,51.000,6&layers=spheres-1907~caspian"
"""A view and layers that a reader has chosen, as the address has them."""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_up(process, address, log):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            log.seek(0)
            raise RuntimeError(log.read().decode())
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except urllib.error.HTTPError:
            return  # it is up, and without its atlas
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            process.poll()  # the port is not open yet; asking again is the only way to know
    raise TimeoutError(f"{address} did not answer within 60 s")


def copied(folder):
    """Copy what the app needs into a folder; returns that of the layers."""
    for name in ("geo", "layers", "seeds", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "streamlit_app.py", folder)
    return folder / "layers"


@contextmanager
def server(port, folder=ROOT, *, options=(), environment=()):
    """Run the app on a port; it ends by its own process, whatever became of it."""
    command = [
        *(sys.executable, "-m", "streamlit", "run", "streamlit_app.py"),
        *("--server.address", "127.0.0.1", "--server.port", str(port)),
        *("--server.headless", "true", "--server.allowedHosts", "localhost"),  # as `make app`
        *options,
    ]
    with TemporaryFile() as log:  # a pipe that nobody reads fills up, and stops the server
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **dict(environment)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_up(process, f"http://127.0.0.1:{port}/health", log)
            yield process
        finally:
            process.kill()
            process.wait(20)


def at_state(page, state):
    """Wait until the page knows whether it has its server; states are Streamlit's."""
    page.wait_for_selector(f"[data-testid=stApp]{state}", state="attached")


def slider(page):
    return page.locator("[data-testid=stSlider] input[type=range]")


def ready(page):
    """Wait until map and slider are there; returns the map's frame."""
    inner = page.frame_locator("#atlas-frame")
    inner.locator(READY).wait_for(state="attached")
    slider(page).wait_for(state="attached")
    return inner


def at_era(page, inner, era):
    """Wait until the map and the address are at an era."""
    inner.locator(f"html[data-atlas-era='{era}']").wait_for(state="attached")
    # By the clock, not by frames: a page that has nothing to draw may be given none.
    page.wait_for_function("era => location.search.includes(`era=${era}`)", arg=era, polling=100)


def step(page, inner, era):
    """Step with the page's slider to the era that comes next, and wait for the server's answer."""
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    at_era(page, inner, era)
    slider_at(page, era)


def slider_at(page, era):
    """Wait until the page's slider is at an era: when the map has stepped, the server moves it."""
    page.wait_for_selector(
        "[data-testid=stApp][data-test-script-state=notRunning]", state="attached"
    )
    label = load_catalogue().era(era).label
    page.wait_for_function(
        "label => document.querySelector('[data-testid=stSlider] input[type=range]')"
        "?.getAttribute('aria-valuetext')?.startsWith(label)",
        arg=label,
    )


def keeps_view_and_layers(page, inner):
    """Tell whether what `CHOSEN` asks for is still there."""
    view = "view=33.500,51.000,6" in page.url
    layer = inner.locator(".now [data-id=sea-caspian]").get_attribute("display")
    return view and layer is None
