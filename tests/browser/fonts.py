"""The fonts that browser tests know beside those a page brings along: none of the atlas' own.

FiraGO, from a package, stands for what a reader has; it has Persian.
"""

import pymupdf_fonts

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def configure_fonts(folder):
    """Write a fontconfig file that knows one font only; returns its path."""
    fonts = folder / "fonts"
    fonts.mkdir()
    (fonts / "FiraGO-Regular.ttf").write_bytes(pymupdf_fonts.myfont("figo"))
    path = folder / "fonts.conf"
    text = CONFIGURATION.format(folder=fonts, cache=folder / "cache")
    path.write_text(text, encoding="utf-8")
    return path
