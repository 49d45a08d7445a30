"""The shapes of what is read: types of fields, and how a table becomes a record.

Records are frozen dataclasses; pydantic checks their fields, strictly (a number is no text, true is
no number), and finds all faults at once. Messages are ours: where, what was found, what was
expected. After a record is made, its types can be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar, cast

from pydantic import (
    AfterValidator,
    AllowInfNan,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from geo.errors import GeoError, TimespanError, show, suggest
from geo.model.reading import find_line, read_toml
from geo.model.timespan import DATE, PLAIN, timespan_from_edtf

__all__ = [
    "Address",
    "Colour",
    "Day",
    "DayText",
    "Declarations",
    "Drawn",
    "Edtf",
    "EdtfText",
    "FileName",
    "Flag",
    "Id",
    "Kilometres",
    "Latitude",
    "Length",
    "Longitude",
    "Name",
    "Named",
    "Number",
    "OpenDay",
    "Position",
    "Record",
    "Said",
    "Share",
    "Text",
    "WholeNumber",
    "as_edtf",
    "expect",
    "find_faults",
    "name_of",
    "read_record",
]

ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME: Final = re.compile(r"[A-Za-z0-9]+([-_][A-Za-z0-9]+)*")
COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
FILE: Final = re.compile(r"([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.geojson")
ADDRESS: Final = re.compile(r"(https?://[^\s\"'<>`{}|\\^]+)?")
LONGEST_WORD: Final = 80
"""Letters without a blank in what is drawn; the longest of this atlas has 21."""


def expect(what: str) -> PydanticCustomError:
    """Return the fault of a value that should have been something else."""
    return PydanticCustomError("expected", "{what}", {"what": what})


def _matching(pattern: re.Pattern[str], what: str) -> AfterValidator:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise expect(what)
        return text

    return AfterValidator(check)


def _with_short_words(text: str) -> str:
    if any(len(word) > LONGEST_WORD for word in text.split()):
        raise expect(f"words of at most {LONGEST_WORD} letters")
    return text


def _with_something(text: str) -> str:
    if not text.strip():
        raise expect("a text that is not empty")
    return text


def as_edtf(value: Any) -> Any:
    """Return TOML's own date, or a year as a number, as the text that EDTF has for it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        return str(value)
    return value


def _is_day(text: str) -> str:
    try:
        if PLAIN.fullmatch(text):
            date.fromisoformat(text)
            return text
    except ValueError:
        pass
    raise expect("a day, YYYY-MM-DD")


def _is_edtf(text: str) -> str:
    parts = [DATE.fullmatch(part) for part in text.split("/", 1)] if text else []
    if not all(part and (part[2] or "01") <= "12" for part in parts):
        raise expect("an EDTF date such as 1907-08-31, 1907-08, 1907, 190X, 1907~ or 1907/1908")
    try:
        timespan_from_edtf(text, text)
    except TimespanError as err:
        raise expect(str(err).rpartition("expected ")[2]) from err
    return text


Text = Annotated[str, Strict(), Field(max_length=20_000)]
Said = Annotated[Text, AfterValidator(_with_something)]
Drawn = Annotated[str, Strict(), Field(max_length=400), AfterValidator(_with_short_words)]
"""What is set in one line, or in a few."""
Named = Annotated[Drawn, AfterValidator(_with_something)]
Id = Annotated[
    str,
    Strict(),
    Field(max_length=120),
    _matching(ID, "an id in kebab-case (a-z, 0-9, single hyphens)"),
]
Name = Annotated[
    str, Strict(), Field(max_length=60), _matching(NAME, "a name of letters, digits, hyphens")
]
"""Of an actor, a style, a colour: it stands in style sheets."""
Colour = Annotated[str, Strict(), _matching(COLOUR, "#rrggbb")]
Address = Annotated[
    str, Strict(), Field(max_length=2_000), _matching(ADDRESS, "an address, https://…")
]
"""Of the web; empty where there is none."""
FileName = Annotated[
    str,
    Strict(),
    Field(max_length=200),
    _matching(FILE, "a path below layers/ of letters, digits, hyphens that ends in .geojson"),
]
Flag = Annotated[bool, Strict()]
Number = Annotated[float, Strict(), AllowInfNan(False)]
WholeNumber = Annotated[int, Strict(), Field(ge=-(10**6), le=10**6)]
Share = Annotated[float, Strict(), Field(ge=0, le=1)]
Kilometres = Annotated[float, Strict(), AllowInfNan(False), Field(ge=0, le=20_000)]
Length = Annotated[float, Strict(), AllowInfNan(False), Field(gt=0, le=10**6)]
"""Of a step or a tolerance, in its own unit."""
Longitude = Annotated[float, Strict(), Field(ge=-180, le=180)]
Latitude = Annotated[float, Strict(), Field(ge=-90, le=90)]
Position = tuple[Longitude, Latitude]
DayText = Annotated[str, Strict(), AfterValidator(_is_day)]
OpenDay = Annotated[str, Strict(), AfterValidator(lambda text: text and _is_day(text))]
"""Empty for an open side."""
EdtfText = Annotated[str, Strict(), AfterValidator(_is_edtf)]
"""Empty for an open side."""
Day = Annotated[DayText, BeforeValidator(as_edtf)]
"""As TOML has it: a text or a date."""
Edtf = Annotated[EdtfText, BeforeValidator(as_edtf)]
"""As TOML has it: a text, a date or a year."""

EXPECTED: Final[Mapping[str, str]] = {
    "string_type": "a text",
    "string_too_long": "at most {max_length} characters",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a table",
    "mapping_type": "a table",
    "dataclass_type": "a table",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a number",
    "bool_type": "true or false",
    "literal_error": "one of {expected}",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "greater_than": "more than {gt}",
    "too_short": "at least {min_length} of them",
    "too_long": "at most {max_length} of them",
    "expected": "{what}",
}
"""What was expected, by pydantic's name of the fault."""

T = TypeVar("T")

Record = ConfigDict(extra="forbid")


@cache  # by the type itself
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def read_record(kind: type[T], value: object) -> tuple[T | None, list[str]]:
    """Return a value as a record, and what is wrong with it; one of the two is empty."""
    try:
        record: T = _adapter(cast("Any", kind)).validate_python(value)
    except ValidationError as err:
        known = [item.name for item in fields(kind)] if is_dataclass(kind) else []
        return None, [
            _describe(fault, known) for fault in err.errors(include_url=False, include_input=True)
        ]
    except RecursionError:
        return None, ["is nested too deeply"]
    return record, []


def find_faults(kind: Any, value: Any) -> list[str]:
    """Return what is wrong with a value that should be of some type."""
    return read_record(kind, value)[1]


@dataclass(frozen=True)
class Declarations:
    """A TOML file while it is read; every fault of it is added to one list."""

    path: Path
    name: str
    """The path as messages tell it."""
    table: Mapping[str, Any]
    faults: list[str]

    @classmethod
    def read(cls, root: Path, name: str, faults: list[str]) -> Declarations:
        """Read a file below a root; one that cannot be read is one fault and declares nothing."""
        try:
            return cls(root / name, name, read_toml(root / name), faults)
        except GeoError as err:
            faults.append(str(err))
            return cls(root / name, name, {}, faults)

    def add(self, key: str, number: int, fault: str) -> None:
        """Add a fault of the ``[[key]]`` table of a number (from 1)."""
        line = find_line(self.path, key, number)
        self.faults.append(f"{self.name}{f':{line}' if line else ''}: {fault}")

    def expect_keys(self, known: Iterable[str]) -> None:
        """Add a fault for each table at the top that the file cannot have."""
        names = list(known)
        for key in sorted(self.table.keys() - set(names)):
            self.faults.append(f"{self.name}: has unknown table {show(key)}; {suggest(key, names)}")

    def record(self, kind: type[T], key: str) -> T | None:
        """Return the ``[key]`` table as a record; None when it is at fault."""
        record, problems = read_record(kind, self.table.get(key, {}))
        self.faults.extend(f"{self.name}: [{key}] {problem}" for problem in problems)
        return record

    def records(self, kind: type[T], key: str) -> dict[str, T]:
        """Return the ``[[key]]`` tables as records by id; those at fault are left out."""
        records: dict[str, T] = {}
        seen: set[str] = set()
        for number, table in enumerate(self.tables(key), start=1):
            record, problems = read_record(kind, table)
            name = name_of(table)
            if name in seen:
                problems.append("is declared twice")
            elif record is not None:
                records[name] = record
            seen.add(name)
            for problem in problems:
                self.add(
                    key, number, f"{key} {show(name) if name else f'number {number}'} {problem}"
                )
        return records

    def tables(self, key: str) -> list[Any]:
        """Return what stands under ``[[key]]``."""
        found = self.table.get(key, [])
        if isinstance(found, list):
            return found
        self.faults.append(f"{self.name}: {key} is {show(found)}, expected [[{key}]] for each one")
        return []


def name_of(table: Any) -> str:
    """Return the id that a table gives itself; empty when it gives none."""
    found = table.get("id") if isinstance(table, Mapping) else None
    return found if isinstance(found, str) else ""


def _describe(fault: Any, known: Sequence[str]) -> str:
    place = ".".join(
        str(part + 1) if isinstance(part, int) else part[:LONGEST_WORD] for part in fault["loc"]
    )
    match fault["type"]:
        case "missing":
            return f"lacks {place}"
        case "unexpected_keyword_argument" | "extra_forbidden":
            hint = suggest(place, known)
            return f"has unknown key {place}" + (f"; {hint}" if hint.startswith("did") else "")
    pattern = EXPECTED.get(fault["type"])
    words = pattern.format(**fault.get("ctx", {})) if pattern else fault["msg"]
    if fault["type"] == "literal_error":
        words = words.replace("'", "")
    return f"{place} {show(fault['input'])}, expected {words}".strip()
