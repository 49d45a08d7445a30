"""What a server's process takes of the machine: memory and processor time, as Linux counts them."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["cpu_of", "list_children", "memory_of"]

MEGABYTE = 1024**2


def memory_of(pid: int) -> float:
    """Return the memory that a process keeps in use, MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def cpu_of(pid: int) -> float:
    """Return the seconds of a processor that a process has used so far."""
    own = _stat(Path(f"/proc/{pid}"))
    return (int(own[11]) + int(own[12])) / os.sysconf("SC_CLK_TCK")


def list_children(pid: int) -> list[str]:
    """Return the commands of the processes that a process has started and that still run."""
    found = []
    for path in Path("/proc").iterdir():
        try:
            if path.name.isdigit() and _stat(path)[1] == str(pid):
                command = (path / "cmdline").read_bytes().replace(b"\0", b" ")
                found.append(command.decode(errors="replace"))
        except OSError:
            continue  # it has ended meanwhile
    return found


def _stat(path: Path) -> list[str]:
    """Return what stands after a process's name: its state, its parent, and so on."""
    return (path / "stat").read_text(errors="replace").rpartition(")")[2].split()
