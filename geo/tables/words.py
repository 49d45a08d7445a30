"""Texts and names of columns for layers of one's own, from ``geo/assets/tables``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, cast

from geo.model.catalogue import read_toml
from geo.model.wording import ENGLISH, TABLES, read_interface, with_english

__all__ = ["clean", "columns", "is_missing", "recognise", "texts"]

BLANKS: Final = re.compile(r"\s+")

UNSEEN: Final = {"Cc", "Cs", "Co", "Cn"}
"""Unicode categories of what no file format should hold: control characters, lone surrogates."""

SEVERAL: Final = (list, tuple, set, frozenset)
"""Cells of several items; arrays are such, too."""

TURNS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of all text that follows."""


@cache
def texts(section: str, language: str = ENGLISH) -> Mapping[str, str]:
    """Return the texts of a section, in English where the language has none."""
    table = with_english(read_interface(language, file=TABLES), TABLES)
    return cast(Mapping[str, str], table[section])


@cache
def columns() -> Mapping[str, list[str]]:
    """Return the names by which each kind of column is recognised."""
    return _read("columns")


def recognise(names: Iterable[object]) -> dict[str, Any]:
    """Return which of some columns are recognised, by what they hold."""
    by_name = {str(name).strip().lower(): name for name in reversed(list(names))}
    return {
        what: by_name[known[0]]
        for what, aliases in columns().items()
        if (known := [alias for alias in aliases if alias in by_name])
    }


def is_missing(value: Any) -> bool:
    """Tell whether a cell holds nothing: None, NaN, NaT or NA."""
    try:
        return value is None or bool(value != value)  # noqa: PLR0124  # as NaN and NaT do
    except TypeError:  # of pandas' NA it is not known whether it differs
        return True
    except (ValueError, ArithmeticError):  # several items, or a number of no value
        return False


def clean(value: Any, longest: int = 5000) -> str:
    """Return a cell as one line of plain text: no control characters, no missing values.

    Of a cell that holds several items, as columns of lists do, they are joined.
    """
    several = isinstance(value, SEVERAL) or (hasattr(value, "ndim") and value.ndim > 0)
    if several:
        items = [item for item in (clean(item, longest) for item in value) if item]
        written = "; ".join(sorted(items) if isinstance(value, (set, frozenset)) else items)
    else:
        written = "" if is_missing(value) else _write(value)
    written = BLANKS.sub(" ", written).strip()
    if not written.isascii() or not written.isprintable():
        seen = (sign for sign in written if unicodedata.category(sign) not in UNSEEN)
        written = "".join(sign for sign in seen if sign not in TURNS)
    return written if len(written) <= longest else f"{written[: longest - 1]}…"


def _write(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    try:
        return str(value)
    except Exception:  # whatever a type of others does: whole numbers of Python can be too long
        return f"<{type(value).__name__}>"


def _read(name: str) -> dict[str, Any]:
    return read_toml(cast(Path, files("geo") / "assets" / "tables" / f"{name}.toml"))
