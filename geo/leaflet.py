"""Leaflet for one page: what its scripts use, and nothing else.

Leaflet comes as one file that draws tiles, markers, popups and vectors. A document that draws for
itself uses less than half of it, so we keep the top-level statements of Leaflet's own ES module
that are reached from the names a page uses, and leave the rest out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import minify
from xstatic.pkg import leaflet

__all__ = ["read_leaflet", "read_leaflet_style"]

ALWAYS: Final = (
    *("Zoom", "BoxZoom", "Drag", "DoubleClickZoom", "Keyboard", "ScrollWheelZoom", "TouchZoom"),
)
"""What Leaflet gives every map by itself: its own names of the zoom buttons and of the handlers."""

OUTLIVED: Final = frozenset({"vmlMixin"})
"""What only browsers without SVG need; they could not run our script either."""

UNUSED_STYLE: Final = re.compile(
    r"popup|tooltip|marker|layers|div-icon|attribution|tile|vml|image-layer|editing|oldie"
)
"""Classes of Leaflet's style sheet for things that are not on our maps."""

START: Final = re.compile(r"^(?=[A-Za-z])", re.MULTILINE)
DECLARED: Final = re.compile(r"(?:var|function) ([\w$]+)")
MEMBER: Final = re.compile(r"([\w$]+)\.([\w$]+) = ")
EXTENDED: Final = re.compile(r"([\w$]+)\.")
COMMENT: Final = re.compile(r"/\*.*?\*/|(?<![:'\"/])//[^\n]*", re.DOTALL)
KEY: Final = re.compile(r"^\s*[\w$]+\s*:", re.MULTILINE)
NAME: Final = re.compile(r"(?<![.\w$'])[A-Za-z_$][\w$]*")
METHOD: Final = re.compile(
    r"^\t(\w+): function \((?:[^\n]*\},?$|.*?^\t\},?$)", re.MULTILINE | re.DOTALL
)
WORD: Final = re.compile(r"[\w$]+")
LOCAL: Final = re.compile(r"function \(([^)]*)\)|\bvar ([\w$]+)")


@dataclass(frozen=True)
class Statement:
    """A top-level statement of Leaflet's module."""

    text: str
    declares: frozenset[str]
    member: str
    """The path it gives a value (``control.scale``), or nothing."""
    target: str
    """The name of what it adds to, or nothing."""
    refers: frozenset[str]
    """Names declared at top level that occur in it."""


def read_leaflet(scripts: Iterable[str]) -> str:
    """Return a script that defines ``L`` with all that some scripts use of it."""
    scripts = tuple(scripts)
    used = frozenset(
        path
        for script in scripts
        for path in re.findall(r"(?<![\w$.])L\.([\w$]+(?:\.[\w$]+)*)", script)
    )
    return _trimmed(used, frozenset(WORD.findall(" ".join(scripts))))


@cache
def read_leaflet_style() -> str:
    """Return Leaflet's style sheet without what our maps do not show."""
    text = (Path(leaflet.BASE_DIR) / "leaflet.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    rules = re.findall(r"([^{}]+)(\{[^{}]*\})", text)
    kept = []
    for selectors, body in rules:
        wanted = [part for part in selectors.split(",") if not UNUSED_STYLE.search(part)]
        if wanted and "url(" not in body and "behavior" not in body:
            kept.append(",".join(wanted) + body)
    return str(minify.string("text/css", "".join(kept)))


@cache
def _trimmed(used: frozenset[str], words: frozenset[str]) -> str:
    source = (Path(leaflet.BASE_DIR) / "leaflet-src.esm.js").read_text(encoding="utf-8")
    head, body = source.split("*/", 1)
    body, exports = body.rsplit("\nexport {", 1)
    public = dict(_exported(exports.split("}")[0]))
    statements = _statements(body)
    kept = _reached(statements, used, public)
    names = sorted({path.split(".")[0] for path in used} & set(public))
    given = ", ".join(f"{name}: {public[name]}" for name in names)
    text = "\n".join(statement.text for statement in statements if statement in kept)
    text = _without_unused_methods(text, words)
    script = f"var L = (function () {{\n{text}\nreturn {{ {given} }};\n}})();"
    notice = " ".join(line.strip(" *") for line in head.strip("/* \n").splitlines())
    return f"/* {notice} */\n{minify.string('application/javascript', script)}"


def _exported(text: str) -> Iterator[tuple[str, str]]:
    """Yield each public name with the module's own name for it."""
    for entry in text.split(","):
        own, _, public = entry.strip().partition(" as ")
        yield public or own, own


def _statements(body: str) -> list[Statement]:
    texts = [part.strip() for part in START.split(COMMENT.sub("", body)) if part.strip()]
    declared = frozenset(name for text in texts for name in _declares(text))
    makers = frozenset(
        name for text in texts if re.search(r"\bnew [A-Z]", text) for name in _declares(text)
    )
    statements = []
    for text in texts:
        member, extended = MEMBER.match(text), EXTENDED.match(text)
        # A function's own `layers` is not the factory of that name, which would bring a class.
        own = frozenset(name for found in LOCAL.findall(text) for name in found[0].split(", "))
        refers = (frozenset(NAME.findall(KEY.sub("", text))) & declared) - (own & makers)
        statements.append(
            Statement(
                text=text,
                declares=_declares(text),
                member=f"{member[1]}.{member[2]}" if member else "",
                target=extended[1] if extended else "",
                refers=refers,
            )
        )
    return statements


def _declares(text: str) -> frozenset[str]:
    match = DECLARED.match(text)
    if not match:
        return frozenset()
    # `var a, b;` is the only form in which Leaflet declares several names at once.
    several = re.match(r"var ([\w$]+(?:, [\w$]+)*);", text)
    return frozenset(several[1].split(", ")) if several else frozenset({match[1]})


def _reached(
    statements: list[Statement], used: frozenset[str], public: Mapping[str, str]
) -> set[Statement]:
    """Return the statements needed for some paths.

    What extends a kept thing is kept with it if that needs no other class: popups add methods to
    every layer, but only pages with popups need them.
    """
    by_name = {name: statement for statement in statements for name in statement.declares}
    kept: set[Statement] = set()
    for name in [*ALWAYS, *sorted({path.split(".")[0] for path in used} & set(public))]:
        kept |= _needed(by_name[public.get(name, name)], by_name)
    while True:
        before = len(kept)
        for statement in statements:
            added = _needed(statement, by_name) - kept
            if statement.member in used or (
                not statement.declares
                and not statement.refers & OUTLIVED
                and by_name.get(statement.target) in (None, *kept)
                and not any(map(_is_class, added))
            ):
                kept |= added
        if len(kept) == before:
            return kept


def _needed(statement: Statement, by_name: Mapping[str, Statement]) -> set[Statement]:
    """Return a statement and all that declares what it refers to."""
    pending, found = [statement], set()
    while pending:
        current = pending.pop()
        if current not in found:
            found.add(current)
            pending += [by_name[name] for name in current.refers if name in by_name]
    return found


def _without_unused_methods(text: str, words: frozenset[str]) -> str:
    """Return classes without the methods whose names occur nowhere else, not even in a string."""
    counts = Counter(WORD.findall(text))
    for method in METHOD.finditer(text):
        counts[method[1]] -= WORD.findall(method[0]).count(method[1])
    unused = {name for name in set(METHOD.findall(text)) if not counts[name]} - words
    if not unused:
        return text
    rest = METHOD.sub(lambda method: "" if method[1] in unused else method[0], text)
    return _without_unused_methods(rest, words)  # what only they called is unused now


def _is_class(statement: Statement) -> bool:
    return any(name[0].isupper() for name in statement.declares)
