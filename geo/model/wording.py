"""Dates and figures as people read them, from EDTF and numbers; the words come from data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from geo.errors import CatalogueError, TimespanError, UnknownIdError, raise_faults
from geo.model.catalogue import PROJECT_ROOT
from geo.model.reading import read_toml
from geo.model.timespan import DATE

__all__ = [
    "APP",
    "ENGLISH",
    "FILES",
    "INTERFACE",
    "TABLES",
    "TEXTS",
    "Wording",
    "find_languages",
    "load_wording",
    "read_interface",
    "with_english",
]

ENGLISH: Final = "en"

TEXTS: Final = Path("layers") / "texts"
"""Holds a folder for each language besides English."""

INTERFACE: Final = "interface.toml"
"""A language's texts of controls and pages."""

APP: Final = "app.toml"
"""A language's texts of the app's own pages."""

TABLES: Final = "tables.toml"
"""A language's texts of maps of one's own tables."""

FILES: Final[Mapping[str, str]] = {
    INTERFACE: "strings.en.toml",
    APP: "app/texts.en.toml",
    TABLES: "tables/texts.en.toml",
}
"""Where the English texts of such a file stand below ``geo/assets/``: the keys are the same."""


def find_languages(root: Path = PROJECT_ROOT) -> tuple[str, ...]:
    """Return the languages that an atlas can be read in, English first."""
    return (ENGLISH, *sorted(path.parent.name for path in (root / TEXTS).glob(f"*/{INTERFACE}")))


@dataclass(frozen=True)
class Wording:
    """The texts of one language."""

    language: str
    name: str
    """What the language is called in itself."""
    direction: str
    """``ltr`` or ``rtl``."""
    locale: str
    """For dates that are read out: language, place and calendar (BCP 47)."""
    ui: Mapping[str, str]
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    when: Mapping[str, str]
    plate: Mapping[str, str]
    """Texts of plates alone."""
    site: Mapping[str, str]
    """Texts of the static site."""

    def describe_timespan(self, begin_edtf: str, end_edtf: str) -> str:
        """Return a timespan in words; ends are inclusive, as EDTF texts are."""
        if not begin_edtf and not end_edtf:
            return self.when["always"]
        if begin_edtf == end_edtf:
            return self.describe_date(begin_edtf)
        if not end_edtf:
            return self.when["since"].format(self.describe_date(begin_edtf))
        if not begin_edtf:
            return self.when["until"].format(self.describe_date(end_edtf))
        return self.when["between"].format(
            self.describe_date(begin_edtf), self.describe_date(end_edtf)
        )

    def describe_day(self, edtf: str) -> str:
        """Return a date in as few letters as fit beside a tick; raises TimespanError."""
        match = DATE.fullmatch(edtf)
        if not match:
            raise TimespanError(f"found {edtf!r}, expected a date such as 1907-08-31 or 1941~")
        year, month, day, _ = match.groups()
        year = year.lstrip("0")
        name = self.months_short[int(month) - 1] if month else ""
        if day:
            return self.when["day"].format(day.lstrip("0"), name)
        return self.when["month"].format(name, year) if name else year

    def describe_date(self, edtf: str) -> str:
        """Return one EDTF date (or interval ``a/b``) in words; raises TimespanError."""
        if "/" in edtf:
            return self.when["between"].format(*map(self.describe_date, edtf.split("/", 1)))
        match = DATE.fullmatch(edtf)
        if not match:
            raise TimespanError(f"found {edtf!r}, expected a date such as 1907-08-31 or 1941~")
        year, month, day, doubt = match.groups()
        year = year.lstrip("0")
        words = self.when["decade"].format(f"{year[:-1]}0") if year.endswith("X") else year
        if month:
            parts = (self.months[int(month) - 1], words)
            form = "date" if day else "month"
            words = self.when[form].format(*([day.lstrip("0")] if day else []), *parts)
        pattern = {"~": "about", "?": "perhaps", "%": "perhaps", "": "at"}[doubt]
        return self.when[pattern].format(words)


def read_interface(
    language: str = ENGLISH, root: Path = PROJECT_ROOT, file: str = INTERFACE
) -> dict[str, Any]:
    """Return the texts of controls and pages as a language's file has them.

    `file` may name another of FILES; one that a language lacks has no texts. Raises UnknownIdError
    for a language that has none at all, CatalogueError for a text of another form than the English
    one.
    """
    if language == ENGLISH:
        path: Any = files("geo") / "assets" / FILES[file]  # a real file, as we ship it
        return read_toml(path)
    if language not in (known := find_languages(root)):
        raise UnknownIdError("language", language, known)
    path = root / TEXTS / language / file
    table = read_toml(path) if path.exists() else {}
    faults: list[str] = []
    for name, told in read_interface(file=file).items():
        _check_form(name, told, table.get(name, told), faults)
    raise_faults(CatalogueError, str(path), faults)
    return table


def _check_form(name: str, english: Any, told: Any, faults: list[str]) -> None:
    """Add a fault for what is no text, table or list where the English file has one."""
    if isinstance(english, dict) and isinstance(told, dict):
        for key, text in told.items():
            _check_form(f"{name}.{key}", english.get(key, ""), text, faults)
    elif type(told) is not type(english):
        faults.append(f"{name}: found {told!r}, expected a {type(english).__name__}")
    elif isinstance(english, list) and len(told) != len(english):
        faults.append(f"{name}: found {len(told)} texts, expected {len(english)}")


def with_english(own: Mapping[str, Any], file: str) -> dict[str, Any]:
    """Return the texts of a file of FILES, in English where a language has none."""
    return {
        name: {**told, **own.get(name, {})} if isinstance(told, dict) else own.get(name, told)
        for name, told in read_interface(file=file).items()
    }


@cache
def load_wording(language: str = ENGLISH, root: Path = PROJECT_ROOT) -> Wording:
    """Read the texts of a language, in English where it has none; raises UnknownIdError."""
    table = with_english(read_interface(language, root), INTERFACE)
    return Wording(
        language=language,
        name=read_interface(language, root).get("name", language),
        direction=table["direction"],
        locale=table["locale"],
        ui=table["ui"],
        months=tuple(table["months"]),
        months_short=tuple(table["months_short"]),
        when=table["when"],
        plate=table["plate"],
        site=table["site"],
    )
