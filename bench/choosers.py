"""Clients that ask for ever new choices of eras, in a process of their own.

``python -m bench.choosers ADDRESS CLIENTS PATIENCE ERA…`` asks until its standard input is closed,
then prints how many answers it had, by status. PATIENCE is ``polite`` (who is told to come again
later does) or ``rude`` (asks for the next at once).
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urljoin, urlsplit

__all__ = ["main"]


@dataclass
class Chooser:
    """One client on one connection that is kept."""

    address: str
    eras: list[str]
    chance: Random
    polite: bool
    seen: Counter[str] = field(default_factory=Counter)
    """Answers by status."""

    async def run(self) -> None:
        """Ask for one choice after the other, and connect anew when the server ends it."""
        place = urlsplit(self.address)
        while True:
            try:
                reader, writer = await asyncio.open_connection(place.hostname, place.port)
                wait = 0.0
                while not wait:
                    wait = await self._choose(reader, writer)
                writer.close()
                await asyncio.sleep(wait)
            except (OSError, asyncio.IncompleteReadError):
                self.seen["no answer"] += 1
                await asyncio.sleep(1)

    async def _choose(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> float:
        """Ask for one choice; returns the seconds until the client asks again."""
        chosen = sorted(self.chance.sample(range(len(self.eras)), self.chance.randint(2, 8)))
        path = f"/embed/latest/{'~'.join(self.eras[era] for era in chosen)}.html"
        headers = {"location": path}
        while "location" in headers:  # the release's own address
            path = urljoin(path, headers["location"])
            ask = f"GET {path} HTTP/1.1\r\nHost: {urlsplit(self.address).netloc}\r\n"
            writer.write(f"{ask}Accept-Encoding: gzip\r\n\r\n".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.strip().splitlines()
            headers = {name.lower(): value for name, _, value in (x.partition(": ") for x in lines)}
            await reader.readexactly(int(headers.get("content-length", "0")))
            self.seen[first.split()[1]] += 1
        return float(headers.get("retry-after", "0")) if self.polite else 0.0


async def choose(address: str, clients: int, eras: list[str], *, polite: bool) -> Counter[str]:
    """Let clients ask until the input is closed."""
    seen: Counter[str] = Counter()
    choosers = [Chooser(address, eras, Random(i), polite, seen) for i in range(clients)]
    tasks = [asyncio.create_task(chooser.run()) for chooser in choosers]
    await asyncio.to_thread(sys.stdin.read)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return seen


def main() -> None:
    """Ask, and print what was answered."""
    address, clients, patience, *eras = sys.argv[1:]
    seen = asyncio.run(choose(address, int(clients), eras, polite=patience == "polite"))
    print(json.dumps(seen))


if __name__ == "__main__":
    main()
