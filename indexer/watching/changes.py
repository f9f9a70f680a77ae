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
    """What is to be read.

    files       files that are whole
    gone        paths at which nothing is any more
    everything  all that is watched is gone through, for there is more than these tell
    """

    files: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
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
        self._gone = set[str]()
        self._everything = False
        self._first = self._last = 0.0  # when the first and the last change came

    def __bool__(self) -> bool:
        return bool(self._files) or bool(self._gone) or self._everything

    def add(self, paths: Iterable[str], now: float) -> None:
        """Take in changes. What is neither a file nor gone, such as a folder or a link, stands for everything."""
        for path in paths:
            self._first = self._first if self else now
            self._last = now
            looked = _look(path)
            if looked is None or len(self._files) + len(self._gone) >= MOST_FILES:
                self.add_everything(now)
            if self._everything:
                continue
            known = self._files.pop(path, None)
            self._gone.discard(path)
            if looked == _GONE:
                self._gone.add(path)
            elif looked is not None:
                self._files[path] = _Seen(*looked, now, known.first if known else now)

    def add_everything(self, now: float) -> None:
        """Have the next update go through all that is watched."""
        self._first = self._first if self else now
        self._last = now
        self._everything = True
        self._files.clear()
        self._gone.clear()

    def take(self, now: float) -> Changed | None:
        """Return what is to be read now, and forget it; None while there is nothing, or it is not quiet."""
        if not self or (now - self._last < QUIET_SECONDS and now - self._first < LONGEST_COLLECTING):
            return None
        if self._everything:
            self._everything = False
            return Changed(everything=True)
        return self._whole_files(now)

    def _whole_files(self, now: float) -> Changed | None:
        whole, gone = [], self._gone
        self._gone = set()
        for path, seen in list(self._files.items()):
            looked = _look(path)
            if looked is None:
                self.add_everything(now)
                return None
            if looked == _GONE:
                gone.add(path)
                del self._files[path]
                continue
            if looked != (seen.size, seen.modified):
                self._files[path] = seen = _Seen(*looked, now, seen.first)
            if now - seen.since >= QUIET_SECONDS or now - seen.first >= LONGEST_WRITING:
                whole.append(path)
                del self._files[path]
        self._first = now
        return Changed(tuple(whole), tuple(sorted(gone))) if whole or gone else None


_GONE: Final = (-1, 0)


def _look(path: str) -> tuple[int, int] | None:
    """Size and time of a regular file that is no link; `_GONE` where nothing is, None for anything else."""
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return _GONE
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None
