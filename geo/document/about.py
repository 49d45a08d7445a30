"""The About box of a document: licences and versions of all that is in it."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import cast

from geo.model.catalogue import read_toml
from geo.payload.schema import Payload

__all__ = ["render_about"]


def render_about(payload: Payload) -> str:
    """Return the box: the map itself, its code, then what others made."""
    ui = payload["ui"]
    own = ui["about-map"].replace("{0}", payload["title"]).replace("{1}", payload["license"])
    code = ui["about-code"].replace("{0}", payload["version"])
    items = "".join(f"<li>{escape(text)}</li>" for text in (own, code, *_parts()))
    return f"<details><summary>{escape(ui['about'])}</summary><ul>{items}</ul></details>"


@cache
def _parts() -> tuple[str, ...]:
    path = cast(Path, files("geo") / "assets" / "parts.toml")
    return tuple(
        f"{part['name']} {version(part['package'])}: {part['holder']}. {part['licence']}."
        for part in read_toml(path)["part"]
    )
