"""One web server for all contestants: TLS, keep-alive, gzip, long caching, and a delay on demand.

The browser is told that every host is this server; so pages and the files of a Folium page come
over the same path, and a delay added to every request meets all alike.
"""

from __future__ import annotations

import gzip
import ssl
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final
from urllib.parse import urlsplit

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

__all__ = ["HOST", "Site", "serve"]

HOST: Final = "bench.test"
"""The host the pages are asked from."""

TYPES: Final = {"js": "text/javascript", "css": "text/css", "html": "text/html; charset=utf-8"}


@dataclass
class Site:
    """What the server gives, and what it saw."""

    files: dict[str, bytes]
    """Content by host and path, as in ``bench.test/atlas.html``."""
    delay: float = 0.0
    """Seconds added to every request."""
    port: int = 0
    key_hash: str = ""
    """SHA-256 of the certificate's public key: the browser is told to trust it."""
    missing: set[str] = field(default_factory=set)
    """What was asked for and not there; answered with an empty file."""
    packed: dict[str, bytes] = field(default_factory=dict)

    def answer(self, name: str) -> bytes:
        """Return a file gzipped; an empty one when there is none."""
        if name not in self.packed:
            if name not in self.files and not name.endswith("favicon.ico"):
                self.missing.add(name)
            self.packed[name] = gzip.compress(self.files.get(name, b""), 9, mtime=0)
        return self.packed[name]

    def sizes(self, names: list[str]) -> tuple[int, int]:
        """Return bytes raw and gzipped of some files."""
        raw = sum(len(self.files.get(name, b"")) for name in names)
        return raw, sum(len(self.answer(name)) for name in names if self.files.get(name))


@contextmanager
def serve(files: Mapping[str, bytes]) -> Iterator[Site]:
    """Serve files on a free port of this machine, with a certificate made now."""
    site = Site(dict(files))
    for name in files:
        site.answer(name)
    certificate = trustme.CA().issue_cert(HOST)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    leaf = x509.load_pem_x509_certificate(certificate.cert_chain_pems[0].bytes())
    key = leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    site.key_hash = b64encode(sha256(key).digest()).decode()

    class Bound(_Handler):
        shared = site
        tls = context

    with _Server(("127.0.0.1", 0), Bound) as server:
        site.port = server.server_port
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield site
        server.shutdown()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: Any) -> None:
        """Keep quiet: a browser that closes a connection is nothing to report."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    shared: Site
    tls: ssl.SSLContext

    def setup(self) -> None:
        # The handshake is made here, in the connection's own thread, so none waits for another.
        self.request = self.tls.wrap_socket(self.request, server_side=True)
        self.disable_nagle_algorithm = True
        super().setup()

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        name = f"{(self.headers.get('Host') or HOST).split(':')[0]}{path}"
        body = self.shared.answer(name)
        time.sleep(self.shared.delay)
        self.send_response(200)
        self.send_header("Content-Type", TYPES.get(path.rpartition(".")[2], "text/plain"))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""
