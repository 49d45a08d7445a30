"""`make bench`: measure, and print a table."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.app import measure_app
from bench.browser import chromium
from bench.document import measure_document
from geo import build_map, load_catalogue, load_features, render_document
from geo.files import write_text


def main() -> None:
    """Run all measurements."""
    catalogue = load_catalogue()
    page = render_document(build_map(catalogue, load_features(catalogue)))
    rows: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        file = Path(folder) / "atlas.html"
        write_text(file, page)
        rows += measure_document(browser, file)
        rows += measure_app(browser)
    for name, value in rows:
        print(f"| {name} | {value} |")


main()
