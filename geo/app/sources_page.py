"""Sources: the findings, the register of claims, the bibliography."""

from __future__ import annotations

from geo.app.opened import open_page
from geo.app.records import show_sources

_, library = open_page("sources")
show_sources(library.language)
