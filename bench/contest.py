"""What every contestant draws: eras and features as plain data, the same for all.

Only standard library here: the rivals' Streamlit pages read a contest from a file, and what they
import must not slow them (Streamlit collects the garbage of the whole process at every run).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

__all__ = ["Contest", "load_contest", "write_contest"]


@dataclass(frozen=True)
class Contest:
    """Eras in order, and GeoJSON FeatureCollections; positions are [longitude, latitude]."""

    eras: list[str]
    """Ids, in the slider's order."""
    begins: list[str]
    """First day of each era, ISO."""
    bounds: list[list[float]]
    """What the rivals' maps show: [[south, west], [north, east]]."""
    ground: Mapping[str, Any]
    """Land, coast, lakes and rivers: the same in every era."""
    shown: Mapping[str, Mapping[str, Any]]
    """For each era what it shows: the home state, frontiers and the features of its layers."""
    frontiers: Mapping[str, int]
    """How many of those are the home state and frontiers: drawn where a sheet has them."""

    def count(self, era: str) -> int:
        """Return how many features an era shows."""
        return len(self.shown[era]["features"])


def load_contest(path: Path) -> Contest:
    """Read a contest."""
    return Contest(**json.loads(path.read_text(encoding="utf-8")))


def write_contest(path: Path, contest: Contest) -> None:
    """Write a contest."""
    path.write_text(json.dumps(asdict(contest)), encoding="utf-8")
