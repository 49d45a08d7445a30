"""Our JavaScript, CSS and HTML as real files, and how they are joined for a page.

The scripts are ES modules, so that tools can check them. A page that may not load anything cannot
import modules, so they are joined in the order of their imports, each in a function of its own.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

__all__ = ["join_modules", "read_asset"]

IMPORT: Final = re.compile(r'^import \{([^}]*)\} from "(\.[\w./-]+)\.js";\n', re.MULTILINE)
EXPORT: Final = re.compile(r"^export ((?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)

MODULAR: Final = re.compile(r"\s*(?:import|export)\b(?!\s*[(.:=])")
"""Where a line of a module imports or exports; in a joined script none is left."""


def read_asset(name: str) -> str:
    """Return the text of an asset file."""
    return (files("geo") / "assets" / name).read_text(encoding="utf-8")


@cache
def join_modules(entry: str, start: str, *, instead: tuple[tuple[str, str], ...] = ()) -> str:
    """Join a module of ``assets/js`` and all it imports into one strict script.

    The script defines one global: `start`, which the entry module exports. Modules import by
    ``import { names } from "./module.js";`` and export functions, classes and constants in place.
    Modules in folders are named by their path, such as ``drawing/map``. `instead` pairs modules
    with those that take their place and export the same names. Raises SyntaxError, with file
    and lines, for what cannot be joined: other forms of import and export.
    """
    others = dict(instead)
    order: list[str] = []
    _visit(entry, order, others)
    modules = "".join(_as_function(name, others) for name in order)
    result = f"return {_variable(entry)}.{start};"
    return f'var {start}=(function(){{"use strict";\n{modules}{result}}})();\n'


def _visit(name: str, order: list[str], others: Mapping[str, str]) -> None:
    for _, path in IMPORT.findall(read_asset(f"js/{name}.js")):
        imported = _resolved(name, path)
        taken = others.get(imported, imported)
        if taken not in order:
            _visit(taken, order, others)
    order.append(name)


def _as_function(name: str, others: Mapping[str, str]) -> str:
    text = read_asset(f"js/{name}.js")
    exported = ", ".join(symbol for _, symbol in EXPORT.findall(text))

    def taken(match: re.Match[str]) -> str:
        imported = _resolved(name, match[2])
        names = match[1].replace(" as ", ": ")
        return f"const {{{names}}} = {_variable(others.get(imported, imported))};\n"

    joined = EXPORT.sub(r"\1", IMPORT.sub(taken, text))
    lines = enumerate(joined.splitlines(), start=1)
    if left := [f"{number}: {line.strip()}" for number, line in lines if MODULAR.match(line)]:
        raise SyntaxError(f"js/{name}.js cannot be joined; line {', line '.join(left)}")
    return (
        f"const {_variable(name)} = (function () {{\n{joined}\nreturn {{ {exported} }};\n}})();\n"
    )


def _resolved(name: str, path: str) -> str:
    """Return the name of a module that another imports by a relative path."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _variable(name: str) -> str:
    return f"module_{re.sub('[-/]', '_', name)}"
