"""The theme, which Streamlit sends with every run of a script, put together once.

Streamlit looks through all its options six times for it, whatever has changed: a fifth of the
server's work for a step (docs/design.md).
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

__all__ = ["keep_theme"]

NAME = "_populate_theme_msg"
"""What puts a section of the theme into a message: a function of Streamlit's own."""


class Populate(Protocol):
    """Put a section of the theme, such as ``theme.dark``, into a message."""

    def __call__(self, msg: CustomThemeConfig, section: str = "theme") -> None: ...


def keep_theme() -> None:
    """Let Streamlit put the theme together once; where its way has changed, leave it alone."""
    populate: Populate | None = getattr(app_session, NAME, None)
    if populate:
        setattr(app_session, NAME, once(populate))


def once(populate: Populate) -> Populate:
    """Return the same function, which remembers each section: none changes while a server runs."""

    @cache
    def kept(section: str) -> CustomThemeConfig:
        made = CustomThemeConfig()
        populate(made, section)
        return made

    def populated(msg: CustomThemeConfig, section: str = "theme") -> None:
        if kept(section).ByteSize():  # an empty one would count as a theme of its own
            msg.MergeFrom(kept(section))

    return populated
