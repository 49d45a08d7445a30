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

__all__ = ["clean", "columns", "recognise", "texts"]

BLANKS: Final = re.compile(r"\s+")

UNSEEN: Final = {"Cc", "Cs", "Co", "Cn"}
"""Unicode categories of what no file format should hold: control characters, lone surrogates."""


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


def clean(value: Any, longest: int = 5000) -> str:
    """Return a cell as one line of plain text: no control characters, no missing values."""
    if value is None or value != value:  # noqa: PLR0124  # NaN and NaT differ from themselves
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    written = BLANKS.sub(" ", str(value)).strip()
    if not written.isascii() or not written.isprintable():
        seen = (sign for sign in written if unicodedata.category(sign) not in UNSEEN)
        written = "".join(sign for sign in seen if sign not in TURNS)
    return written if len(written) <= longest else f"{written[: longest - 1]}…"


def _read(name: str) -> dict[str, Any]:
    return read_toml(cast(Path, files("geo") / "assets" / "tables" / f"{name}.toml"))
