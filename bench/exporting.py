"""Making the file: our command against a script of plain Folium, whole processes in turns."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from bench.figures import median
from bench.servers import ROOT

__all__ = ["Exports", "measure_exports"]


@dataclass
class Exports:
    """Seconds from starting Python to its end, with the page on the disk."""

    own: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Our time as a share of plain Folium's, both medians."""
        return median(self.own) / median(self.plain)


def measure_exports(contest: Path, rounds: int) -> Exports:
    """Export all eras by our command, and the same features by plain Folium, several times.

    The first round is not counted: it compiles modules and reads files that are cached afterwards.
    """
    found = Exports()
    page = str(contest.with_name("page.html"))
    script = str(ROOT / "bench" / "pages" / "plain_export.py")
    for number in range(rounds + 1):
        own = _seconds(["-m", "geo", "export", "-o", page])
        plain = _seconds([script, str(contest), page])
        if number:
            found.own.append(own)
            found.plain.append(plain)
    return found


def _seconds(arguments: list[str]) -> float:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or ours alone would be compiled each time
    begun = perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        check=True,
        capture_output=True,
        cwd=ROOT,
        env=environment,
    )
    return perf_counter() - begun
