"""How fast documents of one era are answered: alone, beside a crowd of choosers, and as files."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep
from urllib.parse import urlsplit

from bench.figures import median, p95
from bench.servers import ROOT

__all__ = ["CLIENTS", "Embeds", "Seen", "choosers", "fetch", "measure_embeds"]

CLIENTS = 200
"""Clients that ask for ever new choices."""

EVERY = 0.03
"""Seconds between two asked for."""


@dataclass
class Embeds:
    """Documents asked for one after the other."""

    times: list[float] = field(default_factory=list)
    """Milliseconds to the last byte."""
    refused: int = 0
    """Answers other than the document."""

    @property
    def half(self) -> float:
        """The median, milliseconds."""
        return median(self.times)

    @property
    def most(self) -> float:
        """The 95th percentile, milliseconds."""
        return p95(self.times)


@dataclass
class Seen:
    """What a crowd of choosers was answered, by status; filled when they have left."""

    answers: dict[str, int] = field(default_factory=dict)


def fetch(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    """Return status and content of a document as browsers ask for it."""
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    with connection.getresponse() as answer:
        return answer.status, answer.read()


def measure_embeds(address: str, paths: Sequence[str], seconds: float) -> Embeds:
    """Ask for documents in turns, as readers of articles do, for some seconds."""
    found = Embeds()
    end = monotonic() + seconds
    number = 0
    while monotonic() < end:
        # Each is another reader's, who has no connection yet.
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        began = monotonic()
        try:
            status, content = fetch(connection, paths[number % len(paths)])
            if status != 200 or len(content) < 50_000:
                found.refused += 1
        except (OSError, http.client.HTTPException):
            found.refused += 1
        finally:
            connection.close()
        found.times.append(1000 * (monotonic() - began))
        sleep(EVERY)
        number += 1
    return found


@contextmanager
def choosers(address: str, eras: Sequence[str], *, polite: bool) -> Iterator[Seen]:
    """Let clients ask for choices meanwhile."""
    seen = Seen()
    command = [
        *(sys.executable, "-m", "bench.choosers", address, str(CLIENTS)),
        *("polite" if polite else "rude", *eras),
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        sleep(2)  # until all have asked
        yield seen
        seen.answers |= json.loads(process.communicate("", timeout=30)[0])
    finally:
        process.kill()
        process.wait()
