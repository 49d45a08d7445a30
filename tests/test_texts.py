"""Readers' texts stand in data files: none in code, none that counts a noun."""

import ast
import re
from html.parser import HTMLParser

import pytest
from helpers import ROOT

from geo.model.wording import read_interface

SCRIPTS = sorted((ROOT / "geo/assets").rglob("*.js"))
PAGES = sorted((ROOT / "geo/assets").rglob("*.html"))
MODULES = [
    path
    for folder in ("app", "document", "payload", "plate", "site")
    for path in sorted((ROOT / "geo" / folder).glob("*.py"))
    if path.name != "added.py"  # its messages are for who writes Python
]

KEYS = r"Escape|Enter|Backspace|Arrow(Up|Down|Left|Right)?|Page(Up|Down)?|Ctrl|Tab|Home|End|Marker"
"""Names of keys and of Leaflet's, which are no texts."""

COMMENT = re.compile(r"/\*.*?\*/|(?:^|\s)//[^\n]*", re.DOTALL)
LITERAL = re.compile(r'"([^"\n]*)"|`([^`]*)`')


def reads_as_text(words):
    """Tell whether a literal reads like something for people."""
    if re.fullmatch(KEYS, words):
        return False
    return bool(re.search(r"[A-Z][a-z]+ [a-z]{2,}|^[A-Z][a-z]{2,}\b(?!-)[^-]*$", words))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_readers_text_stands_in_a_script(path):
    code = COMMENT.sub("", path.read_text(encoding="utf-8"))
    literals = (
        found[1] if found[1] is not None else re.sub(r"\$\{[^}]*\}", " ", found[2])
        for found in LITERAL.finditer(code)
    )
    assert [text for text in literals if reads_as_text(text)] == []


class Shown(HTMLParser):
    """What a reader is shown or told by a page as it is written."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self._code = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self._code = tag in ("script", "style")
        names = ("title", "alt", "aria-label", "placeholder")
        self.found += [value for name, value in attrs if name in names]

    def handle_endtag(self, _tag):
        self._code = False

    def handle_data(self, data):
        if not self._code:
            self.found.append(data.strip())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_readers_text_stands_in_a_template(path):
    texts = (
        re.sub(r"\$(\w+|\{[^}]+\})", "", text)
        for text in Shown(path.read_text(encoding="utf-8")).found
    )
    assert [text for text in texts if re.search(r"[a-z]{2}", text)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_readers_text_stands_in_python(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise | ast.Expr)
        for part in (ast.walk(node) if isinstance(node, ast.Raise) else [node.value])
    }
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart
    ]
    assert [text for text in texts if re.search(r"\b[A-Z][a-z]+ [a-z]{2,}", text)] == []


def test_a_number_stands_after_what_it_counts():
    """Else each language would need a form of the noun for each number."""
    table = read_interface()
    nouns = "features|eras|works|sources|years|events|claims"
    found = [
        text
        for section in ("ui", "site")
        for text in table[section].values()
        if re.search(rf"\{{\d\}} (\w+ )?({nouns})\b", text)
    ]
    assert found == []
