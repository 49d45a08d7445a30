"""What is made when it is first asked for: one thing at a time, the latest few kept.

Only what follows from our own files is kept here, never anything of a visitor's.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import partial
from threading import RLock
from typing import Final, Generic, TypeVar

from geo.errors import GeoError

__all__ = ["BusyError", "OnDemand"]

T = TypeVar("T")

# One worker for what has none of its own: drawing is Python's own work, so a second thread would
# only take time from the pages.
_WORKER: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="atlas-on-demand")


class BusyError(GeoError):
    """Too much is being made already."""


class OnDemand(Generic[T]):
    """A bounded store that makes what it lacks; safe to share between threads."""

    def __init__(self, *, most: int, waiting: int, worker: Executor = _WORKER) -> None:
        """Keep `most` things, and let `waiting` at once be in the making by a worker."""
        self._most = most
        self._waiting = waiting
        self._worker = worker
        self._things: OrderedDict[Hashable, Future[T]] = OrderedDict()
        self._lock = RLock()

    def ask(self, key: Hashable, make: Callable[[], T]) -> Future[T]:
        """Return the thing of a key, made by `make` unless it is there or on its way.

        Whoever asks for what is on its way waits for that. What fails is not kept. Raises
        BusyError when too many others wait.
        """
        with self._lock:
            future = self._things.get(key)
            if future is None:
                if sum(not other.done() for other in self._things.values()) >= self._waiting:
                    raise BusyError("too much is being made already; ask again in a moment")
                future = self._things[key] = self._worker.submit(make)
                future.add_done_callback(partial(self._settle, key))
            if key in self._things:
                self._things.move_to_end(key)
            return future

    def __len__(self) -> int:
        """Return how many things are kept or on their way."""
        return len(self._things)

    def _settle(self, key: Hashable, future: Future[T]) -> None:
        """Forget a failure, and what was asked for longest ago."""
        with self._lock:
            if future.cancelled() or future.exception():
                self._things.pop(key, None)
            done = [name for name, other in self._things.items() if other.done()]
            for name in done[: max(0, len(done) - self._most)]:
                del self._things[name]
