"""Starts a worker process before it is known what it will do, so that it loads the program while this one does.

`indexer/commands.py` begins the first worker of a run that surely needs one, `processes.py` all others. A process waits
for its `Setup`, which comes over the connection; if that is closed first, it ends. Imports little, since all that is
imported before a process is started comes before its work.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

from search.worker_processes import ctrl_c_deferred

LEAST_BYTES: Final = 4_000_000  # of all files: fewer are read and analysed before another process would have started
_PATIENCE: Final = 3.0  # seconds that a worker has to end, and to remove its temporary files


@dataclass(frozen=True, slots=True)
class Begun:
    """A process that waits for what it is to do, and the connection to it."""

    process: SpawnProcess
    connection: Connection

    def end(self) -> None:
        """Have the process end now, whatever it does."""
        self.process.terminate()
        self.connection.close()

    def join(self) -> None:
        """Wait until it has ended."""
        self.process.join(_PATIENCE)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()


def begin() -> Begun:
    """Start a process. Raises OSError, ImportError or NotImplementedError where the system cannot make it."""
    context = get_context("spawn")  # a fork would copy the locks of the engine's threads
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs,), name="kashaf-worker", daemon=True)
    try:
        with ctrl_c_deferred():
            process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()  # so that the end of the process is seen
    return Begun(process, ours)


@contextmanager
def begun(paths: Sequence[str]) -> Iterator[Begun | None]:
    """Begin a process if there is enough below these paths to give it work; it ends with the block at the latest.

    None where there is not, and where the system cannot make one.
    """
    first = None
    if _weigh_enough(paths):
        with suppress(ImportError, NotImplementedError, OSError):
            first = begin()
    try:
        yield first
    finally:
        if first:
            first.end()
            first.join()


def _work(connection: Connection) -> None:
    """The first function of a worker process; what it needs is imported here, in that process alone."""
    import_module("indexer.workers.worker").work(connection)


def _weigh_enough(paths: Sequence[str]) -> bool:
    """Whether the files of these paths have so many bytes that a worker reads them. Looks at no more than it must."""
    size = 0
    for path in paths:
        below = (os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names)
        for file in below if os.path.isdir(path) else (path,):
            with suppress(OSError, ValueError):
                size += os.stat(file).st_size
            if size >= LEAST_BYTES:
                return True
    return False
