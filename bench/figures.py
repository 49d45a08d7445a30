"""Numbers: percentiles, and a figure with its target."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Figure", "Target", "median", "p95", "percentile"]


@dataclass(frozen=True)
class Figure:
    """One cell of a table."""

    contestant: str
    name: str
    value: str


@dataclass(frozen=True)
class Target:
    """What was promised, and what was measured."""

    promise: str
    measured: str
    met: bool


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that a share of the values does not exceed (nearest rank)."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def median(values: Sequence[float]) -> float:
    """Return the median (nearest rank)."""
    return percentile(values, 0.5)


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile (nearest rank)."""
    return percentile(values, 0.95)
