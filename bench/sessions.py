"""Many readers at once: real sessions over sockets, each stepping once a second."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from bench.figures import median, p95
from bench.processes import cpu_of, memory_of

__all__ = ["FAULTS", "Crowd", "Session", "WrongAnswerError", "measure_crowd"]

PATIENCE: Final = 30
"""Seconds after which an answer has failed."""

AT_ONCE: Final = 4
"""Sessions that open at the same time."""


class WrongAnswerError(Exception):
    """The server answered, and not what was asked for."""


FAULTS: Final = (OSError, TimeoutError, WrongAnswerError, WebSocketException)
"""What may become of a session."""


@dataclass
class Crowd:
    """What a run of many sessions took."""

    sessions: int
    seconds: float
    openings: list[float] = field(default_factory=list)
    """Milliseconds from the socket's opening to the end of the page's script."""
    steps: list[float] = field(default_factory=list)
    """Milliseconds from a step to the end of the server's answer."""
    traffic: int = 0
    """Bytes of the answers to steps."""
    errors: list[str] = field(default_factory=list)
    before: float = 0
    """Memory of the server before the first session, MB."""
    opened: float = 0
    """As above, with all sessions open and a few steps of each."""
    after: float = 0
    """As above, when all have stepped."""
    counted: int = 0
    """Steps between those two."""
    work: float = 0
    """Seconds of a processor that the server took for them."""

    @property
    def half(self) -> float:
        """The median answer, milliseconds."""
        return median(self.steps)

    @property
    def most(self) -> float:
        """The 95th percentile, milliseconds."""
        return p95(self.steps)

    @property
    def per_session(self) -> float:
        """MB of the server for each session, when all have stepped."""
        return (self.after - self.before) / self.sessions

    @property
    def growth(self) -> float:
        """MB by which stepping grew the server, for 1,000 steps."""
        return 1000 * (self.after - self.opened) / max(1, self.counted)

    @property
    def work_per_step(self) -> float:
        """Milliseconds of a processor that the server takes for a step."""
        return 1000 * self.work / max(1, self.counted)


class Session:
    """One reader's session: the app's page over its socket, as a browser asks for it."""

    def __init__(self, address: str, eras: Sequence[str] = (), *, own: str | None = None) -> None:
        """Take the app's address, and the ids that answers must name (any are, without).

        `own` is the address of this machine that the session comes from.
        """
        self._address = address
        self._from = (own, 0) if own else None
        self._eras = eras
        self._socket: ClientConnection | None = None
        self._slider = ""
        self._fragment = ""
        self.options: list[str] = []
        """What the slider offers."""
        self.traffic = 0
        """Bytes that the server has sent."""

    async def open(self) -> float:
        """Open the page; returns the milliseconds until it was there."""
        place = urlsplit(self._address)
        began = monotonic()
        self._socket = await connect(
            f"ws://{place.netloc}/_stcore/stream",
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],
            origin=f"http://{place.netloc}",
            max_size=None,
            open_timeout=PATIENCE,
            # No reader's browser asks whether the server is still there; the server does.
            ping_interval=None,
            local_addr=self._from,
        )
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        await self._ask(asked)
        if not self.options:
            raise WrongAnswerError("the page has no slider")
        return 1000 * (monotonic() - began)

    async def step(self, era: int) -> float:
        """Move the slider; returns the milliseconds until the answer was there."""
        asked = BackMsg()
        asked.rerun_script.fragment_id = self._fragment
        state = asked.rerun_script.widget_states.widgets.add()
        state.id = self._slider
        state.string_array_value.data.append(self.options[era])
        began = monotonic()
        answer = await self._ask(asked)
        if self._eras and self._eras[era].encode() not in answer:
            raise WrongAnswerError(f"the answer does not name era {self._eras[era]}")
        return 1000 * (monotonic() - began)

    async def close(self) -> None:
        """Leave."""
        if self._socket:
            await self._socket.close()

    async def _ask(self, asked: BackMsg) -> bytes:
        """Send a message; returns the elements of the answer when the script has ended."""
        if not self._socket:
            raise WrongAnswerError("the session is not open")
        await self._socket.send(asked.SerializeToString())
        elements = []
        async with asyncio.timeout(PATIENCE):
            while True:
                message = bytes(await self._socket.recv(decode=False))
                self.traffic += len(message)
                told = ForwardMsg()
                told.ParseFromString(message)
                kind = told.WhichOneof("type")
                if kind == "delta":
                    self._take(told)
                    elements.append(message)
                if kind == "script_finished":
                    return b"".join(elements)

    def _take(self, told: ForwardMsg) -> None:
        element = told.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "slider":
            self._slider = element.slider.id
            self._fragment = told.delta.fragment_id
            self.options = list(element.slider.options)
        if kind == "exception":
            raise WrongAnswerError(element.exception.message)


async def measure_crowd(
    readers: Sequence[Session], pids: Sequence[int], *, seconds: float, warm: float
) -> Crowd:
    """Return what processes take to serve sessions for some seconds, after a few that warm up."""
    crowd = Crowd(len(readers), seconds)
    crowd.before = sum(map(memory_of, pids))
    turns = asyncio.Semaphore(AT_ONCE)

    async def open_one(number: int, reader: Session) -> None:
        async with turns:
            try:
                crowd.openings.append(await reader.open())
            except FAULTS as err:
                crowd.errors.append(f"session {number}: {type(err).__name__} {err}")

    async def step_all(seconds: float) -> None:
        await asyncio.gather(
            *(_read(reader, i, seconds, crowd) for i, reader in enumerate(readers))
        )

    await asyncio.gather(*(open_one(i, reader) for i, reader in enumerate(readers)))
    await step_all(warm)
    crowd.opened = sum(map(memory_of, pids))
    crowd.steps.clear()
    work, sent = sum(map(cpu_of, pids)), sum(reader.traffic for reader in readers)
    await step_all(seconds)
    crowd.after = sum(map(memory_of, pids))
    crowd.counted = len(crowd.steps)
    crowd.work = sum(map(cpu_of, pids)) - work
    crowd.traffic = sum(reader.traffic for reader in readers) - sent
    await asyncio.gather(*(reader.close() for reader in readers), return_exceptions=True)
    return crowd


async def _read(session: Session, number: int, seconds: float, crowd: Crowd) -> None:
    """Step to and fro once a second, each session at its own time within the second."""
    if not session.options:
        return
    try:
        await asyncio.sleep(Random(number).random())
        last = len(session.options) - 1
        end = monotonic() + seconds
        for step in count(1):
            began = monotonic()
            if began >= end:
                return
            place = (number + step) % (2 * last)
            crowd.steps.append(await session.step(place if place <= last else 2 * last - place))
            await asyncio.sleep(max(0.0, 1 - (monotonic() - began)))
    except FAULTS as err:
        crowd.errors.append(f"session {number}: {type(err).__name__} {err}")
