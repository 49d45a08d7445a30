"""The files a Folium page asks for, from npm packages: there need be no way to any other host.

Addresses are taken from Folium's own lists at run time. An address names a package and a version;
that very version is packed, or the address is answered with an empty file, which favours the rival.
"""

from __future__ import annotations

import re
import subprocess
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import minify

__all__ = ["Place", "fetch_files", "list_addresses", "locate"]

NAMES: Final = {
    "Leaflet.awesome-markers": "drmonty-leaflet-awesome-markers",
    "jqueryui": "jquery-ui",
    "moment.js": "moment",
    "jquery": "jquery",
    "bootstrap": "bootstrap",
    "highlight.js": "highlight.js",
}
"""What a host that serves files by a name of its own calls an npm package."""

VERSIONS: Final = {("highlight.js", "8.4"): "8.4.0"}

PATTERNS: Final = (
    re.compile(r"/npm/(?P<package>(?:@[\w.-]+/)?[\w.-]+)@(?P<version>[\d.]+)/(?P<file>.+)"),
    re.compile(r"/ajax/libs/(?P<name>[\w.-]+)/(?P<version>[\d.]+)/(?P<file>.+)"),
    re.compile(r"/(?P<file>(?P<name>jquery)-(?P<version>[\d.]+)\.min\.js)"),
    re.compile(r"/(?P<name>bootstrap)/(?P<version>[\d.]+)/(?P<file>.+)"),
)


@dataclass(frozen=True)
class Place:
    """Where a file lies."""

    package: str
    version: str
    file: str
    """Its path as the address writes it; in the package it may lie deeper."""


def list_addresses(*classes: Any) -> list[str]:
    """Return the addresses of the files some Folium classes load, each once, in their order."""
    pairs = [
        pair
        for item in classes
        for pair in [*(item.default_js or []), *(getattr(item, "default_css", None) or [])]
    ]
    return list(dict.fromkeys(address for _, address in pairs))


def locate(address: str) -> Place | None:
    """Return the package file an address means, or None when it means none."""
    path = urlsplit(address).path
    for pattern in PATTERNS:
        if match := pattern.fullmatch(path):
            found = match.groupdict()
            package = found.get("package") or NAMES.get(found["name"])
            if package:
                version = VERSIONS.get((package, found["version"]), found["version"])
                return Place(package, version, found["file"])
    return None


def fetch_files(addresses: Iterable[str], cache: Path) -> dict[str, bytes]:
    """Return the content of those addresses that can be had, packing what the cache lacks."""
    cache.mkdir(parents=True, exist_ok=True)
    found = {}
    for address in addresses:
        place = locate(address)
        content = place and _read(place, cache)
        if content:
            found[address] = content
    return found


def _read(place: Place, cache: Path) -> bytes | None:
    archive = cache / f"{place.package.replace('/', '-').lstrip('@')}-{place.version}.tgz"
    missing = archive.with_suffix(".missing")
    if not archive.exists() and not missing.exists():
        command = ["npm", "pack", "--silent", f"{place.package}@{place.version}"]
        try:
            subprocess.run(command, cwd=cache, check=True, capture_output=True, timeout=90)
        except (OSError, subprocess.SubprocessError):
            missing.touch()
    return _from_archive(archive, place.file) if archive.exists() else None


def _from_archive(archive: Path, file: str) -> bytes | None:
    """Return the file whose path ends like the address's.

    Hosts minify what a package holds only in plain form, so that is done here as well.
    """
    file = re.sub(r"^jquery-[\d.]+\.min", "jquery.min", file)
    plain = file.replace(".min.", ".")
    with tarfile.open(archive) as packed:
        names = sorted(packed.getnames(), key=len)
        for ending in (file, plain):
            for name in names:
                if name.endswith(f"/{ending}") and (content := packed.extractfile(name)):
                    body = content.read()
                    return body if ending == file else _minified(body, ending)
    return None


def _minified(body: bytes, name: str) -> bytes:
    kind = "text/css" if name.endswith(".css") else "application/javascript"
    return str(minify.string(kind, body.decode())).encode()
