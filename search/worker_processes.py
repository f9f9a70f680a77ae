"""What processes that work for another one need: to leave Ctrl-C to it, and to end when it ends.

Called by `indexer/workers/worker.py` and `search/lists/searching.py`.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import connection, parent_process, resource_tracker
from typing import Final

_LAST_SECONDS: Final = 2.0  # that a worker has to end by itself


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def become_worker() -> None:
    """Make this process ignore Ctrl-C, and end when its parent ends, be it killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


@contextmanager
def ctrl_c_deferred() -> Iterator[None]:
    """Deliver a Ctrl-C to this process after the block, and never to the processes that are started in the block.

    A process inherits the signals that are blocked. One that was interrupted while it starts, before it ignores the
    signal, would print a traceback.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # else the first process would start it, which unblocks the signal
    pressed: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, usual)
        if pressed:
            signal.raise_signal(signal.SIGINT)


def _end_with_parent() -> None:
    """Wait until the parent process has ended, then end this one, which may remove its temporary files first."""
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_LAST_SECONDS)
    os._exit(1)
