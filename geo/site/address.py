"""Addresses: links between files of the site, and absolute ones where they are needed."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from geo.errors import GeoError

__all__ = ["Address", "read_address", "relative"]

SAFE: Final = re.compile(r"[A-Za-z0-9._~/%:\[\]-]+")
"""What may stand in the site's address: nothing that a header, a template or a shell would read."""


@dataclass(frozen=True)
class Address:
    """Where the site will stand; empty when that is not known."""

    base: str = ""
    """Absolute, with a closing slash."""

    def __bool__(self) -> bool:
        """Tell whether it is known."""
        return bool(self.base)

    @property
    def root(self) -> str:
        """The path of the site on its host; of a site without an address the host's own."""
        return urlsplit(self.base).path or "/"

    def absolute(self, path: str) -> str:
        """Return the absolute address of a path of the site; raises GeoError without a base."""
        if not self.base:
            raise GeoError(f"{path}: an absolute address needs --address")
        return self.base + path


def read_address(text: str) -> Address:
    """Read what ``--address`` was given; raises GeoError."""
    if not text:
        return Address()
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good or not SAFE.fullmatch(text):
        raise GeoError(f"--address: found {text!r}, expected such as https://atlas.example/maps/")
    return Address(text.rstrip("/") + "/")


def relative(page: str, target: str) -> str:
    """Return the link from a page to another path of the site; ``x/`` is a folder's page."""
    folder = posixpath.dirname(page)
    path = posixpath.relpath(target or ".", folder or ".")
    closing = "/" if (target.endswith("/") or not target) and not path.endswith("/") else ""
    return path + closing
