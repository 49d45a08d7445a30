"""An environment for what stands beside the atlas and nothing else needs: bench/rivals.txt."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

from bench.servers import ROOT

__all__ = ["python_apart"]

FOLDER: Final = ROOT / "build" / "bench-rivals"

PINNED: Final = ROOT / "bench" / "rivals.txt"


def python_apart() -> str:
    """Return the interpreter of that environment, making it; empty where it cannot be made."""
    python = FOLDER / "bin" / "python"
    wanted = PINNED.read_bytes()
    stamp = FOLDER / PINNED.name
    if not stamp.exists() or stamp.read_bytes() != wanted:
        try:
            subprocess.run([sys.executable, "-m", "venv", FOLDER], check=True)
            install = [python, "-m", "pip", "install", "-q", "-r", PINNED]
            subprocess.run(install, check=True, timeout=600)
        except (OSError, subprocess.SubprocessError):
            return ""
        stamp.write_bytes(wanted)
    return str(python)
