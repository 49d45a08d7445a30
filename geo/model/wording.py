"""Dates and figures as people read them, from EDTF and numbers; the words come from data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from geo.errors import TimespanError, UnknownIdError
from geo.model.reading import read_toml
from geo.model.timespan import DATE

__all__ = ["LANGUAGES", "Wording", "load_wording"]

LANGUAGES = ("en",)


@dataclass(frozen=True)
class Wording:
    """The texts of one language."""

    language: str
    direction: str
    """``ltr`` or ``rtl``."""
    locale: str
    """For dates that are read out: language, place and calendar (BCP 47)."""
    ui: Mapping[str, str]
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    when: Mapping[str, str]
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
        name = self.months_short[int(month) - 1] if month else ""
        return f"{day.lstrip('0')} {name}" if day else f"{name} {year}".strip()

    def describe_date(self, edtf: str) -> str:
        """Return one EDTF date (or interval ``a/b``) in words; raises TimespanError."""
        if "/" in edtf:
            return self.when["between"].format(*map(self.describe_date, edtf.split("/", 1)))
        match = DATE.fullmatch(edtf)
        if not match:
            raise TimespanError(f"found {edtf!r}, expected a date such as 1907-08-31 or 1941~")
        year, month, day, doubt = match.groups()
        words = [day.lstrip("0")] if day else []
        words += [self.months[int(month) - 1]] if month else []
        words.append(f"{year[:3]}0s" if year.endswith("X") else year)
        pattern = {"~": "about", "?": "perhaps", "%": "perhaps", "": "at"}[doubt]
        return self.when[pattern].format(" ".join(words))


@cache
def load_wording(language: str = "en") -> Wording:
    """Read the texts of a language; raises UnknownIdError."""
    if language not in LANGUAGES:
        raise UnknownIdError("language", language, LANGUAGES)
    path = files("geo") / "assets" / f"strings.{language}.toml"
    table: dict[str, Any] = read_toml(path)  # type: ignore[arg-type]  # a real file, as we ship it
    return Wording(
        language=language,
        direction=table["direction"],
        locale=table["locale"],
        ui=table["ui"],
        months=tuple(table["months"]),
        months_short=tuple(table["months_short"]),
        when=table["when"],
        site=table["site"],
    )
