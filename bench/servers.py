"""Streamlit servers of this machine, started for a measurement and ended with it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

__all__ = ["ROOT", "free_port", "process_of", "streamlit"]

ROOT = Path(__file__).resolve().parent.parent

_running: dict[str, int] = {}


@contextmanager
def streamlit(script: Path, folder: Path, contest: Path = Path(os.devnull)) -> Iterator[str]:
    """Run a Streamlit script on a free port; yields its address.

    Streamlit reads the settings of the `folder` it is started in: an empty one means its defaults.
    Only what reports usage to a far host is off, since there is no way to any.
    """
    port = free_port()
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(script)),
        *("--server.address", "127.0.0.1", "--server.port", str(port)),
        *("--server.headless", "true", "--browser.gatherUsageStats", "false"),
    ]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "BENCH_CONTEST": str(contest)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/"
    _running[address] = process.pid
    try:
        _wait_until_up(process, f"{address}_stcore/health")
        yield address
    finally:
        del _running[address]
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def process_of(address: str) -> int:
    """Return the process of a server that runs at an address."""
    return _running[address]


def _wait_until_up(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = monotonic() + 60
    while monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            sleep(0.1)
    raise TimeoutError(f"{address} did not answer")
