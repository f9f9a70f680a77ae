"""Whole processes: what they print, how long they and the processors take, how much memory they need."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
_TICK = os.sysconf("SC_CLK_TCK")
_PAUSE = 0.25  # seconds between two looks at memory


@dataclass(frozen=True, slots=True)
class Ran:
    """One finished process with those that it started.

    peak_mb       resident memory of the largest process
    cpu           seconds of processors, of all processes
    anonymous_mb  the most memory that all had for themselves at one moment, as far as it was looked at; 0: it was not
    """

    seconds: float
    peak_mb: float
    printed: str
    cpu: float = 0.0
    anonymous_mb: float = 0.0


def run(*command: str | Path, watch_memory: bool = False) -> Ran:
    """Runs a command from the project's root. Raises RuntimeError with what it said where it fails.

    watch_memory: looks at the memory of the process and its children four times a second, on Linux.
    """
    with TemporaryFile() as out, TemporaryFile() as errors:
        started = perf_counter()
        child = subprocess.Popen([str(part) for part in command], stdout=out, stderr=errors, cwd=ROOT)
        watched = _Memory(child.pid) if watch_memory else None
        _, status, used = os.wait4(child.pid, 0)
        seconds = perf_counter() - started
        anonymous = watched.end() if watched else 0.0
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), errors.seek(0)
        if child.returncode:
            raise RuntimeError(f"{command[0]} failed: {errors.read().decode(errors='replace')[-500:]}")
        cpu = used.ru_utime + used.ru_stime
        return Ran(seconds, used.ru_maxrss / 1024, out.read().decode(), cpu, anonymous)


def kashaf(*arguments: str | Path, watch_memory: bool = False) -> Ran:
    """Runs `kashaf` with this interpreter."""
    return run(sys.executable, "-m", "kashaf", *arguments, watch_memory=watch_memory)


def processor_seconds(pid: int) -> float:
    """What a process that goes on has taken of processors so far, without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def anonymous_mb(pid: int) -> float:
    """The memory that a process has for itself now."""
    return _anonymous_kilobytes(pid) / 1000


class _Memory:
    """Looks at the anonymous memory of a process and its descendants until it is ended."""

    def __init__(self, pid: int) -> None:
        self._most = 0
        self._ended = Event()
        self._thread = Thread(target=self._look, args=(pid,), daemon=True)
        self._thread.start()

    def end(self) -> float:
        """Return the most that was seen, in MB."""
        self._ended.set()
        self._thread.join()
        return self._most / 1000

    def _look(self, pid: int) -> None:
        while not self._ended.wait(_PAUSE):
            self._most = max(self._most, sum(map(_anonymous_kilobytes, _family(pid))))


def _family(pid: int) -> list[int]:
    """The process and all that descend from it."""
    children: list[int] = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # it has ended
            children += map(int, listed.read_text().split())
    return [pid, *(each for child in children for each in _family(child))]


def _anonymous_kilobytes(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Anonymous:"):
                return int(line.split()[1])
    return 0
