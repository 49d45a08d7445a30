"""The fonts browser tests are set in, the same on every machine.

Source Serif and Source Sans for Latin and Cyrillic, FiraGO for Persian; all from packages.
"""

from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
import pymupdf_fonts

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  {folders}
  <cachedir>{cache}</cachedir>
  <alias binding="same"><family>serif</family>
    <prefer><family>Source Serif Pro</family><family>FiraGO</family></prefer></alias>
  <alias binding="same"><family>sans-serif</family>
    <prefer><family>Source Sans Pro</family><family>FiraGO</family></prefer></alias>
</fontconfig>
"""


def configure_fonts(folder):
    """Write a fontconfig file that knows our fonts only; returns its path."""
    persian = folder / "persian"
    persian.mkdir()
    (persian / "FiraGO-Regular.ttf").write_bytes(pymupdf_fonts.myfont("figo"))
    packages = [font_source_serif_pro, font_source_sans_pro]
    folders = [Path(package.__file__).parent / "files" for package in packages]
    listed = "\n  ".join(f"<dir>{path}</dir>" for path in [*folders, persian])
    path = folder / "fonts.conf"
    path.write_text(CONFIGURATION.format(folders=listed, cache=folder / "cache"), encoding="utf-8")
    return path
