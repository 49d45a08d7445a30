"""The page of licences and the About box."""

import re
from importlib.metadata import version

from helpers import ROOT

from bench.licences import NAMES, pinned, row
from geo.document.about import render_about


def test_the_page_has_every_package_that_is_pinned():
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| ([\w.-]+) \| [\d.]+", page, re.MULTILINE))
    needed = {name for file in NAMES for name in pinned(file)}
    assert listed == needed
    assert "says none" not in page.split("## To test")[0]


def test_a_row_tells_what_the_package_tells():
    assert row("folium", "1.0") == "| folium | 1.0 | MIT |"


def test_the_box_has_versions_of_what_is_installed_and_texts_as_text(payload):
    about = render_about({**payload, "title": "<b>"})
    assert f"Source Serif 4 {version('fontpkg-source-serif-4')}" in about
    assert "&lt;b&gt;" in about
    assert "http" not in about
