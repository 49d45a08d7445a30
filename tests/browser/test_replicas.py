"""Several servers behind nginx, as docs/deploying.md has it: one is killed under load."""

import asyncio
import re
import signal
from threading import Thread
from urllib.request import urlopen

import httpx2
import pytest
from servers import (
    CHOSEN,
    ERAS,
    at_era,
    at_state,
    free_port,
    keeps_view_and_layers,
    ready,
    server,
    slider_at,
    step,
)

from bench.nginx import NGINX, nginx
from bench.replicas import site_of
from bench.sessions import FAULTS, Session

pytestmark = pytest.mark.skipif(not NGINX, reason="nginx is not installed: `make nginx` as root")

READERS = 12
"""Sessions that step meanwhile."""


async def read_on(address, stop):
    """Step as a reader does, and come back by oneself when the server has gone; returns steps.

    Steps count only in the session after the last loss: who never came back has none.
    """
    steps = 0
    while not stop.is_set():
        session = Session(address, ERAS)
        try:
            await session.open()
            while not stop.is_set():
                await session.step(steps % len(session.options))
                steps += 1
                await asyncio.sleep(0.5)
        except FAULTS:
            steps = 0
            await asyncio.sleep(0.2)
        finally:
            await session.close()
    return steps


class Readers(Thread):
    """Readers without a browser."""

    def __init__(self, address):
        super().__init__()
        self.address = address
        self.loop = asyncio.new_event_loop()
        self.stop = asyncio.Event()
        self.steps = []

    def run(self):
        async def read_all():
            reading = (read_on(self.address, self.stop) for _ in range(READERS))
            self.steps = await asyncio.gather(*reading)

        self.loop.run_until_complete(read_all())
        self.loop.close()

    def end(self):
        self.loop.call_soon_threadsafe(self.stop.set)
        self.join(60)


@pytest.mark.slow
def test_one_of_two_servers_is_killed_and_no_reader_loses_era_or_view(open_page, tmp_path):
    ports = [free_port(), free_port()]
    port = free_port()
    site = site_of(tmp_path, port, ports)
    with server(ports[0]) as one, server(ports[1]) as two, nginx(tmp_path, site, port) as address:
        readers = Readers(address)
        readers.start()
        try:
            pages = [open_reader(open_page, address, number) for number in (2, 6)]
            # All of this machine come to the same server: nginx sorts them by their address.
            log = (tmp_path / "access.log").read_text()
            serving = re.search(r"^127\.0\.0\.1:(\d+) 101 /_stcore/stream", log, re.MULTILINE)
            first = serving[1] if serving else re.search(r"^127\.0\.0\.1:(\d+)", log)[1]
            process = {str(ports[0]): one, str(ports[1]): two}[first]
            process.send_signal(signal.SIGKILL)
            process.wait(20)
            for page, inner, number, watch in pages:
                inner.locator("#era-next").dispatch_event("click")
                at_era(page, inner, ERAS[number + 1])  # the map needs no server
                slider_at(page, ERAS[number + 1])
                at_state(page, "[data-test-connection-state=CONNECTED]")  # to another server
                step(page, inner, ERAS[number + 2])
                assert keeps_view_and_layers(page, inner)
                page.reload()
                inner = ready(page)
                at_era(page, inner, ERAS[number + 2])
                assert keeps_view_and_layers(page, inner)
                assert watch.requests == []
        finally:
            readers.end()
        assert len(readers.steps) == READERS
        assert min(readers.steps) > 0
        with urlopen(f"{address}embed/latest/{ERAS[0]}.html", timeout=60) as answer:
            assert answer.status == 200


@pytest.mark.slow
def test_nginx_keeps_documents_once_and_nobodys_own_way_to_them(tmp_path):
    ports = [free_port(), free_port()]
    port = free_port()
    site = site_of(tmp_path, port, ports)
    with server(ports[0]), nginx(tmp_path, site, port) as address, httpx2.Client() as client:
        former = f"{address}embed/{'0' * 16}/{ERAS[0]}.html"
        for query in ("?title=One", "?title=Two&points=", ""):
            answer = client.get(f"{former}{query}", timeout=60)
            way = answer.headers["location"]
            assert answer.status_code == 307
            assert way.endswith(f"/{ERAS[0]}.html{query}")
        document = answer.next_request.url
        for asked in ("gzip", "gzip, deflate, br, zstd", "br, gzip;q=0.5", "br", "identity"):
            answer = client.get(document, headers={"Accept-Encoding": asked}, timeout=60)
            packed = "gzip" if "gzip" in asked else None
            assert (answer.status_code, answer.headers.get("content-encoding")) == (200, packed)
        served = [line.split() for line in (tmp_path / "access.log").read_text().splitlines()]
    by_app = [line for line in served if line[0] != "-" and line[2] == document.path]
    assert len(by_app) == 2  # packed and plain


def open_reader(open_page, address, number):
    """Open the app at an era, with a view and layers of one's own, and step once."""
    allowed = (address, address.replace("http", "ws"))
    page, watch = open_page(f"{address}?era={ERAS[number]}&{CHOSEN}", allowed=allowed)
    inner = ready(page)
    at_era(page, inner, ERAS[number])
    step(page, inner, ERAS[number + 1])
    return page, inner, number + 1, watch
