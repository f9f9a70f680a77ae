"""Changed files, collected until the folders are quiet and the files are whole.

In: paths as the system tells of them, and the time. Out: `Changed`, what the next update reads. Called by `watch.py`.
A file is whole when its size and its time have rested; one that is written to without end is read as it is after a
while. Memory is bounded: of more than some thousand files it is only remembered that there are so many.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

QUIET_SECONDS: Final = 2.0  # without a change, before an update begins
LONGEST_COLLECTING: Final = 30.0  # seconds after which an update begins where changes never cease
LONGEST_WRITING: Final = 600.0  # seconds after which a file is read although it still grows
MOST_FILES: Final = 1_000  # that are read one by one; of more, their folders are gone through


@dataclass(frozen=True, slots=True)
class Changed:
    """What is to be read: these files, or everything that is watched, for there is more than files tell."""

    files: tuple[str, ...] = ()
    everything: bool = False


class _Seen(NamedTuple):
    """How a file looked, since when, and when it was told of first."""

    size: int
    modified: int
    since: float
    first: float


class Changes:
    """What changed since the last update."""

    def __init__(self) -> None:
        self._files: dict[str, _Seen] = {}
        self._everything = False
        self._first = self._last = 0.0  # when the first and the last change came

    def __bool__(self) -> bool:
        return bool(self._files) or self._everything

    def add(self, paths: Iterable[str], now: float) -> None:
        """Take in changes. Whatever is no file that is there, as a folder or what is gone, stands for everything."""
        for path in paths:
            self._first = self._first if self else now
            self._last = now
            size, modified = _look(path)
            if size < 0 or len(self._files) >= MOST_FILES:
                self.add_everything(now)
            if not self._everything:
                known = self._files.get(path)
                self._files[path] = _Seen(size, modified, now, known.first if known else now)

    def add_everything(self, now: float) -> None:
        """Have the next update go through all that is watched."""
        self._first = self._first if self else now
        self._last = now
        self._everything = True
        self._files.clear()

    def take(self, now: float) -> Changed | None:
        """Return what is to be read now, and forget it; None while there is nothing, or it is not quiet."""
        if not self or (now - self._last < QUIET_SECONDS and now - self._first < LONGEST_COLLECTING):
            return None
        if self._everything:
            self._everything = False
            return Changed(everything=True)
        return self._whole_files(now)

    def _whole_files(self, now: float) -> Changed | None:
        whole = []
        for path, seen in list(self._files.items()):
            size, modified = _look(path)
            if size < 0:
                self.add_everything(now)  # it went away meanwhile
                return None
            if (size, modified) != (seen.size, seen.modified):
                self._files[path] = seen = _Seen(size, modified, now, seen.first)
            if now - seen.since >= QUIET_SECONDS or now - seen.first >= LONGEST_WRITING:
                whole.append(path)
                del self._files[path]
        self._first = now
        return Changed(tuple(whole)) if whole else None


def _look(path: str) -> tuple[int, int]:
    """Size and time of a regular file that is no link; a size of -1 for anything else."""
    try:
        status = os.lstat(path)
    except OSError:
        return -1, 0
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else (-1, 0)
