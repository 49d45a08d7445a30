"""What is counted and may only fall: sources and texts that are not yet as they should be.

What is counted, what it is called, how much of it there may be at most, and what makes a source
unacceptable stand in ``layers/checks.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator

from geo.checks.period_names import find_misdated
from geo.checks.positions import eras_of
from geo.errors import CatalogueError, raise_faults
from geo.model.catalogue import Catalogue, Source
from geo.model.features import Feature
from geo.model.prose import Passage, read_passages
from geo.model.schema import (
    Declarations,
    Id,
    Record,
    Said,
    WholeNumber,
    expect,
    find_faults,
    read_record,
)

__all__ = ["CHECKS", "Checks", "Count", "count_all", "find_rising", "load_checks"]

CHECKS: Final = "layers/checks.toml"

CALENDARS: Final = dict[str, list[Said | list[Said]]]

LISTED: Final = 12
"""Of what there is too much, so many are named."""


@dataclass(frozen=True)
class Count:
    """Something that there may be at most so much of."""

    id: str
    what: str
    """In words, for a number before it."""
    at_most: int
    found: tuple[str, ...]
    """What was counted, each with its reason where there are several."""

    @property
    def line(self) -> str:
        """The count for people."""
        here = len(self.found)
        lower = f"; {CHECKS} may say {here}" if here < self.at_most else ""
        return f"{here} {self.what} (at most {self.at_most}{lower})"


Field = Literal[
    "id", "title", "producer", "citation", "license", "url", "locator", "doi", "isbn", "language"
]


def _is_pattern(text: str) -> str:
    try:
        re.compile(text, re.IGNORECASE)
    except re.error as err:
        raise expect(f"a regular expression ({err})") from err
    return text


@dataclass(frozen=True)
class Rule:
    """What makes a source unacceptable."""

    __pydantic_config__ = Record

    why: Said
    fields: tuple[Field, ...]
    """Where the pattern is looked for."""
    pattern: Annotated[Said, AfterValidator(_is_pattern)]

    def matches(self, source: Source) -> bool:
        """Tell whether a source is one of these."""
        return any(
            re.search(self.pattern, getattr(source, name), re.IGNORECASE) for name in self.fields
        )


@dataclass(frozen=True)
class Limit:
    """How much there may be at most of what is counted."""

    __pydantic_config__ = Record

    id: Id
    what: Said
    at_most: WholeNumber


@dataclass(frozen=True)
class Checks:
    """What ``layers/checks.toml`` says."""

    rules: tuple[Rule, ...]
    limits: Mapping[str, Limit]
    meant_otherwise: tuple[str, ...]
    """Names of places that texts also use for something else."""
    not_the_place: tuple[str, ...]
    """Phrases that hold the name of a place and are not about it."""
    calendars: Mapping[str, Any]
    """See :class:`geo.checks.calendars.Calendars`."""


@cache
def load_checks(root: Path) -> Checks:
    """Read ``layers/checks.toml``; raises CatalogueError with every fault found."""
    faults: list[str] = []
    declared = Declarations.read(root, CHECKS, faults)
    raise_faults(CatalogueError, "", faults)
    declared.expect_keys(("meant_otherwise", "not_the_place", "limit", "unacceptable", "calendars"))
    rules = []
    for number, entry in enumerate(declared.tables("unacceptable"), start=1):
        rule, problems = read_record(Rule, entry)
        for problem in problems:
            declared.add("unacceptable", number, f"unacceptable number {number} {problem}")
        rules += [rule] if rule else []
    meant = declared.table.get("meant_otherwise", [])
    other = declared.table.get("not_the_place", [])
    calendars = declared.table.get("calendars", {})
    for what, kind, value in (
        ("meant_otherwise", list[Said], meant),
        ("not_the_place", list[Said], other),
        ("calendars", CALENDARS, calendars),
    ):
        faults += [f"{CHECKS}: {what} {fault}" for fault in find_faults(kind, value)]
    limits = declared.records(Limit, "limit")
    raise_faults(CatalogueError, "", faults)
    return Checks(tuple(rules), limits, tuple(meant), tuple(other), calendars)


def count_all(
    catalogue: Catalogue, features: Sequence[Feature], places: Iterable[Feature]
) -> list[Count]:
    """Return all counts; `features` are the thematic ones. Raises CatalogueError."""
    checks = load_checks(catalogue.root)
    rules = checks.rules
    counters: dict[str, Callable[[], Iterable[str]]] = {
        "no-locator": lambda: _without_locator(catalogue, rules),
        "unread": lambda: _unread(catalogue, features),
        "unopened": lambda: _unopened(catalogue, features),
        "unacceptable": lambda: _unacceptable(catalogue, rules),
        "misdated": lambda: find_misdated(
            _without(read_passages(catalogue, features), checks.not_the_place),
            places,
            checks.meant_otherwise,
        ),
    }
    if checks.limits.keys() != counters.keys():
        found, expected = (", ".join(sorted(names)) for names in (checks.limits, counters))
        raise CatalogueError(f"{CHECKS}: limits of {found}, expected of {expected}")
    return [
        Count(limit.id, limit.what, limit.at_most, tuple(counters[limit.id]()))
        for limit in (checks.limits[name] for name in counters)
    ]


def find_rising(counts: Iterable[Count]) -> list[str]:
    """Return a fault for each count that is higher than it may be."""
    faults = []
    for count in counts:
        if len(count.found) > count.at_most:
            named = ", ".join(count.found[:LISTED])
            rest = len(count.found) - LISTED
            more = f" and {rest} more" if rest > 0 else ""
            faults.append(
                f"found {len(count.found)} {count.what}, expected at most {count.at_most} "
                f"({CHECKS}, {count.id}): {named}{more}"
            )
    return faults


def _without(passages: Iterable[Passage], phrases: Sequence[str]) -> Iterable[Passage]:
    """Yield the passages without these phrases, which only look like the name of a place."""
    pattern = re.compile("|".join(map(re.escape, phrases)) or r"(?!)")
    for passage in passages:
        yield replace(passage, text=pattern.sub("", passage.text))


def _without_locator(catalogue: Catalogue, rules: Sequence[Rule]) -> list[str]:
    """Return sources in which nobody finds the place; an address that a rule refuses is none."""
    of_addresses = [rule for rule in rules if rule.fields == ("url",)]
    return [
        source.id
        for source in catalogue.sources.values()
        if not source.locator
        and not source.doi
        and (not source.url or any(rule.matches(source) for rule in of_addresses))
    ]


def _unread(catalogue: Catalogue, features: Iterable[Feature]) -> list[str]:
    unread = {source.id for source in catalogue.sources.values() if source.read == "no"}
    return [feature.id for feature in features if set(feature.sources) <= unread]


def _unopened(catalogue: Catalogue, features: Iterable[Feature]) -> list[str]:
    """Return features that no reader meets who only steps through the eras."""
    return [feature.id for feature in features if not eras_of(feature, catalogue)]


def _unacceptable(catalogue: Catalogue, rules: Sequence[Rule]) -> list[str]:
    return [
        f"{source.id} ({rule.why})"
        for source in catalogue.sources.values()
        for rule in rules
        if rule.matches(source)
    ]
