"""Several servers of the app behind nginx, as docs/deploying.md has them, on this machine."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bench.nginx import nginx
from bench.servers import ROOT, free_port

__all__ = ["in_front_of", "site_of", "without_certificates"]

DOCS: Final = ROOT / "docs"


def site_of(folder: Path, port: int, ports: Sequence[int]) -> str:
    """Return the configuration of docs/deploying for two ports, without certificates."""
    several = re.search(
        r"upstream atlas \{\n.*?\n    \}",
        (DOCS / "deploying.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
    if not several:
        raise ValueError("docs/deploying.md has no upstream for several servers")
    upstream = several[0]
    for old, new in zip((8501, 8502), ports, strict=True):
        upstream = upstream.replace(f"127.0.0.1:{old}", f"127.0.0.1:{new}")
    text = re.sub(
        r"upstream atlas \{.*?\n\}", upstream, without_certificates("atlas", port), flags=re.DOTALL
    )
    return text.replace("/var/cache/nginx-atlas", f"{folder}/cache")


def without_certificates(name: str, port: int) -> str:
    """Return a configuration of docs/deploying, without TLS, that listens to a port."""
    text = (DOCS / "deploying" / f"{name}.nginx").read_text(encoding="utf-8")
    text = re.sub(r"server \{\s+listen 80;.*?\n\}", "", text, flags=re.DOTALL)
    text = re.sub(r" *(ssl_certificate|listen \[::\]).*\n", "", text)
    return text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")


@contextmanager
def in_front_of(addresses: Sequence[str]) -> Iterator[str]:
    """Run nginx before two servers that run already; yields its address."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        port = free_port()
        ports = [urlsplit(address).port or 0 for address in addresses]
        yield stack.enter_context(nginx(folder, site_of(folder, port, ports), port))
