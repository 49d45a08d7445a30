"""A document as a notebook shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

__all__ = ["frame_page", "list_faults"]

SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox"

HEIGHT: Final = 600
"""Height of the frame, pixels."""

LISTED: Final = 50
"""Faults that the list below it has at most."""


def frame_page(page: str, title: str) -> str:
    """Return a document in a frame that may only run its own scripts."""
    return (
        f'<iframe srcdoc="{escape(page)}" title="{escape(title)}" width="100%" height="{HEIGHT}" '
        f'style="border:0" sandbox="{SANDBOX}"></iframe>'
    )


def list_faults(faults: Sequence[str], said: Mapping[str, str]) -> str:
    """Return faults as a list that opens, in the words ``all`` and ``more``; none as nothing."""
    rows = [*faults[:LISTED]]
    if len(faults) > LISTED:
        rows.append(said["more"].format(len(faults) - LISTED))
    listed = "".join(f"<li>{escape(row)}</li>" for row in rows)
    summary = escape(said["all"].format(len(faults)))
    return f"<details><summary>{summary}</summary><ul>{listed}</ul></details>" if faults else ""
