"""Whole processes: what they print, how long they take and how much memory they need."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ran:
    """One finished process. peak_mb: resident memory of its largest process."""

    seconds: float
    peak_mb: float
    printed: str


def run(*command: str | Path) -> Ran:
    """Runs a command from the project's root. Raises RuntimeError with what it said where it fails."""
    with TemporaryFile() as out, TemporaryFile() as errors:
        started = perf_counter()
        child = subprocess.Popen([str(part) for part in command], stdout=out, stderr=errors, cwd=ROOT)
        _, status, used = os.wait4(child.pid, 0)
        seconds = perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), errors.seek(0)
        if child.returncode:
            raise RuntimeError(f"{command[0]} failed: {errors.read().decode(errors='replace')[-500:]}")
        return Ran(seconds, used.ru_maxrss / 1024, out.read().decode())


def kashaf(*arguments: str | Path) -> Ran:
    """Runs `kashaf` with this interpreter."""
    return run(sys.executable, "-m", "kashaf", *arguments)
