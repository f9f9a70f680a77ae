"""Folders for temporary files that nobody has to clear away, though the process that made them be killed.

In: nothing. Out: a folder in the system's temporary folder, which is removed when the block ends. Whoever makes it
holds a lock in it, which ends with the process; so whoever makes the next one knows those that a killed process left.
Called by the readers of files, by an engine that opens what it may not write, and by `web`; `indexer/ingestion.py`
sweeps when a run begins.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import filelock

_PREFIX: Final = "kashaf-passing-"
_LOCK: Final = ".lock"
_REMOVALS: Final = 5  # tries to remove a folder


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a new empty folder, but for its lock, which is gone when the block ends. Raises OSError."""
    sweep_temporary_folders()
    folder, lock = _made()
    try:
        yield folder
    finally:
        if lock:
            lock.release()
        _remove(folder)


def sweep_temporary_folders() -> None:
    """Remove those that killed processes left; whose owner is another user stay."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        lock = _locked(folder)
        if lock:
            _remove(folder)  # before the lock is free, which the process may be about to take that has just made it
            lock.release()
            _remove(folder)  # where what is locked cannot be removed


def _remove(folder: Path) -> None:
    """Remove a folder; a thread of Tantivy that watches it may make a lock there meanwhile."""
    for _ in range(_REMOVALS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return


def _made() -> tuple[Path, filelock.BaseFileLock | None]:
    """A folder and its lock, None where the disk has no locks; another folder where it was swept before it was locked.

    Raises OSError.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = filelock.FileLock(folder / _LOCK)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            continue
        except NotImplementedError:
            return folder, None
        except OSError:
            if folder.exists():
                _remove(folder)
                raise
            continue
        if (folder / _LOCK).exists():
            return folder, lock
        lock.release()


def _locked(folder: Path) -> filelock.BaseFileLock | None:
    """The lock of a folder, held from now on; None where another process holds it, or may."""
    lock = filelock.FileLock(folder / _LOCK)
    with suppress(filelock.Timeout, NotImplementedError, OSError):
        lock.acquire(timeout=0)
        return lock
    return None
