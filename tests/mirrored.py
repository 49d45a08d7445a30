"""A language made by a script: English with longer words, in pages that run from right to left."""

import json
import re

from geo import load_catalogue, load_features
from geo.model.editions import draft_texts
from geo.model.symbology import load_symbology
from geo.model.texts import texts_of
from geo.model.wording import FILES, INTERFACE, TEXTS, read_interface

MIRRORED = "en-XM"
"""Its name: English of no country."""


def stretched(text):
    """Return a text that is 30 % longer: every vowel twice, and every s."""
    return re.sub("[aeious]", lambda found: found[0] * 2, text)


def add_mirrored(root):
    """Write the language's files below the root of an atlas."""
    catalogue = load_catalogue(root)
    texts = texts_of(catalogue, load_features(catalogue, catalogue.layers), load_symbology(root))
    folder = root / TEXTS / MIRRORED
    folder.mkdir(parents=True)
    for name, content in draft_texts(texts, stretched):
        (folder / name).write_text(content, encoding="utf-8")
    for name in FILES:
        (folder / name).write_text("\n".join(interface_lines(name)), encoding="utf-8")


def interface_lines(file):
    """Yield the lines of a file of controls and pages."""
    own = {"name": "Mirrored", "direction": "rtl"} if file == INTERFACE else {}
    table = {**read_interface(file=file), **own}
    sections = {name: told for name, told in table.items() if isinstance(told, dict)}
    for name in table.keys() - sections.keys():
        plain = name in ("name", "direction", "locale")
        yield f"{name} = {json.dumps(table[name] if plain else [*map(stretched, table[name])])}"
    for name, told in sections.items():
        yield f"[{name}]"
        for key, text in told.items():
            yield f"{key} = {json.dumps(stretched(text), ensure_ascii=False)}"
