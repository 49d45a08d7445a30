"""A document as a notebook shows it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

__all__ = ["frame_page"]

SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox"

HEIGHT: Final = 600
"""Height of the frame, pixels."""

LISTED: Final = 50
"""Faults listed below it."""


def frame_page(page: str, title: str, faults: Sequence[str] = ()) -> str:
    """Return a document in a frame that may only run its own scripts, and a list of faults."""
    rows = "".join(f"<li>{escape(fault)}</li>" for fault in faults[:LISTED])
    more = f"<li>… {len(faults) - LISTED} more</li>" if len(faults) > LISTED else ""
    told = f"<details><summary>{len(faults)} faults</summary><ul>{rows}{more}</ul></details>"
    return (
        f'<iframe srcdoc="{escape(page)}" title="{escape(title)}" width="100%" height="{HEIGHT}" '
        f'style="border:0" sandbox="{SANDBOX}"></iframe>{told if faults else ""}'
    )
