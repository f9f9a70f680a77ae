"""A lock file beside what a run writes, so that no second run writes there meanwhile.

In: the path of what is written. Out: nothing; while the block lasts the file `PATH.lock` is held. Called by
`search/alerts/state.py` and `search/lists/outputs.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import filelock

from search.errors import KashafError


@contextmanager
def run_lock(path: Path, *, busy: KashafError) -> Iterator[None]:
    """Hold the lock of this path. Raises `busy` at once if another run has it, and OSError where no file can be."""
    lock = filelock.FileLock(path.with_name(f"{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout as error:
        raise busy from error
    try:
        yield
    finally:
        with suppress(OSError):  # Windows keeps a file that is open
            Path(lock.lock_file).unlink()
        lock.release()
