"""The map host's script: the few bytes every step carries, and what the server gives once."""

from __future__ import annotations

import hashlib
from string import Template
from typing import Final

import minify

from geo.assets import read_asset

__all__ = ["HOST_NAME", "HOST_SCRIPT", "LOADER"]

HOST_SCRIPT: Final = read_asset("app/host.js")

HOST_NAME: Final = f"host/{hashlib.sha256(HOST_SCRIPT.encode()).hexdigest()[:10]}.js"
"""Where the server gives it, relative to the app; another content has another name."""

# Streamlit takes a text of one line for the name of a file, hence the line ends in front.
LOADER: Final = "//\n" + minify.string(
    "application/javascript",
    Template(read_asset("app/loader.js")).substitute(address=HOST_NAME),
)
