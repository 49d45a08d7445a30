"""The map host's script: the few bytes every step carries, and what the server gives once."""

from __future__ import annotations

import hashlib
import json
from string import Template
from typing import Final

import minify

from geo.app.first_page import FRAME
from geo.assets import read_asset

__all__ = ["HOST_NAME", "HOST_SCRIPT", "LOADER"]

HOST_SCRIPT: Final = f"const ATLAS_FRAME = {json.dumps(dict(FRAME))};\n{read_asset('app/host.js')}"
"""The host, with the attributes of the frame it makes: sent once, not with every step."""

HOST_NAME: Final = f"host/{hashlib.sha256(HOST_SCRIPT.encode()).hexdigest()[:5]}"
"""Where the server gives it, relative to the app; another content has another name."""

# Streamlit takes a text of one line for the name of a file, hence the line end.
LOADER: Final = minify.string(
    "application/javascript",
    Template(read_asset("app/loader.js")).substitute(address=HOST_NAME),
).replace("{", "{\n", 1)
