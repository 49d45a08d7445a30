"""An article with the frame that docs/embedding.md tells authors to paste."""

import re
from html import escape

from helpers import ROOT

WINDOWS = [(1280, 800), (390, 844)]
"""A desktop and a phone: width and height."""

BEGIN = 300
"""Where the reader has come to when the frame is seen, pixels from the top of the article."""

MAP = "window.map_atlas"


def documented_frame():
    """Return the frame in the first HTML block of the guide."""
    guide = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
    return re.search(r"```html\n(<iframe.*?</iframe>)\n```", guide, re.DOTALL)[1]


def write_article(folder, document, caption):
    """Write the document and an article that frames it; the page's address is ``article.html``."""
    (folder / "1907.html").write_text(document, encoding="utf-8")
    text = f"<p>{escape(caption)}</p>"
    (folder / "article.html").write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Article</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<body style="max-width: 720px; margin: 0 auto; padding: 0 8px; font: 18px/1.5 serif">'
        f"{text * 3}{documented_frame()}{text * 30}</body></html>",
        encoding="utf-8",
    )
