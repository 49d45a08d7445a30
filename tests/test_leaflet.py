"""Leaflet, whole: the package's own script and style sheet, and the licence."""

import re
from importlib.metadata import version
from pathlib import Path

import minify
from xstatic.pkg import leaflet

from geo.document.leaflet import read_leaflet, read_leaflet_style

FOLDER = Path(leaflet.BASE_DIR)


def test_the_script_is_the_packages_own_unchanged():
    whole = (FOLDER / "leaflet.js").read_text(encoding="utf-8")
    code, reference = whole.rsplit("\n", 1)
    assert reference.startswith("//# sourceMappingURL=")
    assert read_leaflet().endswith(f"*/\n{code}\n")
    assert "sourceMappingURL" not in read_leaflet()


def test_it_is_the_version_that_the_package_says():
    assert f'.version="{version("xstatic-leaflet").rsplit(".", 1)[0]}"' in read_leaflet()


def test_the_licence_is_there_in_full():
    text = " ".join(read_leaflet().split("*/")[0].split())
    for part in (
        "Copyright (c) 2010-2022",
        "Redistributions in binary form must reproduce the above copyright notice",
        "THIS SOFTWARE IS PROVIDED",
        "EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.",
    ):
        assert part in text


def test_the_style_sheet_has_every_rule_and_asks_for_nothing():
    whole = str(minify.string("text/css", (FOLDER / "leaflet.css").read_text(encoding="utf-8")))
    style = read_leaflet_style()
    assert style.count("{") == whole.count("{") > 100
    assert whole.count("images/") == style.count("background-image:none") == 3
    assert not re.search(r"url\((?!#)", style)
