"""What is counted and may only fall: sources and texts that are not yet as they should be.

What is counted, what it is called, how much of it there may be at most, and what makes a source
unacceptable stand in ``layers/checks.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from geo.checks.period_names import find_misdated
from geo.errors import CatalogueError, raise_faults
from geo.model.catalogue import Catalogue, Source, read_toml
from geo.model.features import Feature
from geo.model.prose import Passage, read_passages

__all__ = ["CHECKS", "Count", "count_all", "find_rising"]

CHECKS: Final = "layers/checks.toml"

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


@dataclass(frozen=True)
class Rule:
    """What makes a source unacceptable."""

    why: str
    fields: tuple[str, ...]
    """Where the pattern is looked for."""
    pattern: re.Pattern[str]

    def matches(self, source: Source) -> bool:
        """Tell whether a source is one of these."""
        return any(self.pattern.search(getattr(source, name)) for name in self.fields)


def count_all(
    catalogue: Catalogue, features: Sequence[Feature], places: Iterable[Feature]
) -> list[Count]:
    """Return all counts; `features` are the thematic ones. Raises CatalogueError."""
    table = read_toml(catalogue.root / CHECKS)
    faults: list[str] = []
    rules = _rules(table, faults)
    counters: dict[str, Callable[[], Iterable[str]]] = {
        "no-locator": lambda: _without_locator(catalogue, rules),
        "unread": lambda: _unread(catalogue, features),
        "unacceptable": lambda: _unacceptable(catalogue, rules),
        "misdated": lambda: find_misdated(
            _without(read_passages(catalogue, features), table.get("not_the_place", [])),
            places,
            table.get("meant_otherwise", []),
        ),
    }
    limits = {entry.get("id"): entry for entry in table.get("limit", [])}
    if limits.keys() != counters.keys():
        found, expected = (", ".join(sorted(map(str, names))) for names in (limits, counters))
        faults.append(f"limits of {found}, expected of {expected}")
    for name, entry in limits.items():
        if not isinstance(entry.get("at_most"), int) or not entry.get("what"):
            faults.append(f"limit {name}: expected at_most, a number, and what, a text")
    raise_faults(CatalogueError, CHECKS, faults)
    return [
        Count(name, limits[name]["what"], limits[name]["at_most"], tuple(find()))
        for name, find in counters.items()
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


def _rules(table: Mapping[str, Any], faults: list[str]) -> list[Rule]:
    rules = []
    for number, entry in enumerate(table.get("unacceptable", []), start=1):
        name = f"unacceptable number {number}"
        if entry.keys() != {"why", "fields", "pattern"}:
            faults.append(f"{name}: found {', '.join(entry)}, expected why, fields, pattern")
            continue
        unknown = set(entry["fields"]) - set(Source.__dataclass_fields__)
        if unknown:
            faults.append(f"{name}: field {min(unknown)!r}, expected one of a source's")
            continue
        try:
            pattern = re.compile(entry["pattern"], re.IGNORECASE)
        except re.error as err:
            faults.append(f"{name}: pattern {entry['pattern']!r} cannot be read: {err}")
            continue
        rules.append(Rule(entry["why"], tuple(entry["fields"]), pattern))
    return rules


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


def _unacceptable(catalogue: Catalogue, rules: Sequence[Rule]) -> list[str]:
    return [
        f"{source.id} ({rule.why})"
        for source in catalogue.sources.values()
        for rule in rules
        if rule.matches(source)
    ]
